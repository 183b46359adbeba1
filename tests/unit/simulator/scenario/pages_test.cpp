// SPDX-License-Identifier: Apache-2.0
//
// Pages by the thousand: what opens and closes leaves nothing behind.

#include <gtest/gtest.h>

#include <cstdlib>

#include "tests/unit/simulator/scenario/project_run.h"

namespace fcc::scenario {
namespace {

// FCC_SOAK_PAGES asks for more, as `make check-all` does.
int PagesToOpen() {
  const char* asked = std::getenv("FCC_SOAK_PAGES");
  return asked == nullptr ? 300 : std::max(1, std::atoi(asked));
}

TEST(Pages, OpenedAndClosedLeaveNothing) {
  ProjectRun run({
      {"app.json", R"({"pages":["home","page"]})"},
      {"app.js",
       "App({visits: 0, onLaunch() { wx.onWindowResize(() => {}); }})"},
      {"home.wxml", "<view>home</view>"},
      {"home.js", "Page({})"},
      {"page.json", R"({"usingComponents":{"part":"part"}})"},
      {"page.wxml",
       "<wxs module='m'>module.exports = function(x) { return x * 2; }</wxs>"
       "<part wx:for='{{list}}' wx:key='*this' value='{{item}}'"
       " bind:made='made'><text>{{m(item)}}</text></part>"
       "<input value='{{text}}' model:value='{{text}}'/>"},
      {"page.js",
       "Page({data: {list: [1, 2, 3], text: ''},"
       " onLoad(query) { getApp().visits++;"
       "  this.channel = this.getOpenerEventChannel();"
       "  this.channel.emit('hello', {big: new Array(100).fill(query.n)});"
       "  this.timer = setTimeout(() => this.setData({text: 'late'}), 5);"
       "  this.observer = this.createIntersectionObserver();"
       "  this.setData({list: [3, 1, 4], 'deep.er': {f: () => this}});"
       "  wx.getStorage({key: 'k'}).catch(() => {}); },"
       " onReady() { this.createSelectorQuery().select('part')"
       "  .boundingClientRect(() => {}).exec(); },"
       " made(e) { this.last = e; },"
       " onUnload() { this.gone = true; }})"},
      {"part.json", R"({"component":true})"},
      {"part.wxml", "<view bindtap='tap'>{{value}}<slot/></view>"},
      {"part.js",
       "Component({properties: {value: Number}, data: {cb: null},"
       " observers: {value(v) { this.setData({cb: () => v}); }},"
       " lifetimes: {attached() { this.triggerEvent('made', {of: this}); }}})"},
  });
  run.session->host().KeepViews();
  run.Launch();
  const auto open_and_close = [&run](int count) {
    for (int i = 0; i < count; ++i) {
      const std::string url = base::format("/page?n={}", i);
      for (const bool forth : {true, false}) {
        const app::ApiResult answer =
            run.session->Await([&](app::ApiReply reply) {
              run.session->RunningApp().RouteMayRunScript(
                  forth ? app::RouteKind::kNavigateTo
                        : app::RouteKind::kNavigateBack,
                  forth ? url : "", 1, std::move(reply));
            });
        ASSERT_TRUE(answer.ok) << answer.message;
        run.session->Advance(10);
      }
    }
  };
  // What is made once: definitions, caches.
  open_and_close(20);
  const app::AppUsage before = run.session->RunningApp().Usage();
  const int pages = PagesToOpen();
  open_and_close(pages);
  const app::AppUsage after = run.session->RunningApp().Usage();
  EXPECT_EQ(run.Eval("getApp().visits"), std::to_string(pages + 20));
  EXPECT_EQ(after.nodes, before.nodes);
  EXPECT_EQ(after.components, before.components);
  // Tables of the engine may have grown with what they held at once: three
  // thousand pages and ten thousand end with the same 48 KB.
  EXPECT_LE(after.heap_bytes, before.heap_bytes + (uint64_t{64} << 10));
  EXPECT_EQ(run.Errors(), "");
}

}  // namespace
}  // namespace fcc::scenario
