// SPDX-License-Identifier: Apache-2.0

#include "compiler/project/side_effects.h"

#include <gtest/gtest.h>

namespace fcc::project {
namespace {

SideEffects Said(std::string_view package_json, const std::string& file) {
  base::MemoryFileSystem fs({
      {"/p/node_modules/lib/package.json", std::string(package_json)},
      {"/p/node_modules/lib/" + file, ""},
  });
  Project project;
  project.dir = "/p";
  project.root = "/p";
  EXPECT_TRUE(
      project.index.Mount(fs, "/p/node_modules/lib", "miniprogram_npm/lib"));
  return SideEffectsReader(fs, project).Of("miniprogram_npm/lib/" + file);
}

TEST(SideEffectsTest, AllOrNothing) {
  EXPECT_EQ(Said(R"({"sideEffects": false})", "a/b.js"), SideEffects::kNone);
  EXPECT_EQ(Said(R"({"sideEffects": true})", "a/b.js"), SideEffects::kSome);
  EXPECT_EQ(Said("{}", "a/b.js"), SideEffects::kUnsaid);
  EXPECT_EQ(Said("{broken", "a/b.js"), SideEffects::kUnsaid);
  EXPECT_EQ(Said(R"({"sideEffects": []})", "a/b.js"), SideEffects::kNone);
}

TEST(SideEffectsTest, Patterns) {
  const auto some = [](const std::string& pattern, const std::string& file) {
    return Said(R"({"sideEffects": ["none.css", ")" + pattern + "\"]}", file) ==
           SideEffects::kSome;
  };
  EXPECT_TRUE(some("./a/b.js", "a/b.js"));
  EXPECT_TRUE(some("a/b.js", "a/b.js"));
  EXPECT_FALSE(some("a/b.js", "x/a/b.js"));
  EXPECT_TRUE(some("b.js", "x/a/b.js"));
  EXPECT_TRUE(some("*.js", "x/a/b.js"));
  EXPECT_TRUE(some("a/*.js", "a/b.js"));
  EXPECT_FALSE(some("a/*.js", "a/c/b.js"));
  EXPECT_TRUE(some("a/**/*.js", "a/c/d/b.js"));
  EXPECT_TRUE(some("{a,b}/*.js", "b/x.js"));
  EXPECT_EQ(Said(R"({"sideEffects": "a.js"})", "a.js"), SideEffects::kSome);
  EXPECT_EQ(Said(R"({"sideEffects": "a.js"})", "b.js"), SideEffects::kNone);
}

TEST(SideEffectsTest, TheNearestSpeaks) {
  base::MemoryFileSystem fs({
      {"/p/package.json", R"({"sideEffects": false})"},
      {"/p/src/a.js", ""},
      {"/p/src/own/package.json", R"({"type": "module"})"},
      {"/p/src/own/b.js", ""},
      {"/package.json", R"({"sideEffects": true})"},
      {"/p/node_modules/plain/c.js", ""},
  });
  Project project;
  project.dir = "/p";
  project.root = "/p/src";
  project.index = *FileIndex::Scan(fs, "/p/src", {});
  ASSERT_TRUE(project.index.Mount(fs, "/p/node_modules/plain",
                                  "miniprogram_npm/plain"));
  project.index.AddGenerated("made.js", "");
  SideEffectsReader reader(fs, project);
  EXPECT_EQ(reader.Of("a.js"), SideEffects::kNone);
  EXPECT_EQ(reader.Of("own/b.js"), SideEffects::kUnsaid);
  // The project does not speak for what it installs.
  EXPECT_EQ(reader.Of("miniprogram_npm/plain/c.js"), SideEffects::kUnsaid);
  EXPECT_EQ(reader.Of("made.js"), SideEffects::kUnsaid);
}

}  // namespace
}  // namespace fcc::project
