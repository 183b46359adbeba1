// SPDX-License-Identifier: Apache-2.0

#include "compiler/fxml/text.h"

#include <algorithm>
#include <string>

namespace fcc::fxml {

using tmpl::Op;
using tmpl::ValueKind;

void TextReader::AddLiteral(uint32_t begin) {
  if (begin != r_.at) {
    literals_.push_back({begin, r_.at});
  }
}

void TextReader::Read() {
  const char* data = r_.text.data();
  const auto size = static_cast<uint32_t>(r_.text.size());
  uint32_t begin = r_.at;
  // Most of it is indentation.
  while (r_.at < size && IsOf(data[r_.at], kBlank)) {
    special_ |= data[r_.at] == '\r';
    ++r_.at;
  }
  while (r_.at < size && data[r_.at] != '<') {
    const char c = data[r_.at];
    if (c == '{' && r_.at + 1 < size && data[r_.at + 1] == '{') {
      // A `\` before it is no escape.
      AddLiteral(begin);
      if (!open_) {
        open_ = true;
        parts_ = 0;
        begin_ = literals_.empty() ? r_.at : literals_.front().begin;
        r_.writer.BeginExpression();
      }
      EmitLiterals();
      ReadMustache(r_, ExpressionContext::kValue, '\0');
      CountPart(r_.writer, parts_);
      begin = r_.at;
    } else {
      special_ |= c == '\\' || c == '\r';
      blank_ = blank_ && IsOf(c, kBlank);
      ++r_.at;
    }
  }
  AddLiteral(begin);
}

// The letter behind an odd number of backslashes; '\0' when it is none that
// stands for a control character.
static char ControlOf(char letter) {
  switch (letter) {
    case 'n':
      return '\n';
    case 't':
      return '\t';
    case 'r':
      return '\r';
    default:
      return '\0';
  }
}

// Behind an even number of backslashes an `n` is a letter.
static bool HasLineBreak(std::string_view text) {
  for (size_t at = text.find('\\'); at != std::string_view::npos;) {
    const size_t end = text.find_first_not_of('\\', at);
    if (end == std::string_view::npos) {
      return false;
    }
    if (text[end] == 'n' && (end - at) % 2 == 1) {
      return true;
    }
    at = text.find('\\', end);
  }
  return false;
}

// Text as it is shown: `\n` written out is a line break, and where there is one
// `\t` and `\r` are meant likewise; the carriage return of a line's end goes.
std::string_view TextReader::Shown() {
  if (literals_.size() == 1 && !special_) {
    return literals_[0].In(r_.text);
  }
  std::string shown;
  const bool has_line_break = std::any_of(
      literals_.begin(), literals_.end(),
      [this](base::Span piece) { return HasLineBreak(piece.In(r_.text)); });
  for (base::Span piece : literals_) {
    const std::string_view text = piece.In(r_.text);
    for (size_t i = 0; i < text.size(); ++i) {
      if (text[i] == '\\') {
        // An even number of backslashes before the letter stays what it is.
        size_t end = text.find_first_not_of('\\', i);
        end = end == std::string_view::npos ? text.size() : end;
        const size_t count = end - i;
        const char control =
            count % 2 == 1 && has_line_break && end < text.size()
                ? ControlOf(text[end])
                : '\0';
        shown.append(control != '\0' ? (count - 1) / 2 : count, '\\');
        i = end - 1;
        if (control != '\0') {
          shown += control;
          ++i;
        }
      } else if (text[i] != '\r' || i + 1 == text.size() ||
                 text[i + 1] != '\n') {
        shown += text[i];
      }
    }
  }
  return r_.arena.Copy(shown);
}

void TextReader::EmitLiterals() {
  if (literals_.empty()) {
    return;
  }
  r_.writer.Emit(Op::kString, r_.writer.AddText(Shown()));
  CountPart(r_.writer, parts_);
  literals_.clear();
  special_ = false;
}

std::optional<TextValue> TextReader::Finish() {
  if (open_) {
    EmitLiterals();
    open_ = false;
    blank_ = true;
    r_.writer.Emit(Op::kConcat, parts_);
    const base::Span span{begin_, r_.at};
    return TextValue{ValueKind::kExpression, r_.writer.EndExpression(span, 0),
                     span};
  }
  std::optional<TextValue> text;
  if (!blank_) {
    text = TextValue{ValueKind::kString,
                     r_.writer.AddText(Shown()),
                     {literals_.front().begin, literals_.back().end}};
  }
  literals_.clear();
  special_ = false;
  blank_ = true;
  return text;
}

}  // namespace fcc::fxml
