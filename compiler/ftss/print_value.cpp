// SPDX-License-Identifier: Apache-2.0

#include "compiler/ftss/print_value.h"

#include <array>

#include "compiler/ftss/style_sheet.h"
#include "runtime/style/tokenizer.h"

namespace fcc::ftss {

using style::Token;
using style::Tokenizer;
using style::TokenKind;

// A path of the project that means the same without quotes: the reference
// compiler unquotes those and leaves addresses of the network and data alone.
static bool IsBareAddress(std::string_view address) {
  for (char c : address) {
    if (static_cast<unsigned char>(c) <= ' ' || c == '"' || c == '\'' ||
        c == '(' || c == ')' || c == '\\' || c == 0x7F) {
      return false;
    }
  }
  for (std::string_view start : {"data:", "http:", "https:", "//"}) {
    if (address.starts_with(start)) {
      return false;
    }
  }
  return !address.empty();
}

// The rest of `url("…")` after its `(`; false, with nothing read, when the
// address needs its quotes.
static bool AppendBareAddress(std::string& out, std::string_view text,
                              Tokenizer& tokens) {
  const uint32_t here = tokens.position();
  Token token = tokens.Next();
  while (token.kind == TokenKind::kWhitespace) {
    token = tokens.Next();
  }
  if (token.kind == TokenKind::kString) {
    const std::string_view address = style::InnerText(token, text);
    token = tokens.Next();
    while (token.kind == TokenKind::kWhitespace) {
      token = tokens.Next();
    }
    if (token.kind == TokenKind::kRightParen && IsBareAddress(address)) {
      out += "url(";
      out += address;
      out += ')';
      return true;
    }
  }
  tokens.Rewind(here);
  return false;
}

// `url("x.png")` and `url( x.png )` → `url(x.png)`, as the reference compiler
// writes them. False, with nothing read or written, for any other token.
static bool AppendUrl(std::string& out, std::string_view text,
                      const Token& token, Tokenizer& tokens) {
  if (token.kind == TokenKind::kUrl) {
    out += "url(";
    out += style::InnerText(token, text);
    out += ')';
    return true;
  }
  return token.kind == TokenKind::kFunction &&
         style::EqualsIgnoringCase(style::InnerText(token, text), "url") &&
         AppendBareAddress(out, text, tokens);
}

void AppendFolded(std::string& out, std::string_view text, uint8_t text_flags) {
  if (text_flags == 0) {
    out += text;
    return;
  }
  Tokenizer tokens(text);
  bool blank = false;
  const size_t begin = out.size();
  while (true) {
    const Token token = tokens.Next();
    if (token.kind == TokenKind::kEnd) {
      return;
    }
    if (token.kind == TokenKind::kWhitespace ||
        token.kind == TokenKind::kComment) {
      blank = true;
      continue;
    }
    if (blank && out.size() != begin) {
      out += ' ';
    }
    blank = false;
    if (!AppendUrl(out, text, token, tokens)) {
      out += token.span.In(text);
    }
  }
}

// `+0.50` → `.5`. Only the digits: the unit is the caller's.
static void AppendNumber(std::string& out, std::string_view number) {
  if (number.find_first_of("eE") != std::string_view::npos) {
    out += number;
    return;
  }
  bool negative = false;
  // A plus is kept: it may separate numbers that stand together.
  if (number[0] == '-' || number[0] == '+') {
    negative = number[0] == '-';
    if (!negative) {
      out += '+';
    }
    number.remove_prefix(1);
  }
  const size_t dot = number.find('.');
  std::string_view whole = number.substr(0, dot);
  std::string_view fraction =
      dot == std::string_view::npos ? "" : number.substr(dot + 1);
  while (!whole.empty() && whole.front() == '0') {
    whole.remove_prefix(1);
  }
  while (!fraction.empty() && fraction.back() == '0') {
    fraction.remove_suffix(1);
  }
  if (whole.empty() && fraction.empty()) {
    out += '0';
    return;
  }
  if (negative) {
    out += '-';
  }
  out += whole;
  if (!fraction.empty()) {
    out += '.';
    out += fraction;
  }
}

static bool IsLengthUnit(std::string_view unit) {
  for (std::string_view known :
       {"px", "rpx", "em", "rem", "pt", "vh", "vw", "vmin", "vmax", "cm", "mm",
        "in", "pc", "ex", "ch"}) {
    if (style::EqualsIgnoringCase(unit, known)) {
      return true;
    }
  }
  return false;
}

// In `flex` a bare zero is a factor; custom properties may go anywhere.
static bool TakesBareZero(std::string_view property) {
  return property.find("flex") == std::string_view::npos &&
         !property.starts_with("--");
}

static char Lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

static bool IsHex(std::string_view text) {
  return text.find_first_not_of("0123456789abcdefABCDEF") ==
         std::string_view::npos;
}

// `#AABBCC` → `#abc`.
static void AppendHash(std::string& out, std::string_view hash) {
  const std::string_view digits = hash.substr(1);
  if (digits.size() != 6 || !IsHex(digits)) {
    out += hash;
    return;
  }
  std::array<char, 6> low{};
  for (size_t i = 0; i < 6; ++i) {
    low[i] = Lower(digits[i]);
  }
  out += '#';
  const bool doubled = low[0] == low[1] && low[2] == low[3] && low[4] == low[5];
  for (size_t i = 0; i < 6; i += doubled ? 2 : 1) {
    out += low[i];
  }
}

void AppendMinifiedValue(std::string& out, std::string_view property,
                         std::string_view value) {
  if (property.starts_with("--")) {
    AppendFolded(out, value, kTextComment);
    return;
  }
  Tokenizer tokens(value);
  bool blank = false;
  bool blank_matters = false;
  int functions = 0;
  while (true) {
    const Token token = tokens.Next();
    const std::string_view text = token.span.In(value);
    switch (token.kind) {
      case TokenKind::kEnd:
        return;
      case TokenKind::kWhitespace:
      case TokenKind::kComment:
        blank = true;
        continue;
      case TokenKind::kComma:
      case TokenKind::kRightParen:
        blank = false;
        break;
      default:
        break;
    }
    if (blank && blank_matters) {
      out += ' ';
    }
    blank = false;
    blank_matters = true;
    if (AppendUrl(out, value, token, tokens)) {
      continue;
    }
    switch (token.kind) {
      case TokenKind::kNumber:
        AppendNumber(out, text);
        break;
      case TokenKind::kPercentage:
        AppendNumber(out, text.substr(0, text.size() - 1));
        out += '%';
        break;
      case TokenKind::kDimension: {
        const size_t before = out.size();
        const std::string_view unit =
            value.substr(token.inner, token.span.end - token.inner);
        AppendNumber(out, value.substr(token.span.begin,
                                       token.inner - token.span.begin));
        const bool zero = std::string_view(out).substr(before) == "0";
        if (!zero || functions > 0 || !IsLengthUnit(unit) ||
            !TakesBareZero(property)) {
          out += unit;
        }
        break;
      }
      case TokenKind::kHash:
        AppendHash(out, text);
        break;
      case TokenKind::kFunction:
      case TokenKind::kLeftParen:
        ++functions;
        out += text;
        blank_matters = false;
        break;
      case TokenKind::kRightParen:
        functions -= functions > 0;
        out += text;
        break;
      case TokenKind::kComma:
        out += text;
        blank_matters = false;
        break;
      default:
        out += text;
        break;
    }
  }
}

void AppendMinifiedPrelude(std::string& out, std::string_view prelude) {
  Tokenizer tokens(prelude);
  bool blank = false;
  bool blank_matters = false;
  while (true) {
    const Token token = tokens.Next();
    switch (token.kind) {
      case TokenKind::kEnd:
        return;
      case TokenKind::kWhitespace:
      case TokenKind::kComment:
        blank = true;
        continue;
      case TokenKind::kComma:
      case TokenKind::kColon:
      case TokenKind::kRightParen:
        blank = false;
        break;
      default:
        break;
    }
    if (blank && blank_matters) {
      out += ' ';
    }
    blank = false;
    out += token.span.In(prelude);
    blank_matters = token.kind != TokenKind::kComma &&
                    token.kind != TokenKind::kColon &&
                    token.kind != TokenKind::kLeftParen;
  }
}

}  // namespace fcc::ftss
