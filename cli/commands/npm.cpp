// SPDX-License-Identifier: Apache-2.0
//
// `fcc npm [DIR]`: miniprogram_npm from node_modules, as the IDEs' "build npm"
// makes it. A build does not need it: it takes installed packages as they are.
// Other tools do.

#include "compiler/project/npm.h"

#include "cli/commands/command.h"
#include "runtime/base/counted.h"

namespace fcc::commands {

static constexpr Positional kPositionals[] = {
    {"DIR",
     {"project folder; the current folder by default",
      "项目目录；默认当前目录"},
     PositionalUse::kOptional},
};

static constexpr Example kExamples[] = {
    {"fcc npm", {}},
};

const CommandSpec kNpmSpec = {
    .name = "npm",
    .summary = {"lay installed npm packages down in miniprogram_npm",
                "将已安装的 npm 包构建到 miniprogram_npm"},
    .details =
        {"Takes the `dependencies` of package.json and what they depend "
         "on from node_modules: of a package made for mini programs the "
         "folder that it names, of any other its files. fcc itself does "
         "not need the result, it reads node_modules; FinClip's and "
         "WeChat's tools do.",
         "读取 package.json 的 `dependencies` 及其依赖，从 node_modules "
         "复制：小程序包取其声明的目录，其他包取全部文件。fcc 自身直接读取 "
         "node_modules，不需要该结果；FinClip 与微信的工具需要。"},
    .positionals = kPositionals,
    .examples = kExamples,
};

int RunNpm(ToolEnv& env, const Arguments& arguments) {
  const std::string dir = env.Resolve(arguments.Positional(0, "."));
  base::Result<project::NpmLayout> layout = project::LayOutNpm(env.fs, dir);
  if (!layout) {
    return env.Fail(layout.error());
  }
  if (base::Status written = project::WriteNpm(env.fs, *layout); !written) {
    return env.Fail(written.error());
  }
  for (const std::string& name : layout->missing) {
    env.PrintError(env.Format(
        {"`{}` is in package.json but not installed: run `npm install`",
         "package.json 中的 `{}` 尚未安装：请先运行 `npm install`"},
        name));
  }
  if (!env.quiet) {
    const size_t packages = layout->packages.size();
    const size_t files = layout->files.size();
    env.err.Print("{}\n", env.Format({"{3}, {4} in {2}",
                                      "{0} 个包、{1} 个文件，位于 {2}"},
                                     packages, files, env.Show(layout->folder),
                                     base::Counted(packages, "package"),
                                     base::Counted(files, "file")));
  }
  return layout->missing.empty() ? tool_env::kExitOk : tool_env::kExitProblems;
}

}  // namespace fcc::commands
