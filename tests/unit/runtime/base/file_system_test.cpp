// SPDX-License-Identifier: Apache-2.0

#include "runtime/base/file_system.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>

namespace fcc::base {
namespace {

TEST(PathTest, Normalizes) {
  EXPECT_EQ(NormalizePath("a/./b//c/../d"), "a/b/d");
  EXPECT_EQ(NormalizePath("../a/../../b"), "../../b");
  EXPECT_EQ(NormalizePath("/../a/"), "/a");
  EXPECT_EQ(NormalizePath(""), ".");
  EXPECT_EQ(JoinPath("a/b", "../c"), "a/c");
  EXPECT_EQ(JoinPath("a", "/c"), "/c");
}

TEST(PathTest, TakesApart) {
  EXPECT_EQ(DirectoryOf("a/b.c"), "a");
  EXPECT_EQ(DirectoryOf("/a"), "/");
  EXPECT_EQ(DirectoryOf("a"), "");
  EXPECT_EQ(BaseName("a/b.c"), "b.c");
  EXPECT_EQ(ExtensionOf("a.b/c"), "");
  EXPECT_EQ(ExtensionOf(".hidden"), "");
  EXPECT_EQ(ExtensionOf("a/b.test.js"), ".js");
  EXPECT_EQ(WithoutExtension("a/b.js"), "a/b");
}

// Both file systems behave alike: every case runs on each.
class FileSystemTest : public testing::TestWithParam<bool> {
 protected:
  void SetUp() override {
    if (GetParam()) {
      char name[] = "/tmp/fcc-fs-XXXXXX";
      root_ = ::mkdtemp(name);
      fs_ = std::make_unique<RealFileSystem>();
    } else {
      root_ = "/root";
      fs_ = std::make_unique<MemoryFileSystem>();
      ASSERT_TRUE(fs_->MakeDirectories(root_));
    }
  }
  void TearDown() override {
    if (GetParam()) {
      std::filesystem::remove_all(root_);
    }
  }
  std::string At(std::string_view path) {
    return root_ + "/" + std::string(path);
  }

  std::string root_;
  std::unique_ptr<FileSystem> fs_;
};

TEST_P(FileSystemTest, WritesReadsAndLists) {
  ASSERT_TRUE(fs_->WriteFile(At("b/页面.js"), "1"));
  ASSERT_TRUE(fs_->WriteFile(At("a.js"), "22"));
  ASSERT_TRUE(fs_->WriteFile(At("a.js"), "333"));
  EXPECT_EQ(fs_->ReadFile(At("a.js")).value(), "333");
  EXPECT_EQ(fs_->Stat(At("a.js"))->size, 3u);
  EXPECT_TRUE(fs_->IsDirectory(At("b")));
  EXPECT_EQ(fs_->ListTree(root_).value(),
            (std::vector<std::string>{"a.js", "b/页面.js"}));
}

TEST_P(FileSystemTest, SaysWhatIsMissing) {
  Result<std::string> missing = fs_->ReadFile(At("none"));
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().kind, ErrorKind::kNotFound);
  EXPECT_NE(missing.error().message.find("none"), std::string::npos);
  EXPECT_FALSE(fs_->IsFile(At("none")));
}

TEST_P(FileSystemTest, KeepsReadsWithinTheLimit) {
  ASSERT_TRUE(fs_->WriteFile(At("big"), std::string(100, 'x')));
  EXPECT_EQ(fs_->ReadFile(At("big"), 99).error().kind, ErrorKind::kLimit);
  EXPECT_TRUE(fs_->ReadFile(At("big"), 100));
}

TEST_P(FileSystemTest, RenamesTreesAndRemovesThem) {
  ASSERT_TRUE(fs_->WriteFile(At("new/x/y"), "1"));
  ASSERT_TRUE(fs_->Rename(At("new"), At("out")));
  EXPECT_EQ(fs_->ReadFile(At("out/x/y")).value(), "1");
  EXPECT_FALSE(fs_->IsDirectory(At("new")));
  ASSERT_TRUE(fs_->RemoveAll(At("out")));
  EXPECT_FALSE(fs_->IsDirectory(At("out")));
  EXPECT_TRUE(fs_->RemoveAll(At("out")));
}

TEST_P(FileSystemTest, ExchangesTrees) {
  ASSERT_TRUE(fs_->WriteFile(At("new/x/y"), "1"));
  EXPECT_EQ(fs_->Exchange(At("new"), At("out")).error().kind,
            ErrorKind::kNotFound);
  EXPECT_TRUE(fs_->IsFile(At("new/x/y")));
  ASSERT_TRUE(fs_->WriteFile(At("out/z"), "2"));
  ASSERT_TRUE(fs_->Exchange(At("new"), At("out")));
  EXPECT_EQ(fs_->ReadFile(At("out/x/y")).value(), "1");
  EXPECT_EQ(fs_->ReadFile(At("new/z")).value(), "2");
  EXPECT_FALSE(fs_->IsFile(At("out/z")));
}

INSTANTIATE_TEST_SUITE_P(Each, FileSystemTest, testing::Bool(),
                         [](const auto& param) {
                           return param.param ? "Real" : "Memory";
                         });

TEST(MemoryFileSystemTest, FailsTheWayDisksDo) {
  MemoryFileSystem fs;
  ASSERT_TRUE(fs.WriteFile("a", "1"));
  fs.MakeUnreadable("a");
  EXPECT_EQ(fs.ReadFile("a", 10).error().kind, ErrorKind::kPermission);
  fs.LimitSpace(3);
  EXPECT_TRUE(fs.WriteFile("b", "12"));
  EXPECT_EQ(fs.WriteFile("c", "12").error().kind, ErrorKind::kNoSpace);
  EXPECT_FALSE(fs.IsFile("c"));
}

}  // namespace
}  // namespace fcc::base
