// SPDX-License-Identifier: Apache-2.0

#include <charconv>
#include <cmath>
#include <cstdlib>

#include "compiler/js/parse/converter.h"
#include "compiler/js/parse/text.h"
#include "runtime/base/unicode.h"

namespace fcc::js {

using DK = diagnostics::Kind;

NameId Converter::NameFrom(base::Span span) {
  const std::string_view raw = Text(span);
  bool plain = true;
  for (char c : raw) {
    plain &= (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
             c == '$' || (c >= '0' && c <= '9');
  }
  if (plain) {
    return ast_.Intern(raw);
  }
  std::string decoded;
  if (!DecodeIdentifier(raw, decoded)) {
    Error(DK::kJsBadIdentifier, span, std::string(raw));
    return ast_.Intern(raw);
  }
  return ast_.Intern(decoded);
}

NodeId Converter::IdentifierFrom(const CstNode& node) {
  const NameId name = NameFrom(node.span);
  if (const std::string_view text = ast_.TextOf(name);
      IsReservedWord(text) && !node.is_missing()) {
    Error(DK::kJsReservedWord, node.span, std::string(text));
  }
  return ast_.New<Kind::kIdentifier>(node.span, name, SymbolId::kNone);
}

NodeId Converter::WordAsIdentifier(base::Span span) {
  return ast_.New<Kind::kIdentifier>(span, ast_.Intern(Text(span)),
                                     SymbolId::kNone);
}

NodeId Converter::PrivateNameFrom(const CstNode& node) {
  const NameId name = NameFrom({node.span.begin + 1, node.span.end});
  return ast_.New<Kind::kPrivateName>(node.span, name, SymbolId::kNone);
}

NodeId Converter::StringLiteral(const CstNode& node) {
  const base::Span inside{node.span.begin + 1, node.span.end - 1};
  const std::string_view raw = Text(inside);
  for (size_t at = raw.find_first_of("\n\r\\"); at < raw.size();
       at = raw.find_first_of("\n\r\\", at)) {
    if (raw[at] != '\\') {
      Error(DK::kJsStringLineBreak, node.span);
      break;
    }
    at += raw.substr(at, 3) == "\\\r\n" ? 3 : 2;
  }
  if (raw.find('\\') == std::string_view::npos) {
    return ast_.New<Kind::kString>(node.span, ast_.Intern(raw));
  }
  std::string value;
  const EscapeResult result = DecodeEscapes(raw, EscapeMode::kString, value);
  if (result.bad) {
    Error(DK::kJsBadEscape,
          {inside.begin + result.at, inside.begin + result.at + result.size},
          std::string(raw.substr(result.at, result.size)));
  }
  const NodeId id = ast_.New<Kind::kString>(node.span, ast_.Intern(value));
  if (result.legacy_octal) {
    ast_[id].flags |= flag::kLegacyOctal;
  }
  return id;
}

NodeId Converter::NumberLiteral(const CstNode& node) {
  const std::string_view raw = Text(node);
  const uint32_t end = node.span.end;
  if (end < text_.size()) {
    // `3in x` and `3a` are no two tokens.
    const base::DecodedCodePoint next = base::DecodeUtf8(text_, end);
    if (IsIdentifierStart(next.code_point) || text_[end] == '\\' ||
        (text_[end] >= '0' && text_[end] <= '9')) {
      Error(DK::kJsNumberFollowed, {end, end + next.size},
            std::string(text_.substr(end, next.size)));
    }
  }
  const NumberText number = ReadNumber(raw);
  if (number.bad) {
    Error(DK::kJsBadNumber, node.span, std::string(raw));
  }
  if (number.bigint) {
    return ast_.New<Kind::kBigInt>(node.span, ast_.Intern(number.digits));
  }
  const NodeId id = ast_.NewNumber(node.span, number.value);
  ast_[id].slots[2] = static_cast<uint32_t>(ast_.Intern(raw));
  if (number.legacy_octal) {
    ast_[id].flags |= flag::kLegacyOctal;
  }
  return id;
}

NodeId Converter::RegExpLiteral(const CstNode& node) {
  const std::string_view raw = Text(node);
  const size_t slash = raw.rfind('/');
  const std::string_view pattern = raw.substr(1, slash - 1);
  const std::string_view regexp_flags = raw.substr(slash + 1);
  return ast_.New<Kind::kRegExp>(node.span, ast_.Intern(pattern),
                                 ast_.Intern(regexp_flags));
}

NodeId Converter::TemplateElementFrom(base::Span raw_span, bool tagged) {
  const std::string_view written = Text(raw_span);
  std::string raw;
  if (written.find('\r') != std::string_view::npos) {
    // Line breaks of a template are always \n.
    for (size_t i = 0; i < written.size(); ++i) {
      if (written[i] != '\r') {
        raw += written[i];
      } else if (i + 1 == written.size() || written[i + 1] != '\n') {
        raw += '\n';
      }
    }
  } else {
    raw = written;
  }
  std::string cooked;
  const EscapeResult result = DecodeEscapes(raw, EscapeMode::kTemplate, cooked);
  if (result.bad && !tagged) {
    Error(
        DK::kJsBadEscape,
        {raw_span.begin + result.at, raw_span.begin + result.at + result.size},
        raw.substr(result.at, result.size));
  }
  return ast_.New<Kind::kTemplateElement>(
      raw_span, result.bad ? NameId::kNone : ast_.Intern(cooked),
      ast_.Intern(raw));
}

NodeId Converter::TemplateLiteral(const CstNode& node, bool tagged) {
  std::vector<NodeId> quasis;
  std::vector<NodeId> expressions;
  uint32_t at = node.span.begin + 1;
  Children children(*this, node);
  for (size_t i = 0; i < children.size(); ++i) {
    const CstNode child = children[i];
    if (child.kind != Cst::kTemplateSubstitution) {
      continue;
    }
    quasis.push_back(TemplateElementFrom({at, child.span.begin}, tagged));
    at = child.span.end;
    Children inside(*this, child);
    expressions.push_back(Expr(inside.FirstNamed()));
  }
  quasis.push_back(TemplateElementFrom({at, node.span.end - 1}, tagged));
  return ast_.New<Kind::kTemplate>(node.span, ast_.List(quasis),
                                   ast_.List(expressions));
}

}  // namespace fcc::js
