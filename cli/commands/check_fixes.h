// SPDX-License-Identifier: Apache-2.0
//
// `fcc check --fix`: the fixes that diagnostics offer, written to the files.

#ifndef FCC_CLI_COMMANDS_CHECK_FIXES_H_
#define FCC_CLI_COMMANDS_CHECK_FIXES_H_

#include <vector>

#include "compiler/diagnostics/diagnostic.h"
#include "compiler/project/project.h"
#include "runtime/base/file_system.h"
#include "runtime/base/result.h"

namespace fcc::commands {

enum class FixUse : uint8_t {
  // Those that cannot change what the program does.
  kSafe,
  kAll,
};

// Applies at most one fix of each diagnostic and none that overlaps another;
// who wants all runs the check again. A file whose text on the disk is not what
// was checked is left alone. Returns how many were applied.
base::Result<size_t> ApplyFixes(
    base::FileSystem& fs, const project::Project& project,
    const std::vector<diagnostics::Diagnostic>& diagnostics,
    const source::SourceSet& sources, FixUse use);

}  // namespace fcc::commands

#endif  // FCC_CLI_COMMANDS_CHECK_FIXES_H_
