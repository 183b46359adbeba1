// SPDX-License-Identifier: Apache-2.0
//
// Literals as text.

#include "compiler/js/print_internal.h"
#include "runtime/base/format.h"
#include "runtime/base/json.h"
#include "runtime/base/unicode.h"

namespace fcc::js {

std::string PrintNumber(double value, bool compact) {
  std::string text = base::NumberToString(value);
  if (!compact) {
    return text;
  }
  if (text.substr(0, 2) == "0.") {
    text.erase(0, 1);
  }
  const size_t e = text.find("e+");
  if (e != std::string::npos) {
    text.erase(e + 1, 1);
  } else if (text.find_first_of(".e") == std::string::npos) {
    size_t zeros = 0;
    while (zeros + 1 < text.size() && text[text.size() - 1 - zeros] == '0') {
      ++zeros;
    }
    if (zeros > 2) {
      text = text.substr(0, text.size() - zeros) + "e" + std::to_string(zeros);
    }
  }
  return text;
}

void AppendEscapedUnit(std::string& out, uint32_t unit) {
  out += base::format("\\u{:04x}", unit);
}

std::string WithEscapedSurrogates(std::string_view text) {
  std::string out;
  for (size_t at = 0; at < text.size();) {
    if (text[at] == '\xED' && at + 2 < text.size() &&
        static_cast<unsigned char>(text[at + 1]) >= 0xA0) {
      AppendEscapedUnit(out, base::DecodeUtf8(text, at).code_point);
      at += 3;
    } else {
      out += text[at++];
    }
  }
  return out;
}

// What cannot stand as it is in a literal of that quote. Lone surrogates must
// be escaped: no UTF-8 text can hold them.
static void AppendLiteralText(std::string& out, std::string_view text,
                              char quote, bool ascii_only) {
  for (size_t at = 0; at < text.size();) {
    const unsigned char c = static_cast<unsigned char>(text[at]);
    if (c >= 0x20 && c < 0x7F && c != '\\' &&
        c != static_cast<unsigned char>(quote)) {
      // `</script` would end a script in a page.
      if (c == '<' && text.substr(at, 8) == "</script") {
        out += "<\\/script";
        at += 8;
        continue;
      }
      out += static_cast<char>(c);
      ++at;
      continue;
    }
    if (c == static_cast<unsigned char>(quote) || c == '\\') {
      out += '\\';
      out += static_cast<char>(c);
      ++at;
      continue;
    }
    if (c < 0x80) {
      ++at;
      switch (c) {
        case '\n':
          out += "\\n";
          break;
        case '\r':
          out += "\\r";
          break;
        case '\t':
          out += "\\t";
          break;
        case '\b':
          out += "\\b";
          break;
        case '\f':
          out += "\\f";
          break;
        case '\v':
          out += "\\v";
          break;
        case 0:
          out += at < text.size() && text[at] >= '0' && text[at] <= '9'
                     ? "\\x00"
                     : "\\0";
          break;
        default:
          out += base::format("\\x{:02x}", c);
          break;
      }
      continue;
    }
    const base::DecodedCodePoint decoded = base::DecodeUtf8(text, at);
    const uint32_t code_point = decoded.code_point;
    const bool must = (code_point >= 0xD800 && code_point <= 0xDFFF) ||
                      code_point == 0x2028 || code_point == 0x2029 ||
                      code_point == 0xFEFF;
    if (!must && !ascii_only) {
      out.append(text.substr(at, decoded.size));
    } else if (code_point > 0xFFFF) {
      AppendEscapedUnit(out, 0xD800 + ((code_point - 0x10000) >> 10));
      AppendEscapedUnit(out, 0xDC00 + ((code_point - 0x10000) & 0x3FF));
    } else {
      AppendEscapedUnit(out, code_point);
    }
    at += decoded.size;
  }
}

std::string QuoteString(std::string_view value, bool ascii_only) {
  size_t singles = 0;
  size_t doubles = 0;
  for (char c : value) {
    singles += c == '\'';
    doubles += c == '"';
  }
  const char quote = doubles > singles ? '\'' : '"';
  std::string out(1, quote);
  AppendLiteralText(out, value, quote, ascii_only);
  return out + quote;
}

}  // namespace fcc::js
