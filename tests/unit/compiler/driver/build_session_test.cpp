// SPDX-License-Identifier: Apache-2.0

#include "compiler/driver/build_session.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "compiler/driver/parallel.h"
#include "runtime/base/base64.h"
#include "runtime/base/format.h"
#include "runtime/base/source_map.h"
#include "runtime/package/package.h"

namespace fcc::driver {
namespace {

using base::MemoryFileSystem;
using diagnostics::Diagnostic;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using Files = std::map<std::string, std::string>;

Files SmallApp() {
  return {
      {"/p/app.json", R"({"pages": ["pages/a/a", "pages/b/b"],
          "subPackages": [{"root": "sub", "name": "s", "pages": ["c"]}]})"},
      {"/p/app.js", "App({})"},
      {"/p/app.ftss", ".x{color:red}"},
      {"/p/pages/a/a.js", "const u = require('../../u');\nPage({n: u.n})"},
      {"/p/pages/a/a.fxml", "<card/><view bindtap=\"t\">{{x}}</view>"},
      {"/p/pages/a/a.ftss", "@import '/base';\n.y{width:1rpx}"},
      {"/p/pages/a/a.json", R"({"usingComponents": {"card": "/card/card"}})"},
      {"/p/pages/b/b.js", "Page({})"},
      {"/p/pages/b/b.fxml", "<card/>"},
      {"/p/pages/b/b.json", R"({"usingComponents": {"card": "/card/card"}})"},
      {"/p/card/card.js", "Component({})"},
      {"/p/card/card.json", R"({"component": true})"},
      {"/p/card/card.fxml", "<slot/>"},
      {"/p/card/card.ftss", ".card{color:blue}"},
      {"/p/sub/c.js", "Page({})"},
      {"/p/sub/c.fxml", "<view/>"},
      {"/p/u.js", "exports.n = 1"},
      {"/p/base.ftss", ".base{}"},
      {"/p/images/图.png", "PNG"},
      {"/p/sub/i.png", "SUB"},
      {"/p/README.md", "no asset"},
  };
}

class BuildSessionTest : public testing::Test {
 protected:
  BuildResult Build(Files files, BuildOptions options = {}) {
    fs_ = std::make_unique<MemoryFileSystem>(std::move(files));
    return BuildAgain(std::move(options));
  }
  BuildResult BuildAgain(BuildOptions options = {}) {
    options.project_dir = "/p";
    session_ = std::make_unique<BuildSession>(*fs_, std::move(options));
    return session_->Build();
  }

  // "CODE file:line:column" of each error.
  std::vector<std::string> Errors(const BuildResult& result) const {
    std::vector<std::string> lines;
    for (const Diagnostic& found : result.diagnostics) {
      if (found.severity != diagnostics::Severity::kError) {
        continue;
      }
      std::string place = found.path;
      if (found.location.file != source::FileId::kNone) {
        const source::SourceFile& file =
            session_->sources().Get(found.location.file);
        const source::LineColumn at =
            file.PositionOf(found.location.span.begin);
        place = base::format("{}:{}:{}", file.path(), at.line, at.column);
      }
      lines.push_back(
          base::format("{} {}", diagnostics::InfoOf(found.kind).code, place));
    }
    return lines;
  }

