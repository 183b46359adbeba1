// SPDX-License-Identifier: Apache-2.0
//
// What each rule must report, and what looks alike and must not be.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "compiler/check/tables/tables.h"
#include "tests/unit/compiler/check/check_app.h"

namespace fcc::check {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

std::vector<std::string> Check(const std::map<std::string, std::string>& files,
                               std::string_view code) {
  return CheckApp(files, Strict(), code).lines;
}

TEST(RulesTest, UnsupportedFeature) {
  EXPECT_THAT(Check(OnePage("Page({f(c) { c.getContext('webgl') }})",
                            "<canvas type=\"webgl\" id=\"c\"/>"),
                    "CK1301"),
              ElementsAre(StartsWith("CK1301 a.js:1 WebGL"),
                          StartsWith("CK1301 a.wxml:1 WebGL")));
  EXPECT_THAT(Check(OnePage("Page({f(c) { c.getContext('2d') }})",
                            "<canvas type=\"2d\" id=\"c\"/>"),
                    "CK1301"),
              IsEmpty());
}

TEST(RulesTest, ComponentNeedsNewerLibrary) {
  CheckOptions options;
  options.base_library = "2.0.0";
  EXPECT_THAT(
      CheckApp(OnePage("Page({})", "<camera/>\n<view/>"), options, "CK1105")
          .lines,
      ElementsAre(StartsWith("CK1105 a.wxml:1")));
}

TEST(RulesTest, MissingTemplate) {
  auto files = OnePage("Page({})",
                       "<import src=\"t.wxml\"/><template is=\"on\"/>"
                       "<template is=\"one\"/><template is=\"{{x}}\"/>");
  files["t.wxml"] = "<template name=\"one\"><view/></template>";
  EXPECT_THAT(Check(files, "CK2002"),
              ElementsAre(HasSubstr("no template `on`")));
  // An included file uses what its user defines.
  files["a.wxml"] = "<include src=\"t.wxml\"/><template name=\"x\"/>";
  files["t.wxml"] = "<template is=\"x\"/>";
  EXPECT_THAT(Check(files, "CK2002"), IsEmpty());
}

TEST(RulesTest, MissingKey) {
  EXPECT_THAT(
      Check(OnePage("Page({data: {l: []}})",
                    "<view wx:for=\"{{l}}\"/><view wx:for=\"{{l}}\" "
                    "wx:key=\"id\"/><view wx:for=\"{{l}}\" wx:key=\"*this\"/>"),
            "CK2003"),
      ElementsAre(StartsWith("CK2003 a.wxml:1")));
}

std::map<std::string, std::string> WithComponent(std::string markup,
                                                 std::string component,
                                                 std::string inner) {
  auto files = OnePage("Page({h() {}})", std::move(markup));
  files["a.json"] = R"({"usingComponents": {"card": "/c"}})";
  files["c.json"] = R"({"component": true})";
  files["c.js"] = std::move(component);
  files["c.wxml"] = std::move(inner);
  return files;
}

TEST(RulesTest, ComponentContract) {
  EXPECT_THAT(
      Check(WithComponent(
                "<card titel=\"x\" my-prop=\"1\" class=\"k\" bind:chang=\"h\" "
                "bind:change=\"h\" bindtap=\"h\" data-x=\"1\" foo-class=\"y\">"
                "<view slot=\"foot\"/><view slot=\"head\"/>"
                "<view><view slot=\"no\"/></view></card>",
                "Component({properties: {title: String, myProp: Number},"
                " externalClasses: ['foo-class'],"
                " methods: {f() { this.triggerEvent('change') }}})",
                "<slot name=\"head\"/>"),
            "CK200"),
      ElementsAre(
          HasSubstr("CK2005 a.wxml:1 `<card>` declares no property `titel`"),
          HasSubstr("CK2006 a.wxml:1 `<card>` never sends the event `chang`"),
          HasSubstr("CK2004 a.wxml:1 `<card>` has no slot `foot`")));
  // What cannot be seen whole says nothing.
  EXPECT_THAT(Check(WithComponent(
                        "<card x=\"1\" bind:y=\"h\"><view slot=\"z\"/></card>",
                        "Component({behaviors: [b], properties: {}})",
                        "<slot name=\"{{n}}\"/>"),
                    "CK200"),
              IsEmpty());
}

TEST(RulesTest, TemplateData) {
  auto files = OnePage(
      "Page({data: {a: 1}, f() { this.setData({'b.c': 1, unread: 2, n: 1});"
      " this.data.n }})",
      "<view wx:for=\"{{list}}\" wx:key=\"k\">{{item.x}}{{index}}{{a}}{{b.c}}"
      "{{m.f()}}</view><template name=\"t\">{{inner}}</template>"
      "<template is=\"t\" data=\"{{inner: a}}\"/>"
      "<wxs module=\"m\">module.exports = {}</wxs>");
  EXPECT_THAT(Check(files, "CK2007"), ElementsAre(HasSubstr("`list` is read")));
  EXPECT_THAT(Check(files, "CK2401"),
              ElementsAre(HasSubstr("`unread` is set")));
  // A computed name, a spread, a behavior: anything may be set.
  for (const char* script :
       {"Page({data: {}, f(k) { this.setData({[k]: 1}) }})",
        "Page({data: {...d}})", "Page({mixins: [m], data: {}})",
        "Page(make({data: {}}))", "Page({f(o) { this.setData(o) }})"}) {
    EXPECT_THAT(Check(OnePage(script, "{{x}}"), "CK2007"), IsEmpty()) << script;
  }
}

TEST(RulesTest, SetData) {
  EXPECT_THAT(
      Check(OnePage("Page({f(l) { this.setData({a: undefined, b: null});\n"
                    "for (const x of l) { this.setData({x}) }\n"
                    "l.forEach(x => { this.setData({x}) })\n"
                    "for (const x of l) { g(() => this.setData({x})) } }})"),
            "CK240"),
      testing::IsSupersetOf({StartsWith("CK2402 a.js:1"),
                             StartsWith("CK2403 a.js:2"),
                             StartsWith("CK2403 a.js:3")}));
  EXPECT_THAT(Check(OnePage("Page({f(l) { for (const x of l) {"
                            " g(() => this.setData({x})) } }})"),
                    "CK2403"),
              IsEmpty());
}

TEST(RulesTest, Leaks) {
  EXPECT_THAT(
      Check(OnePage("Page({onLoad() { setInterval(f, 10);\n"
                    "wx.onNetworkStatusChange(g) }})"),
            "CK241"),
      ElementsAre(StartsWith("CK2411 a.js:1"), StartsWith("CK2412 a.js:2")));
  EXPECT_THAT(Check(OnePage("Page({onLoad() { this.t = setInterval(f, 10);"
                            "wx.onNetworkStatusChange(g) },"
                            "onUnload() { clearInterval(this.t);"
                            "wx.offNetworkStatusChange(g) }})"),
                    "CK241"),
              IsEmpty());
}

TEST(RulesTest, BlockingStart) {
  auto files = OnePage("Page({onLoad() { wx.getStorageSync('x') }})");
  files["app.js"] =
      "require('./u');\nApp({onLaunch() {\nwx.getStorageSync('x');\n"
      "setTimeout(() => wx.getStorageSync('y')) }})";
  files["u.js"] = "exports.s = wx.getSystemInfoSync();";
  EXPECT_THAT(Check(files, "CK2421"), ElementsAre(StartsWith("CK2421 app.js:3"),
                                                  StartsWith("CK2421 u.js:1")));
}

TEST(RulesTest, SourceTexts) {
  CheckOptions options = Strict();
  options.domains = {"*.good.com"};
  const CheckedApp app =
      CheckApp(OnePage("const appSecret = '4f2a9c81b7e64d0fa1';\n"
                       "const key = 'AKIAIOSFODNN7EXAMPLE';\n"
                       "const baseUrl = 'http://api.bad.com/v1';\n"
                       "const apiUrl = 'https://x.good.com';\n"
                       "const apiHost = 'https://other.com';\n"
                       "const local = {baseUrl: 'http://localhost:3000'};\n"
                       "const secret = 'your-app-secret-here';\n"
                       "const logo = 'http://www.w3.org/2000/svg';\nPage({})"),
               options, "CK25");
  EXPECT_THAT(
      app.lines,
      ElementsAre(StartsWith("CK2501 a.js:1"), StartsWith("CK2501 a.js:2"),
                  StartsWith("CK2502 a.js:3"), StartsWith("CK2503 a.js:5")));
}

TEST(RulesTest, PrivateInfo) {
  CheckOptions options = Strict();
  options.platform = Platform::kWeChat;
  auto files = OnePage("wx.getLocation({}); wx.chooseLocation({});\nPage({})");
  files["app.json"] =
      R"({"pages": ["a"], "requiredPrivateInfos": ["getLocation"]})";
  EXPECT_THAT(CheckApp(files, options, "CK2511").lines,
              ElementsAre(HasSubstr("`chooseLocation`")));
}

TEST(RulesTest, Accessibility) {
  EXPECT_THAT(
      Check(OnePage("Page({h() {}})",
                    "<image src=\"x\" bindtap=\"h\"/>\n<image src=\"x\"/>\n"
                    "<image src=\"x\" bindtap=\"h\" aria-label=\"y\"/>\n"
                    "<input/>\n<input placeholder=\"p\"/>\n"
                    "<label>n<input/></label>"),
            "CK26"),
      ElementsAre(StartsWith("CK2601 a.wxml:1"),
                  StartsWith("CK2602 a.wxml:4")));
}

TEST(RulesTest, CircularRequire) {
  auto files = OnePage("require('./x');Page({})");
  files["x.js"] = "require('./y')";
  files["y.js"] = "require('./z')";
  files["z.js"] = "require('./x')";
  EXPECT_THAT(Check(files, "CK2701"),
              ElementsAre(HasSubstr("x.js, y.js, z.js")));
  files["z.js"] = "";
  EXPECT_THAT(Check(files, "CK2701"), IsEmpty());
}

TEST(RulesTest, UnusedFiles) {
  auto files = OnePage("require('./lib/u'); const i = '/img/' + n;\nPage({})",
                       "<image src=\"/a/used.png\"/>"
                       "<image src=\"/b/{{x}}.png\"/>");
  files["lib/u.js"] = "";
  files["lib/dead.js"] = "";
  files["a/used.png"] = "1";
  files["a/dead.png"] = "2";
  files["img/any.png"] = "3";
  files["b/any.png"] = "4";
  files["miniprogram_npm/dead/index.js"] = "";
  EXPECT_THAT(Check(files, "CK210"),
              ElementsAre(StartsWith("CK2103 a/dead.png"),
                          StartsWith("CK2102 lib/dead.js"),
                          StartsWith("CK2104 miniprogram_npm/dead")));
}

std::map<std::string, std::string> WithPackages(std::string script) {
  auto files = OnePage(std::move(script));
  files["package.json"] = R"({
"name": "own",
"scripts": {"build": "tool --all"},
"dependencies": {"asked": "1", "@s/lib": "1", "tool": "1", "ui": "1",
"tslib": "1", "typed": "1", "plug": "1",
"dead": "1", "asked-not": "1"}})";
  files["a.json"] = R"({"usingComponents": {"b": "ui/button"}})";
  files["t.ts"] = "import type {T} from 'typed'; export const x: T = 1";
  files["babel.config.js"] = "module.exports = {plugins: ['plug']}";
  return files;
}

