// SPDX-License-Identifier: Apache-2.0
//
// Smaller trees that do the same. Short names are Rename's, short text is the
// printer's.

#ifndef FCC_COMPILER_JS_MINIFY_H_
#define FCC_COMPILER_JS_MINIFY_H_

#include <vector>

#include "compiler/js/ast.h"
#include "compiler/js/js.h"

namespace fcc::js {

// Puts values where names stand: `process.env.NODE_ENV` → `"production"`. The
// value is a string, a number, true, false or null; others are left out. A path
// whose first name is declared in the file means something else and stays.
// Wants a bound tree.
void ApplyDefines(Ast& ast, const std::vector<Define>& defines);

// Drops branches whose condition is a constant; `var`s declared in them stay
// declared.
void RemoveDeadBranches(Ast& ast);

// Syntax that says the same in fewer bytes. Wants a lowered tree.
void ShrinkSyntax(Ast& ast);

}  // namespace fcc::js

#endif  // FCC_COMPILER_JS_MINIFY_H_
