// SPDX-License-Identifier: Apache-2.0
//
// The internal methods of ordinary objects (ECMA-262, 10.1); those of proxies
// are in proxy.cpp.

#include "runtime/script/duktape/object_ops.h"

#include <cmath>

#include "runtime/script/duktape/native.h"
#include "runtime/script/duktape/proxy.h"

namespace fcc::script {

// Keys of the engine's own entries never reach a trap.
static bool TakesTraps(duk_context* ctx, duk_idx_t object) {
  return internals::IsProxy(duk_get_heapptr(ctx, object));
}

void ToPropertyKey(duk_context* ctx, duk_idx_t index) {
  index = duk_normalize_index(ctx, index);
  if (duk_is_string(ctx, index)) {
    return;
  }
  if (duk_is_object(ctx, index)) {
    duk_to_primitive(ctx, index, DUK_HINT_STRING);
  }
  if (!duk_is_symbol(ctx, index)) {
    duk_to_string(ctx, index);
  }
}

namespace {
// What a key means to a typed array.
enum class ElementKey { kNone, kInvalid, kElement };
}  // namespace

// CanonicalNumericIndexString and IsValidIntegerIndex, for typed arrays; kNone
// for other objects.
static ElementKey AsElementKey(duk_context* ctx, void* object, duk_idx_t key) {
  const int class_number = internals::GetClass(object);
  if (class_number < internals::kClassInt8Array ||
      class_number > internals::kClassFloat64Array ||
      !duk_is_string(ctx, key) || duk_is_symbol(ctx, key)) {
    return ElementKey::kNone;
  }
  const std::string_view text = BytesAt(ctx, key);
  if (text == "-0") {
    return ElementKey::kInvalid;
  }
  if (text.empty() || (text[0] > '9' && text != "Infinity" && text != "NaN")) {
    return ElementKey::kNone;
  }
  duk_dup(ctx, key);
  const double number = duk_to_number(ctx, -1);
  duk_push_number(ctx, number);
  duk_to_string(ctx, -1);
  const bool canonical = duk_strict_equals(ctx, -1, key) != 0;
  duk_pop_2(ctx);
  if (!canonical) {
    return ElementKey::kNone;
  }
  const internals::BufferView view = internals::GetBufferView(ctx, object);
  const bool valid = view.is_view && number >= 0 &&
                     number == std::trunc(number) &&
                     number < static_cast<double>(view.length >> view.shift);
  return valid ? ElementKey::kElement : ElementKey::kInvalid;
}

bool OpGetOwn(duk_context* ctx, duk_idx_t object, duk_idx_t key,
              Descriptor* descriptor) {
  object = duk_normalize_index(ctx, object);
  key = duk_normalize_index(ctx, key);
  if (TakesTraps(ctx, object)) {
    return ProxyGetOwn(ctx, object, key, descriptor);
  }
  internals::OwnProperty property;
  if (!internals::GetOwn(ctx, duk_get_heapptr(ctx, object),
                         duk_get_heapptr(ctx, key), &property)) {
    return false;
  }
  *descriptor = Descriptor();
  descriptor->has_enumerable = descriptor->has_configurable = true;
  descriptor->enumerable = property.enumerable;
  descriptor->configurable = property.configurable;
  if (property.accessor) {
    duk_pop(ctx);
    for (void* function : {property.getter, property.setter}) {
      if (function != nullptr) {
        duk_push_heapptr(ctx, function);
      } else {
        duk_push_undefined(ctx);
      }
    }
    descriptor->has_get = descriptor->has_set = true;
    descriptor->get = duk_get_top(ctx) - 2;
    descriptor->set = duk_get_top(ctx) - 1;
  } else {
    duk_push_undefined(ctx);
    descriptor->has_value = descriptor->has_writable = true;
    descriptor->writable = property.writable;
    descriptor->value = duk_get_top(ctx) - 2;
  }
  return true;
}

bool OpDefineOwn(duk_context* ctx, duk_idx_t object, duk_idx_t key,
                 const Descriptor& descriptor) {
  object = duk_normalize_index(ctx, object);
  key = duk_normalize_index(ctx, key);
  if (TakesTraps(ctx, object)) {
    return ProxyDefineOwn(ctx, object, key, descriptor);
  }
  switch (AsElementKey(ctx, duk_get_heapptr(ctx, object), key)) {
    case ElementKey::kNone:
      break;
    case ElementKey::kInvalid:
      return false;
    case ElementKey::kElement:
      if ((descriptor.has_configurable && !descriptor.configurable) ||
          (descriptor.has_enumerable && !descriptor.enumerable) ||
          (descriptor.has_writable && !descriptor.writable) ||
          descriptor.IsAccessor()) {
        return false;
      }
      if (descriptor.has_value) {
        duk_dup(ctx, key);
        duk_dup(ctx, descriptor.value);
        duk_put_prop(ctx, object);
      }
      return true;
  }
  unsigned flags = 0;
  if (descriptor.has_value) {
    flags |= DUK_DEFPROP_HAVE_VALUE;
  }
  if (descriptor.has_writable) {
    flags |= DUK_DEFPROP_HAVE_WRITABLE;
    flags |= descriptor.writable ? DUK_DEFPROP_WRITABLE : 0;
  }
  if (descriptor.has_enumerable) {
    flags |= DUK_DEFPROP_HAVE_ENUMERABLE;
    flags |= descriptor.enumerable ? DUK_DEFPROP_ENUMERABLE : 0;
  }
  if (descriptor.has_configurable) {
    flags |= DUK_DEFPROP_HAVE_CONFIGURABLE;
    flags |= descriptor.configurable ? DUK_DEFPROP_CONFIGURABLE : 0;
  }
  if (descriptor.has_get) {
    flags |= DUK_DEFPROP_HAVE_GETTER;
  }
  if (descriptor.has_set) {
    flags |= DUK_DEFPROP_HAVE_SETTER;
  }
  return internals::DefineOwn(
      ctx, duk_get_heapptr(ctx, object), duk_get_heapptr(ctx, key), flags,
      descriptor.has_value ? descriptor.value : -1,
      descriptor.has_get ? duk_get_heapptr(ctx, descriptor.get) : nullptr,
      descriptor.has_set ? duk_get_heapptr(ctx, descriptor.set) : nullptr);
}

bool OpHas(duk_context* ctx, duk_idx_t object, duk_idx_t key) {
  object = duk_normalize_index(ctx, object);
  duk_dup(ctx, key);
  return duk_has_prop(ctx, object) != 0;
}

void OpGet(duk_context* ctx, duk_idx_t object, duk_idx_t key,
           duk_idx_t receiver) {
  object = duk_normalize_index(ctx, object);
  key = duk_normalize_index(ctx, key);
  receiver = duk_normalize_index(ctx, receiver);
  void* const key_pointer = duk_get_heapptr(ctx, key);
  if (duk_get_heapptr(ctx, object) == duk_get_heapptr(ctx, receiver)) {
    duk_dup(ctx, key);
    duk_get_prop(ctx, object);
    return;
  }
  void* holder = duk_get_heapptr(ctx, object);
  while (holder != nullptr) {
    if (internals::IsProxy(holder)) {
      duk_push_heapptr(ctx, holder);
      duk_dup(ctx, key);
      duk_dup(ctx, receiver);
      hooks::ProxyGet(ctx);
      return;
    }
    internals::OwnProperty property;
    if (internals::GetOwn(ctx, holder, key_pointer, &property)) {
      if (!property.accessor) {
        return;
      }
      duk_pop(ctx);
      if (property.getter == nullptr) {
        duk_push_undefined(ctx);
        return;
      }
      duk_push_heapptr(ctx, property.getter);
      duk_dup(ctx, receiver);
      duk_call_method(ctx, 0);
      return;
    }
    holder = internals::GetPrototype(ctx, holder);
  }
  duk_push_undefined(ctx);
}

// OrdinarySetWithOwnDescriptor from step 2 on, for a data property.
static bool SetOnReceiver(duk_context* ctx, duk_idx_t key, duk_idx_t value,
                          duk_idx_t receiver) {
  if (!duk_is_object(ctx, receiver)) {
    return false;
  }
  const duk_idx_t top = duk_get_top(ctx);
  Descriptor existing;
  Descriptor define;
  define.has_value = true;
  define.value = value;
  if (OpGetOwn(ctx, receiver, key, &existing)) {
    if (existing.IsAccessor() || !existing.writable) {
      duk_set_top(ctx, top);
      return false;
    }
  } else {
    define.has_writable = define.writable = true;
    define.has_enumerable = define.enumerable = true;
    define.has_configurable = define.configurable = true;
  }
  const bool done = OpDefineOwn(ctx, receiver, key, define);
  duk_set_top(ctx, top);
  return done;
}

bool OpSet(duk_context* ctx, duk_idx_t object, duk_idx_t key, duk_idx_t value,
           duk_idx_t receiver) {
  object = duk_normalize_index(ctx, object);
  key = duk_normalize_index(ctx, key);
  value = duk_normalize_index(ctx, value);
  receiver = duk_normalize_index(ctx, receiver);
  void* const key_pointer = duk_get_heapptr(ctx, key);
  void* holder = duk_get_heapptr(ctx, object);
  while (holder != nullptr) {
    if (internals::IsProxy(holder)) {
      duk_push_heapptr(ctx, holder);
      duk_dup(ctx, key);
      duk_dup(ctx, value);
      duk_dup(ctx, receiver);
      return hooks::ProxySet(ctx);
    }
    const ElementKey element = AsElementKey(ctx, holder, key);
    if (element != ElementKey::kNone) {
      if (holder == duk_get_heapptr(ctx, receiver)) {
        duk_push_heapptr(ctx, holder);
        duk_dup(ctx, key);
        duk_dup(ctx, value);
        duk_put_prop(ctx, -3);
        duk_pop(ctx);
        return true;
      }
      if (element == ElementKey::kInvalid) {
        return true;
      }
    }
    internals::OwnProperty property;
    if (internals::GetOwn(ctx, holder, key_pointer, &property)) {
      duk_pop(ctx);
      if (property.accessor) {
        if (property.setter == nullptr) {
          return false;
        }
        duk_push_heapptr(ctx, property.setter);
        duk_dup(ctx, receiver);
        duk_dup(ctx, value);
        duk_call_method(ctx, 1);
        duk_pop(ctx);
        return true;
      }
      if (!property.writable) {
        return false;
      }
      break;
    }
    holder = internals::GetPrototype(ctx, holder);
  }
  return SetOnReceiver(ctx, key, value, receiver);
}

bool OpDelete(duk_context* ctx, duk_idx_t object, duk_idx_t key) {
  object = duk_normalize_index(ctx, object);
  key = duk_normalize_index(ctx, key);
  if (TakesTraps(ctx, object)) {
    duk_dup(ctx, object);
    duk_dup(ctx, key);
    return hooks::ProxyDelete(ctx);
  }
  return internals::DeleteOwn(ctx, duk_get_heapptr(ctx, object),
                              duk_get_heapptr(ctx, key));
}

void OpOwnKeys(duk_context* ctx, duk_idx_t object) {
  if (TakesTraps(ctx, object)) {
    ProxyOwnKeys(ctx, duk_normalize_index(ctx, object));
    return;
  }
  if (internals::PushOwnKeys(ctx, duk_get_heapptr(ctx, object), false)) {
    return;
  }
  duk_enum(ctx, object,
           DUK_ENUM_INCLUDE_NONENUMERABLE | DUK_ENUM_INCLUDE_SYMBOLS |
               DUK_ENUM_OWN_PROPERTIES_ONLY | DUK_ENUM_NO_PROXY_BEHAVIOR);
  duk_push_array(ctx);
  duk_uarridx_t count = 0;
  while (duk_next(ctx, -2, 0)) {
    DefineItem(ctx, -2, count++);
  }
  duk_remove(ctx, -2);
}

void OpGetPrototype(duk_context* ctx, duk_idx_t object) {
  if (TakesTraps(ctx, object)) {
    duk_dup(ctx, object);
    hooks::ProxyPrototype(ctx);
    return;
  }
  void* prototype = internals::GetPrototype(ctx, duk_get_heapptr(ctx, object));
  if (prototype == nullptr) {
    duk_push_null(ctx);
  } else {
    duk_push_heapptr(ctx, prototype);
  }
}

bool OpSetPrototype(duk_context* ctx, duk_idx_t object, duk_idx_t prototype) {
  if (TakesTraps(ctx, object)) {
    return ProxySetPrototype(ctx, duk_normalize_index(ctx, object),
                             duk_normalize_index(ctx, prototype));
  }
  void* target = duk_get_heapptr(ctx, object);
  void* wanted = duk_get_heapptr(ctx, prototype);
  if (internals::GetPrototype(ctx, target) == wanted) {
    return true;
  }
  if (!internals::IsExtensible(target) ||
      target == IntrinsicPointer(ctx, Intrinsic::kObjectPrototype)) {
    return false;
  }
  for (void* p = wanted; p != nullptr && !internals::IsProxy(p);
       p = internals::GetPrototype(ctx, p)) {
    if (p == target) {
      return false;
    }
  }
  internals::SetPrototype(ctx, target, wanted);
  return true;
}

bool OpIsExtensible(duk_context* ctx, duk_idx_t object) {
  if (TakesTraps(ctx, object)) {
    return ProxyIsExtensible(ctx, duk_normalize_index(ctx, object));
  }
  return internals::IsExtensible(duk_get_heapptr(ctx, object));
}

bool OpPreventExtensions(duk_context* ctx, duk_idx_t object) {
  if (TakesTraps(ctx, object)) {
    return ProxyPreventExtensions(ctx, duk_normalize_index(ctx, object));
  }
  internals::ClearExtensible(duk_get_heapptr(ctx, object));
  return true;
}

// --- Descriptors as objects ---

namespace {

// Reads a descriptor's fields, by literals as names.
class FieldReader {
 public:
  FieldReader(duk_context* ctx, duk_idx_t object) : ctx_(ctx), object_(object) {
    for (void* p = duk_get_heapptr(ctx, object); p != nullptr && !traps_;
         p = internals::GetPrototype(ctx, p)) {
      traps_ = internals::IsProxy(p);
    }
  }

