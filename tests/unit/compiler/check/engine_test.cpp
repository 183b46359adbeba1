// SPDX-License-Identifier: Apache-2.0
//
// After a change only what reads the changed file is looked at again, and what
// is told is what a run from the beginning tells.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/compiler/check/check_app.h"

namespace fcc::check {
namespace {

using testing::Eq;

class EngineTest : public testing::Test {
 protected:
  static constexpr int kPages = 40;

  EngineTest() {
    std::string pages;
    for (int i = 0; i < kPages; ++i) {
      const std::string page = base::format("p{}", i);
      pages += base::format("{}\"{}\"", i == 0 ? "" : ", ", page);
      Write(page + ".js",
            "wx.addCard({}); Page({data: {a: 1}, f() { "
            "this.setData({b: undefined}) }})");
      Write(page + ".wxml",
            "<c x=\"1\"/><view class=\"k\" bindtap=\"g\">{{z}}</view>");
      Write(page + ".wxss", ".k {top: 0} .l {inset: 0}");
      Write(page + ".json", R"({"usingComponents": {"c": "/c", "d": "/c"}})");
    }
    Write("app.json", "{\"pages\": [" + pages + "]}");
    Write("app.js", "App({})");
    Write("c.js", "Component({properties: {y: String}})");
    Write("c.wxml", "<view/>");
    Write("c.json", R"({"component": true})");
    for (int i = 0; i < 3; ++i) {
      Write(base::format("i{}.png", i), "x");
    }
  }

  void Write(const std::string& path, const std::string& text) {
    ASSERT_TRUE(fs_.WriteFile("/p/" + path, text).ok());
    if (const source::SourceFile* file = sources_.Find(path)) {
      sources_.Replace(file->id(), text);
      changed_.insert(path);
    }
  }

  // One run of the session; how often a rule looked at something.
  size_t Run() {
    diagnostics::Sink linked;
    graph::GraphOptions options;
    options.script.collect_facts = true;
    options.script.print = false;
    const size_t before = checker_.looked_at();
    diagnostics::Sink found;
    if (program_ == nullptr) {
      project::Project project =
          project::LoadProject(fs_, {"/p", {}}, sources_, linked);
      graph::FileGraph graph =
          graph::BuildFileGraph(fs_, project, options, sources_, linked);
      program_ =
          link::LinkApp(std::move(project), std::move(graph), {}, linked);
      checker_.Check(*program_, sources_, found);
    } else {
      Changes changes;
      changes.files = changed_;
      graph::GraphBefore graph_before;
      graph_before.graph = std::move(program_->graph);
      graph_before.changed = std::move(changed_);
      program_->graph = graph::BuildFileGraph(fs_, program_->project, options,
                                              sources_, linked, &graph_before);
      EXPECT_TRUE(graph_before.same_references);
      checker_.CheckAgain(*program_, sources_, changes, found);
    }
    changed_.clear();
    diagnostics::Sink whole;
    RunRules(*program_, sources_, Strict(), whole);
    EXPECT_THAT(Lines(found), Eq(Lines(whole)));
    return checker_.looked_at() - before;
  }

  std::vector<std::string> Lines(diagnostics::Sink& sink) {
    std::vector<diagnostics::Diagnostic> reports = sink.Take();
    diagnostics::SortForShow(reports, sources_);
    std::vector<std::string> lines;
    for (const diagnostics::Diagnostic& each : reports) {
      lines.push_back(
          base::format("{} {} {}", each.path,
                       each.location.file == source::FileId::kNone
                           ? ""
                           : sources_.Get(each.location.file).path(),
                       each.message));
    }
    return lines;
  }

  base::MemoryFileSystem fs_;
  source::SourceSet sources_;
  std::unique_ptr<link::Program> program_;
  Checker checker_{Strict(), nullptr};
  std::set<std::string, std::less<>> changed_;
};

// Each rule looks at a file once, or at a page with its files.
constexpr size_t kOfOneFile = 25;

TEST_F(EngineTest, OnlyWhatChanged) {
  EXPECT_GT(Run(), static_cast<size_t>(kPages) * 10);
  EXPECT_EQ(Run(), 0u);

  Write("p7.js", "Page({data: {a: 1, z: 2}, g() {}})");
  EXPECT_LE(Run(), kOfOneFile);
  Write("p8.wxml", "<view class=\"l\" bindtap=\"f\"/>");
  EXPECT_LE(Run(), kOfOneFile);
  Write("p9.wxss", ".m {top: 0}");
  EXPECT_LE(Run(), kOfOneFile);
  // Nothing that anybody else reads.
  Write("c.js", "Component({properties: {y: String}, methods: {f() {}}})");
  EXPECT_LE(Run(), kOfOneFile);
  Write("app.js", "App({f(page) { page.setData({unheardOf: 1}) }})");
  EXPECT_LE(Run(), kOfOneFile);
}

TEST_F(EngineTest, WhatOthersRead) {
  Run();
  // Every page gives `x` to the component.
  Write("c.js", "Component({properties: {x: String}})");
  EXPECT_GE(Run(), static_cast<size_t>(kPages));
  // A name that a script of no page sets is set on every page.
  Write("app.js", "App({f(page) { page.setData({z: 1}) }})");
  EXPECT_GE(Run(), static_cast<size_t>(kPages));
  // A picture that is mentioned now.
  Write("app.js", "App({url: '/i1.png'})");
  Run();
  // Sheets come in, or no more.
  Write("c.js", "Component({options: {addGlobalClass: true}})");
  Write("c.wxml", "<view class=\"l\"/>");
  Run();
  Write("c.js", "Component({})");
  Run();
}

}  // namespace
}  // namespace fcc::check
