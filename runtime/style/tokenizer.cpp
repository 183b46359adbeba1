// SPDX-License-Identifier: Apache-2.0

#include "runtime/style/tokenizer.h"

#include <array>

#include "runtime/base/unicode.h"

namespace fcc::style {

namespace {

enum CharClass : uint8_t {
  kNameStart = 1,
  kName = 2,
  kDigit = 4,
  kHexDigit = 8,
  kBlank = 16,
};

}  // namespace

static constexpr std::array<uint8_t, 256> MakeClasses() {
  std::array<uint8_t, 256> classes{};
  for (int c = 0; c < 256; ++c) {
    uint8_t bits = 0;
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    const bool digit = c >= '0' && c <= '9';
    if (letter || c == '_' || c >= 0x80) {
      bits |= kNameStart | kName;
    }
    if (digit) {
      bits |= kName | kDigit | kHexDigit;
    }
    if (c == '-') {
      bits |= kName;
    }
    if ((c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F')) {
      bits |= kHexDigit;
    }
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f') {
      bits |= kBlank;
    }
    classes[static_cast<size_t>(c)] = bits;
  }
  return classes;
}

static constexpr std::array<uint8_t, 256> kClasses = MakeClasses();

static bool Is(unsigned char c, uint8_t char_class) {
  return (kClasses[c] & char_class) != 0;
}

static bool IsNewline(unsigned char c) {
  return c == '\n' || c == '\r' || c == '\f';
}

// Section 4.3.8. At the end of the text a backslash is an escape too.
bool Tokenizer::IsEscape(uint32_t at) const {
  return At(at) == '\\' && !IsNewline(At(at + 1));
}

// Section 4.3.9.
bool Tokenizer::StartsIdent(uint32_t at) const {
  const unsigned char first = At(at);
  if (first == '-') {
    const unsigned char second = At(at + 1);
    return Is(second, kNameStart) || second == '-' || IsEscape(at + 1);
  }
  return Is(first, kNameStart) || IsEscape(at);
}

// Section 4.3.10.
bool Tokenizer::StartsNumber(uint32_t at) const {
  unsigned char first = At(at);
  if (first == '+' || first == '-') {
    first = At(++at);
  }
  return Is(first, kDigit) || (first == '.' && Is(At(at + 1), kDigit));
}

// Not after a word or a colon, where `//` may be half of an address.
bool Tokenizer::LineCommentMayStart() const {
  if (at_ == begin_) {
    return true;
  }
  const unsigned char before = At(at_ - 1);
  return Is(before, kBlank) || before == ';' || before == '{' ||
         before == '}' || before == ',' ||
         (before == '/' && at_ >= begin_ + 2 && At(at_ - 2) == '*');
}

void Tokenizer::ConsumeName(Token& token) {
  const char* data = text_.data();
  const uint32_t size = static_cast<uint32_t>(text_.size());
  while (true) {
    while (at_ < size && Is(static_cast<unsigned char>(data[at_]), kName)) {
      ++at_;
    }
    if (at_ >= size || data[at_] != '\\' || IsNewline(At(at_ + 1))) {
      return;
    }
    token.escaped = true;
    if (++at_ >= size) {
      token.unterminated = true;
      return;
    }
    if (Is(At(at_), kHexDigit)) {
      for (int i = 0; i < 6 && Is(At(at_), kHexDigit); ++i) {
        ++at_;
      }
      if (At(at_) == '\r' && At(at_ + 1) == '\n') {
        at_ += 2;
      } else if (at_ < size && Is(At(at_), kBlank)) {
        ++at_;
      }
    } else {
      // Bytes after the first of a code point are name bytes.
      ++at_;
    }
  }
}

// Section 4.3.12, and the unit after it.
void Tokenizer::ConsumeNumber(Token& token) {
  if (At(at_) == '+' || At(at_) == '-') {
    ++at_;
  }
  while (Is(At(at_), kDigit)) {
    ++at_;
  }
  if (At(at_) == '.' && Is(At(at_ + 1), kDigit)) {
    at_ += 2;
    while (Is(At(at_), kDigit)) {
      ++at_;
    }
  }
  if (At(at_) == 'e' || At(at_) == 'E') {
    const uint32_t sign = At(at_ + 1) == '+' || At(at_ + 1) == '-' ? 1 : 0;
    if (Is(At(at_ + 1 + sign), kDigit)) {
      at_ += 2 + sign;
      while (Is(At(at_), kDigit)) {
        ++at_;
      }
    }
  }
  token.inner = at_;
  if (At(at_) == '%') {
    ++at_;
    token.kind = TokenKind::kPercentage;
  } else if (StartsIdent(at_)) {
    ConsumeName(token);
    token.kind = TokenKind::kDimension;
  } else {
    token.kind = TokenKind::kNumber;
  }
}

// Section 4.3.5.
void Tokenizer::ConsumeString(Token& token) {
  const char* data = text_.data();
  const uint32_t size = static_cast<uint32_t>(text_.size());
  const char quote = data[at_++];
  token.kind = TokenKind::kString;
  token.inner = at_;
  while (at_ < size) {
    const char c = data[at_];
    if (c == quote) {
      ++at_;
      return;
    }
    if (c == '\\') {
      token.escaped = true;
      if (At(at_ + 1) == '\r' && At(at_ + 2) == '\n') {
        ++at_;
      }
      at_ += at_ + 1 < size ? 2 : 1;
      continue;
    }
    if (IsNewline(static_cast<unsigned char>(c))) {
      token.kind = TokenKind::kBadString;
      return;
    }
    ++at_;
  }
  token.unterminated = true;
}

// Section 4.3.6, after `url(`.
void Tokenizer::ConsumeUrl(Token& token) {
  const char* data = text_.data();
  const uint32_t size = static_cast<uint32_t>(text_.size());
  token.kind = TokenKind::kUrl;
  while (Is(At(at_), kBlank)) {
    ++at_;
  }
  token.inner = at_;
  while (at_ < size) {
    const unsigned char c = static_cast<unsigned char>(data[at_]);
    if (c == ')') {
      ++at_;
      return;
    }
    if (Is(c, kBlank)) {
      while (Is(At(at_), kBlank)) {
        ++at_;
      }
      if (At(at_) == ')') {
        ++at_;
        return;
      }
      if (at_ >= size) {
        break;
      }
      token.kind = TokenKind::kBadUrl;
    } else if (c == '\\' && IsEscape(at_)) {
      token.escaped = true;
      at_ += at_ + 1 < size ? 2 : 1;
    } else {
      if (c == '"' || c == '\'' || c == '(' || c == '\\' || c < 0x20 ||
          c == 0x7F) {
        token.kind = TokenKind::kBadUrl;
      }
      ++at_;
    }
  }
  token.unterminated = true;
}

// Section 4.3.4.
void Tokenizer::ConsumeIdentLike(Token& token) {
  const uint32_t begin = at_;
  ConsumeName(token);
  if (At(at_) != '(') {
    token.kind = TokenKind::kIdent;
    return;
  }
  const bool is_url =
      at_ - begin == 3 && EqualsIgnoringCase(text_.substr(begin, 3), "url");
  ++at_;
  token.kind = TokenKind::kFunction;
  if (!is_url) {
    return;
  }
  uint32_t next = at_;
  while (Is(At(next), kBlank)) {
    ++next;
  }
  if (At(next) != '"' && At(next) != '\'') {
    ConsumeUrl(token);
  }
}

void Tokenizer::ConsumeBlockComment(Token& token) {
  token.kind = TokenKind::kComment;
  const size_t end = text_.find("*/", at_ + 2);
  if (end == std::string_view::npos) {
    at_ = static_cast<uint32_t>(text_.size());
    token.unterminated = true;
  } else {
    at_ = static_cast<uint32_t>(end + 2);
  }
}

// Section 4.3.1.
Token Tokenizer::Next() {
  Token token;
  token.span.begin = at_;
  token.inner = at_;
  if (at_ >= text_.size()) {
    token.span.end = at_;
    return token;
  }
  const unsigned char c = static_cast<unsigned char>(text_[at_]);
  token.first = static_cast<char>(c);
  const auto single = [&](TokenKind kind) {
    token.kind = kind;
    ++at_;
  };
  switch (c) {
    case ' ':
    case '\t':
    case '\n':
    case '\r':
    case '\f':
      do {
        ++at_;
      } while (Is(At(at_), kBlank));
      token.kind = TokenKind::kWhitespace;
      break;
    case '"':
    case '\'':
      ConsumeString(token);
      break;
    case '(':
      single(TokenKind::kLeftParen);
      break;
    case ')':
      single(TokenKind::kRightParen);
      break;
    case '[':
      single(TokenKind::kLeftBracket);
      break;
    case ']':
      single(TokenKind::kRightBracket);
      break;
    case '{':
      single(TokenKind::kLeftBrace);
      break;
    case '}':
      single(TokenKind::kRightBrace);
      break;
    case ',':
      single(TokenKind::kComma);
      break;
    case ':':
      single(TokenKind::kColon);
      break;
    case ';':
      single(TokenKind::kSemicolon);
      break;
    case '#':
      ++at_;
      if (Is(At(at_), kName) || IsEscape(at_)) {
        token.kind = TokenKind::kHash;
        token.inner = at_;
        ConsumeName(token);
      } else {
        token.kind = TokenKind::kDelim;
      }
      break;
    case '@':
      ++at_;
      if (StartsIdent(at_)) {
        token.kind = TokenKind::kAtKeyword;
        token.inner = at_;
        ConsumeName(token);
      } else {
        token.kind = TokenKind::kDelim;
      }
      break;
    case '/':
      if (At(at_ + 1) == '*') {
        ConsumeBlockComment(token);
      } else if (At(at_ + 1) == '/' && LineCommentMayStart()) {
        token.kind = TokenKind::kComment;
        token.line_comment = true;
        while (at_ < text_.size() && !IsNewline(At(at_))) {
          ++at_;
        }
      } else {
        single(TokenKind::kDelim);
      }
      break;
    case '+':
    case '.':
      if (StartsNumber(at_)) {
        ConsumeNumber(token);
      } else {
        single(TokenKind::kDelim);
      }
      break;
    case '-':
      if (StartsNumber(at_)) {
        ConsumeNumber(token);
      } else if (At(at_ + 1) == '-' && At(at_ + 2) == '>') {
        at_ += 3;
        token.kind = TokenKind::kCdc;
      } else if (StartsIdent(at_)) {
        ConsumeIdentLike(token);
      } else {
        single(TokenKind::kDelim);
      }
      break;
    case '<':
      if (text_.substr(at_, 4) == "<!--") {
        at_ += 4;
        token.kind = TokenKind::kCdo;
      } else {
        single(TokenKind::kDelim);
      }
      break;
    case '\\':
      if (IsEscape(at_)) {
        ConsumeIdentLike(token);
      } else {
        single(TokenKind::kDelim);
      }
      break;
    default:
      if (Is(c, kNameStart)) {
        ConsumeIdentLike(token);
      } else if (Is(c, kDigit)) {
        ConsumeNumber(token);
      } else {
        single(TokenKind::kDelim);
      }
      break;
  }
  token.span.end = at_;
  return token;
}

std::string_view InnerText(const Token& token, std::string_view text) {
  std::string_view inner =
      text.substr(token.inner, token.span.end - token.inner);
  switch (token.kind) {
    case TokenKind::kFunction:
      inner.remove_suffix(1);
      break;
    case TokenKind::kString:
      if (!token.unterminated) {
        inner.remove_suffix(1);
      }
      break;
    case TokenKind::kUrl:
    case TokenKind::kBadUrl:
      if (!token.unterminated) {
        inner.remove_suffix(1);
      }
      while (!inner.empty() &&
             Is(static_cast<unsigned char>(inner.back()), kBlank)) {
        inner.remove_suffix(1);
      }
      break;
    default:
      break;
  }
  return inner;
}

static uint32_t HexValue(unsigned char c) {
  return c <= '9' ? c - '0' : (c | 0x20u) - 'a' + 10u;
}

std::string Unescape(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  size_t at = 0;
  const auto byte = [&](size_t i) -> unsigned char {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0;
  };
  while (at < text.size()) {
    if (text[at] != '\\') {
      out.push_back(text[at++]);
      continue;
    }
    if (++at >= text.size()) {
      base::AppendUtf8(out, 0xFFFD);
      break;
    }
    if (IsNewline(byte(at))) {
      // In a string, a line that goes on.
      at += byte(at) == '\r' && byte(at + 1) == '\n' ? 2 : 1;
      continue;
    }
    if (!Is(byte(at), kHexDigit)) {
      out.push_back(text[at++]);
      continue;
    }
    uint32_t code_point = 0;
    for (int i = 0; i < 6 && at < text.size() && Is(byte(at), kHexDigit); ++i) {
      code_point = code_point * 16 + HexValue(byte(at++));
    }
    if (byte(at) == '\r' && byte(at + 1) == '\n') {
      at += 2;
    } else if (at < text.size() && Is(byte(at), kBlank)) {
      ++at;
    }
    const bool surrogate = code_point >= 0xD800 && code_point <= 0xDFFF;
    if (code_point == 0 || code_point > 0x10FFFF || surrogate) {
      code_point = 0xFFFD;
    }
    base::AppendUtf8(out, code_point);
  }
  return out;
}

static void AppendHexEscape(std::string& out, unsigned char c) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  out.push_back('\\');
  if (c >= 16) {
    out.push_back(kDigits[c >> 4]);
  }
  out.push_back(kDigits[c & 15]);
  out.push_back(' ');
}

