// SPDX-License-Identifier: Apache-2.0

#include "compiler/js/parse/text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <iterator>

#include "runtime/base/unicode.h"

namespace fcc::js {

namespace {

struct CodePointRange {
  uint32_t first;
  uint32_t last;
};

}  // namespace

// Beyond ASCII; derived from the Unicode character database.
static constexpr CodePointRange kIdStart[] = {
#include "compiler/js/parse/id_start.inc"
};
// What ID_Continue has more than ID_Start.
static constexpr CodePointRange kIdContinueOnly[] = {
#include "compiler/js/parse/id_continue.inc"
};

template <size_t kSize>
static bool Contains(const CodePointRange (&ranges)[kSize], uint32_t c) {
  const CodePointRange* found = std::lower_bound(
      std::begin(ranges), std::end(ranges), c,
      [](const CodePointRange& range, uint32_t v) { return range.last < v; });
  return found != std::end(ranges) && found->first <= c;
}

bool IsIdentifierStart(uint32_t c) {
  if (c < 0x80) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '$' ||
           c == '_';
  }
  return Contains(kIdStart, c);
}

bool IsIdentifierPart(uint32_t c) {
  if (c < 0x80) {
    return IsIdentifierStart(c) || (c >= '0' && c <= '9');
  }
  return c == 0x200C || c == 0x200D || Contains(kIdStart, c) ||
         Contains(kIdContinueOnly, c);
}

bool IsIdentifierName(std::string_view text) {
  for (size_t at = 0; at < text.size();) {
    const base::DecodedCodePoint c = base::DecodeUtf8(text, at);
    if (!c.valid || !(at == 0 ? IsIdentifierStart(c.code_point)
                              : IsIdentifierPart(c.code_point))) {
      return false;
    }
    at += c.size;
  }
  return !text.empty();
}

bool IsWordByte(char c) {
  return IsIdentifierPart(static_cast<unsigned char>(c) < 0x80
                              ? static_cast<unsigned char>(c)
                              : 'a');
}

base::Span WordBefore(std::string_view text, uint32_t at) {
  while (at > 0 && (text[at - 1] == ' ' || text[at - 1] == '\n' ||
                    text[at - 1] == '\t' || text[at - 1] == '\r')) {
    --at;
  }
  uint32_t begin = at;
  while (begin > 0 && IsWordByte(text[begin - 1])) {
    --begin;
  }
  return {begin, at};
}

base::Span WordAt(std::string_view text, uint32_t at) {
  uint32_t end = at;
  while (end < text.size() && IsWordByte(text[end])) {
    ++end;
  }
  return {at, end};
}

bool IsReservedWord(std::string_view word) {
  static constexpr std::array<std::string_view, 36> kWords = {
      "break",    "case",    "catch",  "class",      "const", "continue",
      "debugger", "default", "delete", "do",         "else",  "enum",
      "export",   "extends", "false",  "finally",    "for",   "function",
      "if",       "import",  "in",     "instanceof", "new",   "null",
      "return",   "super",   "switch", "this",       "throw", "true",
      "try",      "typeof",  "var",    "void",       "while", "with",
  };
  return word.size() >= 2 && word.size() <= 10 && word[0] >= 'b' &&
         word[0] <= 'w' &&
         std::binary_search(kWords.begin(), kWords.end(), word);
}

bool IsStrictReservedWord(std::string_view word) {
  static constexpr std::array<std::string_view, 9> kWords = {
      "implements", "interface", "let",    "package", "private",
      "protected",  "public",    "static", "yield",
  };
  return std::binary_search(kWords.begin(), kWords.end(), word);
}

