// SPDX-License-Identifier: Apache-2.0
//
// A project in memory, linked and checked, for the tests of rules.

#ifndef FCC_TESTS_UNIT_COMPILER_CHECK_CHECK_APP_H_
#define FCC_TESTS_UNIT_COMPILER_CHECK_CHECK_APP_H_

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "compiler/check/check.h"
#include "compiler/graph/file_graph.h"
#include "compiler/link/link_app.h"
#include "compiler/project/project.h"
#include "runtime/base/file_system.h"

namespace fcc::check {

struct CheckedApp {
  std::vector<diagnostics::Diagnostic> diagnostics;

  // "CK1001 pages/a.js:3 message" of those whose code begins with `prefix`.
  std::vector<std::string> lines;
};

inline CheckedApp CheckApp(const std::map<std::string, std::string>& files,
                           CheckOptions options = {},
                           std::string_view prefix = "CK") {
  base::MemoryFileSystem fs;
  for (const auto& [path, text] : files) {
    EXPECT_TRUE(fs.WriteFile("/p/" + path, text).ok());
  }
  source::SourceSet sources;
  diagnostics::Sink sink;
  project::Project project =
      project::LoadProject(fs, {"/p", {}}, sources, sink);
  graph::GraphOptions graph_options;
  graph_options.script.collect_facts = true;
  graph_options.script.print = false;
  graph::FileGraph graph =
      graph::BuildFileGraph(fs, project, graph_options, sources, sink);
  std::unique_ptr<link::Program> program =
      link::LinkApp(std::move(project), std::move(graph), {}, sink);
  RunRules(*program, sources, options, sink);
  CheckedApp app;
  app.diagnostics = sink.Take();
  diagnostics::SortForShow(app.diagnostics, sources);
  for (const diagnostics::Diagnostic& each : app.diagnostics) {
    const std::string code(diagnostics::InfoOf(each.kind).code);
    if (!code.starts_with(prefix)) {
      continue;
    }
    std::string line = code + " ";
    if (each.location.file == source::FileId::kNone) {
      line += each.path;
    } else {
      const source::SourceFile& file = sources.Get(each.location.file);
      line += base::format("{}:{}", file.path(),
                           file.PositionOf(each.location.span.begin).line);
    }
    app.lines.push_back(line + " " + each.message);
  }
  return app;
}

// An app of one page.
inline std::map<std::string, std::string> OnePage(
    std::string script, std::string markup = "<view/>") {
  return {{"app.json", R"({"pages": ["a"]})"},
          {"app.js", "App({})"},
          {"a.js", std::move(script)},
          {"a.wxml", std::move(markup)}};
}

inline CheckOptions Strict() {
  CheckOptions options;
  options.preset = Preset::kStrict;
  return options;
}

}  // namespace fcc::check

#endif  // FCC_TESTS_UNIT_COMPILER_CHECK_CHECK_APP_H_
