// SPDX-License-Identifier: Apache-2.0
//
// `() => this.x` → `function () { return _this.x; }`, with `var _this = this`
// at the start of the function whose `this` it is; `arguments` the same way.
//
// `arguments` that a pass wrote (kSynthetic) is the function's own.

#include "compiler/js/lower/passes.h"

namespace fcc::js {
namespace {

class ArrowPass : public Pass {
 public:
  using Pass::Pass;

 protected:
  NodeId Lower(NodeId id) override;

 private:
  struct Owner {
    // How many arrows lie between it and the node being visited.
    int arrows = 0;
    SymbolId self = SymbolId::kNone;
    SymbolId arguments = SymbolId::kNone;
  };

  NodeId LowerArrow(NodeId id);
  void DeclareCaptures(NodeId function);

  Owner owner_;
};

void ArrowPass::DeclareCaptures(NodeId function) {
  const base::Span span{ast[function].span.begin, ast[function].span.begin};
  std::vector<NodeId> declarators;
  if (owner_.self != SymbolId::kNone) {
    declarators.push_back(ast.New<Kind::kDeclarator>(
        span, Ref(span, owner_.self), ast.New<Kind::kThis>(span)));
  }
  if (owner_.arguments != SymbolId::kNone) {
    const NodeId arguments = ast.NewGlobal(span, "arguments");
    ast[arguments].flags |= flag::kSynthetic;
    declarators.push_back(ast.New<Kind::kDeclarator>(
        span, Ref(span, owner_.arguments), arguments));
  }
  if (!declarators.empty()) {
    const NodeId variable =
        ast.NewVariable(span, DeclarationKind::kVar, declarators);
    PrependStatements(ast, function, std::span(&variable, 1));
  }
}

NodeId ArrowPass::LowerArrow(NodeId id) {
  ++owner_.arrows;
  VisitChildren(id);
  --owner_.arrows;
  const NodeId body = BlockBody(ast, id);
  Arrow arrow = ast.As<Arrow>(id);
  const NodeId function = ast.New<Kind::kFunction>(arrow.span(), NodeId::kNone,
                                                   arrow.parameters(), body);
  // A method cannot be constructed, and neither can an arrow.
  ast[function].flags = ast[id].flags | flag::kMethod;
  ast[function].flags &= ~flag::kParenthesized;
  auto given = context.given_names.find(id);
  return given == context.given_names.end()
             ? function
             : ApplyGivenName(context, function, given->second);
}

NodeId ArrowPass::Lower(NodeId id) {
  switch (ast.KindOf(id)) {
    case Kind::kArrow:
      return LowerArrow(id);
    case Kind::kFunction:
    case Kind::kFunctionDeclaration:
    case Kind::kProgram: {
      const Owner outer = owner_;
      owner_ = Owner();
      VisitChildren(id);
      DeclareCaptures(id);
      owner_ = outer;
      return id;
    }
    case Kind::kThis:
      if (owner_.arrows == 0) {
        return id;
      }
      if (owner_.self == SymbolId::kNone) {
        owner_.self = ast.NewTemporary("this");
      }
      return Ref(ast[id].span, owner_.self);
    case Kind::kIdentifier:
      if (owner_.arrows == 0 || ast.SymbolOf(id) != SymbolId::kNone ||
          ast[id].Has(flag::kSynthetic) || ast.NameTextOf(id) != "arguments") {
        return id;
      }
      if (owner_.arguments == SymbolId::kNone) {
        owner_.arguments = ast.NewTemporary("arguments");
      }
      return Ref(ast[id].span, owner_.arguments);
    default:
      VisitChildren(id);
      return id;
  }
}

}  // namespace

void LowerArrows(LowerContext& context) {
  ArrowPass(context).Run();
}

}  // namespace fcc::js
