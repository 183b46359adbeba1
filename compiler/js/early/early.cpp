// SPDX-License-Identifier: Apache-2.0

#include "compiler/js/early/early.h"

namespace fcc::js {

void CheckEarlyErrors(const Ast&, const ParseOptions&, diagnostics::Sink&) {}

}  // namespace fcc::js
