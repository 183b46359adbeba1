// SPDX-License-Identifier: Apache-2.0
//
// `a ** b` → `Math.pow(a, b)`, and `a **= b` with the target's object and key
// evaluated once. (BigInt, for which the two differ, is refused.)

#include "compiler/js/lower/passes.h"

namespace fcc::js {
namespace {

class ExponentPass : public Pass {
 public:
  using Pass::Pass;

 protected:
  NodeId Lower(NodeId id) override {
    VisitChildren(id);
    const Kind kind = ast.KindOf(id);
    if (kind == Kind::kBinary && BinaryOp{ast[id].op} == BinaryOp::kExponent) {
      Binary binary = ast.As<Binary>(id);
      return Power(binary.span(), binary.left(), binary.right());
    }
    if (kind == Kind::kAssign && AssignOp{ast[id].op} == AssignOp::kExponent) {
      Assign assign = ast.As<Assign>(id);
      const Twice target = UseTargetTwice(assign.target());
      return ast.NewAssign(assign.span(), target.first,
                           Power(assign.span(), target.again, assign.value()));
    }
    return id;
  }

 private:
  NodeId Power(base::Span span, NodeId left, NodeId right) {
    return NewMethodCall(ast, span, ast.NewGlobal(span, "Math"), "pow",
                         {left, right});
  }
};

}  // namespace

void LowerExponent(LowerContext& context) {
  ExponentPass(context).RunPassingLeaves();
}

}  // namespace fcc::js
