// SPDX-License-Identifier: Apache-2.0
//
// The logic side's script heap with what surrounds every entry into it: errors
// are reported and do not spread, and the end of a task runs microtasks and
// what waits for the render.
//
// A task is one thing the world makes the app do: a timer, an event, a reply.
// A Task object on the stack spans it; tasks nest, and the outermost one
// finishes the job.

#ifndef FCC_RUNTIME_APP_LOGIC_H_
#define FCC_RUNTIME_APP_LOGIC_H_

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "runtime/app/host_services.h"
#include "runtime/script/code_cache.h"
#include "runtime/script/heap.h"

namespace fcc::app {

struct LogicOptions {
  size_t heap_bytes = 0;
  double script_ms = 0;
  uint32_t heap_id = 1;
  // Not owned; may be null.
  script::CodeCache* code_cache = nullptr;
};

class Logic : public script::Host {
 public:
  Logic(HostServices& services, const LogicOptions& options);
  ~Logic() override;

  HostServices& services() { return services_; }
  script::Heap& heap() { return *heap_; }

  // Spans a task. The last one to go runs microtasks, posts what waits for the
  // render and calls the idle hook.
  class Task {
   public:
    explicit Task(Logic& logic) : logic_(logic) { ++logic_.depth_; }
    ~Task();
    Task(const Task&) = delete;
    Task& operator=(const Task&) = delete;

   private:
    Logic& logic_;
  };

  // Calls a function of the user's. What it throws is reported; the result is
  // then empty. `where` says what it was, for the report.
  script::Handle CallMayRunScript(const script::Handle& function,
                                  const script::Handle& this_value,
                                  std::span<const script::Handle> arguments,
                                  std::string_view where);
  script::Handle CallMayRunScript(
      const script::Handle& function, const script::Handle& this_value,
      std::initializer_list<script::Handle> arguments, std::string_view where) {
    return CallMayRunScript(function, this_value,
                            std::span(arguments.begin(), arguments.size()),
                            where);
  }
  // object[name](…) when it is a function; an empty handle else.
  script::Handle CallIfFunctionMayRunScript(
      const script::Handle& object, std::string_view name,
      std::initializer_list<script::Handle> arguments, std::string_view where);

  // Undefined when it cannot be read.
  script::Handle Get(const script::Handle& object, std::string_view key);
  bool IsFunction(const script::Handle& value) {
    return !value.empty() && value.IsFunction();
  }
  // Undefined where the value cannot leave the heap; says so on the console.
  value::Value ToValue(const script::Handle& value, std::string_view what);

  void Report(const script::Exception& exception, std::string_view where);
  void Misuse(std::string message, std::string_view where = {});
  void Warn(const std::string& text);

  // After the task that is running, behind timers that are already due: when
  // the views would have painted. In the order given.
  void AfterRender(std::function<void()> action);
  // As HostServices::PostTask, as a task, and not after this object has gone.
  TaskId Post(double delay_ms, std::function<void()> action);
  // The same for a reply that the host is handed; it counts once.
  std::function<void(ApiResult)> Guard(std::function<void(ApiResult)> action);
  // Called when no task is running any more.
  void OnIdle(std::function<void()> hook) { idle_ = std::move(hook); }
  // Names listeners of uncaught errors: App.onError, wx.onError.
  void OnError(std::function<void(const ErrorReport&)> hook) {
    error_hook_ = std::move(hook);
  }
  void OnRejection(std::function<void(const script::Exception&)> hook) {
    rejection_hook_ = std::move(hook);
  }
  bool in_task() const { return depth_ > 0; }
  // Names a file that is no source of the user's but was made of them.
  void AddPackageScript(std::string_view name) {
    package_scripts_.emplace(name);
  }
  // Something that was put off may hold values.
  bool has_put_off() const {
    return !posted_.empty() || !after_render_.empty();
  }

  // script::Host
  base::Clock& clock() override;
  double Random() override;
  void StartTimer(uint32_t id, double delay_ms, bool repeats) override;
  void StopTimer(uint32_t id) override;
  void Console(script::ConsoleLevel level, std::string_view text,
               std::span<const script::Handle> arguments) override;
  void UnhandledRejection(const script::Exception& reason) override;
  void UncaughtException(const script::Exception& exception) override;
  base::Result<std::string> LowerSource(std::string_view source,
                                        script::SourceKind kind) override;
  bool MapPosition(script::CodePosition& position) override;

 private:
  struct Timer {
    TaskId task = 0;
    // Its number in posted_.
    uint64_t action = 0;
    double delay_ms = 0;
    bool repeats = false;
  };

  void Finish();
  void SetPlace(ErrorReport& report, const script::Exception& exception) const;
  void ArmTimer(uint32_t id);

  HostServices& services_;
  std::unique_ptr<script::Heap> heap_;
  // What the host holds may outlive us: it has this weakly, and the number of
  // an action, while the action with its handles stays here.
  std::shared_ptr<Logic*> self_;
  std::unordered_map<uint64_t, std::function<void()>> posted_;
  std::unordered_map<uint64_t, std::function<void(ApiResult)>> replies_;
  uint64_t last_action_ = 0;
  std::map<uint32_t, Timer> timers_;
  std::vector<std::function<void()>> after_render_;
  std::function<void()> idle_;
  std::function<void(const ErrorReport&)> error_hook_;
  std::function<void(const script::Exception&)> rejection_hook_;
  std::set<std::string, std::less<>> package_scripts_;
  int depth_ = 0;
};

}  // namespace fcc::app

#endif  // FCC_RUNTIME_APP_LOGIC_H_
