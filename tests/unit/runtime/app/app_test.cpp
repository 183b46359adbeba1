// SPDX-License-Identifier: Apache-2.0

#include "runtime/app/app.h"

#include <gtest/gtest.h>

#include "tests/unit/runtime/app/fake_app.h"

namespace fcc::app {
namespace {

class LaunchedApp : public FakeApp {
 public:
  explicit LaunchedApp(const std::string& script = "")
      : FakeApp({"p"}, "App({}); __wxRoute = 'p'; Page({});\n" + script) {
    Launch();
  }
};

TEST(App, RunsModules) {
  FakeApp app({"pages/p"},
              "define('app.js', function(require, module, exports, window) {"
              "  var a = require('./utils/a');"
              "  App({ value: a.twice(21), npm: require('lib') });"
              "});\n"
              "define('utils/a.js', function(require, module, exports) {"
              "  exports.twice = function(n) { return n * 2; };"
              "  exports.self = require('a') === exports;"
              "});\n"
              "define('miniprogram_npm/lib/index.js',"
              "  function(require, module) { module.exports = 'npm'; });\n"
              "define('pages/p.js', function(require) {"
              "  Page({ data: { self: require('../utils/a').self } });"
              "});\n"
              "require('app.js');\n"
              "__wxRouteBegin = true; __wxRoute = 'pages/p';"
              "require('pages/p.js');\n");
  app.Launch();
  EXPECT_EQ(app.Eval("getApp().value"), "42");
  EXPECT_EQ(app.Eval("getApp().npm"), "npm");
  EXPECT_EQ(app.Eval("getCurrentPages()[0].data.self"), "true");
  EXPECT_TRUE(app.host.errors.empty()) << app.host.errors[0];
}

TEST(App, OneBrokenModuleDoesNotStopTheOthers) {
  FakeApp app({"p", "q"},
              "define('app.js', function() { App({}); });"
              "define('p.js', function() { nowhere(); });"
              "define('q.js', function() { Page({ data: { n: 1 } }); });"
              "require('app.js'); __wxRoute = 'p'; require('p.js');"
              "__wxRoute = 'q'; require('q.js');");
  app.Launch("q");
  EXPECT_EQ(app.Eval("getCurrentPages()[0].data.n"), "1");
  ASSERT_EQ(app.host.errors.size(), 1U);
  EXPECT_EQ(app.host.errors[0].substr(0, 28), "module p.js: ReferenceError:");
}

TEST(App, SetsDataByPath) {
  LaunchedApp app;
  app.Eval(
      "getCurrentPages()[0].setData({'a.b[1].c': 1, 'x': [1, 2]}, "
      "function() { console.log('done ' + this.data.a.b[1].c); })");
  EXPECT_EQ(app.Eval("JSON.stringify(getCurrentPages()[0].data)"),
            R"({"a":{"b":[null,{"c":1}]},"x":[1,2]})");
  EXPECT_EQ(app.Trace(), "done 1");
}

// Scheduled updates are seen by nobody before they are applied.
TEST(App, AppliesScheduledUpdates) {
  FakeApp app({"p"},
              "App({}); __wxRoute = 'p'; Component({"
              " data: {a: 1, l: [1, 2, 3], b: 0}, observers: {"
              "  a: function(v) { console.log('a=' + v);"
              "   this.updateData({b: v}); console.log('b is ' + this.data.b);"
              "  }, b: function(v) { console.log('b=' + v); } }});");
  app.Launch();
  const auto page = [&app](const std::string& call) {
    return app.Eval("(function(page) { return " + call +
                    "; })(getCurrentPages()[0])");
  };
  page("page.updateData({a: 2})");
  EXPECT_EQ(page("page.data.a"), "1");
  page("page.applyDataUpdates()");
  EXPECT_EQ(app.Trace(), "a=2,b is 0,b=2");
  EXPECT_EQ(page("page.groupUpdates(function() {"
                 " page.spliceArrayDataOnPath(['l'], 1, 1, ['x', 'y']);"
                 " page.spliceArrayDataOnPath(['l'], undefined, 0, [9]);"
                 " page.replaceDataOnPath(['l', 0], 'z');"
                 " return page.data.l.length; })"),
            "3");
  EXPECT_EQ(page("page.data.l"), "z,x,y,3,9");
  // What waits goes with the next setData, before it.
  page("(page.updateData({a: 5}), page.setData({a: 6}))");
  EXPECT_EQ(app.Trace(), "a=6,b is 2,b=6");
  EXPECT_TRUE(app.host.errors.empty());
}

// The reference trace: callbacks come behind microtasks and timers of the task.
TEST(App, CallsBackAfterTheRender) {
  LaunchedApp app;
  app.Eval(
      "(function() { var p = getCurrentPages()[0];"
      " p.setData({a: 1}, function() { console.log('cb1'); });"
      " p.setData({a: 2}, function() { console.log('cb2'); });"
      " Promise.resolve().then(function() { console.log('microtask'); });"
      " setTimeout(function() { console.log('timeout0'); }); })()");
  EXPECT_EQ(app.Trace(), "microtask,timeout0,cb1,cb2");
}

TEST(App, CallsApisByCallbackAndPromise) {
  LaunchedApp app;
  app.Eval(
      "wx.getStorage({key: 'k', success: function(r) {"
      " console.log(JSON.stringify(r)); }, complete: function() {"
      " console.log('complete'); }})");
  EXPECT_EQ(app.Trace(), R"({"data":"k","errMsg":"getStorage:ok"},complete)");
  app.Eval(
      "ft.getStorage({key: 'q'}).then(function(r) "
      "{ console.log(r.data); })");
  EXPECT_EQ(app.Trace(), "q");
  EXPECT_EQ(app.Eval("wx === ft"), "true");
  EXPECT_EQ(app.Eval("wx.getStorageSync('s')"), "s");
}

TEST(App, CountsWhatTheHostLacks) {
  LaunchedApp app;
  app.Eval("wx.scanCode({fail: function(e) { console.log(e.errMsg); }})");
  EXPECT_EQ(app.Trace(), "scanCode:fail not supported by this host");
  // A stand-in, which takes whatever is done to it.
  EXPECT_EQ(app.Eval("typeof wx.getSystemInfoSync().a.b()"), "function");
  EXPECT_EQ(app.app->unsupported_calls().at("scanCode"), 1U);
  EXPECT_EQ(app.app->unsupported_calls().at("getSystemInfoSync"), 1U);
}

TEST(App, MocksApis) {
  LaunchedApp app;
  app.app->MockApi("getStorageSync", value::Value::String("mocked"));
  EXPECT_EQ(app.Eval("wx.getStorageSync('s')"), "mocked");
  app.app->RestoreApi("getStorageSync");
  EXPECT_EQ(app.Eval("wx.getStorageSync('s')"), "s");
  app.app->MockApiByFunction(
      "scanCode",
      [](const std::vector<value::Value>& arguments, const ApiReply& reply) {
        reply(ApiResult::Ok(value::Value::ObjectOf(
            {{"result", arguments[0].Get("scanType")}})));
      });
  app.Eval(
      "wx.scanCode({scanType: 'qr', success: function(r) "
      "{ console.log(r.result + r.errMsg); }})");
  EXPECT_EQ(app.Trace(), "qrscanCode:ok");
}

TEST(App, ReportsEachErrorOnceAndGoesOn) {
  FakeApp app({"p", "q"},
              "App({ onLaunch: function() { throw new Error('launch'); },"
              "  onError: function() { console.log('onError'); } });"
              "__wxRoute = 'p'; Page({"
              "  onLoad: function() { throw new Error('load'); },"
              "  onShow: function() { throw new Error('show'); },"
              "  onUnload: function() { throw new Error('unload'); } });"
              "__wxRoute = 'q'; Page({});");
  app.Launch();
  app.Route(RouteKind::kReLaunch, "/q");
  const std::vector<std::string> expected = {
      "App onLaunch: Error: launch", "p onLoad: Error: load",
      "p onShow: Error: show", "p onUnload: Error: unload"};
  EXPECT_EQ(app.host.errors, expected);
  EXPECT_EQ(app.app->CurrentPage()->path, "q");
}

TEST(App, TellsOfUnhandledRejections) {
  LaunchedApp app;
  app.Eval("(function() { Promise.reject(new Error('nobody')); })()");
  ASSERT_EQ(app.host.errors.size(), 1U);
  EXPECT_EQ(app.host.errors[0], "promise: Error: nobody");
}

TEST(App, ConnectsPagesByEventChannels) {
  FakeApp app({"p", "q"},
              "App({}); __wxRoute = 'p'; Page({});"
              "__wxRoute = 'q'; Page({ onLoad: function() {"
              "  var channel = this.getOpenerEventChannel();"
              "  channel.on('hello', function(x) {"
              "    console.log('opened heard ' + x); });"
              "  channel.emit('back', 1); } });");
  app.Launch();
  app.Eval(
      "wx.navigateTo({url: '/q', events: {back: function(x) {"
      " console.log('opener heard ' + x); }}, success: function(r) {"
      " r.eventChannel.emit('hello', 2); }})");
  EXPECT_EQ(app.Trace(), "opener heard 1,opened heard 2");
}

TEST(App, DiesWithTimersAndRequestsOpen) {
  LaunchedApp app;
  app.Eval("setInterval(function() {}, 10)");
  app.Eval("wx.navigateTo({url: '/nowhere'})");
  app.app.reset();
  app.host.Advance(100);
}

}  // namespace
}  // namespace fcc::app
