// SPDX-License-Identifier: Apache-2.0
//
// component-model.md, section 9: who is told what, in which order.

#include <gtest/gtest.h>

#include "tests/unit/runtime/app/fake_app.h"

namespace fcc::app {
namespace {

const std::vector<std::string> kPages = {"A", "B", "C", "D"};

FakeApp Tabs() {
  return FakeApp(kPages, LoggingPages(kPages), 2);
}
FakeApp Plain() {
  return FakeApp(kPages, LoggingPages(kPages));
}

TEST(Router, LaunchesAppThenPage) {
  FakeApp app = Plain();
  EXPECT_EQ(app.Launch(), "onLaunch,App.onShow,A.onLoad,A.onShow,A.onReady");
  EXPECT_TRUE(app.host.errors.empty());
}

TEST(Router, NavigatesThereAndBack) {
  FakeApp app = Plain();
  app.Launch();
  EXPECT_EQ(app.Route(RouteKind::kNavigateTo, "/B"),
            "A.onHide,B.onLoad,B.onShow,B.onReady");
  EXPECT_EQ(app.Route(RouteKind::kNavigateTo, "/C"),
            "B.onHide,C.onLoad,C.onShow,C.onReady");
  EXPECT_EQ(app.Eval("getCurrentPages().map(function(p) "
                     "{ return p.route; }).join()"),
            "A,B,C");
  EXPECT_EQ(app.Route(RouteKind::kNavigateBack, "", 2),
            "C.onUnload,B.onUnload,A.onShow");
  EXPECT_EQ(app.Route(RouteKind::kNavigateBack, "", 1),
            "!cannot navigate back at first page.");
}

TEST(Router, RedirectsAndRelaunches) {
  FakeApp app = Plain();
  app.Launch();
  EXPECT_EQ(app.Route(RouteKind::kRedirectTo, "/B"),
            "A.onUnload,B.onLoad,B.onShow,B.onReady");
  app.Route(RouteKind::kNavigateTo, "/C");
  EXPECT_EQ(app.Route(RouteKind::kReLaunch, "/D?x=1"),
            "C.onUnload,B.onUnload,D.onLoad,D.onShow,D.onReady");
  EXPECT_EQ(app.Eval("getCurrentPages()[0].options.x"), "1");
}

TEST(Router, SwitchesTabs) {
  FakeApp app = Tabs();
  app.Launch();
  EXPECT_EQ(app.Route(RouteKind::kSwitchTab, "/A"), "");
  EXPECT_EQ(app.Route(RouteKind::kSwitchTab, "/B"),
            "A.onHide,B.onLoad,B.onShow,B.onReady");
  EXPECT_EQ(app.Route(RouteKind::kSwitchTab, "/A"), "B.onHide,A.onShow");
  EXPECT_EQ(app.Route(RouteKind::kSwitchTab, "/B"), "A.onHide,B.onShow");
}

TEST(Router, SwitchesTabsFromPagesAbove) {
  FakeApp app = Tabs();
  app.Launch();
  app.Route(RouteKind::kNavigateTo, "/C");
  EXPECT_EQ(app.Route(RouteKind::kSwitchTab, "/A"), "C.onUnload,A.onShow");
  app.Route(RouteKind::kNavigateTo, "/C");
  app.Route(RouteKind::kNavigateTo, "/D");
  EXPECT_EQ(app.Route(RouteKind::kSwitchTab, "/B"),
            "D.onUnload,C.onUnload,B.onLoad,B.onShow,B.onReady");
  EXPECT_EQ(app.Eval("getCurrentPages().length"), "1");
}

TEST(Router, SwitchesTabsFromASharedEntry) {
  FakeApp app = Tabs();
  app.Launch("D");
  EXPECT_EQ(app.Route(RouteKind::kSwitchTab, "/A"),
            "D.onUnload,A.onLoad,A.onShow,A.onReady");
}

TEST(Router, RefusesWhatCannotBe) {
  FakeApp app = Tabs();
  app.Launch();
  EXPECT_EQ(app.Route(RouteKind::kNavigateTo, "/X"),
            "!page \"X\" is not found");
  EXPECT_EQ(app.Route(RouteKind::kNavigateTo, "/B"),
            "!can not navigateTo a tabbar page");
  EXPECT_EQ(app.Route(RouteKind::kSwitchTab, "/C"),
            "!can not switch to no-tabBar page");
  for (int i = 0; i < 9; ++i) {
    app.Route(RouteKind::kNavigateTo, "/C");
  }
  EXPECT_EQ(app.Route(RouteKind::kNavigateTo, "/C"),
            "!webview count limit exceed");
}

TEST(Router, TellsTheTabThatWasTapped) {
  FakeApp app = Tabs();
  app.Launch();
  app.app->TapTabMayRunScript(1);
  EXPECT_EQ(app.Trace(), "A.onHide,B.onLoad,B.onShow,B.onTabItemTap,B.onReady");
}

TEST(Router, HidesAndShowsTheApp) {
  FakeApp app = Plain();
  app.Launch();
  app.app->HideMayRunScript();
  app.app->HideMayRunScript();
  EXPECT_EQ(app.Trace(), "A.onHide,App.onHide");
  app.app->ShowMayRunScript({});
  EXPECT_EQ(app.Trace(), "App.onShow,A.onShow");
}

TEST(Router, SharesAndTellsTheTheme) {
  FakeApp app({"A"},
              "App({onThemeChange: function(r) { console.log(r.theme); }});\n"
              "__wxRoute = 'A';\n"
              "Page({onShareAppMessage: function(r) {\n"
              "  console.log(r.from); return {title: 'T'}; }});");
  app.Launch();
  app.app->ChangeThemeMayRunScript("dark");
  value::Value card;
  const auto take = [&card](const ApiResult& result) { card = result.value; };
  app.app->ShareMayRunScript(take);
  EXPECT_EQ(app.Trace(), "dark,menu");
  EXPECT_EQ(card.Get("title").ToDisplayString(), "T");
  EXPECT_EQ(card.Get("path").ToDisplayString(), "/A");
}

// What the promise gives counts, if it comes in time.
TEST(Router, SharesWhatThePromiseGives) {
  FakeApp app({"A"},
              "__wxRoute = 'A';\n"
              "Page({onShareAppMessage: function() {\n"
              "  var wait = this.wait = (this.wait || 500) * 4;\n"
              "  return {title: 'T', imageUrl: 'u',\n"
              "    promise: new Promise(function(resolve) {\n"
              "      setTimeout(function() { resolve({title: 'P'}); }, wait);\n"
              "    })}; }});");
  app.Launch();
  std::string titles;
  const auto take = [&titles](const ApiResult& result) {
    titles += result.value.Get("title").ToDisplayString() +
              result.value.Get("imageUrl").ToDisplayString() + " ";
  };
  app.app->ShareMayRunScript(take);
  EXPECT_EQ(titles, "");
  app.host.Advance(2000);
  EXPECT_EQ(titles, "Pu ");
  app.app->ShareMayRunScript(take);
  app.host.Advance(3000);
  EXPECT_EQ(titles, "Pu Tu ");
  app.host.Advance(10000);
  EXPECT_EQ(titles, "Pu Tu ");
}

// The sequence of the platform documentation on page route events.
TEST(Router, TellsListenersOfRoutes) {
  FakeApp app(kPages,
              LoggingPages(kPages) +
                  "['onBeforeAppRoute', 'onBeforePageLoad', 'onAfterPageLoad',"
                  " 'onBeforePageUnload', 'onAfterPageUnload', 'onAppRoute',"
                  " 'onAppRouteDone'].forEach(function(name) {"
                  "  wx[name](function(e) { console.log(name + ':' + e.path +"
                  "   (name === 'onBeforeAppRoute' ? ':' + e.openType : '') +"
                  "   (e.query.x || '')); }); });",
              2);
  EXPECT_EQ(app.Launch(),
            "onLaunch,App.onShow,onBeforeAppRoute:A:appLaunch,"
            "onBeforePageLoad:A,A.onLoad,A.onShow,onAfterPageLoad:A,"
            "onAppRoute:A,A.onReady,onAppRouteDone:A");
  EXPECT_EQ(app.Route(RouteKind::kNavigateTo, "/C?x=1"),
            "onBeforeAppRoute:C:navigateTo1,A.onHide,onBeforePageLoad:C1,"
            "C.onLoad,C.onShow,onAfterPageLoad:C1,onAppRoute:C1,C.onReady,"
            "onAppRouteDone:C1");
  EXPECT_EQ(app.Route(RouteKind::kRedirectTo, "/D"),
            "onBeforeAppRoute:D:redirectTo,onBeforePageUnload:C1,C.onUnload,"
            "onAfterPageUnload:C1,onBeforePageLoad:D,D.onLoad,D.onShow,"
            "onAfterPageLoad:D,onAppRoute:D,D.onReady,onAppRouteDone:D");
  EXPECT_EQ(app.Route(RouteKind::kNavigateBack, "", 1),
            "onBeforeAppRoute:A:navigateBack,onBeforePageUnload:D,D.onUnload,"
            "onAfterPageUnload:D,A.onShow,onAppRoute:A,onAppRouteDone:A");
  EXPECT_EQ(app.Route(RouteKind::kSwitchTab, "/B"),
            "onBeforeAppRoute:B:switchTab,A.onHide,onBeforePageLoad:B,"
            "B.onLoad,B.onShow,onAfterPageLoad:B,onAppRoute:B,B.onReady,"
            "onAppRouteDone:B");
  EXPECT_EQ(app.Route(RouteKind::kReLaunch, "/C"),
            "onBeforeAppRoute:C:reLaunch,onBeforePageUnload:B,B.onUnload,"
            "onAfterPageUnload:B,onBeforePageUnload:A,A.onUnload,"
            "onAfterPageUnload:A,onBeforePageLoad:C,C.onLoad,C.onShow,"
            "onAfterPageLoad:C,onAppRoute:C,C.onReady,onAppRouteDone:C");
  // What cannot be is no route.
  EXPECT_EQ(app.Route(RouteKind::kNavigateTo, "/X"),
            "!page \"X\" is not found");
}

// Whatever a page does, the app goes on.
TEST(Router, OutlivesPagesThatThrow) {
  FakeApp app({"A", "B"},
              "App({}); __wxRoute = 'A'; Page({});\n"
              "var bad = function(n) { return function() { throw n; }; };\n"
              "__wxRoute = 'B'; Page({onLoad: bad(1), onShow: bad(2),\n"
              "  onReady: bad(3), onHide: bad(4), onUnload: bad(5)});");
  app.Launch();
  app.Route(RouteKind::kNavigateTo, "/B");
  app.Route(RouteKind::kNavigateTo, "/A");
  app.Route(RouteKind::kNavigateBack, "", 2);
  EXPECT_EQ(app.host.errors, (std::vector<std::string>{
                                 "B onLoad: 1", "B onShow: 2", "B onReady: 3",
                                 "B onHide: 4", "B onUnload: 5"}));
  EXPECT_EQ(app.Eval("getCurrentPages().length"), "1");
}

// 10,000 pages opened and closed must leave memory flat; a few hundred show a
// leak as well.
TEST(Router, ForgetsClosedPages) {
  FakeApp app = Plain();
  app.Launch();
  const auto round = [&app] {
    for (int i = 0; i < 100; ++i) {
      app.Route(RouteKind::kNavigateTo, "/B");
      app.Route(RouteKind::kNavigateBack, "");
    }
    return app.app->Usage().heap_bytes;
  };
  round();
  const uint64_t before = round();
  EXPECT_LE(round(), before + 4096);
  EXPECT_LE(app.host.pending(), 1U);
}

}  // namespace
}  // namespace fcc::app
