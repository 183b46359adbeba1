// SPDX-License-Identifier: Apache-2.0
//
// npm packages that only a script names.

#ifndef FCC_COMPILER_PROJECT_NPM_H_
#define FCC_COMPILER_PROJECT_NPM_H_

#include <string_view>

#include "compiler/project/project.h"

namespace fcc::project {

// Makes the package that `specifier` ("dayjs", "@scope/name/file") names
// available below miniprogram_npm/ of `project`, when it is installed in
// node_modules and was not asked for before. True when files were added.
bool ProvideNpmPackage(base::FileSystem& fs, Project& project,
                       std::string_view specifier, source::SourceSet& sources,
                       diagnostics::Sink& sink);

}  // namespace fcc::project

#endif  // FCC_COMPILER_PROJECT_NPM_H_
