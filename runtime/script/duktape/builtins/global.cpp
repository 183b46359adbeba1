// SPDX-License-Identifier: Apache-2.0
//
// The global object: what Duktape adds and the language does not have goes,
// what hosts of scripts have comes: timers, queueMicrotask, console.

#include <cmath>

#include "runtime/base/format.h"
#include "runtime/script/duktape/builtins.h"
#include "runtime/script/duktape/builtins/install.h"
#include "runtime/script/duktape/native.h"

namespace fcc::script {

// --- Timers ---

// HTML's timers take at least 4 ms when five set each other. With a virtual
// clock what schedules its work in many steps should be done at once, and what
// animates nothing for ever should let time pass: only long chains are slowed.
static constexpr uint32_t kFreeNesting = 1000;
static constexpr double kNestedDelayMs = 4;

static int SetTimer(duk_context* ctx) {
  const bool repeats = duk_get_current_magic(ctx) == 1;
  Engine& engine = EngineOf(ctx);
  const duk_idx_t count = duk_get_top(ctx);
  duk_set_top(ctx, std::max<duk_idx_t>(count, 2));
  RequireCallable(ctx, 0);
  double delay = duk_to_number(ctx, 1);
  delay = delay > 0 ? std::floor(delay) : 0;
  if (engine.timer_nesting > kFreeNesting) {
    delay = std::max(delay, kNestedDelayMs);
  }
  PushRecord(ctx, 0);
  const duk_idx_t record = duk_get_top(ctx) - 1;
  duk_dup(ctx, 0);
  PutItem(ctx, record, 0);
  for (duk_idx_t i = 2; i < count; ++i) {
    duk_dup(ctx, i);
    PutItem(ctx, record, static_cast<unsigned>(i - 1));
  }
  const uint32_t id = engine.next_timer++;
  engine.timers.emplace(id,
                        Timer{HoldRoot(engine), repeats, engine.timer_nesting});
  engine.host->StartTimer(id, delay, repeats);
  duk_push_uint(ctx, id);
  return 1;
}

static int ClearTimer(duk_context* ctx) {
  if (!duk_is_number(ctx, 0)) {
    return 0;
  }
  Engine& engine = EngineOf(ctx);
  const auto found =
      engine.timers.find(static_cast<uint32_t>(duk_get_uint(ctx, 0)));
  if (found != engine.timers.end()) {
    engine.host->StopTimer(found->first);
    ReleaseRoot(engine, found->second.root);
    engine.timers.erase(found);
  }
  return 0;
}

static int QueueMicrotaskFunction(duk_context* ctx) {
  RequireCallable(ctx, 0);
  QueueCallback(ctx);
  return 0;
}

// --- Console ---

// The arguments from `first` on as consoles format them, %s and the like too.
static std::string FormatArguments(duk_context* ctx, duk_idx_t first) {
  const duk_idx_t count = duk_get_top(ctx);
  std::string text;
  duk_idx_t next = first;
  if (first < count && duk_is_string(ctx, first) &&
      !duk_is_symbol(ctx, first)) {
    const std::string format = Utf8At(ctx, first);
    ++next;
    for (size_t i = 0; i < format.size(); ++i) {
      if (format[i] != '%' || i + 1 >= format.size() || next >= count) {
        text += format[i];
        continue;
      }
      const char kind = format[++i];
      switch (kind) {
        case '%':
          text += '%';
          break;
        case 's':
          duk_dup(ctx, next++);
          if (duk_is_string(ctx, -1) && !duk_is_symbol(ctx, -1)) {
            text += Utf8At(ctx, -1);
            duk_pop(ctx);
          } else {
            text += InspectTop(ctx);
          }
          break;
        case 'd':
        case 'i':
        case 'f': {
          duk_dup(ctx, next++);
          double number = duk_is_object(ctx, -1) || duk_is_symbol(ctx, -1)
                              ? NAN
                              : duk_to_number(ctx, -1);
          if (kind == 'i') {
            number = std::trunc(number);
          }
          duk_push_number(ctx, number);
          text += duk_to_string(ctx, -1);
          duk_pop_2(ctx);
          break;
        }
        case 'o':
        case 'O':
        case 'j':
          duk_dup(ctx, next++);
          text += InspectTop(ctx);
          break;
        case 'c':
          ++next;
          break;
        default:
          text += '%';
          text += kind;
      }
    }
  }
  for (; next < count; ++next) {
    if (next > first) {
      text += ' ';
    }
    duk_dup(ctx, next);
    if (duk_is_string(ctx, -1) && !duk_is_symbol(ctx, -1)) {
      text += Utf8At(ctx, -1);
      duk_pop(ctx);
    } else {
      text += InspectTop(ctx);
    }
  }
  return text;
}

static void Emit(duk_context* ctx, ConsoleLevel level, std::string_view text,
                 duk_idx_t first) {
  Engine& engine = EngineOf(ctx);
  std::string indented;
  if (engine.console_indent > 0) {
    const std::string indent(static_cast<size_t>(engine.console_indent) * 2,
                             ' ');
    indented = indent;
    for (const char c : text) {
      indented += c;
      if (c == '\n') {
        indented += indent;
      }
    }
    text = indented;
  }
  std::vector<Handle> arguments;
  const duk_idx_t count = duk_get_top(ctx);
  for (duk_idx_t i = first; i < count; ++i) {
    duk_dup(ctx, i);
    arguments.push_back(engine.heap->Adopt(HoldRoot(engine)));
  }
  engine.host->Console(level, text, arguments);
}

static int Log(duk_context* ctx) {
  Emit(ctx, static_cast<ConsoleLevel>(duk_get_current_magic(ctx)),
       FormatArguments(ctx, 0), 0);
  return 0;
}

static int Trace(duk_context* ctx) {
  std::string text = "Trace: " + FormatArguments(ctx, 0);
  internals::PushTrace(ctx);
  Exception exception;
  exception.message = std::move(text);
  exception.frames = DecodeTrace(ctx);
  duk_pop(ctx);
  exception.frames.erase(exception.frames.begin());
  Emit(ctx, ConsoleLevel::kError, exception.Describe(), 0);
  return 0;
}

static int Assert(duk_context* ctx) {
  if (duk_get_top(ctx) > 0 && duk_to_boolean(ctx, 0)) {
    return 0;
  }
  const std::string text = FormatArguments(ctx, 1);
  Emit(ctx, ConsoleLevel::kError,
       text.empty() ? "Assertion failed" : "Assertion failed: " + text, 1);
  return 0;
}

static std::string Label(duk_context* ctx) {
  if (duk_is_undefined(ctx, 0)) {
    return "default";
  }
  ToStringAt(ctx, 0);
  return Utf8At(ctx, 0);
}

static int CountMethod(duk_context* ctx) {
  const std::string label = Label(ctx);
  Engine& engine = EngineOf(ctx);
  if (duk_get_current_magic(ctx) == 1) {
    engine.console_counts.erase(label);
    return 0;
  }
  const double count = ++engine.console_counts[label];
  Emit(ctx, ConsoleLevel::kLog, base::format("{}: {}", label, count), 1);
  return 0;
}

static int Time(duk_context* ctx) {
  const std::string label = Label(ctx);
  Engine& engine = EngineOf(ctx);
  const int64_t now = engine.host->clock().MonotonicUs();
  if (duk_get_current_magic(ctx) == 0) {
    engine.console_times.emplace(label, now);
    return 0;
  }
  const auto found = engine.console_times.find(label);
  if (found == engine.console_times.end()) {
    return 0;
  }
  Emit(ctx, ConsoleLevel::kLog,
       base::format("{}: {:.3f}ms", label,
                    static_cast<double>(now - found->second) / 1000.0),
       1);
  if (duk_get_current_magic(ctx) == 1) {
    engine.console_times.erase(found);
  }
  return 0;
}

static int Group(duk_context* ctx) {
  Engine& engine = EngineOf(ctx);
  if (duk_get_current_magic(ctx) == 1) {
    engine.console_indent = std::max(engine.console_indent - 1, 0);
    return 0;
  }
  if (duk_get_top(ctx) > 0) {
    Emit(ctx, ConsoleLevel::kLog, FormatArguments(ctx, 0), 0);
  }
  engine.console_indent = std::min(engine.console_indent + 1, 32);
  return 0;
}

static int PerformanceNow(duk_context* ctx) {
  Engine& engine = EngineOf(ctx);
  duk_push_number(ctx, static_cast<double>(engine.host->clock().MonotonicUs() -
                                           engine.start_us) /
                           1000.0);
  return 1;
}

static constexpr int Level(ConsoleLevel level) {
  return static_cast<int>(level);
}

static constexpr Method kConsole[] = {
    {"log", Log, 0, DUK_VARARGS, Level(ConsoleLevel::kLog)},
    {"info", Log, 0, DUK_VARARGS, Level(ConsoleLevel::kInfo)},
    {"warn", Log, 0, DUK_VARARGS, Level(ConsoleLevel::kWarn)},
    {"error", Log, 0, DUK_VARARGS, Level(ConsoleLevel::kError)},
    {"debug", Log, 0, DUK_VARARGS, Level(ConsoleLevel::kDebug)},
    {"dir", Log, 0, 1, Level(ConsoleLevel::kLog)},
    {"table", Log, 0, 1, Level(ConsoleLevel::kLog)},
    {"trace", Trace, 0, DUK_VARARGS},
    {"assert", Assert, 0, DUK_VARARGS},
    {"count", CountMethod, 0, 1},
    {"countReset", CountMethod, 0, 1, 1},
    {"time", Time, 0, 1, 0},
    {"timeEnd", Time, 0, 1, 1},
    {"timeLog", Time, 0, 1, 2},
    {"group", Group, 0, DUK_VARARGS},
    {"groupCollapsed", Group, 0, DUK_VARARGS},
    {"groupEnd", Group, 0, 0, 1},
};

static constexpr Method kGlobals[] = {
    {"clearInterval", ClearTimer, 1},
    {"clearTimeout", ClearTimer, 1},
    {"queueMicrotask", QueueMicrotaskFunction, 1},
    {"setInterval", SetTimer, 2, DUK_VARARGS, 1},
    {"setTimeout", SetTimer, 2, DUK_VARARGS},
};

static constexpr Method kPerformance[] = {{"now", PerformanceNow, 0}};

void InstallGlobal(duk_context* ctx) {
  duk_push_global_object(ctx);
  // Duktape's own: reflection on the engine, buffers of Node's early days.
  for (const char* name : {"Duktape", "CBOR", "Buffer", "performance",
                           "TextEncoder", "TextDecoder"}) {
    duk_del_prop_string(ctx, 0, name);
  }
  if (EngineOf(ctx).options.web_globals) {
    DefineMethods(ctx, kGlobals);
    duk_push_object(ctx);
    DefineMethods(ctx, kConsole);
    DefineTag(ctx, -1, "console");
    DefineHidden(ctx, 0, "console");
    duk_push_object(ctx);
    DefineMethods(ctx, kPerformance);
    DefineHidden(ctx, 0, "performance");
  }
  duk_set_top(ctx, 0);
}

}  // namespace fcc::script
