// SPDX-License-Identifier: Apache-2.0

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "compiler/project/project.h"
#include "runtime/value/value_json.h"

namespace fcc::project {
namespace {

using base::MemoryFileSystem;
using diagnostics::Kind;
using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;

class LoadProjectTest : public testing::Test {
 protected:
  Project Load(std::map<std::string, std::string> files,
               std::string dir = "/p") {
    fs_ = std::make_unique<MemoryFileSystem>(std::move(files));
    return LoadProject(*fs_, {dir, {}}, sources_, sink_);
  }

  // "PR1009 app.json:1:12 page …", one a diagnostic.
  std::vector<std::string> Reports() const {
    std::vector<std::string> lines;
    for (const diagnostics::Diagnostic& found : sink_.diagnostics()) {
      std::string place = found.path;
      if (found.location.file != source::FileId::kNone) {
        const source::SourceFile& file = sources_.Get(found.location.file);
        source::LineColumn at = file.PositionOf(found.location.span.begin);
        place = base::format("{}:{}:{}", file.path(), at.line, at.column);
      }
      lines.push_back(base::format("{} {} {}",
                                   diagnostics::InfoOf(found.kind).code, place,
                                   found.message));
    }
    return lines;
  }

  static std::map<std::string, std::string> Page(std::string path) {
    return {{path + ".js", "Page({})"}, {path + ".fxml", "<view/>"}};
  }
  static std::map<std::string, std::string> Files(
      std::string app_json, std::vector<std::string> pages,
      std::map<std::string, std::string> more = {}) {
    more["/p/app.json"] = std::move(app_json);
    for (const std::string& page : pages) {
      more.merge(Page("/p/" + page));
    }
    return more;
  }

  std::unique_ptr<MemoryFileSystem> fs_;
  source::SourceSet sources_;
  diagnostics::Sink sink_;
};

TEST_F(LoadProjectTest, FindsPagesOfEveryPackage) {
  Project project = Load(Files(
      R"({"pages": ["pages/a/a", "页面/首页"],
          "subPackages": [{"root": "pkg/", "pages": ["b/b"]}],
          "subpackages": [{"root": "in", "name": "x y",
                           "pages": ["c"], "independent": true}]})",
      {"pages/a/a", "页面/首页", "pkg/b/b", "in/c"}));
  EXPECT_THAT(Reports(), IsEmpty());
  EXPECT_THAT(project.pages,
              ElementsAre("pages/a/a", "页面/首页", "pkg/b/b", "in/c"));
  ASSERT_EQ(project.packages.size(), 3u);
  EXPECT_EQ(project.packages[1].name, "pkg");
  EXPECT_EQ(project.packages[2].name, "x_y");
  EXPECT_TRUE(project.packages[2].independent);
  EXPECT_EQ(project.entry_page, "pages/a/a");
  EXPECT_EQ(project.Find("pkg/b/b")->package, PackageId{1});
}

TEST_F(LoadProjectTest, TakesMiniprogramRoot) {
  Project project = Load({{"/p/project.config.json",
                           R"({"miniprogramRoot": "/src/", "appid": "fc1"})"},
                          {"/p/src/app.json", R"({"pages": ["a"]})"},
                          {"/p/src/a.js", ""},
                          {"/p/src/a.wxml", ""}});
  EXPECT_THAT(Reports(), IsEmpty());
  EXPECT_EQ(project.root, "/p/src");
  EXPECT_EQ(project.app_id, "fc1");
  EXPECT_EQ(project.Find("a")->template_path, "a.wxml");
}

TEST_F(LoadProjectTest, RootOfSlashIsTheProject) {
  Project project =
      Load(Files(R"({"pages": ["a"]})", {"a"},
                 {{"/p/project.config.json", R"({"miniprogramRoot": "/"})"}}));
  EXPECT_THAT(Reports(), IsEmpty());
  EXPECT_EQ(project.root, "/p");
}

