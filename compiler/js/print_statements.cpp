// SPDX-License-Identifier: Apache-2.0

#include "compiler/js/printer.h"
#include "runtime/base/format.h"

namespace fcc::js {

void Printer::BlockOf(NodeId id) {
  OpenBrace();
  Statements(ast_.As<Block>(id).body());
  CloseBrace(ast_[id].span);
}

void Printer::Declarators(NodeId id) {
  const Variable view = ast_.As<Variable>(id);
  PutAt(view.span(), TextOf(static_cast<DeclarationKind>(ast_[id].op)));
  Blank();
  bool first = true;
  for (NodeId item : ast_.Items(view.declarators())) {
    if (!first) {
      Comma();
    }
    first = false;
    const Declarator declarator = ast_.As<Declarator>(item);
    Expression(declarator.target(), kAssignment);
    if (declarator.value() != NodeId::kNone) {
      Blank();
      Put("=");
      Blank();
      Expression(declarator.value(), kAssignment);
    }
  }
}

void Printer::ExpressionStatementOf(NodeId expression, bool object_only) {
  const NodeId outer = bracket_;
  bracket_ = BadStart(expression, object_only);
  Expression(expression, kSequence);
  bracket_ = outer;
}

// The body of a loop or a branch.
void Printer::Body(NodeId id) {
  if (ast_.Is(id, Kind::kBlock)) {
    Blank();
    BlockOf(id);
    EndOfBlock();
  } else if (ast_.Is(id, Kind::kEmpty)) {
    Put(";");
    EndOfBlock();
  } else {
    ++indent_;
    EndOfBlock();
    Statement(id);
    --indent_;
  }
}

// Whether an `else` after the statement would be taken by an `if` inside it.
bool Printer::EndsInOpenIf(NodeId id) const {
  while (true) {
    const Node& node = ast_[id];
    switch (node.kind) {
      case Kind::kIf:
        if (NodeId{node.slots[2]} == NodeId::kNone) {
          return true;
        }
        id = NodeId{node.slots[2]};
        break;
      case Kind::kFor:
        id = NodeId{node.slots[3]};
        break;
      case Kind::kForIn:
      case Kind::kForOf:
        id = NodeId{node.slots[2]};
        break;
      case Kind::kWhile:
      case Kind::kWith:
      case Kind::kLabeled:
        id = NodeId{node.slots[1]};
        break;
      default:
        return false;
    }
  }
}

void Printer::IfOf(NodeId id) {
  const If view = ast_.As<If>(id);
  PutAt(view.span(), "if");
  Blank();
  Put("(");
  Expression(view.test(), kSequence);
  Put(")");
  if (view.alternate() == NodeId::kNone) {
    Body(view.consequent());
    return;
  }
  if (EndsInOpenIf(view.consequent())) {
    Blank();
    OpenBrace();
    Statement(view.consequent());
    CloseBrace({});
    EndOfBlock();
  } else {
    Body(view.consequent());
  }
  if (!compact_ && out_.back() == '}') {
    owed_ = Owed::kNothing;
    Blank();
  }
  Put("else");
  if (ast_.Is(view.alternate(), Kind::kIf)) {
    Put(" ");
    IfOf(view.alternate());
  } else {
    Body(view.alternate());
  }
}

void Printer::ForOf_(NodeId id) {
  const Node& node = ast_[id];
  PutAt(node.span, "for");
  Blank();
  if (node.kind == Kind::kFor) {
    const For view = ast_.As<For>(id);
    Put("(");
    no_in_ = true;
    if (view.init() != NodeId::kNone) {
      if (ast_.Is(view.init(), Kind::kVariable)) {
        Declarators(view.init());
      } else {
        ExpressionStatementOf(view.init(), false);
      }
    }
    no_in_ = false;
    Put(";");
    if (view.test() != NodeId::kNone) {
      Blank();
      Expression(view.test(), kSequence);
    }
    Put(";");
    if (view.update() != NodeId::kNone) {
      Blank();
      Expression(view.update(), kSequence);
    }
    Put(")");
    Body(view.body());
    return;
  }
  const ForOf view{const_cast<Node*>(&node)};
  if (node.kind == Kind::kForOf && node.Has(flag::kAwait)) {
    Put("await");
    Blank();
  }
  Put("(");
  no_in_ = true;
  const NodeId outer = bracket_;
  bracket_ = NodeId::kNone;
  if (ast_.Is(view.left(), Kind::kIdentifier)) {
    const std::string_view name = ast_.NameTextOf(view.left());
    if (name == "let" || (name == "async" && node.kind == Kind::kForOf)) {
      bracket_ = view.left();
    }
  }
  if (ast_.Is(view.left(), Kind::kVariable)) {
    Declarators(view.left());
  } else {
    Expression(view.left(), kNewLevel);
  }
  bracket_ = outer;
  no_in_ = false;
  Put(node.kind == Kind::kForOf ? " of " : " in ");
  Expression(view.right(), node.kind == Kind::kForOf ? kAssignment : kSequence);
  Put(")");
  Body(view.body());
}

void Printer::TryOf(NodeId id) {
  const Try view = ast_.As<Try>(id);
  PutAt(view.span(), "try");
  Blank();
  BlockOf(view.block());
  if (view.handler() != NodeId::kNone) {
    const Catch handler = ast_.As<Catch>(view.handler());
    Blank();
    PutAt(handler.span(), "catch");
    Blank();
    if (handler.parameter() != NodeId::kNone) {
      Put("(");
      Expression(handler.parameter(), kAssignment);
      Put(")");
      Blank();
    }
    BlockOf(handler.body());
  }
  if (view.finalizer() != NodeId::kNone) {
    Blank();
    Put("finally");
    Blank();
    BlockOf(view.finalizer());
  }
  EndOfBlock();
}

void Printer::SwitchOf(NodeId id) {
  const Switch view = ast_.As<Switch>(id);
  PutAt(view.span(), "switch");
  Blank();
  Put("(");
  Expression(view.discriminant(), kSequence);
  Put(")");
  Blank();
  OpenBrace();
  for (NodeId item : ast_.Items(view.cases())) {
    const Case clause = ast_.As<Case>(item);
    if (clause.test() == NodeId::kNone) {
      PutAt(clause.span(), "default");
    } else {
      PutAt(clause.span(), "case");
      Blank();
      Expression(clause.test(), kSequence);
    }
    Put(":");
    ++indent_;
    EndOfBlock();
    Statements(clause.body());
    --indent_;
    if (owed_ == Owed::kNothing) {
      EndOfBlock();
    }
  }
  CloseBrace(view.span());
  EndOfBlock();
}

void Printer::Statement(NodeId id) {
  const Node& node = ast_[id];
  Node* raw = const_cast<Node*>(&node);
  switch (node.kind) {
    case Kind::kExpressionStatement:
      ExpressionStatementOf(ExpressionStatement{raw}.expression(), false);
      End();
      return;
    case Kind::kDirective: {
      const std::string text =
          WithEscapedSurrogates(ast_.TextOf(Directive{raw}.raw()));
      const char* quote = text.find('"') == std::string::npos ? "\"" : "'";
      PutAt(node.span, base::format("{}{}{}", quote, text, quote));
      End();
      return;
    }
    case Kind::kVariable:
      Declarators(id);
      End();
      return;
    case Kind::kFunctionDeclaration:
      FunctionOf(id);
      EndOfBlock();
      return;
    case Kind::kClassDeclaration:
      ClassOf(id);
      EndOfBlock();
      return;
    case Kind::kBlock:
      BlockOf(id);
      EndOfBlock();
      return;
    case Kind::kEmpty:
      Put(";");
      EndOfBlock();
      return;
    case Kind::kIf:
      IfOf(id);
      return;
    case Kind::kFor:
    case Kind::kForIn:
    case Kind::kForOf:
      ForOf_(id);
      return;
    case Kind::kWhile:
      PutAt(node.span, "while");
      Blank();
      Put("(");
      Expression(While{raw}.test(), kSequence);
      Put(")");
      Body(While{raw}.body());
      return;
    case Kind::kDoWhile:
      PutAt(node.span, "do");
      Body(DoWhile{raw}.body());
      if (!compact_ && out_.back() == '}') {
        owed_ = Owed::kNothing;
        Blank();
      }
      Put("while");
      Blank();
      Put("(");
      Expression(DoWhile{raw}.test(), kSequence);
      Put(")");
      End();
      return;
    case Kind::kReturn:
    case Kind::kThrow: {
      PutAt(node.span, node.kind == Kind::kReturn ? "return" : "throw");
      const NodeId argument{node.slots[0]};
      if (argument != NodeId::kNone) {
        Blank();
        Expression(argument, kSequence);
      }
      End();
      return;
    }
    case Kind::kBreak:
    case Kind::kContinue: {
      PutAt(node.span, node.kind == Kind::kBreak ? "break" : "continue");
      const NameId label{node.slots[0]};
      if (label != NameId::kNone) {
        Put(" ");
        Put(ast_.TextOf(label));
      }
      End();
      return;
    }
    case Kind::kTry:
      TryOf(id);
      return;
    case Kind::kSwitch:
      SwitchOf(id);
      return;
    case Kind::kLabeled:
      PutAt(node.span, ast_.TextOf(Labeled{raw}.label()));
      Put(":");
      Blank();
      Statement(Labeled{raw}.body());
      return;
    case Kind::kDebugger:
      PutAt(node.span, "debugger");
      End();
      return;
    case Kind::kWith:
      PutAt(node.span, "with");
      Blank();
      Put("(");
      Expression(With{raw}.object(), kSequence);
      Put(")");
      Body(With{raw}.body());
      return;
    case Kind::kImport:
    case Kind::kExportDeclaration:
    case Kind::kExportNamed:
    case Kind::kExportDefault:
    case Kind::kExportAll:
      ModuleStatement(id);
      return;
    case Kind::kTsEnum:
    case Kind::kTsNamespace:
    case Kind::kTsImportEquals:
    case Kind::kTsExportAssignment:
    case Kind::kTsType:
      TypeScriptStatement(id);
      return;
    case Kind::kSplice:
      Statements(Splice{raw}.body());
      return;
    default:
      // An expression printed by PrintNode.
      Expression(id, kSequence);
      return;
  }
}

void Printer::Source(NodeId source, NodeId attributes) {
  Expression(source, kPrimary);
  if (attributes != NodeId::kNone) {
    Put(" with ");
    Expression(attributes, kPrimary);
  }
  End();
}

void Printer::ModuleStatement(NodeId id) {
  const Node& node = ast_[id];
  Node* raw = const_cast<Node*>(&node);
  switch (node.kind) {
    case Kind::kImport: {
      const Import view{raw};
      PutAt(node.span, "import");
      Blank();
      bool braces = false;
      bool first = true;
      for (NodeId item : ast_.Items(view.specifiers())) {
        if (!first) {
          Comma();
        }
        first = false;
        if (ast_.Is(item, Kind::kImportDefault)) {
          PrintIdentifier(ast_.As<ImportDefault>(item).local());
          continue;
        }
        if (ast_.Is(item, Kind::kImportNamespace)) {
          Put("* as ");
          PrintIdentifier(ast_.As<ImportNamespace>(item).local());
          continue;
        }
        if (!braces) {
          Put("{");
          braces = true;
        }
        const ImportSpecifier specifier = ast_.As<ImportSpecifier>(item);
        const SymbolId symbol = ast_.SymbolOf(specifier.local());
        const NameId local = symbol == SymbolId::kNone
                                 ? ast_.NameOf(specifier.local())
                                 : ast_[symbol].name;
        if (!ast_.Is(specifier.imported(), Kind::kName) ||
            ast_.NameOf(specifier.imported()) != local) {
          Expression(specifier.imported(), kPrimary);
          Put(" as ");
        }
        PrintIdentifier(specifier.local());
      }
      if (braces) {
        Put("}");
      } else if (first && !node.Has(flag::kBare)) {
        Put("{}");
      }
      if (!node.Has(flag::kBare)) {
        Blank();
        Put("from");
        Blank();
      }
      Source(view.source(), view.attributes());
      return;
    }
    case Kind::kExportDeclaration:
      PutAt(node.span, "export ");
      Statement(ExportDeclaration{raw}.declaration());
      return;
    case Kind::kExportDefault: {
      PutAt(node.span, "export default ");
      const NodeId value = ExportDefault{raw}.value();
      if (ast_.Is(value, Kind::kFunctionDeclaration) ||
          ast_.Is(value, Kind::kClassDeclaration)) {
        Statement(value);
        // Readers differ in whether a nameless one needs an end.
        owed_ = Owed::kEnd;
        return;
      }
      const NodeId outer = bracket_;
      bracket_ = BadStart(value, false);
      if (bracket_ != NodeId::kNone && ast_.Is(bracket_, Kind::kObject)) {
        bracket_ = NodeId::kNone;
      }
      Expression(value, kAssignment);
      bracket_ = outer;
      End();
      return;
    }
    case Kind::kExportNamed: {
      const ExportNamed view{raw};
      PutAt(node.span, "export");
      Blank();
      Put("{");
      bool first = true;
      for (NodeId item : ast_.Items(view.specifiers())) {
        if (!first) {
          Comma();
        }
        first = false;
        const ExportSpecifier specifier = ast_.As<ExportSpecifier>(item);
        const NodeId local = specifier.local();
        NameId name = ast_.NameOf(local);
        if (ast_.Is(local, Kind::kIdentifier) &&
            ast_.SymbolOf(local) != SymbolId::kNone) {
          name = ast_[ast_.SymbolOf(local)].name;
        }
        Expression(local, kPrimary);
        if (name != ast_.NameOf(specifier.exported()) ||
            ast_.Is(local, Kind::kString) !=
                ast_.Is(specifier.exported(), Kind::kString)) {
          Put(" as ");
          Expression(specifier.exported(), kPrimary);
        }
      }
      Put("}");
      if (view.source() == NodeId::kNone) {
        End();
        return;
      }
      Blank();
      Put("from");
      Blank();
      Source(view.source(), view.attributes());
      return;
    }
    case Kind::kExportAll: {
      const ExportAll view{raw};
      PutAt(node.span, "export*");
      if (view.exported() != NodeId::kNone) {
        Put(" as ");
        Expression(view.exported(), kPrimary);
      }
      Blank();
      Put("from");
      Blank();
      Source(view.source(), view.attributes());
      return;
    }
    default:
      FCC_CHECK(false);
  }
}

// What a file says in TypeScript alone; printed when nothing lowered it.
void Printer::TypeScriptStatement(NodeId id) {
  const Node& node = ast_[id];
  Node* raw = const_cast<Node*>(&node);
  switch (node.kind) {
    case Kind::kTsEnum:
      PutAt(node.span, node.Has(flag::kConst) ? "const enum " : "enum ");
      PrintIdentifier(TsEnum{raw}.id());
      Put("{");
      for (NodeId item : ast_.Items(TsEnum{raw}.members())) {
        const TsEnumMember member = ast_.As<TsEnumMember>(item);
        KeyOf(ast_[item], member.key());
        if (member.value() != NodeId::kNone) {
          Put("=");
          Expression(member.value(), kAssignment);
        }
        Put(",");
      }
      Put("}");
      EndOfBlock();
      return;
    case Kind::kTsNamespace:
      PutAt(node.span, "namespace ");
      PrintIdentifier(TsNamespace{raw}.id());
      OpenBrace();
      Statements(TsNamespace{raw}.body());
      CloseBrace(node.span);
      EndOfBlock();
      return;
    case Kind::kTsImportEquals:
      PutAt(node.span,
            node.Has(flag::kExported) ? "export import " : "import ");
      PrintIdentifier(TsImportEquals{raw}.id());
      Put("=");
      Expression(TsImportEquals{raw}.value(), kCallLevel);
      End();
      return;
    case Kind::kTsExportAssignment:
      PutAt(node.span, "export=");
      Expression(TsExportAssignment{raw}.value(), kAssignment);
      End();
      return;
    default:
      return;
  }
}

}  // namespace fcc::js
