// SPDX-License-Identifier: Apache-2.0
//
// The steps of LinkApp that report.

#ifndef FCC_COMPILER_LINK_LINK_INTERNAL_H_
#define FCC_COMPILER_LINK_LINK_INTERNAL_H_

#include "compiler/diagnostics/diagnostic.h"
#include "compiler/link/program.h"

namespace fcc::link {

// Entries of usingComponents that lead nowhere.
void LinkComponents(const Program& program, diagnostics::Sink& sink);
// Requires of a script that lead nowhere, or into a package that may not be
// there.
void LinkScript(const Program& program, std::string_view path,
                const graph::ScriptFile& file, diagnostics::Sink& sink);

}  // namespace fcc::link

#endif  // FCC_COMPILER_LINK_LINK_INTERNAL_H_