TEST_F(LoadProjectTest, MissingAppJsonPointsToWhereOneIs) {
  Load({{"/p/miniprogram/app.json", "{}"}});
  EXPECT_THAT(Reports(), ElementsAre("PR1003 app.json there is no `app.json`"));
  EXPECT_THAT(sink_.diagnostics()[0].notes,
              ElementsAre(Field(&diagnostics::Words::en,
                                HasSubstr("miniprogram/app.json"))));
}

TEST_F(LoadProjectTest, PluginHasPublicComponentsPagesAndMain) {
  Project project =
      Load({{"/p/project.config.json",
             R"({"compileType": "plugin", "pluginRoot": "plugin/"})"},
            {"/p/plugin/plugin.json",
             R"({"publicComponents": {"hello": "components/hello"},
            "pages": {"p": "pages/p"}, "main": "index.js"})"},
            {"/p/plugin/index.js", "module.exports = {}"},
            {"/p/plugin/components/hello.js", "Component({})"},
            {"/p/plugin/components/hello.json",
             R"({"component": true, "usingComponents": {"in": "inner"}})"},
            {"/p/plugin/components/hello.wxml", "<in/>"},
            {"/p/plugin/components/inner.js", "Component({})"},
            {"/p/plugin/components/inner.wxml", "<view/>"},
            {"/p/plugin/pages/p.js", "Page({})"},
            {"/p/plugin/pages/p.wxml", "<view/>"}});
  EXPECT_THAT(Reports(), IsEmpty());
  EXPECT_EQ(project.type, CompileType::kPlugin);
  EXPECT_EQ(project.root, "/p/plugin");
  EXPECT_EQ(project.app_script, "index.js");
  EXPECT_THAT(project.pages, ElementsAre("pages/p"));
  EXPECT_TRUE(project.Find("pages/p")->is_page);
  EXPECT_NE(project.Find("components/hello"), nullptr);
  EXPECT_NE(project.Find("components/inner"), nullptr);
}

TEST_F(LoadProjectTest, PluginWithMistakes) {
  Load({{"/p/plugin.json",
         R"({"publicComponents": {"a": "nowhere", "b": 1},
  "pages": {"c": "pages/c"}, "main": "indx.js"})"},
        {"/p/index.js", ""}});
  EXPECT_THAT(
      Reports(),
      ElementsAre("PR1017 plugin.json:2:38 there is no file `indx.js`",
                  "PR1004 plugin.json:1:44 `b` must be a path, this is a "
                  "number",
                  "PR1018 plugin.json:1:28 component `a` leads to no "
                  "component: there is no `nowhere`",
                  "PR1021 plugin.json:2:18 plugin page `c` leads to no page: "
                  "there is no `pages/c`"));
}

// An app and the plugin that is made beside it.
TEST_F(LoadProjectTest, AppTakesInThePluginOfItsProject) {
  Project project = Load(
      {{"/p/project.config.json",
        R"({"miniprogramRoot": "", "pluginRoot": "plugin", "appid": "wx1"})"},
       {"/p/app.json",
        R"({"pages": ["a"], "plugins": {
              "own": {"version": "1.0.0", "provider": "wx1"},
              "far": {"version": "1.0.0", "provider": "wx2"}},
            "usingComponents": {"g": "g"}})"},
       {"/p/a.js", ""},
       {"/p/a.wxml", ""},
       {"/p/a.json", R"({"usingComponents": {"x": "plugin://own/x",
                         "y": "plugin://own/y", "z": "plugin://far/z"}})"},
       {"/p/g.js", ""},
       {"/p/plugin/plugin.json",
        R"({"publicComponents": {"x": "c/x"}, "pages": {"q": "q"},
            "main": "m"})"},
       {"/p/plugin/m.js", ""},
       {"/p/plugin/q.js", ""},
       {"/p/plugin/q.wxml", ""},
       {"/p/plugin/c/x.js", ""},
       {"/p/plugin/c/x.json",
        R"({"usingComponents": {"in": "/c/in", "out": "../../../g"}})"},
       {"/p/plugin/c/in.js", ""}});
  EXPECT_THAT(Reports(), IsEmpty());
  EXPECT_THAT(project.pages, ElementsAre("a", "__plugin__/own/q"));
  EXPECT_FALSE(project.index.Has("plugin/m.js"));
  const Plugin* plugin = project.FindPlugin("own");
  ASSERT_NE(plugin, nullptr);
  EXPECT_EQ(project.FindPlugin("far"), nullptr);
  EXPECT_EQ(plugin->main, "__plugin__/own/m.js");
  const Component& page = *project.Find("a");
  EXPECT_EQ(page.FindUsed("x")->path, "__plugin__/own/c/x");
  EXPECT_EQ(page.FindUsed("y")->kind, TargetKind::kMissing);
  EXPECT_EQ(page.FindUsed("z")->kind, TargetKind::kExternal);
  // Nothing leads out of the plugin, and nothing of the app's comes in.
  const Component& inside = *project.Find("__plugin__/own/c/x");
  EXPECT_EQ(inside.FindUsed("in")->path, "__plugin__/own/c/in");
  EXPECT_EQ(inside.FindUsed("out")->kind, TargetKind::kMissing);
  EXPECT_EQ(inside.FindUsed("g"), nullptr);
}

