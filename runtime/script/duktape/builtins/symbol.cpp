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

void InstallSymbol(duk_context* ctx) {
  PushGlobal(ctx, "Symbol");
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
  duk_get_prop_string(ctx, -1, "prototype");
  SetIntrinsic(ctx, Intrinsic::kSymbolPrototype);
  DefineMethods(ctx, kPrototype);
  PushFunction(ctx, {"[Symbol.toPrimitive]", ToPrimitive, 1}, false);
  DefineValue(ctx, -2, "[Symbol.toPrimitive]", DUK_DEFPROP_C);
  DefineTag(ctx, -1, "Symbol");
  duk_pop_2(ctx);
}

}  // namespace fcc::script
