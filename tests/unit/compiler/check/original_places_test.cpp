// SPDX-License-Identifier: Apache-2.0

#include <gtest/gtest.h>

#include "runtime/base/source_map.h"
#include "tests/unit/compiler/check/check_app.h"

namespace fcc::check {
namespace {

class OriginalPlacesTest : public testing::Test {
 protected:
  // A script of three lines: of the user, of a package, of nobody.
  std::vector<diagnostics::Diagnostic> Check(const std::string& map) {
    base::MemoryFileSystem fs;
    const std::string script = "wx.addCard();\nwx.addCard();\nwx.addCard();\n";
    EXPECT_TRUE(fs.WriteFile("/p/app.json", R"({"pages": ["a"]})").ok());
    EXPECT_TRUE(fs.WriteFile("/p/a.js", script).ok());
    EXPECT_TRUE(fs.WriteFile("/p/a.wxml", "<view/>").ok());
    if (!map.empty()) {
      EXPECT_TRUE(fs.WriteFile("/p/a.js.map", map).ok());
    }
    diagnostics::Sink sink;
    project::Project project =
        project::LoadProject(fs, {"/p", {}}, sources_, sink);
    graph::GraphOptions options;
    options.script.collect_facts = true;
    graph::FileGraph graph =
        graph::BuildFileGraph(fs, project, options, sources_, sink);
    std::unique_ptr<link::Program> program =
        link::LinkApp(std::move(project), std::move(graph), {}, sink);
    diagnostics::Sink found;
    CheckOptions rules;
    rules.preset = Preset::kCompatibility;
    Checker(rules, &fs).Check(*program, sources_, found);
    return found.Take();
  }

  source::SourceSet sources_;
};

TEST_F(OriginalPlacesTest, TellsWhatTheUserWrote) {
  base::SourceMap map;
  map.sources = {"webpack://app/./src/pages/a.tsx?53f9",
                 "webpack://app/./node_modules/x/index.js"};
  map.sources_content = {"// 变量\n/* 😀 */ Taro.addCard()\n", "wx.addCard()"};
  map.mappings = {{0, 0, 0, 1, 9, base::kNoSource},
                  {0, 3, 0, 1, 14, base::kNoSource},
                  {1, 0, 1, 0, 0, base::kNoSource}};
  const auto reports = Check(base::WriteSourceMap(map));
  ASSERT_EQ(reports.size(), 2u);
  const source::SourceFile& original = sources_.Get(reports[0].location.file);
  EXPECT_EQ(original.path(), "src/pages/a.tsx");
  const base::Span span = reports[0].location.span;
  EXPECT_EQ(original.text().substr(span.begin, span.end - span.begin),
            "addCard");
  // The third line has no original: it stays where it is.
  EXPECT_EQ(sources_.Get(reports[1].location.file).path(), "a.js");
}

TEST_F(OriginalPlacesTest, ABadMapIsNone) {
  EXPECT_EQ(Check("").size(), 3u);
  EXPECT_EQ(Check("{\"version\": 3").size(), 3u);
  EXPECT_EQ(
      Check(
          R"({"version":3,"sources":["a"],"names":[],"mappings":"AAAA;AAAAA"})")
          .size(),
      3u);
  // Places far behind the end of the original.
  base::SourceMap map;
  map.sources = {"src/a.ts"};
  map.sources_content = {"x"};
  map.mappings = {{0, 0, 0, 4000000, 4000000, base::kNoSource}};
  EXPECT_EQ(Check(base::WriteSourceMap(map)).size(), 3u);
}

}  // namespace
}  // namespace fcc::check
