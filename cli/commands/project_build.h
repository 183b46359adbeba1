// SPDX-License-Identifier: Apache-2.0
//
// What every command that builds a project shares of driver::BuildOptions.

#ifndef FCC_CLI_COMMANDS_PROJECT_BUILD_H_
#define FCC_CLI_COMMANDS_PROJECT_BUILD_H_

#include <string>
#include <string_view>

#include "cli/commands/style_tools.h"
#include "compiler/driver/build_session.h"

namespace fcc::commands {

// The project at `folder` as the user wrote it, on as many threads as the
// command may use, with the cache and with `tools`, which must outlive the
// session.
driver::BuildOptions OptionsOfBuild(const tool_env::ToolEnv& env,
                                    std::string_view folder, StyleTools& tools);

// Of the choice `development|production`.
driver::Mode ModeOf(std::string_view choice);

}  // namespace fcc::commands

#endif  // FCC_CLI_COMMANDS_PROJECT_BUILD_H_
