// SPDX-License-Identifier: Apache-2.0
//
// The completion value of a program (what eval returns) is kept in a variable,
// which the program ends with: every expression statement stores its value,
// every statement that has a value of its own starts at undefined, and what a
// `finally` computes is forgotten when it ends normally.
//
// For sources of eval only. Statements that earlier passes added stand before
// or inside statements that start at undefined, so their values are not seen.

#include "compiler/js/lower/passes.h"

namespace fcc::js {
namespace {

class CompletionPass : public Rewriter {
 public:
  explicit CompletionPass(Ast& tree)
      : Rewriter(tree), value_(tree.NewTemporary("completion")) {}

  void Run() {
    const NodeId root = ast.root();
    VisitChildren(root);
    const base::Span span = ast[root].span;
    const NodeId declare = ast.NewVariable(span, DeclarationKind::kVar, value_,
                                           DirectiveValue(root));
    PrependStatements(ast, root, std::span(&declare, 1));
    Program program = ast.As<Program>(root);
    program.set_body(ast.Append(program.body(), ast.NewStatement(Value(span))));
  }

  NodeId Visit(NodeId id) override;

 private:
  NodeId Value(base::Span span) { return ast.NewReference(span, value_); }
  NodeId Store(base::Span span, NodeId value) {
    return ast.NewStatement(ast.NewAssign(span, Value(span), value));
  }
  // `id` with `value = undefined` before it.
  NodeId FromUndefined(NodeId id) {
    const base::Span span = ast[id].span;
    return ast.New<Kind::kSplice>(
        span, ast.List({Store(span, ast.NewUndefined(span)), id}));
  }
  void KeepThrough(NodeId finalizer);
  NodeId DirectiveValue(NodeId root);

  SymbolId value_;
};

// A directive is an expression statement too: what a program of nothing else
// comes to. One with escapes has no value here; the tree keeps its raw text.
NodeId CompletionPass::DirectiveValue(NodeId root) {
  NodeId value = NodeId::kNone;
  for (const NodeId statement : ast.Items(ast.As<Program>(root).body())) {
    if (!ast.Is(statement, Kind::kDirective)) {
      break;
    }
    const std::string_view raw = ast.TextOf(ast.As<Directive>(statement).raw());
    value = raw.find('\\') == std::string_view::npos
                ? ast.NewString(ast[statement].span, raw)
                : NodeId::kNone;
  }
  return value;
}

void CompletionPass::KeepThrough(NodeId finalizer) {
  const base::Span span = ast[finalizer].span;
  const SymbolId saved = ast.NewTemporary("saved");
  Block block = ast.As<Block>(finalizer);
  std::vector<NodeId> body{
      ast.NewVariable(span, DeclarationKind::kVar, saved, Value(span)),
      Store(span, ast.NewUndefined(span))};
  for (NodeId statement : ast.Items(block.body())) {
    body.push_back(statement);
  }
  body.push_back(Store(span, ast.NewReference(span, saved)));
  block.set_body(ast.List(body));
}

NodeId CompletionPass::Visit(NodeId id) {
  switch (ast.KindOf(id)) {
    case Kind::kFunction:
    case Kind::kFunctionDeclaration:
    case Kind::kVariable:
      return id;
    case Kind::kExpressionStatement: {
      ExpressionStatement statement = ast.As<ExpressionStatement>(id);
      statement.set_expression(ast.NewAssign(
          statement.span(), Value(statement.span()), statement.expression()));
      return id;
    }
    case Kind::kIf:
    case Kind::kFor:
    case Kind::kForIn:
    case Kind::kWhile:
    case Kind::kDoWhile:
    case Kind::kSwitch:
    case Kind::kWith:
      VisitChildren(id);
      return FromUndefined(id);
    case Kind::kTry: {
      VisitChildren(id);
      const NodeId finalizer = ast.As<Try>(id).finalizer();
      if (finalizer != NodeId::kNone) {
        KeepThrough(finalizer);
      }
      return FromUndefined(id);
    }
    case Kind::kLabeled: {
      // The loop has to stay right behind its labels.
      NodeId body = id;
      while (ast.Is(body, Kind::kLabeled)) {
        body = ast.As<Labeled>(body).body();
      }
      if (ast.Is(body, Kind::kExpressionStatement)) {
        VisitChildren(id);
        return id;
      }
      VisitChildren(body);
      return FromUndefined(id);
    }
    default:
      VisitChildren(id);
      return id;
  }
}

}  // namespace

void KeepCompletionValue(LowerContext& context) {
  CompletionPass(context.ast).Run();
}

}  // namespace fcc::js
