// SPDX-License-Identifier: Apache-2.0

#include "compiler/js/facts/guards.h"

#include <optional>
#include <utility>

namespace fcc::js {

bool IsPartOnly(const std::optional<Alias>& alias) {
  return alias && !alias->path.ends_with(')');
}

Tests::Tests(const Ast& ast, const Aliases& aliases)
    : ast_(ast), aliases_(aliases) {
  Find(ast.root());
}

Guards Tests::Positive(NodeId test) const {
  Guards guards;
  AddPositive(test, guards);
  return guards;
}

Guards Tests::Negative(NodeId test) const {
  Guards guards;
  if (ast_.Is(test, Kind::kUnary) &&
      static_cast<UnaryOp>(ast_[test].op) == UnaryOp::kNot) {
    AddPositive(ast_.As<Unary>(test).argument(), guards);
  } else if (ast_.Is(test, Kind::kBinary)) {
    auto binary = ast_.As<Binary>(test);
    switch (static_cast<BinaryOp>(ast_[test].op)) {
      case BinaryOp::kLogicalOr: {
        guards = Negative(binary.left());
        Guards right = Negative(binary.right());
        guards.insert(guards.end(), right.begin(), right.end());
        break;
      }
      // `typeof wx.x !== 'function'`, `version < '2.0'`.
      case BinaryOp::kEqual:
      case BinaryOp::kNotEqual:
      case BinaryOp::kStrictEqual:
      case BinaryOp::kStrictNotEqual:
      case BinaryOp::kLess:
      case BinaryOp::kLessEqual:
      case BinaryOp::kGreater:
      case BinaryOp::kGreaterEqual:
        AddMentioned(test, guards);
        break;
      default:
        break;
    }
  }
  return guards;
}

Guards Tests::Mentioned(NodeId test) const {
  Guards guards;
  AddMentioned(test, guards);
  return guards;
}

// One walk before any question, because functions may use a name above its
// declaration.
void Tests::Find(NodeId id) {
  if (ast_.Is(id, Kind::kDeclarator)) {
    auto declarator = ast_.As<Declarator>(id);
    const NodeId target = declarator.target();
    if (declarator.value() != NodeId::kNone &&
        ast_.Is(target, Kind::kIdentifier)) {
      const SymbolId symbol = ast_.SymbolOf(target);
      if (symbol != SymbolId::kNone &&
          !ast_[symbol].Has(symbol_flag::kReassigned) &&
          !IsPartOnly(aliases_.Of(declarator.value()))) {
        Guards guards = Positive(declarator.value());
        if (!guards.empty()) {
          outcomes_[symbol] = std::move(guards);
        }
      }
    }
  }
  ForEachChild(ast_, id, [this](NodeId child) { Find(child); });
}

// `this.data.canIUse`.
static bool IsKeptAnswer(const Ast& ast, NodeId id) {
  return ast.Is(id, Kind::kMember) &&
         ast.TextOf(ast.As<Member>(id).name()).starts_with("canIUse") &&
         !ast.Is(ast.As<Member>(id).object(), Kind::kIdentifier);
}

void Tests::AddPositive(NodeId test, Guards& guards) const {
  switch (ast_.KindOf(test)) {
    case Kind::kIdentifier: {
      auto found = outcomes_.find(ast_.SymbolOf(test));
      if (found != outcomes_.end() && ast_.SymbolOf(test) != SymbolId::kNone) {
        guards.insert(guards.end(), found->second.begin(), found->second.end());
        return;
      }
      break;
    }
    case Kind::kBinary: {
      auto op = static_cast<BinaryOp>(ast_[test].op);
      auto binary = ast_.As<Binary>(test);
      // Of `a || b` neither is sure, but a test that asks for one of two
      // names does care: both count.
      if (op == BinaryOp::kLogicalAnd || op == BinaryOp::kLogicalOr ||
          op == BinaryOp::kCoalesce) {
        AddPositive(binary.left(), guards);
        AddPositive(binary.right(), guards);
      } else {
        // `typeof wx.x === 'function'`, `wx.x !== undefined`, `'x' in wx`.
        AddMentioned(test, guards);
      }
      return;
    }
    case Kind::kUnary:
      if (static_cast<UnaryOp>(ast_[test].op) == UnaryOp::kNot) {
        auto unary = ast_.As<Unary>(test);
        // `!!wx.x`
        if (ast_.Is(unary.argument(), Kind::kUnary)) {
          AddPositive(ast_.As<Unary>(unary.argument()).argument(), guards);
        }
        return;
      }
      break;
    case Kind::kCall:
    case Kind::kChain:
      AddMentioned(test, guards);
      return;
    default:
      break;
  }
  if (IsKeptAnswer(ast_, test)) {
    guards.emplace_back("*");
    return;
  }
  if (std::optional<Alias> alias = aliases_.Of(test)) {
    if (alias->IsPart()) {
      guards.push_back(alias->path);
    }
  }
}

void Tests::AddMentioned(NodeId id, Guards& guards) const {
  if (ast_.Is(id, Kind::kCall)) {
    auto call = ast_.As<Call>(id);
    std::optional<Alias> callee = aliases_.Of(call.callee());
    auto arguments = ast_.Items(call.arguments());
    if (callee && callee->path == "canIUse" && !arguments.empty()) {
      if (ast_.Is(arguments[0], Kind::kString)) {
        // "getSystemInfoSync.return.screenWidth": the first word is the name.
        // Some write "wx.getSystemInfoSync()", too.
        std::string_view text = ast_.NameTextOf(arguments[0]);
        for (std::string_view root : {"wx.", "ft.", "uni.", "Taro."}) {
          if (text.starts_with(root)) {
            text.remove_prefix(root.size());
            break;
          }
        }
        guards.emplace_back(text.substr(0, text.find_first_of(".(")));
        guards.emplace_back(text);
      } else {
        guards.emplace_back("*");
      }
      return;
    }
  }
  if (std::optional<Alias> alias = aliases_.Of(id)) {
    if (alias->IsPart()) {
      guards.push_back(alias->path);
    }
    return;
  }
  if (ast_.Is(id, Kind::kBinary) &&
      static_cast<BinaryOp>(ast_[id].op) == BinaryOp::kIn) {
    auto binary = ast_.As<Binary>(id);
    if (ast_.Is(binary.left(), Kind::kString)) {
      guards.emplace_back(ast_.NameTextOf(binary.left()));
    }
  }
  // `renderer === 'skyline'`: what came with that renderer is there.
  if (ast_.Is(id, Kind::kString) && ast_.NameTextOf(id) == "skyline") {
    guards.emplace_back("worklet");
    guards.emplace_back("router");
    return;
  }
  // A version compared (`compareVersion(v, '2.0') >= 0`) guards anything, and
  // so does what somebody kept of the question.
  if (ast_.Is(id, Kind::kIdentifier) &&
      ast_.NameTextOf(id).find("ersion") != std::string_view::npos) {
    guards.emplace_back("*");
  }
  if (IsKeptAnswer(ast_, id)) {
    guards.emplace_back("*");
  }
  ForEachChild(ast_, id, [&](NodeId child) { AddMentioned(child, guards); });
}

}  // namespace fcc::js
