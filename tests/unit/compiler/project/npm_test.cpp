// SPDX-License-Identifier: Apache-2.0

#include "compiler/project/npm.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fcc::project {
namespace {

using base::MemoryFileSystem;
using testing::ElementsAre;
using testing::IsEmpty;

TEST(LayOutNpm, TakesDependenciesAndTheirs) {
  MemoryFileSystem fs({
      {"/p/package.json", R"({"dependencies": {"ui": "1", "plain": "1"},
                              "devDependencies": {"tool": "1"}})"},
      {"/p/project.config.json", R"({"miniprogramRoot": "src"})"},
      {"/p/node_modules/ui/package.json",
       R"({"miniprogram": "dist", "dependencies": {"@s/base": "1"}})"},
      {"/p/node_modules/ui/dist/button/index.js", "button"},
      {"/p/node_modules/ui/dist/README.md", "text"},
      {"/p/node_modules/ui/src/index.js", "source"},
      {"/p/node_modules/@s/base/package.json", "{}"},
      {"/p/node_modules/@s/base/index.js", "base"},
      {"/p/node_modules/plain/package.json", R"({"main": "lib/plain"})"},
      {"/p/node_modules/plain/lib/plain.js", "plain"},
      {"/p/node_modules/tool/package.json", "{}"},
  });
  base::Result<NpmLayout> layout = LayOutNpm(fs, "/p");
  ASSERT_TRUE(layout.ok()) << layout.error().message;
  EXPECT_EQ(layout->folder, "/p/src/miniprogram_npm");
  EXPECT_THAT(layout->packages, ElementsAre("ui", "plain", "@s/base"));
  EXPECT_THAT(layout->missing, IsEmpty());
  ASSERT_TRUE(WriteNpm(fs, *layout).ok());
  std::map<std::string, std::string> made;
  for (const auto& [path, bytes] : fs.files()) {
    if (path.starts_with("/p/src/miniprogram_npm/")) {
      made[path.substr(23)] = bytes;
    }
  }
  EXPECT_EQ(
      made,
      (std::map<std::string, std::string>{
          {"@s/base/index.js", "base"},
          {"plain/index.js", "module.exports = require(\"./lib/plain.js\");\n"},
          {"plain/lib/plain.js", "plain"},
          {"ui/button/index.js", "button"}}));
}

TEST(LayOutNpm, SaysWhatIsNotInstalled) {
  MemoryFileSystem fs(std::map<std::string, std::string>{
      {"/p/package.json", R"({"dependencies": {"x": "1"}})"}});
  base::Result<NpmLayout> layout = LayOutNpm(fs, "/p");
  ASSERT_TRUE(layout.ok());
  EXPECT_THAT(layout->missing, ElementsAre("x"));
}

TEST(LayOutNpm, WantsAPackageJson) {
  MemoryFileSystem fs;
  EXPECT_FALSE(LayOutNpm(fs, "/p").ok());
}

}  // namespace
}  // namespace fcc::project
