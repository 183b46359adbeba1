// SPDX-License-Identifier: Apache-2.0
//
// Joins files to packages: which file goes where, component tags to components,
// templates to template programs, sheets to style programs. Reports what names
// something that is not there.

#ifndef FCC_COMPILER_LINK_LINK_APP_H_
#define FCC_COMPILER_LINK_LINK_APP_H_

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "compiler/diagnostics/diagnostic.h"
#include "compiler/link/program.h"

namespace fcc::link {

struct LinkOptions {
  // Make the template and the style program of every package.
  bool programs = true;
};

// The packages of the last link of the same project, and what is as it was
// then.
struct LinkedBefore {
  std::vector<LinkedPackage> packages;
  bool same_templates = false;
  bool same_sheets = false;
};

// With `before`, which is used up, programs of what has not changed are taken
// over.
std::unique_ptr<Program> LinkApp(project::Project project,
                                 graph::FileGraph graph,
                                 const LinkOptions& options,
                                 diagnostics::Sink& sink,
                                 LinkedBefore* before = nullptr);

// Brings a program up to date whose graph was brought up to date in place
// (GraphBefore::same_references) or whose pages and components were
// (project::ReloadComponent). `changed` are the files of both.
void UpdateProgram(Program& program,
                   const std::set<std::string, std::less<>>& changed,
                   const LinkOptions& options, diagnostics::Sink& sink);

// Units of the templates at `paths`, for fxml's functions.
std::vector<const fxml::Unit*> UnitsOf(const graph::FileGraph& graph,
                                       const std::vector<std::string>& paths);
// The modules that those units use, and what these require; sorted by path.
std::vector<fxml::ModuleSource> ModulesOf(
    const graph::FileGraph& graph, const std::vector<std::string>& paths);

}  // namespace fcc::link

#endif  // FCC_COMPILER_LINK_LINK_APP_H_
