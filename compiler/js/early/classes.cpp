// SPDX-License-Identifier: Apache-2.0

#include "compiler/js/early/checker.h"

namespace fcc::js {

using DK = diagnostics::Kind;

// The name of a key that is no expression; empty otherwise.
static std::string_view KeyText(const Ast& ast, const Node& member,
                                NodeId key) {
  if (member.Has(flag::kComputed) ||
      !(ast.Is(key, Kind::kName) || ast.Is(key, Kind::kString))) {
    return {};
  }
  return ast.NameTextOf(key);
}

void EarlyChecker::WalkClass(NodeId id) {
  const Class view = ast_.As<Class>(id);
  const Context outer = context_;
  WalkList(view.decorators());
  context_.strict = true;
  if (view.id() != NodeId::kNone) {
    CheckBoundName(view.id());
  }
  if (view.super_class() != NodeId::kNone) {
    CheckOperand(view.super_class(), 3);
    Walk(view.super_class());
  }
  bool has_constructor = false;
  for (NodeId member : ast_.Items(view.members())) {
    const Node& node = ast_[member];
    if (node.kind == Kind::kStaticBlock) {
      const Context around = context_;
      context_ = Context();
      context_.strict = true;
      // `await` is no name in it, and no operator either.
      context_.async = true;
      context_.new_target = true;
      context_.super_property = true;
      context_.no_arguments = true;
      WalkList(ast_.As<StaticBlock>(member).body());
      context_ = around;
      continue;
    }
    const NodeId key{node.slots[1]};
    const NodeId value{node.slots[2]};
    WalkList(ListId{node.slots[0]});
    if (!ast_.Is(key, Kind::kName)) {
      Walk(key);
    }
    const std::string_view name = KeyText(ast_, node, key);
    if (node.Has(flag::kStatic) && name == "prototype") {
      Error(DK::kJsStaticPrototype, key);
    }
    if (node.kind == Kind::kField) {
      if (name == "constructor") {
        Error(DK::kJsFieldConstructor, key);
      }
      if (value != NodeId::kNone) {
        const Context around = context_;
        context_.generator = false;
        context_.async = false;
        context_.parameters = false;
        context_.new_target = true;
        context_.super_property = true;
        context_.super_call = false;
        context_.no_arguments = true;
        Walk(value);
        context_ = around;
      }
      continue;
    }
    switch (static_cast<MethodKind>(node.op)) {
      case MethodKind::kConstructor:
        if (has_constructor) {
          Error(DK::kJsSecondConstructor, key);
        }
        has_constructor = true;
        break;
      case MethodKind::kGet:
        CheckAccessor(value, false);
        break;
      case MethodKind::kSet:
        CheckAccessor(value, true);
        break;
      case MethodKind::kMethod:
        break;
    }
    Walk(value);
  }
  context_ = outer;
}

// `super` where neither a member nor a call takes it, and what else needs a
// function or a module round it.
void EarlyChecker::WalkSuper(NodeId id) {
  switch (ast_.KindOf(id)) {
    case Kind::kSuper:
      Error(DK::kJsSuperAlone, id);
      return;
    case Kind::kNewTarget:
      if (!context_.new_target) {
        Error(DK::kJsNewTargetOutside, id);
      }
      return;
    default:
      if (!module_) {
        Error(DK::kJsImportMetaOutside, id);
      }
      return;
  }
}

void EarlyChecker::CheckDelete(NodeId argument) {
  while (ast_.Is(argument, Kind::kChain)) {
    argument = ast_.As<Chain>(argument).expression();
  }
  if (ast_.Is(argument, Kind::kPrivateMember)) {
    Error(DK::kJsDeletePrivate, argument);
  } else if (context_.strict && ast_.Is(argument, Kind::kIdentifier)) {
    Error(DK::kJsDeleteName, argument);
  }
}

}  // namespace fcc::js
