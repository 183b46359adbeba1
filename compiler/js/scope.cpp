// SPDX-License-Identifier: Apache-2.0

#include "compiler/js/scope.h"

#include "compiler/js/scope_internal.h"

namespace fcc::js {

Scopes BindScopes(Ast& ast, diagnostics::Sink& sink,
                  const std::vector<std::string>& private_names) {
  Scopes scopes;
  scopes.scopes.emplace_back();
  scopes.by_node.resize(ast.node_count());
  DeclareNames(ast, scopes, sink);
  ResolveNames(ast, scopes, private_names, sink);
  return scopes;
}

}  // namespace fcc::js
