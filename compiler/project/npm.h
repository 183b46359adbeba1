// SPDX-License-Identifier: Apache-2.0
//
// npm packages that only a script names.

#ifndef FCC_COMPILER_PROJECT_NPM_H_
#define FCC_COMPILER_PROJECT_NPM_H_

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/project/project.h"

namespace fcc::project {

// Makes the package that `specifier` ("dayjs", "@scope/name/file") names
// available below miniprogram_npm/ of `project`, when it is installed in
// node_modules and was not asked for before. True when files were added.
bool ProvideNpmPackage(base::FileSystem& fs, Project& project,
                       std::string_view specifier, source::SourceSet& sources,
                       diagnostics::Sink& sink);

// miniprogram_npm as `fcc npm` lays it down.
struct NpmLayout {
  // Where it goes: miniprogram_npm beside app.json.
  std::string folder;
  std::vector<std::string> packages;
  // Path below `folder` → file on the disk.
  std::map<std::string, std::string> files;
  // Path below `folder` → text that was made for it.
  std::map<std::string, std::string> generated;
  // Dependencies of the project that are not installed.
  std::vector<std::string> missing;
};

// The `dependencies` of package.json at `dir`, and theirs, as they are
// installed in node_modules. Fails when there is no package.json that can be
// read.
base::Result<NpmLayout> LayOutNpm(base::FileSystem& fs, std::string_view dir);
// Replaces the packages of the layout; other folders stay.
base::Status WriteNpm(base::FileSystem& fs, const NpmLayout& layout);

}  // namespace fcc::project

#endif  // FCC_COMPILER_PROJECT_NPM_H_
