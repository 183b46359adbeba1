// SPDX-License-Identifier: Apache-2.0
//
// One file of the graph, compiled: what goes in, what comes out, and the cache
// of what need not be compiled again.

#ifndef FCC_COMPILER_GRAPH_COMPILE_UNIT_H_
#define FCC_COMPILER_GRAPH_COMPILE_UNIT_H_

#include <deque>
#include <functional>
#include <string>
#include <vector>

#include "compiler/fts/compile_fts.h"
#include "compiler/graph/file_graph.h"

namespace fcc::graph {

enum class UnitKind : uint8_t {
  kTemplate,
  kSheet,
  kScript,
  kModule,
  // The code between the tags of a module in a template.
  kInlineModule,
};

struct Unit {
  UnitKind kind = UnitKind::kScript;
  std::string path;
  source::Location named_at;
  // Null where the file cannot be read.
  const source::SourceFile* source = nullptr;
  base::Span part;
  // The map that a script came with: frameworks compile before us.
  std::string input_map;
  // js::CompileOptions::unused_modules.
  std::vector<std::string> unused_modules;
  TemplateFile template_file;
  SheetFile sheet_file;
  js::CompileResult script;
  fts::FtsModule module;
  // Of a sheet that was SCSS or LESS.
  ftss::Preprocessed preprocessed;
  diagnostics::Sink sink;
};

// True for a sheet that other compilers see before ours.
bool IsPreprocessed(const Unit& unit);

// What compiles all `units`, as pieces that may run at once and in any order:
// one a unit, but sheets that one start of a compiler takes are one piece.
// Sheets of IsPreprocessed end as `preprocessed`. All arguments must outlive
// the pieces.
std::vector<std::function<void()>> CompileAll(std::deque<Unit>& units,
                                              base::FileSystem& fs,
                                              const project::Project& project,
                                              const GraphOptions& options);

// Runs them by `run`, which may be null.
void RunAll(const std::vector<std::function<void()>>& pieces,
            const RunParallel& run);

}  // namespace fcc::graph

#endif  // FCC_COMPILER_GRAPH_COMPILE_UNIT_H_
