// SPDX-License-Identifier: Apache-2.0

#ifndef FCC_COMPILER_JS_MODULES_EFFECTS_H_
#define FCC_COMPILER_JS_MODULES_EFFECTS_H_

#include "compiler/js/ast.h"

namespace fcc::js {

// True where the statements of the program only define functions, classes and
// plain values: who uses none of them cannot tell whether it ran. A name read
// before its declaration has run is taken for one that has, as bundlers do; a
// call counts as harmless with `/*#__PURE__*/` in front. Wants a bound tree.
bool IsEffectFree(const Ast& ast);

}  // namespace fcc::js

#endif  // FCC_COMPILER_JS_MODULES_EFFECTS_H_
