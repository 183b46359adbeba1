// SPDX-License-Identifier: Apache-2.0

#include "cli/commands/style_tools.h"

#include <utility>

#include "runtime/base/file_system.h"

namespace fcc::commands {

// Beside the running program, or where an installation puts helpers.
static std::string PathOfHelper(tool_env::ToolEnv& env,
                                const std::string& name) {
  const std::string folder(base::DirectoryOf(env.self_path));
  const std::string installed =
      base::JoinPath(folder, "../libexec/fcc/" + name);
  return env.fs.IsFile(installed) ? installed : base::JoinPath(folder, name);
}

base::Result<ftss::ToolRunner::Output> StyleTools::Run(const Request& request) {
  tool_env::ProcessRequest process;
  process.program = request.program.starts_with("fcc-")
                        ? PathOfHelper(env_, request.program)
                        : request.program;
  process.arguments = request.arguments;
  process.input = request.input;
  process.timeout_ms = request.timeout_ms;
  FCC_TRY_ASSIGN(tool_env::ProcessResult result, env_.processes.Run(process));
  return Output{result.exit_code, std::move(result.out), std::move(result.err)};
}

}  // namespace fcc::commands
