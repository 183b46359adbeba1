// SPDX-License-Identifier: Apache-2.0
//
// Structured copies from one heap into another: what postMessage would carry.
// Shared objects and cycles stay shared; functions and symbols are refused.

#include <cstring>
#include <unordered_map>

#include "runtime/script/duktape/builtins.h"
#include "runtime/script/duktape/engine.h"
#include "runtime/script/duktape/native.h"
#include "runtime/script/duktape/object_ops.h"

namespace fcc::script {

namespace {

class Copier {
 public:
  Copier(Engine& from, Engine& to)
      : target_(to), from_(from.ctx), to_(to.ctx) {}
  ~Copier() {
    for (const auto& [object, root] : copies_) {
      ReleaseRoot(target_, root);
    }
  }

  // The value on top of the source: [ value ] -> [ ]; [ ] -> [ copy ] there.
  void Copy() {
    duk_require_stack(to_, 16);
    switch (duk_get_type(from_, -1)) {
      case DUK_TYPE_NULL:
        duk_push_null(to_);
        break;
      case DUK_TYPE_BOOLEAN:
        duk_push_boolean(to_, duk_get_boolean(from_, -1));
        break;
      case DUK_TYPE_NUMBER:
        duk_push_number(to_, duk_get_number(from_, -1));
        break;
      case DUK_TYPE_STRING: {
        if (duk_is_symbol(from_, -1)) {
          ThrowType(from_, "a Symbol could not be cloned");
        }
        const std::string_view bytes = BytesAt(from_, -1);
        duk_push_lstring(to_, bytes.data(), bytes.size());
        break;
      }
      case DUK_TYPE_OBJECT:
        CopyObject();
        break;
      default:
        duk_push_undefined(to_);
        break;
    }
    duk_pop(from_);
  }

 private:
  void Remember(void* object) {
    duk_dup(to_, -1);
    copies_.emplace(object, HoldRoot(target_));
  }

  // A string property of the object on top, as it is read by a script.
  std::string Text(const char* name) {
    duk_get_prop_string(from_, -1, name);
    std::string text;
    if (duk_is_string(from_, -1) && !duk_is_symbol(from_, -1)) {
      text = Utf8At(from_, -1);
    }
    duk_pop(from_);
    return text;
  }

  void CopyObject() {
    NativeScope scope(from_);
    duk_require_stack(from_, 16);
    void* object = duk_get_heapptr(from_, -1);
    if (const auto known = copies_.find(object); known != copies_.end()) {
      PushRoot(target_, known->second);
      return;
    }
    if (duk_is_callable(from_, -1)) {
      ThrowType(from_, "a function could not be cloned");
    }
    if (internals::IsProxy(object)) {
      ThrowType(from_, "a proxy could not be cloned");
    }
    const int class_number = internals::GetClass(object);
    if (IsArrayAt(from_, -1)) {
      duk_push_array(to_);
      Remember(object);
      CopyMembers();
    } else if (class_number == internals::kClassDate) {
      duk_get_prop_string(from_, -1, "getTime");
      duk_dup(from_, -2);
      duk_call_method(from_, 0);
      PushGlobal(to_, "Date");
      duk_push_number(to_, duk_get_number(from_, -1));
      duk_new(to_, 1);
      duk_pop(from_);
      Remember(object);
    } else if (class_number == internals::kClassRegExp) {
      PushGlobal(to_, "RegExp");
      PushUtf8(to_, Text("source"));
      PushUtf8(to_, Text("flags"));
      duk_new(to_, 2);
      Remember(object);
    } else if (class_number >= internals::kClassArrayBuffer &&
               class_number <= internals::kClassFloat64Array) {
      CopyBuffer(object, class_number);
    } else if (class_number == internals::kClassError) {
      CopyError(object);
    } else if (IsMapAt(from_, -1) || IsSetAt(from_, -1)) {
      CopyCollection(object, IsMapAt(from_, -1));
    } else if (class_number == internals::kClassNumber ||
               class_number == internals::kClassString ||
               class_number == internals::kClassBoolean) {
      duk_get_prop_string(from_, -1, "valueOf");
      duk_dup(from_, -2);
      duk_call_method(from_, 0);
      Copy();
      duk_to_object(to_, -1);
      Remember(object);
    } else {
      duk_push_object(to_);
      Remember(object);
      CopyMembers();
    }
  }

