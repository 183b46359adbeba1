// SPDX-License-Identifier: Apache-2.0

#include "compiler/js/parse/converter.h"

namespace fcc::js {

using DK = diagnostics::Kind;

bool Converter::OpensStrict(const CstNode& body) {
  bool strict = false;
  parts_.ForEach(body.raw, body.shown_at, [&](const CstPart& part) {
    const CstNode child = Wrap(part);
    if (child.kind == Cst::kTokenLeftBrace || child.kind == Cst::kComment ||
        child.kind == Cst::kHtmlComment || child.kind == Cst::kHashBang) {
      return true;
    }
    if (child.kind != Cst::kExpressionStatement) {
      return false;
    }
    const char quote = text_[child.span.begin];
    if ((quote != '"' && quote != '\'') ||
        FirstPart(child).kind != Cst::kString) {
      return false;
    }
    const std::string_view rest = Text(child);
    strict = rest.substr(1, 10) == "use strict" && rest.size() > 11 &&
             rest[11] == quote;
    return !strict;
  });
  return strict;
}

NodeId Converter::FunctionBody(const CstNode& node) {
  Children children(*this, node);
  return ast_.New<Kind::kBlock>(node.span, Statements(children, 0, true));
}

NodeId Converter::ParameterFrom(const CstNode& node) {
  if (node.kind != Cst::kRequiredParameter &&
      node.kind != Cst::kOptionalParameter) {
    return Target(node);
  }
  Children children(*this, node);
  const CstNode pattern = children.Get(CstField::kPattern);
  if (pattern.kind == Cst::kThis) {
    // A type for `this`, no parameter.
    return NodeId::kNone;
  }
  std::vector<NodeId> decorators;
  bool property = false;
  for (size_t i = 0; i < children.size(); ++i) {
    const CstNode child = children[i];
    if (child.kind == Cst::kDecorator) {
      decorators.push_back(DecoratorFrom(child));
    }
    property |= child.kind == Cst::kAccessibilityModifier ||
                child.kind == Cst::kOverrideModifier ||
                child.kind == Cst::kTokenReadonly;
  }
  NodeId target = Target(pattern);
  if (children.Has(CstField::kValue)) {
    const NodeId value = Expr(children.Get(CstField::kValue));
    if (ast_.Is(target, Kind::kRest)) {
      Error(DK::kJsRestDefault, node.span);
    }
    target = ast_.New<Kind::kDefaultPattern>(
        base::Span{pattern.span.begin, node.span.end}, target, value);
  }
  if (!property && decorators.empty()) {
    return target;
  }
  const NodeId id =
      ast_.New<Kind::kTsParameter>(node.span, ast_.List(decorators), target);
  if (property) {
    ast_[id].flags |= flag::kParameterProperty;
  }
  return id;
}

ListId Converter::ParametersFrom(const CstNode& node, bool& simple) {
  std::vector<NodeId> parameters;
  Children children(*this, node);
  NodeId rest = NodeId::kNone;
  for (size_t i = 0; i < children.size(); ++i) {
    const CstNode child = children[i];
    if (child.kind == Cst::kTokenComma && rest != NodeId::kNone) {
      Error(DK::kJsRestNotLast, ast_[rest].span);
      rest = NodeId::kNone;
    }
    if (!child.is_named()) {
      continue;
    }
    const NodeId parameter = ParameterFrom(child);
    if (parameter == NodeId::kNone) {
      continue;
    }
    const NodeId target = ast_.Is(parameter, Kind::kTsParameter)
                              ? ast_.As<TsParameter>(parameter).target()
                              : parameter;
    simple &= ast_.Is(target, Kind::kIdentifier);
    if (ast_.Is(target, Kind::kRest)) {
      rest = target;
    }
    parameters.push_back(parameter);
  }
  return ast_.List(parameters);
}

NodeId Converter::FunctionFrom(const CstNode& node, Kind kind) {
  Children children(*this, node);
  uint16_t flags = 0;
  if (children.Has(Cst::kTokenAsync)) {
    flags |= flag::kAsync;
    const CstNode async = children.Get(Cst::kTokenAsync);
    const CstNode function = children.Get(Cst::kTokenFunction);
    if (HasLineBreak(async.span.end, function.span.begin)) {
      ErrorUnexpected(function.span);
    }
  }
  if (children.Has(Cst::kTokenStar)) {
    flags |= flag::kGenerator;
  }
  NodeId id = NodeId::kNone;
  if (children.Has(CstField::kName)) {
    id = IdentifierFrom(children.Get(CstField::kName));
  }
  const CstNode body = children.Get(CstField::kBody);
  const Context outer = context_;
  context_.generator = (flags & flag::kGenerator) != 0;
  context_.async = (flags & flag::kAsync) != 0;
  context_.await_is_name = !module_;
  context_.strict |= OpensStrict(body);
  bool simple = true;
  const ListId parameters =
      ParametersFrom(children.Get(CstField::kParameters), simple);
  const NodeId block = FunctionBody(body);
  if (context_.strict) {
    flags |= flag::kStrict;
  }
  if (simple) {
    flags |= flag::kSimpleParameters;
  }
  context_ = outer;
  const NodeId function = ast_.AddNode(kind, node.span);
  Node& made = ast_[function];
  made.flags = flags;
  made.slots[0] = static_cast<uint32_t>(id);
  made.slots[1] = static_cast<uint32_t>(parameters);
  made.slots[2] = static_cast<uint32_t>(block);
  return function;
}

NodeId Converter::ArrowFrom(const CstNode& node) {
  Children children(*this, node);
  uint16_t flags = 0;
  const CstNode arrow = children.Get(Cst::kTokenArrow);
  for (size_t i = 0; i + 1 < children.size(); ++i) {
    if (children[i + 1].kind == Cst::kTokenArrow &&
        HasLineBreak(children[i].span.end, arrow.span.begin)) {
      ErrorUnexpected(arrow.span);
    }
  }
  const Context outer = context_;
  if (children.Has(Cst::kTokenAsync)) {
    flags |= flag::kAsync;
    if (HasLineBreak(children[0].span.end, children[1].span.begin)) {
      ErrorUnexpected(arrow.span);
    }
    context_.async = true;
  } else {
    context_.async = false;
  }
  context_.await_is_name = !module_;
  const CstNode body = children.Get(CstField::kBody);
  const bool is_block = body.kind == Cst::kStatementBlock;
  if (is_block) {
    context_.strict |= OpensStrict(body);
  }
  bool simple = true;
  ListId parameters = ListId::kEmpty;
  if (children.Has(CstField::kParameters)) {
    parameters = ParametersFrom(children.Get(CstField::kParameters), simple);
  } else {
    parameters =
        ast_.List({IdentifierFrom(children.Get(CstField::kParameter))});
  }
  context_.generator = false;
  if (!is_block && text_[body.span.begin] == '{') {
    CheckExpressionStart(body);
  }
  const NodeId inside = is_block ? FunctionBody(body) : Expr(body);
  if (context_.strict) {
    flags |= flag::kStrict;
  }
  if (simple) {
    flags |= flag::kSimpleParameters;
  }
  context_ = outer;
  const NodeId id = ast_.New<Kind::kArrow>(node.span, parameters, inside);
  ast_[id].flags = flags;
  return id;
}

}  // namespace fcc::js
