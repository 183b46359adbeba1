// SPDX-License-Identifier: Apache-2.0
//
// The order of the passes. A pass may write anything that a later one takes,
// nothing that an earlier one took.

#include "compiler/js/lower/passes.h"

#include <bitset>

#include "compiler/js/lower/lower.h"

namespace fcc::js {
namespace {

// Kinds of nodes and operators that the tree holds anywhere, dropped nodes
// included: what is not there needs no pass.
struct Inventory {
  std::bitset<static_cast<size_t>(Kind::kCount)> kinds;
  bool exponent = false;
  bool nullish = false;

  explicit Inventory(const Ast& ast) {
    for (uint32_t at = 1; at < ast.node_count(); ++at) {
      const Node& node = ast[NodeId{at}];
      kinds.set(static_cast<size_t>(node.kind));
      if (node.kind == Kind::kBinary) {
        exponent |= BinaryOp{node.op} == BinaryOp::kExponent;
        nullish |= BinaryOp{node.op} == BinaryOp::kCoalesce;
      } else if (node.kind == Kind::kAssign) {
        exponent |= AssignOp{node.op} == AssignOp::kExponent;
        nullish |= IsLogical(AssignOp{node.op});
      }
    }
  }
  bool Has(std::initializer_list<Kind> wanted) const {
    for (Kind kind : wanted) {
      if (kinds[static_cast<size_t>(kind)]) {
        return true;
      }
    }
    return false;
  }
};

void LowerToEs5(LowerContext& context) {
  const Inventory has(context.ast);
  // First: the places that give names are taken apart by every later pass.
  InferNames(context);
  // Operators on private and super members come before the passes that turn
  // such members into calls, so that those see reads, stores and calls only.
  if (has.Has({Kind::kChain})) {
    LowerOptionalChains(context);
  }
  if (has.nullish) {
    LowerNullish(context);
  }
  if (has.exponent) {
    LowerExponent(context);
  }
  if (has.Has({Kind::kTemplate})) {
    LowerTemplates(context);
  }
  if (has.Has({Kind::kNumber, Kind::kRegExp, Kind::kBigInt})) {
    LowerLiterals(context);
  }
  // Puts patterns of its head into declarations and assignments.
  if (has.Has({Kind::kForOf, Kind::kForIn})) {
    LowerForOf(context);
  }
  // Patterns before parameters, whose own patterns PatternWriter takes; both
  // before the passes for functions, since they write arrows.
  if (has.Has({Kind::kArrayPattern, Kind::kObjectPattern, Kind::kCatch})) {
    LowerDestructuring(context);
  }
  if (has.Has({Kind::kDefaultPattern, Kind::kRest, Kind::kArrayPattern,
               Kind::kObjectPattern})) {
    LowerParameters(context);
  }
  // Takes the `super` of its methods, so that what is left belongs to classes.
  if (has.Has({Kind::kObject})) {
    LowerObjectLiterals(context);
  }
  if (has.Has({Kind::kSpread})) {
    LowerSpread(context);
  }
  // Stores to exported names are plain assignments by now; classes still say
  // that they are declarations.
  if (context.options.modules == ModuleKind::kCommonJs) {
    LowerModules(context);
  }
  if (has.Has({Kind::kClass, Kind::kClassDeclaration})) {
    LowerClasses(context);
  }
  // After classes, which make constructors; before arrows, so that an arrow
  // captures the variable.
  if (has.Has({Kind::kNewTarget})) {
    LowerNewTarget(context);
  }
  // Classes and patterns write arrows. From here on there are only functions.
  LowerArrows(context);
  // Stores made for variables are no expression statements of the user, so
  // this comes before let and const become assignments.
  if (context.options.keep_completion_value) {
    KeepCompletionValue(context);
  }
  // Everything that is a function or a loop by now stays one.
  LowerBlockScoping(context);
  // Last: the tree is ES5 but for yield and await, so few kinds of statements
  // need a state machine's form, and every local is a `var`.
  LowerGenerators(context);
  // After every pass that looks for calls of _fcc_named.
  if (context.used_helpers[static_cast<size_t>(Helper::kNamed)]) {
    GatherNames(context);
  }
  // Whatever names the passes took from the text are in the tree by now.
  LowerIdentifierNames(context);
}

// A declared class has a binding inside itself besides the one outside, both
// written by the one name that is printed: they must be renamed as one. The
// class pass, where it runs, makes two declarations of them instead.
void UniteClassNames(LowerContext& context) {
  Ast& ast = context.ast;
  std::unordered_map<SymbolId, SymbolId> outer;
  for (uint32_t at = 1; at < ast.node_count(); ++at) {
    const NodeId id{at};
    if (!ast.Is(id, Kind::kClassDeclaration)) {
      continue;
    }
    const NodeId name = ast.As<Class>(id).id();
    const ScopeId scope = context.scopes.Of(id);
    if (name == NodeId::kNone || scope == ScopeId::kNone) {
      continue;
    }
    for (SymbolId symbol : context.scopes[scope].symbols) {
      if (ast[symbol].kind == SymbolKind::kClassName) {
        outer[symbol] = ast.SymbolOf(name);
      }
    }
  }
  for (uint32_t at = 1; at < ast.node_count(); ++at) {
    const NodeId id{at};
    if (ast.Is(id, Kind::kIdentifier)) {
      const auto found = outer.find(ast.SymbolOf(id));
      if (found != outer.end()) {
        ast.As<Identifier>(id).set_symbol(found->second);
      }
    }
  }
}

}  // namespace

static bool HasTypeScript(const Inventory& has) {
  return has.Has({Kind::kTsEnum, Kind::kTsNamespace, Kind::kTsImportEquals,
                  Kind::kTsExportAssignment, Kind::kTsParameter, Kind::kTsType,
                  Kind::kDecorator, Kind::kField});
}

LowerResult Lower(Ast& ast, Scopes& scopes, const LowerOptions& options,
                  diagnostics::Sink& sink) {
  LowerContext context(ast, scopes, options, sink);
  // Before everything else: what it makes is JavaScript of the latest level.
  if (HasTypeScript(Inventory(ast))) {
    LowerTypeScript(context);
  }
  if (options.target == Target::kEs5) {
    LowerToEs5(context);
  } else {
    UniteClassNames(context);
  }
  LowerResult result;
  if (context.used_helpers.none()) {
    return result;
  }
  if (options.helpers == HelperPlacement::kModule) {
    for (size_t i = 0; i < context.used_helpers.size(); ++i) {
      if (context.used_helpers[i]) {
        result.helpers.emplace_back(HelperName(static_cast<Helper>(i)));
      }
    }
    const NodeId require =
        RequireHelpers(ast, context.used_helpers, context.helper_symbols);
    PrependStatements(ast, ast.root(), std::span(&require, 1));
  } else {
    PrependStatements(
        ast, ast.root(),
        InlineHelpers(ast, context.used_helpers, context.helper_symbols));
  }
  return result;
}

}  // namespace fcc::js
