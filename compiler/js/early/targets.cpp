// SPDX-License-Identifier: Apache-2.0
//
// What can be assigned to, and what can be bound.

#include "compiler/js/early/checker.h"

namespace fcc::js {

using DK = diagnostics::Kind;

void EarlyChecker::WalkPatternProperty(NodeId property, bool binding) {
  const Node& node = ast_[property];
  if (node.kind != Kind::kProperty) {
    // Rest: of an object it takes no pattern.
    const NodeId target{node.slots[0]};
    if (ast_.Is(target, Kind::kArrayPattern) ||
        ast_.Is(target, Kind::kObjectPattern)) {
      Error(DK::kJsBadTarget, target);
    }
    if (binding) {
      WalkBinding(property);
    } else {
      WalkAssignment(property, true);
    }
    return;
  }
  const Property view{Raw(property)};
  if (ast_.Is(view.key(), Kind::kPrivateName)) {
    Error(DK::kJsPrivateKey, view.key());
  } else if (node.Has(flag::kComputed)) {
    Walk(view.key());
  } else if (!ast_.Is(view.key(), Kind::kName)) {
    Walk(view.key());
  }
  if (binding) {
    WalkBinding(view.value());
  } else {
    WalkAssignment(view.value(), true);
  }
}

void EarlyChecker::WalkBinding(NodeId pattern) {
  const Node& node = ast_[pattern];
  switch (node.kind) {
    case Kind::kIdentifier:
      if (node.Has(flag::kParenthesized)) {
        Error(DK::kJsBadBinding, pattern);
      }
      CheckBoundName(pattern);
      return;
    case Kind::kDefaultPattern:
      WalkBinding(NodeId{node.slots[0]});
      Walk(NodeId{node.slots[1]});
      return;
    case Kind::kRest:
      WalkBinding(NodeId{node.slots[0]});
      return;
    case Kind::kTsParameter:
      WalkList(ListId{node.slots[0]});
      WalkBinding(NodeId{node.slots[1]});
      return;
    case Kind::kArrayPattern:
      for (NodeId item : ast_.Items(ListId{node.slots[0]})) {
        WalkBinding(item);
      }
      return;
    case Kind::kObjectPattern:
      for (NodeId item : ast_.Items(ListId{node.slots[0]})) {
        WalkPatternProperty(item, true);
      }
      return;
    case Kind::kHole:
      return;
    default:
      Error(DK::kJsBadBinding, pattern);
      return;
  }
}

// `patterns`: whether a pattern may stand there; not left of `+=` and `++`.
void EarlyChecker::WalkAssignment(NodeId target, bool patterns) {
  const Node& node = ast_[target];
  switch (node.kind) {
    case Kind::kIdentifier: {
      CheckName(target);
      const std::string_view word = ast_.NameTextOf(target);
      if (context_.strict && (word == "eval" || word == "arguments")) {
        Error(DK::kJsStrictEval, target, std::string(word));
      }
      return;
    }
    case Kind::kMember:
    case Kind::kIndex:
    case Kind::kPrivateMember:
      Walk(target);
      return;
    case Kind::kDefaultPattern:
      WalkAssignment(NodeId{node.slots[0]}, true);
      Walk(NodeId{node.slots[1]});
      return;
    case Kind::kRest:
      WalkAssignment(NodeId{node.slots[0]}, true);
      return;
    case Kind::kArrayPattern:
    case Kind::kObjectPattern:
      if (!patterns || node.Has(flag::kParenthesized)) {
        Error(DK::kJsBadTarget, target);
        return;
      }
      for (NodeId item : ast_.Items(ListId{node.slots[0]})) {
        if (node.kind == Kind::kObjectPattern) {
          WalkPatternProperty(item, false);
        } else {
          WalkAssignment(item, true);
        }
      }
      return;
    case Kind::kHole:
      return;
    default:
      Error(DK::kJsBadTarget, target);
      return;
  }
}

}  // namespace fcc::js
