// SPDX-License-Identifier: Apache-2.0
//
// What TypeScript has more than types.

#include <algorithm>

#include "compiler/js/parse/converter.h"

namespace fcc::js {

NodeId Converter::EnumFrom(const CstNode& node, uint16_t flags) {
  Children children(*this, node);
  const NodeId id = IdentifierFrom(children.Get(CstField::kName));
  if (children.Has(Cst::kTokenConst)) {
    flags |= flag::kConst;
  }
  std::vector<NodeId> members;
  Children body(*this, children.Get(CstField::kBody));
  for (size_t i = 0; i < body.size(); ++i) {
    const CstNode child = body[i];
    if (!child.is_named()) {
      continue;
    }
    uint16_t key_flags = 0;
    NodeId key = NodeId::kNone;
    NodeId value = NodeId::kNone;
    if (child.kind == Cst::kEnumAssignment) {
      Children parts(*this, child);
      key = KeyFrom(parts.Get(CstField::kName), key_flags);
      value = Expr(parts.Get(CstField::kValue));
    } else {
      key = KeyFrom(child, key_flags);
    }
    members.push_back(ast_.New<Kind::kTsEnumMember>(child.span, key, value));
  }
  const NodeId made =
      ast_.New<Kind::kTsEnum>(node.span, id, ast_.List(members));
  ast_[made].flags = flags;
  return made;
}

// `namespace A.B.C {}` is one in another.
NodeId Converter::NamespaceFrom(const CstNode& node, uint16_t flags) {
  Children children(*this, node);
  CstNode name = children.Get(CstField::kName);
  if (!children.Has(CstField::kBody) || name.kind == Cst::kString) {
    // `declare module "x" {}`.
    return NodeId::kNone;
  }
  std::vector<NodeId> names;
  while (name.kind == Cst::kNestedIdentifier) {
    if (static_cast<int>(names.size()) + depth_ >= kMaxDepth) {
      ReportTooDeep(node);
      return NodeId::kNone;
    }
    Children parts(*this, name);
    names.push_back(IdentifierFrom(parts.Get(CstField::kProperty)));
    name = parts.Get(CstField::kObject);
    if (name.kind == Cst::kMemberExpression) {
      name.kind = Cst::kNestedIdentifier;
    }
  }
  names.push_back(IdentifierFrom(name));
  deepest_ = std::max(deepest_, depth_ + static_cast<int>(names.size()));
  Children body(*this, children.Get(CstField::kBody));
  ListId inside = Statements(body, 0, false);
  NodeId made = NodeId::kNone;
  for (size_t i = 0; i < names.size(); ++i) {
    made = ast_.New<Kind::kTsNamespace>(node.span, names[i], inside);
    ast_[made].flags = flags;
    if (i + 1 < names.size()) {
      // The inner ones are exported from the outer.
      inside = ast_.List({ast_.New<Kind::kExportDeclaration>(node.span, made)});
    }
  }
  return made;
}

NodeId Converter::EntityName(const CstNode& node) {
  if (node.kind == Cst::kNestedIdentifier ||
      node.kind == Cst::kMemberExpression) {
    if (++depth_ > kMaxDepth) {
      --depth_;
      ReportTooDeep(node);
      return Broken(node.span);
    }
    deepest_ = std::max(deepest_, depth_);
    Children parts(*this, node);
    const CstNode property = parts.Get(CstField::kProperty);
    const NodeId object = EntityName(parts.Get(CstField::kObject));
    --depth_;
    return ast_.New<Kind::kMember>(node.span, object, NameFrom(property.span),
                                   property.span.begin);
  }
  return IdentifierFrom(node);
}

NodeId Converter::ImportAliasFrom(const CstNode& node) {
  Children children(*this, node);
  CstNode names[2] = {};
  size_t count = 0;
  for (size_t i = 0; i < children.size() && count < 2; ++i) {
    if (children[i].is_named()) {
      names[count++] = children[i];
    }
  }
  const NodeId id = IdentifierFrom(names[0]);
  const NodeId value = EntityName(names[1]);
  return ast_.New<Kind::kTsImportEquals>(node.span, id, value);
}

NodeId Converter::TypeDeclarationFrom(const CstNode& node) {
  Children children(*this, node);
  const CstNode name = children.Get(CstField::kName);
  const NodeId id = ast_.New<Kind::kIdentifier>(name.span, NameFrom(name.span),
                                                SymbolId::kNone);
  return ast_.New<Kind::kTsType>(node.span, id);
}

// `declare …` names what is there already: its references stay globals.
NodeId Converter::AmbientFrom(const CstNode&) {
  return NodeId::kNone;
}

}  // namespace fcc::js
