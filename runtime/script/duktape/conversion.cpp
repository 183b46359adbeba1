// SPDX-License-Identifier: Apache-2.0
//
// Values between a heap and the world outside of heaps.

#include <unordered_set>

#include "runtime/base/unicode.h"
#include "runtime/script/duktape/builtins.h"
#include "runtime/script/duktape/engine.h"
#include "runtime/script/duktape/native.h"
#include "runtime/script/duktape/object_ops.h"
#include "runtime/value/message.h"
#include "runtime/value/value_json.h"

namespace fcc::script {

using value::Kind;
using value::Value;

// --- In ---

// [ ] -> [ value ]
static void PushValue(Engine& engine, const Value& value) {
  duk_context* ctx = engine.ctx;
  duk_require_stack(ctx, 8);
  switch (value.kind()) {
    case Kind::kUndefined:
      duk_push_undefined(ctx);
      return;
    case Kind::kNull:
      duk_push_null(ctx);
      return;
    case Kind::kBool:
      duk_push_boolean(ctx, value.boolean());
      return;
    case Kind::kNumber:
      duk_push_number(ctx, value.number());
      return;
    case Kind::kString:
      PushUtf8(ctx, value.string());
      return;
    case Kind::kDate:
      PushGlobal(ctx, "Date");
      duk_push_number(ctx, value.number());
      duk_new(ctx, 1);
      return;
    case Kind::kRegExp:
      PushGlobal(ctx, "RegExp");
      PushUtf8(ctx, value.regexp_source());
      PushUtf8(ctx, value.regexp_flags());
      duk_new(ctx, 2);
      return;
    case Kind::kBytes: {
      const std::string_view bytes = value.bytes();
      void* data = duk_push_fixed_buffer(ctx, bytes.size());
      if (!bytes.empty()) {
        std::char_traits<char>::copy(static_cast<char*>(data), bytes.data(),
                                     bytes.size());
      }
      duk_push_buffer_object(ctx, -1, 0, bytes.size(), DUK_BUFOBJ_ARRAYBUFFER);
      duk_remove(ctx, -2);
      return;
    }
    case Kind::kFunction: {
      const value::FunctionRef reference = value.function();
      const auto found = engine.function_roots.find(reference.id);
      if (reference.heap != engine.options.heap_id ||
          found == engine.function_roots.end()) {
        duk_push_undefined(ctx);
      } else {
        PushRoot(engine, found->second);
      }
      return;
    }
    case Kind::kArray: {
      NativeScope scope(ctx);
      duk_push_array(ctx);
      duk_uarridx_t index = 0;
      for (const Value& item : value.array().items) {
        PushValue(engine, item);
        DefineItem(ctx, -2, index++);
      }
      return;
    }
    case Kind::kObject: {
      NativeScope scope(ctx);
      duk_push_object(ctx);
      for (const value::Object::Member& member : value.object().members()) {
        PushUtf8(ctx, member.name());
        PushValue(engine, member.value);
        // Defined, not assigned: `__proto__` is a member like others here.
        duk_def_prop(ctx, -3, DUK_DEFPROP_HAVE_VALUE | DUK_DEFPROP_ATTR_WEC);
      }
      return;
    }
  }
}

// --- Out ---

namespace {

// Takes a value out of a heap; the objects on the way down are known, so that
// a cycle is noticed.
class Reader {
 public:
  explicit Reader(Engine& engine) : engine_(engine), ctx_(engine.ctx) {}

  // [ value ] -> [ ]
  Value Take() {
    switch (duk_get_type(ctx_, -1)) {
      case DUK_TYPE_NULL:
        duk_pop(ctx_);
        return Value::Null();
      case DUK_TYPE_BOOLEAN: {
        const bool boolean = duk_get_boolean(ctx_, -1) != 0;
        duk_pop(ctx_);
        return Value::Bool(boolean);
      }
      case DUK_TYPE_NUMBER: {
        const double number = duk_get_number(ctx_, -1);
        duk_pop(ctx_);
        return Value::Number(number);
      }
      case DUK_TYPE_STRING: {
        if (duk_is_symbol(ctx_, -1)) {
          break;
        }
        Value text = Value::String(Utf8At(ctx_, -1));
        duk_pop(ctx_);
        return text;
      }
      case DUK_TYPE_OBJECT:
        return TakeObject();
      default:
        break;
    }
    duk_pop(ctx_);
    return Value();
  }

