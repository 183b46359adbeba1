// SPDX-License-Identifier: Apache-2.0
//
// Our output beside that of FinClip's own builder (@finclip/applet-builder
// 1.1.29) for the same projects. What that builder wrote is recorded in
// tests/fixtures/finclip/applet-builder-1.1.29.json: names of files, modules
// and routes, and the values of the JSON files. Every difference is listed here
// with its reason; a new one fails the test.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "compiler/driver/build_session.h"
#include "runtime/base/format.h"
#include "runtime/base/json.h"
#include "runtime/value/value_json.h"

namespace fcc::driver {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;
using value::Value;

const std::string kFixtures = FCC_SOURCE_DIR "/tests/fixtures/finclip";

std::string ReadText(const std::string& path) {
  base::RealFileSystem fs;
  base::Result<std::string> text =
      fs.ReadFile(path, base::FileSystem::kDefaultMax);
  return text ? *text : "";
}

Value ParseValue(std::string_view text) {
  return value::FromJson(*base::ParseJson(text).root);
}

// "path: theirs | ours" of every leaf that differs; "-" for none.
void Compare(const std::string& path, const Value& theirs, const Value& ours,
             std::vector<std::string>& differences) {
  if (theirs.IsObject() && ours.IsObject()) {
    std::set<std::string> keys;
    for (const Value* side : {&theirs, &ours}) {
      for (const value::Object::Member& member : side->object().members()) {
        keys.emplace(member.name());
      }
    }
    for (const std::string& key : keys) {
      Compare(path.empty() ? key : path + "." + key, theirs.Get(key),
              ours.Get(key), differences);
    }
    return;
  }
  if (!theirs.DeepEquals(ours)) {
    auto show = [](const Value& value) {
      return value.IsUndefined() ? "-" : value::ToJson(value);
    };
    differences.push_back(
        base::format("{}: {} | {}", path, show(theirs), show(ours)));
  }
}

// The strings that stand between `before` and the next quote, in their order.
std::vector<std::string> Quoted(std::string_view text,
                                std::string_view before) {
  std::vector<std::string> found;
  for (size_t at = text.find(before); at != std::string_view::npos;
       at = text.find(before, at)) {
    at += before.size();
    found.emplace_back(text.substr(at, text.find('"', at) - at));
  }
  return found;
}

std::vector<std::string> Strings(const Value& list) {
  std::vector<std::string> strings;
  for (const Value& item : list.array().items) {
    strings.emplace_back(item.string());
  }
  std::sort(strings.begin(), strings.end());
  return strings;
}

class FinClipLayoutTest : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    peer_ = ParseValue(ReadText(kFixtures + "/applet-builder-1.1.29.json"))
                .Get(GetParam());
    ASSERT_TRUE(peer_.IsObject());
    BuildSession session(
        fs_, {.project_dir = kFixtures + "/" + GetParam(), .check = false});
    result_ = session.Build();
    for (const diagnostics::Diagnostic& found : result_.diagnostics) {
      EXPECT_NE(found.severity, diagnostics::Severity::kError) << found.message;
    }
    ASSERT_TRUE(result_.ok);
  }

  const std::string& File(const std::string& name) {
    return result_.files.at(name);
  }
  Value OurConfig() {
    std::string_view frame = File("package/__APP__/pageframe.js");
    std::string_view before = "var __wxConfig__=";
    size_t at = frame.find(before) + before.size();
    return ParseValue(frame.substr(at, frame.find(";\n", at) - at));
  }

  base::RealFileSystem fs_;
  Value peer_;
  BuildResult result_;
};

TEST_P(FinClipLayoutTest, SameFiles) {
  std::set<std::string> theirs;
  for (const std::string& name : Strings(peer_.Get("files"))) {
    if (!name.ends_with(".zip")) {
      theirs.insert(name);
    }
  }
  std::vector<std::string> missing;
  std::vector<std::string> more;
  for (const std::string& name : theirs) {
    if (!result_.files.contains(name)) {
      missing.push_back(name);
    }
  }
  for (const auto& [name, bytes] : result_.files) {
    if (!theirs.contains(name)) {
      more.push_back(name);
    }
  }
  EXPECT_THAT(missing, IsEmpty());
  EXPECT_THAT(
      more,
      ElementsAre(
          // What the native runtime reads.
          "app/.fcc/app.json", "app/.fcc/manifest.json", "app/.fcc/styles.bin",
          "app/.fcc/templates.bin",
          // Their builder drops the workers, and the app cannot start them.
          "app/workers/index.js",
          // Source maps, beside the packages and never in them.
          "maps/__APP__.js.map", "maps/a.js.map", "maps/app-service.js.map",
          "maps/app.css.map", "maps/b.js.map",
          "maps/components/card/card.css.map",
          "maps/miniprogram_npm/tiny-badge/index.css.map",
          "maps/pages/detail/detail.css.map", "maps/pages/index/index.css.map",
          "maps/pkgA/pages/a/a.css.map", "maps/pkgB/pages/b/b.css.map",
          "package/__APP__/.fcc/app.json", "package/__APP__/.fcc/manifest.json",
          "package/__APP__/.fcc/styles.bin",
          "package/__APP__/.fcc/templates.bin",
          "package/__APP__/workers/index.js", "package/a/.fcc/manifest.json",
          "package/a/.fcc/styles.bin", "package/a/.fcc/templates.bin",
          // An independent package runs alone, so it has the table of pages.
          "package/b/.fcc/app.json", "package/b/.fcc/manifest.json",
          "package/b/.fcc/styles.bin", "package/b/.fcc/templates.bin"));
}

