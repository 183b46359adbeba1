// SPDX-License-Identifier: Apache-2.0
//
// Which sheets a sheet is made of. Imports are paths relative to the importing
// file, or to the project's root when they begin with `/`; the extension may be
// left out. A sheet reached twice stands where it was reached first.

#ifndef FCC_COMPILER_FTSS_IMPORT_GRAPH_H_
#define FCC_COMPILER_FTSS_IMPORT_GRAPH_H_

#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "compiler/diagnostics/diagnostic.h"
#include "compiler/ftss/style_sheet.h"

namespace fcc::ftss {

// Where the parsed sheets of a project are found. Paths are relative to the
// project's root, normalised, without a leading slash.
class SheetLookup {
 public:
  virtual ~SheetLookup() = default;
  // Null when there is no such file. The sheet must outlive the graph.
  virtual const StyleSheet* Find(std::string_view path) = 0;
};

// The project paths an import may mean, most likely first.
std::vector<std::string> ImportCandidates(std::string_view importing_path,
                                          std::string_view written);

struct ResolvedImport {
  // Null for an import of the network or one that was reported.
  const StyleSheet* sheet = nullptr;
  // `https://…`: kept as it is.
  bool is_remote = false;
};

// An entry sheet with all that it imports.
struct SheetGraph {
  const StyleSheet* entry = nullptr;
  // Every sheet once, in the order in which they are reached, entry first.
  std::vector<const StyleSheet*> sheets;
  // For each sheet what its `imports` mean, in the same order.
  std::unordered_map<const StyleSheet*, std::vector<ResolvedImport>> imports;
};

// Resolves the entries of a project one after another. Reports imports that
// are missing and sheets that reach themselves, each place once. A graph that
// comes back has no cycle: the import that closes one is left out.
class ImportResolver {
 public:
  ImportResolver(SheetLookup& lookup, diagnostics::Sink& sink)
      : lookup_(lookup), sink_(sink) {}

  SheetGraph Resolve(const StyleSheet& entry);

 private:
  void Visit(const StyleSheet& sheet, SheetGraph& graph,
             std::vector<const StyleSheet*>& open);
  const std::vector<ResolvedImport>& ImportsOf(const StyleSheet& sheet);
  void ReportCycle(const StyleSheet& sheet, const Rule& import,
                   const std::vector<const StyleSheet*>& open,
                   const StyleSheet& reached);

  SheetLookup& lookup_;
  diagnostics::Sink& sink_;
  std::unordered_map<const StyleSheet*, std::vector<ResolvedImport>> known_;
  // Sheet and rule of the cycles reported.
  std::set<std::pair<source::FileId, uint32_t>> cycles_;
};

// One entry by itself.
SheetGraph ResolveImports(const StyleSheet& entry, SheetLookup& lookup,
                          diagnostics::Sink& sink);

// Warns of every tag, id and attribute selector in a component's sheet and in
// what it imports.
void CheckComponentSelectors(const SheetGraph& graph, diagnostics::Sink& sink);
// One sheet without its imports.
void CheckComponentSelectors(const StyleSheet& sheet, diagnostics::Sink& sink);

}  // namespace fcc::ftss

#endif  // FCC_COMPILER_FTSS_IMPORT_GRAPH_H_