TEST(RulesTest, UnusedPackages) {
  auto files = WithPackages(
      "require('asked'); require('./t'); require('@s/lib/part'); Page({})");
  EXPECT_THAT(Check(files, "CK2104"),
              ElementsAre(HasSubstr("package.json:6 nothing uses the npm "
                                    "package `dead`"),
                          HasSubstr("package.json:6 nothing uses the npm "
                                    "package `asked-not`")));
  // A folder of a package that stands in package.json is told of there.
  files["miniprogram_npm/dead/index.js"] = "";
  files["miniprogram_npm/@s/other/index.js"] = "";
  EXPECT_THAT(
      Check(files, "CK2104"),
      testing::UnorderedElementsAre(
          HasSubstr("package.json:6"), HasSubstr("package.json:6"),
          HasSubstr("miniprogram_npm/@s/other nothing uses the npm package "
                    "`@s/other`")));
  // One that is broken, or of no object, is no matter of ours.
  for (const char* text :
       {"{\"dependencies\": {", "[]", "", "{\"dependencies\": [\"dead\"]}"}) {
    files["package.json"] = text;
    EXPECT_THAT(Check(files, "CK2104"),
                testing::UnorderedElementsAre(
                    HasSubstr("@s/other"), HasSubstr("miniprogram_npm/dead")))
        << text;
    EXPECT_THAT(CheckApp(files, Strict(), "").lines,
                testing::Not(testing::Contains(HasSubstr("package.json"))))
        << text;
  }
}

