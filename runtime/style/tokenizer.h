// SPDX-License-Identifier: Apache-2.0
//
// CSS Syntax Level 3, section 4: text to tokens. One tokenizer serves the
// compiler (whole sheets) and the runtime (inline styles, selectors that an app
// asks for), so both read the same language. Nothing is copied: a token is a
// span of the text. Two departures, each flagged on the token:
// Differs: comments are tokens (section 4.3.2 drops them), because printers
// need to know where text was joined.
// Differs: `//` to the end of the line is a comment where a comment can stand;
// real sheets carry them and the reference compiler takes them.

#ifndef FCC_RUNTIME_STYLE_TOKENIZER_H_
#define FCC_RUNTIME_STYLE_TOKENIZER_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "runtime/base/span.h"

namespace fcc::style {

enum class TokenKind : uint8_t {
  kEnd,
  kWhitespace,
  kComment,
  kIdent,
  // `name(`.
  kFunction,
  // `@name`.
  kAtKeyword,
  // `#name`.
  kHash,
  kString,
  kBadString,
  // `url(` with an unquoted address, up to its `)`.
  kUrl,
  kBadUrl,
  kNumber,
  kPercentage,
  kDimension,
  kCdo,
  kCdc,
  kColon,
  kSemicolon,
  kComma,
  kLeftBracket,
  kRightBracket,
  kLeftParen,
  kRightParen,
  kLeftBrace,
  kRightBrace,
  // Any other single code point.
  kDelim,
};

struct Token {
  TokenKind kind = TokenKind::kEnd;
  // The first byte: tells delimiters apart.
  char first = 0;
  // An escape stands in it: the name is not its text.
  bool escaped = false;
  // A string, comment, url or escape that ran into the end of the text; a
  // comment written with `//`.
  bool unterminated = false;
  bool line_comment = false;
  base::Span span;
  // Where the name, the text or the unit begins: after `@`, `#`, a quote,
  // `url(` and its blanks, or a dimension's number.
  uint32_t inner = 0;
};

class Tokenizer {
 public:
  explicit Tokenizer(std::string_view text)
      : Tokenizer(text, {0, static_cast<uint32_t>(text.size())}) {}
  // The part `span` of `text`; tokens keep offsets of the whole text.
  Tokenizer(std::string_view text, base::Span span)
      : text_(text.substr(0, span.end)), begin_(span.begin), at_(span.begin) {}

  Token Next();
  uint32_t position() const { return at_; }
  // Goes back (or on) to a place where a token begins.
  void Rewind(uint32_t position) { at_ = position; }
  std::string_view text() const { return text_; }

 private:
  unsigned char At(size_t offset) const {
    return offset < text_.size() ? static_cast<unsigned char>(text_[offset])
                                 : 0;
  }
  bool StartsIdent(uint32_t at) const;
  bool StartsNumber(uint32_t at) const;
  bool IsEscape(uint32_t at) const;
  bool LineCommentMayStart() const;
  void ConsumeName(Token& token);
  void ConsumeNumber(Token& token);
  void ConsumeIdentLike(Token& token);
  void ConsumeString(Token& token);
  void ConsumeUrl(Token& token);
  void ConsumeBlockComment(Token& token);

  std::string_view text_;
  uint32_t begin_;
  uint32_t at_;
};

// The inner text of an identifier-like token, hash, string or url, without the
// closing quote or parenthesis and the blanks before it.
std::string_view InnerText(const Token& token, std::string_view text);
// A name or string with its escapes undone (section 4.3.7).
std::string Unescape(std::string_view text);
// A name as a sheet has to spell it (CSSOM, "serialize an identifier").
std::string EscapeIdent(std::string_view name);
// A dimension in rpx: lower case, no exponent. In `1rpx-2rpx`, one token of
// CSS, the reference compiler sees two.
bool IsRpx(const Token& token, std::string_view text);
// ASCII case-insensitive; `lower` is in lower case.
bool EqualsIgnoringCase(std::string_view text, std::string_view lower);

}  // namespace fcc::style

#endif  // FCC_RUNTIME_STYLE_TOKENIZER_H_
