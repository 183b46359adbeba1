// SPDX-License-Identifier: Apache-2.0
//
// What stands between tokens: blanks, comments, line breaks, and the rule of
// automatic semicolons, which tree-sitter knows by half.

#include "compiler/js/parse/converter.h"
#include "runtime/base/unicode.h"

namespace fcc::js {

static bool IsLineBreak(uint32_t c) {
  return c == '\n' || c == '\r' || c == 0x2028 || c == 0x2029;
}

static bool IsBlank(uint32_t c) {
  return c == ' ' || c == '\t' || c == '\v' || c == '\f' || c == 0xA0 ||
         c == 0xFEFF || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) ||
         c == 0x202F || c == 0x205F || c == 0x3000;
}

bool Converter::HasLineBreak(uint32_t begin, uint32_t end) const {
  for (uint32_t i = begin; i < end; ++i) {
    const unsigned char c = static_cast<unsigned char>(text_[i]);
    if (c == '\n' || c == '\r') {
      return true;
    }
    if (c == 0xE2 && (text_.substr(i, 3) == "\xE2\x80\xA8" ||
                      text_.substr(i, 3) == "\xE2\x80\xA9")) {
      return true;
    }
  }
  return false;
}

uint32_t Converter::SkipTrivia(uint32_t at, bool& line_break) const {
  const uint32_t end = static_cast<uint32_t>(text_.size());
  while (at < end) {
    if (text_[at] == '/' && at + 1 < end && text_[at + 1] == '/') {
      while (at < end && !HasLineBreak(at, at + 1)) {
        ++at;
      }
      continue;
    }
    if (text_[at] == '/' && at + 1 < end && text_[at + 1] == '*') {
      const size_t close = text_.find("*/", at + 2);
      if (close == std::string_view::npos) {
        return at;
      }
      line_break |= HasLineBreak(at, static_cast<uint32_t>(close));
      at = static_cast<uint32_t>(close + 2);
      continue;
    }
    const base::DecodedCodePoint c = base::DecodeUtf8(text_, at);
    if (IsLineBreak(c.code_point)) {
      line_break = true;
    } else if (!IsBlank(c.code_point)) {
      break;
    }
    at += c.size;
  }
  return at;
}

void Converter::CheckStatementEnd(const CstNode& statement) {
  const char last =
      statement.span.empty() ? '\0' : text_[statement.span.end - 1];
  // A line break: where Parse put the `;` that tree-sitter wants.
  if (last == ';' || last == '\n') {
    return;
  }
  bool line_break = false;
  const uint32_t next = SkipTrivia(statement.span.end, line_break);
  const uint32_t end = options_.part.empty()
                           ? static_cast<uint32_t>(text_.size())
                           : options_.part.end;
  if (line_break || next >= end || text_[next] == '}') {
    return;
  }
  if (!module_ && text_.substr(next, 4) == "<!--") {
    return;
  }
  Error(diagnostics::Kind::kJsExpectedSemicolon, {next, next + 1});
}

// `-->` is a comment only where nothing but blanks and comments stands before
// it in its line.
void Converter::CheckHtmlComment(const CstNode& comment) {
  if (module_ || options_.goal == Goal::kModule) {
    Error(diagnostics::Kind::kJsHtmlComment, comment.span);
    return;
  }
  if (Text(comment).substr(0, 3) != "-->") {
    return;
  }
  uint32_t line = comment.span.begin;
  while (line > 0 && !HasLineBreak(line - 1, line)) {
    --line;
    if (static_cast<unsigned char>(text_[line]) >= 0x80 && line >= 2 &&
        HasLineBreak(line - 2, line + 1)) {
      ++line;
      break;
    }
  }
  bool line_break = false;
  uint32_t at = line;
  // The line may begin inside a comment of several lines.
  const size_t close = text_.substr(0, comment.span.begin).rfind("*/");
  const size_t open = text_.substr(0, comment.span.begin).rfind("/*");
  if (close != std::string_view::npos && close >= line &&
      open != std::string_view::npos && open < line) {
    at = static_cast<uint32_t>(close + 2);
  }
  if (SkipTrivia(at, line_break) != comment.span.begin) {
    ErrorUnexpected({comment.span.begin, comment.span.begin + 3});
  }
}

}  // namespace fcc::js
