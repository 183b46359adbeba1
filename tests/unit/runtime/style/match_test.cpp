// SPDX-License-Identifier: Apache-2.0

#include "runtime/style/match.h"

#include <gtest/gtest.h>

#include <string>

#include "runtime/style/nth.h"
#include "tests/unit/runtime/style/test_node.h"

namespace fcc::style {
namespace {

bool Is(const Element& element, std::string_view selector) {
  const auto list = SelectorList::Parse(selector);
  EXPECT_TRUE(list.ok()) << selector;
  return list.ok() && Matches(*list, element);
}

// page > view.list > (text.item, text.item.on#two, image.item)
struct Tree {
  Tree() {
    list = &page.Add("view", {"list"});
    first = &list->Add("text", {"item"});
    second = &list->Add(std::make_unique<Node>(
        "text", std::vector<std::string>{"item", "on"}, "two"));
    third = &list->Add("image", {"item"});
    third->Set("src", "a b.png");
    third->Set("lang", "zh-CN");
  }
  Node page{"page"};
  Node* list;
  Node* first;
  Node* second;
  Node* third;
};

TEST(Match, SimpleSelectors) {
  Tree tree;
  EXPECT_TRUE(Is(*tree.second, "text"));
  EXPECT_TRUE(Is(*tree.second, "wx-text"));
  EXPECT_TRUE(Is(tree.page, "PAGE"));
  EXPECT_TRUE(Is(*tree.second, "#two.item.on"));
  EXPECT_TRUE(Is(*tree.second, "*"));
  EXPECT_FALSE(Is(*tree.second, "view"));
  EXPECT_FALSE(Is(*tree.first, ".item.on"));
  EXPECT_TRUE(Is(*tree.first, ".x, .item"));
  EXPECT_TRUE(Is(*tree.first, ".i\\74 em"));
}

TEST(Match, Attributes) {
  Tree tree;
  for (const char* selector :
       {"[src]", "[src='a b.png']", "[src~='b.png']", "[lang|=zh]", "[src^=a]",
        "[src$='.png']", "[src*='b.p']", "[lang='ZH-cn' i]"}) {
    EXPECT_TRUE(Is(*tree.third, selector)) << selector;
  }
  for (const char* selector : {"[alt]", "[src=a]", "[src~=b]", "[lang|=z]",
                               "[src^='']", "[lang='ZH-cn']"}) {
    EXPECT_FALSE(Is(*tree.third, selector)) << selector;
  }
}

TEST(Match, Combinators) {
  Tree tree;
  EXPECT_TRUE(Is(*tree.third, "page .item"));
  EXPECT_TRUE(Is(*tree.third, "page > .list > .item"));
  EXPECT_FALSE(Is(*tree.third, "page > .item"));
  EXPECT_TRUE(Is(*tree.third, ".on + image"));
  EXPECT_TRUE(Is(*tree.third, "text ~ image"));
  EXPECT_FALSE(Is(*tree.third, ".item:first-child + image"));
  EXPECT_TRUE(Is(*tree.third, ".list > text ~ .on + .item"));
}

TEST(Match, Places) {
  Tree tree;
  EXPECT_TRUE(Is(*tree.first, ":first-child"));
  EXPECT_TRUE(Is(*tree.third, ":last-child:only-of-type"));
  EXPECT_TRUE(Is(*tree.second, ":nth-child(2n)"));
  EXPECT_TRUE(Is(*tree.second, "text:nth-last-of-type(1)"));
  EXPECT_TRUE(Is(*tree.first, ":nth-child(-n + 1)"));
  EXPECT_FALSE(Is(*tree.first, ":nth-child(even)"));
  EXPECT_TRUE(Is(tree.page, ":root"));
  EXPECT_TRUE(Is(*tree.first, ":empty"));
  EXPECT_TRUE(Is(*tree.first, ":hover"));
}

TEST(Match, Lists) {
  Tree tree;
  EXPECT_TRUE(Is(*tree.first, ".item:not(.on, image)"));
  EXPECT_FALSE(Is(*tree.second, ".item:not(.on)"));
  EXPECT_TRUE(Is(*tree.second, ":is(.x, page .on)"));
  EXPECT_TRUE(Is(*tree.list, ":has(> .on)"));
  EXPECT_TRUE(Is(tree.page, ":has(.on + image)"));
  EXPECT_FALSE(Is(tree.page, ":has(> .on)"));
  EXPECT_TRUE(Is(*tree.first, ":has(~ image)"));
  EXPECT_FALSE(Is(*tree.third, ":has(+ text)"));
}

TEST(Match, HostIsSeenFromItsTreeOnly) {
  Tree outer;
  Node root("view", {"inner"});
  root.SetHost(*outer.second);
  Node& leaf = root.Add("text", {"leaf"});
  EXPECT_TRUE(Is(leaf, ":host .leaf"));
  EXPECT_TRUE(Is(leaf, ":host(.on) > .inner .leaf"));
  EXPECT_FALSE(Is(leaf, ":host(.off) .leaf"));
  // Nothing but :host reaches out of the tree.
  EXPECT_FALSE(Is(leaf, ".item .leaf"));
  EXPECT_FALSE(Is(leaf, "page .leaf"));
  const auto host = SelectorList::Parse(":host(.on)");
  ASSERT_TRUE(host.ok());
  std::string_view pseudo;
  EXPECT_TRUE(
      Matches(host->table(), host->top().begin, *outer.second, {true}, pseudo));
  EXPECT_FALSE(
      Matches(host->table(), host->top().begin, *outer.first, {true}, pseudo));
}

TEST(Match, LongChainsAreCheap) {
  Node root("view", {"a"});
  Node* at = &root;
  for (int i = 0; i < 300; ++i) {
    at = &at->Add("view", {"a"});
  }
  std::string selector = ".none";
  for (int i = 0; i < 200; ++i) {
    selector += " .a";
  }
  EXPECT_FALSE(Is(*at, selector));
}

TEST(Match, PseudoElementsSelectNoElement) {
  Tree tree;
  EXPECT_FALSE(Is(*tree.first, ".item::after"));
  EXPECT_FALSE(Is(*tree.first, ".item:before"));
}

TEST(Nth, ReadsTheForms) {
  EXPECT_TRUE(ParseNth("2n+1")->Contains(3));
  EXPECT_TRUE(ParseNth(" 2n + 1 ")->Contains(1));
  EXPECT_TRUE(ParseNth("-n+2")->Contains(2));
  EXPECT_FALSE(ParseNth("-n+2")->Contains(3));
  EXPECT_TRUE(ParseNth("ODD")->Contains(5));
  EXPECT_TRUE(ParseNth("+3")->Contains(3));
  for (const char* bad : {"", "n+", "2 n", "1 2", "+-1", "2n1", "x", "n + x"}) {
    EXPECT_FALSE(ParseNth(bad).has_value()) << bad;
  }
}

TEST(SelectorList, RefusesWhatIsNone) {
  for (const char* bad :
       {"", ".", "#", ".a..b", ".a >", ".a,", ",.a", "> .a", ".1a", "[a",
        ":not(", ".a)", ".a{", "a b/", ":not()", "[a=]", ".a > > .b"}) {
    EXPECT_FALSE(SelectorList::Parse(bad).ok()) << bad;
  }
  std::string deep;
  for (int i = 0; i < 1000; ++i) {
    deep += ":not(";
  }
  EXPECT_FALSE(SelectorList::Parse(deep).ok());
}

TEST(SelectorList, Specificity) {
  const auto specificity = [](std::string_view text) {
    const auto list = SelectorList::Parse(text);
    EXPECT_TRUE(list.ok());
    return list->table().selectors[list->top().begin].specificity;
  };
  const auto abc = [](uint32_t a, uint32_t b, uint32_t c) {
    return a << 20 | b << 10 | c;
  };
  EXPECT_EQ(specificity("*"), abc(0, 0, 0));
  EXPECT_EQ(specificity("view .a:hover::after"), abc(0, 2, 2));
  EXPECT_EQ(specificity("#a [b] :not(.x, #y)"), abc(2, 1, 0));
  EXPECT_EQ(specificity(":where(#a) :is(view, .b)"), abc(0, 1, 0));
  EXPECT_EQ(specificity(":host(.x)"), abc(0, 2, 0));
}

}  // namespace
}  // namespace fcc::style
