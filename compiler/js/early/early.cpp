// SPDX-License-Identifier: Apache-2.0

#include "compiler/js/early/early.h"

#include "compiler/js/early/checker.h"

namespace fcc::js {

void CheckEarlyErrors(const Ast& ast, const ParseOptions& options,
                      diagnostics::Sink& sink) {
  EarlyChecker(ast, options, sink).Run();
}

}  // namespace fcc::js
