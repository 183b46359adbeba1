// SPDX-License-Identifier: Apache-2.0
//
// Error: cause, AggregateError, captureStackTrace, and `stack`
// (ECMA-262, 20.5). The engine notes the running functions when an error is
// made; the text is put together when somebody reads it.

#include "runtime/script/duktape/builtins/install.h"
#include "runtime/script/duktape/native.h"
#include "runtime/script/duktape/object_ops.h"

namespace fcc::script {

// [ options ] at `options`, the error on top: InstallErrorCause.
static void InstallCause(duk_context* ctx, duk_idx_t options) {
  if (!duk_is_object(ctx, options) ||
      !duk_has_prop_literal(ctx, options, "cause")) {
    return;
  }
  duk_get_prop_literal(ctx, options, "cause");
  DefineHidden(ctx, -2, "cause");
}

static constexpr const char* kNames[] = {
    "Error",       "EvalError", "RangeError", "ReferenceError",
    "SyntaxError", "TypeError", "URIError",   "AggregateError"};
enum { kAggregate = 7 };

// [ ] -> [ prototype ]: new.target.prototype, or the intrinsic one.
static void PushErrorPrototype(duk_context* ctx) {
  duk_push_new_target(ctx);
  if (duk_is_undefined(ctx, -1)) {
    duk_pop(ctx);
    duk_push_current_function(ctx);
  }
  duk_get_prop_literal(ctx, -1, "prototype");
  duk_remove(ctx, -2);
  if (!duk_is_object(ctx, -1)) {
    duk_pop(ctx);
    duk_push_current_function(ctx);
    duk_get_prop_literal(ctx, -1, "prototype");
    duk_remove(ctx, -2);
  }
}

static bool InheritsFromError(duk_context* ctx, void* object) {
  void* error = IntrinsicPointer(ctx, Intrinsic::kErrorPrototype);
  while (object != nullptr && object != error && !internals::IsProxy(object)) {
    object = internals::GetPrototype(ctx, object);
  }
  return object == error;
}

static int Constructor(duk_context* ctx) {
  const int magic = duk_get_current_magic(ctx);
  const duk_idx_t message = magic == kAggregate ? 1 : 0;
  PushErrorPrototype(ctx);
  const duk_idx_t prototype = duk_get_top(ctx) - 1;
  duk_push_object(ctx);
  void* error = duk_get_heapptr(ctx, -1);
  internals::SetClass(error, internals::kClassError);
  internals::SetPrototype(ctx, error, duk_get_heapptr(ctx, prototype));
  if (!duk_is_undefined(ctx, message)) {
    duk_dup(ctx, message);
    ToStringAt(ctx, -1);
    DefineHidden(ctx, -2, "message");
  }
  InstallCause(ctx, message + 1);
  if (magic == kAggregate) {
    duk_push_array(ctx);
    const duk_idx_t errors = duk_get_top(ctx) - 1;
    duk_uarridx_t count = 0;
    ForEachOf(ctx, 0, [&] { DefineItem(ctx, errors, count++); });
    DefineHidden(ctx, -2, "errors");
  }
  // The engine does it for what `new` makes, if it inherits from
  // Error.prototype.
  void* made = duk_get_heapptr(ctx, -1);
  if (internals::PushErrorTrace(ctx, made)) {
    duk_pop(ctx);
  } else if (!duk_is_constructor_call(ctx) || !InheritsFromError(ctx, made)) {
    internals::AttachTrace(ctx);
  }
  return 1;
}

// "name: message" as Error.prototype.toString gives it: [ ] -> [ text ].
static void PushSummary(duk_context* ctx, duk_idx_t error) {
  const auto field = [&](const char* name, const char* fallback) {
    duk_get_prop_string(ctx, error, name);
    if (duk_is_undefined(ctx, -1)) {
      duk_pop(ctx);
      duk_push_string(ctx, fallback);
    } else {
      ToStringAt(ctx, -1);
    }
  };
  field("name", "Error");
  field("message", "");
  if (duk_get_length(ctx, -2) == 0) {
    duk_remove(ctx, -2);
  } else if (duk_get_length(ctx, -1) == 0) {
    duk_pop(ctx);
  } else {
    duk_push_literal(ctx, ": ");
    duk_insert(ctx, -2);
    duk_concat(ctx, 3);
  }
}

static int ToStringMethod(duk_context* ctx) {
  duk_push_this(ctx);
  RequireObject(ctx, 0, "Error.prototype.toString receiver");
  PushSummary(ctx, 0);
  return 1;
}

static int GetStack(duk_context* ctx) {
  duk_push_this(ctx);
  RequireObject(ctx, 0, "receiver");
  if (internals::IsProxy(duk_get_heapptr(ctx, 0)) ||
      !internals::PushErrorTrace(ctx, duk_get_heapptr(ctx, 0))) {
    return 0;
  }
  Exception exception;
  exception.frames = DecodeTrace(ctx);
  PushSummary(ctx, 0);
  exception.message = Utf8At(ctx, -1);
  PushUtf8(ctx, exception.Describe());
  return 1;
}

static int SetStack(duk_context* ctx) {
  duk_push_this(ctx);
  RequireObject(ctx, 1, "receiver");
  if (!duk_is_string(ctx, 0) || duk_is_symbol(ctx, 0)) {
    ThrowType(ctx, "stack must be a string");
  }
  SetOwnProperty(ctx, 1, Intrinsic::kErrorPrototype, "stack");
  return 0;
}

static int CaptureStackTrace(duk_context* ctx) {
  RequireObject(ctx, 0, "Error.captureStackTrace target");
  internals::PushTrace(ctx);
  Exception exception;
  exception.frames = DecodeTrace(ctx);
  if (!exception.frames.empty()) {
    // This function itself.
    exception.frames.erase(exception.frames.begin());
  }
  PushSummary(ctx, 0);
  exception.message = Utf8At(ctx, -1);
  PushUtf8(ctx, exception.Describe());
  DefineHidden(ctx, 0, "stack");
  return 0;
}

void InstallError(duk_context* ctx) {
  duk_push_global_object(ctx);
  for (int i = 0; i <= kAggregate; ++i) {
    const int length = i == kAggregate ? 2 : 1;
    PushFunction(ctx, {kNames[i], Constructor, length, length + 1, i}, true);
    if (i == kAggregate) {
      PushObjectOf(ctx, Intrinsic::kErrorPrototype);
      SetIntrinsic(ctx, Intrinsic::kAggregateErrorPrototype);
    } else {
      duk_get_prop_string(ctx, 0, kNames[i]);
      duk_get_prop_literal(ctx, -1, "prototype");
      duk_remove(ctx, -2);
    }
    if (i == 0) {
      SetIntrinsic(ctx, Intrinsic::kErrorPrototype);
      static constexpr Method kPrototype[] = {
          {"get stack", GetStack, 0},
          {"set stack", SetStack, 1},
          {"toString", ToStringMethod, 0},
      };
      duk_del_prop_literal(ctx, -1, "fileName");
      duk_del_prop_literal(ctx, -1, "lineNumber");
      DefineMethods(ctx, kPrototype);
      static constexpr Method kStatics[] = {
          {"captureStackTrace", CaptureStackTrace, 2}};
      duk_dup(ctx, -2);
      DefineMethods(ctx, kStatics);
      duk_pop(ctx);
    } else {
      duk_get_prop_literal(ctx, 0, "Error");
      internals::SetPrototype(ctx, duk_get_heapptr(ctx, -3),
                              duk_get_heapptr(ctx, -1));
      duk_pop(ctx);
    }
    // [ global constructor prototype ]
    internals::SetClass(duk_get_heapptr(ctx, -1), internals::kClassObject);
    duk_push_string(ctx, kNames[i]);
    DefineHidden(ctx, -2, "name");
    duk_push_literal(ctx, "");
    DefineHidden(ctx, -2, "message");
    duk_dup(ctx, -2);
    DefineHidden(ctx, -2, "constructor");
    DefineValue(ctx, -2, "prototype", 0);
    DefineHidden(ctx, 0, kNames[i]);
  }
  duk_set_top(ctx, 0);
}

}  // namespace fcc::script
