// SPDX-License-Identifier: Apache-2.0
//
// `[a, ...b]` → `[a].concat(_fcc_list(b))`, `f(...a)` → `f.apply(void 0, …)`,
// `o.f(...a)` with o evaluated once, `new F(...a)` → `_fcc_construct`.
// `super(...a)` is the class pass's.

#include <algorithm>

#include "compiler/js/lower/arguments_array.h"
#include "compiler/js/lower/passes.h"

namespace fcc::js {

static bool HasSpread(const Ast& ast, ListId list) {
  std::span<const NodeId> items = ast.Items(list);
  return std::any_of(items.begin(), items.end(),
                     [&](NodeId item) { return ast.Is(item, Kind::kSpread); });
}

NodeId ArgumentsArray(LowerContext& context, base::Span span, ListId list) {
  Ast& ast = context.ast;
  std::vector<NodeId> parts;
  std::vector<NodeId> run;
  auto flush = [&] {
    if (!run.empty()) {
      parts.push_back(NewArray(ast, span, run));
      run.clear();
    }
  };
  for (NodeId item : ast.Items(list)) {
    if (!ast.Is(item, Kind::kSpread)) {
      run.push_back(item);
      continue;
    }
    flush();
    parts.push_back(context.CallHelper(ast[item].span, Helper::kList,
                                       {ast.As<Spread>(item).argument()}));
  }
  flush();
  if (parts.empty()) {
    return NewArray(ast, span, {});
  }
  if (parts.size() == 1) {
    return parts[0];
  }
  return ast.NewCall(span, ast.NewMember(span, parts[0], "concat"),
                     std::span(parts).subspan(1));
}

namespace {

class SpreadPass : public Pass {
 public:
  using Pass::Pass;

 protected:
  NodeId Lower(NodeId id) override {
    VisitChildren(id);
    switch (ast.KindOf(id)) {
      case Kind::kArray: {
        Array array = ast.As<Array>(id);
        return HasSpread(ast, array.elements())
                   ? ArgumentsArray(context, array.span(), array.elements())
                   : id;
      }
      case Kind::kCall: {
        Call call = ast.As<Call>(id);
        return HasSpread(ast, call.arguments()) &&
                       !ast.Is(call.callee(), Kind::kSuper)
                   ? LowerCall(call)
                   : id;
      }
      case Kind::kNew: {
        New made = ast.As<New>(id);
        return HasSpread(ast, made.arguments())
                   ? context.CallHelper(
                         made.span(), Helper::kConstruct,
                         {made.callee(), ArgumentsArray(context, made.span(),
                                                        made.arguments())})
                   : id;
      }
      default:
        return id;
    }
  }

 private:
  NodeId LowerCall(Call call) {
    const base::Span span = call.span();
    NodeId callee = call.callee();
    NodeId self;
    const Kind kind = ast.KindOf(callee);
    if (kind == Kind::kIdentifier && ast.SymbolOf(callee) == SymbolId::kNone &&
        ast.NameTextOf(callee) == "eval") {
      // It must stay a direct eval, which looks at one argument only.
      return ast.NewCall(
          span, callee,
          {ast.New<Kind::kIndex>(
              span, ArgumentsArray(context, span, call.arguments()),
              ast.NewNumber(span, 0))});
    }
    if (kind == Kind::kMember || kind == Kind::kIndex ||
        kind == Kind::kPrivateMember) {
      const NodeId object{ast[callee].slots[0]};
      if (ast.Is(object, Kind::kSuper)) {
        self = ast.New<Kind::kThis>(span);
      } else {
        const Twice twice = UseTwice(object, "object");
        ast[callee].slots[0] = static_cast<uint32_t>(twice.first);
        self = twice.again;
      }
    } else {
      self = ast.NewUndefined(span);
    }
    return NewMethodCall(
        ast, span, callee, "apply",
        {self, ArgumentsArray(context, span, call.arguments())});
  }
};

}  // namespace

void LowerSpread(LowerContext& context) {
  SpreadPass(context).RunPassingLeaves();
}

}  // namespace fcc::js
