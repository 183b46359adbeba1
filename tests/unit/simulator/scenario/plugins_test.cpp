// SPDX-License-Identifier: Apache-2.0
//
// Plugins of an app whose project holds their sources, and of one whose
// project does not.

#include <gtest/gtest.h>

#include "tests/unit/simulator/scenario/project_run.h"

namespace fcc::scenario {
namespace {

// The layout of the platform's own template: an app beside a plugin.
ProjectRun::Files AppAndPlugin() {
  return {
      {"project.config.json",
       R"({"miniprogramRoot":"app/","pluginRoot":"plugin/",)"
       R"("compileType":"plugin","appid":"wxplugin"})"},
      {"app/app.json", R"({"pages":["p"],"plugins":{"hello":{"version":"dev",)"
                       R"("provider":"wxplugin","export":"shared.js",)"
                       R"("genericsImplementation":{"list":{"row":"row"}}}}})"},
      {"app/app.js",
       "console.log('app ' + requirePlugin('hello').answer); App({})"},
      {"app/shared.js", "module.exports = {name: 'of the app'}"},
      {"app/util.js", "module.exports = 'util of the app'"},
      {"app/row.json", R"({"component":true})"},
      {"app/row.wxml", "<text>row {{value}}</text>"},
      {"app/row.js", "Component({properties: {value: String}})"},
      {"app/p.json", R"({"usingComponents":{"hello-list":)"
                     R"("plugin://hello/list"}})"},
      {"app/p.wxml",
       "<hello-list id='l' bind:pick='pick'/>"
       "<navigator id='go' url='plugin://hello/detail?x=1'/>"},
      {"app/p.js", "Page({pick(e) { console.log('picked ' + e.detail.n); }})"},
      {"plugin/plugin.json",
       R"({"publicComponents":{"list":"components/list"},)"
       R"("pages":{"detail":"pages/detail"},"main":"index.js"})"},
      {"plugin/index.js",
       "const util = require('/util'); let seen;"
       "try { seen = require('../../util'); } catch (e) { seen = 'nothing'; }"
       "module.exports = {answer: util + ', ' + seen + ', ' +"
       " requireMiniProgram().name, get platform() { return typeof wx; }}"},
      {"plugin/util.js", "module.exports = 'util of the plugin'"},
      {"plugin/components/list.json",
       R"({"component":true,"usingComponents":{"part":"/components/part"},)"
       R"("componentGenerics":{"row":true}})"},
      {"plugin/components/list.wxml",
       "<import src='/t.wxml'/><template is='t'/>"
       "<part bind:tap='tap' class='part'/><row value='a'/>"},
      {"plugin/components/list.wxss", ".part{color:red}"},
      {"plugin/components/list.js",
       "Component({methods: {tap() { this.triggerEvent('pick', {n: 7}); }}})"},
      {"plugin/components/part.json", R"({"component":true})"},
      {"plugin/components/part.wxml", "<text>part</text>"},
      {"plugin/components/part.js", "Component({})"},
      {"plugin/t.wxml", "<template name='t'><text>template</text></template>"},
      {"plugin/pages/detail.wxml", "<view id='d'>detail {{x}}</view>"},
      {"plugin/pages/detail.js",
       "Page({onLoad(q) { this.setData({x: q.x}); },"
       " next() { wx.redirectTo({url:"
       " 'plugin-private://wxplugin/pages/detail?x=2'}); }})"},
  };
}

TEST(Plugins, GiveTheirMainAndSeeOnlyThemselves) {
  ProjectRun run(AppAndPlugin());
  run.Launch();
  EXPECT_EQ(run.Trace(), "app util of the plugin, nothing, of the app\n");
  EXPECT_EQ(run.Eval("requirePlugin('hello').platform"), "object");
  EXPECT_EQ(run.Eval("requirePlugin('hello') === requirePlugin('hello')"),
            "true");
  EXPECT_EQ(run.Errors(), "");
}

TEST(Plugins, ComponentsWorkInTheApp) {
  ProjectRun run(AppAndPlugin());
  run.Launch();
  run.Trace();
  EXPECT_EQ(run.Text("#l"), "templatepartrow a");
  run.Tap("#l >>> .part");
  EXPECT_EQ(run.Trace(), "picked 7\n");
  // The app gets nothing of a plugin's component that exports nothing.
  EXPECT_EQ(run.Eval("page.selectComponent('#l')"), "null");
  EXPECT_EQ(run.Errors(), "");
}

TEST(Plugins, PagesHaveAddressesOfTheirOwn) {
  ProjectRun run(AppAndPlugin());
  run.Launch();
  run.Tap("#go");
  EXPECT_EQ(run.Eval("page.route"), "__plugin__/hello/pages/detail");
  EXPECT_EQ(run.Text("#d"), "detail 1");
  run.Eval("(page.next(), 1)");
  run.session->Settle();
  EXPECT_EQ(run.Text("#d"), "detail 2");
  run.Eval(
      "(wx.navigateTo({url: 'plugin://hello/nothing',"
      " fail(e) { console.log(e.errMsg); }}), 1)");
  run.session->Settle();
  EXPECT_NE(run.Trace().find("plugin://hello/nothing"), std::string::npos);
  EXPECT_EQ(run.Errors(), "");
}

TEST(Plugins, AsynchronousRequire) {
  ProjectRun run(AppAndPlugin());
  run.Launch();
  run.Trace();
  run.Eval(
      "(requirePlugin.async('hello').then(function(m) {"
      " console.log('async ' + m.platform); }),"
      " requirePlugin('hello', function(m) {"
      " console.log('callback ' + m.platform); }), 1)");
  EXPECT_EQ(run.Trace(), "callback object\nasync object\n");
}

// A plugin of a sub-package comes with it.
TEST(Plugins, OfASubPackage) {
  ProjectRun run({
      {"project.config.json",
       R"({"miniprogramRoot":"app/","pluginRoot":"plugin/"})"},
      {"app/app.json", R"({"pages":["p"],"subPackages":[{"root":"sub",)"
                       R"("pages":["q"],"plugins":{"late":{)"
                       R"("version":"dev","provider":"wxother"}}}]})"},
      {"app/app.js", "console.log('app'); App({})"},
      {"app/p.wxml", "<view/>"},
      {"app/p.js", "Page({})"},
      {"app/sub/q.wxml", "<view/>"},
      {"app/sub/q.js", "console.log(requirePlugin('late').x); Page({})"},
      {"plugin/plugin.json", R"({"main":"main.js"})"},
      {"plugin/main.js", "console.log('main'); module.exports = {x: 1}"},
  });
  run.Launch();
  EXPECT_EQ(run.Trace(), "app\n");
  run.Eval("(wx.navigateTo({url: '/sub/q'}), 1)");
  EXPECT_EQ(run.Trace(), "main\n1\n");
  EXPECT_EQ(run.Errors(), "");
}

TEST(Plugins, ThatAreElsewhereLeaveThePageRunning) {
  ProjectRun run({
      {"app.json", R"({"pages":["p"],"plugins":{"far":{"version":"1.0.0",)"
                   R"("provider":"wxfar"}}})"},
      {"app.js",
       "const far = requirePlugin('far'); far.init({a: 1});"
       "requirePlugin('far'); App({})"},
      {"p.json", R"({"usingComponents":{"far-map":"plugin://far/map"}})"},
      {"p.wxml", "<far-map/><view id='v'>{{x}}</view>"},
      {"p.js", "Page({data: {x: 'still here'}})"},
  });
  run.Launch();
  EXPECT_EQ(run.Text("#v"), "still here");
  EXPECT_EQ(run.Errors(), "");
  const std::string warnings = run.Warnings();
  const std::string said =
      "plugin://far: the sources of plugin \"far\" are "
      "not in this project";
  EXPECT_NE(warnings.find(said), std::string::npos) << warnings;
  EXPECT_EQ(warnings.find(said), warnings.rfind(said));
  const auto& calls = run.session->RunningApp().unsupported_calls();
  EXPECT_EQ(calls.at("plugin://far"), 2U);
  EXPECT_EQ(calls.at("<plugin://far/map>"), 1U);
}

}  // namespace
}  // namespace fcc::scenario