  std::unique_ptr<MemoryFileSystem> fs_;
  std::unique_ptr<BuildSession> session_;
};

TEST_F(BuildSessionTest, BuildsWhatTheRuntimeOpens) {
  BuildResult result = Build(SmallApp());
  ASSERT_THAT(Errors(result), IsEmpty());
  EXPECT_THAT(result.pages, ElementsAre("pages/a/a", "pages/b/b", "sub/c"));
  auto bundle = package::Bundle::Open(result.TakePackages());
  ASSERT_TRUE(bundle.ok()) << bundle.error().message;
  const package::ComponentEntry* page = (*bundle)->config().Find("pages/a/a");
  ASSERT_NE(page, nullptr);
  EXPECT_EQ(page->ComponentOf("card"), "card/card");
  EXPECT_EQ(page->script, "pages/a/a.js");
  EXPECT_EQ(page->style_entry, "pages/a/a.ftss");
  EXPECT_EQ((*bundle)->ReadAsset("images/图.png").value(), "PNG");
  EXPECT_EQ((*bundle)->ReadAsset("sub/i.png").value(), "SUB");
  EXPECT_TRUE((*bundle)->Load("s").ok());
  EXPECT_FALSE((*bundle)->ReadAsset("README.md").ok());
}

TEST_F(BuildSessionTest, SameBytesOnOneThreadAndOnMany) {
  const BuildResult one = Build(SmallApp(), {.jobs = 1});
  const BuildResult many = Build(SmallApp(), {.jobs = 8});
  EXPECT_EQ(one.files, many.files);
  ASSERT_TRUE(session_->WriteOutput(one, "/one").ok());
  ASSERT_TRUE(session_->WriteOutput(many, "/many").ok());
  Files written = fs_->files();
  EXPECT_FALSE(written.at("/one/app.zip").empty());
  for (const auto& [path, bytes] : written) {
    if (path.starts_with("/one/")) {
      EXPECT_TRUE(bytes == written.at("/many/" + path.substr(5))) << path;
    }
  }
}

TEST_F(BuildSessionTest, ZipsHoldTheFolders) {
  BuildResult result = Build(SmallApp());
  ASSERT_TRUE(session_->WriteOutput(result, "/out").ok());
  Files written = fs_->files();
  for (const char* name : {"app", "package/__APP__", "package/s"}) {
    auto zip = package::OpenZip(written.at(base::format("/out/{}.zip", name)));
    ASSERT_TRUE(zip.ok()) << zip.error().message;
    std::string folder = base::format("/out/{}/", name);
    size_t count = 0;
    for (const auto& [path, bytes] : written) {
      if (path.starts_with(folder)) {
        ++count;
        EXPECT_EQ((*zip)->Read(path.substr(folder.size())).value(), bytes);
      }
    }
    EXPECT_EQ((*zip)->names().size(), count);
    EXPECT_TRUE(
        package::Bundle::OpenPath(
            *fs_,
            base::format("/out/{}.zip",
                         std::string_view(name) == "package/s" ? "app" : name))
            .ok());
  }
}

TEST_F(BuildSessionTest, MapsLeadToTheSources) {
  const BuildResult result = Build(SmallApp());
  const std::string& script = result.files.at("package/__APP__/__APP__.js");
  auto map = base::ReadSourceMap(result.files.at("maps/__APP__.js.map"));
  ASSERT_TRUE(map.ok());
  // The line of `Page(` of pages/a/a.js, which is its second.
  size_t at = script.find("Page(", script.find("define(\"pages/a/a.js\""));
  ASSERT_NE(at, std::string::npos);
  size_t line = static_cast<size_t>(
      std::count(script.begin(), script.begin() + static_cast<long>(at), '\n'));
  size_t column = at - (script.rfind('\n', at) + 1);
  const base::Mapping* found =
      map->Find(static_cast<uint32_t>(line), static_cast<uint32_t>(column));
  ASSERT_NE(found, nullptr);
  EXPECT_EQ(map->sources[found->source], "pages/a/a.js");
  EXPECT_EQ(found->source_line, 1u);
  for (const auto& [path, bytes] : result.files) {
    EXPECT_TRUE(path.starts_with("maps/") || !path.ends_with(".map")) << path;
  }
}

TEST_F(BuildSessionTest, MapsLeadThroughTheMapsOfScripts) {
  Files files = SmallApp();
  // Line 1 of the script came from line 5, column 2 of the framework's file.
  const std::string map =
      R"({"version":3,"sources":["src/app.vue"],"names":[],"mappings":"AAIE"})";
  files["/p/app.js"] = "App({});\n//# sourceMappingURL=app.js.map\n";
  files["/p/app.js.map"] = map;
  for (const bool inlined : {false, true}) {
    if (inlined) {
      files["/p/app.js"] =
          "App({});\n//# sourceMappingURL=data:application/json;charset=utf-8;"
          "base64," +
          base::EncodeBase64(map) + "\n";
    }
    const BuildResult result = Build(files);
    const auto read =
        base::ReadSourceMap(result.files.at("maps/__APP__.js.map"));
    ASSERT_TRUE(read.ok());
    EXPECT_TRUE(std::any_of(read->mappings.begin(), read->mappings.end(),
                            [&](const base::Mapping& mapping) {
                              return mapping.source != base::kNoSource &&
                                     read->sources[mapping.source] ==
                                         "src/app.vue" &&
                                     mapping.source_line == 4 &&
                                     mapping.source_column == 2;
                            }));
  }
}

TEST_F(BuildSessionTest, SharedComponentStylesStandOnceAPackage) {
  const BuildResult result = Build(SmallApp());
  size_t times = 0;
  for (const auto& [path, bytes] : result.files) {
    if (path.starts_with("package/__APP__/") &&
        (path.ends_with(".html") || path.ends_with("pageframe.js")) &&
        bytes.find("card--card{") != std::string::npos) {
      ++times;
    }
  }
  EXPECT_EQ(times, 1u);
  EXPECT_THAT(result.files.at("package/__APP__/pages/b/b.html"),
              HasSubstr("__fccStyles__(\"card/card\")"));
}

TEST_F(BuildSessionTest, WithoutNativeSection) {
  const BuildResult result = Build(SmallApp(), {.native_section = false});
  for (const auto& [path, bytes] : result.files) {
    EXPECT_EQ(path.find(".fcc/"), std::string::npos) << path;
  }
}

TEST_F(BuildSessionTest, EveryMistakeOfARunAtOnce) {
  Files files = SmallApp();
  files["/p/app.json"] = R"({"pages": ["pages/a/a", "pages/b/b", "pages/no"]})";
  files["/p/pages/a/a.fxml"] = "<view>\n  <text>{{a +}}</text>";
  files["/p/pages/a/a.js"] = "Page({\n  x: = 1\n})";
  files["/p/pages/a/a.ftss"] = ".a {\n  color: red";
  files["/p/pages/b/b.json"] = R"({"usingComponents": {"card": "/crad/card"}})";
  files["/p/card/card.json"] = "{\"component\": tru}";
  const BuildResult result = Build(files);
  EXPECT_FALSE(result.ok);
  EXPECT_THAT(result.files, IsEmpty());
  EXPECT_THAT(
      Errors(result),
      ElementsAre("PR1008 app.json:1:38", "PR1002 card/card.json:1:15",
                  "FS1001 pages/a/a.ftss:1:4", "FX1001 pages/a/a.fxml:1:2",
                  "FX1403 pages/a/a.fxml:2:14", "JS1001 pages/a/a.js:2:6",
                  "PR1018 pages/b/b.json:1:30"));
}

TEST_F(BuildSessionTest, UnreadableFilesAreNamed) {
  fs_ = std::make_unique<MemoryFileSystem>(SmallApp());
  fs_->MakeUnreadable("/p/pages/b/b.js");
  fs_->MakeUnreadable("/p/images/图.png");
  const BuildResult result = BuildAgain();
  EXPECT_FALSE(result.ok);
  EXPECT_THAT(Errors(result), Contains(HasSubstr("PR1001")));
}

TEST_F(BuildSessionTest, AFullDiskLeavesTheOldOutput) {
  BuildResult first = Build(SmallApp());
  ASSERT_TRUE(session_->WriteOutput(first, "/out").ok());
  const Files before = fs_->files();
  fs_->WriteFile("/p/app.js", "App({later: true})").ok();
  BuildResult second = BuildAgain();
  ASSERT_TRUE(second.ok);
  fs_->LimitSpace(20'000);
  base::Status status = session_->WriteOutput(second, "/out");
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().kind, base::ErrorKind::kNoSpace);
  Files after = fs_->files();
  after["/p/app.js"] = before.at("/p/app.js");
  EXPECT_EQ(after, before);
}

TEST_F(BuildSessionTest, ReplacesItsOwnOutputAndNothingElse) {
  BuildResult result = Build(SmallApp());
  ASSERT_TRUE(session_->WriteOutput(result, "/out").ok());
  fs_->WriteFile("/out/package/stale.zip", "").ok();
  ASSERT_TRUE(session_->WriteOutput(result, "/out").ok());
  EXPECT_FALSE(fs_->Stat("/out/package/stale.zip").ok());
  base::Status status = session_->WriteOutput(result, "/p");
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().kind, base::ErrorKind::kExists);
  EXPECT_TRUE(fs_->Stat("/p/app.json").ok());
}

