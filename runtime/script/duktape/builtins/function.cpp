// SPDX-License-Identifier: Apache-2.0
//
// Function.prototype: toString, Symbol.hasInstance; and the Function
// constructor, whose source is lowered like eval's (ECMA-262, 20.2).

#include "runtime/script/duktape/builtins/install.h"
#include "runtime/script/duktape/engine/hooks.h"
#include "runtime/script/duktape/native.h"
#include "runtime/script/duktape/object_ops.h"

namespace fcc::script {

// [ source ] -> [ lowered source ]
static void Lower(duk_context* ctx, SourceKind kind) {
  Engine& engine = EngineOf(ctx);
  const std::string source = Utf8At(ctx, -1);
  const base::Result<std::string> lowered =
      engine.host->LowerSource(source, kind);
  if (!lowered) {
    ThrowSyntax(ctx, lowered.error().message);
  }
  duk_pop(ctx);
  PushUtf8(ctx, *lowered);
}

// Names for source without a file; the texts behind the latest are kept.
static std::string NewEvalName(Engine& engine, std::string_view text) {
  static constexpr size_t kKeptSources = 64;
  std::string name = "eval-" + std::to_string(engine.next_eval++);
  RememberSource(engine, name, text);
  engine.eval_names.push_back(name);
  if (engine.eval_names.size() > kKeptSources) {
    engine.sources.erase(engine.eval_names.front());
    engine.eval_names.pop_front();
  }
  return name;
}

namespace hooks {

void LowerEval(duk_context* ctx) {
  duk_dup(ctx, 0);
  Lower(ctx, SourceKind::kEval);
  duk_replace(ctx, 0);
}

void PushEvalName(duk_context* ctx) {
  const std::string name = NewEvalName(EngineOf(ctx), BytesAt(ctx, 0));
  PushUtf8(ctx, name);
}

}  // namespace hooks

static const char* KindPrefix(SourceKind kind) {
  switch (kind) {
    case SourceKind::kGeneratorFunction:
      return "function*";
    case SourceKind::kAsyncFunction:
      return "async function";
    case SourceKind::kAsyncGeneratorFunction:
      return "async function*";
    case SourceKind::kEval:
    case SourceKind::kFunction:
      break;
  }
  return "function";
}

// CreateDynamicFunction.
static int FunctionConstructor(duk_context* ctx) {
  const auto kind = static_cast<SourceKind>(duk_get_current_magic(ctx));
  const duk_idx_t count = duk_get_top(ctx);
  std::string parameters;
  std::string body;
  for (duk_idx_t i = 0; i < count; ++i) {
    ToStringAt(ctx, i);
    if (i == count - 1) {
      body = Utf8At(ctx, i);
    } else {
      parameters += i == 0 ? "" : ",";
      parameters += Utf8At(ctx, i);
    }
  }
  PushUtf8(ctx, "(" + std::string(KindPrefix(kind)) + " anonymous(" +
                    parameters + "\n) {\n" + body + "\n})");
  Lower(ctx, kind);
  const std::string text(BytesAt(ctx, -1));
  const std::string name = NewEvalName(EngineOf(ctx), text);
  PushUtf8(ctx, name);
  duk_compile_lstring_filename(ctx, DUK_COMPILE_EVAL, text.data(), text.size());
  duk_push_global_object(ctx);
  duk_call_method(ctx, 0);
  RequireCallable(ctx, -1);
  duk_push_literal(ctx, "anonymous");
  DefineValue(ctx, -2, "name", DUK_DEFPROP_C);
  // A subclass of Function gives its own prototype.
  duk_push_new_target(ctx);
  if (duk_is_object(ctx, -1)) {
    duk_push_current_function(ctx);
    if (!duk_strict_equals(ctx, -1, -2)) {
      duk_get_prop_literal(ctx, -2, "prototype");
      if (duk_is_object(ctx, -1)) {
        internals::SetPrototype(ctx, duk_get_heapptr(ctx, -4),
                                duk_get_heapptr(ctx, -1));
      }
      duk_pop(ctx);
    }
    duk_pop(ctx);
  }
  duk_pop(ctx);
  return 1;
}

static int ToStringMethod(duk_context* ctx) {
  duk_push_this(ctx);
  if (!duk_is_callable(ctx, -1)) {
    ThrowType(ctx,
              "Function.prototype.toString requires that 'this' be a "
              "Function");
  }
  void* function = duk_get_heapptr(ctx, -1);
  std::string name;
  if (!internals::IsProxy(function) && !internals::IsBoundFunction(function)) {
    duk_push_literal(ctx, "name");
    internals::OwnProperty property;
    if (internals::GetOwn(ctx, function, duk_get_heapptr(ctx, -1), &property) &&
        duk_is_string(ctx, -1) && !duk_is_symbol(ctx, -1)) {
      name = BytesAt(ctx, -1);
    }
  }
  if (const auto source = internals::SourceOf(ctx, function)) {
    const auto found = EngineOf(ctx).sources.find(source->file);
    if (found != EngineOf(ctx).sources.end()) {
      const SourceText& text = *found->second;
      if (source->begin >= text.prefix &&
          source->end - text.prefix <= text.text.size()) {
        PushUtf8(ctx,
                 std::string_view(text.text).substr(
                     source->begin - text.prefix, source->end - source->begin));
        return 1;
      }
    }
  }
  // The form that NativeFunction syntax prescribes; a name that is no
  // identifier would break it.
  for (const char c : name) {
    const bool word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                      (c >= '0' && c <= '9') || c == '_' || c == '$';
    if (!word) {
      name.clear();
      break;
    }
  }
  const std::string text = "function " + name + "() { [native code] }";
  duk_push_lstring(ctx, text.data(), text.size());
  return 1;
}

// OrdinaryHasInstance.
static int HasInstance(duk_context* ctx) {
  duk_push_this(ctx);
  if (!duk_is_callable(ctx, -1) || !duk_is_object(ctx, 0)) {
    // A bound function asks its target even about primitives: false anyway.
    duk_push_false(ctx);
    return 1;
  }
  if (internals::IsBoundFunction(duk_get_heapptr(ctx, -1))) {
    internals::PushBoundTarget(ctx, duk_get_heapptr(ctx, -1));
    duk_push_boolean(ctx, duk_instanceof(ctx, 0, -1));
    return 1;
  }
  duk_get_prop_literal(ctx, 1, "prototype");
  RequireObject(ctx, 2, "prototype");
  for (;;) {
    CheckTime(ctx);
    OpGetPrototype(ctx, 0);
    if (duk_is_null(ctx, -1)) {
      duk_push_false(ctx);
      return 1;
    }
    if (duk_strict_equals(ctx, -1, 2)) {
      duk_push_true(ctx);
      return 1;
    }
    duk_replace(ctx, 0);
    duk_set_top(ctx, 3);
  }
}

void InstallFunction(duk_context* ctx) {
  PushGlobal(ctx, "Function");
  duk_get_prop_literal(ctx, 0, "prototype");
  SetIntrinsic(ctx, Intrinsic::kFunctionPrototype);
  static constexpr Method kPrototype[] = {{"toString", ToStringMethod, 0}};
  DefineMethods(ctx, kPrototype);
  PushFunction(ctx, {"[Symbol.hasInstance]", HasInstance, 1}, false);
  DefineValue(ctx, 1, "[Symbol.hasInstance]", 0);
  for (const char* name : {"caller", "arguments"}) {
    duk_push_string(ctx, name);
    internals::PushThrower(ctx);
    duk_dup(ctx, -1);
    duk_def_prop(ctx, 1,
                 DUK_DEFPROP_HAVE_GETTER | DUK_DEFPROP_HAVE_SETTER |
                     DUK_DEFPROP_SET_CONFIGURABLE |
                     DUK_DEFPROP_CLEAR_ENUMERABLE | DUK_DEFPROP_FORCE);
  }
  // fileName and lineNumber are Duktape's; name and length stay.
  duk_del_prop_literal(ctx, 1, "fileName");
  duk_del_prop_literal(ctx, 1, "lineNumber");

  const Method constructor{"Function", FunctionConstructor, 1, DUK_VARARGS,
                           static_cast<int>(SourceKind::kFunction)};
  PushFunction(ctx, constructor, true);
  duk_dup(ctx, 1);
  DefineValue(ctx, 2, "prototype", 0);
  duk_dup(ctx, 2);
  DefineHidden(ctx, 1, "constructor");
  duk_push_global_object(ctx);
  duk_dup(ctx, 2);
  DefineHidden(ctx, -2, "Function");
  duk_set_top(ctx, 0);
}

}  // namespace fcc::script
