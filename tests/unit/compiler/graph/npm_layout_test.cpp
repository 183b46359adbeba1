// SPDX-License-Identifier: Apache-2.0

#include "compiler/graph/npm_layout.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fcc::graph {
namespace {

using base::MemoryFileSystem;
using testing::ElementsAre;
using testing::IsEmpty;

class LayOutNpmTest : public testing::Test {
 protected:
  base::Result<std::vector<NpmLayout>> LayOut(MemoryFileSystem& fs) {
    base::Result<std::vector<NpmLayout>> layouts =
        LayOutNpm(fs, "/p", sources_, sink_);
    if (layouts) {
      for (const NpmLayout& layout : *layouts) {
        EXPECT_TRUE(WriteNpm(fs, layout).ok());
      }
    }
    return layouts;
  }
  // What stands below `folder` now.
  static std::map<std::string, std::string> Below(const MemoryFileSystem& fs,
                                                  const std::string& folder) {
    std::map<std::string, std::string> made;
    for (const auto& [path, bytes] : fs.files()) {
      if (path.starts_with(folder + "/")) {
        made[path.substr(folder.size() + 1)] = bytes;
      }
    }
    return made;
  }

  source::SourceSet sources_;
  diagnostics::Sink sink_;
};

TEST_F(LayOutNpmTest, TakesDependenciesAndTheirs) {
  MemoryFileSystem fs({
      {"/p/package.json", R"({"dependencies": {"ui": "1", "plain": "1"},
                              "devDependencies": {"tool": "1"}})"},
      {"/p/project.config.json", R"({"miniprogramRoot": "src"})"},
      {"/p/src/pages/a.js", "import 'plain/extra'; require('ui/no-script');"},
      {"/p/node_modules/ui/package.json",
       R"({"miniprogram": "dist", "dependencies": {"@s/base": "1"}})"},
      {"/p/node_modules/ui/dist/button/index.js", "require('@s/base')"},
      {"/p/node_modules/ui/dist/button/index.wxml", "<view/>"},
      {"/p/node_modules/ui/dist/README.md", "text"},
      {"/p/node_modules/ui/src/index.js", "source"},
      {"/p/node_modules/@s/base/package.json", "{}"},
      {"/p/node_modules/@s/base/index.js", "base"},
      {"/p/node_modules/plain/package.json", R"({"main": "lib/plain"})"},
      {"/p/node_modules/plain/lib/plain.js",
       "require('./data.json'); require('./new.mjs')"},
      {"/p/node_modules/plain/lib/data.json", R"({"a": 1})"},
      {"/p/node_modules/plain/lib/new.mjs", "export default 1;"},
      {"/p/node_modules/plain/extra.js", "extra"},
      {"/p/node_modules/plain/test/test.js", "test"},
      {"/p/node_modules/tool/package.json", "{}"},
  });
  const auto layouts = LayOut(fs);
  ASSERT_TRUE(layouts.ok()) << layouts.error().message;
  ASSERT_EQ(layouts->size(), 1u);
  const NpmLayout& layout = layouts->front();
  EXPECT_EQ(layout.folder, "/p/src/miniprogram_npm");
  EXPECT_THAT(layout.packages, ElementsAre("ui", "@s/base", "plain"));
  EXPECT_THAT(layout.missing, IsEmpty());
  EXPECT_THAT(sink_.diagnostics(), IsEmpty());
  EXPECT_EQ(
      Below(fs, layout.folder),
      (std::map<std::string, std::string>{
          {"@s/base/index.js", "base"},
          {"plain/extra.js", "extra"},
          {"plain/index.js", "module.exports = require(\"./lib/plain.js\");\n"},
          {"plain/lib/data.json.js", "module.exports = {\"a\":1};\n"},
          {"plain/lib/new.mjs.js", "export default 1;"},
          {"plain/lib/plain.js",
           "require('./data.json'); require('./new.mjs')"},
          {"ui/button/index.js", "require('@s/base')"},
          {"ui/button/index.wxml", "<view/>"}}));
}

