// SPDX-License-Identifier: Apache-2.0
//
// Things of the language's library that older web views lack, and which of them
// a script uses. A name that the script asks about or defines itself is none.

#ifndef FCC_COMPILER_JS_FACTS_BUILTINS_H_
#define FCC_COMPILER_JS_FACTS_BUILTINS_H_

#include <cstdint>
#include <string_view>

#include "compiler/js/ast.h"
#include "compiler/js/facts/facts.h"

namespace fcc::js {

enum class BuiltinKind : uint8_t {
  // `WeakRef`.
  kGlobal,
  // `flatMap`, of whatever object.
  kMethod,
  // What a regular expression can hold: `lookbehind`.
  kPattern,
  // `Object.fromEntries`.
  kStatic,
};

struct BuiltinRow {
  BuiltinKind kind = BuiltinKind::kGlobal;
  std::string_view name;
  // The versions it came with; "-" for none.
  std::string_view ios;
  std::string_view chrome;
};

// Null where there is no row.
const BuiltinRow* FindBuiltin(BuiltinKind kind, std::string_view name);
// Of any kind; their names differ.
const BuiltinRow* FindBuiltin(std::string_view name);

// Fills facts.builtins and facts.defined_builtins.
void CollectBuiltins(const Ast& ast, ScriptFacts& facts);

}  // namespace fcc::js

#endif  // FCC_COMPILER_JS_FACTS_BUILTINS_H_
