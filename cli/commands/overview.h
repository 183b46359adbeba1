// SPDX-License-Identifier: Apache-2.0
//
// `fcc`, `fcc --help` and `fcc --version`.

#ifndef FCC_CLI_COMMANDS_OVERVIEW_H_
#define FCC_CLI_COMMANDS_OVERVIEW_H_

#include <span>
#include <string>
#include <string_view>

#include "cli/tool_env/tool_env.h"

namespace fcc::commands {

// "fcc 0.1.0".
std::string_view VersionLine();

// `words`: flags that stood before any command. Without any, usage goes to
// standard error and the exit code is 2; with --help to standard output.
int RunOverview(tool_env::ToolEnv& env, std::span<const std::string> words);

}  // namespace fcc::commands

#endif  // FCC_CLI_COMMANDS_OVERVIEW_H_
