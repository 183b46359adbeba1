// SPDX-License-Identifier: Apache-2.0
//
// `fcc npm [DIR]`: miniprogram_npm from node_modules, as the IDEs' "build npm"
// makes it. A build does not need it: it takes installed packages as they are.
// Other tools do.

#include "cli/commands/command.h"
#include "cli/commands/show_diagnostics.h"
#include "compiler/graph/npm_layout.h"
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
         "folder that it names, of any other the scripts that its main file "
         "and the project's own imports lead to. `packNpmRelationList` of "
         "project.config.json is respected. What a package imports and "
         "cannot have is told. fcc itself does not need the result, it reads "
         "node_modules; FinClip's and WeChat's tools do.",
         "读取 package.json 的 `dependencies` 及其依赖，从 node_modules "
         "复制：小程序包取其声明的目录，其他包取其入口及项目引用所涉及的脚本；"
         "遵循 project.config.json 的 "
         "`packNpmRelationList`，并提示无法满足的引用。fcc 自身直接读取 "
         "node_modules，不需要该结果；FinClip 与微信的工具需要。"},
    .positionals = kPositionals,
    .examples = kExamples,
};

int RunNpm(ToolEnv& env, const Arguments& arguments) {
  const std::string dir = env.Resolve(arguments.Positional(0, "."));
  source::SourceSet sources;
  diagnostics::Sink sink;
  base::Result<std::vector<graph::NpmLayout>> layouts =
      graph::LayOutNpm(env.fs, dir, sources, sink);
  if (!layouts) {
    return env.Fail(layouts.error());
  }
  ShowProblems(env, sink.diagnostics(), sources);
  bool complete = !sink.has_errors();
  for (const graph::NpmLayout& layout : *layouts) {
    if (base::Status written = graph::WriteNpm(env.fs, layout); !written) {
      return env.Fail(written.error());
    }
    for (const std::string& name : layout.missing) {
      complete = false;
      env.PrintError(env.Format(
          {"`{}` is in package.json but not installed: run `npm install`",
           "package.json 中的 `{}` 尚未安装：请先运行 `npm install`"},
          name));
    }
    if (!env.quiet) {
      const size_t packages = layout.packages.size();
      const size_t files = layout.files.size() + layout.generated.size();
      env.err.Print("{}\n", env.Format({"{3}, {4} in {2}",
                                        "{0} 个包、{1} 个文件，位于 {2}"},
                                       packages, files, env.Show(layout.folder),
                                       base::Counted(packages, "package"),
                                       base::Counted(files, "file")));
    }
  }
  return complete ? tool_env::kExitOk : tool_env::kExitProblems;
}

}  // namespace fcc::commands