 private:
  Value TakeObject() {
    duk_require_stack(ctx_, 16);
    void* object = duk_get_heapptr(ctx_, -1);
    Value result;
    if (duk_is_callable(ctx_, -1)) {
      result = TakeFunction(object);
    } else if (IsArrayAt(ctx_, -1)) {
      result = TakeArray(object);
    } else if (!internals::IsProxy(object)) {
      const int class_number = internals::GetClass(object);
      if (class_number == internals::kClassDate) {
        // Not valueOf: that is the script's to change.
        result = Value::Date(DateValue());
      } else if (class_number == internals::kClassRegExp) {
        result = TakeRegExp();
      } else if (class_number >= internals::kClassArrayBuffer &&
                 class_number <= internals::kClassFloat64Array) {
        result = TakeBytes(object, class_number);
      } else if (class_number == internals::kClassNumber ||
                 class_number == internals::kClassString ||
                 class_number == internals::kClassBoolean) {
        duk_get_prop_literal(ctx_, -1, "valueOf");
        duk_dup(ctx_, -2);
        duk_call_method(ctx_, 0);
        result = duk_is_object(ctx_, -1) ? (duk_pop(ctx_), Value()) : Take();
      } else {
        result = TakeMembers(object);
      }
    } else {
      result = TakeMembers(object);
    }
    duk_pop(ctx_);
    return result;
  }

  double DateValue() {
    PushGlobal(ctx_, "Date");
    duk_get_prop_literal(ctx_, -1, "prototype");
    duk_get_prop_literal(ctx_, -1, "getTime");
    duk_dup(ctx_, -4);
    duk_call_method(ctx_, 0);
    const double ms = duk_get_number(ctx_, -1);
    duk_pop_3(ctx_);
    return ms;
  }

  Value TakeRegExp() {
    duk_get_prop_literal(ctx_, -1, "source");
    duk_get_prop_literal(ctx_, -2, "flags");
    ToStringAt(ctx_, -1);
    ToStringAt(ctx_, -2);
    Value result = Value::RegExp(Utf8At(ctx_, -2), Utf8At(ctx_, -1));
    duk_pop_2(ctx_);
    return result;
  }

  Value TakeBytes(void* object, int class_number) {
    if (class_number > internals::kClassDataView) {
      // A typed array is its numbers, as JSON and setData have it.
      return TakeArray(object);
    }
    const internals::BufferView view = internals::GetBufferView(ctx_, object);
    return Value::Bytes(
        std::string(static_cast<const char*>(view.data), view.length));
  }

  Value TakeFunction(void* function) {
    const auto known = engine_.function_ids.find(function);
    uint32_t id;
    if (known != engine_.function_ids.end()) {
      id = known->second;
    } else {
      id = engine_.next_function++;
      duk_dup(ctx_, -1);
      engine_.function_roots.emplace(id, HoldRoot(engine_));
      engine_.function_ids.emplace(function, id);
    }
    return Value::Function({engine_.options.heap_id, id});
  }

  void Enter(void* object) {
    if (path_.size() >= static_cast<size_t>(value::kMaxDepth)) {
      ThrowRange(ctx_, "value is nested too deep");
    }
    if (!path_.insert(object).second) {
      ThrowType(ctx_, "value is cyclic");
    }
  }

  Value TakeArray(void* object) {
    NativeScope scope(ctx_);
    Enter(object);
    Value result = Value::NewArray();
    const double length = LengthOf(ctx_, -1);
    for (double i = 0; i < length; ++i) {
      CheckTime(ctx_);
      GetIndex(ctx_, -1, i);
      result.MutableArray().items.push_back(Take());
    }
    path_.erase(object);
    return result;
  }

