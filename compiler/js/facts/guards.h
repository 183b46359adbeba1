// SPDX-License-Identifier: Apache-2.0
//
// Tests by which a script makes sure that the platform has a function, and what
// they tell: `wx.x`, `wx.canIUse('x')`, `typeof wx.x === 'function'`, a version
// compared.

#ifndef FCC_COMPILER_JS_FACTS_GUARDS_H_
#define FCC_COMPILER_JS_FACTS_GUARDS_H_

#include <string>
#include <unordered_map>
#include <vector>

#include "compiler/js/ast.h"
#include "compiler/js/facts/aliases.h"

namespace fcc::js {

// Names that are there while something runs: `wx.name` was tested for. "*"
// stands for any name (a computed test).
using Guards = std::vector<std::string>;

// A function of the platform or what holds them, not what a call gave.
bool IsPartOnly(const std::optional<Alias>& alias);

class Tests {
 public:
  // Reads the whole tree for names that hold the outcome of a test; both must
  // outlive it.
  Tests(const Ast& ast, const Aliases& aliases);

  // Names that are there when `test` is true, and when it is false.
  Guards Positive(NodeId test) const;
  Guards Negative(NodeId test) const;
  // Every name that a test mentions, arguments of `canIUse` included.
  Guards Mentioned(NodeId test) const;

 private:
  void Find(NodeId id);
  void AddPositive(NodeId test, Guards& guards) const;
  void AddMentioned(NodeId id, Guards& guards) const;

  const Ast& ast_;
  const Aliases& aliases_;
  // Names that hold the outcome of a test.
  std::unordered_map<SymbolId, Guards> outcomes_;
};

}  // namespace fcc::js

#endif  // FCC_COMPILER_JS_FACTS_GUARDS_H_
