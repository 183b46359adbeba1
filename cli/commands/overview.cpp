// SPDX-License-Identifier: Apache-2.0

#include "cli/commands/overview.h"

#include "cli/commands/command.h"

namespace fcc::commands {

static constexpr CommandSpec kOverviewSpec = {
    .name = "help",
    .summary = {"compile, check, run and publish mini programs",
                "编译、检查、运行并发布小程序"},
};

std::string_view VersionLine() {
  return "fcc " FCC_VERSION;
}

static std::string_view HeadingOf(const ToolEnv& env, Group group) {
  switch (group) {
    case Group::kProject:
      return env.Say({"Your project", "项目"});
    case Group::kPackage:
      return env.Say({"Packages", "代码包"});
    case Group::kRelease:
      return env.Say({"Release", "发布"});
    case Group::kFile:
      return env.Say({"Single files", "单个文件"});
    case Group::kTool:
      return env.Say({"The tool", "工具"});
  }
  FCC_CHECK(false);
}

static void AppendCommands(const ToolEnv& env, int width, std::string& out) {
  for (Group group : {Group::kProject, Group::kPackage, Group::kRelease,
                      Group::kFile, Group::kTool}) {
    std::vector<tool_env::HelpRow> rows;
    for (const Command& command : AllCommands()) {
      if (command.group == group) {
        std::string left(command.spec->name);
        for (const Positional& positional : command.spec->positionals) {
          left += base::format(" {}", positional.name);
        }
        // One column for all groups.
        left.resize(std::max<size_t>(left.size(), 18), ' ');
        rows.push_back({left, std::string(env.Say(command.spec->summary))});
      }
    }
    if (!rows.empty()) {
      out += base::format("\n{}\n", HeadingOf(env, group));
      tool_env::AppendHelpRows(rows, width, out);
    }
  }
}

static std::string Overview(const ToolEnv& env, int width) {
  width = std::min(width, 100);
  std::string out = base::format(
      "{} — {}\n\n{}\n  fcc {}\n", VersionLine(),
      env.Say(kOverviewSpec.summary), env.Say({"Usage", "用法"}),
      env.Say({"COMMAND [arguments] [flags]", "命令 [参数] [选项]"}));
  AppendCommands(env, width, out);
  out += base::format("\n{}\n", env.Say({"Common flags", "通用选项"}));
  tool_env::AppendHelpRows(
      tool_env::HelpRowsOf(tool_env::CommonFlags(), env.language), width, out);
  out += base::format("\n{}\n", env.Say({"Exit codes", "退出码"}));
  out +=
      env.Say({"  0 clean; 1 problems in the project; 2 wrong usage; 3 files, "
               "network or\n  platform; 70 a bug of fcc\n",
               "  0 正常；1 项目有问题；2 用法错误；3 文件、网络或平台问题；"
               "70 fcc 自身缺陷\n"});
  out += env.Say({"\n`fcc COMMAND --help` tells all about one command.\n",
                  "\n运行 `fcc 命令 --help` 查看某个命令的详细用法。\n"});
  return out;
}

int RunOverview(ToolEnv& env, std::span<const std::string> words) {
  auto parsed = tool_env::ParseCommandLine(env, kOverviewSpec, words);
  if (!parsed) {
    return env.FailUsage(parsed.error().message);
  }
  const bool asked = parsed->help || words.empty() == false;
  tool_env::ApplyCommonFlags(env, parsed->arguments);
  if (!asked) {
    env.err.Write(Overview(env, env.err.width));
    return tool_env::kExitUsage;
  }
  env.out.Write(Overview(env, env.out.width));
  return tool_env::kExitOk;
}

}  // namespace fcc::commands