static int HexDigit(char c) {
  if (c >= '0' && c <= '9') {
    return c - '0';
  }
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

// After `\u`: four digits or `{…}`. The number of bytes taken; 0 when broken.
static size_t ReadUnicodeEscape(std::string_view text, uint32_t& code_point) {
  code_point = 0;
  if (!text.empty() && text[0] == '{') {
    size_t at = 1;
    for (; at < text.size() && HexDigit(text[at]) >= 0; ++at) {
      code_point = code_point * 16 + static_cast<uint32_t>(HexDigit(text[at]));
      if (code_point > 0x10FFFF) {
        return 0;
      }
    }
    return at > 1 && at < text.size() && text[at] == '}' ? at + 1 : 0;
  }
  if (text.size() < 4) {
    return 0;
  }
  for (size_t at = 0; at < 4; ++at) {
    if (HexDigit(text[at]) < 0) {
      return 0;
    }
    code_point = code_point * 16 + static_cast<uint32_t>(HexDigit(text[at]));
  }
  return 4;
}

bool DecodeIdentifier(std::string_view raw, std::string& out) {
  bool good = !raw.empty();
  for (size_t at = 0; at < raw.size();) {
    uint32_t c = 0;
    size_t size = 0;
    if (raw[at] == '\\') {
      size = raw.substr(at, 2) == "\\u"
                 ? ReadUnicodeEscape(raw.substr(at + 2), c)
                 : 0;
      if (size == 0) {
        return false;
      }
      size += 2;
    } else {
      const base::DecodedCodePoint decoded = base::DecodeUtf8(raw, at);
      c = decoded.code_point;
      size = decoded.size;
      good &= decoded.valid;
    }
    good &= at == 0 ? IsIdentifierStart(c) : IsIdentifierPart(c);
    base::AppendUtf8(out, c);
    at += size;
  }
  return good;
}

// Two halves of a pair that were written apart become one character.
static void AppendCodeUnit(std::string& out, uint32_t c) {
  if (c >= 0xDC00 && c <= 0xDFFF && out.size() >= 3) {
    const base::DecodedCodePoint last = base::DecodeUtf8(out, out.size() - 3);
    if (last.size == 3 && last.code_point >= 0xD800 &&
        last.code_point <= 0xDBFF) {
      out.resize(out.size() - 3);
      base::AppendUtf8(
          out, 0x10000 + ((last.code_point - 0xD800) << 10) + (c - 0xDC00));
      return;
    }
  }
  base::AppendUtf8(out, c);
}

EscapeResult DecodeEscapes(std::string_view raw, EscapeMode mode,
                           std::string& out) {
  EscapeResult result;
  auto fail = [&result](size_t at, size_t size) {
    if (!result.bad) {
      result.bad = true;
      result.at = static_cast<uint32_t>(at);
      result.size = static_cast<uint32_t>(size);
    }
  };
  size_t at = 0;
  while (at < raw.size()) {
    const size_t slash = std::min(raw.find('\\', at), raw.size());
    out.append(raw.substr(at, slash - at));
    at = slash;
    if (at + 1 >= raw.size()) {
      break;
    }
    const char c = raw[at + 1];
    at += 2;
    switch (c) {
      case 'n':
        out += '\n';
        break;
      case 't':
        out += '\t';
        break;
      case 'r':
        out += '\r';
        break;
      case 'b':
        out += '\b';
        break;
      case 'f':
        out += '\f';
        break;
      case 'v':
        out += '\v';
        break;
      case '\r':
        at += at < raw.size() && raw[at] == '\n';
        break;
      case '\n':
        break;
      case 'x': {
        if (at + 1 < raw.size() && HexDigit(raw[at]) >= 0 &&
            HexDigit(raw[at + 1]) >= 0) {
          base::AppendUtf8(out, static_cast<uint32_t>(HexDigit(raw[at]) * 16 +
                                                      HexDigit(raw[at + 1])));
          at += 2;
        } else {
          fail(slash, 2);
        }
        break;
      }
      case 'u': {
        uint32_t code_point = 0;
        const size_t size = ReadUnicodeEscape(raw.substr(at), code_point);
        if (size == 0) {
          fail(slash, 2);
        } else {
          AppendCodeUnit(out, code_point);
          at += size;
        }
        break;
      }
      case '0':
      case '1':
      case '2':
      case '3':
      case '4':
      case '5':
      case '6':
      case '7': {
        const bool digit_follows =
            at < raw.size() && raw[at] >= '0' && raw[at] <= '9';
        if (c == '0' && !digit_follows) {
          out += '\0';
          break;
        }
        if (mode == EscapeMode::kTemplate) {
          fail(slash, 2);
          break;
        }
        result.legacy_octal = true;
        uint32_t value = static_cast<uint32_t>(c - '0');
        const int more = c <= '3' ? 2 : 1;
        for (int i = 0;
             i < more && at < raw.size() && raw[at] >= '0' && raw[at] <= '7';
             ++i) {
          value = value * 8 + static_cast<uint32_t>(raw[at++] - '0');
        }
        base::AppendUtf8(out, value);
        break;
      }
      case '8':
      case '9':
        if (mode == EscapeMode::kTemplate) {
          fail(slash, 2);
        }
        result.legacy_octal = true;
        out += c;
        break;
      default: {
        const base::DecodedCodePoint decoded = base::DecodeUtf8(raw, slash + 1);
        at = slash + 1 + decoded.size;
        // A line break after the backslash is no part of the value.
        if (decoded.code_point != 0x2028 && decoded.code_point != 0x2029) {
          out.append(raw.substr(slash + 1, decoded.size));
        }
        break;
      }
    }
  }
  return result;
}

// Digits of a base that is a power of two, rounded as the specification rounds:
// to nearest, ties to even.
static double ReadPowerOfTwo(std::string_view digits, int bits_per_digit) {
  std::string hex;
  if (bits_per_digit == 4) {
    hex = digits;
  } else {
    std::string bits;
    for (char c : digits) {
      const int digit = HexDigit(c);
      for (int bit = bits_per_digit - 1; bit >= 0; --bit) {
        bits += static_cast<char>('0' + ((digit >> bit) & 1));
      }
    }
    bits.insert(0, (4 - bits.size() % 4) % 4, '0');
    for (size_t i = 0; i < bits.size(); i += 4) {
      const int digit = (bits[i] - '0') * 8 + (bits[i + 1] - '0') * 4 +
                        (bits[i + 2] - '0') * 2 + (bits[i + 3] - '0');
      hex += "0123456789abcdef"[digit];
    }
  }
  double value = 0;
  const std::from_chars_result read = std::from_chars(
      hex.data(), hex.data() + hex.size(), value, std::chars_format::hex);
  return read.ec == std::errc::result_out_of_range ? HUGE_VAL : value;
}

NumberText ReadNumber(std::string_view raw) {
  NumberText number;
  std::string text;
  for (size_t i = 0; i < raw.size(); ++i) {
    if (raw[i] != '_') {
      text += raw[i];
      continue;
    }
    number.bad |= i == 0 || i + 1 == raw.size() || HexDigit(raw[i - 1]) < 0 ||
                  HexDigit(raw[i + 1]) < 0;
  }
  const bool has_separator = text.size() != raw.size();
  if (!text.empty() && text.back() == 'n') {
    text.pop_back();
    number.bigint = true;
    number.digits = text;
  }
  const char prefix =
      text.size() > 1 && text[0] == '0' ? static_cast<char>(text[1] | 0x20) : 0;
  if (prefix == 'x' || prefix == 'o' || prefix == 'b') {
    const int bits = prefix == 'x' ? 4 : prefix == 'o' ? 3 : 1;
    for (char c : text.substr(2)) {
      number.bad |= HexDigit(c) < 0 || HexDigit(c) >= 1 << bits;
    }
    number.bad |= text.size() == 2;
    if (!number.bad) {
      number.value = ReadPowerOfTwo(std::string_view(text).substr(2), bits);
    }
    return number;
  }
  if (text.size() > 1 && text[0] == '0' && text[1] >= '0' && text[1] <= '9') {
    number.legacy_octal = true;
    number.bad |= has_separator || number.bigint;
    if (text.find_first_not_of("01234567") == std::string::npos) {
      number.value = ReadPowerOfTwo(text, 3);
      return number;
    }
    number.bad |= text.find_first_not_of("0123456789") != std::string::npos &&
                  text.find_first_of("89") == std::string::npos;
  } else if (text[0] == '0' && has_separator && raw[1] == '_') {
    number.bad = true;
  }
  const std::from_chars_result read =
      std::from_chars(text.data(), text.data() + text.size(), number.value);
  if (read.ec == std::errc::result_out_of_range) {
    // from_chars leaves the value alone; which way it was out shows in the
    // exponent.
    const size_t exponent = text.find_first_of("eE");
    number.value = exponent != std::string::npos && text[exponent + 1] == '-'
                       ? 0
                       : HUGE_VAL;
  }
  return number;
}

}  // namespace fcc::js
