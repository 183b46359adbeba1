// SPDX-License-Identifier: Apache-2.0
//
// The JSON Schema of fcc.config.json, made from the tables of all commands.

#ifndef FCC_CLI_COMMANDS_SETTINGS_SCHEMA_H_
#define FCC_CLI_COMMANDS_SETTINGS_SCHEMA_H_

#include <string>

#include "cli/tool_env/tool_env.h"

namespace fcc::commands {

// Draft 2020-12, indented, with descriptions in that language.
std::string SettingsSchema(tool_env::Language language);

}  // namespace fcc::commands

#endif  // FCC_CLI_COMMANDS_SETTINGS_SCHEMA_H_
