// SPDX-License-Identifier: Apache-2.0
//
// Proxy and Reflect (ECMA-262, 28). What traps do is in proxy.cpp.

#include "runtime/script/duktape/builtins/install.h"
#include "runtime/script/duktape/native.h"
#include "runtime/script/duktape/object_ops.h"

namespace fcc::script {

static void MakeProxy(duk_context* ctx) {
  if (!duk_is_object(ctx, 0) || !duk_is_object(ctx, 1)) {
    ThrowType(ctx,
              "Cannot create proxy with a non-object as target or handler");
  }
  duk_dup(ctx, 0);
  duk_dup(ctx, 1);
  internals::PushProxy(ctx);
}

static int ProxyConstructor(duk_context* ctx) {
  if (!duk_is_constructor_call(ctx)) {
    ThrowType(ctx, "Constructor Proxy requires 'new'");
  }
  MakeProxy(ctx);
  return 1;
}

static int Revoke(duk_context* ctx) {
  duk_push_current_function(ctx);
  if (PushHidden(ctx, -1, Key::kInternal)) {
    void* proxy = duk_get_heapptr(ctx, -1);
    internals::DeleteHidden(ctx, duk_get_heapptr(ctx, -2),
                            KeyOf(ctx, Key::kInternal));
    internals::RevokeProxy(ctx, proxy);
  }
  return 0;
}

static int Revocable(duk_context* ctx) {
  MakeProxy(ctx);
  const duk_idx_t proxy = duk_get_top(ctx) - 1;
  duk_push_object(ctx);
  duk_dup(ctx, proxy);
  duk_put_prop_literal(ctx, -2, "proxy");
  PushFunction(ctx, {"", Revoke, 0}, false);
  duk_dup(ctx, proxy);
  PutHidden(ctx, -2, Key::kInternal);
  duk_put_prop_literal(ctx, -2, "revoke");
  return 1;
}

// --- Reflect ---

static void RequireTarget(duk_context* ctx) {
  if (!duk_is_object(ctx, 0)) {
    ThrowType(ctx, "Reflect: target is not an object");
  }
}

// The array-like at `index` as arguments: [ ] -> [ arguments... ].
static int SpreadArguments(duk_context* ctx, duk_idx_t index) {
  RequireObject(ctx, index, "arguments list");
  const double length = LengthOf(ctx, index);
  if (length > 200000) {
    ThrowRange(ctx, "too many arguments");
  }
  duk_require_stack(ctx, static_cast<duk_idx_t>(length) + 16);
  for (double i = 0; i < length; ++i) {
    GetIndex(ctx, index, i);
  }
  return static_cast<int>(length);
}

static int Apply(duk_context* ctx) {
  RequireCallable(ctx, 0);
  duk_dup(ctx, 0);
  duk_dup(ctx, 1);
  duk_call_method(ctx, SpreadArguments(ctx, 2));
  return 1;
}

// [ object ] -> [ object ] that one of the engine's own constructors made: some
// of them know nothing of new.target, which gives the prototype.
static void TakePrototypeOf(duk_context* ctx, duk_idx_t new_target,
                            duk_idx_t constructor) {
  void* made = duk_get_heapptr(ctx, -1);
  duk_get_prop_literal(ctx, constructor, "prototype");
  const bool untouched =
      internals::GetPrototype(ctx, made) == duk_get_heapptr(ctx, -1);
  duk_pop(ctx);
  if (!untouched) {
    return;
  }
  duk_get_prop_literal(ctx, new_target, "prototype");
  if (duk_is_object(ctx, -1)) {
    internals::SetPrototype(ctx, made, duk_get_heapptr(ctx, -1));
  }
  duk_pop(ctx);
}

static int ConstructMethod(duk_context* ctx) {
  const bool has_new_target = duk_get_top(ctx) > 2;
  duk_set_top(ctx, 3);
  if (!has_new_target) {
    duk_dup(ctx, 0);
    duk_replace(ctx, 2);
  }
  if (!IsConstructor(ctx, 0) || !IsConstructor(ctx, 2)) {
    ThrowType(ctx, "Reflect.construct: not a constructor");
  }
  void* constructor = duk_get_heapptr(ctx, 0);
  duk_dup(ctx, 0);
  const int count = SpreadArguments(ctx, 1);
  if (constructor == duk_get_heapptr(ctx, 2)) {
    duk_new(ctx, count);
    return 1;
  }
  if (constructor == IntrinsicPointer(ctx, Intrinsic::kObjectConstructor)) {
    // With another new.target, Object makes an object whatever it is given.
    duk_pop_n(ctx, count);
    duk_new(ctx, 0);
    TakePrototypeOf(ctx, 2, 0);
    return 1;
  }
  internals::Construct(ctx, count, duk_get_heapptr(ctx, 2));
  if (!internals::IsProxy(constructor) &&
      internals::IsNativeFunction(constructor)) {
    TakePrototypeOf(ctx, 2, 0);
  }
  return 1;
}

static int Define(duk_context* ctx) {
  RequireTarget(ctx);
  ToPropertyKey(ctx, 1);
  const Descriptor descriptor = ToDescriptor(ctx, 2);
  duk_push_boolean(ctx, OpDefineOwn(ctx, 0, 1, descriptor));
  return 1;
}

static int Delete(duk_context* ctx) {
  RequireTarget(ctx);
  ToPropertyKey(ctx, 1);
  duk_push_boolean(ctx, OpDelete(ctx, 0, 1));
  return 1;
}

static int Get(duk_context* ctx) {
  const bool has_receiver = duk_get_top(ctx) > 2;
  duk_set_top(ctx, 3);
  RequireTarget(ctx);
  ToPropertyKey(ctx, 1);
  OpGet(ctx, 0, 1, has_receiver ? 2 : 0);
  return 1;
}

static int GetOwnDescriptor(duk_context* ctx) {
  RequireTarget(ctx);
  ToPropertyKey(ctx, 1);
  Descriptor own;
  if (!OpGetOwn(ctx, 0, 1, &own)) {
    return 0;
  }
  FromDescriptor(ctx, own);
  return 1;
}

static int GetPrototype(duk_context* ctx) {
  RequireTarget(ctx);
  OpGetPrototype(ctx, 0);
  return 1;
}

static int Has(duk_context* ctx) {
  RequireTarget(ctx);
  ToPropertyKey(ctx, 1);
  duk_push_boolean(ctx, OpHas(ctx, 0, 1));
  return 1;
}

static int IsExtensible(duk_context* ctx) {
  RequireTarget(ctx);
  duk_push_boolean(ctx, OpIsExtensible(ctx, 0));
  return 1;
}

static int OwnKeys(duk_context* ctx) {
  RequireTarget(ctx);
  OpOwnKeys(ctx, 0);
  return 1;
}

static int PreventExtensions(duk_context* ctx) {
  RequireTarget(ctx);
  duk_push_boolean(ctx, OpPreventExtensions(ctx, 0));
  return 1;
}

static int Set(duk_context* ctx) {
  const bool has_receiver = duk_get_top(ctx) > 3;
  duk_set_top(ctx, 4);
  RequireTarget(ctx);
  ToPropertyKey(ctx, 1);
  duk_push_boolean(ctx, OpSet(ctx, 0, 1, 2, has_receiver ? 3 : 0));
  return 1;
}

static int SetPrototype(duk_context* ctx) {
  RequireTarget(ctx);
  if (!duk_is_object(ctx, 1) && !duk_is_null(ctx, 1)) {
    ThrowType(ctx, "Object prototype may only be an Object or null");
  }
  duk_push_boolean(ctx, OpSetPrototype(ctx, 0, 1));
  return 1;
}

static constexpr Method kReflect[] = {
    {"apply", Apply, 3},
    {"construct", ConstructMethod, 2, DUK_VARARGS},
    {"defineProperty", Define, 3},
    {"deleteProperty", Delete, 2},
    {"get", Get, 2, DUK_VARARGS},
    {"getOwnPropertyDescriptor", GetOwnDescriptor, 2},
    {"getPrototypeOf", GetPrototype, 1},
    {"has", Has, 2},
    {"isExtensible", IsExtensible, 1},
    {"ownKeys", OwnKeys, 1},
    {"preventExtensions", PreventExtensions, 1},
    {"set", Set, 3, DUK_VARARGS},
    {"setPrototypeOf", SetPrototype, 2},
};

void InstallProxyReflect(duk_context* ctx) {
  duk_push_object(ctx);
  internals::SetRevokedMarker(ctx, duk_get_heapptr(ctx, -1));
  HoldRoot(EngineOf(ctx));

  duk_push_global_object(ctx);
  PushFunction(ctx, {"Proxy", ProxyConstructor, 2}, true);
  static constexpr Method kStatics[] = {{"revocable", Revocable, 2}};
  DefineMethods(ctx, kStatics);
  DefineHidden(ctx, -2, "Proxy");

  duk_push_object(ctx);
  DefineMethods(ctx, kReflect);
  DefineTag(ctx, -1, "Reflect");
  DefineHidden(ctx, -2, "Reflect");
  duk_pop(ctx);
}

}  // namespace fcc::script
