// SPDX-License-Identifier: Apache-2.0

#include "compiler/js/early/checker.h"

namespace fcc::js {

using DK = diagnostics::Kind;

void EarlyChecker::WalkFunction(NodeId id) {
  const Node& node = ast_[id];
  const Context outer = context_;
  if (node.kind == Kind::kArrow) {
    const Arrow view{Raw(id)};
    context_.strict |= node.Has(flag::kStrict);
    const bool async = node.Has(flag::kAsync);
    context_.async |= async;
    context_.parameters = true;
    for (NodeId parameter : ast_.Items(view.parameters())) {
      WalkBinding(parameter);
    }
    context_.parameters = false;
    context_.generator = false;
    context_.async = async;
    context_.return_allowed = true;
    context_.loops = 0;
    context_.breakables = 0;
    context_.labels.clear();
    WalkBody(id, view.parameters(), view.body());
    context_ = outer;
    return;
  }
  const Function view{Raw(id)};
  const bool generator = node.Has(flag::kGenerator);
  const bool async = node.Has(flag::kAsync);
  if (view.id() != NodeId::kNone && node.kind == Kind::kFunctionDeclaration) {
    // Its name belongs to the code round it.
    context_.strict |= node.Has(flag::kStrict);
    CheckBoundName(view.id());
  }
  const bool method = node.Has(flag::kMethod);
  context_ = Context();
  context_.strict = outer.strict || node.Has(flag::kStrict);
  context_.generator = generator;
  context_.async = async;
  context_.return_allowed = true;
  context_.new_target = true;
  context_.super_property = method;
  context_.super_call = node.Has(flag::kDerivedConstructor);
  if (view.id() != NodeId::kNone && node.kind == Kind::kFunction) {
    CheckBoundName(view.id());
  }
  context_.parameters = true;
  for (NodeId parameter : ast_.Items(view.parameters())) {
    WalkBinding(parameter);
  }
  context_.parameters = false;
  WalkBody(id, view.parameters(), view.body());
  context_ = outer;
}

void EarlyChecker::WalkBody(NodeId function, ListId, NodeId body) {
  if (!ast_.Is(body, Kind::kBlock)) {
    Walk(body);
    return;
  }
  for (NodeId statement : ast_.Items(ast_.As<Block>(body).body())) {
    if (ast_.Is(statement, Kind::kDirective) &&
        !ast_[function].Has(flag::kSimpleParameters) &&
        ast_.TextOf(ast_.As<Directive>(statement).raw()) == "use strict") {
      Error(DK::kJsStrictParameters, statement);
    }
    Walk(statement);
  }
}

void EarlyChecker::CheckAccessor(NodeId function, bool setter) {
  const Function view = ast_.As<Function>(function);
  const std::span<const NodeId> parameters = ast_.Items(view.parameters());
  if (setter ? parameters.size() != 1 || ast_.Is(parameters[0], Kind::kRest)
             : !parameters.empty()) {
    Error(setter ? DK::kJsSetterParameters : DK::kJsGetterParameters, function);
  }
}

}  // namespace fcc::js
