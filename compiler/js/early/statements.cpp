// SPDX-License-Identifier: Apache-2.0

#include "compiler/js/early/checker.h"

namespace fcc::js {

using DK = diagnostics::Kind;

// Where one statement stands, not a list: no declaration may. `branch`: of an
// `if`, where sloppy code may have a plain function (Annex B.3.3).
void EarlyChecker::WalkSingle(NodeId statement, bool branch) {
  const Node& node = ast_[statement];
  switch (node.kind) {
    case Kind::kFunctionDeclaration:
      if (context_.strict || !branch ||
          node.Has(flag::kAsync | flag::kGenerator)) {
        Error(DK::kJsDeclarationPlace, statement);
      }
      break;
    case Kind::kClassDeclaration:
      Error(DK::kJsDeclarationPlace, statement);
      break;
    case Kind::kVariable:
      if (static_cast<DeclarationKind>(node.op) != DeclarationKind::kVar) {
        Error(DK::kJsDeclarationPlace, statement);
      }
      break;
    case Kind::kLabeled: {
      NodeId body = statement;
      while (ast_.Is(body, Kind::kLabeled)) {
        body = ast_.As<Labeled>(body).body();
      }
      if (ast_.Is(body, Kind::kFunctionDeclaration)) {
        Error(DK::kJsDeclarationPlace, body);
      }
      break;
    }
    default:
      break;
  }
  Walk(statement);
}

// The head of a `for` ends at the first `in` that no bracket hides.
void EarlyChecker::CheckNoIn(NodeId id) {
  const Node& node = ast_[id];
  if (node.Has(flag::kParenthesized)) {
    return;
  }
  switch (node.kind) {
    case Kind::kBinary:
      if (static_cast<BinaryOp>(node.op) == BinaryOp::kIn) {
        Error(DK::kJsInInFor, id);
        return;
      }
      break;
    case Kind::kConditional:
      CheckNoIn(NodeId{node.slots[0]});
      CheckNoIn(NodeId{node.slots[2]});
      return;
    case Kind::kVariable:
    case Kind::kDeclarator:
    case Kind::kAssign:
    case Kind::kSequence:
    case Kind::kUnary:
    case Kind::kYield:
    case Kind::kAwait:
      break;
    case Kind::kArrow:
      if (!ast_.Is(Arrow{Raw(id)}.body(), Kind::kBlock)) {
        CheckNoIn(Arrow{Raw(id)}.body());
      }
      return;
    default:
      return;
  }
  ForEachChild(ast_, id, [this](NodeId child) { CheckNoIn(child); });
}

void EarlyChecker::WalkLoop(NodeId id) {
  const Node& node = ast_[id];
  auto body = [this](NodeId statement) {
    ++context_.loops;
    ++context_.breakables;
    WalkSingle(statement, false);
    --context_.loops;
    --context_.breakables;
  };
  switch (node.kind) {
    case Kind::kWhile:
      Walk(While{Raw(id)}.test());
      body(While{Raw(id)}.body());
      return;
    case Kind::kDoWhile:
      body(DoWhile{Raw(id)}.body());
      Walk(DoWhile{Raw(id)}.test());
      return;
    case Kind::kFor: {
      const For view{Raw(id)};
      if (view.init() != NodeId::kNone) {
        CheckNoIn(view.init());
      }
      for (NodeId part : {view.init(), view.test(), view.update()}) {
        if (part != NodeId::kNone) {
          Walk(part);
        }
      }
      body(view.body());
      return;
    }
    default: {
      // ForIn and ForOf have the same slots.
      const ForOf view{Raw(id)};
      if (!ast_.Is(view.left(), Kind::kVariable)) {
        WalkAssignment(view.left(), true);
      } else {
        WalkVariable(view.left(), true);
        const Declarator declarator = ast_.As<Declarator>(
            ast_.Items(ast_.As<Variable>(view.left()).declarators())[0]);
        const bool plain_var =
            static_cast<DeclarationKind>(ast_[view.left()].op) ==
                DeclarationKind::kVar &&
            ast_.Is(declarator.target(), Kind::kIdentifier);
        if (declarator.value() != NodeId::kNone &&
            (node.kind == Kind::kForOf || context_.strict || !plain_var)) {
          Error(DK::kJsForInitializer, declarator.value());
        }
      }
      Walk(view.right());
      body(view.body());
      return;
    }
  }
}

void EarlyChecker::WalkVariable(NodeId id, bool in_head) {
  const bool is_const =
      static_cast<DeclarationKind>(ast_[id].op) == DeclarationKind::kConst;
  for (NodeId item : ast_.Items(ast_.As<Variable>(id).declarators())) {
    const Declarator declarator = ast_.As<Declarator>(item);
    WalkBinding(declarator.target());
    if (declarator.value() != NodeId::kNone) {
      Walk(declarator.value());
    } else if (!in_head) {
      if (!ast_.Is(declarator.target(), Kind::kIdentifier)) {
        Error(DK::kJsPatternValue, declarator.target());
      } else if (is_const) {
        Error(DK::kJsConstValue, declarator.target());
      }
    }
  }
}

void EarlyChecker::WalkObject(NodeId id) {
  bool has_proto = false;
  for (NodeId item : ast_.Items(ast_.As<Object>(id).properties())) {
    const Node& node = ast_[item];
    if (node.kind != Kind::kProperty) {
      Walk(item);
      continue;
    }
    const Property view{Raw(item)};
    const NodeId key = view.key();
    const bool named = ast_.Is(key, Kind::kName) || ast_.Is(key, Kind::kString);
    if (ast_.Is(key, Kind::kPrivateName)) {
      Error(DK::kJsPrivateKey, key);
    } else if (!ast_.Is(key, Kind::kName)) {
      Walk(key);
    }
    switch (static_cast<PropertyKind>(node.op)) {
      case PropertyKind::kInit:
        if (named && !node.Has(flag::kComputed | flag::kShorthand) &&
            ast_.NameTextOf(key) == "__proto__") {
          if (has_proto) {
            Error(DK::kJsSecondProto, key);
          }
          has_proto = true;
        }
        break;
      case PropertyKind::kGet:
        CheckAccessor(view.value(), false);
        break;
      case PropertyKind::kSet:
        CheckAccessor(view.value(), true);
        break;
      case PropertyKind::kMethod:
        break;
    }
    Walk(view.value());
  }
}

void EarlyChecker::WalkModuleItem(NodeId id) {
  const Node& node = ast_[id];
  switch (node.kind) {
    case Kind::kImport:
      for (NodeId item : ast_.Items(ast_.As<Import>(id).specifiers())) {
        CheckBoundName(ast_.Is(item, Kind::kImportSpecifier)
                           ? ast_.As<ImportSpecifier>(item).local()
                           : NodeId{ast_[item].slots[0]});
      }
      return;
    case Kind::kExportDeclaration:
    case Kind::kExportDefault: {
      const NodeId value{node.slots[0]};
      if (node.kind == Kind::kExportDefault && Bare(value, Kind::kSequence)) {
        Error(DK::kJsOperand, value);
      }
      Walk(value);
      return;
    }
    case Kind::kExportNamed:
      if (ast_.As<ExportNamed>(id).source() == NodeId::kNone) {
        for (NodeId item : ast_.Items(ast_.As<ExportNamed>(id).specifiers())) {
          CheckName(ast_.As<ExportSpecifier>(item).local());
        }
      }
      return;
    default:
      return;
  }
}

}  // namespace fcc::js
