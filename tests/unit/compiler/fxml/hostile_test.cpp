// SPDX-License-Identifier: Apache-2.0
//
// Input that nobody writes by hand: an error, and never a crash.

#include <gtest/gtest.h>

#include "compiler/fxml/fxml.h"
#include "runtime/template/program.h"
#include "runtime/template/render_tree.h"

namespace fcc::fxml {
namespace {

std::string Repeat(std::string_view text, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) {
    out += text;
  }
  return out;
}

// Compiles, links, loads and renders; the number of errors.
size_t Survive(std::string text) {
  source::SourceSet sources;
  diagnostics::Sink sink;
  Unit unit = CompileFxml(sources.Add("a.wxml", std::move(text)), {}, sink);
  const Unit* units[] = {&unit};
  auto program = tmpl::Program::Load(LinkTemplates(units, {}, sink));
  EXPECT_TRUE(program.ok()) << (program.ok() ? "" : program.error().message);
  if (program.ok()) {
    RenderTree(**program, (*program)->FindUnit("a.wxml"),
               value::Value::NewObject(), nullptr);
  }
  EXPECT_FALSE(PrintGfc(units, {}, {}).empty());
  return sink.CountOf(diagnostics::Severity::kError);
}

TEST(Hostile, DeepTags) {
  EXPECT_GT(Survive(Repeat("<view>", 100000)), 0u);
  EXPECT_EQ(Survive(Repeat("<view>", 100000) + Repeat("</view>", 100000)), 1u);
  EXPECT_EQ(Survive(Repeat("<v wx:for='{{l}}' wx:if='{{a}}'>", 10000) +
                    Repeat("</v>", 10000)),
            1u);
}

TEST(Hostile, DeepExpressions) {
  EXPECT_EQ(
      Survive("{{" + Repeat("(", 100000) + "a" + Repeat(")", 100000) + "}}"),
      1u);
  EXPECT_EQ(Survive("{{" + Repeat("[", 100000) + "}}"), 1u);
  EXPECT_EQ(Survive("{{" + Repeat("!", 100000) + "a}}"), 1u);
  EXPECT_EQ(Survive("{{" + Repeat("a?", 100000) + "}}"), 1u);
  EXPECT_EQ(Survive("{{" + Repeat("{a:", 100000) + "}}"), 1u);
}

TEST(Hostile, LongExpressions) {
  EXPECT_EQ(Survive("{{a" + Repeat("+a", 100000) + "}}"), 0u);
  EXPECT_EQ(Survive("{{a" + Repeat(".a", 100000) + "}}"), 0u);
  EXPECT_EQ(Survive(Repeat("{{a}}b", 100000)), 0u);
  EXPECT_EQ(Survive("<v a='" + Repeat("{{a}}b", 100000) + "'/>"), 0u);
}

TEST(Hostile, ManyAttributes) {
  std::string text = "<v";
  for (int i = 0; i < 20000; ++i) {
    text += " a" + std::to_string(i) + "='1'";
  }
  EXPECT_EQ(Survive(text + "/>"), 0u);
}

TEST(Hostile, EveryCutOfAFile) {
  const std::string text =
      "<!-- c --><wxs module=\"m\">var a;</wxs><template name=\"t\">{{a}}"
      "</template><v wx:for=\"{{l}}\" wx:key=\"k\" a='{{ {b: [1, ...c]} }}' "
      "bind:tap=\"f\">x{{a ? \"b\" : m.f(1)}}</v><template is=\"t\" "
      "data=\"{{...o, p}}\"/>";
  for (size_t size = 0; size <= text.size(); ++size) {
    Survive(text.substr(0, size));
    Survive(text.substr(size));
  }
}

TEST(Hostile, TemplatesThatDouble) {
  Survive(
      "<template name='t'><template is='t'/><template is='t'/></template>"
      "<template is='t'/>");
  Survive(
      "<a wx:for='{{99999}}'><b wx:for='{{99999}}'><c wx:for='{{99999}}'/>"
      "</b></a>");
}

TEST(Hostile, TemplatesThatUseThemselves) {
  source::SourceSet sources;
  diagnostics::Sink sink;
  Unit unit = CompileFxml(
      sources.Add("a.wxml",
                  "<template name='t'><v><template is='t'/></v></template>"
                  "<template is='t'/><include src='a.wxml'/>"),
      {}, sink);
  const Unit* units[] = {&unit};
  auto program = tmpl::Program::Load(LinkTemplates(units, {}, sink));
  ASSERT_TRUE(program.ok());
  tmpl::RenderedTree tree =
      RenderTree(**program, (*program)->FindUnit("a.wxml"),
                 value::Value::NewObject(), nullptr);
  ASSERT_FALSE(tree.problems.empty());
  EXPECT_NE(tree.problems[0].find("template `t` uses itself"),
            std::string::npos);
}

}  // namespace
}  // namespace fcc::fxml
