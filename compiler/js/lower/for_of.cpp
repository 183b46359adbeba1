// SPDX-License-Identifier: Apache-2.0
//
//     for (left of right) body
//
// becomes a walk with `_fcc_iterate`, which knows arrays and closes iterators:
//
//     iteration = _fcc_iterate(right);
//     try {
//       while (iteration.step()) { left = iteration.value; body }
//     } catch (error) { iteration.fail(error); }
//     finally { iteration.close(); }
//
// A declaration on the left becomes one at the start of the body, with its
// kind, so that the pass for let and const gives each round its own. Labels go
// to the inner loop. for-await is the same with the waiting in this tree, where
// the generator pass sees it.
//
// Also takes patterns, `super.x` and private members left of `in`.

#include "compiler/js/lower/passes.h"

namespace fcc::js {
namespace {

class ForOfPass : public Pass {
 public:
  using Pass::Pass;

 protected:
  NodeId Lower(NodeId id) override;

 private:
  NodeId LowerForOf(NodeId id, std::span<const NodeId> labels);
  NodeId LowerForAwait(NodeId id, std::span<const NodeId> labels);
  NodeId LowerForIn(NodeId id);
  void ForbidInHead(NodeId id);
  NodeId Body(NodeId left, NodeId value, NodeId body);
  NodeId Labelled(NodeId loop, std::span<const NodeId> labels);
  NodeId Statement(NodeId expression) { return ast.NewStatement(expression); }
  NodeId Block1(base::Span span, NodeId statement) {
    return ast.NewBlock(span, std::span<const NodeId>(&statement, 1));
  }
};

// `{ left = value; body… }`.
NodeId ForOfPass::Body(NodeId left, NodeId value, NodeId body) {
  const base::Span span = ast[left].span;
  NodeId first;
  if (ast.Is(left, Kind::kVariable)) {
    const NodeId declarator =
        ast.Items(ast.As<Variable>(left).declarators())[0];
    ast.As<Declarator>(declarator).set_value(value);
    first = left;
  } else {
    first = Statement(ast.NewAssign(span, left, value));
  }
  std::vector<NodeId> statements{first};
  if (ast.Is(body, Kind::kBlock)) {
    for (NodeId statement : ast.Items(ast.As<Block>(body).body())) {
      statements.push_back(statement);
    }
  } else {
    statements.push_back(body);
  }
  return ast.NewBlock(ast[body].span, statements);
}

NodeId ForOfPass::Labelled(NodeId loop, std::span<const NodeId> labels) {
  for (size_t i = labels.size(); i-- > 0;) {
    Labeled label = ast.As<Labeled>(labels[i]);
    loop = ast.New<Kind::kLabeled>(label.span(), label.label(), loop);
  }
  return loop;
}

NodeId ForOfPass::LowerForOf(NodeId id, std::span<const NodeId> labels) {
  VisitChildren(id);
  ForOf loop = ast.As<ForOf>(id);
  const base::Span span = loop.span();
  const SymbolId iteration = Temporary("loop");
  const NodeId start = Statement(
      ast.NewAssign(span, Ref(span, iteration),
                    context.CallHelper(ast[loop.right()].span, Helper::kIterate,
                                       {loop.right()})));
  const NodeId body =
      Body(loop.left(), ast.NewMember(span, Ref(span, iteration), "value"),
           loop.body());
  const NodeId round = Labelled(
      ast.New<Kind::kWhile>(
          span, NewMethodCall(ast, span, Ref(span, iteration), "step", {}),
          body),
      labels);
  const SymbolId error = ast.NewTemporary("err");
  const NodeId handler = ast.New<Kind::kCatch>(
      span, Ref(span, error),
      Block1(span, Statement(NewMethodCall(ast, span, Ref(span, iteration),
                                           "fail", {Ref(span, error)}))));
  const NodeId finalizer = Block1(
      span,
      Statement(NewMethodCall(ast, span, Ref(span, iteration), "close", {})));
  const NodeId attempt =
      ast.New<Kind::kTry>(span, Block1(span, round), handler, finalizer);
  return ast.New<Kind::kSplice>(span, ast.List({start, attempt}));
}

//     iteration = _fcc_iterateAsync(right);
//     try {
//       while (iteration.accept(await iteration.step())) { … }
//     } catch (error) { iteration.fail(error); }
//     finally { if (iteration.closes()) iteration.closed(await
//     iteration.result); }
NodeId ForOfPass::LowerForAwait(NodeId id, std::span<const NodeId> labels) {
  VisitChildren(id);
  ForOf loop = ast.As<ForOf>(id);
  const base::Span span = loop.span();
  const SymbolId iteration = Temporary("loop");
  auto it = [&] { return Ref(span, iteration); };
  const NodeId start = Statement(
      ast.NewAssign(span, it(),
                    context.CallHelper(ast[loop.right()].span,
                                       Helper::kIterateAsync, {loop.right()})));
  const NodeId body =
      Body(loop.left(), ast.NewMember(span, it(), "value"), loop.body());
  const NodeId next =
      ast.New<Kind::kAwait>(span, NewMethodCall(ast, span, it(), "step", {}));
  const NodeId round = Labelled(
      ast.New<Kind::kWhile>(
          span, NewMethodCall(ast, span, it(), "accept", {next}), body),
      labels);
  const SymbolId error = ast.NewTemporary("err");
  const NodeId handler = ast.New<Kind::kCatch>(
      span, Ref(span, error),
      Block1(span, Statement(NewMethodCall(ast, span, it(), "fail",
                                           {Ref(span, error)}))));
  const NodeId closed = Statement(NewMethodCall(
      ast, span, it(), "closed",
      {ast.New<Kind::kAwait>(span, ast.NewMember(span, it(), "result"))}));
  const NodeId finalizer = Block1(
      span, ast.New<Kind::kIf>(
                span, NewMethodCall(ast, span, it(), "closes", {}), closed));
  const NodeId attempt =
      ast.New<Kind::kTry>(span, Block1(span, round), handler, finalizer);
  return ast.New<Kind::kSplice>(span, ast.List({start, attempt}));
}

NodeId ForOfPass::LowerForIn(NodeId id) {
  VisitChildren(id);
  ForIn loop = ast.As<ForIn>(id);
  NodeId target = loop.left();
  if (ast.Is(target, Kind::kVariable)) {
    target =
        ast.As<Declarator>(ast.Items(ast.As<Variable>(target).declarators())[0])
            .target();
  }
  // Stores that are no plain assignment later on.
  const bool access =
      ast.Is(target, Kind::kPrivateMember) ||
      ((ast.Is(target, Kind::kMember) || ast.Is(target, Kind::kIndex)) &&
       ast.Is(NodeId{ast[target].slots[0]}, Kind::kSuper));
  if (!access && !ast.Is(target, Kind::kArrayPattern) &&
      !ast.Is(target, Kind::kObjectPattern)) {
    return id;
  }
  const base::Span span = ast[loop.left()].span;
  const SymbolId key = Temporary("key");
  loop.set_body(Body(loop.left(), Ref(span, key), loop.body()));
  loop.set_left(Ref(span, key));
  return id;
}

// The names that the head declares do not live yet in its right side.
void ForOfPass::ForbidInHead(NodeId id) {
  // Left and right are slots 0 and 1 of ForOf and of ForIn.
  const NodeId left{ast[id].slots[0]};
  NodeId right{ast[id].slots[1]};
  if (!ast.Is(left, Kind::kVariable) ||
      DeclarationKind{ast[left].op} == DeclarationKind::kVar) {
    return;
  }
  std::vector<SymbolId> names;
  for (NodeId item : ast.Items(ast.As<Variable>(left).declarators())) {
    CollectNames(ast, ast.As<Declarator>(item).target(), names);
  }
  // The scope of the head is never initialised, even for functions.
  ForbidNames(context, right, names, ForbidIn::kFunctionsToo);
  ast[id].slots[1] = static_cast<uint32_t>(right);
}

NodeId ForOfPass::Lower(NodeId id) {
  std::vector<NodeId> labels;
  NodeId loop = id;
  while (ast.Is(loop, Kind::kLabeled)) {
    labels.push_back(loop);
    loop = ast.As<Labeled>(loop).body();
  }
  if (ast.Is(loop, Kind::kForOf)) {
    ForbidInHead(loop);
    return ast[loop].Has(flag::kAwait) ? LowerForAwait(loop, labels)
                                       : LowerForOf(loop, labels);
  }
  if (ast.Is(id, Kind::kForIn)) {
    ForbidInHead(id);
    return LowerForIn(id);
  }
  VisitChildren(id);
  return id;
}

}  // namespace

void LowerForOf(LowerContext& context) {
  ForOfPass(context).RunPassingLeaves();
}

}  // namespace fcc::js
