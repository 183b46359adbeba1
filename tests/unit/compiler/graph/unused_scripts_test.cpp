// SPDX-License-Identifier: Apache-2.0

#include "compiler/graph/unused_scripts.h"

#include <gtest/gtest.h>

namespace fcc::graph {
namespace {

using Files = std::map<std::string, std::string>;

class UnusedScriptsTest : public testing::Test {
 protected:
  // The scripts that are needed of an app of `files`, whose start is a.js:
  // "a.js b.js".
  std::string Needed(Files files) {
    Files disk = {{"/p/app.json", R"({"pages": ["page"]})"},
                  {"/p/page.wxml", ""}};
    for (auto& [path, text] : files) {
      disk["/p/" + path] = std::move(text);
    }
    disk["/p/app.js"] = std::move(disk["/p/a.js"]);
    disk.erase("/p/a.js");
    fs_ = std::make_unique<base::MemoryFileSystem>(std::move(disk));
    diagnostics::Sink sink;
    project::Project project =
        project::LoadProject(*fs_, {"/p", {}}, sources_, sink);
    GraphOptions options;
    options.leave_out_unused = true;
    options.script.collect_module_uses = true;
    options.script.helpers = js::HelperPlacement::kModule;
    graph_ = BuildFileGraph(*fs_, project, options, sources_, sink);
    std::string needed;
    for (const auto& [path, file] : graph_.scripts) {
      if (file.needed) {
        needed += (needed.empty() ? "" : " ") + path;
      }
    }
    return needed;
  }

  std::unique_ptr<base::MemoryFileSystem> fs_;
  source::SourceSet sources_;
  FileGraph graph_;
};

TEST_F(UnusedScriptsTest, RequireNeedsAll) {
  EXPECT_EQ(Needed({{"a.js", "require('./b')"},
                    {"b.js", "export * from './c'; export {d} from './d';"},
                    {"c.js", "export const c = 1;"},
                    {"d.js", "export const d = 1;"}}),
            "app.js b.js c.js d.js");
  EXPECT_FALSE(graph_.scripts.at("app.js").without_unused.has_value());
}

TEST_F(UnusedScriptsTest, NamesAreFollowedThroughStars) {
  EXPECT_EQ(Needed({{"a.js", "import {d} from './b'; d();"},
                    {"b.js", "export * from './c'; export * from './e';"},
                    {"c.js", "export * from './d'; export const c = 1;"},
                    {"d.js", "export const d = 1;"},
                    {"e.js", "export * from './f'; export const e = 1;"},
                    {"f.js", "export * from './e'; export const f = 1;"}}),
            "app.js b.js c.js d.js");
  // Nobody knows what CommonJS exports.
  EXPECT_EQ(Needed({{"a.js", "import {d} from './b'; d();"},
                    {"b.js", "export * from './c'; export * from './e';"},
                    {"c.js", "module.exports = {};"},
                    {"e.js", "export const e = 1;"}}),
            "app.js b.js c.js");
  // An own name hides those of a star.
  EXPECT_EQ(Needed({{"a.js", "import {d} from './b'; d();"},
                    {"b.js", "export * from './c'; export const d = 1;"},
                    {"c.js", "export const d = 2;"}}),
            "app.js b.js");
}

TEST_F(UnusedScriptsTest, AnEffectBehindIsAnEffect) {
  EXPECT_EQ(Needed({{"a.js", "import './b'; import './d';"},
                    {"b.js", "import './c'; export const b = 1;"},
                    {"c.js", "run();"},
                    {"d.js", "import './e'; export const d = 1;"},
                    {"e.js", "import './d'; export const e = 1;"}}),
            "app.js b.js c.js");
  ASSERT_TRUE(graph_.scripts.at("app.js").without_unused.has_value());
  const js::CompileResult& shipped = graph_.scripts.at("app.js").shipped();
  EXPECT_NE(shipped.code.find("require(\"./b\")"), std::string::npos);
  EXPECT_EQ(shipped.code.find("require(\"./d\")"), std::string::npos);
}

TEST_F(UnusedScriptsTest, PackageSpeaksForAllBelowIt) {
  EXPECT_EQ(Needed({{"a.js", "import 'b'; import {c} from 'b/c'; c();"},
                    {"node_modules/b/package.json",
                     R"({"main": "m.js", "sideEffects": false})"},
                    {"node_modules/b/m.js", "import './n'; run();"},
                    {"node_modules/b/n.js", "run();"},
                    {"node_modules/b/c.js",
                     "import './n'; run(); export const "
                     "c = 1;"}}),
            "app.js miniprogram_npm/b/c.js");
}

TEST_F(UnusedScriptsTest, NamesMadeAtRunTimeNeedAll) {
  EXPECT_EQ(Needed({{"a.js", "require('./lang/' + name)"},
                    {"lang/b.js", "export {c} from '../c';"},
                    {"c.js", "export const c = 1;"}}),
            "app.js c.js lang/b.js");
}

}  // namespace
}  // namespace fcc::graph