  // True and [ ] -> [ value ] when the object has the property; else pushes
  // undefined.
  template <size_t N>
  bool Take(const char (&name)[N]) {
    // A proxy is asked whether it has the property before it is read.
    duk_push_literal(ctx_, name);
    if (traps_) {
      duk_dup(ctx_, -1);
      if (!duk_has_prop(ctx_, object_)) {
        duk_pop(ctx_);
        duk_push_undefined(ctx_);
        return false;
      }
      duk_get_prop(ctx_, object_);
      return true;
    }
    return duk_get_prop(ctx_, object_) != 0;
  }

  template <size_t N>
  bool TakeFlag(const char (&name)[N], bool* value) {
    const bool present = Take(name);
    *value = duk_to_boolean(ctx_, -1) != 0;
    duk_pop(ctx_);
    return present;
  }

 private:
  duk_context* ctx_;
  duk_idx_t object_;
  bool traps_ = false;
};

}  // namespace

Descriptor ToDescriptor(duk_context* ctx, duk_idx_t index) {
  index = duk_normalize_index(ctx, index);
  RequireObject(ctx, index, "property descriptor");
  Descriptor result;
  FieldReader fields(ctx, index);
  result.has_enumerable = fields.TakeFlag("enumerable", &result.enumerable);
  result.has_configurable =
      fields.TakeFlag("configurable", &result.configurable);
  result.has_value = fields.Take("value");
  result.value = duk_get_top(ctx) - 1;
  result.has_writable = fields.TakeFlag("writable", &result.writable);
  result.has_get = fields.Take("get");
  result.get = duk_get_top(ctx) - 1;
  if (result.has_get && !duk_is_undefined(ctx, -1)) {
    RequireCallable(ctx, -1);
  }
  result.has_set = fields.Take("set");
  result.set = duk_get_top(ctx) - 1;
  if (result.has_set && !duk_is_undefined(ctx, -1)) {
    RequireCallable(ctx, -1);
  }
  if (result.IsAccessor() && result.IsData()) {
    ThrowType(ctx,
              "property descriptor has both accessors and a value or writable");
  }
  return result;
}

void FromDescriptor(duk_context* ctx, const Descriptor& descriptor) {
  duk_push_object(ctx);
  const auto put_bool = [&](bool present, const char* name, bool value) {
    if (present) {
      duk_push_boolean(ctx, value);
      duk_put_prop_string(ctx, -2, name);
    }
  };
  const auto put = [&](bool present, const char* name, duk_idx_t value) {
    if (present) {
      duk_dup(ctx, value);
      duk_put_prop_string(ctx, -2, name);
    }
  };
  put(descriptor.has_value, "value", descriptor.value);
  put_bool(descriptor.has_writable, "writable", descriptor.writable);
  put(descriptor.has_get, "get", descriptor.get);
  put(descriptor.has_set, "set", descriptor.set);
  put_bool(descriptor.has_enumerable, "enumerable", descriptor.enumerable);
  put_bool(descriptor.has_configurable, "configurable",
           descriptor.configurable);
}

bool CreateDataProperty(duk_context* ctx, duk_idx_t object, duk_idx_t key) {
  Descriptor define;
  define.has_value = true;
  define.value = duk_get_top(ctx) - 1;
  define.has_writable = define.writable = true;
  define.has_enumerable = define.enumerable = true;
  define.has_configurable = define.configurable = true;
  const bool done = OpDefineOwn(ctx, object, key, define);
  duk_pop(ctx);
  return done;
}

void CreateDataPropertyOrThrow(duk_context* ctx, duk_idx_t object,
                               duk_idx_t key) {
  object = duk_normalize_index(ctx, object);
  key = duk_normalize_index(ctx, key);
  if (!CreateDataProperty(ctx, object, key)) {
    ThrowType(ctx,
              "Cannot define property, object is not extensible or the "
              "property is not configurable");
  }
}

void CreateIndexOrThrow(duk_context* ctx, duk_idx_t object, double index) {
  object = duk_normalize_index(ctx, object);
  if (internals::PutDense(ctx, duk_get_heapptr(ctx, object), index, true)) {
    return;
  }
  duk_push_number(ctx, index);
  duk_to_string(ctx, -1);
  duk_swap_top(ctx, -2);
  CreateDataPropertyOrThrow(ctx, object, duk_get_top(ctx) - 2);
  duk_pop(ctx);
}

void SetOrThrow(duk_context* ctx, duk_idx_t object, duk_idx_t key) {
  object = duk_normalize_index(ctx, object);
  key = duk_normalize_index(ctx, key);
  if (duk_is_string(ctx, key) &&
      internals::PutOwn(ctx, duk_get_heapptr(ctx, object),
                        duk_get_heapptr(ctx, key))) {
    return;
  }
  const duk_idx_t value = duk_get_top(ctx) - 1;
  if (!OpSet(ctx, object, key, value, object)) {
    ThrowType(ctx, "Cannot assign to read only property");
  }
  duk_pop(ctx);
}

}  // namespace fcc::script
