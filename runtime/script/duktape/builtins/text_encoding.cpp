// SPDX-License-Identifier: Apache-2.0
//
// TextEncoder and TextDecoder for UTF-8, and structuredClone.

#include <cstring>

#include "runtime/base/unicode.h"
#include "runtime/script/duktape/builtins/install.h"
#include "runtime/script/duktape/native.h"

namespace fcc::script {

// The text at `index` as UTF-8 without lone surrogates.
static std::string WellFormed(duk_context* ctx, duk_idx_t index) {
  std::u16string units = Utf16At(ctx, index);
  for (size_t i = 0; i < units.size(); ++i) {
    if (units[i] >= 0xD800 && units[i] < 0xDC00 && i + 1 < units.size() &&
        units[i + 1] >= 0xDC00 && units[i + 1] < 0xE000) {
      ++i;
    } else if (units[i] >= 0xD800 && units[i] < 0xE000) {
      units[i] = 0xFFFD;
    }
  }
  return base::FromUtf16(units);
}

static int EncoderConstructor(duk_context* ctx) {
  if (!duk_is_constructor_call(ctx)) {
    ThrowType(ctx, "Constructor TextEncoder requires 'new'");
  }
  return 0;
}

static int Encode(duk_context* ctx) {
  std::string bytes;
  if (!duk_is_undefined(ctx, 0)) {
    ToStringAt(ctx, 0);
    bytes = WellFormed(ctx, 0);
  }
  void* data = duk_push_fixed_buffer(ctx, bytes.size());
  if (!bytes.empty()) {
    std::memcpy(data, bytes.data(), bytes.size());
  }
  duk_push_buffer_object(ctx, -1, 0, bytes.size(), DUK_BUFOBJ_UINT8ARRAY);
  return 1;
}

static int Utf8Name(duk_context* ctx) {
  duk_push_literal(ctx, "utf-8");
  return 1;
}

static int DecoderConstructor(duk_context* ctx) {
  if (!duk_is_constructor_call(ctx)) {
    ThrowType(ctx, "Constructor TextDecoder requires 'new'");
  }
  if (!duk_is_undefined(ctx, 0)) {
    ToStringAt(ctx, 0);
    const std::string_view label = BytesAt(ctx, 0);
    if (label != "utf-8" && label != "utf8" && label != "UTF-8") {
      ThrowRange(ctx, "TextDecoder: the encoding is not supported");
    }
  }
  duk_push_this(ctx);
  bool fatal = false;
  if (duk_is_object(ctx, 1)) {
    duk_get_prop_literal(ctx, 1, "fatal");
    fatal = duk_to_boolean(ctx, -1) != 0;
    duk_pop(ctx);
  }
  duk_push_boolean(ctx, fatal);
  PutHidden(ctx, -2, Key::kInternal);
  return 0;
}

static int Decode(duk_context* ctx) {
  duk_push_this(ctx);
  bool fatal = false;
  if (PushHidden(ctx, -1, Key::kInternal)) {
    fatal = duk_get_boolean(ctx, -1) != 0;
  }
  if (!duk_is_object(ctx, 0)) {
    duk_push_literal(ctx, "");
    return 1;
  }
  const internals::BufferView view =
      internals::GetBufferView(ctx, duk_get_heapptr(ctx, 0));
  std::string_view bytes(static_cast<const char*>(view.data), view.length);
  if (bytes.starts_with("\xEF\xBB\xBF")) {
    bytes.remove_prefix(3);
  }
  if (fatal) {
    for (size_t at = 0; at < bytes.size();) {
      const base::DecodedCodePoint decoded = base::DecodeUtf8(bytes, at);
      if (!decoded.valid) {
        ThrowType(ctx, "The encoded data was not valid for encoding utf-8");
      }
      at += decoded.size;
    }
  }
  PushUtf8(ctx, bytes);
  return 1;
}

static int StructuredClone(duk_context* ctx) {
  Engine& engine = EngineOf(ctx);
  bool threw = false;
  {
    duk_dup(ctx, 0);
    const Handle value = engine.heap->Adopt(HoldRoot(engine));
    const Result<Handle> copy = engine.heap->CopyTo(*engine.heap, value);
    if (copy.ok()) {
      PushRoot(engine, copy->slot());
    } else if (!copy.error().thrown.empty()) {
      PushRoot(engine, copy.error().thrown.slot());
      threw = true;
    } else {
      PushError(ctx, ErrorType::kTypeError, copy.error().message);
      threw = true;
    }
  }
  return threw ? duk_throw(ctx) : 1;
}

// [ prototype methods ] -> defines the global class.
static void DefineClass(duk_context* ctx, const Method& constructor,
                        std::span<const Method> methods) {
  PushFunction(ctx, constructor, true);
  duk_push_object(ctx);
  DefineMethods(ctx, methods);
  DefineTag(ctx, -1, constructor.name);
  duk_dup(ctx, -2);
  DefineHidden(ctx, -2, "constructor");
  DefineValue(ctx, -2, "prototype", 0);
  duk_push_global_object(ctx);
  duk_swap_top(ctx, -2);
  DefineHidden(ctx, -2, constructor.name);
  duk_pop(ctx);
}

void InstallTextEncoding(duk_context* ctx) {
  if (!EngineOf(ctx).options.web_globals) {
    return;
  }
  static constexpr Method kEncoder[] = {
      {"encode", Encode, 0, 1},
      {"get encoding", Utf8Name, 0},
  };
  static constexpr Method kDecoder[] = {
      {"decode", Decode, 0, 1},
      {"get encoding", Utf8Name, 0},
  };
  DefineClass(ctx, {"TextEncoder", EncoderConstructor, 0}, kEncoder);
  DefineClass(ctx, {"TextDecoder", DecoderConstructor, 0, 2}, kDecoder);
  static constexpr Method kGlobals[] = {
      {"structuredClone", StructuredClone, 1}};
  duk_push_global_object(ctx);
  DefineMethods(ctx, kGlobals);
  duk_set_top(ctx, 0);
}

}  // namespace fcc::script