TEST_F(BuildSessionTest, ChecksWithoutLayingOut) {
  const BuildResult result = Build(SmallApp(), {.output = Output::kNone});
  EXPECT_TRUE(result.ok);
  EXPECT_THAT(result.files, IsEmpty());
  EXPECT_NE(session_->program(), nullptr);
}

class CountingTools : public ftss::ToolRunner {
 public:
  base::Result<Output> Run(const Request&) override {
    ++runs;
    return Output{
        0, R"([{"css":".l{top:1px}","map":"","files":["/p/vars.less"]}])", ""};
  }
  int runs = 0;
};

Files AppWithMuchToCompile() {
  Files files = SmallApp();
  // Larger than what is not worth a file.
  files["/p/u.js"] = "exports.n = () => [" + std::string(600, '1') + "];";
  files["/p/pages/b/b.less"] = "@import './vars';";
  files["/p/vars.less"] = "@x: 1px;";
  files["/p/node_modules/less/package.json"] = "{}";
  return files;
}

TEST_F(BuildSessionTest, TheCacheChangesNothingButTheTime) {
  CountingTools tools;
  BuildOptions options;
  options.style_tools = &tools;
  const BuildResult without = Build(AppWithMuchToCompile(), options);
  ASSERT_TRUE(without.ok);
  EXPECT_EQ(tools.runs, 1);
  options.cache_dir = "/cache";
  const BuildResult cold = BuildAgain(options);
  EXPECT_EQ(tools.runs, 2);
  EXPECT_EQ(fs_->ListTree("/cache").value().size(), 2u);
  const BuildResult warm = BuildAgain(options);
  EXPECT_EQ(tools.runs, 2);
  EXPECT_EQ(cold.files, without.files);
  EXPECT_EQ(warm.files, without.files);
  // What a script was compiled for is part of its key.
  options.mode = Mode::kProduction;
  const BuildResult production = BuildAgain(options);
  options.cache_dir = "";
  EXPECT_EQ(production.files, BuildAgain(options).files);
}

