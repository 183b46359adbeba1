// SPDX-License-Identifier: Apache-2.0

#include "compiler/js/parse/converter.h"

namespace fcc::js {

// A target of an assignment or a binding. Whether a member may stand there, and
// what brackets round it mean, early/ decides.
NodeId Converter::Target(const CstNode& node) {
  NodeId id = NodeId::kNone;
  return Descend(node, &Converter::TargetInner, id) ? id : Broken(node.span);
}

NodeId Converter::TargetInner(const CstNode& node) {
  switch (node.kind) {
    case Cst::kArrayPattern:
      return ArrayPatternFrom(node);
    case Cst::kObjectPattern:
      return ObjectPatternFrom(node);
    case Cst::kAssignmentPattern:
    case Cst::kObjectAssignmentPattern:
      return DefaultFrom(node);
    case Cst::kRestPattern:
      return RestFrom(node);
    case Cst::kShorthandPropertyIdentifierPattern:
      return IdentifierFrom(node);
    default:
      return Expr(node);
  }
}

NodeId Converter::DefaultFrom(const CstNode& node) {
  Children children(*this, node);
  const NodeId target = Target(children.Get(CstField::kLeft));
  if (ast_.Is(target, Kind::kRest)) {
    Error(diagnostics::Kind::kJsRestDefault, node.span);
  }
  const NodeId value = Expr(children.Get(CstField::kRight));
  return ast_.New<Kind::kDefaultPattern>(node.span, target, value);
}

NodeId Converter::RestFrom(const CstNode& node) {
  Children children(*this, node);
  const NodeId target = Target(children[children.size() - 1]);
  return ast_.New<Kind::kRest>(node.span, target);
}

NodeId Converter::ArrayPatternFrom(const CstNode& node) {
  std::vector<NodeId> elements;
  Children children(*this, node);
  bool want_item = true;
  NodeId rest = NodeId::kNone;
  for (size_t i = 0; i < children.size(); ++i) {
    const CstNode child = children[i];
    if (child.kind == Cst::kTokenComma) {
      if (rest != NodeId::kNone) {
        Error(diagnostics::Kind::kJsRestNotLast, ast_[rest].span);
        rest = NodeId::kNone;
      }
      if (want_item) {
        elements.push_back(ast_.New<Kind::kHole>(
            base::Span{child.span.begin, child.span.begin}));
      }
      want_item = true;
    } else if (child.is_named()) {
      const NodeId element = Target(child);
      if (ast_.Is(element, Kind::kRest)) {
        rest = element;
      }
      elements.push_back(element);
      want_item = false;
    }
  }
  return ast_.New<Kind::kArrayPattern>(node.span, ast_.List(elements));
}

NodeId Converter::ObjectPatternFrom(const CstNode& node) {
  std::vector<NodeId> properties;
  Children children(*this, node);
  bool want_item = true;
  NodeId rest = NodeId::kNone;
  for (size_t i = 0; i < children.size(); ++i) {
    const CstNode child = children[i];
    if (child.kind == Cst::kTokenComma) {
      if (want_item) {
        ErrorUnexpected(child.span);
      }
      if (rest != NodeId::kNone) {
        Error(diagnostics::Kind::kJsRestNotLast, ast_[rest].span);
        rest = NodeId::kNone;
      }
      want_item = true;
      continue;
    }
    if (!child.is_named()) {
      continue;
    }
    want_item = false;
    if (child.kind == Cst::kRestPattern) {
      rest = RestFrom(child);
      properties.push_back(rest);
      continue;
    }
    if (child.kind == Cst::kPairPattern) {
      Children pair(*this, child);
      uint16_t flags = 0;
      const NodeId key = KeyFrom(pair.Get(CstField::kKey), flags);
      const NodeId value = Target(pair.Get(CstField::kValue));
      if (ast_.Is(value, Kind::kRest)) {
        ErrorUnexpected({ast_[value].span.begin, ast_[value].span.begin + 3});
      }
      const NodeId id = ast_.New<Kind::kProperty>(child.span, key, value);
      ast_[id].flags = flags;
      properties.push_back(id);
      continue;
    }
    const NodeId value = Target(child);
    const NodeId name = ast_.Is(value, Kind::kDefaultPattern)
                            ? ast_.As<DefaultPattern>(value).target()
                            : value;
    if (!ast_.Is(name, Kind::kIdentifier)) {
      // `{[a] = 1}`: the grammar takes it.
      ErrorUnexpected(ast_[name].span);
      continue;
    }
    const NodeId key =
        ast_.New<Kind::kName>(ast_[name].span, ast_.NameOf(name));
    const NodeId id = ast_.New<Kind::kProperty>(child.span, key, value);
    ast_[id].flags = flag::kShorthand;
    properties.push_back(id);
  }
  return ast_.New<Kind::kObjectPattern>(node.span, ast_.List(properties));
}

}  // namespace fcc::js
