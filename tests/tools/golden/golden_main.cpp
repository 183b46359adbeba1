// SPDX-License-Identifier: Apache-2.0

#include <gtest/gtest.h>

#include <cstring>

#include "runtime/base/file_system.h"
#include "runtime/base/format.h"
#include "tests/tools/golden/golden_case.h"

namespace fcc::golden {

namespace {

class CaseTest : public testing::Test {
 public:
  CaseTest(std::string path, MakeWorld make_world, bool update)
      : path_(std::move(path)), make_world_(make_world), update_(update) {}

  void TestBody() override {
    base::RealFileSystem fs;
    auto text = fs.ReadFile(path_, base::FileSystem::kDefaultMax);
    ASSERT_TRUE(text.ok()) << text.error().message;
    auto expected = ParseCase(*text);
    ASSERT_TRUE(expected.ok()) << path_ << ": " << expected.error().message;
    std::unique_ptr<World> world = make_world_();
    auto actual = RunCase(*expected, *world);
    ASSERT_TRUE(actual.ok()) << path_ << ": " << actual.error().message;
    CheckName(*actual);
    const std::string rendered = RenderCase(*actual);
    if (rendered == *text) {
      return;
    }
    if (update_) {
      ASSERT_TRUE(fs.WriteFile(path_, rendered).ok());
      std::printf("updated %s\n", path_.c_str());
      return;
    }
    EXPECT_EQ(*text, rendered)
        << path_ << "\nRead the difference; if it is wanted, run "
        << "`make golden-update` and commit the case.";
  }

 private:
  // fail_x.case fails, and no other does.
  void CheckName(const Case& actual) const {
    bool fails = false;
    for (const Section& section : actual.sections) {
      if (section.verb == "run") {
        fails = false;
      } else if (section.verb == "exit") {
        fails = section.rest != "0";
      }
    }
    EXPECT_EQ(base::BaseName(path_).starts_with("fail_"), fails)
        << path_ << ": a case is named fail_… if and only if its last command "
        << "fails";
  }

  std::string path_;
  MakeWorld make_world_;
  bool update_;
};

}  // namespace

int RunAllCases(int argc, char** argv, std::string_view folder,
                MakeWorld make_world) {
  bool update = false;
  for (int at = 1; at < argc; ++at) {
    update |= std::strcmp(argv[at], "--update") == 0;
  }
  testing::InitGoogleTest(&argc, argv);
  base::RealFileSystem fs;
  auto names = fs.ListTree(folder);
  if (!names) {
    std::fprintf(stderr, "%s\n", names.error().message.c_str());
    return 1;
  }
  for (const std::string& name : *names) {
    if (!name.ends_with(".case")) {
      continue;
    }
    // "check/page/fail_missing.case" → suite "check/page", test "fail_missing".
    const std::string suite(base::DirectoryOf(name));
    const std::string test(base::BaseName(base::WithoutExtension(name)));
    testing::RegisterTest(suite.c_str(), test.c_str(), nullptr, nullptr,
                          __FILE__, __LINE__,
                          [path = base::JoinPath(folder, name), make_world,
                           update]() -> testing::Test* {
                            return new CaseTest(path, make_world, update);
                          });
  }
  return RUN_ALL_TESTS();
}

}  // namespace fcc::golden
