// SPDX-License-Identifier: Apache-2.0

#include "runtime/app/logic.h"

#include <algorithm>
#include <utility>

#include "runtime/base/format.h"

namespace fcc::app {

using script::Handle;

Logic::Logic(HostServices& services, const LogicOptions& options)
    : services_(services), self_(std::make_shared<Logic*>(this)) {
  script::HeapOptions heap_options;
  heap_options.host = this;
  heap_options.memory_limit = options.heap_bytes;
  heap_options.time_limit_ms = options.script_ms;
  heap_options.heap_id = options.heap_id;
  heap_ = script::Heap::Create(heap_options);
  script::UseCodeCache(*heap_, options.code_cache);
}

Logic::~Logic() {
  self_.reset();
  for (const auto& [id, timer] : timers_) {
    services_.CancelTask(timer.task);
  }
  timers_.clear();
  after_render_.clear();
  posted_.clear();
  replies_.clear();
}

Logic::Task::~Task() {
  if (logic_.depth_ == 1) {
    logic_.Finish();
  }
  --logic_.depth_;
}

void Logic::Finish() {
  // Microtasks may set data, and what is idle work may run script: until
  // nothing is left.
  do {
    heap_->RunMicrotasks();
    if (idle_) {
      idle_();
    }
  } while (heap_->HasMicrotasks());
  if (!after_render_.empty()) {
    // Two steps, so that timers which the task has set for "now" come first, as
    // they do where a render takes time.
    Post(0, [this, actions = std::exchange(after_render_, {})] {
      for (const std::function<void()>& action : actions) {
        action();
      }
    });
  }
}

Handle Logic::CallMayRunScript(const Handle& function, const Handle& this_value,
                               std::span<const Handle> arguments,
                               std::string_view where) {
  const Task task(*this);
  script::Result<Handle> result = heap_->Call(function, this_value, arguments);
  if (!result) {
    Report(result.error(), where);
    return {};
  }
  return std::move(result).value();
}

Handle Logic::CallIfFunctionMayRunScript(
    const Handle& object, std::string_view name,
    std::initializer_list<Handle> arguments, std::string_view where) {
  const Handle function = Get(object, name);
  if (!IsFunction(function)) {
    return {};
  }
  return CallMayRunScript(function, object, arguments, where);
}

Handle Logic::Get(const Handle& object, std::string_view key) {
  if (object.empty() || !object.IsObject()) {
    return heap_->Undefined();
  }
  script::Result<Handle> result = heap_->Get(object, key);
  if (!result) {
    Report(result.error(), base::format("reading `{}`", key));
    return heap_->Undefined();
  }
  return std::move(result).value();
}

value::Value Logic::ToValue(const Handle& handle, std::string_view what) {
  if (handle.empty()) {
    return {};
  }
  script::Result<value::Value> result = heap_->ToValue(handle);
  if (!result) {
    Warn(base::format("{} cannot be passed on: {}", what,
                      result.error().Summary()));
    return {};
  }
  return std::move(result).value();
}

// The innermost frame of the user's code; where the sources are known, of a
// source, for the rest of a package's script is ours.
void Logic::SetPlace(ErrorReport& report,
                     const script::Exception& exception) const {
  for (const script::StackFrame& frame : exception.frames) {
    if (frame.file.empty() || frame.line == 0) {
      continue;
    }
    const bool is_source = !package_scripts_.contains(frame.file);
    if (report.file.empty() || is_source) {
      report.file = frame.file;
      report.line = frame.line;
      report.column = frame.column;
    }
    if (is_source) {
      return;
    }
  }
}

void Logic::Report(const script::Exception& exception, std::string_view where) {
  ErrorReport report;
  report.kind = exception.limit == script::Limit::kNone
                    ? ErrorReport::Kind::kException
                    : ErrorReport::Kind::kLimit;
  report.message = exception.Summary();
  report.stack = exception.Describe();
  report.where = where;
  SetPlace(report, exception);
  services_.ReportError(report);
  if (error_hook_) {
    error_hook_(report);
  }
}

void Logic::Misuse(std::string message, std::string_view where) {
  ErrorReport report;
  report.kind = ErrorReport::Kind::kMisuse;
  report.message = std::move(message);
  report.where = where;
  services_.ReportError(report);
}

void Logic::Warn(const std::string& text) {
  services_.Log(LogLevel::kWarn, text, {value::Value::String(text)});
}

void Logic::AfterRender(std::function<void()> action) {
  const Task task(*this);
  after_render_.push_back(std::move(action));
}

TaskId Logic::Post(double delay_ms, std::function<void()> action) {
  const uint64_t number = ++last_action_;
  posted_.emplace(number, std::move(action));
  return services_.PostTask(delay_ms,
                            [weak = std::weak_ptr<Logic*>(self_), number] {
                              const std::shared_ptr<Logic*> self = weak.lock();
                              if (self == nullptr) {
                                return;
                              }
                              auto node = (*self)->posted_.extract(number);
                              if (!node.empty()) {
                                const Task task(**self);
                                node.mapped()();
                              }
                            });
}

std::function<void(ApiResult)> Logic::Guard(
    std::function<void(ApiResult)> action) {
  const uint64_t number = ++last_action_;
  replies_.emplace(number, std::move(action));
  return [weak = std::weak_ptr<Logic*>(self_), number](ApiResult result) {
    const std::shared_ptr<Logic*> self = weak.lock();
    if (self == nullptr) {
      return;
    }
    auto node = (*self)->replies_.extract(number);
    if (!node.empty()) {
      const Task task(**self);
      node.mapped()(std::move(result));
    }
  };
}

base::Clock& Logic::clock() {
  return services_.clock();
}

double Logic::Random() {
  return services_.Random();
}

void Logic::StartTimer(uint32_t id, double delay_ms, bool repeats) {
  // A repeating timer of 0 ms would never let virtual time pass.
  timers_[id] = {0, 0, repeats ? std::max(delay_ms, 1.0) : delay_ms, repeats};
  ArmTimer(id);
}

void Logic::ArmTimer(uint32_t id) {
  Timer& timer = timers_[id];
  timer.task = Post(timer.delay_ms, [this, id] {
    const auto found = timers_.find(id);
    if (found == timers_.end()) {
      return;
    }
    // Before the callback, which may stop the timer.
    if (found->second.repeats) {
      ArmTimer(id);
    } else {
      timers_.erase(found);
    }
    heap_->FireTimer(id);
  });
  timer.action = last_action_;
}

void Logic::StopTimer(uint32_t id) {
  const auto found = timers_.find(id);
  if (found != timers_.end()) {
    services_.CancelTask(found->second.task);
    posted_.erase(found->second.action);
    timers_.erase(found);
  }
}

static LogLevel LevelOf(script::ConsoleLevel level) {
  switch (level) {
    case script::ConsoleLevel::kLog:
      return LogLevel::kLog;
    case script::ConsoleLevel::kInfo:
      return LogLevel::kInfo;
    case script::ConsoleLevel::kWarn:
      return LogLevel::kWarn;
    case script::ConsoleLevel::kError:
      return LogLevel::kError;
    case script::ConsoleLevel::kDebug:
      return LogLevel::kDebug;
  }
  return LogLevel::kLog;
}

void Logic::Console(script::ConsoleLevel level, std::string_view text,
                    std::span<const Handle> arguments) {
  // Arguments that cannot leave the heap are their text.
  std::vector<value::Value> values;
  for (const Handle& argument : arguments) {
    script::Result<value::Value> converted = heap_->ToValue(argument);
    values.push_back(converted
                         ? std::move(converted).value()
                         : value::Value::String(heap_->Inspect(argument)));
  }
  services_.Log(LevelOf(level), text, values);
}

void Logic::UnhandledRejection(const script::Exception& reason) {
  ErrorReport report;
  report.kind = ErrorReport::Kind::kUnhandledRejection;
  report.message = reason.Summary();
  report.stack = reason.Describe();
  report.where = "promise";
  SetPlace(report, reason);
  services_.ReportError(report);
  if (rejection_hook_) {
    rejection_hook_(reason);
  }
}

void Logic::UncaughtException(const script::Exception& exception) {
  Report(exception, "timer");
}

base::Result<std::string> Logic::LowerSource(std::string_view source,
                                             script::SourceKind kind) {
  return services_.LowerSource(source, kind != script::SourceKind::kEval);
}

bool Logic::MapPosition(script::CodePosition& position) {
  SourcePosition place{position.file, position.line, position.column,
                       position.function};
  if (!services_.MapPosition(place)) {
    return false;
  }
  position.file = std::move(place.file);
  position.line = place.line;
  position.column = place.column;
  position.function = std::move(place.function);
  return true;
}

}  // namespace fcc::app