TEST_F(LayOutNpmTest, GoesWhereTheProjectSays) {
  MemoryFileSystem fs({
      {"/p/project.config.json", R"({"setting": {"packNpmManually": true,
        "packNpmRelationList": [
          {"packageJsonPath": "./one/package.json", "miniprogramNpmDistDir": "./app"},
          {"packageJsonPath": "two/package.json", "miniprogramNpmDistDir": "app/pkg/"}]}})"},
      {"/p/one/package.json", R"({"dependencies": {"a": "1"}})"},
      {"/p/one/node_modules/a/package.json", "{}"},
      {"/p/one/node_modules/a/index.js", "a"},
      {"/p/two/package.json", R"({"dependencies": {"b": "1"}})"},
      {"/p/two/node_modules/b/package.json", "{}"},
      {"/p/two/node_modules/b/index.js", "b"},
  });
  ASSERT_TRUE(LayOut(fs).ok());
  EXPECT_EQ(Below(fs, "/p/app"), (std::map<std::string, std::string>{
                                     {"miniprogram_npm/a/index.js", "a"},
                                     {"pkg/miniprogram_npm/b/index.js", "b"}}));
}

// Of two, the one beside app.json is the app's, if it asks for anything.
TEST_F(LayOutNpmTest, ReadsThePackageJsonBesideTheApp) {
  MemoryFileSystem fs({
      {"/p/package.json", R"({"dependencies": {"tool": "1"}})"},
      {"/p/node_modules/tool/package.json", "{}"},
      {"/p/node_modules/tool/index.js", "tool"},
      {"/p/project.config.json", R"({"miniprogramRoot": "src"})"},
      {"/p/src/package.json", R"({"dependencies": {"ui": "1"}})"},
      {"/p/src/node_modules/ui/package.json", "{}"},
      {"/p/src/node_modules/ui/index.js", "ui"},
  });
  auto layouts = LayOut(fs);
  ASSERT_TRUE(layouts.ok()) << layouts.error().message;
  EXPECT_THAT(layouts->front().packages, ElementsAre("ui"));
  ASSERT_TRUE(fs.WriteFile("/p/src/package.json", "{}").ok());
  layouts = LayOut(fs);
  ASSERT_TRUE(layouts.ok()) << layouts.error().message;
  EXPECT_THAT(layouts->front().packages, ElementsAre("tool"));
}

TEST_F(LayOutNpmTest, SaysWhatCannotRun) {
  MemoryFileSystem fs({
      {"/p/package.json", R"({"dependencies": {"a": "1"}})"},
      {"/p/node_modules/a/package.json",
       R"({"dependencies": {"b": "1"}, "browser": {"net": false}})"},
      {"/p/node_modules/a/index.js",
       "require('fs'); require('net'); require('b');"},
      {"/p/node_modules/b/package.json", "{}"},
      {"/p/node_modules/b/index.js", "require('./gone');"},
  });
  ASSERT_TRUE(LayOut(fs).ok());
  ASSERT_EQ(sink_.diagnostics().size(), 2u);
  EXPECT_EQ(sink_.diagnostics()[0].kind, diagnostics::Kind::kModuleOfNode);
  EXPECT_EQ(sources_.Get(sink_.diagnostics()[0].location.file).path(),
            "miniprogram_npm/a/index.js");
  EXPECT_EQ(sink_.diagnostics()[1].kind, diagnostics::Kind::kModuleMissing);
}

TEST_F(LayOutNpmTest, SaysWhatIsNotInstalled) {
  MemoryFileSystem fs(std::map<std::string, std::string>{
      {"/p/package.json", R"({"dependencies": {"x": "1"}})"}});
  const auto layouts = LayOut(fs);
  ASSERT_TRUE(layouts.ok());
  EXPECT_THAT(layouts->front().missing, ElementsAre("x"));
}

TEST_F(LayOutNpmTest, WantsAPackageJson) {
  MemoryFileSystem fs;
  EXPECT_FALSE(LayOut(fs).ok());
}

}  // namespace
}  // namespace fcc::graph
