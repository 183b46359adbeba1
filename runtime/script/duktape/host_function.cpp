// SPDX-License-Identifier: Apache-2.0
//
// Functions of C++ as functions of script.

#include "runtime/base/check.h"
#include "runtime/script/duktape/entry.h"
#include "runtime/script/duktape/native.h"
#include "runtime/script/heap.h"

namespace fcc::script {

// Finalizer of native functions: [ function ].
static duk_ret_t DropNative(duk_context* ctx) {
  Engine& engine = EngineOf(ctx);
  const auto found = engine.natives.find(duk_get_heapptr(ctx, 0));
  if (found != engine.natives.end()) {
    // Its captures may own handles, whose release must find the table sound.
    std::unique_ptr<NativeFunction> dropped = std::move(found->second);
    engine.natives.erase(found);
  }
  return 0;
}

struct NativeCall {
  static duk_ret_t Run(duk_context* ctx) {
    Engine& engine = EngineOf(ctx);
    duk_push_current_function(ctx);
    const auto found = engine.natives.find(duk_get_heapptr(ctx, -1));
    duk_pop(ctx);
    if (found == engine.natives.end()) {
      ThrowType(ctx, "function has been released");
    }
    const NativeFunction& native = *found->second;
    const duk_idx_t count = duk_get_top(ctx);
    bool threw = false;
    {
      std::vector<Handle> arguments;
      arguments.reserve(static_cast<size_t>(count));
      for (duk_idx_t i = 0; i < count; ++i) {
        duk_dup(ctx, i);
        arguments.push_back(engine.heap->Adopt(HoldRoot(engine)));
      }
      duk_push_this(ctx);
      const Handle this_value = engine.heap->Adopt(HoldRoot(engine));
      const CallInfo info = engine.heap->MakeCallInfo(
          arguments, this_value, duk_is_constructor_call(ctx) != 0);
      const Result<Handle> result = native(info);
      duk_require_stack(ctx, 16);
      if (result.ok()) {
        PushHandle(engine, *result);
      } else {
        PushException(ctx, result.error());
        threw = true;
      }
    }
    if (threw) {
      duk_throw(ctx);
    }
    return 1;
  }
};

CallInfo Heap::MakeCallInfo(std::span<const Handle> arguments,
                            const Handle& this_value, bool is_construct) {
  return CallInfo(*this, arguments, this_value, is_construct);
}

const Handle& CallInfo::argument(size_t index) const {
  static const Handle empty;
  return index < arguments_.size() ? arguments_[index] : empty;
}

Handle Heap::NewFunction(std::string_view name, int length,
                         NativeFunction native, Constructs constructs) {
  Engine& engine = *engine_;
  return Make(*this, [&](duk_context* ctx) {
    internals::PushNative(ctx, NativeCall::Run, DUK_VARARGS,
                          constructs == Constructs::kYes);
    duk_push_int(ctx, length);
    DefineValue(ctx, -2, "length", DUK_DEFPROP_C);
    PushUtf8(ctx, name);
    DefineValue(ctx, -2, "name", DUK_DEFPROP_C);
    if (constructs == Constructs::kYes) {
      duk_push_object(ctx);
      duk_dup(ctx, -2);
      DefineHidden(ctx, -2, "constructor");
      DefineValue(ctx, -2, "prototype", DUK_DEFPROP_W);
    }
    engine.natives.emplace(duk_get_heapptr(ctx, -1),
                           std::make_unique<NativeFunction>(std::move(native)));
    duk_push_c_function(ctx, DropNative, 2);
    duk_set_finalizer(ctx, -2);
  });
}

}  // namespace fcc::script
