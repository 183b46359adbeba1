// SPDX-License-Identifier: Apache-2.0
//
// Heap: values made from C++, read by it, and their properties.

#include <algorithm>

#include "runtime/base/check.h"
#include "runtime/script/duktape/entry.h"
#include "runtime/script/duktape/native.h"
#include "runtime/script/duktape/object_ops.h"
#include "runtime/script/heap.h"

namespace fcc::script {

// --- Making values ---

Handle Heap::Global() {
  return Make(*this, [](duk_context* ctx) { duk_push_global_object(ctx); });
}
Handle Heap::Undefined() {
  return Make(*this, [](duk_context* ctx) { duk_push_undefined(ctx); });
}
Handle Heap::Null() {
  return Make(*this, [](duk_context* ctx) { duk_push_null(ctx); });
}
Handle Heap::Boolean(bool boolean) {
  return Make(*this, [&](duk_context* ctx) { duk_push_boolean(ctx, boolean); });
}
Handle Heap::Number(double number) {
  return Make(*this, [&](duk_context* ctx) { duk_push_number(ctx, number); });
}
Handle Heap::String(std::string_view utf8) {
  return Make(*this, [&](duk_context* ctx) { PushUtf8(ctx, utf8); });
}
Handle Heap::NewObject() {
  return Make(*this, [](duk_context* ctx) { duk_push_object(ctx); });
}
Handle Heap::NewArray() {
  return Make(*this, [](duk_context* ctx) { duk_push_array(ctx); });
}
Handle Heap::NewArray(std::span<const Handle> items) {
  return Make(*this, [&](duk_context* ctx) {
    duk_push_array(ctx);
    for (size_t i = 0; i < items.size(); ++i) {
      PushHandle(*engine_, items[i]);
      DefineItem(ctx, -2, static_cast<duk_uarridx_t>(i));
    }
  });
}
Handle Heap::NewDate(double ms) {
  return Make(*this, [&](duk_context* ctx) {
    duk_get_global_string(ctx, "Date");
    duk_push_number(ctx, ms);
    duk_new(ctx, 1);
  });
}
Handle Heap::NewError(ErrorType type, std::string_view message) {
  return Make(*this, [&](duk_context* ctx) { PushError(ctx, type, message); });
}

Heap::PromiseParts Heap::NewPromise() {
  Engine& engine = *engine_;
  CallScope scope(engine);
  const ExemptScope exempt(engine);
  PushPromiseParts(engine.ctx);
  PromiseParts parts;
  parts.reject = Adopt(HoldRoot(engine));
  parts.resolve = Adopt(HoldRoot(engine));
  parts.promise = Adopt(HoldRoot(engine));
  return parts;
}

Handle Heap::WellKnownSymbol(std::string_view name) {
#define FCC_SYMBOL(id, description)                                           \
  if (name == description) {                                                  \
    return Make(*this,                                                        \
                [](duk_context* ctx) { PushSymbol(ctx, WellKnown::k##id); }); \
  }
#include "runtime/script/duktape/symbols.def"
#undef FCC_SYMBOL
  return {};
}

// --- Reading values ---

bool Heap::ToBoolean(const Handle& value) {
  PushHandle(*engine_, value);
  const bool boolean = duk_to_boolean(engine_->ctx, -1) != 0;
  duk_pop(engine_->ctx);
  return boolean;
}

Result<double> Heap::ToNumber(const Handle& value) {
  double number = 0;
  FCC_TRY(RunVoid(*this, [&](duk_context* ctx) {
    PushHandle(*engine_, value);
    number = duk_to_number(ctx, -1);
  }));
  return number;
}

Result<std::string> Heap::ToString(const Handle& value) {
  std::string text;
  FCC_TRY(RunVoid(*this, [&](duk_context* ctx) {
    PushHandle(*engine_, value);
    ToStringAt(ctx, -1);
    text = Utf8At(ctx, -1);
  }));
  return text;
}

double Heap::AsNumber(const Handle& value) {
  PushHandle(*engine_, value);
  const double number = duk_get_number_default(engine_->ctx, -1, 0);
  duk_pop(engine_->ctx);
  return number;
}

std::string Heap::AsString(const Handle& value) {
  PushHandle(*engine_, value);
  std::string text;
  if (duk_is_string(engine_->ctx, -1) && !duk_is_symbol(engine_->ctx, -1)) {
    text = Utf8At(engine_->ctx, -1);
  }
  duk_pop(engine_->ctx);
  return text;
}

bool Heap::StrictEquals(const Handle& left, const Handle& right) {
  PushHandle(*engine_, left);
  PushHandle(*engine_, right);
  const bool equal = duk_strict_equals(engine_->ctx, -2, -1) != 0;
  duk_pop_2(engine_->ctx);
  return equal;
}

uintptr_t Heap::Identity(const Handle& value) {
  PushHandle(*engine_, value);
  const uintptr_t identity =
      duk_is_object(engine_->ctx, -1)
          ? reinterpret_cast<uintptr_t>(duk_get_heapptr(engine_->ctx, -1))
          : 0;
  duk_pop(engine_->ctx);
  return identity;
}

std::string Heap::Inspect(const Handle& value) {
  std::string text;
  const Status status = RunVoid(*this, [&](duk_context* ctx) {
    PushHandle(*engine_, value);
    text = InspectTop(ctx);
  });
  return status ? text : status.error().Summary();
}

// --- Properties ---

Result<Handle> Heap::Get(const Handle& object, std::string_view key) {
  return Run(*this, [&](duk_context* ctx) {
    PushHandle(*engine_, object);
    PushUtf8(ctx, key);
    duk_get_prop(ctx, -2);
  });
}
Result<Handle> Heap::Get(const Handle& object, uint32_t index) {
  return Run(*this, [&](duk_context* ctx) {
    PushHandle(*engine_, object);
    duk_get_prop_index(ctx, -1, index);
  });
}
Result<Handle> Heap::Get(const Handle& object, const Handle& key) {
  return Run(*this, [&](duk_context* ctx) {
    PushHandle(*engine_, object);
    PushHandle(*engine_, key);
    duk_get_prop(ctx, -2);
  });
}
Status Heap::Set(const Handle& object, std::string_view key,
                 const Handle& value) {
  return RunVoid(*this, [&](duk_context* ctx) {
    PushHandle(*engine_, object);
    PushUtf8(ctx, key);
    PushHandle(*engine_, value);
    duk_put_prop(ctx, -3);
  });
}
Status Heap::Set(const Handle& object, uint32_t index, const Handle& value) {
  return RunVoid(*this, [&](duk_context* ctx) {
    PushHandle(*engine_, object);
    PushHandle(*engine_, value);
    duk_put_prop_index(ctx, -2, index);
  });
}
Status Heap::Set(const Handle& object, const Handle& key, const Handle& value) {
  return RunVoid(*this, [&](duk_context* ctx) {
    PushHandle(*engine_, object);
    PushHandle(*engine_, key);
    PushHandle(*engine_, value);
    duk_put_prop(ctx, -3);
  });
}
Result<bool> Heap::Has(const Handle& object, std::string_view key) {
  bool has = false;
  FCC_TRY(RunVoid(*this, [&](duk_context* ctx) {
    PushHandle(*engine_, object);
    PushUtf8(ctx, key);
    has = duk_has_prop(ctx, -2) != 0;
  }));
  return has;
}
Result<bool> Heap::HasOwn(const Handle& object, std::string_view key) {
  bool has = false;
  FCC_TRY(RunVoid(*this, [&](duk_context* ctx) {
    PushHandle(*engine_, object);
    duk_to_object(ctx, -1);
    PushUtf8(ctx, key);
    Descriptor own;
    has = OpGetOwn(ctx, -2, -1, &own);
  }));
  return has;
}
Result<bool> Heap::Delete(const Handle& object, std::string_view key) {
  bool done = false;
  FCC_TRY(RunVoid(*this, [&](duk_context* ctx) {
    PushHandle(*engine_, object);
    RequireObject(ctx, -1, "value");
    PushUtf8(ctx, key);
    done = OpDelete(ctx, -2, -1);
  }));
  return done;
}

static unsigned AttributeFlags(Attributes attributes) {
  return (attributes.writable ? DUK_DEFPROP_W : 0u) |
         (attributes.enumerable ? DUK_DEFPROP_E : 0u) |
         (attributes.configurable ? DUK_DEFPROP_C : 0u);
}

Status Heap::Define(const Handle& object, std::string_view key,
                    const Handle& value, Attributes attributes) {
  return RunVoid(*this, [&](duk_context* ctx) {
    PushHandle(*engine_, object);
    PushUtf8(ctx, key);
    PushHandle(*engine_, value);
    duk_def_prop(ctx, -3,
                 DUK_DEFPROP_HAVE_VALUE | DUK_DEFPROP_HAVE_WEC |
                     AttributeFlags(attributes));
  });
}

Status Heap::DefineAccessor(const Handle& object, std::string_view key,
                            const Handle& getter, const Handle& setter,
                            Attributes attributes) {
  return RunVoid(*this, [&](duk_context* ctx) {
    PushHandle(*engine_, object);
    PushUtf8(ctx, key);
    unsigned flags = DUK_DEFPROP_HAVE_ENUMERABLE |
                     DUK_DEFPROP_HAVE_CONFIGURABLE |
                     (AttributeFlags(attributes) & ~DUK_DEFPROP_W);
    duk_idx_t values = 0;
    if (!getter.empty()) {
      PushHandle(*engine_, getter);
      flags |= DUK_DEFPROP_HAVE_GETTER;
      ++values;
    }
    if (!setter.empty()) {
      PushHandle(*engine_, setter);
      flags |= DUK_DEFPROP_HAVE_SETTER;
      ++values;
    }
    duk_def_prop(ctx, -2 - values, flags);
  });
}

Status Heap::DefineMethod(const Handle& object, std::string_view name,
                          int length, NativeFunction native) {
  return Define(object, name, NewFunction(name, length, std::move(native)),
                kHidden);
}

Result<std::vector<std::string>> Heap::Keys(const Handle& object) {
  std::vector<std::string> keys;
  FCC_TRY(RunVoid(*this, [&](duk_context* ctx) {
    PushHandle(*engine_, object);
    duk_to_object(ctx, -1);
    duk_enum(ctx, -1, DUK_ENUM_OWN_PROPERTIES_ONLY);
    while (duk_next(ctx, -1, 0)) {
      keys.push_back(Utf8At(ctx, -1));
      duk_pop(ctx);
    }
  }));
  return keys;
}

Result<uint32_t> Heap::Length(const Handle& array_like) {
  uint32_t length = 0;
  FCC_TRY(RunVoid(*this, [&](duk_context* ctx) {
    PushHandle(*engine_, array_like);
    length = static_cast<uint32_t>(std::min(LengthOf(ctx, -1), 4294967295.0));
  }));
  return length;
}

Status Heap::Push(const Handle& array, const Handle& item) {
  return RunVoid(*this, [&](duk_context* ctx) {
    PushHandle(*engine_, array);
    const double length = LengthOf(ctx, -1);
    PushHandle(*engine_, item);
    DefineItem(ctx, -2, static_cast<duk_uarridx_t>(length));
  });
}

Result<Handle> Heap::Prototype(const Handle& object) {
  return Run(*this, [&](duk_context* ctx) {
    PushHandle(*engine_, object);
    RequireObject(ctx, -1, "value");
    OpGetPrototype(ctx, -1);
  });
}

Status Heap::SetPrototype(const Handle& object, const Handle& prototype) {
  return RunVoid(*this, [&](duk_context* ctx) {
    PushHandle(*engine_, object);
    RequireObject(ctx, -1, "value");
    PushHandle(*engine_, prototype);
    if (!OpSetPrototype(ctx, -2, -1)) {
      ThrowType(ctx, "Cannot set the prototype of this object");
    }
  });
}

void Heap::SetInternal(const Handle& object, uintptr_t data) {
  CallScope scope(*engine_);
  PushHandle(*engine_, object);
  duk_push_pointer(engine_->ctx, reinterpret_cast<void*>(data));
  PutHidden(engine_->ctx, -2, Key::kInternal);
}

uintptr_t Heap::Internal(const Handle& object) {
  CallScope scope(*engine_);
  PushHandle(*engine_, object);
  if (!PushHidden(engine_->ctx, -1, Key::kInternal)) {
    return 0;
  }
  return reinterpret_cast<uintptr_t>(duk_get_pointer(engine_->ctx, -1));
}

}  // namespace fcc::script
