// SPDX-License-Identifier: Apache-2.0
//
// `--watch` of the commands that have it.

#include "cli/commands/watch_loop.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/commands/command.h"

namespace fcc::commands {
namespace {

using testing::HasSubstr;
using testing::Not;

// Edits one file each time it is asked, then gives up.
class Editor : public tool_env::FileWatcher {
 public:
  explicit Editor(base::FileSystem& fs) : fs_(fs) {}

  base::Status Watch(const std::string& root,
                     const std::vector<std::string>& excluded) override {
    watched = root;
    left_out = excluded;
    return {};
  }
  base::Result<std::vector<std::string>> Wait() override {
    if (next_ == edits.size()) {
      return base::Error{base::ErrorKind::kLimit, "no more"};
    }
    const auto& [path, text] = edits[next_++];
    FCC_TRY(fs_.WriteFile(path, text));
    return std::vector<std::string>{path};
  }

  std::vector<std::pair<std::string, std::string>> edits;
  std::string watched;
  std::vector<std::string> left_out;

 private:
  base::FileSystem& fs_;
  size_t next_ = 0;
};

class NoProcesses : public tool_env::Processes {
 public:
  base::Result<tool_env::ProcessResult> Run(
      const tool_env::ProcessRequest&) override {
    return base::Error{base::ErrorKind::kNotFound, "none"};
  }
  base::Result<int> RunHelper(std::string_view,
                              const std::vector<std::string>&) override {
    return base::Error{base::ErrorKind::kNotFound, "none"};
  }
  base::Result<std::string> FindHelper(std::string_view) override {
    return base::Error{base::ErrorKind::kNotFound, "none"};
  }
};

class WatchTest : public testing::Test {
 protected:
  int Run(const std::vector<std::string>& words) {
    return RunTool(env_, words);
  }

  base::MemoryFileSystem fs_{{
      {"/p/app.json", R"({"pages": ["pages/a/a"]})"},
      {"/p/app.js", "App({})"},
      {"/p/pages/a/a.js", "Page({})"},
      {"/p/pages/a/a.wxml", "<view/>"},
  }};
  base::VirtualClock clock_{0};
  NoProcesses processes_;
  tool_env::StringTerminal out_;
  tool_env::StringTerminal err_;
  Editor editor_{fs_};
  tool_env::ToolEnv env_{.fs = fs_,
                         .clock = clock_,
                         .processes = processes_,
                         .out = out_,
                         .err = err_,
                         .cwd = "/p",
                         .watcher = &editor_};
};

TEST_F(WatchTest, ChecksAgainAfterEveryChange) {
  editor_.edits = {{"/p/pages/a/a.wxml", "<view bindtap=\"gone\"/>"},
                   {"/p/pages/a/a.js", "Page({gone() {}})"},
                   {"/p/app.json", "{"}};
  EXPECT_EQ(Run({"check", "--watch"}), tool_env::kExitWorld);
  EXPECT_EQ(editor_.watched, "/p");
  const std::string text = err_.text();
  // Clean, one warning, clean, an error.
  const size_t warned = text.find("CK2001");
  ASSERT_NE(warned, std::string::npos) << text;
  EXPECT_EQ(text.find("CK2001", warned + 1), std::string::npos) << text;
  EXPECT_GT(warned, text.find("waiting for changes"));
  EXPECT_THAT(text.substr(warned), HasSubstr("app.json:1:"));
  EXPECT_THAT(text, HasSubstr("no more"));
}

TEST_F(WatchTest, BuildsAgainAfterEveryChange) {
  editor_.edits = {{"/p/pages/a/a.js", "Page({"},
                   {"/p/pages/a/a.js", "Page({after: 1})"}};
  EXPECT_EQ(Run({"build", "--watch", "-o", "out"}), tool_env::kExitWorld);
  EXPECT_THAT(editor_.left_out, testing::ElementsAre("/p/out"));
  const auto script =
      fs_.ReadFile("/p/out/package/__APP__/__APP__.js", 1 << 20);
  ASSERT_TRUE(script.ok()) << err_.text();
  EXPECT_THAT(*script, HasSubstr("after"));
}

TEST_F(WatchTest, SaysWhereItCannot) {
  env_.watcher = nullptr;
  EXPECT_EQ(Run({"check", "--watch"}), tool_env::kExitUsage);
  EXPECT_THAT(err_.text(), HasSubstr("--watch"));
}

}  // namespace
}  // namespace fcc::commands