  Value TakeMembers(void* object) {
    NativeScope scope(ctx_);
    Enter(object);
    Value result = Value::NewObject();
    duk_enum(ctx_, -1, DUK_ENUM_OWN_PROPERTIES_ONLY);
    while (duk_next(ctx_, -1, 0)) {
      CheckTime(ctx_);
      Value key = Value::String(Utf8At(ctx_, -1));
      duk_get_prop(ctx_, -3);
      result.MutableObject().Set(std::move(key), Take());
    }
    duk_pop(ctx_);
    path_.erase(object);
    return result;
  }

  Engine& engine_;
  duk_context* ctx_;
  std::unordered_set<void*> path_;
};

}  // namespace

// --- Heap's part ---

// Runs `body` protected; what it throws becomes the result.
template <typename Body>
static Status Guard(Heap& heap, Body&& body) {
  const Handle function =
      heap.NewFunction("", 0, [&](const CallInfo&) -> Result<Handle> {
        body();
        return Handle();
      });
  const Result<Handle> result = heap.Call(function, {}, {});
  if (!result) {
    return result.error();
  }
  return {};
}

Handle Heap::FromValue(const Value& value) {
  duk_context* ctx = engine_->ctx;
  const duk_idx_t top = duk_get_top(ctx);
  duk_check_stack(ctx, 64);
  Protected(ctx, [&](duk_context*) { PushValue(*engine_, value); });
  Handle handle = Adopt(HoldRoot(*engine_));
  duk_set_top(ctx, top);
  return handle;
}

Result<Value> Heap::ToValue(const Handle& value) {
  Value result;
  FCC_TRY(Guard(*this, [&] {
    if (!value.empty()) {
      PushRoot(*engine_, value.slot());
      result = Reader(*engine_).Take();
    }
  }));
  return result;
}

Result<std::string> Heap::ToJson(const Handle& value, int indent) {
  FCC_TRY_ASSIGN(const Handle json, Get(Global(), "JSON"));
  FCC_TRY_ASSIGN(
      const Handle text,
      CallMethod(json, "stringify", {value, Null(), Number(indent)}));
  return text.IsString() ? AsString(text) : std::string();
}

Result<Value> Heap::ToJsonValue(const Handle& value) {
  FCC_TRY_ASSIGN(const std::string text, ToJson(value));
  if (text.empty()) {
    return Value();
  }
  FCC_TRY_ASSIGN(const Handle json, Get(Global(), "JSON"));
  FCC_TRY_ASSIGN(const Handle parsed,
                 CallMethod(json, "parse", {String(text)}));
  return ToValue(parsed);
}

Handle Heap::Function(value::FunctionRef reference) {
  const auto found = engine_->function_roots.find(reference.id);
  if (reference.heap != engine_->options.heap_id ||
      found == engine_->function_roots.end()) {
    return {};
  }
  RetainRoot(*engine_, found->second);
  return Adopt(found->second);
}

void Heap::ReleaseFunction(value::FunctionRef reference) {
  const auto found = engine_->function_roots.find(reference.id);
  if (reference.heap != engine_->options.heap_id ||
      found == engine_->function_roots.end()) {
    return;
  }
  PushRoot(*engine_, found->second);
  engine_->function_ids.erase(duk_get_heapptr(engine_->ctx, -1));
  duk_pop(engine_->ctx);
  ReleaseRoot(*engine_, found->second);
  engine_->function_roots.erase(found);
}

size_t Heap::function_references() const {
  return engine_->function_roots.size();
}

void Heap::ReleaseFunctionsUnless(const std::function<bool(uint32_t)>& keep) {
  std::vector<uint32_t> unwanted;
  for (const auto& [id, root] : engine_->function_roots) {
    if (!keep(id)) {
      unwanted.push_back(id);
    }
  }
  for (const uint32_t id : unwanted) {
    ReleaseFunction({engine_->options.heap_id, id});
  }
}

}  // namespace fcc::script
