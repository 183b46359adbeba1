// SPDX-License-Identifier: Apache-2.0
//
// String.prototype.normalize and well-formedness. Differs: of the canonical
// forms, characters below U+3100 (Latin, Greek, Cyrillic, kana, …) and Hangul
// are known; of the compatibility forms, full-width and half-width ASCII and
// the ideographic space. Others stay as they are. Marks are not reordered.

#include <algorithm>

#include "runtime/script/duktape/builtins/install.h"
#include "runtime/script/duktape/native.h"

namespace fcc::script {

namespace {

struct Composition {
  char16_t composed;
  char16_t first;
  char16_t second;
};
constexpr Composition kCompositions[] = {
#include "runtime/script/duktape/builtins/compositions.def"
};

constexpr char16_t kSyllables = 0xAC00;
constexpr char16_t kLeads = 0x1100;
constexpr char16_t kVowels = 0x1161;
constexpr char16_t kTails = 0x11A7;

void Decompose(char16_t c, bool compatible, std::u16string& out) {
  if (compatible) {
    if (c >= 0xFF01 && c <= 0xFF5E) {
      c = static_cast<char16_t>(c - 0xFEE0);
    } else if (c == 0x3000 || c == 0xA0) {
      c = u' ';
    }
  }
  if (c >= kSyllables && c < kSyllables + 11172) {
    const int index = c - kSyllables;
    out += static_cast<char16_t>(kLeads + index / 588);
    out += static_cast<char16_t>(kVowels + index % 588 / 28);
    if (index % 28 != 0) {
      out += static_cast<char16_t>(kTails + index % 28);
    }
    return;
  }
  const auto* found = std::lower_bound(
      std::begin(kCompositions), std::end(kCompositions), c,
      [](const Composition& row, char16_t key) { return row.composed < key; });
  if (found == std::end(kCompositions) || found->composed != c) {
    out += c;
    return;
  }
  Decompose(found->first, compatible, out);
  out += found->second;
}

// The character that two make, or 0.
char16_t Compose(char16_t first, char16_t second) {
  if (first >= kLeads && first < kLeads + 19 && second >= kVowels &&
      second < kVowels + 21) {
    return static_cast<char16_t>(
        kSyllables + ((first - kLeads) * 21 + (second - kVowels)) * 28);
  }
  if (first >= kSyllables && first < kSyllables + 11172 &&
      (first - kSyllables) % 28 == 0 && second > kTails &&
      second < kTails + 28) {
    return static_cast<char16_t>(first + (second - kTails));
  }
  for (const Composition& row : kCompositions) {
    if (row.first == first && row.second == second) {
      return row.composed;
    }
  }
  return 0;
}

}  // namespace

static int Normalize(duk_context* ctx) {
  PushThisString(ctx, "normalize");
  std::string form = "NFC";
  if (!duk_is_undefined(ctx, 0)) {
    ToStringAt(ctx, 0);
    form = BytesAt(ctx, 0);
  }
  if (form != "NFC" && form != "NFD" && form != "NFKC" && form != "NFKD") {
    ThrowRange(ctx,
               "The normalization form should be one of NFC, NFD, NFKC, "
               "NFKD");
  }
  if (internals::IsAscii(duk_get_heapptr(ctx, 1))) {
    return 1;
  }
  const bool compatible = form.find('K') != std::string::npos;
  std::u16string parts;
  for (const char16_t c : Utf16At(ctx, 1)) {
    Decompose(c, compatible, parts);
  }
  if (form.back() == 'D') {
    PushUtf16(ctx, parts);
    return 1;
  }
  std::u16string out;
  for (const char16_t c : parts) {
    const char16_t composed = out.empty() ? u'\0' : Compose(out.back(), c);
    if (composed != 0) {
      out.back() = composed;
    } else {
      out += c;
    }
  }
  PushUtf16(ctx, out);
  return 1;
}

enum WellFormedness { kTest, kRepair };

static int WellFormed(duk_context* ctx) {
  const bool repairs = duk_get_current_magic(ctx) == kRepair;
  PushThisString(ctx, "toWellFormed");
  std::u16string text = Utf16At(ctx, 0);
  bool good = true;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool lead = text[i] >= 0xD800 && text[i] < 0xDC00;
    const bool pair = lead && i + 1 < text.size() && text[i + 1] >= 0xDC00 &&
                      text[i + 1] < 0xE000;
    if (pair) {
      ++i;
    } else if (lead || (text[i] >= 0xDC00 && text[i] < 0xE000)) {
      good = false;
      text[i] = 0xFFFD;
    }
  }
  if (repairs) {
    PushUtf16(ctx, text);
  } else {
    duk_push_boolean(ctx, good);
  }
  return 1;
}

static constexpr Method kPrototype[] = {
    {"isWellFormed", WellFormed, 0, 0, kTest},
    {"normalize", Normalize, 0, 1},
    {"toWellFormed", WellFormed, 0, 0, kRepair},
};

void InstallNormalize(duk_context* ctx) {
  PushGlobal(ctx, "String");
  duk_get_prop_literal(ctx, 0, "prototype");
  DefineMethods(ctx, kPrototype);
  duk_set_top(ctx, 0);
}

}  // namespace fcc::script
