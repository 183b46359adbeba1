// SPDX-License-Identifier: Apache-2.0
//
// Every file that an app is made of, compiled, and what each refers to. Built
// in rounds: the files that app.json names, then those that they name, until
// there are no more. The files of a round are compiled at once; what comes out
// does not depend on how many threads did it.
//
// Everything is kept by its path in the project.

#ifndef FCC_COMPILER_GRAPH_FILE_GRAPH_H_
#define FCC_COMPILER_GRAPH_FILE_GRAPH_H_

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/diagnostics/diagnostic.h"
#include "compiler/ftss/import_graph.h"
#include "compiler/ftss/preprocess.h"
#include "compiler/ftss/style_sheet.h"
#include "compiler/fxml/fxml.h"
#include "compiler/graph/unit_cache.h"
#include "compiler/js/js.h"
#include "compiler/project/project.h"
#include "compiler/source/source_file.h"

namespace fcc::graph {

struct TemplateFile {
  const source::SourceFile* source = nullptr;
  fxml::Unit unit;
  // Files of its imports and includes, in their order; empty where there is
  // none.
  std::vector<std::string> imports;
  std::vector<std::string> includes;
  // Modules in the order of unit.modules: the file's path, or the name of an
  // inline one.
  std::vector<std::string> modules;
};

struct SheetFile {
  const source::SourceFile* source = nullptr;
  ftss::StyleSheet sheet;
};

struct ScriptFile {
  const source::SourceFile* source = nullptr;
  js::CompileResult result;
  // For each of result.dependencies the script it means; empty where there is
  // none.
  std::vector<std::string> targets;
  // Scripts that names made at run time may mean.
  std::vector<std::string> computed = {};
  // False where GraphOptions::leave_out_unused found that nothing needs it:
  // rules see it, no package holds it.
  bool needed = true;
  // Compiled again without the modules that are not needed, where it names one.
  std::optional<js::CompileResult> without_unused = {};

  // What goes into the package.
  const js::CompileResult& shipped() const {
    return without_unused ? *without_unused : result;
  }
};

// A module of a template (FTS, WXS), inline ones too.
struct TemplateModule {
  // The file, or the template that an inline one stands in.
  source::FileId file = source::FileId::kNone;
  std::string code;
  // Paths of the modules it requires.
  std::vector<std::string> needs;
};

template <typename T>
using ByPath = std::map<std::string, T, std::less<>>;

class FileGraph : public ftss::SheetLookup {
 public:
  FileGraph() = default;
  FileGraph(FileGraph&&) = default;
  FileGraph& operator=(FileGraph&&) = default;

  ByPath<TemplateFile> templates;
  ByPath<SheetFile> sheets;
  ByPath<ScriptFile> scripts;
  ByPath<TemplateModule> modules;
  // What compiling had to report, by the path of the unit.
  ByPath<std::vector<diagnostics::Diagnostic>> reports;
  // What there was to report of packages from npm when they were laid down.
  std::vector<diagnostics::Diagnostic> npm_reports;

  const ftss::StyleSheet* Find(std::string_view path) override;
};

// Calls `work(0)` … `work(count - 1)`, in any order, on as many threads as it
// likes, and returns when all are done.
using RunParallel =
    std::function<void(size_t count, const std::function<void(size_t)>& work)>;

struct GraphOptions {
  js::CompileOptions script;
  // Null: one after the other.
  RunParallel run;
  // Runs the compilers of SCSS and LESS sheets; null when there are none, and
  // then such a sheet is an error. Used from several threads at once.
  ftss::ToolRunner* style_tools = nullptr;
  // Of scripts and preprocessed sheets; null for none.
  UnitCache* cache = nullptr;
  // Tells the scripts that nothing needs (unused_scripts.h); asks for
  // script.collect_module_uses.
  bool leave_out_unused = false;
};

// The graph that was built last time of the same project with the same options
// and sources, and what has changed since: contents of scripts, templates and
// sheets that need no preprocessing, by their paths, and nothing else.
struct GraphBefore {
  FileGraph graph;
  std::set<std::string, std::less<>> changed;
  // Out: the changed files name what they named before. Then every file that
  // did not change is where it was in memory, too.
  bool same_references = false;
};

// With `before`, whose graph is used up, only what changed is compiled again;
// where that names nothing new, no other file is looked at.
FileGraph BuildFileGraph(base::FileSystem& fs, project::Project& project,
                         const GraphOptions& options,
                         source::SourceSet& sources, diagnostics::Sink& sink,
                         GraphBefore* before = nullptr);

// The source map that a script names in its last line, read from the project or
// from the text itself; empty where there is none.
std::string ReadInputMap(base::FileSystem& fs, const project::Project& project,
                         const source::SourceFile& file);

// The script that `specifier` means in the file `from`; empty when there is
// none. Tries, relative to the file's folder and then to the root, x.js,
// x/index.js, x/<last part>.js and, by its whole name, x.json, and then
// miniprogram_npm of each folder on the way up, which `./x` is looked for in,
// too.
std::string ResolveScript(const project::Project& project,
                          std::string_view specifier, std::string_view from);

// The module name that a script is defined by: "a/b.ts" → "a/b.js"; what is
// asked for by its whole name keeps it: "a/b.json" → "a/b.json.js".
std::string ModuleNameOf(std::string_view path);

}  // namespace fcc::graph

#endif  // FCC_COMPILER_GRAPH_FILE_GRAPH_H_
