// SPDX-License-Identifier: Apache-2.0

#include "simulator/scenario/smoke.h"

#include <gtest/gtest.h>

#include "simulator/scenario/page_queries.h"
#include "tests/unit/simulator/scenario/project_run.h"

namespace fcc::scenario {
namespace {

constexpr std::string_view kTwoPages = R"({"pages":["a/a","b/b"]})";

SmokeResult Smoke(ProjectRun::Files files) {
  ProjectRun run(std::move(files));
  SmokeOptions options;
  options.map_position = [&run](app::SourcePosition& position) {
    return run.positions.Map(position);
  };
  return RunSmoke(*run.bundle, options);
}

std::string ErrorsOf(const SmokePage& page) {
  std::string text;
  for (const SmokeError& error : page.errors) {
    text +=
        base::format("{} ({}) x{}\n", error.message, error.where, error.count);
  }
  return text;
}

TEST(Smoke, OpensEveryPageOnTopOfTheFirst) {
  const SmokeResult result = Smoke({
      {"app.json", std::string(kTwoPages)},
      {"a/a.wxml", "<view/>"},
      {"a/a.js", "Page({})"},
      {"b/b.wxml", "<view/>"},
      {"b/b.js",
       "Page({onLoad: function() {"
       "  var under = getCurrentPages()[0].route;"
       "  if (under !== 'a/a') { throw new Error(under); } } })"},
  });
  EXPECT_EQ(result.passed, 2U);
  EXPECT_EQ(result.pages[1].url, "/b/b");
}

// Every lifecycle and a timer throw: the app goes on, each error is told once,
// with its place, at the page it is of.
TEST(Smoke, TellsEachErrorOnceAtItsPage) {
  const SmokeResult result = Smoke({
      {"app.json", std::string(kTwoPages)},
      {"a/a.wxml", "<view/>"},
      {"a/a.js",
       "var bad = function(name) { return function() {"
       "  throw new Error(name); }; };\n"
       "Page({onLoad: bad('load'), onShow: bad('show'), onReady: bad('ready'),"
       " onHide: bad('hide'), onUnload: bad('unload')});\n"
       "setInterval(bad('tick'), 100)"},
      {"b/b.wxml", "<view/>"},
      {"b/b.js", "Page({})"},
  });
  EXPECT_EQ(result.passed, 1U);
  EXPECT_EQ(result.failed, 1U);
  EXPECT_TRUE(result.pages[1].ok) << ErrorsOf(result.pages[1]);
  std::vector<std::string> told;
  for (const SmokeError& error : result.pages[0].errors) {
    told.push_back(error.message);
    EXPECT_FALSE(error.file.empty()) << error.message;
    EXPECT_GT(error.line, 0U) << error.message;
  }
  EXPECT_EQ(told, (std::vector<std::string>{"Error: load", "Error: show",
                                            "Error: ready", "Error: tick",
                                            "Error: hide"}));
}

TEST(Smoke, CountsWhatTheHostLacks) {
  const SmokeResult result = Smoke({
      {"app.json", R"({"pages":["a/a"]})"},
      {"a/a.wxml", "<view>{{x}}</view>"},
      {"a/a.js",
       "var worker = wx.createWorker('w.js');\n"
       "worker.onMessage(function() {}); worker.terminate();\n"
       "Page({onLoad: function() { var page = this;\n"
       "  wx.startWifi({fail: function(e) { page.setData({x: e.errMsg}); }});\n"
       "  wx.startWifi();\n"
       "  wx.createVKSession({}).start(function() {});\n"
       "  requirePlugin('p').open().then;\n"
       "  for (var i of wx.getExptInfoSync([])) { throw i; }\n"
       "  if (isNaN(+wx.getExptInfoSync())) { this.data.n = 1; }\n"
       "  this.setData({w: worker.state}); } })"},
  });
  EXPECT_EQ(ErrorsOf(result.pages[0]), "");
  EXPECT_EQ(result.missing_apis.at("createWorker"), 1U);
  EXPECT_EQ(result.missing_apis.at("startWifi"), 2U);
  EXPECT_EQ(result.missing_apis.at("createVKSession"), 1U);
  EXPECT_EQ(result.missing_apis.at("plugin://p"), 1U);
  EXPECT_EQ(result.missing_apis.at("plugin://p.open"), 1U);
}

TEST(Smoke, WaitsForWhatThePageStillDoes) {
  const SmokeResult result = Smoke({
      {"app.json", std::string(kTwoPages)},
      {"a/a.wxml", "<view/>"},
      {"a/a.js",
       "Page({onLoad: function() { var page = this;"
       "  setTimeout(function() { page.setData({late: 1});"
       "    if (getCurrentPages().length !== 1) { throw 'gone'; } }, 3000);"
       "} })"},
      {"b/b.wxml", "<view/>"},
      {"b/b.js", "Page({})"},
  });
  EXPECT_EQ(result.passed, 2U) << ErrorsOf(result.pages[0]);
}

TEST(Smoke, StopsAnAppThatNeverRests) {
  const SmokeResult result = Smoke({
      {"app.json", std::string(kTwoPages)},
      {"a/a.wxml", "<view/>"},
      {"a/a.js",
       "function twice() { setTimeout(twice, 10); setTimeout(twice, 10); }"
       "Page({onLoad: function() { wx.startWifi({fail: twice}); }})"},
      {"b/b.wxml", "<view/>"},
      {"b/b.js", "Page({})"},
  });
  EXPECT_EQ(result.failed, 1U);
  ASSERT_EQ(result.pages[0].errors.size(), 1U) << ErrorsOf(result.pages[0]);
  EXPECT_NE(result.pages[0].errors[0].message.find("does not come to rest"),
            std::string::npos);
  EXPECT_TRUE(result.pages[1].ok) << ErrorsOf(result.pages[1]);
  EXPECT_EQ(result.missing_apis.at("startWifi"), 1U);
}

// Each page that is opened registers what connects again; there is one
// connection that does so, as before.
TEST(Smoke, ConnectsAgainOncePerConnection) {
  const SmokeResult result = Smoke({
      {"app.json", std::string(kTwoPages)},
      {"app.js", "App({connects: 0})"},
      {"a/a.wxml", "<view/>"},
      {"a/a.js",
       "var connect = function() {"
       "  if (++getApp().connects > 200) { throw new Error('too many'); }"
       "  wx.connectSocket({url: 'wss://a'}); };\n"
       "Page({onLoad: function() { connect();"
       "  for (var i = 0; i < 3; ++i) { wx.onSocketClose(connect); } } })"},
      {"b/b.wxml", "<view/>"},
      {"b/b.js", "Page({})"},
  });
  EXPECT_EQ(ErrorsOf(result.pages[0]), "");
}

TEST(Smoke, OpensAPageWithTheQueryTheAppUses) {
  const SmokeResult result = Smoke({
      {"app.json", std::string(kTwoPages)},
      {"a/a.wxml", "<navigator url=\"../b/b?kind=wxml\"/>"},
      {"a/a.js",
       "Page({go: function(id) {"
       "  wx.navigateTo({url: '../b/b?kind=book&id=' + id}); } })"},
      {"b/b.wxml", "<view/>"},
      {"b/b.js",
       "Page({onLoad: function(q) {"
       "  if (q.kind !== 'book' || !q.id) { throw new Error(q.kind); } } })"},
  });
  EXPECT_EQ(ErrorsOf(result.pages[1]), "");
  EXPECT_EQ(result.pages[1].url, "/b/b?kind=book&id=1");
}

TEST(PageQueries, ReadsConcatenations) {
  const std::vector<std::string> pages = {"pages/list/list", "pages/a/list"};
  PageQueries queries;
  AddPageQueries(
      "go(\"/pages/list/list?type=\".concat(t, \"&name=\").concat(n));\n"
      "go('./list/list?type=all');\n"
      "x = a ? b : c; go(\"pages/list/list?o=\" + JSON.stringify(o));\n"
      "go('/pages/none/none?x=1')",
      pages, queries);
  EXPECT_EQ(
      queries["pages/list/list"],
      (std::vector<std::string>{"type=all", "o=%7B%7D", "type=1&name=1"}));
  EXPECT_EQ(queries.size(), 1U);
}

// Timers get a method without its page; what Page() was given knows it anyway.
TEST(Smoke, PageMethodsKnowTheirPage) {
  ProjectRun run({
      {"p.wxml", "<view/>"},
      {"p.js",
       "Page({data: {n: 0}, onLoad: function() {"
       "  setTimeout(this.tick, 1); var tick = this.tick; tick();"
       "  if (this.tick !== tick || !this.properties) { throw 1; } },"
       "  tick: function() { this.setData({n: this.data.n + 1}); } })"},
  });
  run.Launch();
  run.session->Advance(10);
  EXPECT_EQ(run.Eval("page.data.n"), "2");
  EXPECT_EQ(run.Errors(), "");
}

}  // namespace
}  // namespace fcc::scenario
