// SPDX-License-Identifier: Apache-2.0
//
// What makes JavaScript FTS, done on the bound tree before it is lowered:
//
//   - statements that the language lacks are reported;
//   - names of the app's and the view's world become undefined variables;
//   - `x.constructor`, read, becomes a call that gives the kind's name, and
//     `x.toString()` one that tells nothing of a function's code;
//   - `this` is never the global object;
//   - functions that templates show keep their text;
//   - `require("./x")` gets the project path.
//
// Names reached by a computed key (`x["const" + "ructor"]`) are left alone.

#ifndef FCC_COMPILER_FTS_RESTRICT_H_
#define FCC_COMPILER_FTS_RESTRICT_H_

#include <functional>
#include <set>
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
  bool uses_to_string = false;
  bool uses_this = false;
  bool uses_text = false;
  bool uses_unknown = false;
  std::vector<std::string> requires_paths;
};

// `resolve` gives the project path of what a `require` says, empty when there
// is no such module. `shown` are the names of functions that keep their text.
Restricted RestrictToFts(
    js::Ast& ast,
    const std::function<std::string(std::string_view written)>& resolve,
    const std::set<std::string, std::less<>>& shown, diagnostics::Sink& sink);

// The function that `x.constructor` is turned into a call of.
inline constexpr std::string_view kConstructorOf = "__ftsConstructorOf";
// Those of `x.toString()`, `this`, and of a function that is shown.
inline constexpr std::string_view kToString = "__ftsToString";
inline constexpr std::string_view kThis = "__ftsThis";
inline constexpr std::string_view kText = "__ftsText";
inline constexpr std::string_view kUnknown = "__ftsUnknown";

}  // namespace fcc::fts

#endif  // FCC_COMPILER_FTS_RESTRICT_H_