TEST(RulesTest, UnusedPackagesBesideTheApp) {
  std::map<std::string, std::string> files = {
      {"project.config.json", R"({"miniprogramRoot": "dist/"})"}};
  for (auto& [path, text] : WithPackages("require('asked'); Page({})")) {
    files[path == "package.json" ? path : "dist/" + path] = text;
  }
  EXPECT_THAT(Check(files, "CK2104"),
              testing::Contains(HasSubstr("../package.json:6")));
  // A bundler's output names no package: nothing is known then.
  files["dist/a.js"] = "Page({})";
  files["dist/a.json"] = "{}";
  EXPECT_THAT(Check(files, "CK2104"), IsEmpty());
}

TEST(RulesTest, Subpackages) {
  std::map<std::string, std::string> files = {
      {"app.json", R"({"pages": ["a"], "subPackages": [
          {"root": "s", "pages": ["b"]}, {"root": "t", "pages": ["c"]}],
          "preloadRule": {"a": {"packages": ["s", "nope", "__APP__"]}}})"},
      {"app.js", "App({})"},
      {"a.js", "Page({})"},
      {"a.wxml", "<view/>"},
      {"s/b.js", "Page({})"},
      {"s/b.wxml", "<only/><x/>"},
      {"s/b.json", R"({"usingComponents": {"only": "/c/c", "x": "/t/x"}})"},
      {"t/c.js", "Page({})"},
      {"t/c.wxml", "<view/>"},
      {"t/x.js", "Component({})"},
      {"t/x.wxml", "<view/>"},
      {"t/x.json", R"({"component": true})"},
      {"c/c.js", "Component({})"},
      {"c/c.wxml", "<view/>"},
      {"c/c.json", R"({"component": true})"},
  };
  EXPECT_THAT(Check(files, "CK28"), ElementsAre(StartsWith("CK2802 s/b.json"),
                                                StartsWith("CK2801 s/b.json")));
}

