// SPDX-License-Identifier: Apache-2.0
//
// `a ?? b` → `a != null ? a : b`, and the logical assignments: `a.b ||= c` →
// `a.b || (a.b = c)`, the object and key of the target evaluated once and the
// store left out where the test says so.
//
// Takes the operators `??`, `??=`, `||=`, `&&=`.

#include "compiler/js/lower/passes.h"

namespace fcc::js {
namespace {

class NullishPass : public Pass {
 public:
  using Pass::Pass;

 protected:
  NodeId Lower(NodeId id) override {
    VisitChildren(id);
    const Kind kind = ast.KindOf(id);
    if (kind == Kind::kBinary && BinaryOp{ast[id].op} == BinaryOp::kCoalesce) {
      Binary binary = ast.As<Binary>(id);
      return Coalesce(binary.span(), binary.left(), binary.right());
    }
    if (kind == Kind::kAssign && IsLogical(AssignOp{ast[id].op})) {
      return LowerAssign(id);
    }
    return id;
  }

 private:
  NodeId Coalesce(base::Span span, NodeId left, NodeId right) {
    const Twice twice = UseTwice(left, "value");
    const NodeId test = ast.NewBinary(span, BinaryOp::kNotEqual, twice.first,
                                      ast.New<Kind::kNull>(span));
    return NewConditional(ast, span, test, twice.again, right);
  }

  NodeId LowerAssign(NodeId id) {
    Assign assign = ast.As<Assign>(id);
    const base::Span span = assign.span();
    const BinaryOp op = BinaryOf(AssignOp{ast[id].op});
    const Twice target = UseTargetTwice(assign.target());
    const NodeId store = ast.NewAssign(span, target.again, assign.value());
    if (op == BinaryOp::kCoalesce) {
      return Coalesce(span, target.first, store);
    }
    return ast.NewBinary(span, op, target.first, store);
  }
};

}  // namespace

void LowerNullish(LowerContext& context) {
  NullishPass(context).RunPassingLeaves();
}

}  // namespace fcc::js
