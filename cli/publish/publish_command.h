// SPDX-License-Identifier: Apache-2.0
//
// `fcc publish` and `fcc platform` as the helper fcc-net runs them. `fcc`
// itself has only their tables: it checks and builds, then goes on as the
// helper, so that HTTP and SQLite stay out of the program that everything else
// runs in.

#ifndef FCC_CLI_PUBLISH_PUBLISH_COMMAND_H_
#define FCC_CLI_PUBLISH_PUBLISH_COMMAND_H_

#include <functional>
#include <span>
#include <string>

#include "cli/tool_env/command_line.h"
#include "cli/tool_env/tool_env.h"
#include "simulator/net/http.h"

namespace fcc::publish {

extern const tool_env::CommandSpec kPublishSpec;
extern const tool_env::CommandSpec kPlatformSpec;

// What the network is to the helper; a test has its own.
struct NetWorld {
  net::HttpTransport& transport;
  std::function<void(int ms)> sleep;
};

// Publishes what --built names, or DIR where it is the output of a build.
int RunPublishStep(tool_env::ToolEnv& env, const tool_env::Arguments& arguments,
                   const NetWorld& world);

// Serves until the process is told to end.
int RunPlatformServer(tool_env::ToolEnv& env,
                      const tool_env::Arguments& arguments);

// The secret of FCC_TOKEN, or of the file that --token-file names; empty when
// there is neither.
base::Result<std::string> ReadToken(const tool_env::ToolEnv& env,
                                    const tool_env::Arguments& arguments);

}  // namespace fcc::publish

#endif  // FCC_CLI_PUBLISH_PUBLISH_COMMAND_H_
