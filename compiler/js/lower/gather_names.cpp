// SPDX-License-Identifier: Apache-2.0
//
// `{a: _fcc_named(function () {}, "a"), b: _fcc_named(function () {}, "b")}` →
// `_fcc_namedAll({a: function () {}, b: function () {}})`, where nothing else
// in the literal could be taken for a function without a name: the lists of
// exports that bundlers write are long.

#include "compiler/js/lower/passes.h"

namespace fcc::js {
namespace {

class GatherNamesPass : public Pass {
 public:
  explicit GatherNamesPass(LowerContext& shared)
      : Pass(shared),
        named_(shared.helper_symbols[static_cast<size_t>(Helper::kNamed)]) {}

 protected:
  NodeId Lower(NodeId id) override {
    VisitChildren(id);
    return ast.Is(id, Kind::kObject) ? Gather(id) : id;
  }

 private:
  // The function of `key: _fcc_named(function () {}, "key")`.
  NodeId NamedByKey(const Property& property) {
    if (!ast.Is(property.value(), Kind::kCall)) {
      return NodeId::kNone;
    }
    Call call = ast.As<Call>(property.value());
    if (!ast.Is(call.callee(), Kind::kIdentifier) ||
        ast.SymbolOf(call.callee()) != named_) {
      return NodeId::kNone;
    }
    std::span<NodeId> arguments = ast.Items(call.arguments());
    const bool by_key =
        arguments.size() == 2 && ast.Is(arguments[0], Kind::kFunction) &&
        ast.Is(arguments[1], Kind::kString) &&
        ast.NameOf(arguments[1]) == KeyName(ast, property.key());
    return by_key ? arguments[0] : NodeId::kNone;
  }

  NodeId Gather(NodeId id) {
    constexpr size_t kLeast = 3;
    std::vector<std::pair<NodeId, NodeId>> found;
    for (NodeId item : ast.Items(ast.As<Object>(id).properties())) {
      if (!ast.Is(item, Kind::kProperty) ||
          PropertyKind{ast[item].op} != PropertyKind::kInit) {
        return id;
      }
      const Property property = ast.As<Property>(item);
      const NodeId value = property.value();
      if (const NodeId function = NamedByKey(property);
          function != NodeId::kNone) {
        found.emplace_back(item, function);
      } else if (!IsConstant(ast, value) &&
                 !(ast.Is(value, Kind::kFunction) &&
                   ast.As<Function>(value).id() != NodeId::kNone)) {
        return id;
      }
    }
    if (found.size() < kLeast) {
      return id;
    }
    for (const auto& [item, function] : found) {
      ast.As<Property>(item).set_value(function);
    }
    return context.CallHelper(ast[id].span, Helper::kNamedAll, {id});
  }

  const SymbolId named_;
};

}  // namespace

void GatherNames(LowerContext& context) {
  GatherNamesPass(context).Run();
}

}  // namespace fcc::js
