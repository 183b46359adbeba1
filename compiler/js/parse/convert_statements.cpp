// SPDX-License-Identifier: Apache-2.0

#include "compiler/js/parse/converter.h"
#include "compiler/js/parse/text.h"
#include "runtime/base/unicode.h"

namespace fcc::js {

using DK = diagnostics::Kind;

ListId Converter::Statements(const Children& children, size_t from,
                             bool directives) {
  std::vector<NodeId> statements;
  for (size_t i = from; i < children.size(); ++i) {
    const CstNode child = children[i];
    if (child.kind == Cst::kHashBang) {
      // The one at the start of the file was taken off.
      ErrorUnexpected(base::Span{child.span.begin, child.span.begin + 1});
    }
    if (!child.is_named() || child.field == CstField::kValue ||
        child.kind == Cst::kHashBang || child.kind == Cst::kError) {
      continue;
    }
    if (child.kind == Cst::kEmptyStatement && child.span.empty()) {
      // Inserted (Insertions).
      continue;
    }
    if (child.has_error()) {
      directives = false;
      continue;
    }
    if (child.kind == Cst::kExpressionStatement && Text(child) == "export" &&
        i + 1 < children.size() &&
        children[i + 1].kind == Cst::kStatementBlock) {
      // tree-sitter's reading of `export {}`.
      const base::Span span{child.span.begin, children[i + 1].span.end};
      statements.push_back(ast_.New<Kind::kExportNamed>(
          span, ListId::kEmpty, NodeId::kNone, NodeId::kNone));
      ++i;
      continue;
    }
    if (directives && child.kind == Cst::kExpressionStatement) {
      Children inside(*this, child);
      if (inside[0].kind == Cst::kString) {
        CheckStatementEnd(child);
        const base::Span string = inside[0].span;
        const NodeId literal = StringLiteral(inside[0]);
        const NodeId directive = ast_.New<Kind::kDirective>(
            child.span,
            ast_.Intern(Text(base::Span{string.begin + 1, string.end - 1})));
        ast_[directive].flags = ast_[literal].flags & flag::kLegacyOctal;
        statements.push_back(directive);
        continue;
      }
    }
    directives = false;
    if (child.kind == Cst::kExpressionStatement &&
        Text(child).substr(0, 3) == "let") {
      // A comment behind the word may be part of the statement.
      Children inside(*this, child);
      if (inside.size() > 0 && Text(inside[0]) == "let") {
        CheckLoneLet(inside[0]);
      }
    }
    const NodeId statement = Stmt(child);
    if (statement == NodeId::kNone) {
      continue;
    }
    if (ast_.Is(statement, Kind::kSplice)) {
      for (NodeId item : ast_.Items(ast_.As<Splice>(statement).body())) {
        statements.push_back(item);
      }
    } else {
      statements.push_back(statement);
    }
  }
  return ast_.List(statements);
}

// `let` is a name only where no declaration could go on from it, be it in the
// next line.
void Converter::CheckLoneLet(const CstNode& statement) {
  bool line_break = false;
  const uint32_t next = SkipTrivia(statement.span.end, line_break);
  if (next < text_.size() &&
      (text_[next] == '[' || text_[next] == '{' || text_[next] == '\\' ||
       IsIdentifierStart(base::DecodeUtf8(text_, next).code_point))) {
    ErrorUnexpected({next, next + 1});
  }
}

// tree-sitter takes what could be an object for one, even where a statement
// begins (ECMA-262 14.5: an expression statement begins with no `{`). The
// objects at the start of `node`, the only child or the value of a label each,
// are told as blocks; false where none of them could be one.
bool Converter::FindBlocks(const CstNode& node) {
  bool found = false;
  CstNode at = node;
  while (!at.is_null() && at.span.begin < at.span.end &&
         text_[at.span.begin] == '{') {
    while (at.kind != Cst::kObject && at.kind != Cst::kObjectPattern) {
      at = FirstPart(at);
      if (at.is_null()) {
        return found;
      }
    }
    if (at.kind == Cst::kObjectPattern) {
      return found;
    }
    Children properties(*this, at);
    CstNode value;
    for (size_t i = 0; i < properties.size(); ++i) {
      const CstNode property = properties[i];
      if (!property.is_named() ||
          property.kind == Cst::kShorthandPropertyIdentifier) {
        continue;
      }
      Children parts(*this, property);
      if (property.kind == Cst::kPair && i == 1 &&
          parts.Get(CstField::kKey).kind == Cst::kPropertyIdentifier) {
        value = parts.Get(CstField::kValue);
      } else if (property.kind != Cst::kMethodDefinition ||
                 !parts.Has(CstField::kBody) ||
                 !HasLineBreak(property.span.begin,
                               parts.Get(CstField::kBody).span.begin)) {
        // Not so the call of a function before a block in the next line.
        return found;
      }
    }
    blocks_.push_back(at.span.begin + 1 - base_);
    found = true;
    if (value.kind == Cst::kOther) {
      break;
    }
    at = value;
  }
  return found;
}

// What begins like a block or a declaration is one, whatever follows.
void Converter::CheckExpressionStart(const CstNode& node) {
  if (find_blocks_ && text_[node.span.begin] == '{' && FindBlocks(node)) {
    return;
  }
  const base::Span span = node.span;
  const std::string_view text = Text(span);
  for (std::string_view word : {"{", "function", "class"}) {
    if (text.substr(0, word.size()) == word &&
        (word == "{" || text.size() == word.size() ||
         !IsIdentifierPart(static_cast<unsigned char>(text[word.size()])))) {
      const uint32_t size = static_cast<uint32_t>(word.size());
      Error(DK::kJsStatementStart, base::Span{span.begin, span.begin + size},
            std::string(word));
      return;
    }
  }
}

NodeId Converter::Stmt(const CstNode& node) {
  NodeId id = NodeId::kNone;
  if (!Descend(node, &Converter::StmtInner, id)) {
    return ast_.New<Kind::kEmpty>(node.span);
  }
  if (split_at_.kind != Cst::kOther) {
    // A line break ended the statement where tree-sitter read on.
    const CstNode rest = split_at_;
    split_at_ = {};
    bool line_break = false;
    const uint32_t end = SkipTrivia(rest.span.end, line_break);
    if (node.span.end > end + 1) {
      ErrorUnexpected(rest.span);
    } else {
      const NodeId expression = Expr(rest);
      const NodeId second = ast_.New<Kind::kExpressionStatement>(
          base::Span{rest.span.begin, node.span.end}, expression);
      id = ast_.New<Kind::kSplice>(node.span, ast_.List({id, second}));
    }
  }
  return id;
}

NodeId Converter::StmtInner(const CstNode& node) {
  switch (node.kind) {
    case Cst::kExpressionStatement: {
      Children children(*this, node);
      const CstNode inside = children[0];
      if (inside.kind == Cst::kInternalModule) {
        return NamespaceFrom(inside, 0);
      }
      CheckExpressionStart(inside);
      const NodeId expression = Expr(inside);
      CheckStatementEnd(node);
      return ast_.New<Kind::kExpressionStatement>(node.span, expression);
    }
    case Cst::kVariableDeclaration:
    case Cst::kLexicalDeclaration: {
      const NodeId id = VariableFrom(node);
      CheckStatementEnd(node);
      return id;
    }
    case Cst::kFunctionDeclaration:
    case Cst::kGeneratorFunctionDeclaration: {
      Children children(*this, node);
      const CstNode async = children.Get(Cst::kTokenAsync);
      if (async.kind == Cst::kTokenAsync &&
          HasLineBreak(async.span.end,
                       children.Get(Cst::kTokenFunction).span.begin)) {
        // `async` alone in its line is an expression.
        ErrorUnexpected(children.Get(Cst::kTokenFunction).span);
      }
      return FunctionFrom(node, Kind::kFunctionDeclaration);
    }
    case Cst::kClassDeclaration:
    case Cst::kAbstractClassDeclaration:
      return ClassFrom(node, Kind::kClassDeclaration, {});
    case Cst::kStatementBlock:
      return BlockFrom(node);
    case Cst::kIfStatement:
      return IfFrom(node);
    case Cst::kForStatement:
      return ForFrom(node);
    case Cst::kForInStatement:
      return ForInFrom(node);
    case Cst::kWhileStatement: {
      Children children(*this, node);
      const NodeId test = Condition(children.Get(CstField::kCondition));
      const NodeId body = Stmt(children.Get(CstField::kBody));
      return ast_.New<Kind::kWhile>(node.span, test, Single(body));
    }
    case Cst::kDoStatement: {
      Children children(*this, node);
      const CstNode inside = children.Get(CstField::kBody);
      bool line_break = false;
      const uint32_t next = SkipTrivia(inside.span.end, line_break);
      if (text_.substr(next, 5) != "while") {
        ErrorUnexpected({next, next + 1});
      }
      const NodeId body = Stmt(inside);
      const NodeId test = Condition(children.Get(CstField::kCondition));
      return ast_.New<Kind::kDoWhile>(node.span, Single(body), test);
    }
    case Cst::kReturnStatement:
      return ReturnFrom(node);
    case Cst::kThrowStatement: {
      Children children(*this, node);
      const CstNode argument = children.FirstNamed();
      if (HasLineBreak(children[0].span.end, argument.span.begin)) {
        Error(DK::kJsThrowLineBreak, children[0].span);
      }
      const NodeId value = Expr(argument);
      CheckStatementEnd(node);
      return ast_.New<Kind::kThrow>(node.span, value);
    }
    case Cst::kBreakStatement:
      return JumpFrom(node, Kind::kBreak);
    case Cst::kContinueStatement:
      return JumpFrom(node, Kind::kContinue);
    case Cst::kTryStatement:
      return TryFrom(node);
    case Cst::kSwitchStatement:
      return SwitchFrom(node);
    case Cst::kWithStatement: {
      Children children(*this, node);
      const NodeId object = Condition(children.Get(CstField::kObject));
      const NodeId body = Stmt(children.Get(CstField::kBody));
      return ast_.New<Kind::kWith>(node.span, object, Single(body));
    }
    case Cst::kLabeledStatement: {
      Children children(*this, node);
      const CstNode label = children.Get(CstField::kLabel);
      // Checked as an identifier, kept as a name.
      const NodeId name = IdentifierFrom(label);
      const NodeId body = Stmt(children.Get(CstField::kBody));
      const NodeId id =
          ast_.New<Kind::kLabeled>(node.span, ast_.NameOf(name), Single(body));
      return id;
    }
    case Cst::kEmptyStatement:
      CheckSemicolon(node);
      return ast_.New<Kind::kEmpty>(node.span);
    case Cst::kDebuggerStatement:
      CheckStatementEnd(node);
      return ast_.New<Kind::kDebugger>(node.span);
    case Cst::kImportStatement:
      return ImportFrom(node);
    case Cst::kExportStatement:
      return ExportFrom(node);
    case Cst::kFunctionSignature:
      return NodeId::kNone;
    case Cst::kInternalModule:
    case Cst::kModule:
      return NamespaceFrom(node, 0);
    case Cst::kTypeAliasDeclaration:
    case Cst::kInterfaceDeclaration:
      return TypeDeclarationFrom(node);
    case Cst::kEnumDeclaration:
      return EnumFrom(node, 0);
    case Cst::kImportAlias:
      return ImportAliasFrom(node);
    case Cst::kAmbientDeclaration:
      return AmbientFrom(node);
    default:
      if (!node.has_error() && node.kind != Cst::kError) {
        ErrorUnexpected(node.span);
      }
      return ast_.New<Kind::kEmpty>(node.span);
  }
}

// A statement where no list is round it.
NodeId Converter::Single(NodeId statement) {
  if (statement == NodeId::kNone) {
    return ast_.New<Kind::kEmpty>(base::Span{});
  }
  if (ast_.Is(statement, Kind::kSplice)) {
    ast_[statement].kind = Kind::kBlock;
  }
  return statement;
}

NodeId Converter::Condition(const CstNode& node) {
  Children children(*this, node);
  if (children.Has(CstField::kType)) {
    ErrorUnexpected(children.Get(CstField::kType).span);
  }
  return Expr(children.FirstNamed());
}

NodeId Converter::BlockFrom(const CstNode& node) {
  Children children(*this, node);
  return ast_.New<Kind::kBlock>(node.span, Statements(children, 0, false));
}

// By the file's text: tree-sitter may have been shown another word.
static DeclarationKind DeclarationKindFrom(std::string_view word) {
  return word == "const" ? DeclarationKind::kConst
         : word == "let" ? DeclarationKind::kLet
                         : DeclarationKind::kVar;
}

NodeId Converter::VariableFrom(const CstNode& node) {
  std::vector<NodeId> declarators;
  Children children(*this, node);
  const DeclarationKind kind = DeclarationKindFrom(Text(children[0]));
  for (size_t i = 1; i < children.size(); ++i) {
    const CstNode child = children[i];
    if (child.kind != Cst::kVariableDeclarator) {
      continue;
    }
    Children parts(*this, child);
    const NodeId target = Target(parts.Get(CstField::kName));
    const NodeId value = parts.Has(CstField::kValue)
                             ? Expr(parts.Get(CstField::kValue))
                             : NodeId::kNone;
    declarators.push_back(
        ast_.New<Kind::kDeclarator>(child.span, target, value));
  }
  return ast_.NewVariable(node.span, kind, declarators);
}

NodeId Converter::IfFrom(const CstNode& node) {
  Children children(*this, node);
  const NodeId test = Condition(children.Get(CstField::kCondition));
  const NodeId yes = Single(Stmt(children.Get(CstField::kConsequence)));
  NodeId no = NodeId::kNone;
  if (children.Has(CstField::kAlternative)) {
    Children clause(*this, children.Get(CstField::kAlternative));
    no = Single(Stmt(clause[clause.size() - 1]));
  }
  return ast_.New<Kind::kIf>(node.span, test, yes, no);
}

// A `;` that automatic insertion may not give: an empty statement, the head of
// a `for`.
void Converter::CheckSemicolon(const CstNode& node) {
  if (text_[node.span.begin] != ';') {
    bool line_break = false;
    const uint32_t next = SkipTrivia(node.span.begin, line_break);
    Error(DK::kJsExpectedSemicolon, base::Span{next, next + 1});
  }
}

NodeId Converter::ForFrom(const CstNode& node) {
  Children children(*this, node);
  for (size_t i = 0; i < children.size(); ++i) {
    if (children[i].kind == Cst::kTokenSemicolon ||
        children[i].kind == Cst::kEmptyStatement) {
      if (children[i].field != CstField::kBody) {
        CheckSemicolon(children[i]);
      }
    }
  }
  NodeId init = NodeId::kNone;
  NodeId test = NodeId::kNone;
  NodeId update = NodeId::kNone;
  const CstNode first = children.Get(CstField::kInitializer);
  if (first.kind == Cst::kVariableDeclaration ||
      first.kind == Cst::kLexicalDeclaration) {
    init = VariableFrom(first);
    if (text_[first.span.end - 1] != ';') {
      Error(DK::kJsExpectedSemicolon,
            base::Span{first.span.end, first.span.end + 1});
    }
  } else if (first.kind != Cst::kEmptyStatement) {
    init = Expr(first);
  }
  const CstNode second = children.Get(CstField::kCondition);
  if (second.kind != Cst::kEmptyStatement) {
    test = Expr(second);
  }
  if (children.Has(CstField::kIncrement)) {
    update = Expr(children.Get(CstField::kIncrement));
  }
  const NodeId body = Single(Stmt(children.Get(CstField::kBody)));
  return ast_.New<Kind::kFor>(node.span, init, test, update, body);
}

NodeId Converter::ForInFrom(const CstNode& node) {
  Children children(*this, node);
  const CstNode left = children.Get(CstField::kLeft);
  const bool of = children.Get(CstField::kOperator).kind == Cst::kTokenOf;
  const bool await = children.Has(Cst::kTokenAwait);
  NodeId target = NodeId::kNone;
  if (children.Has(CstField::kKind)) {
    const CstNode kind = children.Get(CstField::kKind);
    const NodeId name = Target(left);
    const NodeId value = children.Has(CstField::kValue)
                             ? Expr(children.Get(CstField::kValue))
                             : NodeId::kNone;
    const NodeId declarator =
        ast_.New<Kind::kDeclarator>(left.span, name, value);
    target = ast_.NewVariable({kind.span.begin, left.span.end},
                              DeclarationKindFrom(Text(kind)),
                              std::span<const NodeId>(&declarator, 1));
  } else {
    target = Target(left);
    const std::string_view text = Text(left);
    if (of && !await && text == "async") {
      Error(DK::kJsForAsyncOf, left.span);
    }
    if (of && text.substr(0, 3) == "let" &&
        (text.size() == 3 ||
         !IsIdentifierPart(static_cast<unsigned char>(text[3])))) {
      Error(DK::kJsForLetOf, base::Span{left.span.begin, left.span.begin + 3});
    }
  }
  const CstNode right = children.Get(CstField::kRight);
  const NodeId source = Expr(right);
  if (of && right.kind == Cst::kSequenceExpression) {
    ErrorUnexpected(right.span);
  }
  const NodeId body = Single(Stmt(children.Get(CstField::kBody)));
  if (of) {
    const NodeId id = ast_.New<Kind::kForOf>(node.span, target, source, body);
    if (await) {
      ast_[id].flags |= flag::kAwait;
      if (!context_.async) {
        Error(DK::kJsAwaitOutside, children.Get(Cst::kTokenAwait).span);
      }
    }
    return id;
  }
  if (await) {
    ErrorUnexpected(children.Get(Cst::kTokenAwait).span);
  }
  return ast_.New<Kind::kForIn>(node.span, target, source, body);
}

NodeId Converter::ReturnFrom(const CstNode& node) {
  Children children(*this, node);
  NodeId value = NodeId::kNone;
  const CstNode argument = children.FirstNamed();
  if (argument.span.end != 0) {
    if (HasLineBreak(children[0].span.end, argument.span.begin)) {
      split_at_ = argument;
    } else {
      value = Expr(argument);
    }
  }
  CheckStatementEnd(node);
  return ast_.New<Kind::kReturn>(node.span, value);
}

NodeId Converter::JumpFrom(const CstNode& node, Kind kind) {
  Children children(*this, node);
  NameId label = NameId::kNone;
  if (children.Has(CstField::kLabel)) {
    const CstNode name = children.Get(CstField::kLabel);
    if (HasLineBreak(children[0].span.end, name.span.begin)) {
      split_at_ = name;
      split_at_.kind = Cst::kIdentifier;
    } else {
      label = ast_.NameOf(IdentifierFrom(name));
    }
  }
  CheckStatementEnd(node);
  const NodeId id = ast_.AddNode(kind, node.span);
  ast_[id].slots[0] = static_cast<uint32_t>(label);
  return id;
}

NodeId Converter::TryFrom(const CstNode& node) {
  Children children(*this, node);
  const NodeId block = BlockFrom(children.Get(CstField::kBody));
  NodeId handler = NodeId::kNone;
  NodeId finalizer = NodeId::kNone;
  if (children.Has(CstField::kHandler)) {
    const CstNode clause = children.Get(CstField::kHandler);
    Children parts(*this, clause);
    const NodeId parameter = parts.Has(CstField::kParameter)
                                 ? Target(parts.Get(CstField::kParameter))
                                 : NodeId::kNone;
    const NodeId body = BlockFrom(parts.Get(CstField::kBody));
    handler = ast_.New<Kind::kCatch>(clause.span, parameter, body);
  }
  if (children.Has(CstField::kFinalizer)) {
    Children parts(*this, children.Get(CstField::kFinalizer));
    finalizer = BlockFrom(parts.Get(CstField::kBody));
  }
  if (handler == NodeId::kNone && finalizer == NodeId::kNone) {
    Error(DK::kJsTryAlone, base::Span{node.span.begin, node.span.begin + 3});
  }
  return ast_.New<Kind::kTry>(node.span, block, handler, finalizer);
}

NodeId Converter::SwitchFrom(const CstNode& node) {
  Children children(*this, node);
  const NodeId discriminant = Condition(children.Get(CstField::kValue));
  std::vector<NodeId> cases;
  Children body(*this, children.Get(CstField::kBody));
  bool has_default = false;
  for (size_t i = 0; i < body.size(); ++i) {
    const CstNode clause = body[i];
    if (clause.kind != Cst::kSwitchCase && clause.kind != Cst::kSwitchDefault) {
      continue;
    }
    Children parts(*this, clause);
    NodeId test = NodeId::kNone;
    if (clause.kind == Cst::kSwitchCase) {
      test = Expr(parts.Get(CstField::kValue));
    } else {
      if (has_default) {
        Error(DK::kJsSecondDefault, parts[0].span);
      }
      has_default = true;
    }
    const ListId statements = Statements(parts, 0, false);
    cases.push_back(ast_.New<Kind::kCase>(clause.span, test, statements));
  }
  return ast_.New<Kind::kSwitch>(node.span, discriminant, ast_.List(cases));
}

}  // namespace fcc::js
