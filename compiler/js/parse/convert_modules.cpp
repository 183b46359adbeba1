// SPDX-License-Identifier: Apache-2.0

#include "compiler/js/parse/converter.h"
#include "compiler/js/parse/text.h"

namespace fcc::js {

using DK = diagnostics::Kind;

// `a` or `"a b"` in `{a as b}`.
NodeId Converter::ModuleName(const CstNode& node) {
  if (node.kind == Cst::kString) {
    const NodeId id = StringLiteral(node);
    // A name may not hold half a character.
    const std::string_view text = ast_.NameTextOf(id);
    for (size_t i = 0; i + 2 < text.size(); ++i) {
      if (text[i] == '\xED' &&
          static_cast<unsigned char>(text[i + 1]) >= 0xA0) {
        Error(DK::kJsLoneSurrogateName, node.span);
        break;
      }
    }
    return id;
  }
  return ast_.New<Kind::kName>(node.span, NameFrom(node.span));
}

static bool IsTypeWord(const CstNode& node) {
  return node.kind == Cst::kTokenType || node.kind == Cst::kTokenTypeOf;
}

NodeId Converter::ImportFrom(const CstNode& node) {
  Children children(*this, node);
  CheckStatementEnd(node);
  const bool type_only = children.size() > 1 && IsTypeWord(children[1]) &&
                         children[1].field == CstField::kNone;
  if (children.Has(Cst::kImportRequireClause)) {
    const CstNode clause = children.Get(Cst::kImportRequireClause);
    Children parts(*this, clause);
    const NodeId id = IdentifierFrom(parts[0]);
    const NodeId source = StringLiteral(parts.Get(CstField::kSource));
    const NodeId require = ast_.New<Kind::kIdentifier>(
        ast_[source].span, ast_.Intern("require"), SymbolId::kNone);
    const NodeId call = ast_.NewCall(clause.span, require, {source});
    if (type_only) {
      return ast_.New<Kind::kTsType>(node.span, id);
    }
    return ast_.New<Kind::kTsImportEquals>(node.span, id, call);
  }
  std::vector<NodeId> specifiers;
  std::vector<NodeId> types;
  bool bare = true;
  if (children.Has(Cst::kImportClause)) {
    bare = false;
    Children clause(*this, children.Get(Cst::kImportClause));
    for (size_t i = 0; i < clause.size(); ++i) {
      const CstNode part = clause[i];
      if (part.kind == Cst::kIdentifier) {
        specifiers.push_back(
            ast_.New<Kind::kImportDefault>(part.span, IdentifierFrom(part)));
      } else if (part.kind == Cst::kNamespaceImport) {
        Children inside(*this, part);
        specifiers.push_back(ast_.New<Kind::kImportNamespace>(
            part.span, IdentifierFrom(inside.FirstNamed())));
      } else if (part.kind == Cst::kNamedImports) {
        Children list(*this, part);
        for (size_t j = 0; j < list.size(); ++j) {
          if (list[j].kind != Cst::kImportSpecifier) {
            continue;
          }
          Children item(*this, list[j]);
          const CstNode name = item.Get(CstField::kName);
          const bool has_alias = item.Has(CstField::kAlias);
          const NodeId local =
              IdentifierFrom(has_alias ? item.Get(CstField::kAlias) : name);
          if (IsTypeWord(item[0]) && item[0].field == CstField::kNone) {
            types.push_back(ast_.New<Kind::kTsType>(list[j].span, local));
            continue;
          }
          specifiers.push_back(ast_.New<Kind::kImportSpecifier>(
              list[j].span, ModuleName(name), local));
        }
      }
    }
  }
  if (type_only) {
    for (NodeId specifier : specifiers) {
      const NodeId local = ast_.Is(specifier, Kind::kImportSpecifier)
                               ? ast_.As<ImportSpecifier>(specifier).local()
                               : NodeId{ast_[specifier].slots[0]};
      types.push_back(ast_.New<Kind::kTsType>(ast_[specifier].span, local));
    }
    return ast_.New<Kind::kSplice>(node.span, ast_.List(types));
  }
  const NodeId source = StringLiteral(children.Get(CstField::kSource));
  NodeId attributes = NodeId::kNone;
  if (children.Has(Cst::kImportAttribute)) {
    Children parts(*this, children.Get(Cst::kImportAttribute));
    attributes = ObjectFrom(parts.FirstNamed());
  }
  // `import {type T} from "x"` does not load x.
  if (!bare && specifiers.empty() && !types.empty()) {
    return ast_.New<Kind::kSplice>(node.span, ast_.List(types));
  }
  const NodeId id = ast_.New<Kind::kImport>(node.span, ast_.List(specifiers),
                                            source, attributes);
  if (bare) {
    ast_[id].flags |= flag::kBare;
  }
  if (types.empty()) {
    return id;
  }
  types.push_back(id);
  return ast_.New<Kind::kSplice>(node.span, ast_.List(types));
}

NodeId Converter::ExportFrom(const CstNode& node) {
  Children children(*this, node);
  std::vector<NodeId> decorators;
  size_t at = 0;
  while (at < children.size() && children[at].kind == Cst::kDecorator) {
    decorators.push_back(DecoratorFrom(children[at++]));
  }
  const CstNode second =
      at + 1 < children.size() ? children[at + 1] : CstNode();
  NodeId source = NodeId::kNone;
  if (children.Has(CstField::kSource)) {
    source = StringLiteral(children.Get(CstField::kSource));
  }
  NodeId attributes = NodeId::kNone;
  if (children.Has(Cst::kImportAttribute)) {
    Children parts(*this, children.Get(Cst::kImportAttribute));
    attributes = ObjectFrom(parts.FirstNamed());
  }
  if (second.kind == Cst::kTokenType && second.field == CstField::kNone) {
    return NodeId::kNone;
  }
  if (second.kind == Cst::kTokenAs) {
    // `export as namespace x`: for type definitions.
    return NodeId::kNone;
  }
  if (second.kind == Cst::kTokenEqual) {
    const NodeId value = Expr(children.FirstNamed());
    return ast_.New<Kind::kTsExportAssignment>(node.span, value);
  }
  if (second.kind == Cst::kTokenStar) {
    CheckStatementEnd(node);
    return ast_.New<Kind::kExportAll>(node.span, NodeId::kNone, source,
                                      attributes);
  }
  if (second.kind == Cst::kNamespaceExport) {
    CheckStatementEnd(node);
    Children parts(*this, second);
    return ast_.New<Kind::kExportAll>(
        node.span, ModuleName(parts[parts.size() - 1]), source, attributes);
  }
  if (second.kind == Cst::kExportClause) {
    CheckStatementEnd(node);
    std::vector<NodeId> specifiers;
    Children list(*this, second);
    for (size_t i = 0; i < list.size(); ++i) {
      if (list[i].kind != Cst::kExportSpecifier) {
        continue;
      }
      Children item(*this, list[i]);
      if (IsTypeWord(item[0]) && item[0].field == CstField::kNone) {
        continue;
      }
      const CstNode name = item.Get(CstField::kName);
      NodeId local = NodeId::kNone;
      if (source != NodeId::kNone) {
        local = ModuleName(name);
      } else if (name.kind == Cst::kString) {
        Error(DK::kJsExportString, name.span);
        continue;
      } else {
        local = IdentifierFrom(name);
      }
      const NodeId exported = ModuleName(
          item.Has(CstField::kAlias) ? item.Get(CstField::kAlias) : name);
      specifiers.push_back(
          ast_.New<Kind::kExportSpecifier>(list[i].span, local, exported));
    }
    return ast_.New<Kind::kExportNamed>(node.span, ast_.List(specifiers),
                                        source, attributes);
  }
  const bool is_default = second.kind == Cst::kTokenDefault;
  NodeId value = NodeId::kNone;
  if (children.Has(CstField::kDeclaration)) {
    const CstNode declaration = children.Get(CstField::kDeclaration);
    const bool is_class = declaration.kind == Cst::kClassDeclaration ||
                          declaration.kind == Cst::kAbstractClassDeclaration;
    value = is_class ? ClassFrom(declaration, Kind::kClassDeclaration,
                                 std::move(decorators))
                     : Stmt(declaration);
    if (is_default && (declaration.kind == Cst::kLexicalDeclaration ||
                       declaration.kind == Cst::kVariableDeclaration)) {
      ErrorUnexpected(declaration.span);
    }
  } else if (children.Has(CstField::kValue)) {
    const CstNode expression = children.Get(CstField::kValue);
    switch (expression.kind) {
      case Cst::kFunctionExpression:
      case Cst::kGeneratorFunction:
        value = FunctionFrom(expression, Kind::kFunctionDeclaration);
        break;
      case Cst::kClass:
        value = ClassFrom(expression, Kind::kClassDeclaration,
                          std::move(decorators));
        break;
      default:
        if (text_[expression.span.begin] != '{') {
          CheckExpressionStart(expression);
        }
        value = Expr(expression);
        CheckStatementEnd(node);
        break;
    }
  }
  if (value == NodeId::kNone) {
    return NodeId::kNone;
  }
  const Kind made = ast_.KindOf(value);
  if (made == Kind::kTsType) {
    return value;
  }
  if (is_default) {
    return ast_.New<Kind::kExportDefault>(node.span, value);
  }
  if (made == Kind::kTsImportEquals) {
    ast_[value].flags |= flag::kExported;
    return value;
  }
  return ast_.New<Kind::kExportDeclaration>(node.span, value);
}

}  // namespace fcc::js
