// SPDX-License-Identifier: Apache-2.0
//
// What old web views and engines do not have, and what saves it.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/compiler/check/check_app.h"

namespace fcc::check {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

CheckOptions From(std::string ios, std::string chrome) {
  CheckOptions options = Strict();
  options.ios = std::move(ios);
  options.chrome = std::move(chrome);
  options.web_views_named = true;
  return options;
}

std::vector<std::string> Sheet(std::string sheet,
                               CheckOptions options = From("12", "70")) {
  auto files = OnePage("Page({})", "<view class=\"a\"/>");
  files["a.wxss"] = std::move(sheet);
  return CheckApp(files, options, "CK1401").lines;
}

std::vector<std::string> Script(std::string script,
                                CheckOptions options = From("12", "70")) {
  return CheckApp(OnePage(script + "\nPage({})"), options, "CK1402").lines;
}

TEST(WebFeaturesTest, Sheets) {
  EXPECT_THAT(
      Sheet(".a {display: flex; gap: 1px}\n.a {inset: 0}\n"
            ".a:focus-visible {width: clamp(1px, 2vw, 3px)}\n"
            ".a {height: 100dvh; color: #11223344}\n"
            "@container (width > 1px) {.a {top: 0}}\n"
            ".a {position: sticky; justify-content: end}"),
      ElementsAre(
          HasSubstr("a.wxss:1 `gap` of a flex box needs iOS 14.5, "
                    "Chrome 84; the app is to run from iOS 12 and "
                    "Chrome 70"),
          HasSubstr("a.wxss:2 `inset`"), HasSubstr("a.wxss:3 `:focus-visible`"),
          HasSubstr("a.wxss:3 `clamp()`"), HasSubstr("a.wxss:4 the unit `dvh`"),
          HasSubstr("a.wxss:5 `@container`"),
          HasSubstr("a.wxss:6 `justify-content: end`")));
  // New enough.
  EXPECT_THAT(Sheet(".a {display: flex; gap: 1px}", From("15", "90")),
              IsEmpty());
  // `gap` of a grid is older.
  EXPECT_THAT(Sheet(".a {display: grid; gap: 1px}"), IsEmpty());
}

TEST(WebFeaturesTest, SheetsThatTakeCare) {
  EXPECT_THAT(Sheet("@supports (inset: 0) {.a {inset: 0}}"), IsEmpty());
  EXPECT_THAT(Sheet(".a {height: 100vh; height: 100dvh}"), IsEmpty());
  EXPECT_THAT(Sheet(".a {background: url(clamp(1.png); content: 'min(1)'}"),
              IsEmpty());
  // Said once a sheet.
  EXPECT_EQ(Sheet(".a {inset: 0} .b {inset: 0}").size(), 1u);
}

TEST(WebFeaturesTest, Scripts) {
  EXPECT_THAT(
      Script("a.flatMap(f); 'x'.replaceAll('a', 'b'); Object.fromEntries(e); "
             "new WeakRef(o);\n/(?<=a)b/;"),
      ElementsAre(HasSubstr("`.replaceAll()` needs iOS 13.4, Chrome 85"),
                  HasSubstr("`Object.fromEntries` needs"),
                  HasSubstr("`WeakRef` needs"),
                  HasSubstr("a.js:2 `(?<=…)` needs iOS 16.4")));
}

TEST(WebFeaturesTest, ScriptsThatTakeCare) {
  EXPECT_THAT(Script("if (Object.fromEntries) { Object.fromEntries(e); } "
                     "typeof WeakRef === 'function' && new WeakRef(o); "
                     "a.replaceAll?.('a', 'b');"),
              IsEmpty());
  EXPECT_THAT(Script("String.prototype.replaceAll = f; a.replaceAll(b, c);"),
              IsEmpty());
  EXPECT_THAT(Script("function f(WeakRef) { new WeakRef(); } a.at(0);"),
              IsEmpty());
}

}  // namespace
}  // namespace fcc::check
