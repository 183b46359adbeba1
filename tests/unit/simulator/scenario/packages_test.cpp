// SPDX-License-Identifier: Apache-2.0
//
// Packages of an app: when their code runs, and when the app itself does.

#include <gtest/gtest.h>

#include "tests/unit/simulator/scenario/project_run.h"

namespace fcc::scenario {
namespace {

ProjectRun::Files ThreePackages() {
  return {
      {"app.json", R"({"pages":["main"],"subPackages":[)"
                   R"({"root":"ind","pages":["p","q"],"independent":true},)"
                   R"({"root":"sub","pages":["p"]}]})"},
      {"app.js",
       "console.log('app.js');"
       "App({kind: 'real', own: 1,"
       " onLaunch(o) { console.log('onLaunch ' + o.path); },"
       " onShow(o) { console.log('App.onShow ' + o.path); }})"},
      {"main.wxml", "<view/>"},
      {"main.js", "console.log('main.js'); Page({})"},
      {"ind/p.wxml", "<view/>"},
      {"ind/p.js",
       "console.log('ind/p.js ' + typeof getApp());"
       "const app = getApp({allowDefault: true}); app.kind = 'stand-in';"
       "Page({onShow() { console.log('p shown'); }})"},
      {"ind/q.wxml", "<view/>"},
      {"ind/q.js", "Page({})"},
      {"sub/p.wxml", "<view/>"},
      {"sub/p.js", "console.log('sub/p.js'); Page({})"},
  };
}

// Code of a sub-package runs when one of its pages is opened first.
TEST(Packages, RunWhenTheyAreNeeded) {
  ProjectRun run(ThreePackages());
  run.Launch();
  EXPECT_EQ(run.Trace(), "app.js\nonLaunch main\nApp.onShow main\nmain.js\n");
  run.Eval("(wx.navigateTo({url: '/sub/p'}), 1)");
  EXPECT_EQ(run.Trace(), "sub/p.js\n");
  run.Eval("(wx.navigateBack(), wx.navigateTo({url: '/sub/p'}), 1)");
  EXPECT_EQ(run.Trace(), "");
  EXPECT_EQ(run.Errors(), "");
}

// Opened on a page of an independent package an app starts when it leaves it.
TEST(Packages, IndependentOnesDoWithoutTheApp) {
  ProjectRun run(ThreePackages());
  run.Launch("ind/p");
  EXPECT_EQ(run.Trace(), "ind/p.js undefined\np shown\n");
  run.Eval("(wx.navigateTo({url: '/ind/q'}), 1)");
  EXPECT_EQ(run.Trace(), "");
  EXPECT_EQ(run.Eval("getApp().kind"), "stand-in");
  run.Eval("(wx.navigateTo({url: '/sub/p'}), 1)");
  EXPECT_EQ(run.Trace(),
            "app.js\nonLaunch ind/p\nApp.onShow ind/p\nmain.js\nsub/p.js\n");
  EXPECT_EQ(run.Eval("getApp().kind + getApp().own"), "stand-in1");
  EXPECT_EQ(run.Errors(), "");
}

// What an independent package requires of the main one it carries itself, as
// FinClip's own tool packs it; together with the app there is one of each.
TEST(Packages, IndependentOnesCarryWhatTheyRequire) {
  ProjectRun::Files files = ThreePackages();
  files["util.js"] =
      "console.log('util'); module.exports = require('./deep/er')";
  files["deep/er.js"] = "module.exports = {n: 0}";
  files["ind/p.js"] = "Page({n: ++require('../util').n})";
  files["sub/p.js"] = "Page({n: ++require('../util').n})";
  ProjectRun run(std::move(files));
  run.Launch("ind/p");
  EXPECT_EQ(run.Trace(), "util\n");
  EXPECT_EQ(run.Eval("page.n"), "1");
  run.Eval("(wx.navigateTo({url: '/sub/p'}), 1)");
  EXPECT_EQ(run.Trace(), "app.js\nonLaunch ind/p\nApp.onShow ind/p\nmain.js\n");
  EXPECT_EQ(run.Eval("page.n"), "2");
  EXPECT_EQ(run.Errors(), "");
}

}  // namespace
}  // namespace fcc::scenario
