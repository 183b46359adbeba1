// SPDX-License-Identifier: Apache-2.0

#ifndef FCC_COMPILER_CHECK_LEVELS_H_
#define FCC_COMPILER_CHECK_LEVELS_H_

#include "compiler/check/check.h"

namespace fcc::check {

// Gives the report the level that the settings say; false when they turn it
// off.
bool ApplyLevel(const CheckOptions& options,
                diagnostics::Diagnostic& diagnostic);

}  // namespace fcc::check

#endif  // FCC_COMPILER_CHECK_LEVELS_H_
