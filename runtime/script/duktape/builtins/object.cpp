// SPDX-License-Identifier: Apache-2.0
//
// Object: all of it except the constructor, create and keys, so that proxies
// are asked and keys are right (ECMA-262, 20.1).

#include <cstring>

#include "runtime/script/duktape/builtins/install.h"
#include "runtime/script/duktape/native.h"
#include "runtime/script/duktape/object_ops.h"

namespace fcc::script {

static void ToObjectAt(duk_context* ctx, duk_idx_t index) {
  if (duk_is_null_or_undefined(ctx, index)) {
    ThrowType(ctx, "Cannot convert undefined or null to object");
  }
  duk_to_object(ctx, index);
}

// Calls `body` with each own key on top, [ key ] -> [ key ... ].
template <typename Body>
static void ForEachKey(duk_context* ctx, duk_idx_t object, Body&& body) {
  OpOwnKeys(ctx, object);
  const duk_idx_t keys = duk_get_top(ctx) - 1;
  const auto count = static_cast<duk_uarridx_t>(duk_get_length(ctx, keys));
  for (duk_uarridx_t i = 0; i < count; ++i) {
    CheckTime(ctx);
    duk_get_prop_index(ctx, keys, i);
    body(keys + 1);
    duk_set_top(ctx, keys + 1);
  }
  duk_pop(ctx);
}

// [ ] -> [ value ] when the key is an own enumerable property.
static bool GetEnumerable(duk_context* ctx, duk_idx_t object, duk_idx_t key) {
  const duk_idx_t top = duk_get_top(ctx);
  Descriptor own;
  if (!OpGetOwn(ctx, object, key, &own) || !own.enumerable) {
    duk_set_top(ctx, top);
    return false;
  }
  if (own.IsData() && !internals::IsProxy(duk_get_heapptr(ctx, object))) {
    duk_set_top(ctx, own.value + 1);
    return true;
  }
  duk_set_top(ctx, top);
  duk_dup(ctx, key);
  duk_get_prop(ctx, object);
  return true;
}

static int Assign(duk_context* ctx) {
  const duk_idx_t sources = duk_get_top(ctx);
  if (sources == 0) {
    duk_push_undefined(ctx);
  }
  ToObjectAt(ctx, 0);
  for (duk_idx_t i = 1; i < sources; ++i) {
    if (duk_is_null_or_undefined(ctx, i)) {
      continue;
    }
    duk_to_object(ctx, i);
    ForEachKey(ctx, i, [&](duk_idx_t key) {
      if (GetEnumerable(ctx, i, key)) {
        SetOrThrow(ctx, 0, key);
      }
    });
  }
  duk_dup(ctx, 0);
  return 1;
}

enum ListKind { kValues, kEntries, kKeys };

static int List(duk_context* ctx) {
  const int kind = duk_get_current_magic(ctx);
  ToObjectAt(ctx, 0);
  if (kind == kKeys &&
      internals::PushOwnKeys(ctx, duk_get_heapptr(ctx, 0), true)) {
    return 1;
  }
  duk_push_array(ctx);
  duk_uarridx_t count = 0;
  ForEachKey(ctx, 0, [&](duk_idx_t key) {
    if (duk_is_symbol(ctx, key)) {
      return;
    }
    if (kind == kKeys) {
      Descriptor own;
      if (!OpGetOwn(ctx, 0, key, &own) || !own.enumerable) {
        return;
      }
      duk_dup(ctx, key);
    } else if (!GetEnumerable(ctx, 0, key)) {
      return;
    } else if (kind == kEntries) {
      duk_push_array(ctx);
      duk_dup(ctx, key);
      DefineItem(ctx, -2, 0);
      duk_swap_top(ctx, -2);
      DefineItem(ctx, -2, 1);
    }
    DefineItem(ctx, 1, count++);
  });
  return 1;
}

static int FromEntries(duk_context* ctx) {
  if (duk_is_null_or_undefined(ctx, 0)) {
    ThrowType(ctx, "object is not iterable");
  }
  duk_push_object(ctx);
  ForEachOf(ctx, 0, [&] {
    const duk_idx_t entry = duk_get_top(ctx) - 1;
    RequireObject(ctx, entry, "iterator value");
    duk_get_prop_index(ctx, entry, 0);
    duk_get_prop_index(ctx, entry, 1);
    ToPropertyKey(ctx, entry + 1);
    CreateDataPropertyOrThrow(ctx, 1, entry + 1);
  });
  duk_dup(ctx, 1);
  return 1;
}

static int GetOwnPropertyDescriptor(duk_context* ctx) {
  ToObjectAt(ctx, 0);
  ToPropertyKey(ctx, 1);
  Descriptor own;
  if (!OpGetOwn(ctx, 0, 1, &own)) {
    return 0;
  }
  FromDescriptor(ctx, own);
  return 1;
}

static int GetOwnPropertyDescriptors(duk_context* ctx) {
  ToObjectAt(ctx, 0);
  duk_push_object(ctx);
  ForEachKey(ctx, 0, [&](duk_idx_t key) {
    Descriptor own;
    if (OpGetOwn(ctx, 0, key, &own)) {
      FromDescriptor(ctx, own);
      CreateDataPropertyOrThrow(ctx, 1, key);
    }
  });
  return 1;
}

static int DefineProperty(duk_context* ctx) {
  RequireObject(ctx, 0, "Object.defineProperty called on non-object: target");
  ToPropertyKey(ctx, 1);
  const Descriptor descriptor = ToDescriptor(ctx, 2);
  if (!OpDefineOwn(ctx, 0, 1, descriptor)) {
    duk_dup(ctx, 1);
    const std::string key =
        duk_is_symbol(ctx, -1) ? "[symbol]" : Utf8At(ctx, -1);
    ThrowType(ctx, "Cannot redefine property: " + key);
  }
  duk_dup(ctx, 0);
  return 1;
}

// The properties at `properties` defined on the object at `object`.
static void DefineAll(duk_context* ctx, duk_idx_t object,
                      duk_idx_t properties) {
  duk_to_object(ctx, properties);
  // All are read before the first is defined.
  duk_push_array(ctx);
  const duk_idx_t pending = duk_get_top(ctx) - 1;
  duk_uarridx_t count = 0;
  ForEachKey(ctx, properties, [&](duk_idx_t key) {
    if (GetEnumerable(ctx, properties, key)) {
      duk_dup(ctx, key);
      DefineItem(ctx, pending, count++);
      const duk_idx_t top = duk_get_top(ctx);
      ToDescriptor(ctx, -1);
      duk_set_top(ctx, top);
      DefineItem(ctx, pending, count++);
    }
  });
  for (duk_uarridx_t i = 0; i < count; i += 2) {
    duk_get_prop_index(ctx, pending, i);
    duk_get_prop_index(ctx, pending, i + 1);
    const duk_idx_t key = pending + 1;
    const Descriptor descriptor = ToDescriptor(ctx, key + 1);
    if (!OpDefineOwn(ctx, object, key, descriptor)) {
      ThrowType(ctx, "Cannot redefine property");
    }
    duk_set_top(ctx, pending + 1);
  }
  duk_pop(ctx);
}

static int DefineProperties(duk_context* ctx) {
  RequireObject(ctx, 0, "Object.defineProperties called on non-object: target");
  ToObjectAt(ctx, 1);
  DefineAll(ctx, 0, 1);
  duk_dup(ctx, 0);
  return 1;
}

static int Create(duk_context* ctx) {
  if (!duk_is_object(ctx, 0) && !duk_is_null(ctx, 0)) {
    ThrowType(ctx, "Object prototype may only be an Object or null");
  }
  PushObjectOf(ctx, duk_get_heapptr(ctx, 0));
  if (!duk_is_undefined(ctx, 1)) {
    ToObjectAt(ctx, 1);
    DefineAll(ctx, 2, 1);
  }
  return 1;
}

static int GetOwnPropertyNames(duk_context* ctx) {
  const bool symbols = duk_get_current_magic(ctx) == 1;
  ToObjectAt(ctx, 0);
  duk_push_array(ctx);
  duk_uarridx_t count = 0;
  ForEachKey(ctx, 0, [&](duk_idx_t key) {
    if ((duk_is_symbol(ctx, key) != 0) == symbols) {
      duk_dup(ctx, key);
      DefineItem(ctx, 1, count++);
    }
  });
  return 1;
}

static int GetPrototypeOf(duk_context* ctx) {
  ToObjectAt(ctx, 0);
  OpGetPrototype(ctx, 0);
  return 1;
}

static int SetPrototypeOf(duk_context* ctx) {
  if (duk_is_null_or_undefined(ctx, 0)) {
    ThrowType(ctx, "Object.setPrototypeOf called on null or undefined");
  }
  if (!duk_is_object(ctx, 1) && !duk_is_null(ctx, 1)) {
    ThrowType(ctx, "Object prototype may only be an Object or null");
  }
  if (duk_is_object(ctx, 0) && !OpSetPrototype(ctx, 0, 1)) {
    ThrowType(ctx,
              "Cannot set prototype: the object is not extensible or "
              "the chain would be cyclic");
  }
  duk_dup(ctx, 0);
  return 1;
}

static int IsExtensible(duk_context* ctx) {
  duk_push_boolean(ctx, duk_is_object(ctx, 0) && OpIsExtensible(ctx, 0));
  return 1;
}

static int PreventExtensions(duk_context* ctx) {
  if (duk_is_object(ctx, 0) && !OpPreventExtensions(ctx, 0)) {
    ThrowType(ctx, "Cannot prevent extensions");
  }
  duk_dup(ctx, 0);
  return 1;
}

enum Integrity { kSealed, kFrozen };

static int SetIntegrity(duk_context* ctx) {
  const int level = duk_get_current_magic(ctx);
  if (!duk_is_object(ctx, 0)) {
    return 1;
  }
  if (!OpPreventExtensions(ctx, 0)) {
    ThrowType(ctx, "Cannot prevent extensions");
  }
  ForEachKey(ctx, 0, [&](duk_idx_t key) {
    Descriptor define;
    define.has_configurable = true;
    if (level == kFrozen) {
      Descriptor own;
      if (!OpGetOwn(ctx, 0, key, &own)) {
        return;
      }
      define.has_writable = own.IsData();
    }
    if (!OpDefineOwn(ctx, 0, key, define)) {
      ThrowType(ctx, "Cannot redefine property");
    }
  });
  duk_dup(ctx, 0);
  return 1;
}

static int TestIntegrity(duk_context* ctx) {
  const int level = duk_get_current_magic(ctx);
  bool holds = true;
  if (duk_is_object(ctx, 0)) {
    holds = !OpIsExtensible(ctx, 0);
    if (holds) {
      ForEachKey(ctx, 0, [&](duk_idx_t key) {
        Descriptor own;
        if (holds && OpGetOwn(ctx, 0, key, &own)) {
          holds = !own.configurable &&
                  !(level == kFrozen && own.IsData() && own.writable);
        }
      });
    }
  }
  duk_push_boolean(ctx, holds);
  return 1;
}

static int Is(duk_context* ctx) {
  duk_push_boolean(ctx, duk_samevalue(ctx, 0, 1));
  return 1;
}

static int HasOwn(duk_context* ctx) {
  ToObjectAt(ctx, 0);
  ToPropertyKey(ctx, 1);
  Descriptor own;
  duk_push_boolean(ctx, OpGetOwn(ctx, 0, 1, &own));
  return 1;
}

// --- Object.prototype ---

static int HasOwnProperty(duk_context* ctx) {
  ToPropertyKey(ctx, 0);
  PushThisObject(ctx);
  Descriptor own;
  duk_push_boolean(ctx, OpGetOwn(ctx, 1, 0, &own));
  return 1;
}

static int PropertyIsEnumerable(duk_context* ctx) {
  ToPropertyKey(ctx, 0);
  PushThisObject(ctx);
  Descriptor own;
  duk_push_boolean(ctx, OpGetOwn(ctx, 1, 0, &own) && own.enumerable);
  return 1;
}

static int IsPrototypeOf(duk_context* ctx) {
  if (!duk_is_object(ctx, 0)) {
    duk_push_false(ctx);
    return 1;
  }
  PushThisObject(ctx);
  for (;;) {
    CheckTime(ctx);
    OpGetPrototype(ctx, 0);
    if (duk_is_null(ctx, -1)) {
      duk_push_false(ctx);
      return 1;
    }
    if (duk_strict_equals(ctx, -1, 1)) {
      duk_push_true(ctx);
      return 1;
    }
    duk_replace(ctx, 0);
  }
}

static const char* BuiltinTag(duk_context* ctx, duk_idx_t index) {
  if (IsArrayAt(ctx, index)) {
    return "Array";
  }
  if (duk_is_callable(ctx, index)) {
    return "Function";
  }
  void* object = duk_get_heapptr(ctx, index);
  if (!internals::IsProxy(object)) {
    switch (internals::GetClass(object)) {
      case internals::kClassArguments:
        return "Arguments";
      case internals::kClassError:
        return "Error";
      case internals::kClassBoolean:
        return "Boolean";
      case internals::kClassNumber:
        return "Number";
      case internals::kClassString:
        return "String";
      case internals::kClassDate:
        return "Date";
      case internals::kClassRegExp:
        return "RegExp";
      default:
        break;
    }
  }
  return "Object";
}

static int ToStringMethod(duk_context* ctx) {
  duk_push_this(ctx);
  if (duk_is_undefined(ctx, -1)) {
    duk_push_literal(ctx, "[object Undefined]");
    return 1;
  }
  if (duk_is_null(ctx, -1)) {
    duk_push_literal(ctx, "[object Null]");
    return 1;
  }
  duk_to_object(ctx, -1);
  const char* builtin = BuiltinTag(ctx, -1);
  PushSymbol(ctx, WellKnown::kToStringTag);
  duk_get_prop(ctx, -2);
  const std::string tag = duk_is_string(ctx, -1) && !duk_is_symbol(ctx, -1)
                              ? std::string(BytesAt(ctx, -1))
                              : builtin;
  const std::string text = "[object " + tag + "]";
  duk_push_lstring(ctx, text.data(), text.size());
  return 1;
}

static int ToLocaleString(duk_context* ctx) {
  duk_push_this(ctx);
  if (duk_is_null_or_undefined(ctx, -1)) {
    ThrowType(ctx, "Cannot convert undefined or null to object");
  }
  duk_get_prop_literal(ctx, -1, "toString");
  duk_swap_top(ctx, -2);
  duk_call_method(ctx, 0);
  return 1;
}

static int ValueOf(duk_context* ctx) {
  PushThisObject(ctx);
  return 1;
}

static int DefineGetter(duk_context* ctx) {
  const bool setter = duk_get_current_magic(ctx) == 1;
  PushThisObject(ctx);
  RequireCallable(ctx, 1);
  Descriptor define;
  define.has_enumerable = define.enumerable = true;
  define.has_configurable = define.configurable = true;
  (setter ? define.has_set : define.has_get) = true;
  (setter ? define.set : define.get) = 1;
  ToPropertyKey(ctx, 0);
  if (!OpDefineOwn(ctx, 2, 0, define)) {
    ThrowType(ctx, "Cannot redefine property");
  }
  return 0;
}

static int LookupGetter(duk_context* ctx) {
  const bool setter = duk_get_current_magic(ctx) == 1;
  PushThisObject(ctx);
  ToPropertyKey(ctx, 0);
  while (!duk_is_null(ctx, 1)) {
    CheckTime(ctx);
    Descriptor own;
    if (OpGetOwn(ctx, 1, 0, &own)) {
      if (!own.IsAccessor()) {
        return 0;
      }
      duk_dup(ctx, setter ? own.set : own.get);
      return 1;
    }
    OpGetPrototype(ctx, 1);
    duk_replace(ctx, 1);
  }
  return 0;
}

static int GetProto(duk_context* ctx) {
  PushThisObject(ctx);
  OpGetPrototype(ctx, -1);
  return 1;
}

static int SetProto(duk_context* ctx) {
  duk_push_this(ctx);
  if (duk_is_null_or_undefined(ctx, -1)) {
    ThrowType(ctx, "Object.prototype.__proto__ called on null or undefined");
  }
  if (!duk_is_object(ctx, -1) ||
      (!duk_is_object(ctx, 0) && !duk_is_null(ctx, 0))) {
    return 0;
  }
  if (!OpSetPrototype(ctx, -1, 0)) {
    ThrowType(ctx,
              "Cannot set prototype: the object is not extensible or "
              "the chain would be cyclic");
  }
  return 0;
}

static constexpr Method kStatics[] = {
    {"assign", Assign, 2, DUK_VARARGS},
    {"create", Create, 2},
    {"defineProperties", DefineProperties, 2},
    {"defineProperty", DefineProperty, 3},
    {"entries", List, 1, 1, kEntries},
    {"freeze", SetIntegrity, 1, 1, kFrozen},
    {"fromEntries", FromEntries, 1},
    {"getOwnPropertyDescriptor", GetOwnPropertyDescriptor, 2},
    {"getOwnPropertyDescriptors", GetOwnPropertyDescriptors, 1},
    {"getOwnPropertyNames", GetOwnPropertyNames, 1},
    {"getOwnPropertySymbols", GetOwnPropertyNames, 1, 1, 1},
    {"getPrototypeOf", GetPrototypeOf, 1},
    {"hasOwn", HasOwn, 2},
    {"is", Is, 2},
    {"isExtensible", IsExtensible, 1},
    {"isFrozen", TestIntegrity, 1, 1, kFrozen},
    {"isSealed", TestIntegrity, 1, 1, kSealed},
    {"keys", List, 1, 1, kKeys},
    {"preventExtensions", PreventExtensions, 1},
    {"seal", SetIntegrity, 1, 1, kSealed},
    {"setPrototypeOf", SetPrototypeOf, 2},
    {"values", List, 1, 1, kValues},
};

static constexpr Method kPrototype[] = {
    {"__defineGetter__", DefineGetter, 2},
    {"__defineSetter__", DefineGetter, 2, 2, 1},
    {"__lookupGetter__", LookupGetter, 1},
    {"__lookupSetter__", LookupGetter, 1, 1, 1},
    {"get __proto__", GetProto, 0},
    {"hasOwnProperty", HasOwnProperty, 1},
    {"isPrototypeOf", IsPrototypeOf, 1},
    {"propertyIsEnumerable", PropertyIsEnumerable, 1},
    {"set __proto__", SetProto, 1},
    {"toLocaleString", ToLocaleString, 0},
    {"toString", ToStringMethod, 0},
    {"valueOf", ValueOf, 0},
};

void InstallObject(duk_context* ctx) {
  PushGlobal(ctx, "Object");
  SetIntrinsic(ctx, Intrinsic::kObjectConstructor);
  DefineMethods(ctx, kStatics);
  duk_get_prop_literal(ctx, -1, "prototype");
  SetIntrinsic(ctx, Intrinsic::kObjectPrototype);
  DefineMethods(ctx, kPrototype);
  duk_get_prop_literal(ctx, -1, "toString");
  SetIntrinsic(ctx, Intrinsic::kObjectToString);
  duk_pop_3(ctx);
}

}  // namespace fcc::script
