// SPDX-License-Identifier: Apache-2.0
//
// The cascade on sheets as the compiler writes them.

#include "runtime/style/cascade.h"

#include <gtest/gtest.h>

#include <map>
#include <string>

#include "compiler/ftss/compile_ftss.h"
#include "tests/unit/runtime/style/test_node.h"

namespace fcc::ftss {
namespace {

style::StyleProgram Program(const std::map<std::string, std::string>& files) {
  source::SourceSet sources;
  diagnostics::Sink sink;
  SheetSet sheets;
  for (const auto& [path, text] : files) {
    sheets.Add(sources.Add(path, text), sink);
  }
  StyleProgramWriter writer;
  for (const auto& [path, text] : files) {
    writer.Add(ResolveImports(*sheets.Find(path), sheets, sink));
  }
  auto program = style::StyleProgram::Load(writer.Finish());
  EXPECT_TRUE(program.ok());
  return *std::move(program);
}

TEST(Cascade, StrongestDeclarationWins) {
  const style::StyleProgram program =
      Program({{"a.wxss",
                "@import 'b';"
                ".on{color:green!important;left:1px}"
                "#x{left:2px;color:black}"
                "view{left:3px;top:3px}"
                ".list .item,.none{top:4px}"
                ".item::before{top:9px}"
                "@media (min-width:1000px){.item{top:5px}}"
                "@media screen{.item{bottom:6px}}"
                "page view{right:7px}"},
               {"b.wxss", ".item{bottom:1px;opacity:.5}"}});
  style::Node page("page");
  style::Node& list = page.Add("view", {"list"});
  style::Node& item = list.Add(std::make_unique<style::Node>(
      "view", std::vector<std::string>{"item", "on"}, "x"));
  style::RuleSet rules({});
  ASSERT_TRUE(rules.Add(program, "a.wxss"));
  EXPECT_FALSE(rules.Add(program, "c.wxss"));
  const style::ComputedStyle style = style::ComputeStyle(
      rules.RulesFor(item), "color:blue;right:8px", nullptr, {});
  EXPECT_EQ(style.Get("color"), "green");
  EXPECT_EQ(style.Get("left"), "2px");
  EXPECT_EQ(style.Get("top"), "4px");
  EXPECT_EQ(style.Get("bottom"), "6px");
  EXPECT_EQ(style.Get("right"), "8px");
  EXPECT_EQ(style.Get("opacity"), ".5");
  const auto before = rules.RulesFor(item, {}, "before");
  EXPECT_EQ(style::ComputeStyle(before, "", nullptr, {}).Get("top"), "9px");
}

TEST(Cascade, HostRulesSelectTheHostOnly) {
  const style::StyleProgram program =
      Program({{"c.wxss", ":host{display:block}:host(.big){width:2px}.a{}"}});
  style::Node host("my-card", {"big", "a"});
  style::RuleSet rules({});
  ASSERT_TRUE(rules.Add(program, "c"));
  const auto found = rules.RulesFor(host, {.scope_is_host = true});
  EXPECT_EQ(found.size(), 2u);
  EXPECT_EQ(rules.RulesFor(host).size(), 1u);
}

}  // namespace
}  // namespace fcc::ftss
