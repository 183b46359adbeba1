// SPDX-License-Identifier: Apache-2.0
//
// Early errors that a tree shows without knowing its names: one subject a file.
// Those that hang on names are BindScopes' (scope.h).

#ifndef FCC_COMPILER_JS_EARLY_EARLY_H_
#define FCC_COMPILER_JS_EARLY_EARLY_H_

#include "compiler/diagnostics/diagnostic.h"
#include "compiler/js/ast.h"
#include "compiler/js/js.h"

namespace fcc::js {

void CheckEarlyErrors(const Ast& ast, const ParseOptions& options,
                      diagnostics::Sink& sink);

}  // namespace fcc::js

#endif  // FCC_COMPILER_JS_EARLY_EARLY_H_
