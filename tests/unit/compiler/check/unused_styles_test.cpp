// SPDX-License-Identifier: Apache-2.0
//
// Rules of sheets that match nothing, and the many ways in which one may match
// after all.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/compiler/check/check_app.h"

namespace fcc::check {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

using Files = std::map<std::string, std::string>;

std::vector<std::string> Check(Files files) {
  return CheckApp(files, Strict(), "CK210").lines;
}

Files Styled(std::string markup, std::string sheet) {
  Files files = OnePage("Page({})", std::move(markup));
  files["a.wxss"] = std::move(sheet);
  return files;
}

std::vector<std::string> Unused(std::string markup, std::string sheet) {
  return Check(Styled(std::move(markup), std::move(sheet)));
}

TEST(UnusedStylesTest, NamesThatNoElementHas) {
  EXPECT_THAT(
      Unused("<view class=\"a\" id=\"i\"/>",
             ".a {top: 0}\n.b {top: 0}\n#i {top: 0}\n#j {top: 0}\n"
             "view {top: 0}\ntext {top: 0}\n.a .b, .b {top: 0}"),
      ElementsAre(HasSubstr("a.wxss:2 `.b` matches nothing in "
                            "`a.wxml`"),
                  HasSubstr("a.wxss:4 `#j`"), HasSubstr("a.wxss:6 `text`"),
                  HasSubstr("a.wxss:7 `.a .b, .b`")));
  // One of its selectors is enough; what a comment holds is no element.
  EXPECT_THAT(Unused("<view class=\"a\"/><!-- <view class=\"b\"/> -->",
                     ".a, .b {top: 0}"),
              IsEmpty());
}

TEST(UnusedStylesTest, NamesPutTogether) {
  EXPECT_THAT(Unused("<view class=\"{{on ? 'x' : 'y'}} n-{{k}} {{k}}-m\"/>",
                     ".x {top: 0} .y {top: 0} .n-1 {top: 0} .q-m {top: 0}\n"
                     ".z {top: 0}"),
              ElementsAre(HasSubstr("a.wxss:2 `.z`")));
  EXPECT_THAT(Unused("<view class=\"a {{a && 'b'}} {{'c' + (d ? '1' : '2')}}"
                     "\"/>",
                     ".b {top: 0} .c1 {top: 0} .c2 {top: 0}\n.c3 {top: 0}"),
              ElementsAre(HasSubstr("a.wxss:2 `.c3`")));
  // Any name at all.
  EXPECT_THAT(Unused("<view class=\"a {{name}}\"/>", ".z {top: 0}"), IsEmpty());
  EXPECT_THAT(Unused("<view class=\"{{m.of(name)}}\"/>", ".z {top: 0}"),
              IsEmpty());
  EXPECT_THAT(Unused("<view class=\"{{name || 'a'}}\"/>", ".z {top: 0}"),
              IsEmpty());
  EXPECT_THAT(
      Unused("<rich-text nodes=\"{{html}}\"/>", ".z {top: 0} p {top: 0}"),
      IsEmpty());
}

TEST(UnusedStylesTest, NamesThatOthersGive) {
  // Attributes that a component hands on, and what a press gives.
  EXPECT_THAT(Unused("<view hover-class=\"h\"/><c custom-class=\"k l\"/>",
                     ".h {top: 0} .k {top: 0} .l {top: 0}"),
              IsEmpty());
  // Inside of built-in components.
  EXPECT_THAT(
      Unused("<checkbox/><button/>",
             "checkbox .wx-checkbox-input {top: 0} "
             ".button-hover {top: 0} page {top: 0} "
             "view:not(.z) {top: 0} .a::after {top: 0}"),
      ElementsAre(HasSubstr("`view:not(.z)`"), HasSubstr("`.a::after`")));
  // Templates that come from elsewhere.
  Files files = Styled("<import src=\"t.wxml\"/><template is=\"t\"/>",
                       ".in {top: 0}\n.out {top: 0}");
  files["t.wxml"] = "<template name=\"t\"><view class=\"in\"/></template>";
  EXPECT_THAT(Check(files), ElementsAre(HasSubstr("a.wxss:2 `.out`")));
}

TEST(UnusedStylesTest, ComponentsThatLetSheetsIn) {
  Files files = Styled("<c/>", ".in {top: 0}");
  files["a.json"] = R"({"usingComponents": {"c": "/c"}})";
  files["c.json"] = R"({"component": true})";
  files["c.wxml"] = "<view class=\"in\"/>";
  files["c.js"] = "Component({})";
  EXPECT_THAT(Check(files), ElementsAre(HasSubstr("`.in`")));
  files["c.js"] = "Component({options: {addGlobalClass: true}})";
  EXPECT_THAT(Check(files), IsEmpty());
  files["c.js"] = "Component({options: {styleIsolation: 'apply-shared'}})";
  EXPECT_THAT(Check(files), IsEmpty());
  // Its own sheet goes out as well.
  files["a.wxss"] = "";
  files["c.wxss"] = ".out {top: 0}";
  EXPECT_THAT(Check(files), IsEmpty());
  files["c.js"] = "Component({})";
  EXPECT_THAT(Check(files), ElementsAre(HasSubstr("c.wxss:1 `.out`")));
}

TEST(UnusedStylesTest, SheetsOfSeveral) {
  Files files = Styled("<view class=\"a\"/>", "@import 's.wxss';");
  files["app.json"] = R"({"pages": ["a", "b"]})";
  files["b.js"] = "Page({})";
  files["b.wxml"] = "<view class=\"b\"/>";
  files["b.wxss"] = "@import 's.wxss';";
  files["s.wxss"] = ".a {top: 0} .b {top: 0}\n.c {top: 0}";
  EXPECT_THAT(Check(files),
              ElementsAre(HasSubstr("CK2105 s.wxss:2 `.c` matches nothing in "
                                    "`a.wxml` (+1)")));
  files["s.wxss"] += " .d {top: 0}";
  EXPECT_THAT(Check(files), ElementsAre(HasSubstr("CK2106 s.wxss:2 2 rules")));
  // The app's sheet is for all.
  files["app.wxss"] = "@import 's.wxss'; .e {top: 0}";
  EXPECT_THAT(Check(files), IsEmpty());
}

}  // namespace
}  // namespace fcc::check
