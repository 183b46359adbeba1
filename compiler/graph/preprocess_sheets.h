// SPDX-License-Identifier: Apache-2.0
//
// The SCSS and LESS sheets of a round: grouped by what compiles them, and those
// whose files are as they were taken from the cache.

#ifndef FCC_COMPILER_GRAPH_PREPROCESS_SHEETS_H_
#define FCC_COMPILER_GRAPH_PREPROCESS_SHEETS_H_

#include <functional>
#include <vector>

#include "compiler/graph/compile_unit.h"

namespace fcc::graph {

// As CompileAll; all of `sheets` are IsPreprocessed and have a source.
std::vector<std::function<void()>> PreprocessSheets(
    std::vector<Unit*> sheets, base::FileSystem& fs,
    const project::Project& project, const GraphOptions& options);

}  // namespace fcc::graph

#endif  // FCC_COMPILER_GRAPH_PREPROCESS_SHEETS_H_
