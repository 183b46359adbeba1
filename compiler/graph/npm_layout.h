// SPDX-License-Identifier: Apache-2.0
//
// miniprogram_npm as `fcc npm` lays it down, for tools that do not read
// node_modules themselves.

#ifndef FCC_COMPILER_GRAPH_NPM_LAYOUT_H_
#define FCC_COMPILER_GRAPH_NPM_LAYOUT_H_

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/diagnostics/diagnostic.h"
#include "compiler/source/source_file.h"
#include "runtime/base/file_system.h"
#include "runtime/base/result.h"

namespace fcc::graph {

struct NpmLayout {
  // The folder miniprogram_npm on the disk.
  std::string folder;
  std::vector<std::string> packages;
  // Path below `folder` → file on the disk.
  std::map<std::string, std::string> files;
  // Path below `folder` → text that was made for it.
  std::map<std::string, std::string> generated;
  // Dependencies of the project that are not installed.
  std::vector<std::string> missing;
};

// For package.json at `dir`, or each that packNpmRelationList names: its
// `dependencies` and theirs, as they are installed in node_modules. A package
// made for mini programs is taken whole; of any other the scripts that its main
// file and the project's own scripts lead to. Modules that these want and
// cannot have are reported. Fails when there is no package.json that can be
// read.
base::Result<std::vector<NpmLayout>> LayOutNpm(base::FileSystem& fs,
                                               std::string_view dir,
                                               source::SourceSet& sources,
                                               diagnostics::Sink& sink);
// Replaces the packages of the layout; other folders stay.
base::Status WriteNpm(base::FileSystem& fs, const NpmLayout& layout);

}  // namespace fcc::graph

#endif  // FCC_COMPILER_GRAPH_NPM_LAYOUT_H_
