// SPDX-License-Identifier: Apache-2.0

#include "runtime/package/package.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "runtime/value/value_json.h"

namespace fcc::package {
namespace {

using base::ErrorKind;
using testing::ElementsAre;
using testing::HasSubstr;
using Files = std::map<std::string, std::string>;

AppConfig SmallApp() {
  AppConfig config;
  config.app_id = "fc1";
  config.entry_page = "pages/a";
  config.pages = {"pages/a", "sub/b"};
  config.packages = {{"__APP__", "", false, {"pages/a"}},
                     {"s", "sub", false, {"sub/b"}}};
  config.script = "app.js";
  config.style_entry = "app.ftss";
  ComponentEntry page;
  page.path = "pages/a";
  page.is_page = true;
  page.package = "__APP__";
  page.template_entry = "pages/a.fxml";
  page.script = "pages/a.js";
  page.using_components = {{"card", "components/card"}};
  page.generics = {{"inner", ""}};
  page.config = value::Value::ObjectOf({{"k", value::Value::Number(1)}});
  config.components = {page};
  config.config = value::Value::NewObject();
  return config;
}

// Adds a manifest that fits `files` to them.
Files WithManifest(Files files, const std::string& name,
                   const std::string& root = {}) {
  Manifest manifest;
  manifest.compiler = "test";
  manifest.name = name;
  manifest.root = root;
  manifest.script = name + ".js";
  for (const auto& [path, bytes] : files) {
    manifest.files.push_back({path, bytes.size(), base::Sha256(bytes)});
  }
  files[std::string(kManifestName)] = WriteManifest(manifest);
  return files;
}

Files MainPackage() {
  return WithManifest({{"__APP__.js", "main();"},
                       {"images/a.png", "png"},
                       {".fcc/app.json", WriteAppConfig(SmallApp())},
                       {".fcc/templates.bin", "T"},
                       {".fcc/styles.bin", "S"}},
                      "__APP__");
}

Files Below(std::string prefix, Files files) {
  Files moved;
  for (auto& [path, bytes] : files) {
    moved[prefix + path] = std::move(bytes);
  }
  return moved;
}

base::Error OpenError(Files files) {
  auto package =
      Package::Open(std::make_unique<MemorySource>(std::move(files)));
  return package ? base::Error{ErrorKind::kIo, "it was opened"}
                 : package.error();
}

TEST(Package, ReadsWhatTheManifestNames) {
  auto package = Package::Open(std::make_unique<MemorySource>(MainPackage()));
  ASSERT_TRUE(package.ok()) << package.error().message;
  EXPECT_EQ((*package)->ReadScript().value(), "main();");
  EXPECT_EQ((*package)->ReadTemplates().value(), "T");
  EXPECT_EQ((*package)->Read("nothing").error().kind, ErrorKind::kNotFound);
}

TEST(Package, RefusesAPackageOfAnotherTool) {
  base::Error error = OpenError({{"__APP__.js", ""}});
  EXPECT_EQ(error.kind, ErrorKind::kUnsupported);
  EXPECT_THAT(error.message, HasSubstr("fcc build"));
}

TEST(Package, NoticesMissingForeignAndChangedFiles) {
  Files missing = MainPackage();
  missing.erase("images/a.png");
  EXPECT_EQ(OpenError(missing).kind, ErrorKind::kCorrupt);
  Files foreign = MainPackage();
  foreign["evil.js"] = "";
  EXPECT_EQ(OpenError(foreign).kind, ErrorKind::kCorrupt);
  Files changed = MainPackage();
  changed["__APP__.js"] = "evil();";
  auto package = Package::Open(std::make_unique<MemorySource>(changed));
  ASSERT_TRUE(package.ok());
  EXPECT_EQ((*package)->ReadScript().error().kind, ErrorKind::kCorrupt);
}

TEST(Manifest, RoundTrips) {
  Files files = MainPackage();
  auto manifest = ParseManifest(files[std::string(kManifestName)]);
  ASSERT_TRUE(manifest.ok());
  EXPECT_EQ(WriteManifest(*manifest), files[std::string(kManifestName)]);
}

// The example of docs/package-format.md.
TEST(Manifest, WritesTheseBytes) {
  Manifest manifest;
  manifest.compiler = "fcc 0.1.0";
  manifest.name = "s";
  manifest.root = "sub";
  manifest.script = "s.js";
  manifest.files = {{".fcc/styles.bin", 1, base::Sha256("S")},
                    {"s.js", 6, base::Sha256("sub();")}};
  EXPECT_EQ(
      WriteManifest(manifest),
      R"({"format":1,"compiler":"fcc 0.1.0","name":"s","root":"sub",)"
      R"("independent":false,"script":"s.js","files":[)"
      "\n"
      R"({"name":".fcc/styles.bin","size":1,"sha256":)"
      R"("8de0b3c47f112c59745f717a626932264c422a7563954872e237b223af4ad643"},)"
      "\n"
      R"({"name":"s.js","size":6,"sha256":)"
      R"("7991bceef0378d5dfe5e02cca9f89fe1954959f18c33c292e9599cca19d1273b"})"
      "\n]}\n");
}

TEST(Manifest, RefusesWhatItCannotTrust) {
  const std::string good = R"({"format":1,"name":"n","script":"a","files":[)"
                           R"({"name":"a","size":1,"sha256":")" +
                           std::string(64, '0') + R"("}]})";
  ASSERT_TRUE(ParseManifest(good).ok());
  auto changed = [&](std::string_view from, std::string_view to) {
    std::string text = good;
    text.replace(text.find(from), from.size(), to);
    auto manifest = ParseManifest(text);
    return manifest ? ErrorKind::kIo : manifest.error().kind;
  };
  EXPECT_EQ(changed("\"format\":1", "\"format\":2"), ErrorKind::kUnsupported);
  EXPECT_EQ(changed("{\"name\":\"a\"", "{\"name\":\"../a\""),
            ErrorKind::kCorrupt);
  EXPECT_EQ(changed("\"size\":1", "\"size\":-1"), ErrorKind::kCorrupt);
  EXPECT_EQ(changed("\"size\":1", "\"size\":1e300"), ErrorKind::kCorrupt);
  EXPECT_EQ(changed("0000", "000z"), ErrorKind::kCorrupt);
  EXPECT_EQ(changed("\"script\":\"a\"", "\"script\":\"b\""),
            ErrorKind::kCorrupt);
  EXPECT_EQ(changed("]}", ""), ErrorKind::kCorrupt);
}