TEST(RulesTest, ConfigValues) {
  auto files = OnePage("Page({})");
  files["app.json"] =
      R"({"pages": ["a"], "debug": "true",
"window": {"navigationBarTextStyle": "blak", "backgroundTextStyle": "@t"}})";
  files["a.json"] = R"({"usingComponents": {"c": "/c"}})";
  files["c.json"] = "{}";
  files["c.js"] = "Component({})";
  files["c.wxml"] = "<view/>";
  const CheckedApp app = CheckApp(files, Strict(), "CK120");
  EXPECT_THAT(app.lines, ElementsAre(StartsWith("CK1204 app.json:1"),
                                     StartsWith("CK1205 app.json:2"),
                                     StartsWith("CK1206 c.json:1")));
}

TEST(RulesTest, AttributesAndKeysNewerThanTheLibrary) {
  CheckOptions options;
  options.base_library = "1.0.0";
  auto files = OnePage("Page({})", "<button loading=\"{{a}}\"/>");
  std::string since;
  for (const AttributeRow& row : Attributes()) {
    if (row.finclip == Support::kYes && !row.since.empty() &&
        row.since > "1.1") {
      files["a.wxml"] = base::format(
          "<{} {}{}=\"h\"/>", row.component,
          row.kind == AttributeKind::kEvent ? "bind" : "", row.name);
      since = row.since;
    }
  }
  ASSERT_FALSE(since.empty());
  EXPECT_THAT(CheckApp(files, options, "CK1106").lines,
              ElementsAre(HasSubstr("needs base library " + since)));
  options.base_library = since;
  EXPECT_THAT(CheckApp(files, options, "CK1106").lines, IsEmpty());

  files = OnePage("Page({})");
  std::string key;
  for (const ConfigKeyRow& row : ConfigKeysOf("app")) {
    if (row.finclip == Support::kYes && !row.since.empty()) {
      key = row.key;
      since = row.since;
    }
  }
  ASSERT_FALSE(key.empty());
  files["app.json"] = base::format(R"({{"pages": ["a"], "{}": {{}}}})", key);
  options.base_library = "0.1";
  EXPECT_THAT(CheckApp(files, options, "CK1207").lines,
              ElementsAre(HasSubstr(
                  base::format("`{}` needs base library {}", key, since))));
}

