// SPDX-License-Identifier: Apache-2.0
//
// Child programs: helpers of ours (fcc-net, fcc-sass), git, the project's own
// sass. A seam, so that a test decides what a child answers.

#ifndef FCC_CLI_TOOL_ENV_PROCESSES_H_
#define FCC_CLI_TOOL_ENV_PROCESSES_H_

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/result.h"

namespace fcc::tool_env {

struct ProcessRequest {
  // With a slash a path, else looked up in PATH.
  std::string program;
  std::vector<std::string> arguments = {};
  // Empty: the parent's.
  std::string directory = {};
  std::string input = {};
  // Milliseconds, after which the child is killed; 0 for no limit.
  int timeout_ms = 0;
};

struct ProcessResult {
  // 128 + the signal's number where one ended it.
  int exit_code = 0;
  std::string out = {};
  std::string err = {};
};

// What work that runs an app's code may use of the machine. The app's own
// limits are the script heap's; these hold when a bug of ours lets something
// past them.
struct Confinement {
  // Address space; 0 for no limit.
  uint64_t memory_bytes = 0;
};

struct ConfinedEnd {
  // What `work` returned.
  int exit_code = 0;
  // The signal that ended it before it could return; 0 for none.
  int signal = 0;
};

class Processes {
 public:
  virtual ~Processes() = default;
  // Calls `work` in a child of this process that can start no program and reach
  // no network. What the child changes in memory is lost. In a test `work` is
  // called in this process.
  virtual base::Result<ConfinedEnd> RunConfined(
      const Confinement& confinement, const std::function<int()>& work);
  // Runs to the end with the output captured. kNotFound when there is no such
  // program, kTimeout when it was killed for its time.
  virtual base::Result<ProcessResult> Run(const ProcessRequest& request) = 0;
  // Goes on as a helper of ours (`fcc-net`), with our own input, outputs and
  // process id; so it comes last in a command. Returns its exit code in a test;
  // in a real process only a failure to start it is ever returned. Helpers
  // stand beside the running program or in ../libexec/fcc.
  virtual base::Result<int> RunHelper(
      std::string_view helper, const std::vector<std::string>& arguments) = 0;
  // The path of a helper; kNotFound when it is not installed.
  virtual base::Result<std::string> FindHelper(std::string_view helper) = 0;
};

class RealProcesses : public Processes {
 public:
  // `self_path`: the running program.
  explicit RealProcesses(std::string self_path)
      : self_path_(std::move(self_path)) {}
  base::Result<ProcessResult> Run(const ProcessRequest& request) override;
  base::Result<ConfinedEnd> RunConfined(
      const Confinement& confinement,
      const std::function<int()>& work) override;
  base::Result<int> RunHelper(
      std::string_view helper,
      const std::vector<std::string>& arguments) override;
  base::Result<std::string> FindHelper(std::string_view helper) override;

 private:
  std::string self_path_;
};

}  // namespace fcc::tool_env

#endif  // FCC_CLI_TOOL_ENV_PROCESSES_H_
