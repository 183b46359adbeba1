// SPDX-License-Identifier: Apache-2.0

#include "runtime/style/cascade.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/unit/runtime/style/test_node.h"

namespace fcc::style {
namespace {

// Inline styles need no program, so most of the cascade is tested with them;
// what needs rules is tested in tests/unit/compiler/ftss, where sheets are.
ComputedStyle Compute(std::string_view inline_style,
                      const ComputedStyle* parent = nullptr) {
  return ComputeStyle({}, inline_style, parent, {});
}

TEST(Media, Queries) {
  MediaEnvironment phone;
  const auto matches = [&phone](std::string_view query) {
    return MatchesMedia(query, phone);
  };
  for (const char* query :
       {"", "screen", "all and (min-width: 300px)", "(max-width:375px)",
        "print, screen", "not print", "only screen and (orientation:portrait)",
        "(-webkit-min-device-pixel-ratio: 1.5)", "(min-resolution: 192dpi)",
        "(prefers-color-scheme: light)", "(width >= 375px)",
        "(300px < width <= 400px)", "not (min-width: 400px)",
        "(max-aspect-ratio: 9/16)", "((width) and (height))",
        "(print) or (width)", "(hover: none)", "(color)",
        "screen and (not (min-width: 25em))"}) {
    EXPECT_TRUE(matches(query)) << query;
  }
  for (const char* query :
       {"print", "screen and (min-width: 376px)", "(orientation: landscape)",
        "not screen", "(prefers-color-scheme: dark)", "(nonsense: 1)",
        "not (nonsense: 1)", "(width < 375px)", "(min-width: 10rpx)",
        "(min-width:", "screen and", "tv and (width)", "(((", ",",
        "(10px < )"}) {
    EXPECT_FALSE(matches(query)) << query;
  }
  phone.is_dark = true;
  EXPECT_TRUE(matches("(prefers-color-scheme: dark)"));
}

TEST(InlineStyle, ReadsDeclarations) {
  const auto list = ParseInlineStyle(
      "color:red; ;width : calc(1px; 2px) ! important;bad;x y:z;--a:;b:url(a;b)"
      ";:c");
  ASSERT_EQ(list.size(), 4u);
  EXPECT_EQ(list[0].name, "color");
  EXPECT_EQ(list[1].value, "calc(1px; 2px)");
  EXPECT_TRUE(list[1].important);
  EXPECT_EQ(list[2].name, "--a");
  EXPECT_EQ(list[3].value, "url(a;b)");
}

TEST(ComputeStyle, ResolvesUnitsAndSides) {
  const ComputedStyle style =
      Compute("MARGIN: 10rpx 2px; margin-left: 3px; width: 750rpx");
  EXPECT_EQ(style.Get("margin-top"), "5px");
  EXPECT_EQ(style.Get("margin-right"), "2px");
  EXPECT_EQ(style.Get("margin-left"), "3px");
  EXPECT_EQ(style.Get("width"), "375px");
  EXPECT_TRUE(style.is_displayed());
  EXPECT_FALSE(Compute("display:none").is_displayed());
}

TEST(ComputeStyle, InheritsWhatInherits) {
  const ComputedStyle parent = Compute("color:red;width:1px;--x:4px");
  const ComputedStyle child =
      Compute("height:var(--x);margin-top:inherit", &parent);
  EXPECT_EQ(child.Get("color"), "red");
  EXPECT_EQ(child.Get("width"), "");
  EXPECT_EQ(child.Get("height"), "4px");
  EXPECT_EQ(Compute("width:inherit;color:initial", &parent).Get("width"),
            "1px");
  EXPECT_EQ(Compute("color:initial", &parent).Get("color"), "");
}

TEST(ComputeStyle, CustomProperties) {
  EXPECT_EQ(
      Compute("--a:1px;--b:var(--a) 2px;margin:var(--b)").Get("margin-left"),
      "2px");
  EXPECT_EQ(Compute("width:var(--none, var(--nor, 5px))").Get("width"), "5px");
  EXPECT_EQ(Compute("width:var(--none)").Get("width"), "");
  EXPECT_EQ(Compute("--a:var(--b);--b:var(--a);width:var(--a)").Get("width"),
            "");
  // A bush of references ends.
  std::string bush = "--p0:;";
  for (int i = 1; i < 40; ++i) {
    const std::string below = "var(--p" + std::to_string(i - 1) + ")";
    bush += "--p" + std::to_string(i) + ":" + below + below + ";";
  }
  EXPECT_EQ(Compute(bush + "width:var(--p39)").Get("width"), "");
}

}  // namespace
}  // namespace fcc::style