TEST_F(BuildSessionTest, TheCacheSeesChanges) {
  CountingTools tools;
  BuildOptions options;
  options.style_tools = &tools;
  options.cache_dir = "/cache";
  Build(AppWithMuchToCompile(), options);
  EXPECT_EQ(tools.runs, 1);
  // A sheet that the sheet imports.
  ASSERT_TRUE(fs_->WriteFile("/p/vars.less", "@x: 2px;").ok());
  BuildAgain(options);
  EXPECT_EQ(tools.runs, 2);
  // The compiler.
  ASSERT_TRUE(
      fs_->WriteFile("/p/node_modules/less/package.json", "{\"v\":1}").ok());
  BuildAgain(options);
  EXPECT_EQ(tools.runs, 3);
  // What may read files that nobody names.
  ASSERT_TRUE(fs_->WriteFile("/p/vars.less", "@plugin 'p';").ok());
  BuildAgain(options);
  BuildAgain(options);
  EXPECT_EQ(tools.runs, 5);
}

// Every report with its place and words.
std::vector<std::string> Reports(const BuildSession& session,
                                 const BuildResult& result) {
  std::vector<std::string> lines;
  for (const Diagnostic& found : result.diagnostics) {
    std::string place = found.path;
    if (found.location.file != source::FileId::kNone) {
      place = base::format("{}:{}-{}",
                           session.sources().Get(found.location.file).path(),
                           found.location.span.begin, found.location.span.end);
    }
    lines.push_back(base::format("{} {} {}", place,
                                 diagnostics::InfoOf(found.kind).code,
                                 found.message));
  }
  return lines;
}

