// SPDX-License-Identifier: Apache-2.0

#ifndef FCC_COMPILER_GRAPH_MISSING_MODULES_H_
#define FCC_COMPILER_GRAPH_MISSING_MODULES_H_

#include <string_view>

#include "compiler/diagnostics/diagnostic.h"
#include "compiler/graph/file_graph.h"

namespace fcc::graph {

// Says that there is nothing that `dependency` of the script `path` means,
// where that matters. A warning, not an error: libraries probe for modules of
// other hosts inside a try.
void ReportMissingModule(const project::Project& project, std::string_view path,
                         const ScriptFile& file,
                         const js::Dependency& dependency,
                         diagnostics::Sink& sink);

}  // namespace fcc::graph

#endif  // FCC_COMPILER_GRAPH_MISSING_MODULES_H_
