// SPDX-License-Identifier: Apache-2.0
//
// What a framework built, told as what a developer wrote: a report in a script
// that came with a source map moves to the original file; one in the
// framework's own code goes.

#ifndef FCC_COMPILER_CHECK_ORIGINAL_PLACES_H_
#define FCC_COMPILER_CHECK_ORIGINAL_PLACES_H_

#include <vector>

#include "compiler/diagnostics/diagnostic.h"
#include "compiler/link/program.h"
#include "runtime/base/file_system.h"

namespace fcc::check {

// Reads X.js.map beside X.js for each script that has a report of a rule. The
// originals' texts are added to `sources`. A map that cannot be read is none.
void MoveToOriginals(base::FileSystem& fs, const link::Program& program,
                     source::SourceSet& sources,
                     std::vector<diagnostics::Diagnostic>& diagnostics);

}  // namespace fcc::check

#endif  // FCC_COMPILER_CHECK_ORIGINAL_PLACES_H_
