// SPDX-License-Identifier: Apache-2.0
//
// `super.x` reads from the prototype of the method's home object, with the
// method's own `this` as receiver; `super.x = v` stores the same way.

#include "compiler/js/lower/super.h"

namespace fcc::js {
namespace {

class SuperRewriter : public Rewriter {
 public:
  SuperRewriter(LowerContext& context, bool strict,
                const std::function<NodeId(base::Span)>& home,
                const std::function<SymbolId(std::string_view)>& temporary)
      : Rewriter(context.ast),
        context_(context),
        strict_(strict),
        home_(home),
        temporary_(temporary) {}

  NodeId Visit(NodeId id) override;
  void VisitClassOutside(NodeId id);

 private:
  bool IsSuperAccess(NodeId id) const {
    return (ast.Is(id, Kind::kMember) || ast.Is(id, Kind::kIndex)) &&
           ast.Is(NodeId{ast[id].slots[0]}, Kind::kSuper);
  }
  // The key of a super access as an expression; visited.
  NodeId KeyOf(NodeId access) {
    if (ast.Is(access, Kind::kMember)) {
      Member member = ast.As<Member>(access);
      return ast.New<Kind::kString>(
          base::Span{member.name_begin(), member.span().end}, member.name());
    }
    return Visit(ast.As<Index>(access).index());
  }
  NodeId Get(base::Span span, NodeId key) {
    return context_.CallHelper(span, Helper::kSuperGet,
                               {ast.New<Kind::kThis>(span), home_(span), key});
  }
  NodeId Set(base::Span span, NodeId key, NodeId value) {
    return context_.CallHelper(span, Helper::kSuperSet,
                               {ast.New<Kind::kThis>(span), home_(span), key,
                                value, ast.NewBoolean(span, strict_)});
  }
  // The key for a read and, after it, a store.
  std::pair<NodeId, NodeId> KeyTwice(NodeId access) {
    const NodeId key = KeyOf(access);
    if (IsConstant(ast, key)) {
      return {key, ast.CloneShallow(key)};
    }
    const base::Span span = ast[key].span;
    const SymbolId symbol = temporary_("key");
    return {ast.NewAssign(span, ast.NewReference(span, symbol),
                          context_.CallHelper(span, Helper::kToKey, {key})),
            ast.NewReference(span, symbol)};
  }
  NodeId LowerAssign(NodeId id);
  NodeId LowerUpdate(NodeId id);

  LowerContext& context_;
  bool strict_;
  const std::function<NodeId(base::Span)>& home_;
  const std::function<SymbolId(std::string_view)>& temporary_;
};

NodeId SuperRewriter::LowerAssign(NodeId id) {
  Assign assign = ast.As<Assign>(id);
  const base::Span span = assign.span();
  const AssignOp op{ast[id].op};
  if (op == AssignOp::kAssign) {
    const NodeId key = KeyOf(assign.target());
    return Set(span, key, Visit(assign.value()));
  }
  // `home` comes before the key in the call, so the key is kept by the read.
  const auto [first, again] = KeyTwice(assign.target());
  const NodeId old = Get(span, again);
  const NodeId sum =
      ast.NewBinary(span, BinaryOf(op), old, Visit(assign.value()));
  return Set(span, first, sum);
}

NodeId SuperRewriter::LowerUpdate(NodeId id) {
  Update update = ast.As<Update>(id);
  const base::Span span = update.span();
  const auto [first, again] = KeyTwice(update.argument());
  const BinaryOp op = UpdateOp{ast[id].op} == UpdateOp::kIncrement
                          ? BinaryOp::kAdd
                          : BinaryOp::kSubtract;
  const NodeId old = ast.NewUnary(span, UnaryOp::kPlus, Get(span, again));
  const NodeId one = ast.NewNumber(span, 1);
  if (update.Has(flag::kPrefix)) {
    return Set(span, first, ast.NewBinary(span, op, old, one));
  }
  const SymbolId symbol = temporary_("value");
  const NodeId kept = ast.NewAssign(span, ast.NewReference(span, symbol), old);
  return NewSequence(ast, span,
                     {Set(span, first, ast.NewBinary(span, op, kept, one)),
                      ast.NewReference(span, symbol)});
}

// What of a class is evaluated with the surroundings' `super`.
void SuperRewriter::VisitClassOutside(NodeId id) {
  Class view = ast.As<Class>(id);
  view.set_super_class(VisitOptional(view.super_class()));
  for (NodeId member : ast.Items(view.members())) {
    if (ast[member].Has(flag::kComputed) &&
        !ast.Is(member, Kind::kStaticBlock)) {
      // Key is slot 1 of Method and of Field.
      ast[member].slots[1] =
          static_cast<uint32_t>(Visit(NodeId{ast[member].slots[1]}));
    }
  }
}

NodeId SuperRewriter::Visit(NodeId id) {
  switch (ast.KindOf(id)) {
    case Kind::kFunction:
    case Kind::kFunctionDeclaration:
      return id;
    case Kind::kClass:
    case Kind::kClassDeclaration:
      VisitClassOutside(id);
      return id;
    case Kind::kMember:
    case Kind::kIndex:
      if (IsSuperAccess(id)) {
        return Get(ast[id].span, KeyOf(id));
      }
      break;
    case Kind::kCall: {
      Call call = ast.As<Call>(id);
      if (!IsSuperAccess(call.callee())) {
        break;
      }
      const base::Span span = call.span();
      const NodeId method = Get(span, KeyOf(call.callee()));
      return ast.New<Kind::kCall>(
          span, ast.NewMember(span, method, "call"),
          ast.Prepend(ast.New<Kind::kThis>(span), VisitList(call.arguments())));
    }
    case Kind::kAssign:
      if (IsSuperAccess(ast.As<Assign>(id).target())) {
        return LowerAssign(id);
      }
      break;
    case Kind::kUpdate:
      if (IsSuperAccess(ast.As<Update>(id).argument())) {
        return LowerUpdate(id);
      }
      break;
    default:
      break;
  }
  VisitChildren(id);
  return id;
}

}  // namespace

void LowerSuperAccess(
    LowerContext& context, NodeId id, bool strict,
    const std::function<NodeId(base::Span)>& home,
    const std::function<SymbolId(std::string_view)>& temporary) {
  SuperRewriter rewriter(context, strict, home, temporary);
  rewriter.VisitChildren(id);
}

}  // namespace fcc::js
