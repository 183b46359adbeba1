// SPDX-License-Identifier: Apache-2.0

#include "runtime/script/duktape/native.h"

#include <algorithm>
#include <cmath>

#include "runtime/script/duktape/object_ops.h"

namespace fcc::script {

static constexpr double kMaxSafeInteger = 9007199254740991.0;

// --- Functions and classes ---

// The property key for a name in a table: [ ] -> [ key ].
static void PushMethodKey(duk_context* ctx, std::string_view name) {
  if (name.starts_with("[Symbol.")) {
    const std::string_view symbol = name.substr(8, name.size() - 9);
#define FCC_SYMBOL(id, description)    \
  if (symbol == description) {         \
    PushSymbol(ctx, WellKnown::k##id); \
    return;                            \
  }
#include "runtime/script/duktape/symbols.def"
#undef FCC_SYMBOL
    FCC_CHECK(!"a well-known symbol of symbols.def");
  }
  duk_push_lstring(ctx, name.data(), name.size());
}

void PushFunction(duk_context* ctx, const Method& method, bool constructor) {
  internals::PushNative(
      ctx, method.function,
      method.arguments == -2 ? method.length : method.arguments, constructor);
  if (method.magic != 0) {
    duk_set_magic(ctx, -1, method.magic);
  }
  duk_push_literal(ctx, "length");
  duk_push_int(ctx, method.length);
  duk_def_prop(ctx, -3, DUK_DEFPROP_HAVE_VALUE | DUK_DEFPROP_ATTR_C);
  duk_push_literal(ctx, "name");
  duk_push_string(ctx, method.name);
  duk_def_prop(ctx, -3, DUK_DEFPROP_HAVE_VALUE | DUK_DEFPROP_ATTR_C);
}

void DefineMethods(duk_context* ctx, std::span<const Method> methods) {
  for (const Method& method : methods) {
    const std::string_view name = method.name;
    if (name.starts_with("get ")) {
      PushMethodKey(ctx, name.substr(4));
      PushFunction(ctx, method, false);
      duk_def_prop(ctx, -3,
                   DUK_DEFPROP_HAVE_GETTER | DUK_DEFPROP_SET_CONFIGURABLE |
                       DUK_DEFPROP_CLEAR_ENUMERABLE | DUK_DEFPROP_FORCE);
    } else if (name.starts_with("set ")) {
      PushMethodKey(ctx, name.substr(4));
      PushFunction(ctx, method, false);
      duk_def_prop(ctx, -3,
                   DUK_DEFPROP_HAVE_SETTER | DUK_DEFPROP_SET_CONFIGURABLE |
                       DUK_DEFPROP_CLEAR_ENUMERABLE | DUK_DEFPROP_FORCE);
    } else {
      PushMethodKey(ctx, name);
      PushFunction(ctx, method, false);
      duk_def_prop(
          ctx, -3,
          DUK_DEFPROP_HAVE_VALUE | DUK_DEFPROP_ATTR_WC | DUK_DEFPROP_FORCE);
    }
  }
}

void PushClass(duk_context* ctx, const Method& constructor,
               std::span<const Method> statics,
               std::span<const Method> prototype_methods,
               Intrinsic prototype_intrinsic) {
  PushFunction(ctx, constructor, true);
  DefineMethods(ctx, statics);
  duk_push_object(ctx);
  DefineMethods(ctx, prototype_methods);
  duk_dup(ctx, -2);
  DefineHidden(ctx, -2, "constructor");
  SetIntrinsic(ctx, prototype_intrinsic);
  duk_push_literal(ctx, "prototype");
  duk_swap_top(ctx, -2);
  duk_def_prop(ctx, -3, DUK_DEFPROP_HAVE_VALUE | DUK_DEFPROP_HAVE_WEC);
  duk_push_global_object(ctx);
  duk_dup(ctx, -2);
  DefineHidden(ctx, -2, constructor.name);
  duk_pop(ctx);
}

void DefineValue(duk_context* ctx, duk_idx_t object, const char* name,
                 unsigned attributes) {
  object = duk_normalize_index(ctx, object);
  PushMethodKey(ctx, name);
  duk_swap_top(ctx, -2);
  duk_def_prop(ctx, object,
               DUK_DEFPROP_HAVE_VALUE | DUK_DEFPROP_HAVE_WEC |
                   DUK_DEFPROP_FORCE | attributes);
}
void DefineHidden(duk_context* ctx, duk_idx_t object, const char* name) {
  DefineValue(ctx, object, name, DUK_DEFPROP_WC);
}
void SetOwnProperty(duk_context* ctx, duk_idx_t object, Intrinsic home,
                    const char* name) {
  if (duk_get_heapptr(ctx, object) == IntrinsicPointer(ctx, home)) {
    ThrowType(ctx, std::string(name) + " of the prototype is read-only");
  }
  PushMethodKey(ctx, name);
  const duk_idx_t key = duk_get_top(ctx) - 1;
  Descriptor own;
  const bool has_own = OpGetOwn(ctx, object, key, &own);
  duk_dup(ctx, 0);
  if (has_own) {
    SetOrThrow(ctx, object, key);
  } else {
    CreateDataPropertyOrThrow(ctx, object, key);
  }
}
void DefineTag(duk_context* ctx, duk_idx_t object, const char* tag) {
  object = duk_normalize_index(ctx, object);
  duk_push_string(ctx, tag);
  DefineValue(ctx, object, "[Symbol.toStringTag]", DUK_DEFPROP_C);
}
void PushGlobal(duk_context* ctx, const char* name) {
  duk_get_global_string(ctx, name);
}

void PushObjectOf(duk_context* ctx, void* prototype) {
  duk_push_object(ctx);
  internals::SetPrototype(ctx, duk_get_heapptr(ctx, -1), prototype);
}
void PushObjectOf(duk_context* ctx, Intrinsic prototype) {
  PushObjectOf(ctx, IntrinsicPointer(ctx, prototype));
}

void PushInstance(duk_context* ctx, Intrinsic prototype, const char* name) {
  if (!duk_is_constructor_call(ctx)) {
    ThrowType(ctx, std::string("Constructor ") + name + " requires 'new'");
  }
  // The engine made `this` from new.target.prototype; it is an ordinary object
  // with Object.prototype where that was not an object.
  duk_push_this(ctx);
  void* object = duk_get_heapptr(ctx, -1);
  if (internals::GetPrototype(ctx, object) ==
      IntrinsicPointer(ctx, Intrinsic::kObjectPrototype)) {
    internals::SetPrototype(ctx, object, IntrinsicPointer(ctx, prototype));
  }
}

// --- Hidden data ---

bool PushHidden(duk_context* ctx, duk_idx_t index, Key key) {
  if (!duk_is_object(ctx, index)) {
    return false;
  }
  return internals::GetHidden(ctx, duk_get_heapptr(ctx, index),
                              KeyOf(ctx, key));
}
bool HasHidden(duk_context* ctx, duk_idx_t index, Key key) {
  if (!PushHidden(ctx, index, key)) {
    return false;
  }
  duk_pop(ctx);
  return true;
}
void PutHidden(duk_context* ctx, duk_idx_t index, Key key) {
  internals::SetHidden(ctx, duk_get_heapptr(ctx, index), KeyOf(ctx, key));
}

void* RequireThis(duk_context* ctx, Key key, const char* method) {
  duk_push_this(ctx);
  if (!PushHidden(ctx, -1, key)) {
    ThrowType(ctx, std::string(method) + " called on an incompatible receiver");
  }
  return duk_get_heapptr(ctx, -2);
}

void DefineItem(duk_context* ctx, duk_idx_t array, duk_uarridx_t index) {
  array = duk_normalize_index(ctx, array);
  if (internals::PutDense(ctx, duk_get_heapptr(ctx, array), index, true)) {
    return;
  }
  duk_push_uint(ctx, index);
  duk_swap_top(ctx, -2);
  duk_def_prop(ctx, array, DUK_DEFPROP_HAVE_VALUE | DUK_DEFPROP_ATTR_WEC);
}

void PushRecord(duk_context* ctx, int size) {
  duk_push_array(ctx);
  internals::SetPrototype(ctx, duk_get_heapptr(ctx, -1), nullptr);
  for (int i = 0; i < size; ++i) {
    duk_push_undefined(ctx);
    DefineItem(ctx, -2, static_cast<duk_uarridx_t>(i));
  }
}
double ItemNumber(duk_context* ctx, duk_idx_t record, unsigned index) {
  PushItem(ctx, record, index);
  const double number = duk_get_number(ctx, -1);
  duk_pop(ctx);
  return number;
}
void PutItemNumber(duk_context* ctx, duk_idx_t record, unsigned index,
                   double number) {
  record = duk_normalize_index(ctx, record);
  duk_push_number(ctx, number);
  DefineItem(ctx, record, index);
}

// --- Abstract operations ---

bool IsCallable(duk_context* ctx, duk_idx_t index) {
  return duk_is_callable(ctx, index) != 0;
}
bool IsConstructor(duk_context* ctx, duk_idx_t index) {
  return duk_is_object(ctx, index) &&
         internals::IsConstructor(duk_get_heapptr(ctx, index));
}
void RequireObject(duk_context* ctx, duk_idx_t index, const char* what) {
  if (!duk_is_object(ctx, index)) {
    ThrowType(ctx, std::string(what) + " must be an object");
  }
}
void RequireCallable(duk_context* ctx, duk_idx_t index) {
  if (!duk_is_callable(ctx, index)) {
    duk_dup(ctx, index);
    const std::string text = duk_is_object(ctx, -1)   ? "object"
                             : duk_is_symbol(ctx, -1) ? "symbol"
                                                      : duk_to_string(ctx, -1);
    ThrowType(ctx, text + " is not a function");
  }
}

void ToStringAt(duk_context* ctx, duk_idx_t index) {
  if (duk_is_symbol(ctx, index)) {
    ThrowType(ctx, "Cannot convert a Symbol value to a string");
  }
  duk_to_string(ctx, index);
}

double ToIntegerAt(duk_context* ctx, duk_idx_t index) {
  if (duk_is_symbol(ctx, index)) {
    ThrowType(ctx, "Cannot convert a Symbol value to a number");
  }
  const double number = duk_to_number(ctx, index);
  if (std::isnan(number)) {
    return 0;
  }
  return std::trunc(number) + 0.0;
}

double ToLengthAt(duk_context* ctx, duk_idx_t index) {
  const double length = ToIntegerAt(ctx, index);
  return length <= 0 ? 0 : std::min(length, kMaxSafeInteger);
}

void PushThisObject(duk_context* ctx) {
  duk_push_this(ctx);
  if (duk_is_null_or_undefined(ctx, -1)) {
    ThrowType(ctx, "Cannot convert undefined or null to object");
  }
  duk_to_object(ctx, -1);
}

void PushThisString(duk_context* ctx, const char* method) {
  duk_push_this(ctx);
  if (duk_is_null_or_undefined(ctx, -1)) {
    ThrowType(ctx, std::string("String.prototype.") + method +
                       " called on null or undefined");
  }
  ToStringAt(ctx, -1);
}

double LengthOf(duk_context* ctx, duk_idx_t index) {
  void* object = duk_get_heapptr(ctx, index);
  if (object != nullptr && internals::IsPlainArray(object)) {
    return internals::ArrayLength(object);
  }
  if (object != nullptr && duk_is_object(ctx, index)) {
    // What typed arrays have is not to be overridden.
    const internals::BufferView view = internals::GetBufferView(ctx, object);
    if (view.is_view) {
      return static_cast<double>(view.length >> view.shift);
    }
  }
  duk_get_prop_literal(ctx, index, "length");
  const double length = ToLengthAt(ctx, -1);
  duk_pop(ctx);
  return length;
}

double RelativeIndex(duk_context* ctx, duk_idx_t index, double length,
                     double fallback) {
  if (duk_is_undefined(ctx, index)) {
    return fallback;
  }
  const double relative = ToIntegerAt(ctx, index);
  if (relative < 0) {
    return std::max(length + relative, 0.0);
  }
  return std::min(relative, length);
}

void PushIndexKey(duk_context* ctx, double index) {
  duk_push_number(ctx, index);
  if (index >= 4294967295.0) {
    duk_to_string(ctx, -1);
  }
}

void GetIndex(duk_context* ctx, duk_idx_t object, double index) {
  if (index < 4294967295.0) {
    duk_get_prop_index(ctx, object, static_cast<duk_uarridx_t>(index));
    return;
  }
  object = duk_normalize_index(ctx, object);
  PushIndexKey(ctx, index);
  duk_get_prop(ctx, object);
}

static bool CheckMethod(duk_context* ctx) {
  if (duk_is_null_or_undefined(ctx, -1)) {
    duk_to_undefined(ctx, -1);
    return false;
  }
  RequireCallable(ctx, -1);
  return true;
}
bool GetMethod(duk_context* ctx, duk_idx_t object, WellKnown symbol) {
  object = duk_normalize_index(ctx, object);
  PushSymbol(ctx, symbol);
  duk_get_prop(ctx, object);
  return CheckMethod(ctx);
}
bool GetMethod(duk_context* ctx, duk_idx_t object, const char* name) {
  duk_get_prop_string(ctx, object, name);
  return CheckMethod(ctx);
}

bool PushSpecies(duk_context* ctx, duk_idx_t object,
                 void* default_constructor) {
  duk_get_prop_literal(ctx, object, "constructor");
  if (duk_is_undefined(ctx, -1)) {
    return false;
  }
  RequireObject(ctx, -1, "constructor");
  PushSymbol(ctx, WellKnown::kSpecies);
  duk_get_prop(ctx, -2);
  duk_remove(ctx, -2);
  if (duk_is_null_or_undefined(ctx, -1)) {
    duk_to_undefined(ctx, -1);
    return false;
  }
  if (!IsConstructor(ctx, -1)) {
    ThrowType(ctx, "Symbol.species is not a constructor");
  }
  if (duk_get_heapptr(ctx, -1) == default_constructor) {
    duk_to_undefined(ctx, -1);
    return false;
  }
  return true;
}

bool IsArrayAt(duk_context* ctx, duk_idx_t index) {
  if (!duk_is_object(ctx, index)) {
    return false;
  }
  void* object = duk_get_heapptr(ctx, index);
  while (internals::IsProxy(object)) {
    if (internals::IsRevoked(ctx, object)) {
      ThrowType(ctx, "Cannot perform 'IsArray' on a revoked proxy");
    }
    object = internals::ProxyTarget(object);
  }
  return internals::GetClass(object) == internals::kClassArray;
}

bool SameValueZero(duk_context* ctx, duk_idx_t left, duk_idx_t right) {
  return duk_samevalue(ctx, left, right) || duk_strict_equals(ctx, left, right);
}

void PushIterResult(duk_context* ctx, bool done) {
  duk_push_object(ctx);
  duk_swap_top(ctx, -2);
  duk_put_prop_literal(ctx, -2, "value");
  duk_push_boolean(ctx, done);
  duk_put_prop_literal(ctx, -2, "done");
}

// --- Iteration ---

void PushIterator(duk_context* ctx, duk_idx_t index) {
  index = duk_normalize_index(ctx, index);
  if (duk_is_null_or_undefined(ctx, index) ||
      !GetMethod(ctx, index, WellKnown::kIterator)) {
    ThrowType(ctx, "object is not iterable");
  }
  duk_dup(ctx, index);
  duk_call_method(ctx, 0);
  RequireObject(ctx, -1, "iterator");
  duk_get_prop_literal(ctx, -1, "next");
}

bool IteratorStep(duk_context* ctx) {
  CheckTime(ctx);
  duk_dup(ctx, -1);
  duk_dup(ctx, -3);
  duk_call_method(ctx, 0);
  RequireObject(ctx, -1, "iterator result");
  duk_get_prop_literal(ctx, -1, "done");
  const bool done = duk_to_boolean(ctx, -1) != 0;
  duk_pop(ctx);
  if (done) {
    duk_pop(ctx);
    return false;
  }
  duk_get_prop_literal(ctx, -1, "value");
  duk_remove(ctx, -2);
  return true;
}

void IteratorClose(duk_context* ctx, duk_idx_t iterator, bool throwing) {
  if (throwing) {
    duk_dup(ctx, iterator);
    Protected(ctx, [](duk_context* inner) {
      if (GetMethod(inner, -1, "return")) {
        duk_dup(inner, -2);
        duk_call_method(inner, 0);
      }
    });
    duk_pop_2(ctx);
    return;
  }
  iterator = duk_normalize_index(ctx, iterator);
  if (GetMethod(ctx, iterator, "return")) {
    duk_dup(ctx, iterator);
    duk_call_method(ctx, 0);
    RequireObject(ctx, -1, "iterator result");
  }
  duk_pop(ctx);
}

}  // namespace fcc::script
