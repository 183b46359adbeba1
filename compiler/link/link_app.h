// SPDX-License-Identifier: Apache-2.0
//
// Joins files to packages: which file goes where, component tags to components,
// templates to template programs, sheets to style programs. Reports what names
// something that is not there.

#ifndef FCC_COMPILER_LINK_LINK_APP_H_
#define FCC_COMPILER_LINK_LINK_APP_H_

#include <memory>

#include "compiler/diagnostics/diagnostic.h"
#include "compiler/link/program.h"

namespace fcc::link {

std::unique_ptr<Program> LinkApp(project::Project project,
                                 graph::FileGraph graph,
                                 diagnostics::Sink& sink);

// Units of the templates at `paths`, for fxml's functions.
std::vector<const fxml::Unit*> UnitsOf(const graph::FileGraph& graph,
                                       const std::vector<std::string>& paths);
// The modules that those units use, and what these require; sorted by path.
std::vector<fxml::ModuleSource> ModulesOf(
    const graph::FileGraph& graph, const std::vector<std::string>& paths);

}  // namespace fcc::link

#endif  // FCC_COMPILER_LINK_LINK_APP_H_
