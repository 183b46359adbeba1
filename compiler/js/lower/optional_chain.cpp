// SPDX-License-Identifier: Apache-2.0
//
// `a?.b.c(d)` → `a == null ? void 0 : a.b.c(d)`, what stands left of each `?.`
// kept in a temporary where it has to be evaluated once. `delete a?.b` is true
// where the chain is cut, and `(a?.b)()` calls with `this` a.
//
// Takes Chain and every kOptional; leaves Member, Index, PrivateMember, Call.

#include "compiler/js/lower/passes.h"

namespace fcc::js {
namespace {

class OptionalChainPass : public Pass {
 public:
  using Pass::Pass;

 protected:
  NodeId Lower(NodeId id) override;

 private:
  struct Lowered {
    // Null tests in order, to be joined by `||`.
    std::vector<NodeId> tests;
    NodeId value = NodeId::kNone;
    // What the last access of `value` was read from, when asked for.
    NodeId self = NodeId::kNone;
  };
  Lowered LowerLinks(NodeId expression, bool want_self);
  NodeId LowerCallOfChain(NodeId id);
  NodeId Join(const Lowered& lowered, base::Span span, NodeId otherwise,
              NodeId value);
  bool IsAccess(NodeId id) const {
    return ast.Is(id, Kind::kMember) || ast.Is(id, Kind::kIndex) ||
           ast.Is(id, Kind::kPrivateMember);
  }
  // Slot 0 of every access and call is what it applies to.
  NodeId ObjectOf(NodeId id) const { return NodeId{ast[id].slots[0]}; }
};

NodeId OptionalChainPass::Join(const Lowered& lowered, base::Span span,
                               NodeId otherwise, NodeId value) {
  NodeId test = lowered.tests[0];
  for (size_t i = 1; i < lowered.tests.size(); ++i) {
    test = ast.NewBinary(span, BinaryOp::kLogicalOr, test, lowered.tests[i]);
  }
  return NewConditional(ast, span, test, otherwise, value);
}

OptionalChainPass::Lowered OptionalChainPass::LowerLinks(NodeId expression,
                                                         bool want_self) {
  std::vector<NodeId> links;
  NodeId base = expression;
  while ((IsAccess(base) || ast.Is(base, Kind::kCall)) &&
         !ast.Is(ObjectOf(base), Kind::kSuper)) {
    links.push_back(base);
    base = ObjectOf(base);
  }
  Lowered lowered;
  const bool super_base = IsAccess(base);
  NodeId current;
  NodeId self = NodeId::kNone;
  // `(a?.b)()`: the brackets end the chain but keep `this`.
  const bool calls_chain = ast.Is(base, Kind::kChain) && !links.empty() &&
                           ast.Is(links.back(), Kind::kCall);
  if (calls_chain) {
    const Lowered inner = LowerLinks(ast.As<Chain>(base).expression(), true);
    const base::Span span = ast[base].span;
    current = Join(inner, span, ast.NewUndefined(span), inner.value);
    self = inner.self;
  } else {
    current = Visit(base);
    if (super_base) {
      self = ast.New<Kind::kThis>(ast[base].span);
    }
  }
  for (size_t i = links.size(); i-- > 0;) {
    const NodeId link = links[i];
    const base::Span span = ast[link].span;
    if (ast[link].Has(flag::kOptional)) {
      const Twice twice = UseTwice(current, "value");
      lowered.tests.push_back(ast.NewBinary(span, BinaryOp::kEqual, twice.first,
                                            ast.New<Kind::kNull>(span)));
      current = twice.again;
      ast[link].flags &= ~flag::kOptional;
      if (ast.Is(link, Kind::kCall) && self != NodeId::kNone) {
        Call call = ast.As<Call>(link);
        const ListId args = ast.Prepend(self, VisitList(call.arguments()));
        current = ast.New<Kind::kCall>(
            span, ast.NewMember(span, current, "call"), args);
        self = NodeId::kNone;
        continue;
      }
    }
    if (calls_chain && self != NodeId::kNone && i + 1 == links.size()) {
      Call call = ast.As<Call>(link);
      current =
          ast.New<Kind::kCall>(span, ast.NewMember(span, current, "call"),
                               ast.Prepend(self, VisitList(call.arguments())));
      self = NodeId::kNone;
      continue;
    }
    // `a.b?.()` has to call with `this` a, so a is kept.
    const bool keep =
        IsAccess(link) && (i == 0 ? want_self
                                  : ast.Is(links[i - 1], Kind::kCall) &&
                                        ast[links[i - 1]].Has(flag::kOptional));
    self = NodeId::kNone;
    if (keep) {
      const Twice twice = UseTwice(current, "object");
      current = twice.first;
      self = twice.again;
    }
    ast[link].slots[0] = static_cast<uint32_t>(current);
    if (ast.Is(link, Kind::kIndex)) {
      Index index = ast.As<Index>(link);
      index.set_index(Visit(index.index()));
    } else if (ast.Is(link, Kind::kCall)) {
      Call call = ast.As<Call>(link);
      call.set_arguments(VisitList(call.arguments()));
    }
    current = link;
  }
  lowered.value = current;
  lowered.self = self;
  return lowered;
}

// `(a?.b)(c)`: the brackets end the chain but keep `this`.
NodeId OptionalChainPass::LowerCallOfChain(NodeId id) {
  Call call = ast.As<Call>(id);
  const base::Span span = call.span();
  const NodeId chain = call.callee();
  const Lowered lowered = LowerLinks(ast.As<Chain>(chain).expression(), true);
  NodeId callee = Join(lowered, span, ast.NewUndefined(span), lowered.value);
  ListId args = VisitList(call.arguments());
  if (lowered.self != NodeId::kNone) {
    callee = ast.NewMember(span, callee, "call");
    args = ast.Prepend(lowered.self, args);
  }
  return ast.New<Kind::kCall>(span, callee, args);
}

NodeId OptionalChainPass::Lower(NodeId id) {
  switch (ast.KindOf(id)) {
    case Kind::kChain: {
      const Lowered lowered = LowerLinks(ast.As<Chain>(id).expression(), false);
      const base::Span span = ast[id].span;
      return Join(lowered, span, ast.NewUndefined(span), lowered.value);
    }
    case Kind::kUnary: {
      Unary unary = ast.As<Unary>(id);
      if (UnaryOp{ast[id].op} != UnaryOp::kDelete ||
          !ast.Is(unary.argument(), Kind::kChain)) {
        break;
      }
      const Lowered lowered =
          LowerLinks(ast.As<Chain>(unary.argument()).expression(), false);
      unary.set_argument(lowered.value);
      const base::Span span = unary.span();
      return Join(lowered, span, ast.NewBoolean(span, true), id);
    }
    case Kind::kCall:
      if (ast.Is(ast.As<Call>(id).callee(), Kind::kChain)) {
        return LowerCallOfChain(id);
      }
      break;
    default:
      break;
  }
  VisitChildren(id);
  return id;
}

}  // namespace

void LowerOptionalChains(LowerContext& context) {
  OptionalChainPass(context).RunPassingLeaves();
}

}  // namespace fcc::js