TEST_F(LoadProjectTest, ThereIsNothingAboveTheRoot) {
  Project project = Load(
      Files(R"({"pages": ["a/a"]})", {"a/a"},
            {{"/p/a/a.json", R"({"usingComponents": {"b": "../../../ui/b"}})"},
             {"/p/ui/b.js", ""}}));
  EXPECT_THAT(Reports(), IsEmpty());
  EXPECT_EQ(project.Find("a/a")->FindUsed("b")->path, "ui/b");
}

TEST_F(LoadProjectTest, AllMistakesAtOnceWithTheirPlaces) {
  Load(Files(R"({"pages": ["pages/a/a", "pages/a/b", 7],
  "window": {},
  "entryPagePath": "pages/a/x",
  "tabBar": {"list": [{"pagePath": "pages/a/a", "iconPath": "no.png"}]},
  "subPackages": [{"pages": []}]})",
             {"pages/a/a"}, {{"/p/pages/a/b.js", ""}}));
  EXPECT_THAT(
      Reports(),
      ElementsAre(
          "PR1006 app.json:1:38 a page is named by its path, a string",
          "PR1010 app.json:5:19 a sub-package needs a `root`",
          "PR1014 app.json:3:20 `pages/a/x` is no page of the app",
          "PR1015 app.json:4:22 a tab bar has 2 to 5 tabs, this one has 1",
          "PR1017 app.json:4:61 there is no file `no.png`",
          "PR1009 app.json:1:25 page `pages/a/b` has no `pages/a/b.fxml`"));
}

TEST_F(LoadProjectTest, BrokenJsonKeepsWhatCanBeRead) {
  Project project =
      Load(Files("{\"pages\": [\"a\"], \"window\": {\"x\" 1}}", {"a"}));
  ASSERT_THAT(Reports(), ElementsAre(HasSubstr("PR1002 app.json:1:33")));
  EXPECT_THAT(project.pages, ElementsAre("a"));
}

TEST_F(LoadProjectTest, MissingPageSuggestsTheNearOne) {
  Load(Files(R"({"pages": ["pages/Index/index"]})", {"pages/index/index"}, {}));
  EXPECT_THAT(Reports(), ElementsAre("PR1008 app.json:1:12 page "
                                     "`pages/Index/index` does not exist"));
  EXPECT_THAT(sink_.diagnostics()[0].notes,
              ElementsAre(Field(&diagnostics::Words::en,
                                "did you mean `pages/index/index.js`?")));
}

TEST_F(LoadProjectTest, UnreadableFileIsReported) {
  std::map<std::string, std::string> files =
      Files(R"({"pages": ["a"]})", {"a"}, {{"/p/a.json", "{}"}});
  fs_ = std::make_unique<MemoryFileSystem>(files);
  fs_->MakeUnreadable("/p/a.json");
  LoadProject(*fs_, {"/p", {}}, sources_, sink_);
  EXPECT_THAT(Reports(), ElementsAre(HasSubstr("PR1001 a.json")));
}

