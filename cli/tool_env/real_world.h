// SPDX-License-Identifier: Apache-2.0
//
// The real ToolEnv of a process: its files, clock, children, terminals and
// environment. Only a program's main makes one.

#ifndef FCC_CLI_TOOL_ENV_REAL_WORLD_H_
#define FCC_CLI_TOOL_ENV_REAL_WORLD_H_

#include "cli/tool_env/tool_env.h"

namespace fcc::tool_env {

class RealWorld {
 public:
  // Also sets what the process does on signals: a failed FCC_CHECK ends it with
  // kExitBug, a closed pipe is seen by the writer only.
  RealWorld();
  RealWorld(const RealWorld&) = delete;
  RealWorld& operator=(const RealWorld&) = delete;

 private:
  std::string self_path_;
  base::RealFileSystem fs_;
  base::SystemClock clock_;
  RealProcesses processes_;
  FileTerminal out_;
  FileTerminal err_;
  RealFileWatcher watcher_;

 public:
  ToolEnv env;
};

}  // namespace fcc::tool_env

#endif  // FCC_CLI_TOOL_ENV_REAL_WORLD_H_
