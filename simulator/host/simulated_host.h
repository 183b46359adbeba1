// SPDX-License-Identifier: Apache-2.0
//
// A host without a device: virtual time, storage in memory, a network of mocks,
// and a screen that is a record of what was shown on it. The same input gives
// the same run.
//
// Storage and files outlive the app, so that a test can start it again; what a
// user would see on the screen is gone with it.

#ifndef FCC_SIMULATOR_HOST_SIMULATED_HOST_H_
#define FCC_SIMULATOR_HOST_SIMULATED_HOST_H_

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/app/host_services.h"
#include "runtime/app/view_mirror.h"
#include "runtime/base/clock.h"
#include "runtime/value/value.h"
#include "simulator/host/socket.h"
#include "simulator/host/task_queue.h"

namespace fcc::host {

struct LogRecord {
  app::LogLevel level = app::LogLevel::kLog;
  std::string text;
};

// What a screen shows.
struct ScreenState {
  // {title, icon, duration, …} in the order they were shown.
  std::vector<value::Value> toasts;
  std::vector<value::Value> modals;
  std::vector<value::Value> action_sheets;
  // Of showLoading; empty when none is up.
  std::optional<std::string> loading;
  // By page: {title, frontColor, backgroundColor, loading}.
  std::map<app::PageId, value::Value> navigation_bars;
  // {list: [{…, badge, redDot}], hidden}.
  value::Value tab_bar;
  // Everything else that was asked for, newest last: {name, options}.
  std::vector<value::Value> calls;
};

// What a mocked request gets to see, and what it answers.
struct NetworkRequest {
  // "request", "downloadFile", "uploadFile".
  std::string_view api;
  value::Value options;
};
struct NetworkResponse {
  // Set for a failure: what follows "request:fail ".
  std::optional<std::string> failure;
  int status = 200;
  value::Value data;
  value::Value header;
  double delay_ms = 0;
};

// The device that user code sees; a test may change it.
struct DeviceProfile {
  double window_width = 375;
  double window_height = 667;
  double pixel_ratio = 2;
  double status_bar_height = 20;
  std::string language = "zh_CN";
  std::string platform = "devtools";
  std::string system = "iOS 10.0.1";
  std::string brand = "devtools";
  std::string model = "iPhone 6/7/8";
  std::string theme = "light";
  std::string network = "wifi";
  std::string sdk_version = "3.8.3";
  std::string app_id;
  double latitude = 39.90469;
  double longitude = 116.40717;
};

// Timers go by the time that has passed; the time of day may be set apart.
class SimulatedClock : public base::VirtualClock {
 public:
  explicit SimulatedClock(double now_ms) : VirtualClock(now_ms) {}
  double NowMs() override { return VirtualClock::NowMs() + offset_ms_; }
  void SetNowMs(double now_ms) { offset_ms_ += now_ms - NowMs(); }

 private:
  double offset_ms_ = 0;
};

// "parameter error: parameter.key should be String instead of Undefined;"
std::string WrongType(std::string_view name, std::string_view type,
                      const value::Value& given);

class SimulatedHost : public app::HostServices {
 public:
  explicit SimulatedHost(double now_ms = kDefaultNowMs);
  ~SimulatedHost() override;

  // 2026-01-01T00:00:00Z.
  static constexpr double kDefaultNowMs = 1767225600000.0;

  TaskQueue& tasks() { return tasks_; }
  SimulatedClock& virtual_clock() { return clock_; }
  // Time of day from now on; timers keep their distance.
  void SetTime(double now_ms);
  ScreenState& screen() { return screen_; }
  DeviceProfile& device() { return device_; }
  std::map<std::string, value::Value>& storage() { return storage_; }
  const std::vector<LogRecord>& logs() const { return logs_; }
  std::vector<app::ErrorReport>& errors() { return errors_; }
  // Replies that the network still owes.
  int pending_requests() const { return pending_requests_; }

  // Answers network calls; nothing for a request nobody has mocked.
  using NetworkHandler =
      std::function<std::optional<NetworkResponse>(const NetworkRequest&)>;
  void OnNetwork(NetworkHandler handler) { network_ = std::move(handler); }
  // The other end of a socket: `sent` is null when the app connects. Nothing
  // for an address nobody has mocked, and for a message without an answer.
  using SocketHandler = std::function<std::optional<SocketAnswer>(
      const SocketRecord& socket, const value::Value* sent)>;
  void OnSocket(SocketHandler handler) { socket_handler_ = std::move(handler); }
  const std::vector<SocketRecord>& sockets() const { return sockets_; }
  // The other end speaks, or hangs up, of its own accord.
  void PushToSocket(uint32_t object, const value::Value& message);
  void CloseSocket(uint32_t object, int code, const std::string& reason);
  // Ways to the app's listeners: App::FireObjectEventMayRunScript and
  // App::FireApiEventMayRunScript.
  void OnObjectEvent(std::function<void(uint32_t object, std::string_view event,
                                        const value::Value& argument)>
                         tell) {
    on_object_event_ = std::move(tell);
  }
  void OnApiEvent(
      std::function<void(std::string_view event, const value::Value& argument)>
          tell) {
    on_api_event_ = std::move(tell);
  }
  // What preloadRule had opened, oldest first.
  const std::vector<std::string>& preloads() const { return preloads_; }
  using LogHandler = std::function<void(const LogRecord&)>;
  void OnLog(LogHandler handler) { on_log_ = std::move(handler); }
  using ErrorHandler = std::function<void(const app::ErrorReport&)>;
  void OnError(ErrorHandler handler) { on_error_ = std::move(handler); }
  using SetDataHandler =
      std::function<void(std::string_view component, const value::Value&)>;
  void OnSetData(SetDataHandler handler) { on_set_data_ = std::move(handler); }
  using SourceMapper = std::function<bool(app::SourcePosition&)>;
  void OnMapPosition(SourceMapper mapper) { mapper_ = std::move(mapper); }
  using SourceLowerer = std::function<base::Result<std::string>(
      std::string_view source, bool is_function)>;
  void OnLowerSource(SourceLowerer lowerer) { lowerer_ = std::move(lowerer); }