  void CopyMembers() {
    duk_enum(from_, -1, DUK_ENUM_OWN_PROPERTIES_ONLY);
    while (duk_next(from_, -1, 0)) {
      CheckTime(from_);
      const std::string_view key = BytesAt(from_, -1);
      duk_push_lstring(to_, key.data(), key.size());
      duk_get_prop(from_, -3);
      Copy();
      duk_def_prop(to_, -3, DUK_DEFPROP_HAVE_VALUE | DUK_DEFPROP_ATTR_WEC);
    }
    duk_pop(from_);
  }

  void CopyBuffer(void* object, int class_number) {
    const internals::BufferView view = internals::GetBufferView(from_, object);
    void* data = duk_push_fixed_buffer(to_, view.length);
    if (view.length != 0) {
      std::memcpy(data, view.data, view.length);
    }
    static constexpr duk_uint_t kKinds[] = {
        DUK_BUFOBJ_ARRAYBUFFER,       DUK_BUFOBJ_DATAVIEW,
        DUK_BUFOBJ_INT8ARRAY,         DUK_BUFOBJ_UINT8ARRAY,
        DUK_BUFOBJ_UINT8CLAMPEDARRAY, DUK_BUFOBJ_INT16ARRAY,
        DUK_BUFOBJ_UINT16ARRAY,       DUK_BUFOBJ_INT32ARRAY,
        DUK_BUFOBJ_UINT32ARRAY,       DUK_BUFOBJ_FLOAT32ARRAY,
        DUK_BUFOBJ_FLOAT64ARRAY};
    duk_push_buffer_object(to_, -1, 0, view.length,
                           kKinds[class_number - internals::kClassArrayBuffer]);
    duk_remove(to_, -2);
    Remember(object);
  }

  void CopyError(void* object) {
    static constexpr const char* kNames[] = {"EvalError",      "RangeError",
                                             "ReferenceError", "SyntaxError",
                                             "TypeError",      "URIError"};
    const std::string name = Text("name");
    const char* constructor = "Error";
    for (const char* known : kNames) {
      if (name == known) {
        constructor = known;
      }
    }
    PushGlobal(to_, constructor);
    PushUtf8(to_, Text("message"));
    duk_new(to_, 1);
    PushUtf8(to_, Text("stack"));
    DefineHidden(to_, -2, "stack");
    Remember(object);
  }

  void CopyCollection(void* object, bool map) {
    PushGlobal(to_, map ? "Map" : "Set");
    duk_new(to_, 0);
    Remember(object);
    ForEachOf(from_, -1, [&] {
      duk_push_string(to_, map ? "set" : "add");
      if (map) {
        duk_get_prop_index(from_, -1, 0);
        Copy();
        duk_get_prop_index(from_, -1, 1);
        Copy();
      } else {
        duk_dup(from_, -1);
        Copy();
      }
      duk_call_prop(to_, map ? -4 : -3, map ? 2 : 1);
      duk_pop(to_);
    });
  }

  Engine& target_;
  duk_context* from_;
  duk_context* to_;
  std::unordered_map<void*, uint32_t> copies_;
};

}  // namespace

Result<Handle> Heap::CopyTo(Heap& other, const Handle& value) {
  Engine& target = other.engine();
  duk_context* to = target.ctx;
  const duk_idx_t top = duk_get_top(to);
  duk_check_stack(to, 64);
  Handle copy;
  // What goes wrong while reading is thrown in this heap; the other one only
  // makes values, and running out of memory there is seen as the same.
  const Handle reader =
      NewFunction("", 0, [&](const CallInfo&) -> Result<Handle> {
        PushRoot(*engine_, value.slot());
        Copier(*engine_, target).Copy();
        return Handle();
      });
  bool copied = false;
  Result<Handle> result = Handle();
  const bool returned = Protected(to, [&](duk_context* inner) {
    result = Call(reader, {}, {});
    copied = result.ok();
    if (!copied) {
      duk_push_undefined(inner);
    }
  });
  if (returned && copied) {
    copy = other.Adopt(HoldRoot(target));
  }
  duk_set_top(to, top);
  if (!returned) {
    return ThrowTypeError("the value could not be copied");
  }
  if (!copied) {
    return result.error();
  }
  return copy;
}

}  // namespace fcc::script
