// SPDX-License-Identifier: Apache-2.0
//
// HostServices: the only way out of the app core. A phone, a desktop program
// and the simulator each implement it; if a behaviour differs between them, it
// belongs there and not in the core.
//
// What the core does itself and never asks for: routing, the page stack,
// components, selector queries, event channels, launch options, `nextTick`,
// `canIUse`. Everything else a mini program can call goes through CallApi by
// name.
//
// Threads: the core calls its host on the thread that runs the app, and the
// host calls back (tasks, API replies, App::…) on that same thread.

#ifndef FCC_RUNTIME_APP_HOST_SERVICES_H_
#define FCC_RUNTIME_APP_HOST_SERVICES_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/clock.h"
#include "runtime/base/result.h"
#include "runtime/value/value.h"

namespace fcc::app {

using TaskId = uint64_t;
using PageId = uint32_t;
using NodeId = uint32_t;

enum class LogLevel : uint8_t { kLog, kInfo, kWarn, kError, kDebug };

std::string_view LogLevelName(LogLevel level);

// A place in the package's script, or in the source it was made from. Lines
// and columns count from 1.
struct SourcePosition {
  std::string file;
  uint32_t line = 0;
  uint32_t column = 0;
  std::string function;
};

// Something the user's code did wrong and did not catch.
struct ErrorReport {
  enum class Kind : uint8_t {
    // Thrown out of a lifecycle, a handler, a timer, a module.
    kException,
    kUnhandledRejection,
    // The core refuses what the code asked for: unknown page, bad selector.
    kMisuse,
    // A time or memory limit ended the code.
    kLimit,
  };
  Kind kind = Kind::kException;
  // "TypeError: x is not a function"
  std::string message;
  // One frame a line, places as in the package's script.
  std::string stack;
  // The innermost frame, 1-based; empty and 0 when unknown.
  std::string file;
  uint32_t line = 0;
  uint32_t column = 0;
  // What was running: "pages/index/index onLoad", "timer", "module app.js".
  std::string where;
};

// One call of an ft./wx. function.
struct ApiCall {
  // Without "ft." or "wx.": "getStorage", or "InnerAudioContext.play" for a
  // method of an object that the host made.
  std::string_view name;
  // Arguments as values. Of an asynchronous call, arguments[0] is its options
  // object without success, fail and complete.
  std::vector<value::Value> arguments;
  // What an object factory made, for its methods; 0 else.
  uint32_t object = 0;
  bool synchronous = false;
  PageId page = 0;

  const value::Value& Options() const;
};

// An object_type: an object that the host does not have, in parts at least. The
// result's value is its name, which is counted; the caller gets an object that
// answers to everything.
inline constexpr std::string_view kStandInType = "?";

struct ApiResult {
  bool ok = true;
  // The result object of an asynchronous call, the returned value of a
  // synchronous one. The core adds errMsg.
  value::Value value;
  // What follows "<name>:fail " (may be empty).
  std::string message;
  // Of a synchronous call that hands out an object: its type, whose methods
  // the object gets ("CanvasGradient"); empty for what the table says.
  std::string object_type;
  // What listeners on the call's object are told afterwards, in this order:
  // {"Play", {}} for InnerAudioContext.onPlay.
  std::vector<std::pair<std::string, value::Value>> events;
  // Of a call that gave a task: it goes on after this, a connection, until
  // App::FireObjectEventMayRunScript tells its listeners "Close".
  bool goes_on = false;

  static ApiResult Ok(value::Value value = {}) {
    return {true, std::move(value), {}, {}, {}, false};
  }
  static ApiResult Fail(std::string message, value::Value value = {}) {
    return {false, std::move(value), std::move(message), {}, {}, false};
  }
};

// Called at most once, at any time while the App lives, also from inside
// CallApi. Safe to call after the App has gone: it does nothing then.
using ApiReply = std::function<void(ApiResult)>;

enum class ApiHandling : uint8_t {
  // The reply was called, or will be.
  kHandled,
  // This host has no such function. The core answers the caller with
  // "<name>:fail not supported by this host" and counts the name.
  kUnsupported,
};

struct Rect {
  double left = 0;
  double top = 0;
  double width = 0;
  double height = 0;
};

class HostServices {
 public:
  virtual ~HostServices() = default;

  virtual base::Clock& clock() = 0;
  // Runs `task` once, not before `delay_ms` from now and never inside this
  // call. Tasks due at the same instant run in the order they were posted.
  virtual TaskId PostTask(double delay_ms, std::function<void()> task) = 0;
  virtual void CancelTask(TaskId task) = 0;
  // In [0, 1).
  virtual double Random() = 0;

  virtual ApiHandling CallApi(const ApiCall& call, ApiReply reply) = 0;
  // Whether CallApi would handle this name; for `canIUse`.
  virtual bool HasApi(std::string_view name) = 0;

  // console.log and friends: `text` as a console shows it.
  virtual void Log(LogLevel level, std::string_view text,
                   const std::vector<value::Value>& arguments) = 0;
  virtual void ReportError(const ErrorReport& error) = 0;

  // Script wrote data: the component's path, and an object of paths and values.
  // For those who show what an app does; most hosts do not care.
  virtual bool WantsSetData() { return false; }
  virtual void OnSetData(std::string_view component,
                         const value::Value& patch) {
    static_cast<void>(component);
    static_cast<void>(patch);
  }

  // Whether somebody keeps views of the pages (view_mirror.h). Every page then
  // sends at the end of a task what has changed in it, as bytes that may go to
  // another thread, and at its end that it has closed.
  virtual bool WantsViews() { return false; }
  virtual void OnViewUpdate(PageId page, std::string message) {
    static_cast<void>(page);
    static_cast<void>(message);
  }
  virtual void OnViewClosed(PageId page) { static_cast<void>(page); }

  // preloadRule had a package opened ahead of its use, or could not.
  virtual void OnPreload(std::string_view package, bool ok) {
    static_cast<void>(package);
    static_cast<void>(ok);
  }

  // Source that the user's code hands to `eval` or `Function`, in syntax the
  // engine runs; fails with the message of a SyntaxError. A device passes it
  // on.
  virtual base::Result<std::string> LowerSource(std::string_view source,
                                                bool is_function) {
    static_cast<void>(is_function);
    return std::string(source);
  }
  // Where the code at that place of the package's script comes from; false when
  // nobody knows. Must not re-enter the app.
  virtual bool MapPosition(SourcePosition& position) {
    static_cast<void>(position);
    return false;
  }
  // Where a node was painted, in page coordinates. Without a layout nobody
  // knows: queries then see an empty box.
  virtual std::optional<Rect> BoxOf(PageId page, NodeId node) {
    static_cast<void>(page);
    static_cast<void>(node);
    return std::nullopt;
  }
};

}  // namespace fcc::app

#endif  // FCC_RUNTIME_APP_HOST_SERVICES_H_
