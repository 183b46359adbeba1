// SPDX-License-Identifier: Apache-2.0

#include "runtime/script/duktape/proxy.h"

#include <unordered_set>

#include "runtime/script/duktape/native.h"

namespace fcc::script {

// Looks the trap up. [ ] -> [ handler trap target ] when there is one and
// [ ] -> [ target ] when not.
static bool PushTrap(duk_context* ctx, duk_idx_t proxy, const char* name) {
  duk_require_stack(ctx, 32);
  void* object = duk_get_heapptr(ctx, proxy);
  if (internals::IsRevoked(ctx, object)) {
    ThrowType(ctx, std::string("Cannot perform '") + name +
                       "' on a proxy that has been revoked");
  }
  duk_push_heapptr(ctx, internals::ProxyHandler(object));
  duk_push_heapptr(ctx, internals::ProxyTarget(object));
  duk_get_prop_string(ctx, -2, name);
  if (duk_is_null_or_undefined(ctx, -1)) {
    duk_pop(ctx);
    duk_remove(ctx, -2);
    return false;
  }
  RequireCallable(ctx, -1);
  duk_swap_top(ctx, -2);
  return true;
}

// [ handler trap target args... ] -> [ target result ]
static void CallTrap(duk_context* ctx, int argument_count) {
  const duk_idx_t base = duk_get_top(ctx) - argument_count - 3;
  duk_dup(ctx, base + 2);
  duk_insert(ctx, base);
  // [ target handler trap target args... ]
  duk_swap(ctx, base + 1, base + 2);
  // [ target trap handler target args... ]
  duk_call_method(ctx, argument_count + 1);
}

[[noreturn]] static void ThrowInvariant(duk_context* ctx, const char* trap,
                                        const char* rule) {
  ThrowType(ctx, std::string("proxy: '") + trap + "' trap " + rule);
}

// --- Getting ---

bool ProxyGetOwn(duk_context* ctx, duk_idx_t proxy, duk_idx_t key,
                 Descriptor* descriptor) {
  NativeScope scope(ctx);
  static constexpr char kTrap[] = "getOwnPropertyDescriptor";
  const duk_idx_t base = duk_get_top(ctx);
  if (!PushTrap(ctx, proxy, kTrap)) {
    const bool found = OpGetOwn(ctx, base, key, descriptor);
    duk_remove(ctx, base);
    if (found) {
      // The two values moved down by one.
      for (duk_idx_t* index :
           {&descriptor->value, &descriptor->get, &descriptor->set}) {
        if (*index >= 0) {
          --*index;
        }
      }
    }
    return found;
  }
  duk_dup(ctx, key);
  CallTrap(ctx, 1);
  // [ target result ]
  const duk_idx_t target = base;
  const duk_idx_t result = base + 1;
  if (!duk_is_object(ctx, result) && !duk_is_undefined(ctx, result)) {
    ThrowInvariant(ctx, kTrap, "returned neither an object nor undefined");
  }
  Descriptor own;
  const bool exists = OpGetOwn(ctx, target, key, &own);
  if (duk_is_undefined(ctx, result)) {
    if (exists && (!own.configurable || !OpIsExtensible(ctx, target))) {
      ThrowInvariant(ctx, kTrap,
                     "hid a property of a non-extensible target or one that "
                     "is not configurable");
    }
    duk_set_top(ctx, base);
    return false;
  }
  const bool extensible = OpIsExtensible(ctx, target);
  Descriptor given = ToDescriptor(ctx, result);
  if (!given.IsAccessor()) {
    given.has_value = given.has_writable = true;
  } else {
    given.has_get = given.has_set = true;
  }
  given.has_enumerable = given.has_configurable = true;
  // IsCompatiblePropertyDescriptor.
  bool compatible = true;
  if (!exists) {
    compatible = extensible;
  } else if (!own.configurable) {
    compatible = !given.configurable && given.enumerable == own.enumerable &&
                 given.IsAccessor() == own.IsAccessor();
    if (compatible && own.IsAccessor()) {
      compatible = duk_samevalue(ctx, given.get, own.get) &&
                   duk_samevalue(ctx, given.set, own.set);
    } else if (compatible && !own.writable) {
      compatible =
          !given.writable && duk_samevalue(ctx, given.value, own.value);
    }
  }
  if (!compatible) {
    ThrowInvariant(ctx, kTrap, "does not match the target's property");
  }
  if (!given.configurable &&
      (!exists || own.configurable ||
       (given.has_writable && !given.writable && own.writable))) {
    ThrowInvariant(ctx, kTrap,
                   "reported a property as not configurable that the target "
                   "does not have so");
  }
  if (given.IsAccessor()) {
    duk_dup(ctx, given.get);
    duk_dup(ctx, given.set);
  } else {
    duk_dup(ctx, given.value);
    duk_push_undefined(ctx);
  }
  duk_replace(ctx, base + 1);
  duk_replace(ctx, base);
  duk_set_top(ctx, base + 2);
  *descriptor = given;
  descriptor->value = given.IsAccessor() ? -1 : base;
  descriptor->get = given.IsAccessor() ? base : -1;
  descriptor->set = given.IsAccessor() ? base + 1 : -1;
  return true;
}

namespace hooks {

void ProxyGet(duk_context* ctx) {
  NativeScope scope(ctx);
  const duk_idx_t base = duk_get_top(ctx) - 3;
  const duk_idx_t key = base + 1;
  const duk_idx_t receiver = base + 2;
  ToPropertyKey(ctx, key);
  // Proxies without the trap hand on without nesting.
  while (!PushTrap(ctx, base, "get")) {
    duk_replace(ctx, base);
    if (!internals::IsProxy(duk_get_heapptr(ctx, base))) {
      OpGet(ctx, base, key, receiver);
      duk_replace(ctx, base);
      duk_set_top(ctx, base + 1);
      return;
    }
  }
  duk_dup(ctx, key);
  duk_dup(ctx, receiver);
  CallTrap(ctx, 2);
  // [ proxy key receiver target result ]
  const duk_idx_t target = base + 3;
  const duk_idx_t result = base + 4;
  Descriptor own;
  if (OpGetOwn(ctx, target, key, &own) && !own.configurable) {
    if (own.IsData() && !own.writable &&
        !duk_samevalue(ctx, result, own.value)) {
      ThrowInvariant(ctx, "get",
                     "returned another value than the target's read-only one");
    }
    if (own.IsAccessor() && duk_is_undefined(ctx, own.get) &&
        !duk_is_undefined(ctx, result)) {
      ThrowInvariant(ctx, "get", "returned a value for a property without one");
    }
  }
  duk_dup(ctx, result);
  duk_replace(ctx, base);
  duk_set_top(ctx, base + 1);
}

bool ProxyHas(duk_context* ctx) {
  NativeScope scope(ctx);
  const duk_idx_t base = duk_get_top(ctx) - 2;
  const duk_idx_t key = base + 1;
  ToPropertyKey(ctx, key);
  while (!PushTrap(ctx, base, "has")) {
    duk_replace(ctx, base);
    if (!internals::IsProxy(duk_get_heapptr(ctx, base))) {
      const bool has = OpHas(ctx, base, key);
      duk_set_top(ctx, base);
      return has;
    }
  }
  duk_dup(ctx, key);
  CallTrap(ctx, 1);
  const bool has = duk_to_boolean(ctx, -1) != 0;
  const duk_idx_t target = base + 2;
  Descriptor own;
  if (!has && OpGetOwn(ctx, target, key, &own)) {
    if (!own.configurable || !OpIsExtensible(ctx, target)) {
      ThrowInvariant(ctx, "has",
                     "hid a property of a non-extensible target or one that "
                     "is not configurable");
    }
  }
  duk_set_top(ctx, base);
  return has;
}

bool ProxySet(duk_context* ctx) {
  NativeScope scope(ctx);
  const duk_idx_t base = duk_get_top(ctx) - 4;
  const duk_idx_t key = base + 1;
  const duk_idx_t value = base + 2;
  const duk_idx_t receiver = base + 3;
  ToPropertyKey(ctx, key);
  while (!PushTrap(ctx, base, "set")) {
    duk_replace(ctx, base);
    if (!internals::IsProxy(duk_get_heapptr(ctx, base))) {
      const bool done = OpSet(ctx, base, key, value, receiver);
      duk_set_top(ctx, base);
      return done;
    }
  }
  duk_dup(ctx, key);
  duk_dup(ctx, value);
  duk_dup(ctx, receiver);
  CallTrap(ctx, 3);
  const bool done = duk_to_boolean(ctx, -1) != 0;
  const duk_idx_t target = base + 4;
  Descriptor own;
  if (done && OpGetOwn(ctx, target, key, &own) && !own.configurable) {
    if (own.IsData() && !own.writable &&
        !duk_samevalue(ctx, value, own.value)) {
      ThrowInvariant(ctx, "set", "changed a read-only property of the target");
    }
    if (own.IsAccessor() && duk_is_undefined(ctx, own.set)) {
      ThrowInvariant(ctx, "set", "set a property that has no setter");
    }
  }
  duk_set_top(ctx, base);
  return done;
}

bool ProxyDelete(duk_context* ctx) {
  NativeScope scope(ctx);
  static constexpr char kTrap[] = "deleteProperty";
  const duk_idx_t base = duk_get_top(ctx) - 2;
  const duk_idx_t key = base + 1;
  ToPropertyKey(ctx, key);
  while (!PushTrap(ctx, base, kTrap)) {
    duk_replace(ctx, base);
    if (!internals::IsProxy(duk_get_heapptr(ctx, base))) {
      const bool done = OpDelete(ctx, base, key);
      duk_set_top(ctx, base);
      return done;
    }
  }
  duk_dup(ctx, key);
  CallTrap(ctx, 1);
  const bool done = duk_to_boolean(ctx, -1) != 0;
  const duk_idx_t target = base + 2;
  Descriptor own;
  if (done && OpGetOwn(ctx, target, key, &own) &&
      (!own.configurable || !OpIsExtensible(ctx, target))) {
    ThrowInvariant(ctx, kTrap,
                   "deleted a property of a non-extensible target or one that "
                   "is not configurable");
  }
  duk_set_top(ctx, base);
  return done;
}

void ProxyPrototype(duk_context* ctx) {
  NativeScope scope(ctx);
  static constexpr char kTrap[] = "getPrototypeOf";
  const duk_idx_t base = duk_get_top(ctx) - 1;
  while (!PushTrap(ctx, base, kTrap)) {
    duk_replace(ctx, base);
    if (!internals::IsProxy(duk_get_heapptr(ctx, base))) {
      OpGetPrototype(ctx, base);
      duk_replace(ctx, base);
      return;
    }
  }
  CallTrap(ctx, 0);
  const duk_idx_t target = base + 1;
  const duk_idx_t result = base + 2;
  if (!duk_is_object(ctx, result) && !duk_is_null(ctx, result)) {
    ThrowInvariant(ctx, kTrap, "returned neither an object nor null");
  }
  if (!OpIsExtensible(ctx, target)) {
    OpGetPrototype(ctx, target);
    if (!duk_samevalue(ctx, -1, result)) {
      ThrowInvariant(ctx, kTrap,
                     "returned another prototype than the non-extensible "
                     "target's");
    }
  }
  duk_dup(ctx, result);
  duk_replace(ctx, base);
  duk_set_top(ctx, base + 1);
}

}  // namespace hooks

// --- Changing ---

bool ProxyDefineOwn(duk_context* ctx, duk_idx_t proxy, duk_idx_t key,
                    const Descriptor& descriptor) {
  NativeScope scope(ctx);
  static constexpr char kTrap[] = "defineProperty";
  const duk_idx_t base = duk_get_top(ctx);
  if (!PushTrap(ctx, proxy, kTrap)) {
    const bool done = OpDefineOwn(ctx, base, key, descriptor);
    duk_set_top(ctx, base);
    return done;
  }
  duk_dup(ctx, key);
  FromDescriptor(ctx, descriptor);
  CallTrap(ctx, 2);
  if (!duk_to_boolean(ctx, -1)) {
    duk_set_top(ctx, base);
    return false;
  }
  const duk_idx_t target = base;
  Descriptor own;
  const bool exists = OpGetOwn(ctx, target, key, &own);
  const bool fixed = descriptor.has_configurable && !descriptor.configurable;
  if (!exists) {
    if (!OpIsExtensible(ctx, target) || fixed) {
      ThrowInvariant(ctx, kTrap,
                     "added a property that the target cannot have so");
    }
    duk_set_top(ctx, base);
    return true;
  }
  bool compatible = !(fixed && own.configurable);
  if (!own.configurable) {
    compatible =
        compatible &&
        !(descriptor.has_configurable && descriptor.configurable) &&
        (!descriptor.has_enumerable || descriptor.enumerable == own.enumerable);
    if (descriptor.IsAccessor()) {
      compatible =
          compatible && own.IsAccessor() &&
          (!descriptor.has_get ||
           duk_samevalue(ctx, descriptor.get, own.get)) &&
          (!descriptor.has_set || duk_samevalue(ctx, descriptor.set, own.set));
    } else if (descriptor.IsData()) {
      compatible = compatible && own.IsData();
      if (compatible && !own.writable) {
        compatible = !(descriptor.has_writable && descriptor.writable) &&
                     (!descriptor.has_value ||
                      duk_samevalue(ctx, descriptor.value, own.value));
      }
      if (compatible && own.writable && descriptor.has_writable &&
          !descriptor.writable) {
        compatible = false;
      }
    }
  }
  if (!compatible) {
    ThrowInvariant(ctx, kTrap, "does not match the target's property");
  }
  duk_set_top(ctx, base);
  return true;
}

bool ProxySetPrototype(duk_context* ctx, duk_idx_t proxy, duk_idx_t prototype) {
  NativeScope scope(ctx);
  static constexpr char kTrap[] = "setPrototypeOf";
  const duk_idx_t base = duk_get_top(ctx);
  if (!PushTrap(ctx, proxy, kTrap)) {
    const bool done = OpSetPrototype(ctx, base, prototype);
    duk_set_top(ctx, base);
    return done;
  }
  duk_dup(ctx, prototype);
  CallTrap(ctx, 1);
  const bool done = duk_to_boolean(ctx, -1) != 0;
  if (done && !OpIsExtensible(ctx, base)) {
    OpGetPrototype(ctx, base);
    if (!duk_samevalue(ctx, -1, prototype)) {
      ThrowInvariant(ctx, kTrap,
                     "changed the prototype of a non-extensible target");
    }
  }
  duk_set_top(ctx, base);
  return done;
}

bool ProxyIsExtensible(duk_context* ctx, duk_idx_t proxy) {
  NativeScope scope(ctx);
  const duk_idx_t base = duk_get_top(ctx);
  if (!PushTrap(ctx, proxy, "isExtensible")) {
    const bool extensible = OpIsExtensible(ctx, base);
    duk_set_top(ctx, base);
    return extensible;
  }
  CallTrap(ctx, 0);
  const bool extensible = duk_to_boolean(ctx, -1) != 0;
  if (extensible != OpIsExtensible(ctx, base)) {
    ThrowInvariant(ctx, "isExtensible", "disagrees with the target");
  }
  duk_set_top(ctx, base);
  return extensible;
}

bool ProxyPreventExtensions(duk_context* ctx, duk_idx_t proxy) {
  NativeScope scope(ctx);
  const duk_idx_t base = duk_get_top(ctx);
  if (!PushTrap(ctx, proxy, "preventExtensions")) {
    const bool done = OpPreventExtensions(ctx, base);
    duk_set_top(ctx, base);
    return done;
  }
  CallTrap(ctx, 0);
  const bool done = duk_to_boolean(ctx, -1) != 0;
  if (done && OpIsExtensible(ctx, base)) {
    ThrowInvariant(ctx, "preventExtensions",
                   "returned true for an extensible target");
  }
  duk_set_top(ctx, base);
  return done;
}

// --- Keys ---

void ProxyOwnKeys(duk_context* ctx, duk_idx_t proxy) {
  NativeScope scope(ctx);
  const duk_idx_t base = duk_get_top(ctx);
  if (!PushTrap(ctx, proxy, "ownKeys")) {
    OpOwnKeys(ctx, base);
    duk_remove(ctx, base);
    return;
  }
  CallTrap(ctx, 0);
  // [ target result ]
  const duk_idx_t target = base;
  const duk_idx_t result = base + 1;
  if (!duk_is_object(ctx, result)) {
    ThrowInvariant(ctx, "ownKeys", "returned no array");
  }
  const double length = LengthOf(ctx, result);
  duk_push_array(ctx);
  const duk_idx_t keys = base + 2;
  std::unordered_set<void*> unseen;
  for (double i = 0; i < length; ++i) {
    CheckTime(ctx);
    GetIndex(ctx, result, i);
    if (!duk_is_string(ctx, -1)) {  // Symbols are strings to the engine.
      ThrowInvariant(ctx, "ownKeys",
                     "returned a key that is neither string nor symbol");
    }
    if (!unseen.insert(duk_get_heapptr(ctx, -1)).second) {
      ThrowInvariant(ctx, "ownKeys", "returned a key twice");
    }
    DefineItem(ctx, keys, static_cast<duk_uarridx_t>(i));
  }
  const bool extensible = OpIsExtensible(ctx, target);
  OpOwnKeys(ctx, target);
  const duk_idx_t target_keys = base + 3;
  const auto count =
      static_cast<duk_uarridx_t>(duk_get_length(ctx, target_keys));
  for (duk_uarridx_t i = 0; i < count; ++i) {
    duk_get_prop_index(ctx, target_keys, i);
    const duk_idx_t key = duk_get_top(ctx) - 1;
    Descriptor own;
    const bool fixed = OpGetOwn(ctx, target, key, &own) && !own.configurable;
    const bool listed = unseen.erase(duk_get_heapptr(ctx, key)) == 1;
    if (!listed && (fixed || !extensible)) {
      ThrowInvariant(ctx, "ownKeys", "left out a key that the target has");
    }
    duk_set_top(ctx, key);
  }
  if (!extensible && !unseen.empty()) {
    ThrowInvariant(ctx, "ownKeys",
                   "added a key that the non-extensible target has not");
  }
  duk_dup(ctx, keys);
  duk_replace(ctx, base);
  duk_set_top(ctx, base + 1);
}

namespace hooks {

void ProxyEnumerate(duk_context* ctx, const EnumerateOptions& options) {
  // [ object bare ]
  duk_require_stack(ctx, 32);
  const duk_idx_t bare = duk_get_top(ctx) - 1;
  std::unordered_set<void*> visited;
  duk_dup(ctx, bare - 1);
  const duk_idx_t object = bare + 1;
  while (!duk_is_null(ctx, object)) {
    CheckTime(ctx);
    OpOwnKeys(ctx, object);
    const duk_idx_t keys = object + 1;
    const auto count = static_cast<duk_uarridx_t>(duk_get_length(ctx, keys));
    for (duk_uarridx_t i = 0; i < count; ++i) {
      duk_get_prop_index(ctx, keys, i);
      const duk_idx_t key = duk_get_top(ctx) - 1;
      const bool wanted =
          duk_is_symbol(ctx, key) ? options.symbols : options.strings;
      // A key that a nearer object has, enumerable or not, hides this one.
      if (wanted && visited.insert(duk_get_heapptr(ctx, key)).second) {
        Descriptor own;
        bool enumerable = options.non_enumerable;
        if (!enumerable) {
          enumerable = OpGetOwn(ctx, object, key, &own) && own.enumerable;
        }
        if (enumerable) {
          duk_dup(ctx, key);
          duk_push_true(ctx);
          duk_put_prop(ctx, bare);
        }
      }
      duk_set_top(ctx, key);
    }
    duk_pop(ctx);
    if (options.own_only) {
      break;
    }
    OpGetPrototype(ctx, object);
    duk_replace(ctx, object);
  }
  duk_set_top(ctx, bare + 1);
}

}  // namespace hooks

}  // namespace fcc::script
