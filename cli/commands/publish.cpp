// SPDX-License-Identifier: Apache-2.0
//
// `fcc publish`: checks and builds here, then goes on as the helper that speaks
// to the platform.

#include "cli/commands/command.h"
#include "cli/publish/built_app.h"
#include "cli/publish/publish_command.h"

namespace fcc::commands {

const CommandSpec kPublishSpec = publish::kPublishSpec;

int RunPublish(ToolEnv& env, const Arguments& arguments) {
  std::vector<std::string> words = {"publish"};
  words.insert(words.end(), arguments.words().begin(), arguments.words().end());
  const base::Result<int> code = env.processes.RunHelper("fcc-net", words);
  return code ? *code : env.Fail(code.error());
}

}  // namespace fcc::commands