TEST(RulesTest, MisspeltAttributesAndEvents) {
  EXPECT_THAT(Check(OnePage("Page({h() {}})",
                            "<image mdoe=\"x\" lazy-lod bindtpa=\"h\"/>\n"
                            "<scroll-view bindscrolltolowr=\"h\"/>"),
                    "CK110"),
              ElementsAre(HasSubstr("did you mean `mode`?"),
                          HasSubstr("CK1107 a.wxml:1 `<image>` has no "
                                    "attribute `lazy-lod`; did you mean "
                                    "`lazy-load`?"),
                          HasSubstr("CK1108 a.wxml:1 `<image>` sends no event "
                                    "`tpa`; did you mean `tap`?"),
                          HasSubstr("CK1108 a.wxml:2")));
  // Only a framework's types say `close-border-radius`.
  EXPECT_THAT(
      Check(OnePage("Page({})", "<open-container closed-border-radius=\"1\"/>"),
            "CK1107"),
      IsEmpty());
  // Names of one's own, of aria and data; what a component below may send.
  EXPECT_THAT(Check(OnePage("Page({h() {}})",
                            "<view qid=\"1\" data-x aria-label=\"x\" "
                            "bindmine=\"h\" src=\"x\"/>"),
                    "CK110"),
              IsEmpty());
  EXPECT_THAT(Check(OnePage("Page({h() {}, f() { this.triggerEvent('tapp') }})",
                            "<view bindtapp=\"h\"/>"),
                    "CK1108"),
              IsEmpty());
}

TEST(RulesTest, SetDataOfMuch) {
  EXPECT_THAT(
      Check(OnePage("Page({f() {\n this.setData(this.data);\n"
                    " this.setData({...that.data, a: 1});\n"
                    " this.setData(res.data);\n"
                    " this.setData({a: '" +
                    std::string(40000, 'x') + "'}); }})"),
            "CK240"),
      ElementsAre(StartsWith("CK2404 a.js:2"), StartsWith("CK2404 a.js:3"),
                  StartsWith("CK2405 a.js:5")));
}