TEST_F(LoadProjectTest, ResolvesComponents) {
  Project project = Load(Files(
      R"({"pages": ["pages/a/a", "pages/b"],
          "usingComponents": {"g": "/components/g/g"}})",
      {"pages/a/a", "pages/b"},
      {{"/p/pages/a/a.json",
        R"({"usingComponents": {
             "rel": "./rel", "up": "../../components/up",
             "folder": "/components/folder", "npm": "ui/button",
             "plug": "plugin://k/c", "gone": "./gone", "g": "./rel"}})"},
       {"/p/pages/a/rel.json", R"({"component": true})"},
       {"/p/components/up.js", ""},
       {"/p/components/folder/index.wxml", ""},
       {"/p/components/g/g.json",
        R"({"component": true, "componentGenerics": {"x": {"default": "./d"},
            "y": true}})"},
       {"/p/components/g/d.js", ""},
       {"/p/miniprogram_npm/ui/button/index.json", R"({"component": true})"}}));
  EXPECT_THAT(Reports(), IsEmpty());
  const Component& page = *project.Find("pages/a/a");
  EXPECT_EQ(page.FindUsed("rel")->path, "pages/a/rel");
  EXPECT_EQ(page.FindUsed("up")->path, "components/up");
  EXPECT_EQ(page.FindUsed("folder")->path, "components/folder/index");
  EXPECT_EQ(page.FindUsed("npm")->path, "miniprogram_npm/ui/button/index");
  EXPECT_EQ(page.FindUsed("plug")->kind, TargetKind::kExternal);
  EXPECT_EQ(page.FindUsed("gone")->kind, TargetKind::kMissing);
  EXPECT_EQ(page.FindUsed("g")->path, "pages/a/rel");
  EXPECT_EQ(project.Find("pages/b")->FindUsed("g")->path, "components/g/g");
  const Component& g = *project.Find("components/g/g");
  ASSERT_EQ(g.generics.size(), 2u);
  EXPECT_EQ(g.generics[0].path, "components/g/d");
  EXPECT_NE(project.Find("components/g/d"), nullptr);
}

TEST_F(LoadProjectTest, TakesNpmPackagesFromNodeModules) {
  Project project = Load(Files(
      R"({"pages": ["a"], "usingComponents": {"b": "@s/ui/button/button"}})",
      {"a"},
      {{"/p/node_modules/@s/ui/package.json", R"({"miniprogram": "dist"})"},
       {"/p/node_modules/@s/ui/dist/button/button.json",
        R"({"component": true})"},
       {"/p/node_modules/@s/ui/src/button/button.json", "{}"}}));
  EXPECT_THAT(Reports(), IsEmpty());
  EXPECT_EQ(project.Find("a")->FindUsed("b")->path,
            "miniprogram_npm/@s/ui/button/button");
  EXPECT_EQ(
      project.index.DiskPathOf("miniprogram_npm/@s/ui/button/button.json"),
      "/p/node_modules/@s/ui/dist/button/button.json");
}

TEST_F(LoadProjectTest, IndependentPackagesTakeNothingOfTheApp) {
  Project project = Load(Files(
      R"({"pages": ["a"], "usingComponents": {"g": "/g"},
          "subPackages": [{"root": "in", "pages": ["b"],
                           "independent": true}]})",
      {"a", "in/b"}, {{"/p/g.json", R"({"component": true})"}}));
  EXPECT_NE(project.Find("a")->FindUsed("g"), nullptr);
  EXPECT_EQ(project.Find("in/b")->FindUsed("g"), nullptr);
}

