// SPDX-License-Identifier: Apache-2.0
//
// The ft object (and wx, which is the same): one function a row of the table in
// runtime/api. What the core knows itself it answers; everything else goes to
// HostServices. A name that the host does not have fails, is counted, and
// nothing more happens.

#ifndef FCC_RUNTIME_APP_API_BRIDGE_H_
#define FCC_RUNTIME_APP_API_BRIDGE_H_

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "runtime/api/table.h"
#include "runtime/app/app.h"
#include "runtime/app/host_services.h"
#include "runtime/script/heap.h"
#include "runtime/value/value.h"

namespace fcc::app {

class AppState;
class Page;
struct Node;

class ApiBridge {
 public:
  explicit ApiBridge(AppState& app);

  // Puts ft and wx on the global object.
  void DefineGlobals();
  const script::Handle& object() const { return object_; }

  // Mocks: see app.h.
  void MockResult(std::string_view name, value::Value result);
  void MockFunction(std::string_view name, App::ApiMock function);
  void Restore(std::string_view name);

  // Listeners of wx.on<event>.
  void FireMayRunScript(std::string_view event,
                        std::span<const script::Handle> arguments);
  bool HasListeners(std::string_view event) const;
  void FireObjectMayRunScript(uint32_t object, std::string_view event,
                              const value::Value& argument);

  // this.router of pages: the five ways to navigate.
  script::Handle RouterObject();
  // What a selector query gives for `context` and `node`.
  script::Handle NodeContext(Page& page, const Node& node);
  // getWindowInfo() of the host.
  value::Value WindowInfo();
  // Answered without the host.
  bool IsCore(std::string_view name) const { return core_.contains(name); }
  const std::map<std::string, uint64_t>& unsupported() const {
    return unsupported_;
  }

  // --- For core_apis.cpp ---
  using CoreFunction =
      std::function<script::Result<script::Handle>(const script::CallInfo&)>;
  void DefineCore(std::string_view name, int length, CoreFunction function);
  // success, fail and complete of an options object, or a promise.
  struct Callbacks {
    script::Handle success;
    script::Handle fail;
    script::Handle complete;
    script::Heap::PromiseParts promise;
    // What the call returns.
    script::Handle returned;
  };
  Callbacks ReadCallbacks(const script::Handle& options, bool with_promise);
  // Tells them after the running task.
  void Settle(std::string name, Callbacks callbacks, ApiResult result,
              script::Handle ready_result = {});
  // Counts a name that the host does not have; the first time it says why.
  void Count(std::string_view name, std::string_view why = {});
  // Counts a name that no host has and fails the call.
  script::Handle Refuse(std::string name, const script::Handle& options);
  // The object of a call that goes on, "DownloadTask", which no host knows.
  script::Handle NewTask(std::string_view type);

 private:
  struct Mock {
    value::Value result;
    App::ApiMock function;
  };
  // An object that a factory or a task call gave and that has listeners.
  struct ObjectRecord {
    std::map<std::string, std::vector<script::Handle>, std::less<>> listeners;
    bool ends_with_close = false;
    // A SocketTask, whose readyState follows its events.
    script::Handle socket;
  };
  // HTML's WebSocket has the same names and numbers.
  enum class ReadyState : uint8_t { kConnecting, kOpen, kClosing, kClosed };

  void DefineRow(const api::Row& row);
  script::Result<script::Handle> Invoke(const api::Row& row, uint32_t object,
                                        const script::CallInfo& call);
  script::Result<script::Handle> InvokeSync(const api::Row& row,
                                            uint32_t object,
                                            const script::CallInfo& call);
  script::Result<script::Handle> InvokeAsync(const api::Row& row,
                                             uint32_t object,
                                             const script::CallInfo& call);
  script::Result<script::Handle> InvokeFactory(const api::Row& row,
                                               const script::CallInfo& call);
  script::Result<script::Handle> InvokeMock(const api::Row& row,
                                            const Mock& mock,
                                            const script::CallInfo& call);
  // Tells the listeners on the object what the result says, after the task.
  void FireEvents(uint32_t object, ApiResult& result);
  void Listen(std::string_view event, const script::Handle& listener,
              uint32_t object);
  void Unlisten(std::string_view event, const script::Handle& listener,
                uint32_t object);
  // An object with the methods of its type; `id` is the host's number for it.
  script::Handle NewObject(std::string_view type, uint32_t id,
                           const value::Value& properties);
  void MakeSocket(uint32_t object, const script::Handle& task);
  void SetReadyState(uint32_t object, ReadyState state);
  // Asks the host at once; false when it has no such function.
  bool CallHost(std::string_view name, std::vector<value::Value> arguments,
                uint32_t object, bool synchronous, ApiReply reply);
  std::vector<value::Value> Arguments(const script::CallInfo& call);
  value::Value OptionsWithoutCallbacks(const script::Handle& options);

  AppState& app_;
  script::Handle object_;
  script::Handle router_object_;
  std::map<std::string, CoreFunction, std::less<>> core_;
  std::map<std::string, Mock, std::less<>> mocks_;
  std::map<std::string, std::vector<script::Handle>, std::less<>> listeners_;
  std::unordered_map<uint32_t, ObjectRecord> objects_;
  std::map<std::string, uint64_t> unsupported_;
  // For objects that the host does not know.
  uint32_t last_own_object_ = 0x80000000U;
};

// The functions that need no host: routes, storage of listeners, queries.
void DefineCoreApis(AppState& app, ApiBridge& bridge);
void DefineCanvasApis(AppState& app, ApiBridge& bridge);

}  // namespace fcc::app

#endif  // FCC_RUNTIME_APP_API_BRIDGE_H_
