// SPDX-License-Identifier: Apache-2.0

#include "runtime/script/duktape/entry.h"

#include "runtime/base/check.h"

namespace fcc::script {

// What an entry into a full heap may have beyond the limit.
static constexpr size_t kSlack = 256 << 10;

CallScope::CallScope(Engine& engine)
    : engine_(engine), top_(duk_get_top(engine.ctx)) {
  const ExemptScope exempt(engine);
  duk_check_stack(engine.ctx, 64);
  if (engine.entry_depth++ == 0) {
    engine.timed_out = false;
    engine.allocation_refused = false;
    // A full heap must be able to run the code that empties it.
    const size_t limit = engine.options.memory_limit;
    engine.slack = engine.bytes_used + kSlack > limit ? size_t{kSlack} : 0;
    // Set when the clock is first looked at.
    engine.deadline_us = 0;
  }
}

CallScope::~CallScope() {
  duk_set_top(engine_.ctx, top_);
  --engine_.entry_depth;
}

// [ error ] -> [ error ]: a property as text, without running script.
static std::string PlainText(duk_context* ctx, const char* name) {
  std::string text;
  const duk_idx_t top = duk_get_top(ctx);
  duk_push_string(ctx, name);
  void* key = duk_get_heapptr(ctx, -1);
  internals::OwnProperty property;
  void* object = duk_get_heapptr(ctx, top - 1);
  for (int depth = 0; object != nullptr && depth < 64; ++depth) {
    if (internals::IsProxy(object)) {
      break;
    }
    if (internals::GetOwn(ctx, object, key, &property)) {
      if (duk_is_string(ctx, -1) && !duk_is_symbol(ctx, -1)) {
        text = Utf8At(ctx, -1);
      } else if (duk_is_number(ctx, -1)) {
        text = duk_to_string(ctx, -1);
      }
      break;
    }
    object = internals::GetPrototype(ctx, object);
  }
  duk_set_top(ctx, top);
  return text;
}

// What console.log would show of the value on top.
static std::string Inspected(duk_context* ctx) {
  std::string text;
  Protected(ctx, [&](duk_context* inner) {
    duk_dup_top(inner);
    text = InspectTop(inner);
    duk_push_undefined(inner);
  });
  duk_pop(ctx);
  return text;
}

Exception TakeException(Engine& engine) {
  duk_context* ctx = engine.ctx;
  const ExemptScope exempt(engine);
  Exception exception;
  if (engine.timed_out) {
    exception.limit = Limit::kTime;
    exception.name = "RangeError";
    exception.message = "execution timeout";
    if (duk_is_object(ctx, -1) &&
        internals::PushErrorTrace(ctx, duk_get_heapptr(ctx, -1))) {
      exception.frames = DecodeTrace(ctx);
      duk_pop(ctx);
    }
    duk_pop(ctx);
    return exception;
  }
  if (duk_is_object(ctx, -1)) {
    void* object = duk_get_heapptr(ctx, -1);
    exception.name = PlainText(ctx, "name");
    exception.message = PlainText(ctx, "message");
    if (exception.name.empty() && exception.message.empty()) {
      exception.message = Inspected(ctx);
    }
    if (!internals::IsProxy(object) && internals::PushErrorTrace(ctx, object)) {
      exception.frames = DecodeTrace(ctx);
      duk_pop(ctx);
    }
    // Without memory for an error, the engine throws one that it keeps ready.
    const bool spare = exception.name == "DoubleError";
    if (engine.allocation_refused &&
        (spare || exception.message == "out of memory")) {
      exception.limit = Limit::kMemory;
      exception.name = "RangeError";
      exception.message = "out of memory";
    }
  } else {
    exception.message = Inspected(ctx);
  }
  const uint32_t root = HoldRoot(engine);
  PushRoot(engine, root);
  exception.thrown = engine.heap->Adopt(root);
  duk_pop(ctx);
  return exception;
}

void PushException(duk_context* ctx, const Exception& exception) {
  Engine& engine = EngineOf(ctx);
  if (!exception.thrown.empty()) {
    PushRoot(engine, exception.thrown.slot());
    return;
  }
  PushError(
      ctx,
      exception.limit == Limit::kTime ? ErrorType::kRangeError : exception.type,
      exception.message);
}

void PushHandle(Engine& engine, const Handle& handle) {
  if (handle.empty()) {
    duk_push_undefined(engine.ctx);
    return;
  }
  FCC_CHECK(handle.heap() == engine.heap);
  PushRoot(engine, handle.slot());
}

}  // namespace fcc::script
