// SPDX-License-Identifier: Apache-2.0
// Links: driver
//
// The component framework on a page that stays: a thousand components made and
// removed, one row of ten thousand changed by its path, a property passed down.

#include <benchmark/benchmark.h>

#include <cstdlib>
#include <map>
#include <memory>
#include <string>

#include "compiler/driver/build_session.h"
#include "runtime/base/file_system.h"
#include "runtime/base/format.h"
#include "runtime/package/package.h"
#include "simulator/scenario/app_session.h"

namespace fcc::scenario {
namespace {

class BenchApp {
 public:
  BenchApp() {
    base::MemoryFileSystem fs({
        {"/p/app.json", R"({"pages":["rows","many"]})"},
        {"/p/app.js", "App({})"},
        {"/p/rows.json", R"({"usingComponents":{"item":"item"}})"},
        {"/p/rows.wxml",
         "<view wx:for='{{list}}' wx:key='id'>{{item.text}}</view>"
         "<item text='{{title}}'/>"},
        {"/p/rows.js",
         "var list = []; for (var i = 0; i < 10000; ++i)"
         " list.push({id: i, text: 't' + i});"
         "Page({data: {list: list, title: ''}})"},
        {"/p/many.json", R"({"usingComponents":{"item":"item"}})"},
        {"/p/many.wxml", "<item wx:for='{{n}}' text='{{index}}'/>"},
        {"/p/many.js", "Page({data: {n: 0}})"},
        {"/p/item.json", R"({"component":true})"},
        {"/p/item.wxml", "<view class='btn' bindtap='tap'>{{text}}</view>"},
        {"/p/item.js",
         "Component({properties: {text: String},"
         " methods: {tap: function() {}}})"},
    });
    driver::BuildOptions options;
    options.project_dir = "/p";
    options.output = driver::Output::kPackages;
    options.check = false;
    driver::BuildSession build(fs, options);
    driver::BuildResult built = build.Build();
    auto opened = package::Bundle::Open(built.TakePackages());
    if (!opened) {
      std::abort();
    }
    bundle_ = std::move(opened).value();
    session_ = std::make_unique<AppSession>(*bundle_, SessionLimits());
  }

  void Open(const std::string& page) {
    static_cast<void>(session_->Restart("/" + page));
    session_->Settle();
  }
  void SetData(const std::string& patch) {
    session_->RunningApp().CallFunctionMayRunScript(
        base::format("function() {{ getCurrentPages()[0].setData({}); }}",
                     patch),
        {}, [](const app::ApiResult&) {});
  }
  void Settle() { session_->Settle(); }

 private:
  std::unique_ptr<package::Bundle> bundle_;
  std::unique_ptr<AppSession> session_;
};

void OneRowOfTenThousand(benchmark::State& state) {
  BenchApp app;
  app.Open("rows");
  int n = 0;
  for (auto _ : state) {
    app.SetData(base::format("{{'list[5000].text': 'new{}'}}", ++n));
  }
}
BENCHMARK(OneRowOfTenThousand)->Unit(benchmark::kMicrosecond);

// The same page; nothing of the list is concerned.
void OnePropertyBesideTheList(benchmark::State& state) {
  BenchApp app;
  app.Open("rows");
  int n = 0;
  for (auto _ : state) {
    app.SetData(base::format("{{title: 'new{}'}}", ++n));
  }
}
BENCHMARK(OnePropertyBesideTheList)->Unit(benchmark::kMicrosecond);

void ThousandComponents(benchmark::State& state) {
  BenchApp app;
  app.Open("many");
  for (auto _ : state) {
    app.SetData("{n: 1000}");
    state.PauseTiming();
    app.SetData("{n: 0}");
    app.Settle();
    state.ResumeTiming();
  }
}
BENCHMARK(ThousandComponents)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace fcc::scenario

BENCHMARK_MAIN();
