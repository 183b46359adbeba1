// SPDX-License-Identifier: Apache-2.0

#include "cli/tool_env/processes.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

namespace fcc::tool_env {
namespace {

base::Result<ProcessResult> Shell(std::string script, std::string input = "",
                                  int timeout_ms = 10000) {
  RealProcesses processes("/nowhere/fcc");
  return processes.Run({.program = "sh",
                        .arguments = {"-c", std::move(script)},
                        .directory = "/",
                        .input = std::move(input),
                        .timeout_ms = timeout_ms});
}

TEST(RealProcesses, KeepsBothOutputsAndTheCode) {
  const auto result = Shell("echo out; echo err >&2; pwd; exit 7");
  ASSERT_TRUE(result.ok()) << result.error().message;
  EXPECT_EQ(result->exit_code, 7);
  EXPECT_EQ(result->out, "out\n/\n");
  EXPECT_EQ(result->err, "err\n");
}

TEST(RealProcesses, FeedsInputLargerThanAPipe) {
  // As the real world sets it for every command.
  signal(SIGPIPE, SIG_IGN);
  const std::string input(300000, 'x');
  const auto result = Shell("cat", input);
  ASSERT_TRUE(result.ok());
  EXPECT_EQ(result->out, input);
  // A child that reads nothing does not end us.
  EXPECT_TRUE(Shell("exit 0", input).ok());
}

TEST(RealProcesses, EndsWhatTakesTooLong) {
  const auto result = Shell("sleep 20", "", 50);
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().kind, base::ErrorKind::kTimeout);
}

TEST(RealProcesses, TellsASignalAndAMissingProgram) {
  EXPECT_EQ(Shell("kill -KILL $$")->exit_code, 128 + 9);
  RealProcesses processes("/nowhere/fcc");
  const auto missing = processes.Run({.program = "no-such-program-here"});
  ASSERT_FALSE(missing.ok());
  EXPECT_EQ(missing.error().kind, base::ErrorKind::kNotFound);
  EXPECT_EQ(processes.FindHelper("fcc-net").error().kind,
            base::ErrorKind::kNotFound);
}

base::Result<ConfinedEnd> Confined(const std::function<int()>& work,
                                   uint64_t memory_bytes = 0) {
  return RealProcesses("/nowhere/fcc")
      .RunConfined({.memory_bytes = memory_bytes}, work);
}

TEST(ConfinedProcess, ReturnsTheCode) {
  int touched = 0;
  const auto end = Confined([&touched] {
    touched = 1;
    return 7;
  });
  ASSERT_TRUE(end.ok());
  EXPECT_EQ(end->exit_code, 7);
  EXPECT_EQ(end->signal, 0);
  EXPECT_EQ(touched, 0);
}

TEST(ConfinedProcess, TellsWhatEndedIt) {
  const auto end = Confined([] { return raise(SIGKILL); });
  ASSERT_TRUE(end.ok());
  EXPECT_EQ(end->signal, SIGKILL);
}

TEST(ConfinedProcess, StartsNoProgramAndReachesNoNetwork) {
  const auto end = Confined([] {
    if (socket(AF_INET, SOCK_STREAM, 0) >= 0 || errno != EPERM) {
      return 1;
    }
    execl("/bin/true", "true", nullptr);
    return errno == EPERM ? 0 : 2;
  });
  ASSERT_TRUE(end.ok());
  EXPECT_EQ(end->exit_code, 0);
}

}  // namespace
}  // namespace fcc::tool_env
