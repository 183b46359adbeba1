// SPDX-License-Identifier: Apache-2.0
//
// Apps on threads: what a view shows is what the app has, whoever does what on
// which thread. The thread sanitizer runs these, too.

#include "runtime/app/live_app.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "compiler/diagnostics/diagnostic.h"
#include "compiler/fxml/fxml.h"
#include "compiler/source/source_file.h"
#include "runtime/app/event_loop.h"
#include "runtime/app/view_tree.h"
#include "runtime/value/value_json.h"
#include "tests/unit/runtime/app/fake_app.h"

namespace fcc::app {
namespace {

TEST(EventLoop, RunsInTheOrderOfTimeThenOfPosting) {
  std::string order;
  {
    EventLoop loop;
    loop.RunAndWait([&] {
      loop.Post(20, [&] { order += "d"; });
      loop.Post(0, [&] { order += "a"; });
      const uint64_t cancelled = loop.Post(0, [&] { order += "x"; });
      loop.Post(0, [&] { order += "b"; });
      loop.Post(5, [&] { order += "c"; });
      loop.Cancel(cancelled);
    });
    while (true) {
      std::string seen;
      loop.RunAndWait([&] { seen = order; });
      if (seen == "abcd") {
        break;
      }
      ASSERT_TRUE(std::string("abcd").starts_with(seen)) << seen;
      std::this_thread::yield();
    }
  }
  EXPECT_EQ(order, "abcd");
}

TEST(EventLoop, LetsGoOfEverythingOnItsThread) {
  struct Held {
    EventLoop* loop;
    std::atomic<int>* here;
    ~Held() { *here += loop->InLoop() ? 1 : 0; }
  };
  std::atomic<int> here = 0;
  {
    EventLoop loop;
    const auto held = [&] {
      return [held = std::shared_ptr<Held>(new Held{&loop, &here})] {};
    };
    loop.Cancel(loop.Post(1e6, held()));
    loop.Post(0, held());
    loop.Post(1e18, held());
    loop.RunAndWait([] {});
    loop.Stop();
    EXPECT_EQ(here, 3);
    EXPECT_EQ(loop.Post(0, [] {}), 0U);
    EXPECT_FALSE(loop.RunAndWait([] { FAIL(); }));
  }
}

TEST(EventLoop, TakesWhatAllThreadsPost) {
  EventLoop loop;
  int count = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 500; ++i) {
        const uint64_t id = loop.Post(i % 3, [&] { ++count; });
        if (i % 2 == 0) {
          loop.Cancel(id);
          loop.Post(0, [&] { count += 2; });
        }
      }
    });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
  std::this_thread::sleep_for(std::chrono::milliseconds(10));
  int seen = 0;
  loop.RunAndWait([&] { seen = count; });
  // Half of 2,000 run once; of each cancelled one its stand-in counts two, and
  // it may have run before.
  EXPECT_GE(seen, 1000 + 2 * 1000);
  EXPECT_LE(seen, 2000 + 2 * 1000);
}

// What the app's pages look like; units are called like the pages.
std::string Templates(
    const std::vector<std::pair<std::string, std::string>>& pages) {
  source::SourceSet sources;
  diagnostics::Sink sink;
  std::vector<fxml::Unit> units;
  units.reserve(pages.size());
  std::vector<const fxml::Unit*> pointers;
  for (const auto& [name, text] : pages) {
    units.push_back(fxml::CompileFxml(sources.Add(name, text), {}, sink));
    pointers.push_back(&units.back());
  }
  return fxml::LinkTemplates(pointers, {}, sink);
}

constexpr std::string_view kTemplate =
    "<view id='add' bindtap='add'>{{n}}</view>"
    "<view id='open' bindtap='open'/>"
    "<input id='field' bindinput='type' value='{{text}}'/>"
    "<view wx:for='{{list}}' wx:key='*this' class='c{{item % 3}}'>"
    "<text wx:if='{{item % 2}}'>{{item}} {{text}}</text><block wx:else>"
    "<view data-i='{{item}}'/></block></view>";

constexpr std::string_view kScript =
    "App({}); __wxRoute = 'a'; Page({data: {n: 0, list: [], text: ''},"
    " onLoad: function() { var page = this; this.tick = setInterval("
    "  function() { if (page.data.n < 20) page.add(); }, 1); },"
    " onUnload: function() { clearInterval(this.tick); },"
    " add: function() { var n = this.data.n + 1, list = this.data.list.slice();"
    "  list.splice(n * 7 % (list.length + 1), 0, n);"
    "  if (list.length > 12) list.splice(n * 5 % 12, 1);"
    "  if (n % 4 == 0) list.reverse();"
    "  this.setData({n: n, list: list}); },"
    " type: function(e) { this.setData({text: e.detail.value}); },"
    " open: function() { wx.navigateTo({url: '/b?x=1'}); } });"
    "__wxRoute = 'b'; Page({data: {got: 'nothing'}, onLoad: function() {"
    "  var page = this; wx.getStorage({key: 'k', success: function(r) {"
    "   page.setData({got: r.data.deep[0]}); } }); } });";

