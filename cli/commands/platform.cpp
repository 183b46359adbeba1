// SPDX-License-Identifier: Apache-2.0
//
// `fcc platform`: goes on as the helper.

#include "cli/commands/command.h"
#include "cli/publish/publish_command.h"

namespace fcc::commands {

const CommandSpec kPlatformSpec = publish::kPlatformSpec;

int RunPlatform(ToolEnv& env, const Arguments& arguments) {
  std::vector<std::string> words = {"platform"};
  words.insert(words.end(), arguments.words().begin(), arguments.words().end());
  const base::Result<int> code = env.processes.RunHelper("fcc-net", words);
  return code ? *code : env.Fail(code.error());
}

}  // namespace fcc::commands
