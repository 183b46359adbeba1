// SPDX-License-Identifier: Apache-2.0
//
// `fcc publish`: checks and builds here, then goes on as the helper that speaks
// to the platform.

#include "cli/commands/command.h"
#include "cli/commands/project_build.h"
#include "cli/commands/show_diagnostics.h"
#include "cli/publish/built_app.h"
#include "cli/publish/publish_command.h"
#include "compiler/driver/build_session.h"

namespace fcc::commands {

const CommandSpec kPublishSpec = publish::kPublishSpec;

// Builds the project into --out. Nothing is published of a project with errors.
static int Build(ToolEnv& env, const Arguments& arguments,
                 const std::string& out) {
  StyleTools style_tools(env);
  driver::BuildOptions options =
      OptionsOfBuild(env, arguments.Positional(0, "."), style_tools);
  options.mode = ModeOf(arguments.Get("mode"));
  // What is released is made of its sources alone.
  options.cache_dir.clear();
  options.excluded = {out};
  driver::BuildSession session(env.fs, options);
  const driver::BuildResult result = session.Build();
  ShowProblems(env, result.diagnostics, session.sources(), result.root);
  if (!result.ok) {
    return tool_env::kExitProblems;
  }
  const base::Status written = session.WriteOutput(result, out);
  return written ? static_cast<int>(tool_env::kExitOk)
                 : env.Fail(written.error());
}

int RunPublish(ToolEnv& env, const Arguments& arguments) {
  std::vector<std::string> words = {"publish"};
  words.insert(words.end(), arguments.words().begin(), arguments.words().end());
  const std::string project = env.Resolve(arguments.Positional(0, "."));
  if (!arguments.Has("status") && !publish::IsBuiltApp(env.fs, project)) {
    // A relative --out counts from the project, so that `fcc publish shop` and
    // `cd shop && fcc publish` are the same.
    const std::string out = base::JoinPath(project, arguments.Get("out"));
    if (const int code = Build(env, arguments, out);
        code != tool_env::kExitOk) {
      return code;
    }
    words.push_back("--built=" + out);
  }
  const base::Result<int> code = env.processes.RunHelper("fcc-net", words);
  return code ? *code : env.Fail(code.error());
}

}  // namespace fcc::commands