std::string EscapeIdent(std::string_view name) {
  std::string out;
  out.reserve(name.size());
  for (size_t i = 0; i < name.size(); ++i) {
    const unsigned char c = static_cast<unsigned char>(name[i]);
    const bool leads = i == 0 || (i == 1 && name[0] == '-');
    if (c == 0) {
      base::AppendUtf8(out, 0xFFFD);
    } else if (c < 0x20 || c == 0x7F || (leads && Is(c, kDigit))) {
      AppendHexEscape(out, c);
    } else if (!Is(c, kName) || (name.size() == 1 && c == '-')) {
      out.push_back('\\');
      out.push_back(static_cast<char>(c));
    } else {
      out.push_back(static_cast<char>(c));
    }
  }
  return out;
}

bool IsRpx(const Token& token, std::string_view text) {
  if (token.kind != TokenKind::kDimension) {
    return false;
  }
  const std::string_view unit =
      text.substr(token.inner, token.span.end - token.inner);
  return unit.substr(0, 3) == "rpx" && (unit.size() == 3 || unit[3] == '-') &&
         text.substr(token.span.begin, token.inner - token.span.begin)
                 .find_first_of("eE") == std::string_view::npos;
}

bool EqualsIgnoringCase(std::string_view text, std::string_view lower) {
  if (text.size() != lower.size()) {
    return false;
  }
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const char folded = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    if (folded != lower[i]) {
      return false;
    }
  }
  return true;
}

}  // namespace fcc::style