TEST(AppConfig, RoundTrips) {
  const std::string text = WriteAppConfig(SmallApp());
  auto config = ParseAppConfig(text);
  ASSERT_TRUE(config.ok());
  EXPECT_EQ(WriteAppConfig(*config), text);
  const ComponentEntry* page = config->Find("pages/a");
  ASSERT_NE(page, nullptr);
  EXPECT_EQ(page->ComponentOf("card"), "components/card");
  EXPECT_EQ(page->ComponentOf("view"), "");
  EXPECT_EQ(config->Find("pages/b"), nullptr);
  EXPECT_EQ(config->FindPackage("s")->root, "sub");
}

class BundleTest : public testing::Test {
 protected:
  static Files Output() {
    Files files = Below("package/__APP__/", MainPackage());
    files.merge(Below(
        "package/s/",
        WithManifest({{"s.js", "sub();"}, {"sub/x.png", "x"}}, "s", "sub")));
    files["package/packageConfig.json"] = "[]";
    return files;
  }
};

TEST_F(BundleTest, OpensTheOutputFolderAndLoadsPackagesWhenAsked) {
  auto bundle = Bundle::Open(std::make_unique<MemorySource>(Output()));
  ASSERT_TRUE(bundle.ok()) << bundle.error().message;
  EXPECT_EQ((*bundle)->config().entry_page, "pages/a");
  auto sub = (*bundle)->Load("s");
  ASSERT_TRUE(sub.ok());
  EXPECT_EQ((*sub)->ReadScript().value(), "sub();");
  EXPECT_EQ((*bundle)->Load("s").value(), *sub);
  EXPECT_EQ((*bundle)->Load("none").error().kind, ErrorKind::kNotFound);
}

TEST_F(BundleTest, FindsAssetsInThePackageThatHoldsThem) {
  auto bundle = Bundle::Open(std::make_unique<MemorySource>(Output()));
  ASSERT_TRUE(bundle.ok());
  EXPECT_EQ((*bundle)->ReadAsset("sub/x.png").value(), "x");
  EXPECT_EQ((*bundle)->ReadAsset("images/a.png").value(), "png");
  EXPECT_FALSE((*bundle)->ReadAsset("images/b.png").ok());
}

TEST_F(BundleTest, OpensOnePackageAlone) {
  auto bundle = Bundle::Open(std::make_unique<MemorySource>(MainPackage()));
  ASSERT_TRUE(bundle.ok());
  EXPECT_EQ((*bundle)->main().ReadScript().value(), "main();");
}

TEST_F(BundleTest, OpensAFolderOnDisk) {
  base::MemoryFileSystem fs(Below("/out/", Output()));
  auto bundle = Bundle::OpenPath(fs, "/out");
  ASSERT_TRUE(bundle.ok()) << bundle.error().message;
  auto packages = Bundle::OpenPath(fs, "/out/package");
  ASSERT_TRUE(packages.ok()) << packages.error().message;
  EXPECT_FALSE(Bundle::OpenPath(fs, "/nowhere").ok());
}

}  // namespace
}  // namespace fcc::package
