// SPDX-License-Identifier: Apache-2.0

#include "cli/tool_env/file_watcher.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <string>

#include "runtime/base/file_system.h"

namespace fcc::tool_env {
namespace {

using testing::Contains;
using testing::ElementsAre;

class FileWatcherTest : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(files_.MakeDirectories(root_ + "/pages/中文").ok());
    ASSERT_TRUE(files_.MakeDirectories(root_ + "/node_modules/x").ok());
    ASSERT_TRUE(files_.MakeDirectories(root_ + "/dist").ok());
    ASSERT_TRUE(watcher_.Watch(root_, {root_ + "/dist"}).ok());
  }
  void TearDown() override { static_cast<void>(files_.RemoveAll(root_)); }

  void Write(const std::string& path) {
    ASSERT_TRUE(files_.WriteFile(root_ + "/" + path, "x").ok());
  }

  base::RealFileSystem files_;
  const std::string root_ =
      testing::TempDir() + "fcc-watch-" + std::to_string(getpid());
  RealFileWatcher watcher_;
};

TEST_F(FileWatcherTest, TellsWhatWasWrittenMovedAndRemoved) {
  Write("pages/中文/a.js");
  EXPECT_THAT(watcher_.Wait().value(), Contains(root_ + "/pages/中文/a.js"));
  ASSERT_TRUE(files_.Rename(root_ + "/pages/中文/a.js", root_ + "/b.js").ok());
  EXPECT_THAT(watcher_.Wait().value(),
              ElementsAre(root_ + "/b.js", root_ + "/pages/中文/a.js"));
  ASSERT_TRUE(files_.RemoveAll(root_ + "/b.js").ok());
  EXPECT_THAT(watcher_.Wait().value(), ElementsAre(root_ + "/b.js"));
}

TEST_F(FileWatcherTest, FollowsNewFolders) {
  ASSERT_TRUE(files_.MakeDirectories(root_ + "/new/deep").ok());
  EXPECT_THAT(watcher_.Wait().value(), Contains(root_ + "/new"));
  Write("new/deep/a.js");
  EXPECT_THAT(watcher_.Wait().value(), Contains(root_ + "/new/deep/a.js"));
}

TEST_F(FileWatcherTest, LeavesOutWhatNoBuildReads) {
  Write("node_modules/x/a.js");
  Write("dist/a.js");
  ASSERT_TRUE(files_.MakeDirectories(root_ + "/dist.fcc-new").ok());
  Write(".cache");
  Write("seen.js");
  // The file, and the one beside it that it was written to first.
  const std::vector<std::string> changed = watcher_.Wait().value();
  EXPECT_THAT(changed, Contains(root_ + "/seen.js"));
  for (const std::string& path : changed) {
    EXPECT_TRUE(path.starts_with(root_ + "/seen.js")) << path;
  }
}

}  // namespace
}  // namespace fcc::tool_env
