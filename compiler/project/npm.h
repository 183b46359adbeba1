// SPDX-License-Identifier: Apache-2.0
//
// npm packages that only a script names.

#ifndef FCC_COMPILER_PROJECT_NPM_H_
#define FCC_COMPILER_PROJECT_NPM_H_

#include <string>
#include <string_view>

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

// A project of which only its folders and npm_relations are filled.
Project ReadNpmSettings(base::FileSystem& fs, std::string_view dir);

}  // namespace fcc::project

#endif  // FCC_COMPILER_PROJECT_NPM_H_
