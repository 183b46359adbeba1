// SPDX-License-Identifier: Apache-2.0
//
// What the engine's JSON does not do as the standard has it (ECMA-262, 25.5):
// the reviver's walk, which defines what it is given, and the list of keys that
// a replacer is. The rest is the engine's.

#include <unordered_set>

#include "runtime/script/duktape/builtins/install.h"
#include "runtime/script/duktape/native.h"
#include "runtime/script/duktape/object_ops.h"

namespace fcc::script {

// The engine's function under the one that runs: [ ] -> [ function ]
static void PushNativeUnder(duk_context* ctx) {
  duk_push_current_function(ctx);
  PushHidden(ctx, -1, Key::kInternal);
  duk_remove(ctx, -2);
}

static void Internalize(duk_context* ctx, duk_idx_t holder, duk_idx_t key);

// What the reviver makes of one property of the object at `object`.
// [ key ] -> [ ]
static void Revive(duk_context* ctx, duk_idx_t object) {
  const duk_idx_t key = duk_get_top(ctx) - 1;
  Internalize(ctx, object, key);
  if (duk_is_undefined(ctx, -1)) {
    OpDelete(ctx, object, key);
    duk_pop(ctx);
  } else {
    CreateDataProperty(ctx, object, key);
  }
  duk_pop(ctx);
}

// [ ] -> [ value ]. The reviver is argument 1.
static void Internalize(duk_context* ctx, duk_idx_t holder, duk_idx_t key) {
  const NativeScope scope(ctx);
  CheckTime(ctx);
  duk_require_stack(ctx, 32);
  OpGet(ctx, holder, key, holder);
  const duk_idx_t value = duk_get_top(ctx) - 1;
  if (IsArrayAt(ctx, value)) {
    const double length = LengthOf(ctx, value);
    for (double i = 0; i < length; ++i) {
      duk_push_number(ctx, i);
      duk_to_string(ctx, -1);
      Revive(ctx, value);
    }
  } else if (IsObject(ctx, value)) {
    OpOwnKeys(ctx, value);
    const auto count = static_cast<duk_uarridx_t>(duk_get_length(ctx, -1));
    for (duk_uarridx_t i = 0; i < count; ++i) {
      duk_get_prop_index(ctx, value + 1, i);
      const duk_idx_t top = duk_get_top(ctx);
      Descriptor own;
      const bool present = !duk_is_symbol(ctx, -1) &&
                           OpGetOwn(ctx, value, top - 1, &own) &&
                           own.enumerable;
      duk_set_top(ctx, top);
      if (present) {
        Revive(ctx, value);
      } else {
        duk_pop(ctx);
      }
    }
    duk_pop(ctx);
  }
  duk_dup(ctx, 1);
  duk_dup(ctx, holder);
  duk_dup(ctx, key);
  duk_dup(ctx, value);
  duk_call_method(ctx, 2);
  duk_remove(ctx, value);
}

static int Parse(duk_context* ctx) {
  ToStringAt(ctx, 0);
  PushNativeUnder(ctx);
  duk_dup(ctx, 0);
  duk_call(ctx, 1);
  if (!IsCallable(ctx, 1)) {
    return 1;
  }
  duk_push_object(ctx);
  duk_swap_top(ctx, -2);
  duk_push_literal(ctx, "");
  duk_swap_top(ctx, -2);
  CreateDataProperty(ctx, 2, 3);
  Internalize(ctx, 2, 3);
  return 1;
}

// The keys that the replacer at index 1 lists, each once: [ ] -> [ array ]
static void PushPropertyList(duk_context* ctx) {
  duk_push_array(ctx);
  const duk_idx_t list = duk_get_top(ctx) - 1;
  std::unordered_set<std::string> seen;
  duk_uarridx_t count = 0;
  const double length = LengthOf(ctx, 1);
  for (double i = 0; i < length; ++i) {
    CheckTime(ctx);
    GetIndex(ctx, 1, i);
    bool takes = duk_is_number(ctx, -1) ||
                 (duk_is_string(ctx, -1) && !duk_is_symbol(ctx, -1));
    if (IsObject(ctx, -1)) {
      const int kind = internals::GetClass(duk_get_heapptr(ctx, -1));
      takes =
          kind == internals::kClassString || kind == internals::kClassNumber;
    }
    if (takes) {
      ToStringAt(ctx, -1);
      takes = seen.emplace(BytesAt(ctx, -1)).second;
    }
    if (takes) {
      DefineItem(ctx, list, count++);
    } else {
      duk_pop(ctx);
    }
  }
}

static int Stringify(duk_context* ctx) {
  if (!IsCallable(ctx, 1) && IsArrayAt(ctx, 1)) {
    PushPropertyList(ctx);
    duk_replace(ctx, 1);
  }
  PushNativeUnder(ctx);
  duk_insert(ctx, 0);
  duk_call(ctx, 3);
  return 1;
}

void InstallJson(duk_context* ctx) {
  PushGlobal(ctx, "JSON");
  for (const Method& method :
       {Method{"parse", Parse, 2}, Method{"stringify", Stringify, 3}}) {
    PushFunction(ctx, method, false);
    duk_get_prop_string(ctx, 0, method.name);
    PutHidden(ctx, -2, Key::kInternal);
    DefineHidden(ctx, 0, method.name);
  }
  duk_set_top(ctx, 0);
}

}  // namespace fcc::script
