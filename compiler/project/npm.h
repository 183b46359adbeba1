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

// The folder of the innermost npm package that `path` lies in:
// "miniprogram_npm/@scope/name"; empty where it lies in none.
std::string_view NpmMountOf(std::string_view path);

// Makes the package that `specifier` ("dayjs", "@scope/name/file") names
// available below miniprogram_npm/ of `project`, when it is installed in
// node_modules and was not asked for before. True when files were added.
bool ProvideNpmPackage(base::FileSystem& fs, Project& project,
                       std::string_view specifier, source::SourceSet& sources,
                       diagnostics::Sink& sink);
// The same where `from` is a file of a package that may have its own copy of
// the other one; below miniprogram_npm/ of that package, where the project has
// another version.
bool ProvideOwnNpmPackage(base::FileSystem& fs, Project& project,
                          std::string_view specifier, std::string_view from,
                          source::SourceSet& sources, diagnostics::Sink& sink);

// A script that leads to what `stem`, a path in the project that no script has,
// means by another rule: x.mjs and x.cjs, and in a package `exports` of its
// package.json, a package.json of the folder itself, x.json. It is added to the
// index; empty where there is nothing.
std::string LeadToScript(base::FileSystem& fs, Project& project,
                         const std::string& stem);

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
