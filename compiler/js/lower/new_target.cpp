// SPDX-License-Identifier: Apache-2.0
//
// `new.target` → `_newTarget`, which its function starts with:
//
//     var _newTarget = this instanceof F ? this.constructor : void 0;
//
// In methods it is undefined. Differs: Reflect.construct with a newTarget whose
// prototype says nothing of it is not seen.

#include "compiler/js/lower/passes.h"

namespace fcc::js {
namespace {

class NewTargetPass : public Pass {
 public:
  using Pass::Pass;

 protected:
  NodeId Lower(NodeId id) override {
    const Kind kind = ast.KindOf(id);
    if (kind == Kind::kNewTarget) {
      if (owner_ == SymbolId::kNone) {
        owner_ = ast.NewTemporary("newTarget");
      }
      return Ref(ast[id].span, owner_);
    }
    if (kind == Kind::kUnary && UnaryOp{ast[id].op} == UnaryOp::kDelete &&
        ast.Is(ast.As<Unary>(id).argument(), Kind::kNewTarget)) {
      return ast.NewBoolean(ast[id].span, true);
    }
    if (kind != Kind::kFunction && kind != Kind::kFunctionDeclaration &&
        kind != Kind::kProgram) {
      VisitChildren(id);
      return id;
    }
    const SymbolId outer = owner_;
    owner_ = SymbolId::kNone;
    VisitChildren(id);
    if (owner_ != SymbolId::kNone) {
      Declare(id);
    }
    owner_ = outer;
    return id;
  }

 private:
  void Declare(NodeId owner) {
    const base::Span span = ast[owner].span;
    NodeId value = NodeId::kNone;
    if (!ast.Is(owner, Kind::kProgram) && !ast[owner].Has(flag::kMethod)) {
      Function function = ast.As<Function>(owner);
      if (function.id() == NodeId::kNone) {
        function.set_id(Ref(span, ast.NewTemporary("target")));
      }
      const NodeId is_new =
          ast.NewBinary(span, BinaryOp::kInstanceOf, ast.New<Kind::kThis>(span),
                        ast.CloneShallow(function.id()));
      value = NewConditional(
          ast, span, is_new,
          ast.NewMember(span, ast.New<Kind::kThis>(span), "constructor"),
          ast.NewUndefined(span));
    }
    const NodeId declare =
        ast.NewVariable(span, DeclarationKind::kVar, owner_, value);
    PrependStatements(ast, owner, std::span(&declare, 1));
  }

  // Of the function round the node that is being visited, once asked for.
  SymbolId owner_ = SymbolId::kNone;
};

}  // namespace

void LowerNewTarget(LowerContext& context) {
  NewTargetPass(context).Run();
}

}  // namespace fcc::js
