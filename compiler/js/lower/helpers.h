// SPDX-License-Identifier: Apache-2.0
//
// The functions that lowered code calls (helpers.def): their names, what they
// need of each other, and how they come into a program.

#ifndef FCC_COMPILER_JS_LOWER_HELPERS_H_
#define FCC_COMPILER_JS_LOWER_HELPERS_H_

#include <bitset>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "compiler/js/ast.h"

namespace fcc::js {

enum class Helper : uint8_t {
#define FCC_JS_HELPER(symbol, ...) k##symbol,
#include "compiler/js/helpers.def"
#undef FCC_JS_HELPER
  kCount,
};

using HelperSet = std::bitset<static_cast<size_t>(Helper::kCount)>;

std::string_view HelperName(Helper helper);
std::string_view HelperSource(Helper helper);
// `used` and all that they need.
HelperSet WithDependencies(HelperSet used);

// The statements of `text`, a JavaScript program of ours, as part of `ast`:
// whatever it declares under one of the names is that symbol there.
std::vector<NodeId> ImportStatements(
    Ast& ast, std::string_view path, std::string text,
    std::span<const std::pair<std::string_view, SymbolId>> symbols);
// The statements that declare `used` (closed over what they need) as part of
// `ast`. `symbols[helper]` is the symbol that the program refers to a helper
// by, kNone for one that only other helpers call.
std::vector<NodeId> InlineHelpers(Ast& ast, HelperSet used,
                                  const std::vector<SymbolId>& symbols);
// `var a = require("@fcc/helpers").a, …`, one declarator for each of `used`.
NodeId RequireHelpers(Ast& ast, HelperSet used,
                      const std::vector<SymbolId>& symbols);

}  // namespace fcc::js

#endif  // FCC_COMPILER_JS_LOWER_HELPERS_H_
