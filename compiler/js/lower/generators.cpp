// SPDX-License-Identifier: Apache-2.0
//
// Generators and async functions → functions that make a state machine
// (machine_writer.h) and hand it to a helper:
//
//     function* f(a) { var b = yield a; }
//   →
//     function f(a) {
//       var b;
//       return _fcc_generator(f, function (_context) { … });
//     }
//     _fcc_generatorFunction(f);
//
// Locals, functions, `this` and `arguments` stay with the outer function, which
// the machine is a closure of.

#include <algorithm>

#include "compiler/js/lower/machine_writer.h"
#include "compiler/js/lower/passes.h"

namespace fcc::js {
namespace {

// Takes what must not be inside the machine out of a body: declarations, whose
// variables outlive a step, `this` and `arguments`.
class Evacuation : public Rewriter {
 public:
  explicit Evacuation(Ast& tree) : Rewriter(tree) {}

  NodeId Visit(NodeId id) override;

  std::vector<SymbolId> variables;
  std::vector<NodeId> functions;
  SymbolId self = SymbolId::kNone;
  SymbolId arguments = SymbolId::kNone;

 private:
  NodeId AsExpression(NodeId variable);
};

// `a = 1, b = 2`, or kNone when nothing has a value.
NodeId Evacuation::AsExpression(NodeId id) {
  std::vector<NodeId> stores;
  for (NodeId item : ast.Items(ast.As<Variable>(id).declarators())) {
    Declarator declarator = ast.As<Declarator>(item);
    const SymbolId symbol = ast.SymbolOf(declarator.target());
    if (std::find(variables.begin(), variables.end(), symbol) ==
        variables.end()) {
      variables.push_back(symbol);
    }
    if (declarator.value() != NodeId::kNone) {
      stores.push_back(ast.NewAssign(ast[item].span, declarator.target(),
                                     Visit(declarator.value())));
    }
  }
  return stores.empty() ? NodeId::kNone
                        : NewSequence(ast, ast[id].span, stores);
}

NodeId Evacuation::Visit(NodeId id) {
  switch (ast.KindOf(id)) {
    case Kind::kFunction:
      return id;
    case Kind::kFunctionDeclaration:
      functions.push_back(id);
      return NodeId::kNone;
    case Kind::kVariable: {
      const NodeId stores = AsExpression(id);
      return stores == NodeId::kNone ? stores : ast.NewStatement(stores);
    }
    case Kind::kFor: {
      For loop = ast.As<For>(id);
      if (loop.init() != NodeId::kNone &&
          ast.Is(loop.init(), Kind::kVariable)) {
        loop.set_init(AsExpression(loop.init()));
      } else {
        loop.set_init(VisitOptional(loop.init()));
      }
      loop.set_test(VisitOptional(loop.test()));
      loop.set_update(VisitOptional(loop.update()));
      const NodeId body = Visit(loop.body());
      loop.set_body(body == NodeId::kNone ? ast.New<Kind::kEmpty>(loop.span())
                                          : body);
      return id;
    }
    case Kind::kForIn: {
      ForIn loop = ast.As<ForIn>(id);
      if (ast.Is(loop.left(), Kind::kVariable)) {
        const NodeId item =
            ast.Items(ast.As<Variable>(loop.left()).declarators())[0];
        const NodeId target = ast.As<Declarator>(item).target();
        AsExpression(loop.left());
        loop.set_left(target);
      }
      break;
    }
    case Kind::kThis:
      if (self == SymbolId::kNone) {
        self = ast.NewTemporary("this");
      }
      return ast.NewReference(ast[id].span, self);
    case Kind::kIdentifier:
      if (ast.SymbolOf(id) == SymbolId::kNone &&
          ast.NameTextOf(id) == "arguments") {
        if (arguments == SymbolId::kNone) {
          arguments = ast.NewTemporary("arguments");
        }
        return ast.NewReference(ast[id].span, arguments);
      }
      return id;
    default:
      break;
  }
  VisitChildren(id);
  return id;
}

class GeneratorPass : public Pass {
 public:
  using Pass::Pass;

 protected:
  NodeId Lower(NodeId id) override;

