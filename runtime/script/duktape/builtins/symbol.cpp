// SPDX-License-Identifier: Apache-2.0
//
// Symbol: the well-known symbols that Duktape lacks, description, and
// Symbol.prototype's odds and ends.

#include "runtime/script/duktape/builtins/install.h"
#include "runtime/script/duktape/native.h"
#include "runtime/script/duktape/object_ops.h"

namespace fcc::script {

// [ ] -> [ symbol ]: `this` as a symbol primitive.
static void PushThisSymbol(duk_context* ctx) {
  duk_push_this(ctx);
  if (duk_is_symbol(ctx, -1)) {
    return;
  }
  if (duk_is_object(ctx, -1)) {
    void* object = duk_get_heapptr(ctx, -1);
    if (!internals::IsProxy(object) &&
        internals::GetClass(object) == internals::kClassSymbol) {
      // The engine keeps it under a key of its own.
      duk_get_prop_string(ctx, -1,
                          "\x82"
                          "Value");
      duk_remove(ctx, -2);
      return;
    }
  }
  ThrowType(ctx, "not a symbol");
}

namespace hooks {

bool IsUnscopable(duk_context* ctx) {
  bool hides = false;
  PushSymbol(ctx, WellKnown::kUnscopables);
  duk_get_prop(ctx, -3);
  if (duk_is_object(ctx, -1)) {
    duk_dup(ctx, -2);
    duk_get_prop(ctx, -2);
    hides = duk_to_boolean(ctx, -1) != 0;
    duk_pop(ctx);
  }
  duk_pop_3(ctx);
  return hides;
}

}  // namespace hooks

static int Description(duk_context* ctx) {
  PushThisSymbol(ctx);
  // 0x80 or 0x81, the text, and for local symbols 0xff and a number.
  const std::string_view bytes = BytesAt(ctx, -1);
  std::string_view text = bytes.substr(1);
  if (static_cast<unsigned char>(bytes[0]) == 0x81) {
    const size_t end = text.find('\xff');
    const std::string_view suffix = text.substr(end);
    text = text.substr(0, end);
    // A second 0xff at the end marks a symbol without description.
    if (text.empty() && suffix.size() > 1 && suffix.back() == '\xff') {
      return 0;
    }
  }
  duk_push_lstring(ctx, text.data(), text.size());
  return 1;
}

static int ToPrimitive(duk_context* ctx) {
  PushThisSymbol(ctx);
  return 1;
}

static int ValueOf(duk_context* ctx) {
  PushThisSymbol(ctx);
  return 1;
}

static int ToStringMethod(duk_context* ctx) {
  PushThisSymbol(ctx);
  const std::string_view bytes = BytesAt(ctx, -1);
  std::string_view text = bytes.substr(1);
  if (static_cast<unsigned char>(bytes[0]) == 0x81) {
    text = text.substr(0, text.find('\xff'));
  }
  const std::string shown = "Symbol(" + std::string(text) + ")";
  duk_push_lstring(ctx, shown.data(), shown.size());
  return 1;
}

static constexpr Method kPrototype[] = {
    {"get description", Description, 0},
    {"toString", ToStringMethod, 0},
    {"valueOf", ValueOf, 0},
};

// The engine's function makes the symbol; this one is a constructor that
// cannot be used as one, which subclasses need.
static int Constructor(duk_context* ctx) {
  if (duk_is_constructor_call(ctx)) {
    ThrowType(ctx, "Symbol is not a constructor");
  }
  PushRoot(EngineOf(ctx), EngineOf(ctx).symbol_native_root);
  if (duk_is_undefined(ctx, 0)) {
    duk_call(ctx, 0);
  } else {
    ToStringAt(ctx, 0);
    duk_dup(ctx, 0);
    duk_call(ctx, 1);
  }
  return 1;
}

// [ ] -> [ Symbol ]
static void PushConstructor(duk_context* ctx) {
  PushGlobal(ctx, "Symbol");
  PushFunction(ctx, {"Symbol", Constructor, 0, 1}, true);
  OpOwnKeys(ctx, 0);
  const auto count = static_cast<duk_uarridx_t>(duk_get_length(ctx, -1));
  for (duk_uarridx_t i = 0; i < count; ++i) {
    duk_get_prop_index(ctx, 2, i);
    const std::string_view key = BytesAt(ctx, -1);
    if (key != "length" && key != "name") {
      Descriptor own;
      OpGetOwn(ctx, 0, 3, &own);
      OpDefineOwn(ctx, 1, 3, own);
    }
    duk_set_top(ctx, 3);
  }
  duk_pop(ctx);
  duk_get_prop_literal(ctx, 1, "prototype");
  duk_dup(ctx, 1);
  DefineHidden(ctx, -2, "constructor");
  duk_pop(ctx);
  duk_dup(ctx, 0);
  EngineOf(ctx).symbol_native_root = HoldRoot(EngineOf(ctx));
  duk_push_global_object(ctx);
  duk_dup(ctx, 1);
  DefineHidden(ctx, -2, "Symbol");
  duk_pop(ctx);
  duk_remove(ctx, 0);
}

void InstallSymbol(duk_context* ctx) {
  PushConstructor(ctx);
  static constexpr const char* kNames[] = {
#define FCC_SYMBOL(name, description) description,
#include "runtime/script/duktape/symbols.def"
#undef FCC_SYMBOL
  };
  for (size_t i = 0; i < std::size(kNames); ++i) {
    if (!duk_has_prop_string(ctx, -1, kNames[i])) {
      const std::string bytes = std::string("\x81Symbol.") + kNames[i] + "\xff";
      duk_push_lstring(ctx, bytes.data(), bytes.size());
      duk_dup(ctx, -1);
      DefineValue(ctx, -3, kNames[i], 0);
    } else {
      duk_get_prop_string(ctx, -1, kNames[i]);
    }
    EngineOf(ctx).symbols[i] = duk_get_heapptr(ctx, -1);
    HoldRoot(EngineOf(ctx));
  }
  duk_get_prop_literal(ctx, -1, "prototype");
  SetIntrinsic(ctx, Intrinsic::kSymbolPrototype);
  DefineMethods(ctx, kPrototype);
  PushFunction(ctx, {"[Symbol.toPrimitive]", ToPrimitive, 1}, false);
  DefineValue(ctx, -2, "[Symbol.toPrimitive]", DUK_DEFPROP_C);
  DefineTag(ctx, -1, "Symbol");
  duk_pop_2(ctx);
}

}  // namespace fcc::script
