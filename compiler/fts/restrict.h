// SPDX-License-Identifier: Apache-2.0
//
// What makes JavaScript FTS, done on the bound tree before it is lowered:
//
//   - statements that the language lacks are reported;
//   - names of the app's and the view's world become undefined variables;
//   - `x.constructor`, read, becomes a call that gives the kind's name;
//   - `require("./x")` gets the project path.
//
// Names reached by a computed key (`x["const" + "ructor"]`) are left alone.

#ifndef FCC_COMPILER_FTS_RESTRICT_H_
#define FCC_COMPILER_FTS_RESTRICT_H_

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/diagnostics/diagnostic.h"
#include "compiler/js/ast.h"

namespace fcc::fts {

struct Restricted {
  // Which parts of the library the module needs (library.h).
  bool uses_get_date = false;
  bool uses_get_reg_exp = false;
  bool uses_constructor_of = false;
  std::vector<std::string> requires_paths;
};

// `resolve` gives the project path of what a `require` says, empty when there
// is no such module.
Restricted RestrictToFts(
    js::Ast& ast,
    const std::function<std::string(std::string_view written)>& resolve,
    diagnostics::Sink& sink);

// The function that `x.constructor` is turned into a call of.
inline constexpr std::string_view kConstructorOf = "__ftsConstructorOf";

}  // namespace fcc::fts

#endif  // FCC_COMPILER_FTS_RESTRICT_H_
