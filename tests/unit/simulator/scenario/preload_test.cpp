// SPDX-License-Identifier: Apache-2.0
//
// preloadRule: which packages are opened, when, and on which network.

#include <gtest/gtest.h>

#include "tests/unit/simulator/scenario/project_run.h"

namespace fcc::scenario {
namespace {

ProjectRun::Files Rules() {
  return {
      {"app.json",
       R"({"pages":["p","other"],"subPackages":[)"
       R"({"root":"a","pages":["q"]},)"
       R"({"root":"b","name":"second","pages":["q"]},)"
       R"({"root":"c","pages":["q"]}],)"
       R"("preloadRule":{"p":{"network":"all","packages":["second","a"]},)"
       R"("/other":{"packages":["c","a"]}}})"},
      {"p.json", R"({"usingComponents":{"late":"b/late"},)"
                 R"("componentPlaceholder":{"late":"view"}})"},
      {"p.wxml", "<view/>"},
      {"p.js", "Page({onShow() { console.log('shown'); }})"},
      {"other.json", R"({"usingComponents":{"late":"b/late"},)"
                     R"("componentPlaceholder":{"late":"view"}})"},
      {"other.wxml", "<late id='late'/>"},
      {"other.js", "Page({onShow() { console.log('other shown'); }})"},
      {"a/q.wxml", "<view/>"},
      {"a/q.js", "console.log('a runs'); Page({})"},
      {"b/q.wxml", "<view/>"},
      {"b/q.js", "Page({})"},
      {"b/late.json", R"({"component":true})"},
      {"b/late.wxml", "<text>late</text>"},
      {"b/late.js", "Component({created() { console.log('late created'); }})"},
      {"c/q.wxml", "<view/>"},
      {"c/q.js", "Page({})"},
  };
}

std::string Preloads(ProjectRun& run) {
  std::string text;
  for (const std::string& name : run.session->host().preloads()) {
    text += name + " ";
  }
  return text;
}

TEST(Preload, OpensWhatThePageNamesInItsOrderAndRunsNothing) {
  ProjectRun run(Rules());
  run.Launch();
  EXPECT_EQ(run.Trace(), "shown\n");
  EXPECT_EQ(Preloads(run), "second a ");
  run.Eval("(wx.navigateTo({url: '/a/q'}), 1)");
  EXPECT_EQ(run.Trace(), "a runs\n");
  // What is there is not asked for again.
  run.Eval("(wx.navigateBack(), 1)");
  run.session->Settle();
  EXPECT_EQ(Preloads(run), "second a ");
  EXPECT_EQ(run.Errors(), "");
}

TEST(Preload, WaitsForTheNetworkThatTheRuleWants) {
  ProjectRun run(Rules());
  run.session->host().device().network = "4g";
  run.Launch("other");
  EXPECT_EQ(Preloads(run), "");
  run.session->host().device().network = "wifi";
  run.Eval("(wx.navigateTo({url: '/p'}), 1)");
  // The component of the second has brought it here.
  EXPECT_EQ(Preloads(run), "a ");
  run.Eval("(wx.navigateBack(), 1)");
  run.session->Settle();
  EXPECT_EQ(Preloads(run), "a c ");
}

// A component of a package that was opened ahead needs no placeholder.
TEST(Preload, SparesThePlaceholder) {
  ProjectRun run(Rules());
  run.Launch("p");
  run.Trace();
  run.Eval("(wx.navigateTo({url: '/other'}), 1)");
  EXPECT_EQ(run.Trace(), "late created\nother shown\n");
  EXPECT_EQ(run.Text("#late"), "late");
  ProjectRun cold(Rules());
  cold.Launch("other");
  EXPECT_EQ(cold.Trace(), "other shown\nlate created\n");
  EXPECT_EQ(cold.Text("#late"), "late");
}

}  // namespace
}  // namespace fcc::scenario
