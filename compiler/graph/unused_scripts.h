// SPDX-License-Identifier: Apache-2.0

#ifndef FCC_COMPILER_GRAPH_UNUSED_SCRIPTS_H_
#define FCC_COMPILER_GRAPH_UNUSED_SCRIPTS_H_

#include <vector>

#include "compiler/graph/file_graph.h"

namespace fcc::graph {

// Tells the scripts that nothing needs, ScriptFile::needed, and compiles those
// that name such a script without the names, ScriptFile::without_unused.
//
// A script is not needed where it is reached by `import` and `export … from`
// only, nobody uses what it exports, and running it has no effect: because its
// package.json says so (project/side_effects.h), or because all it does is
// define (js/modules/effects.h) and the same is true of what it imports. What
// `require` names is needed whole. `roots` run whatever they do. Wants
// scripts compiled with js::CompileOptions::collect_module_uses.
void LeaveOutUnusedScripts(base::FileSystem& fs,
                           const project::Project& project,
                           const GraphOptions& options,
                           const std::vector<std::string>& roots,
                           FileGraph& graph);

}  // namespace fcc::graph

#endif  // FCC_COMPILER_GRAPH_UNUSED_SCRIPTS_H_