TEST_F(LoadProjectTest, MergesConfiguration) {
  Project project = Load(Files(
      R"({"pages": ["a"], "window": {"navigationBarTitleText": "T"},
          "unknown": [1]})",
      {"a"},
      {{"/p/a.json", R"({"navigationBarTitleText": "A"})"},
       {"/p/a.ext.json", R"({"x": 1})"},
       {"/p/ext.json", R"({"window": {"backgroundTextStyle": "dark"}})"}}));
  EXPECT_EQ(value::ToJson(project.config),
            R"({"appid":"touristappid","debug":false,"babel":true,)"
            R"("appname":"debug","window":{"backgroundTextStyle":"dark",)"
            R"("navigationBarBackgroundColor":"#000000",)"
            R"("navigationBarTitleText":"T","navigationBarTextStyle":"white",)"
            R"("pages":{"a":{"navigationBarTitleText":"A","x":1,)"
            R"("usingComponents":{}}}},"pages":["a"],"unknown":[1],)"
            R"("subpackages":[],"usingComponents":{},"isTourist":true,)"
            R"("windows":{"pages":{"a":{"navigationBarTitleText":"A","x":1,)"
            R"("usingComponents":{}}}},"__dsl__":{"prefix":["wx","ft"],)"
            R"("wxml":["wxml","fxml"],"wxss":["wxss","ftss"],)"
            R"("wxs":["wxs","fts"]},"root":"a"})");
}

TEST_F(LoadProjectTest, PutsThemeValuesInPlace) {
  Project project = Load(Files(
      R"({"pages": ["a"], "darkmode": true, "themeLocation": "theme.json",
          "window": {"backgroundColor": "@bg"}})",
      {"a"},
      {{"/p/theme.json",
        R"({"light": {"bg": "#fff"}, "dark": {"bg": "#000"}})"}}));
  const value::Value window = project.config.Get("window");
  EXPECT_EQ(window.Get("backgroundColor").ToDisplayString(), "#fff");
  EXPECT_EQ(value::ToJson(project.config.Get("__theme__")),
            R"({"__page":"app","light":{"backgroundColor":"#fff",)"
            R"("tabBar":null},"dark":{"backgroundColor":"#000",)"
            R"("tabBar":null}})");
}

TEST(PackOptions, RulesOfEveryKind) {
  auto ignored = [](PackRuleKind kind, std::string_view value,
                    std::string_view path) {
    PackOptions options;
    options.ignore.push_back(MakePackRule(kind, value));
    return IsIgnored(path, options);
  };
  EXPECT_TRUE(ignored(PackRuleKind::kFolder, "/Docs/", "docs/a/b.png"));
  EXPECT_FALSE(ignored(PackRuleKind::kFolder, "doc", "docs/a.png"));
  EXPECT_TRUE(ignored(PackRuleKind::kFile, "./a/b.png", "a/b.png"));
  EXPECT_TRUE(ignored(PackRuleKind::kSuffix, ".webp", "x/y.WEBP"));
  EXPECT_TRUE(ignored(PackRuleKind::kPrefix, "test-", "a/test-1.png"));
  EXPECT_TRUE(ignored(PackRuleKind::kRegExp, "\\.map$", "a/b.map"));
  EXPECT_TRUE(ignored(PackRuleKind::kGlob, "a/**/*.{jpg,png}", "a/b/c/d.png"));
  EXPECT_TRUE(ignored(PackRuleKind::kGlob, "a/**/*.png", "a/d.png"));
  EXPECT_FALSE(ignored(PackRuleKind::kGlob, "a/*.png", "a/b/d.png"));
}

TEST(PackOptions, IncludeWins) {
  PackOptions options;
  options.ignore.push_back(MakePackRule(PackRuleKind::kFolder, "docs"));
  options.include.push_back(MakePackRule(PackRuleKind::kFile, "docs/a.png"));
  EXPECT_FALSE(IsIgnored("docs/a.png", options));
  EXPECT_TRUE(IsIgnored("docs/b.png", options));
}

TEST(FileIndex, NearestForgivesCaseAndSlips) {
  MemoryFileSystem fs({{"/p/pages/index/index.fxml", ""},
                       {"/p/.git/x", ""},
                       {"/p/node_modules/y/z", ""},
                       {"/p/out/a", ""}});
  FileIndex index = FileIndex::Scan(fs, "/p", {"/p/out"}).value();
  EXPECT_EQ(index.files().size(), 1u);
  EXPECT_EQ(index.Nearest("pages/Index/index.fxml"), "pages/index/index.fxml");
  EXPECT_EQ(index.Nearest("pages/index/indx.fxml"), "pages/index/index.fxml");
  EXPECT_EQ(index.Nearest("something/else.fxml"), "");
}

}  // namespace
}  // namespace fcc::project