 private:
  NodeId LowerFunction(NodeId id);
  void MarkDeclarations(NodeId owner);
  NodeId Mark(base::Span span, NodeId function, bool is_async,
              bool is_anonymous);
};

NodeId GeneratorPass::Mark(base::Span span, NodeId function, bool is_async,
                           bool is_anonymous) {
  std::vector<NodeId> args{function};
  if (is_anonymous) {
    args.push_back(ast.NewString(span, ""));
  }
  return context.CallHelper(
      span,
      is_async ? Helper::kAsyncGeneratorFunction : Helper::kGeneratorFunction,
      args);
}

NodeId GeneratorPass::LowerFunction(NodeId id) {
  Function function = ast.As<Function>(id);
  const base::Span span = function.span();
  const bool is_async = function.Has(flag::kAsync);
  const bool is_generator = function.Has(flag::kGenerator);
  const bool is_anonymous = function.id() == NodeId::kNone;
  const NodeId body = function.body();
  std::vector<NodeId> before;
  std::vector<NodeId> inside;
  std::span<NodeId> items = ast.Items(ast.As<Block>(body).body());
  // Directives, and what belongs to the parameters of a generator.
  auto border = std::find_if(items.begin(), items.end(), [&](NodeId item) {
    return ast.Is(item, Kind::kEmpty) && ast[item].Has(flag::kSynthetic);
  });
  auto at = items.begin();
  if (border != items.end()) {
    before.assign(items.begin(), border);
    at = border + 1;
  } else {
    while (at != items.end() && ast.Is(*at, Kind::kDirective)) {
      before.push_back(*at++);
    }
  }
  Evacuation evacuation(ast);
  for (; at != items.end(); ++at) {
    const NodeId kept = evacuation.Visit(*at);
    if (kept != NodeId::kNone) {
      inside.push_back(kept);
    }
  }
  MachineWriter writer(context, is_async, is_generator);
  writer.WriteBody(inside);
  const NodeId machine = writer.Machine(span);
  std::vector<SymbolId> variables = evacuation.variables;
  variables.insert(variables.end(), writer.variables().begin(),
                   writer.variables().end());
  std::vector<NodeId> declarators;
  for (SymbolId symbol : variables) {
    declarators.push_back(ast.New<Kind::kDeclarator>(span, Ref(span, symbol)));
  }
  if (evacuation.self != SymbolId::kNone) {
    declarators.push_back(ast.New<Kind::kDeclarator>(
        span, Ref(span, evacuation.self), ast.New<Kind::kThis>(span)));
  }
  if (evacuation.arguments != SymbolId::kNone) {
    declarators.push_back(
        ast.New<Kind::kDeclarator>(span, Ref(span, evacuation.arguments),
                                   ast.NewGlobal(span, "arguments")));
  }
  if (!declarators.empty()) {
    before.push_back(ast.NewVariable(span, DeclarationKind::kVar, declarators));
  }
  before.insert(before.end(), evacuation.functions.begin(),
                evacuation.functions.end());
  std::vector<NodeId> args;
  if (is_generator) {
    if (is_anonymous) {
      function.set_id(Ref(span, ast.NewTemporary("generator")));
    }
    args.push_back(ast.CloneShallow(function.id()));
  }
  args.push_back(machine);
  const NodeId regions = writer.Regions(span);
  if (regions != NodeId::kNone) {
    args.push_back(regions);
  }
  const Helper helper = !is_generator ? Helper::kAsync
                        : is_async    ? Helper::kAsyncGenerator
                                      : Helper::kGenerator;
  before.push_back(
      NewReturn(ast, span, context.CallHelper(span, helper, args)));
  ast.As<Block>(body).set_body(ast.List(before));
  MarkDeclarations(body);
  if (ast.Is(id, Kind::kFunctionDeclaration) || !is_generator) {
    return id;
  }
  return Mark(span, id, is_async, is_anonymous);
}

// Generators declared in this body are marked at its start: calls may stand
// before the declaration.
void GeneratorPass::MarkDeclarations(NodeId owner) {
  const ListId list = ast.Is(owner, Kind::kProgram)
                          ? ast.As<Program>(owner).body()
                          : ast.As<Block>(owner).body();
  std::vector<NodeId> marks;
  for (NodeId item : ast.Items(list)) {
    NodeId declaration = item;
    if (ast.Is(item, Kind::kExportDeclaration)) {
      declaration = ast.As<ExportDeclaration>(item).declaration();
    }
    if (ast.Is(declaration, Kind::kFunctionDeclaration) &&
        ast[declaration].Has(flag::kGenerator)) {
      const base::Span span = ast[declaration].span;
      const bool is_async = ast[declaration].Has(flag::kAsync);
      ast[declaration].flags &= ~(flag::kGenerator | flag::kAsync);
      marks.push_back(ast.NewStatement(
          Mark(span, ast.CloneShallow(ast.As<Function>(declaration).id()),
               is_async, false)));
    }
  }
  PrependStatements(ast, owner, marks);
}

NodeId GeneratorPass::Lower(NodeId id) {
  VisitChildren(id);
  switch (ast.KindOf(id)) {
    case Kind::kProgram:
      MarkDeclarations(id);
      return id;
    case Kind::kFunction:
    case Kind::kFunctionDeclaration: {
      const uint16_t kinds = flag::kAsync | flag::kGenerator;
      if (!ast[id].Has(kinds)) {
        MarkDeclarations(ast.As<Function>(id).body());
        return id;
      }
      const NodeId lowered = LowerFunction(id);
      if (ast.Is(id, Kind::kFunction) || !ast[id].Has(flag::kGenerator)) {
        ast[id].flags &= ~kinds;
      }
      return lowered;
    }
    default:
      return id;
  }
}

}  // namespace

void LowerGenerators(LowerContext& context) {
  GeneratorPass(context).RunPassingLeaves();
}

}  // namespace fcc::js