TEST_P(FinClipLayoutTest, SamePackageConfig) {
  EXPECT_EQ(value::ToJson(ParseValue(File("package/packageConfig.json"))),
            value::ToJson(peer_.Get("packageConfig")));
  for (const char* name : {"__APP__", "a", "b"}) {
    EXPECT_EQ(value::ToJson(ParseValue(File(
                  base::format("package/{}/__subPackageConfig.json", name)))),
              value::ToJson(peer_.Get("subPackageConfig").Get(name)));
  }
}

TEST_P(FinClipLayoutTest, SameConfiguration) {
  std::vector<std::string> differences;
  Compare("", peer_.Get("wxConfig"), OurConfig(), differences);
  // `windows` repeats `window.pages` in both.
  std::erase_if(differences, [](const std::string& line) {
    return line.starts_with("windows.");
  });
  EXPECT_THAT(
      differences,
      ElementsAre(
          // Theirs is told the application by their IDE; ours reads it from
          // project.config.json.
          R"(appid: "touristappid" | "fc0000000000000000")",
          R"(appname: "debug" | "hand")", R"(isTourist: true | -)",
          // Theirs keys a component by whichever spelling of its path it met
          // first; ours by its path.
          R"(window.pages.../card/dflt: {"component":true,)"
          R"("usingComponents":{"g-card":"/components/card/card"}} | -)",
          R"(window.pages./components/card/card: {"component":true,)"
          R"("usingComponents":{"g-card":"/components/card/card"},)"
          R"("componentGenerics":{"inner":{"default":"../card/dflt"}}} | -)",
          R"(window.pages.components/card/card: - | {"component":true,)"
          R"("usingComponents":{"g-card":"/components/card/card"},)"
          R"("componentGenerics":{"inner":{"default":"../card/dflt"}}})",
          R"(window.pages.components/card/dflt: - | {"component":true,)"
          R"("usingComponents":{"g-card":"/components/card/card"}})",
          R"(window.pages.miniprogram_npm/tiny-badge/index: - | )"
          R"({"component":true,"usingComponents":)"
          R"({"g-card":"/components/card/card"}})",
          R"(window.pages.tiny-badge/index: {"component":true,)"
          R"("usingComponents":{"g-card":"/components/card/card"}} | -)"));
}

TEST_P(FinClipLayoutTest, SameModulesAndRoutes) {
  const Value& defines = peer_.Get("defines");
  for (const value::Object::Member& script : defines.object().members()) {
    std::string name(script.name());
    std::vector<std::string> modules = Quoted(File(name), "define(\"");
    std::sort(modules.begin(), modules.end());
    // Theirs copies its helpers into every module.
    std::erase(modules, "@fcc/helpers.js");
    EXPECT_EQ(modules, Strings(script.value)) << name;
    std::vector<std::string> routes = Quoted(File(name), "__wxRoute=\"");
    std::sort(routes.begin(), routes.end());
    EXPECT_EQ(routes, Strings(peer_.Get("routes").Get(name))) << name;
  }
}

INSTANTIATE_TEST_SUITE_P(Samples, FinClipLayoutTest,
                         testing::Values("hand", "fxml"));

// Theirs is one zip of the plugin's folder in which every text is encrypted
// with an algorithm that is not public; ours holds the same files as they are.
TEST(FinClipPluginTest, SameFilesInThePlugin) {
  base::RealFileSystem fs;
  const Value peer =
      ParseValue(ReadText(kFixtures + "/applet-builder-1.1.29.json"))
          .Get("plugin");
  BuildSession session(fs, {.project_dir = kFixtures + "/plugin"});
  const BuildResult result = session.Build();
  ASSERT_TRUE(result.ok);
  // plugin.json of the sample names a page that is not there. Theirs takes no
  // notice, ours warns.
  ASSERT_EQ(result.diagnostics.size(), 1u);
  EXPECT_EQ(result.diagnostics[0].kind, diagnostics::Kind::kPluginPageMissing);
  std::vector<std::string> ours;
  for (const auto& [name, bytes] : result.files) {
    ASSERT_TRUE(name.starts_with("plugin/")) << name;
    ours.push_back(name.substr(7));
    EXPECT_EQ(bytes, ReadText(kFixtures + "/" + name)) << name;
  }
  EXPECT_EQ(ours, Strings(peer.Get("files")));
}

}  // namespace
}  // namespace fcc::driver
