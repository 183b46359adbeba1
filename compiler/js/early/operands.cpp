// SPDX-License-Identifier: Apache-2.0
//
// tree-sitter takes any expression as an operand; the grammar does not:
// `a || () => {}`, `-a ** b`, `a ?? b || c`.

#include "compiler/js/early/checker.h"

namespace fcc::js {

using DK = diagnostics::Kind;

// What may stand bare: 0 anything but a sequence, 1 no assignment, arrow,
// yield, 2 no conditional either, 3 only what a call can follow.
static constexpr int kConditionalOperand = 1;
static constexpr int kBinaryOperand = 2;
static constexpr int kCallOperand = 3;

void EarlyChecker::CheckOperand(NodeId id, int level) {
  const Node& node = ast_[id];
  if (node.Has(flag::kParenthesized)) {
    return;
  }
  int has = 4;
  switch (node.kind) {
    case Kind::kAssign:
    case Kind::kArrow:
    case Kind::kYield:
    case Kind::kSequence:
      has = 0;
      break;
    case Kind::kConditional:
      has = 1;
      break;
    case Kind::kBinary:
    case Kind::kUnary:
    case Kind::kUpdate:
    case Kind::kAwait:
      has = 2;
      break;
    default:
      return;
  }
  // TypeScript's `x as T` leaves no trace that it was there.
  if (has < level && !typescript_) {
    Error(DK::kJsOperand, id);
  }
}

static bool IsOrAnd(BinaryOp op) {
  return op == BinaryOp::kLogicalOr || op == BinaryOp::kLogicalAnd;
}

void EarlyChecker::CheckOperands(NodeId id) {
  const Node& node = ast_[id];
  switch (node.kind) {
    case Kind::kBinary: {
      const BinaryOp op = static_cast<BinaryOp>(node.op);
      for (NodeId operand : {NodeId{node.slots[0]}, NodeId{node.slots[1]}}) {
        CheckOperand(operand, kBinaryOperand);
        if (!Bare(operand, Kind::kBinary)) {
          continue;
        }
        const BinaryOp inner = static_cast<BinaryOp>(ast_[operand].op);
        if ((op == BinaryOp::kCoalesce && IsOrAnd(inner)) ||
            (IsOrAnd(op) && inner == BinaryOp::kCoalesce)) {
          Error(DK::kJsMixedCoalesce, operand);
        }
      }
      const NodeId left{node.slots[0]};
      if (op == BinaryOp::kExponent &&
          (Bare(left, Kind::kUnary) || Bare(left, Kind::kAwait))) {
        Error(DK::kJsExponentUnary, left);
      }
      // `#x in o` takes a name at its left, nothing else.
      const NodeId right{node.slots[1]};
      if (Bare(right, Kind::kBinary) &&
          ast_.Is(NodeId{ast_[right].slots[0]}, Kind::kPrivateName)) {
        Error(DK::kJsOperand, right);
      }
      return;
    }
    case Kind::kConditional:
      CheckOperand(NodeId{node.slots[0]}, kConditionalOperand);
      return;
    case Kind::kUnary:
    case Kind::kAwait:
      CheckOperand(NodeId{node.slots[0]}, kBinaryOperand);
      return;
    case Kind::kCall:
    case Kind::kNew:
    case Kind::kMember:
    case Kind::kIndex:
    case Kind::kPrivateMember:
    case Kind::kTaggedTemplate:
      CheckOperand(NodeId{node.slots[0]}, kCallOperand);
      return;
    default:
      return;
  }
}

}  // namespace fcc::js
