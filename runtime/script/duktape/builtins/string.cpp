// SPDX-License-Identifier: Apache-2.0
//
// String (ECMA-262, 22.1): what Duktape lacks or has in its ES5 form. charAt,
// charCodeAt, indexOf, slice, substring, case conversion and their like stay
// the engine's.

#include <algorithm>
#include <cmath>

#include "runtime/base/unicode.h"
#include "runtime/script/duktape/builtins/install.h"
#include "runtime/script/duktape/builtins/string_replace.h"
#include "runtime/script/duktape/builtins/string_size.h"
#include "runtime/script/duktape/native.h"
#include "runtime/script/duktape/object_ops.h"

namespace fcc::script {

static constexpr double kMaxLength = (1 << 29) - 24;

// `this` as a string behind the arguments: its index.
static duk_idx_t This(duk_context* ctx, const char* method) {
  PushThisString(ctx, method);
  return duk_get_top(ctx) - 1;
}

static bool IsSpace(char16_t c) {
  return c == u' ' || (c >= 9 && c <= 13) || c == 0xA0 || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 ||
         c == 0x202F || c == 0x205F || c == 0x3000 || c == 0xFEFF;
}

// --- Searching ---

// Arguments: the text looked for and a position. Regular expressions are
// refused, which leaves room for a meaning later.
static std::u16string SearchText(duk_context* ctx, const char* method) {
  if (IsRegExpAt(ctx, 0)) {
    ThrowType(ctx, std::string("First argument to String.prototype.") + method +
                       " must not be a regular expression");
  }
  ToStringAt(ctx, 0);
  return Utf16At(ctx, 0);
}

static int Includes(duk_context* ctx) {
  const duk_idx_t self = This(ctx, "includes");
  const std::u16string wanted = SearchText(ctx, "includes");
  const std::u16string text = Utf16At(ctx, self);
  const double start =
      std::clamp(ToIntegerAt(ctx, 1), 0.0, static_cast<double>(text.size()));
  duk_push_boolean(ctx, text.find(wanted, static_cast<size_t>(start)) !=
                            std::u16string::npos);
  return 1;
}

static int StartsWith(duk_context* ctx) {
  const duk_idx_t self = This(ctx, "startsWith");
  const std::u16string wanted = SearchText(ctx, "startsWith");
  const std::u16string text = Utf16At(ctx, self);
  const double start =
      std::clamp(ToIntegerAt(ctx, 1), 0.0, static_cast<double>(text.size()));
  duk_push_boolean(ctx, std::u16string_view(text)
                            .substr(static_cast<size_t>(start))
                            .starts_with(wanted));
  return 1;
}

static int EndsWith(duk_context* ctx) {
  const duk_idx_t self = This(ctx, "endsWith");
  const std::u16string wanted = SearchText(ctx, "endsWith");
  const std::u16string text = Utf16At(ctx, self);
  const double size = static_cast<double>(text.size());
  const double end = duk_is_undefined(ctx, 1)
                         ? size
                         : std::clamp(ToIntegerAt(ctx, 1), 0.0, size);
  duk_push_boolean(ctx, std::u16string_view(text)
                            .substr(0, static_cast<size_t>(end))
                            .ends_with(wanted));
  return 1;
}

static int At(duk_context* ctx) {
  const duk_idx_t self = This(ctx, "at");
  const double size = static_cast<double>(duk_get_length(ctx, self));
  double index = ToIntegerAt(ctx, 0);
  index = index < 0 ? size + index : index;
  if (index < 0 || index >= size) {
    return 0;
  }
  duk_dup(ctx, self);
  duk_substring(ctx, -1, static_cast<duk_size_t>(index),
                static_cast<duk_size_t>(index + 1));
  return 1;
}

static int CodePointAt(duk_context* ctx) {
  const duk_idx_t self = This(ctx, "codePointAt");
  const double size = static_cast<double>(duk_get_length(ctx, self));
  const double index = ToIntegerAt(ctx, 0);
  if (index < 0 || index >= size) {
    return 0;
  }
  const auto at = static_cast<duk_size_t>(index);
  uint32_t code = static_cast<uint32_t>(duk_char_code_at(ctx, self, at));
  if (code >= 0xD800 && code < 0xDC00 && index + 1 < size) {
    const uint32_t trail =
        static_cast<uint32_t>(duk_char_code_at(ctx, self, at + 1));
    if (trail >= 0xDC00 && trail < 0xE000) {
      code = 0x10000 + ((code - 0xD800) << 10) + (trail - 0xDC00);
    }
  }
  duk_push_uint(ctx, code);
  return 1;
}

// --- Making ---

static int Repeat(duk_context* ctx) {
  const duk_idx_t self = This(ctx, "repeat");
  const double count = ToIntegerAt(ctx, 0);
  const std::string_view text = BytesAt(ctx, self);
  if (count < 0 || std::isinf(count)) {
    ThrowRange(ctx, "Invalid count value");
  }
  if (text.empty() || count == 0) {
    duk_push_literal(ctx, "");
    return 1;
  }
  if (static_cast<double>(text.size()) * count > kMaxLength) {
    ThrowRange(ctx, "Invalid string length");
  }
  CheckStringSize(ctx, text.size() * static_cast<size_t>(count));
  std::string out;
  out.reserve(text.size() * static_cast<size_t>(count));
  for (double i = 0; i < count; ++i) {
    out += text;
  }
  duk_push_lstring(ctx, out.data(), out.size());
  return 1;
}

static int Pad(duk_context* ctx) {
  const bool at_end = duk_get_current_magic(ctx) == 1;
  const duk_idx_t self = This(ctx, at_end ? "padEnd" : "padStart");
  const double wanted = ToLengthAt(ctx, 0);
  const double size = static_cast<double>(duk_get_length(ctx, self));
  std::u16string filler = u" ";
  if (!duk_is_undefined(ctx, 1)) {
    ToStringAt(ctx, 1);
    filler = Utf16At(ctx, 1);
  }
  if (wanted <= size || filler.empty()) {
    duk_dup(ctx, self);
    return 1;
  }
  if (wanted > kMaxLength) {
    ThrowRange(ctx, "Invalid string length");
  }
  CheckStringSize(ctx, static_cast<size_t>(wanted));
  std::u16string fill;
  const auto missing = static_cast<size_t>(wanted - size);
  while (fill.size() < missing) {
    fill += filler;
  }
  fill.resize(missing);
  const std::u16string text = Utf16At(ctx, self);
  PushUtf16(ctx, at_end ? text + fill : fill + text);
  return 1;
}

enum TrimEnds { kTrimStart = 1, kTrimEnd = 2 };

static int Trim(duk_context* ctx) {
  const int ends = duk_get_current_magic(ctx);
  const duk_idx_t self = This(ctx, "trim");
  const std::u16string text = Utf16At(ctx, self);
  size_t begin = 0;
  size_t end = text.size();
  while ((ends & kTrimStart) != 0 && begin < end && IsSpace(text[begin])) {
    ++begin;
  }
  while ((ends & kTrimEnd) != 0 && end > begin && IsSpace(text[end - 1])) {
    --end;
  }
  PushUtf16(ctx, std::u16string_view(text).substr(begin, end - begin));
  return 1;
}

static int FromCodePoint(duk_context* ctx) {
  const duk_idx_t count = duk_get_top(ctx);
  std::string out;
  for (duk_idx_t i = 0; i < count; ++i) {
    const double number = duk_is_symbol(ctx, i) ? (ToIntegerAt(ctx, i), 0)
                                                : duk_to_number(ctx, i);
    if (!(number >= 0 && number <= 0x10FFFF) || number != std::trunc(number)) {
      ThrowRange(ctx, "Invalid code point");
    }
    const auto code = static_cast<uint32_t>(number);
    if (code >= 0x10000) {
      base::AppendUtf8(out, 0xD800 + ((code - 0x10000) >> 10));
      base::AppendUtf8(out, 0xDC00 + ((code - 0x10000) & 0x3FF));
    } else {
      base::AppendUtf8(out, code);
    }
  }
  duk_push_lstring(ctx, out.data(), out.size());
  return 1;
}

static int Raw(duk_context* ctx) {
  const duk_idx_t count = duk_get_top(ctx);
  if (count == 0 || duk_is_null_or_undefined(ctx, 0)) {
    ThrowType(ctx, "Cannot convert undefined or null to object");
  }
  duk_to_object(ctx, 0);
  duk_get_prop_literal(ctx, 0, "raw");
  duk_to_object(ctx, -1);
  const duk_idx_t raw = duk_get_top(ctx) - 1;
  const double length = LengthOf(ctx, raw);
  std::string out;
  for (double i = 0; i < length; ++i) {
    CheckTime(ctx);
    GetIndex(ctx, raw, i);
    ToStringAt(ctx, -1);
    out += BytesAt(ctx, -1);
    duk_pop(ctx);
    if (i + 1 < length && i + 1 < count) {
      duk_dup(ctx, static_cast<duk_idx_t>(i) + 1);
      ToStringAt(ctx, -1);
      out += BytesAt(ctx, -1);
      duk_pop(ctx);
    }
    CheckStringSize(ctx, out.size());
  }
  duk_push_lstring(ctx, out.data(), out.size());
  return 1;
}

// --- Patterns ---

// Hands on to the method that the argument at 0 has under `symbol`; the other
// arguments follow. True when it did, with the result on top.
static bool Delegate(duk_context* ctx, WellKnown symbol, duk_idx_t extra) {
  duk_push_this(ctx);
  if (duk_is_null_or_undefined(ctx, -1)) {
    ThrowType(ctx, "String method called on null or undefined");
  }
  const duk_idx_t self = duk_get_top(ctx) - 1;
  // What a script puts on the prototypes of primitives is not asked.
  if (!duk_is_object(ctx, 0)) {
    return false;
  }
  if (!GetMethod(ctx, 0, symbol)) {
    duk_pop(ctx);
    return false;
  }
  duk_dup(ctx, 0);
  duk_dup(ctx, self);
  if (extra >= 0) {
    duk_dup(ctx, extra);
  }
  duk_call_method(ctx, extra >= 0 ? 2 : 1);
  return true;
}

enum PatternKind { kMatch, kMatchAll, kSearch };

static int PatternMethod(duk_context* ctx) {
  const int kind = duk_get_current_magic(ctx);
  const WellKnown symbol = kind == kMatch      ? WellKnown::kMatch
                           : kind == kMatchAll ? WellKnown::kMatchAll
                                               : WellKnown::kSearch;
  if (kind == kMatchAll) {
    duk_push_this(ctx);
    if (duk_is_null_or_undefined(ctx, -1)) {
      ThrowType(ctx, "String.prototype.matchAll called on null or undefined");
    }
    duk_pop(ctx);
    if (IsRegExpAt(ctx, 0)) {
      duk_get_prop_literal(ctx, 0, "flags");
      if (duk_is_null_or_undefined(ctx, -1)) {
        ThrowType(ctx, "flags of undefined");
      }
      ToStringAt(ctx, -1);
      if (BytesAt(ctx, -1).find('g') == std::string_view::npos) {
        ThrowType(ctx,
                  "String.prototype.matchAll called with a non-global "
                  "RegExp argument");
      }
      duk_pop(ctx);
    }
  }
  if (Delegate(ctx, symbol, -1)) {
    return 1;
  }
  // [ pattern this ]
  ToStringAt(ctx, 1);
  PushGlobal(ctx, "RegExp");
  duk_dup(ctx, 0);
  if (kind == kMatchAll) {
    duk_push_literal(ctx, "g");
  }
  duk_new(ctx, kind == kMatchAll ? 2 : 1);
  PushSymbol(ctx, symbol);
  duk_get_prop(ctx, -2);
  duk_swap_top(ctx, -2);
  duk_dup(ctx, 1);
  duk_call_method(ctx, 1);
  return 1;
}

static int Replace(duk_context* ctx) {
  const bool all = duk_get_current_magic(ctx) == 1;
  if (all) {
    duk_push_this(ctx);
    if (duk_is_null_or_undefined(ctx, -1)) {
      ThrowType(ctx, "String.prototype.replaceAll called on null or undefined");
    }
    duk_pop(ctx);
    if (IsRegExpAt(ctx, 0)) {
      duk_get_prop_literal(ctx, 0, "flags");
      if (duk_is_null_or_undefined(ctx, -1)) {
        ThrowType(ctx, "flags of undefined");
      }
      ToStringAt(ctx, -1);
      if (BytesAt(ctx, -1).find('g') == std::string_view::npos) {
        ThrowType(ctx, "replaceAll must be called with a global RegExp");
      }
      duk_pop(ctx);
    }
  }
  if (Delegate(ctx, WellKnown::kReplace, 1)) {
    return 1;
  }
  ToStringAt(ctx, 2);
  ToStringAt(ctx, 0);
  const bool functional = IsCallable(ctx, 1);
  if (!functional) {
    ToStringAt(ctx, 1);
  }
  const std::u16string text = Utf16At(ctx, 2);
  const std::u16string wanted = Utf16At(ctx, 0);
  std::u16string out;
  size_t done = 0;
  size_t at = text.find(wanted);
  if (at == std::u16string::npos) {
    duk_dup(ctx, 2);
    return 1;
  }
  while (at != std::u16string::npos) {
    CheckTime(ctx);
    out.append(text, done, at - done);
    if (functional) {
      duk_dup(ctx, 1);
      duk_push_undefined(ctx);
      duk_dup(ctx, 0);
      duk_push_number(ctx, static_cast<double>(at));
      duk_dup(ctx, 2);
      duk_call_method(ctx, 3);
      ToStringAt(ctx, -1);
      out += Utf16At(ctx, -1);
      duk_pop(ctx);
    } else {
      out += Substitute(
          ctx,
          {.matched = wanted, .text = text, .position = at, .replacement = 1});
    }
    CheckStringSize(ctx, out.size());
    done = at + wanted.size();
    if (!all) {
      break;
    }
    const size_t next = at + std::max<size_t>(wanted.size(), 1);
    at = next > text.size() ? std::u16string::npos : text.find(wanted, next);
  }
  out.append(text, done);
  PushUtf16(ctx, out);
  return 1;
}

static int Split(duk_context* ctx) {
  if (Delegate(ctx, WellKnown::kSplit, 1)) {
    return 1;
  }
  ToStringAt(ctx, 2);
  const uint32_t limit =
      duk_is_undefined(ctx, 1) ? 0xFFFFFFFF : duk_to_uint32(ctx, 1);
  const bool whole = duk_is_undefined(ctx, 0) != 0;
  ToStringAt(ctx, 0);
  duk_push_array(ctx);
  if (limit == 0) {
    return 1;
  }
  if (whole) {
    duk_dup(ctx, 2);
    DefineItem(ctx, 3, 0);
    return 1;
  }
  duk_uarridx_t count = 0;
  const std::string_view text = BytesAt(ctx, 2);
  const std::string_view separator = BytesAt(ctx, 0);
  if (separator.empty()) {
    const std::u16string units = Utf16At(ctx, 2);
    for (size_t i = 0; i < units.size() && count < limit; ++i) {
      CheckTime(ctx);
      PushUtf16(ctx, std::u16string_view(units).substr(i, 1));
      DefineItem(ctx, 3, count++);
    }
    return 1;
  }
  // A search by bytes is one by characters in this encoding.
  size_t begin = 0;
  while (count < limit) {
    CheckTime(ctx);
    const size_t at = text.find(separator, begin);
    const size_t end = at == std::string_view::npos ? text.size() : at;
    duk_push_lstring(ctx, text.data() + begin, end - begin);
    DefineItem(ctx, 3, count++);
    if (at == std::string_view::npos) {
      break;
    }
    begin = at + separator.size();
  }
  return 1;
}

// --- Comparing ---

static int LocaleCompare(duk_context* ctx) {
  const duk_idx_t self = This(ctx, "localeCompare");
  ToStringAt(ctx, 0);
  const std::u16string left = Utf16At(ctx, self);
  const std::u16string right = Utf16At(ctx, 0);
  // Differs: letters without their case first, then lower case before upper,
  // as collations do for Latin; others by code unit, no tailoring.
  const auto fold = [](char16_t c) -> char16_t {
    return c >= u'A' && c <= u'Z' ? static_cast<char16_t>(c + 32) : c;
  };
  int result = 0;
  const size_t common = std::min(left.size(), right.size());
  for (size_t i = 0; i < common && result == 0; ++i) {
    const int difference = fold(left[i]) - fold(right[i]);
    result = difference < 0 ? -1 : difference > 0 ? 1 : 0;
  }
  if (result == 0 && left.size() != right.size()) {
    result = left.size() < right.size() ? -1 : 1;
  }
  for (size_t i = 0; i < common && result == 0; ++i) {
    result = left[i] == right[i] ? 0 : left[i] > right[i] ? -1 : 1;
  }
  duk_push_int(ctx, result);
  return 1;
}

// --- Annex B ---

static int Html(duk_context* ctx) {
  static constexpr struct {
    const char* tag;
    const char* attribute;
  } kTags[] = {{"a", "name"}, {"big", ""},       {"blink", ""},    {"b", ""},
               {"tt", ""},    {"font", "color"}, {"font", "size"}, {"i", ""},
               {"a", "href"}, {"small", ""},     {"strike", ""},   {"sub", ""},
               {"sup", ""}};
  const auto& tag = kTags[duk_get_current_magic(ctx)];
  const duk_idx_t self = This(ctx, tag.tag);
  std::string out = std::string("<") + tag.tag;
  if (tag.attribute[0] != '\0') {
    ToStringAt(ctx, 0);
    out += std::string(" ") + tag.attribute + "=\"";
    for (const char c : BytesAt(ctx, 0)) {
      if (c == '"') {
        out += "&quot;";
      } else {
        out += c;
      }
    }
    out += '"';
  }
  out += '>';
  out += BytesAt(ctx, self);
  out += std::string("</") + tag.tag + ">";
  duk_push_lstring(ctx, out.data(), out.size());
  return 1;
}

static constexpr Method kStatics[] = {
    {"fromCodePoint", FromCodePoint, 1, DUK_VARARGS},
    {"raw", Raw, 1, DUK_VARARGS},
};

static constexpr Method kPrototype[] = {
    {"anchor", Html, 1, 1, 0},
    {"at", At, 1},
    {"big", Html, 0, 0, 1},
    {"blink", Html, 0, 0, 2},
    {"bold", Html, 0, 0, 3},
    {"codePointAt", CodePointAt, 1},
    {"endsWith", EndsWith, 1, 2},
    {"fixed", Html, 0, 0, 4},
    {"fontcolor", Html, 1, 1, 5},
    {"fontsize", Html, 1, 1, 6},
    {"includes", Includes, 1, 2},
    {"italics", Html, 0, 0, 7},
    {"link", Html, 1, 1, 8},
    {"localeCompare", LocaleCompare, 1},
    {"match", PatternMethod, 1, 1, kMatch},
    {"matchAll", PatternMethod, 1, 1, kMatchAll},
    {"padEnd", Pad, 1, 2, 1},
    {"padStart", Pad, 1, 2},
    {"repeat", Repeat, 1},
    {"replace", Replace, 2},
    {"replaceAll", Replace, 2, 2, 1},
    {"search", PatternMethod, 1, 1, kSearch},
    {"small", Html, 0, 0, 9},
    {"split", Split, 2},
    {"startsWith", StartsWith, 1, 2},
    {"strike", Html, 0, 0, 10},
    {"sub", Html, 0, 0, 11},
    {"sup", Html, 0, 0, 12},
    {"trim", Trim, 0, 0, kTrimStart | kTrimEnd},
    {"trimEnd", Trim, 0, 0, kTrimEnd},
    {"trimStart", Trim, 0, 0, kTrimStart},
};

void InstallString(duk_context* ctx) {
  PushGlobal(ctx, "String");
  DefineMethods(ctx, kStatics);
  duk_get_prop_literal(ctx, 0, "prototype");
  DefineMethods(ctx, kPrototype);
  for (const auto& [alias, name] : {std::pair("trimLeft", "trimStart"),
                                    std::pair("trimRight", "trimEnd")}) {
    duk_get_prop_string(ctx, 1, name);
    DefineHidden(ctx, 1, alias);
  }
  duk_set_top(ctx, 0);
}

}  // namespace fcc::script
