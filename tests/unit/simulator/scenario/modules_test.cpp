// SPDX-License-Identifier: Apache-2.0
//
// How modules and components of real projects find each other, from the source
// to the running app.

#include <gtest/gtest.h>

#include "tests/unit/simulator/scenario/project_run.h"

namespace fcc::scenario {
namespace {

TEST(Modules, AliasesOfAppJson) {
  ProjectRun run({
      {"app.json",
       R"({"pages":["pages/a/a"],"resolveAlias":{"@/*":"/*","~u":"/utils/u"}})"},
      {"utils/u.js", "module.exports = {x: 1};"},
      {"lib/v.js", "import u from '~u'; export const y = u.x + 1;"},
      {"pages/a/a.wxml", "<view/>"},
      {"pages/a/a.js",
       "import {y} from '@/lib/v'; const u = require('@/utils/u');"
       "Page({data: {sum: u.x + y}})"},
  });
  run.Launch();
  EXPECT_EQ(run.Errors(), "");
  EXPECT_EQ(run.Eval("page.data.sum"), "3");
}

// What the platforms' npm build makes: `require` is a parameter in it.
TEST(Modules, BundlesReachOtherPackages) {
  ProjectRun run({
      {"miniprogram_npm/a/index.js",
       "module.exports = (function() { var mods = {};"
       "  function load(id, from) { if (!mods[id]) return require(from);"
       "    var m = {exports: {}};"
       "    mods[id](function(name) { return load({}[name], name); }, m);"
       "    return m.exports; }"
       "  mods[1] = function(require, module) {"
       "    module.exports = require('b') + 1; };"
       "  return load(1); })();"},
      {"miniprogram_npm/b/index.js", "module.exports = 41;"},
      {"p.wxml", "<view/>"},
      {"p.js", "Page({data: {n: require('a')}})"},
  });
  run.Launch();
  EXPECT_EQ(run.Errors(), "");
  EXPECT_EQ(run.Eval("page.data.n"), "42");
}

// As the platform's own demonstration asks for one; a file goes before it, and
// a path upwards is never a package.
TEST(Modules, DotSlashMayMeanAPackage) {
  ProjectRun run({
      {"app.json", R"({"pages":["sub/p"]})"},
      {"miniprogram_npm/a/index.js", "module.exports = 'package a';"},
      {"miniprogram_npm/b/index.js", "module.exports = 'package b';"},
      {"sub/b.js", "module.exports = 'file b';"},
      {"sub/p.wxml", "<view/>"},
      {"sub/p.js",
       "var up; try { up = require('../a'); } catch (e) { up = 'none'; }"
       "Page({data: {all: [require('./a'), require('./b'), up].join()}})"},
  });
  run.Launch();
  EXPECT_EQ(run.Errors(), "");
  EXPECT_EQ(run.Eval("page.data.all"), "package a,file b,none");
}

TEST(Modules, NamesMadeAtRunTime) {
  ProjectRun run({
      {"app.json", R"({"pages":["sub/p"]})"},
      {"sub/zh.js", "module.exports = 'zh';"},
      {"sub/en.js", "module.exports = 'en';"},
      {"lang/deep/a.js", "module.exports = 'deep';"},
      {"lang/de-1.js", "module.exports = 'de-1';"},
      {"lang/broken.txt", "("},
      {"other/no.js", "module.exports = 'no';"},
      {"sub/p.wxml", "<view/>"},
      {"sub/p.js",
       "const z = ['zh', 'en'], n = 1; let other;"
       "try { other = require(['../other/no'][0]); }"
       "catch (e) { other = 'none'; }"
       "Page({data: {all: [require(z[0] + '.js'), require(`./${z[1]}`),"
       " require('../lang/' + 'deep/a'), require(`/lang/de-${n}`),"
       " other].join()}})"},
  });
  run.Launch();
  EXPECT_EQ(run.Errors(), "");
  EXPECT_EQ(run.Eval("page.data.all"), "zh,en,deep,de-1,none");
}

TEST(Modules, LetGoesOnInTheNextLine) {
  ProjectRun run({
      {"p.wxml", "<view/>"},
      {"p.js",
       "let a = 1; let\n  b = 2, // let\nc = 'let\\\nx'\n"
       "Page({data: {s: a + b + c}})"},
  });
  run.Launch();
  EXPECT_EQ(run.Errors(), "");
  EXPECT_EQ(run.Eval("page.data.s"), "3letx");
}

TEST(Modules, ExtendedLibrariesComeWithThePlatform) {
  ProjectRun run({
      {"app.json", R"({"pages":["p"],"useExtendedLib":{"weui":true}})"},
      {"p.json",
       R"({"usingComponents":{"mp-cell":"weui-miniprogram/cell/cell"}})"},
      {"p.wxml", "<mp-cell>x</mp-cell>"},
      {"p.js", "Page({})"},
  });
  run.Launch();
  EXPECT_EQ(run.Errors(), "");
  EXPECT_EQ(run.session->RunningApp().unsupported_calls().count(
                "<weui-miniprogram/cell/cell>"),
            1U);
}

}  // namespace
}  // namespace fcc::scenario
