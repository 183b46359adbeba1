// SPDX-License-Identifier: Apache-2.0
//
// The two walks of BindScopes.

#ifndef FCC_COMPILER_JS_SCOPE_INTERNAL_H_
#define FCC_COMPILER_JS_SCOPE_INTERNAL_H_

#include <string>
#include <vector>

#include "compiler/js/scope.h"

namespace fcc::js {

// Opens the scopes, each with what it declares.
void DeclareNames(Ast& ast, Scopes& scopes, diagnostics::Sink& sink);
// Gives the names of the tree the symbols that DeclareNames made.
void ResolveNames(Ast& ast, Scopes& scopes,
                  const std::vector<std::string>& private_names,
                  diagnostics::Sink& sink);

}  // namespace fcc::js

#endif  // FCC_COMPILER_JS_SCOPE_INTERNAL_H_