class Host : public LiveHost {
 public:
  ~Host() override {
    for (std::thread& thread : threads_) {
      thread.join();
    }
  }
  ApiHandling CallApi(const ApiCall& call, ApiReply reply) override {
    if (call.name != "getStorage") {
      return ApiHandling::kUnsupported;
    }
    threads_.emplace_back([reply = std::move(reply)] {
      reply(ApiResult::Ok(value::Value::ObjectOf(
          {{"data", value::Value::ObjectOf(
                        {{"deep", value::Value::ArrayOf(
                                      {value::Value::String("far")})}})}})));
    });
    return ApiHandling::kHandled;
  }
  void ReportError(const ErrorReport& error) override {
    ADD_FAILURE() << error.where << ": " << error.message;
  }
  void OnViewChanged(PageId, const ViewMirror& view) override {
    ++changes;
    nodes += view.size();
  }

  std::atomic<int> changes = 0;
  std::atomic<size_t> nodes = 0;

 private:
  // Of the app's thread, until that has ended.
  std::vector<std::thread> threads_;
};

std::unique_ptr<package::Source> TwoPages() {
  return FakeApp::Source({"a", "b"}, std::string(kScript), 0,
                         Templates({{"a", std::string(kTemplate)},
                                    {"b", "<view>got {{got}}</view>"}}));
}

std::string ViewOf(LiveApp& live, PageId page) {
  std::string shown;
  EXPECT_TRUE(live.WithView(page, [&](const ViewMirror& view) {
    shown = value::ToJson(view.Tree());
  }));
  return shown;
}

// Of the app's own tree.
std::string TreeOf(LiveApp& live, PageId page) {
  std::string shown;
  live.With([&](App& app) {
    const Node* root = app.PageRoot(page);
    shown = root == nullptr ? "gone" : value::ToJson(ViewTree(*root));
  });
  return shown;
}

TEST(LiveApp, ViewsShowWhatTheAppHas) {
  Host host;
  auto opened = LiveApp::Open(TwoPages(), host);
  ASSERT_TRUE(opened.ok()) << opened.error().message;
  LiveApp& live = **opened;
  ASSERT_TRUE(live.Launch().ok());
  PageId page = 0;
  NodeId add = 0;
  NodeId open = 0;
  NodeId field = 0;
  live.With([&](App& app) {
    page = app.CurrentPage()->id;
    add = app.Query(page, 0, "#add")->front();
    open = app.Query(page, 0, "#open")->front();
    field = app.Query(page, 0, "#field")->front();
  });
  // Users with many fingers, while the app's own timer runs.
  std::vector<std::thread> users;
  for (int t = 0; t < 3; ++t) {
    users.emplace_back([&live, page, add, field, t] {
      for (int i = 0; i < 40; ++i) {
        live.Tap(page, add);
        EventInit event;
        event.type = "input";
        event.detail = value::Value::ObjectOf(
            {{"value", value::Value::String(std::to_string(t * 100 + i))}});
        live.SendEvent(page, field, event);
        if (i % 10 == 0) {
          EXPECT_NE(ViewOf(live, page), "");
        }
      }
    });
  }
  for (std::thread& user : users) {
    user.join();
  }
  // 120 taps and 20 ticks, of which those are over that find n past 20.
  for (bool done = false; !done;) {
    live.With(
        [&](App& app) { done = app.GetData(page, 0, "n")->number() >= 120; });
  }
  EXPECT_EQ(ViewOf(live, page), TreeOf(live, page));
  EXPECT_GT(host.changes, 0);

  live.Tap(page, open);
  PageId second = 0;
  while (second == 0) {
    live.With([&](App& app) {
      second = app.Pages().size() == 2 ? app.CurrentPage()->id : 0;
    });
  }
  const std::string wanted = R"([{"tag":"view","children":["got far"]}])";
  while (TreeOf(live, second) != wanted) {
    std::this_thread::yield();
  }
  EXPECT_EQ(ViewOf(live, second), wanted);

  // A page that closes takes its view along; what comes late finds nobody.
  live.With([](App& app) {
    app.RouteMayRunScript(RouteKind::kNavigateBack, "", 1, {});
  });
  while (TreeOf(live, second) != "gone") {
    std::this_thread::yield();
  }
  live.Tap(second, 1);
  EXPECT_FALSE(live.WithView(second, [](const ViewMirror&) {}));
  EXPECT_EQ(ViewOf(live, page), TreeOf(live, page));
}

TEST(LiveApp, AppsShareNothing) {
  std::vector<std::thread> threads;
  for (int t = 0; t < 2; ++t) {
    threads.emplace_back([] {
      Host host;
      auto opened = LiveApp::Open(TwoPages(), host);
      ASSERT_TRUE(opened.ok());
      ASSERT_TRUE((*opened)->Launch("b?y=2").ok());
      (*opened)->With([](App& app) {
        EXPECT_EQ(app.CurrentPage()->path, "b");
        app.RouteMayRunScript(RouteKind::kReLaunch, "/a", 1, {});
      });
      // Ends while the network still owes its answer.
    });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
}

TEST(LiveApp, SaysWhyItDoesNotOpen) {
  Host host;
  EXPECT_FALSE(LiveApp::Open(std::make_unique<package::MemorySource>(
                                 std::map<std::string, std::string>()),
                             host)
                   .ok());
}

}  // namespace
}  // namespace fcc::app
