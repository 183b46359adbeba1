// SPDX-License-Identifier: Apache-2.0
//
// BindScopes gives every Identifier and PrivateName its symbol, sets the facts
// (flag::kUses…, symbol_flag::…) that passes decide by, and reports the early
// errors that hang on names: duplicate declarations, undeclared private names,
// undeclared exports, assignments to constants.
//
// Scopes describe the tree as written. Passes may move declarations without
// keeping scopes up to date: rename.h works from the tree alone.

#ifndef FCC_COMPILER_JS_SCOPE_H_
#define FCC_COMPILER_JS_SCOPE_H_

#include <string>
#include <vector>

#include "compiler/diagnostics/diagnostic.h"
#include "compiler/js/ast.h"

namespace fcc::js {

enum class ScopeKind : uint8_t {
  kProgram,
  // Parameters, and the body where the parameters are simple.
  kFunction,
  // The body where parameters have expressions: its vars are their own.
  kFunctionBody,
  // The name of a function expression, outside the function.
  kFunctionName,
  kBlock,
  kLoop,
  kCatch,
  kSwitch,
  // Round a class: its inner name and private names.
  kClass,
  kStaticBlock,
  // The value of a field: a function of its own for this and arguments.
  kField,
  kWith,
  kTsEnum,
  kTsNamespace,
};

struct Scope {
  ScopeKind kind = ScopeKind::kProgram;
  ScopeId parent = ScopeId::kNone;
  // The nearest scope outwards that takes `var`s.
  ScopeId function = ScopeId::kNone;
  // What opened it: Program, Function, Block, For…, Class, Catch…
  NodeId node = NodeId::kNone;
  bool strict = false;
  bool has_direct_eval = false;
  // Some loop of the same function is round it, or it is a loop's own.
  bool inside_loop = false;
  // In the order of declaration. A function in a sloppy block that is a `var`
  // of its function too (Annex B.3.2) stands here and there, as one symbol.
  std::vector<SymbolId> symbols;
};

struct Scopes {
  // Index 0 is no scope; index 1 is the program's.
  std::vector<Scope> scopes;
  // The innermost scope a node opens, by NodeId; shorter than the tree when
  // passes have added to it.
  std::vector<ScopeId> by_node;
  // Free names, each once, in the order of first use: globals.
  std::vector<NameId> globals;

  const Scope& operator[](ScopeId id) const {
    return scopes[static_cast<uint32_t>(id)];
  }
  ScopeId Of(NodeId node) const {
    const uint32_t at = static_cast<uint32_t>(node);
    return at < by_node.size() ? by_node[at] : ScopeId::kNone;
  }
};

// `private_names`: names a class round the text declares (eval).
Scopes BindScopes(Ast& ast, diagnostics::Sink& sink,
                  const std::vector<std::string>& private_names = {});

}  // namespace fcc::js

#endif  // FCC_COMPILER_JS_SCOPE_H_