  // From the next page on there is a view of every open page; its messages
  // arrive at once.
  void KeepViews() { keep_views_ = true; }
  // Null where there is none.
  const app::ViewMirror* ViewOf(app::PageId page) const;

  // What a user will press: the next modal's {confirm} or {cancel} or
  // {content}, the next action sheet's index (negative: cancel).
  void AnswerModal(value::Value answer) {
    modal_answers_.push_back(std::move(answer));
  }
  void AnswerActionSheet(int index) { sheet_answers_.push_back(index); }

  // The app was ended: the screen and the tasks go, storage stays.
  void ForgetApp();
  // tabBar of app.json, before the app starts.
  void SetTabBar(const value::Value& tab_bar);

  // app::HostServices
  base::Clock& clock() override { return clock_; }
  app::TaskId PostTask(double delay_ms, std::function<void()> task) override;
  void CancelTask(app::TaskId task) override;
  double Random() override;
  app::ApiHandling CallApi(const app::ApiCall& call,
                           app::ApiReply reply) override;
  bool HasApi(std::string_view name) override;
  void Log(app::LogLevel level, std::string_view text,
           const std::vector<value::Value>& arguments) override;
  void ReportError(const app::ErrorReport& error) override;
  bool WantsSetData() override { return on_set_data_ != nullptr; }
  void OnSetData(std::string_view component,
                 const value::Value& patch) override;
  bool WantsViews() override { return keep_views_; }
  void OnViewUpdate(app::PageId page, std::string message) override;
  void OnViewClosed(app::PageId page) override { views_.erase(page); }
  void OnPreload(std::string_view package, bool ok) override {
    preloads_.push_back(std::string(package) + (ok ? "" : " failed"));
  }
  base::Result<std::string> LowerSource(std::string_view source,
                                        bool is_function) override;
  bool MapPosition(app::SourcePosition& position) override;

 private:
  using Api = void (SimulatedHost::*)(const app::ApiCall&, app::ApiReply&);
  struct ApiRow {
    std::string_view name;
    Api call;
  };
  static const ApiRow* FindApi(std::string_view name);

  // Each answers its family of names; see storage_apis.cpp and its like.
#define FCC_HOST_FAMILY(function) \
  void function(const app::ApiCall& call, app::ApiReply& reply);
#include "simulator/host/families.def"
#undef FCC_HOST_FAMILY

  value::Value SystemInfo() const;
  std::string Store(const std::string& key, value::Value data);
  // A path for a file that the platform made, and the file.
  std::string NewTempFile(std::string_view extension, std::string bytes = {});
  bool IsFolder(const std::string& path) const;
  app::ApiResult MakeFolder(const std::string& path, bool recursive);
  app::ApiResult RemoveFolder(const std::string& path, bool recursive);
  app::ApiResult ListFolder(const std::string& path, value::Value& names);
  app::ApiResult MoveFile(const std::string& from, const std::string& to,
                          bool keep, std::string_view what);
  value::Value& NavigationBar(app::PageId page);
  // Null when there is none; of 0, the newest that is not closed.
  SocketRecord* FindSocket(uint32_t object);
  void ConnectSocket(uint32_t object);
  void SendToSocket(const app::ApiCall& call, app::ApiReply& reply);
  void TakeSocketAnswer(uint32_t object, const SocketAnswer& answer);
  void TellSocket(uint32_t object, std::string_view event,
                  const value::Value& argument);

  SimulatedClock clock_;
  TaskQueue tasks_;
  ScreenState screen_;
  DeviceProfile device_;
  std::map<std::string, value::Value> storage_;
  std::map<std::string, std::string> files_;
  std::set<std::string> folders_;
  uint64_t last_temp_file_ = 0;
  std::string clipboard_;
  std::vector<LogRecord> logs_;
  std::vector<app::ErrorReport> errors_;
  std::deque<value::Value> modal_answers_;
  std::deque<int> sheet_answers_;
  NetworkHandler network_;
  SocketHandler socket_handler_;
  std::function<void(uint32_t, std::string_view, const value::Value&)>
      on_object_event_;
  std::function<void(std::string_view, const value::Value&)> on_api_event_;
  std::vector<SocketRecord> sockets_;
  std::vector<std::string> preloads_;
  LogHandler on_log_;
  ErrorHandler on_error_;
  SetDataHandler on_set_data_;
  SourceMapper mapper_;
  SourceLowerer lowerer_;
  bool keep_views_ = false;
  std::map<app::PageId, app::ViewMirror> views_;
  int pending_requests_ = 0;
  uint64_t random_ = 0x9E3779B97F4A7C15U;
};

}  // namespace fcc::host

#endif  // FCC_SIMULATOR_HOST_SIMULATED_HOST_H_