// Whatever is edited, a session that goes on ends where a new one does.
TEST_F(BuildSessionTest, RebuildsToWhatABuildGives) {
  struct Edit {
    std::string path;
    // Empty: removed.
    std::string text;
  };
  const std::vector<Edit> edits = {
      {"/p/pages/a/a.js", "const u = require('../../u');\nPage({t() {}})"},
      {"/p/pages/a/a.js", "require('./new'); Page({"},
      {"/p/pages/a/new.js", "exports.x = wx.login()"},
      {"/p/pages/a/a.js", "require('./new'); wx.noSuchThing(); Page({t(){}})"},
      {"/p/u.js", "exports.n = 2; require('./u2')"},
      {"/p/pages/a/a.fxml",
       "<wxs module=\"m\">exports.f = 1</wxs><import src=\"/t\"/>"
       "<template is=\"t\"/><view bindtap=\"gone\">{{m.f}}{{x}}</view>"},
      {"/p/t.fxml",
       "<template name=\"t\"><image src=\"/images/a.png\"/>"
       "</template>"},
      {"/p/pages/a/a.fxml",
       "<wxs module=\"m\">exports.f = 2</wxs><view>{{m.f}}</view><"},
      {"/p/pages/a/a.fxml",
       "<wxs module=\"m\">exports.f = 2</wxs><view>{{m.f}}</view>"},
      {"/p/base.ftss", ".base{color:red}.q{"},
      {"/p/base.ftss", ".base{background:url('图.png')}"},
      {"/p/card/card.ftss", "view{color:red}"},
      {"/p/card/card.fxml", "<slot/><card/>{{y}}"},
      {"/p/pages/b/b.json", "{}"},
      {"/p/pages/b/b.js", ""},
      {"/p/pages/b/b.js", "Page({})"},
      {"/p/app.json", R"({"pages": ["pages/b/b", "pages/a/a"]})"},
      {"/p/app.js", "App({onLaunch() { wx.getSystemInfoSync() }})"},
  };
  for (const Output output : {Output::kAll, Output::kNone}) {
    MemoryFileSystem fs(SmallApp());
    BuildOptions options;
    options.project_dir = "/p";
    options.output = output;
    options.rules.preset = check::Preset::kStrict;
    BuildSession going_on(fs, options);
    going_on.Build();
    for (size_t i = 0; i < edits.size(); ++i) {
      if (edits[i].text.empty()) {
        ASSERT_TRUE(fs.RemoveAll(edits[i].path).ok());
      } else {
        ASSERT_TRUE(fs.WriteFile(edits[i].path, edits[i].text).ok());
      }
      // Editors write beside the file first.
      const BuildResult again =
          going_on.Rebuild({edits[i].path, edits[i].path + ".tmp"});
      BuildSession fresh(fs, options);
      const BuildResult whole = fresh.Build();
      EXPECT_EQ(again.ok, whole.ok) << i;
      EXPECT_EQ(Reports(going_on, again), Reports(fresh, whole)) << i;
      EXPECT_EQ(again.files, whole.files) << i;
    }
  }
}

TEST(ForEachParallel, DoesEverythingOnce) {
  for (int jobs : {0, 1, 3, 100}) {
    std::vector<int> done(50, 0);
    ForEachParallel(jobs, done.size(), [&](size_t i) { ++done[i]; });
    EXPECT_THAT(done, testing::Each(1));
  }
  ForEachParallel(2, 0, [](size_t) { FAIL(); });
}

}  // namespace
}  // namespace fcc::driver
