// SPDX-License-Identifier: Apache-2.0
//
// How a command registers. One row in commands.def, one file
// cli/commands/<name>.cpp with the two definitions that the row declares:
//
//   const CommandSpec kBuildSpec = {.name = "build", …};
//   int RunBuild(ToolEnv& env, const Arguments& arguments) {
//     BuildOptions options;                      // filled from arguments,
//     options.out = arguments.Get("out");        // one call into a library,
//     …                                          // rendering
//   }
//
// Help, completions, did-you-mean and the settings file come from the row and
// the spec.

#ifndef FCC_CLI_COMMANDS_COMMAND_H_
#define FCC_CLI_COMMANDS_COMMAND_H_

#include <span>
#include <string>

#include "cli/tool_env/command_line.h"
#include "cli/tool_env/tool_env.h"

namespace fcc::commands {

using tool_env::Arguments;
using tool_env::CommandSpec;
using tool_env::Example;
using tool_env::Flag;
using tool_env::FlagKind;
using tool_env::FlagUse;
using tool_env::Positional;
using tool_env::PositionalUse;
using tool_env::Text;
using tool_env::ToolEnv;

// The headings under which `fcc --help` lists commands, in this order.
enum class Group { kProject, kPackage, kRelease, kFile, kTool };

struct Command {
  Group group;
  const CommandSpec* spec;
  int (*run)(ToolEnv& env, const Arguments& arguments);
};

// In the order of commands.def.
std::span<const Command> AllCommands();
// Null when there is none of that name.
const Command* FindCommand(std::string_view name);

// The whole program after main: `words` are the arguments without the
// program's name. Returns the exit code.
int RunTool(ToolEnv& env, std::span<const std::string> words);

#define FCC_COMMAND(symbol, group)                    \
  extern const tool_env::CommandSpec k##symbol##Spec; \
  int Run##symbol(tool_env::ToolEnv& env, const tool_env::Arguments& arguments);
#include "cli/commands/commands.def"
#undef FCC_COMMAND

}  // namespace fcc::commands

#endif  // FCC_CLI_COMMANDS_COMMAND_H_