TEST(RulesTest, DataThatOthersSet) {
  auto files = OnePage(
      "const app = getApp();\nPage({data: {}, f() { app.translate(this);"
      " parse('article', html, this); }})",
      "{{title}} {{article.nodes}} {{other}}<input model:value=\"{{typed}}\"/>"
      "<view wx:for=\"{{[1]}}\" wx:for-item=\"x\" wx:key=\"{{item.id}}\"/>");
  files["app.js"] = "App({translate(page) { page.setData({title: 't'}) }})";
  EXPECT_THAT(Check(files, "CK2007"), ElementsAre(HasSubstr("`other`")));
}

TEST(RulesTest, HandlersThatOnlyCatch) {
  const CheckedApp app =
      CheckApp(OnePage("Page({})", "<view catchtouchmove=\"true\"/>"), Strict(),
               "CK2001");
  ASSERT_EQ(app.diagnostics.size(), 1u);
  EXPECT_EQ(app.diagnostics[0].severity, diagnostics::Severity::kInfo);
}

TEST(RulesTest, FunctionsOfTheHost) {
  auto files = OnePage("wx.startWifi(); wx.stopWifi(); Page({})");
  files["FinClipConf.js"] =
      "module.exports = {extApi: [{name: 'startWifi', sync: false}]}";
  EXPECT_THAT(Check(files, "CK1001"), ElementsAre(HasSubstr("`wx.stopWifi`")));
}

TEST(RulesTest, WhatIsTriedAndCaughtIsNoError) {
  const CheckedApp app =
      CheckApp(OnePage("try { wx.startWifi() } catch (e) {}\n"
                       "try { wx.stopWifi() } finally {}\nPage({})"),
               Strict(), "CK1001");
  ASSERT_EQ(app.diagnostics.size(), 2u);
  EXPECT_EQ(app.diagnostics[0].severity, diagnostics::Severity::kWarning);
  EXPECT_EQ(app.diagnostics[1].severity, diagnostics::Severity::kError);
}

TEST(RulesTest, ManyUnusedPackagesAreToldOfAtOnce) {
  auto files = OnePage("Page({})");
  for (int i = 0; i < 10; ++i) {
    files[base::format("miniprogram_npm/p{}/index.js", i)] = "";
  }
  EXPECT_EQ(Check(files, "CK2104").size(), 10u);
  files["miniprogram_npm/@s/q/index.js"] = "";
  EXPECT_THAT(Check(files, "CK210"),
              ElementsAre("CK2107 miniprogram_npm nothing uses 11 of the npm "
                          "packages here, `@s/q` for one"));
}

TEST(RulesTest, RequestsThatAreNotEncrypted) {
  EXPECT_THAT(
      Check(OnePage("wx.request({url: 'http://a.example/x'});\n"
                    "wx.downloadFile({url: `http://b.example/${x}`});\n"
                    "wx.request({url: 'https://c.example'});\n"
                    "wx.navigateTo({url: 'http://d.example'});\nPage({})"),
            "CK2502"),
      ElementsAre(HasSubstr("`a.example`"), HasSubstr("`b.example`")));
}

TEST(RulesTest, NavigatorsOpenPages) {
  EXPECT_THAT(
      Check(OnePage("Page({})",
                    "<navigator url=\"/nowhere\"/><navigator url=\"/a?x=1\"/>"
                    "<navigator url=\"{{u}}\"/>"
                    "<navigator target=\"miniProgram\" url=\"/x\"/>"),
            "CK2201"),
      ElementsAre(HasSubstr("`nowhere`")));
}

TEST(RulesTest, PresetsChoose) {
  auto files = OnePage("wx.addCard(); setInterval(f); Page({})",
                       "<image bindtap=\"h\"/>");
  CheckOptions options;
  options.preset = Preset::kCompatibility;
  EXPECT_THAT(CheckApp(files, options).lines,
              ElementsAre(StartsWith("CK1001")));
  options.preset = Preset::kRecommended;
  EXPECT_THAT(CheckApp(files, options, "CK26").lines, IsEmpty());
  options.levels["CK2601"] = Level::kWarning;
  EXPECT_EQ(CheckApp(files, options, "CK26").lines.size(), 1u);
}

}  // namespace
}  // namespace fcc::check
