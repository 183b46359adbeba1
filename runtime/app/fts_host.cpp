// SPDX-License-Identifier: Apache-2.0

#include "runtime/app/fts_host.h"

#include <array>
#include <utility>

namespace fcc::app {

using script::Handle;
using value::Value;

struct FtsHost::Module {
  // The `module` object; empty until the module is first asked for.
  Handle object;
};

FtsHost::FtsHost(const tmpl::Program& program, FtsHostOptions options)
    : program_(program),
      options_(std::move(options)),
      modules_(program.module_count()) {
  for (uint32_t i = 0; i < program.module_count(); ++i) {
    by_path_.emplace(program.Module(i).path, i);
  }
}

FtsHost::~FtsHost() {
  // Handles must not outlive their heap.
  modules_.clear();
}

script::Heap& FtsHost::heap() {
  if (heap_ == nullptr) {
    script::HeapOptions options;
    options.host = options_.host;
    options.heap_id = options_.heap_id;
    options.memory_limit = options_.memory_limit;
    options.time_limit_ms = options_.time_limit_ms;
    heap_ = script::Heap::Create(options);
  }
  return *heap_;
}

// A value without functions: what crosses between a module and its callers.
static Value WithoutFunctions(const Value& value, int depth = 0) {
  // What is deeper than a message may be comes from no caller of ours.
  constexpr int kMaxDepth = 200;
  if (value.IsFunction() || depth > kMaxDepth) {
    return Value::Null();
  }
  if (value.IsArray()) {
    Value copy = value;
    bool changed = false;
    for (size_t i = 0; i < value.array().items.size(); ++i) {
      Value item = WithoutFunctions(value.array().items[i], depth + 1);
      if (!item.SameAs(value.array().items[i])) {
        copy.MutableArray().items[i] = std::move(item);
        changed = true;
      }
    }
    return changed ? copy : value;
  }
  if (value.IsObject()) {
    Value copy = value;
    bool changed = false;
    for (const value::Object::Member& member : value.object().members()) {
      Value item = WithoutFunctions(member.value, depth + 1);
      if (!item.SameAs(member.value)) {
        copy.MutableObject().Set(member.key, std::move(item));
        changed = true;
      }
    }
    return changed ? copy : value;
  }
  return value;
}

static base::Error ErrorOf(const script::Exception& exception) {
  return {base::ErrorKind::kRefused, exception.Describe()};
}

base::Result<Handle> FtsHost::Exports(uint32_t module) {
  script::Heap& script = heap();
  Handle& object = modules_[module].object;
  if (!object.empty()) {
    // Of a module that is still running (modules may require each other in a
    // circle): what it has given so far.
    auto exports = script.Get(object, "exports");
    return exports ? base::Result<Handle>(*exports)
                   : base::Result<Handle>(ErrorOf(exports.error()));
  }
  object = script.NewObject();
  // Setting a member of a plain object cannot fail.
  (void)script.Set(object, "exports", script.NewObject());
  const Handle require = script.NewFunction(
      "require", 1,
      [this](const script::CallInfo& call) -> script::Result<Handle> {
        const auto found =
            by_path_.find(call.heap().AsString(call.argument(0)));
        if (found == by_path_.end()) {
          return script::ThrowTypeError("there is no such module");
        }
        auto exports = Exports(found->second);
        if (!exports) {
          return exports.error();
        }
        return *exports;
      });
  const tmpl::ModuleView view = program_.Module(module);
  constexpr std::array<std::string_view, 2> kParameters = {"module", "require"};
  const Handle self = object;
  auto function = script.CompileFunction(view.source, view.path, kParameters);
  script::Result<Handle> ran =
      function ? script.Call(*function, script.Undefined(), {self, require})
               : std::move(function);
  if (!ran && options_.on_exception) {
    options_.on_exception(view.path, ran.error());
  }
  auto exports = script.Get(self, "exports");
  return exports ? base::Result<Handle>(*exports)
                 : base::Result<Handle>(ErrorOf(exports.error()));
}

base::Result<Handle> FtsHost::Member(uint32_t module,
                                     std::span<const std::string> path) {
  FCC_TRY_ASSIGN(Handle at, Exports(module));
  for (const std::string& key : path) {
    if (at.IsNullish()) {
      return heap().Undefined();
    }
    auto next = heap().Get(at, key);
    if (!next) {
      return ErrorOf(next.error());
    }
    at = *std::move(next);
  }
  return at;
}

base::Result<Value> FtsHost::Get(uint32_t module,
                                 std::span<const std::string> path) {
  FCC_TRY_ASSIGN(const Handle member, Member(module, path));
  auto result = heap().ToValue(member);
  if (!result) {
    return ErrorOf(result.error());
  }
  return *std::move(result);
}

base::Result<Value> FtsHost::Call(uint32_t module,
                                  std::span<const std::string> path,
                                  std::span<const Value> args) {
  FCC_TRY_ASSIGN(const Handle function, Member(module, path));
  if (!function.IsFunction()) {
    std::string name;
    for (const std::string& key : path) {
      name += (name.empty() ? "" : ".") + key;
    }
    return base::Error{base::ErrorKind::kNotFound, name + " is not a function"};
  }
  std::vector<Handle> handles;
  handles.reserve(args.size());
  for (const Value& arg : args) {
    handles.push_back(heap().FromValue(WithoutFunctions(arg)));
  }
  // `this` is nothing, as the platform has it.
  auto result = heap().Call(function, heap().Undefined(), handles);
  if (!result) {
    return ErrorOf(result.error());
  }
  auto plain = heap().ToValue(*result);
  if (!plain) {
    return ErrorOf(plain.error());
  }
  return WithoutFunctions(*plain);
}

script::Result<Handle> FtsHost::CallFunction(value::FunctionRef function,
                                             std::span<const Handle> args) {
  const Handle handle = heap().Function(function);
  if (handle.empty()) {
    return script::ThrowTypeError("the function is gone");
  }
  return heap().Call(handle, heap().Undefined(), args);
}

}  // namespace fcc::app
