// SPDX-License-Identifier: Apache-2.0
//
// The last stage before printing: every symbol gets the name it is printed
// with, such that no reference is captured by another declaration. Works from
// the tree alone (where symbols are declared and referred to now), so passes
// need not keep scopes up to date.

#ifndef FCC_COMPILER_JS_RENAME_H_
#define FCC_COMPILER_JS_RENAME_H_

#include "compiler/js/ast.h"

namespace fcc::js {

struct RenameOptions {
  // Shortest names by frequency for whatever is not pinned; otherwise names
  // stay unless they clash.
  bool mangle = false;
  // Deals the short names out in another order; 0 for the usual one.
  uint64_t seed = 0;
};

// Changes Symbol::name. The printer prints an Identifier that has a symbol by
// the symbol's name.
void Rename(Ast& ast, const RenameOptions& options);

}  // namespace fcc::js

#endif  // FCC_COMPILER_JS_RENAME_H_
