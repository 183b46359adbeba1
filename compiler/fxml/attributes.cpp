// SPDX-License-Identifier: Apache-2.0

#include "compiler/fxml/attributes.h"

#include <algorithm>
#include <string>

namespace fcc::fxml {

using diagnostics::Kind;
using tmpl::Op;
using tmpl::ValueKind;

ParsedExpression ReadMustache(Reading& r, ExpressionContext context,
                              char quote) {
  const uint32_t begin = r.at;
  const UnitWriter::Mark mark = r.writer.mark();
  ParsedExpression parsed = r.expressions.Compile(begin + 2, context);
  if (parsed.ok) {
    r.at = parsed.end;
    if (!r.expression_sink.diagnostics().empty()) {
      r.sink.Merge(std::move(r.expression_sink));
    }
    return parsed;
  }
  // The value is nothing; go on behind `}}` where there is one before the
  // attribute or the text ends.
  r.writer.Rewind(mark);
  r.writer.Emit(Op::kUndefined);
  const size_t end = r.text.find("}}", begin + 2);
  const size_t limit = quote != '\0' ? r.text.find(quote, begin + 2)
                                     : r.text.find('<', parsed.end);
  const bool closed = end != std::string_view::npos &&
                      (limit == std::string_view::npos || end < limit ||
                       (quote != '\0' && parsed.end > limit &&
                        end < r.text.size() && !parsed.missing_end));
  if (!closed || parsed.missing_end) {
    // One mistake: what the parser stumbled over behind it is no other.
    static_cast<void>(r.expression_sink.Take());
    r.sink.Report(Kind::kUnclosedExpression, r.At({begin, begin + 2}));
    r.at = limit == std::string_view::npos
               ? static_cast<uint32_t>(r.text.size())
               : static_cast<uint32_t>(std::max<size_t>(limit, begin + 2));
  } else {
    r.sink.Merge(std::move(r.expression_sink));
    r.at = static_cast<uint32_t>(end) + 2;
    while (r.Peek() == '}') {
      ++r.at;
    }
  }
  return parsed;
}

// `\"` inside of a value is a quote, unless the value may end there: `a="\"/>`
// is one backslash.
static bool IsEscapedQuote(const Reading& r, char quote) {
  if (r.text[r.at] != '\\' || r.Peek(1) != quote) {
    return false;
  }
  const char next = r.Peek(2);
  return next != '\0' && next != '>' && next != '/' && !IsOf(next, kBlank);
}

std::string_view AttributeReader::WithoutEscapes(std::string_view piece,
                                                 char quote) {
  std::string shown;
  for (size_t i = 0; i < piece.size(); ++i) {
    if (piece[i] != '\\' || i + 1 == piece.size() || piece[i + 1] != quote) {
      shown += piece[i];
    }
  }
  return r_.arena.Copy(shown);
}

// At the first byte of the value. `quote` is '\0' for one without quotes.
Value AttributeReader::ReadValue(char quote, ExpressionContext context) {
  Value value;
  const uint32_t begin = r_.at;
  uint32_t literal = r_.at;
  uint32_t parts = 0;
  uint32_t mustaches = 0;
  bool open = false;
  bool escaped = false;
  ParsedExpression last;
  const auto ends = [&](char c) {
    return quote != '\0'
               ? c == quote
               : IsOf(c, kBlank) || c == '>' || (c == '/' && r_.Peek(1) == '>');
  };
  const auto text_of = [&](uint32_t end) {
    const std::string_view text = r_.text.substr(literal, end - literal);
    return escaped ? WithoutEscapes(text, quote) : text;
  };
  const auto flush = [&](uint32_t end) {
    if (end != literal) {
      r_.writer.Emit(Op::kString, r_.writer.AddText(text_of(end)));
      CountPart(r_.writer, parts);
    }
    escaped = false;
  };
  while (!r_.done()) {
    const char c = r_.text[r_.at];
    if (ends(c)) {
      break;
    }
    if (c == '{' && r_.Peek(1) == '{') {
      if (!open) {
        open = true;
        r_.writer.BeginExpression();
      }
      flush(r_.at);
      last = ReadMustache(r_, context, quote);
      ++mustaches;
      CountPart(r_.writer, parts);
      literal = r_.at;
    } else if (c == '\\' && quote != '\0' && IsEscapedQuote(r_, quote)) {
      escaped = true;
      r_.at += 2;
    } else {
      ++r_.at;
    }
  }
  value.span = r_.SpanFrom(begin);
  value.text = value.span.In(r_.text);
  if (!open) {
    if (escaped) {
      value.text = text_of(r_.at);
    }
    value.kind = ValueKind::kString;
    value.id = r_.writer.Intern(value.text);
    return value;
  }
  const bool alone = parts == 1 && mustaches == 1 && literal == r_.at;
  flush(r_.at);
  value.kind = ValueKind::kExpression;
  value.is_path = alone && last.is_path;
  if (!alone) {
    r_.writer.Emit(Op::kConcat, parts);
  }
  value.id = r_.writer.EndExpression(
      value.span, value.is_path ? uint32_t{tmpl::kExpressionIsPath} : 0);
  return value;
}

bool AttributeReader::Read(std::string_view tag, base::Span tag_span) {
  attrs_.clear();
  for (;;) {
    r_.Skip(kBlank);
    const char c = r_.Peek();
    switch (c) {
      case '>':
        ++r_.at;
        return false;
      case '/':
        if (r_.Peek(1) == '>') {
          r_.at += 2;
          return true;
        }
        SkipJunk();
        break;
      case '"':
      case '\'':
      case '=':
      case '{':
      case '}':
        SkipJunk();
        break;
      default:
        if (r_.done() || c == '<') {
          r_.sink.Report(Kind::kUnfinishedTag, r_.At(tag_span), tag);
          return false;
        }
        ReadOne(tag);
        break;
    }
  }
}

void AttributeReader::SkipJunk() {
  const uint32_t begin = r_.at++;
  const char c = r_.text[begin];
  if (c == '{' && r_.Peek() == '{') {
    const size_t end = r_.text.find("}}", r_.at);
    const size_t close = r_.text.find('>', r_.at);
    r_.at = end < close ? static_cast<uint32_t>(end) + 2 : r_.at + 1;
  }
  // A stray quote takes what it seems to quote along.
  if (c == '"' || c == '\'') {
    const size_t end = r_.text.find(c, r_.at);
    const size_t close = r_.text.find('>', r_.at);
    if (end != std::string_view::npos && end < close) {
      r_.at = static_cast<uint32_t>(end) + 1;
    }
  }
  r_.sink.Report(Kind::kUnexpectedInTag, r_.At({begin, begin + 1}),
                 r_.text.substr(begin, 1));
}

void AttributeReader::ReadOne(std::string_view tag) {
  Attr attr;
  const uint32_t begin = r_.at;
  const char* data = r_.text.data();
  const auto size = static_cast<uint32_t>(r_.text.size());
  uint32_t end = begin;
  while (end < size &&
         (!IsOf(data[end], kKeyEnd) ||
          (data[end] == '/' && !(end + 1 < size && data[end + 1] == '>')))) {
    ++end;
  }
  r_.at = end;
  attr.key_span = {begin, end};
  attr.key = r_.text.substr(begin, end - begin);
  attr.directive = DirectiveOf(attr.key);
  r_.Skip(kBlank);
  if (r_.Peek() != '=') {
    r_.at = end;
    attr.span = attr.key_span;
    Add(attr);
    return;
  }
  ++r_.at;
  r_.Skip(kBlank);
  const ExpressionContext context = attr.key == "data" && tag == "template"
                                        ? ExpressionContext::kTemplateData
                                        : ExpressionContext::kValue;
  const char quote = r_.Peek();
  if (quote == '"' || quote == '\'') {
    const uint32_t open_quote = r_.at++;
    attr.value = ReadValue(quote, context);
    if (r_.done()) {
      r_.sink.Report(Kind::kUnclosedValue, r_.At({open_quote, open_quote + 1}),
                     attr.key);
    } else {
      ++r_.at;
    }
  } else {
    attr.value = ReadValue('\0', context);
    r_.sink.Report(Kind::kUnquotedValue, r_.At(attr.value.span), attr.key)
        .Fix({"put it in quotes", "加上引号"}, r_.At(attr.value.span),
             "\"" + std::string(attr.value.text) + "\"",
             diagnostics::FixSafety::kSafe);
    // `a=/>` has no value.
    if (attr.value.span.empty()) {
      attr.value.kind = ValueKind::kNone;
      attr.value.id = tmpl::kNoId;
    }
  }
  attr.span = r_.SpanFrom(begin);
  Add(attr);
}

void AttributeReader::Add(const Attr& attr) {
  // Looking through a few beats a table; a tag of thousands needs one.
  constexpr size_t kMany = 32;
  size_t same = attrs_.size();
  if (attrs_.size() < kMany) {
    for (size_t i = 0; i < attrs_.size(); ++i) {
      if (attrs_[i].key == attr.key) {
        same = i;
        break;
      }
    }
  } else {
    if (attrs_.size() == kMany) {
      index_.clear();
    }
    for (size_t i = index_.size(); i < attrs_.size(); ++i) {
      index_.emplace(attrs_[i].key, i);
    }
    const auto found = index_.find(attr.key);
    same = found == index_.end() ? same : found->second;
  }
  if (same == attrs_.size()) {
    attrs_.push_back(attr);
    return;
  }
  Attr& other = attrs_[same];
  r_.sink.Report(Kind::kDuplicateAttr, r_.At(attr.key_span), attr.key)
      .Label(r_.At(other.key_span), {"first here", "首次出现"});
  other = attr;
}

const Attr* AttributeReader::Find(std::string_view key) const {
  for (const Attr& attr : attrs_) {
    if (attr.key == key) {
      return &attr;
    }
  }
  return nullptr;
}

}  // namespace fcc::fxml
