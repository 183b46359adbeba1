// SPDX-License-Identifier: Apache-2.0

#include "compiler/js/obfuscate/obfuscate.h"

#include "compiler/js/obfuscate/passes.h"
#include "runtime/base/hash.h"

namespace fcc::js {

void Obfuscate(Ast& ast, const ObfuscateOptions& options) {
  // Files that begin alike should not look alike.
  Random random(base::HashFast(ast.file().path(), options.seed));
  if (options.level >= 2) {
    FlattenFunctions(ast, options.level >= 3, random);
  }
  // Last: what it adds at the top has to stay there, and readable to itself.
  if (options.level >= 1) {
    HideStrings(ast, options.level >= 3, random);
  }
}

}  // namespace fcc::js
