// SPDX-License-Identifier: Apache-2.0
//
// `fcc config COMMAND`: the settings that would count, and where each comes
// from; `fcc config --schema`: the JSON Schema of the settings file.

#include "cli/commands/command.h"
#include "cli/commands/settings_schema.h"
#include "cli/tool_env/settings_file.h"
#include "runtime/base/unicode.h"

namespace fcc::commands {

static constexpr Positional kPositionals[] = {
    {"COMMAND",
     {"whose settings; all commands' by default",
      "查看哪个命令的设置，默认为全部命令"}},
};

static constexpr Flag kFlags[] = {
    {.name = "schema",
     .help = {"print the JSON Schema of fcc.config.json",
              "输出 fcc.config.json 的 JSON Schema"}},
};

const CommandSpec kConfigSpec = {
    .name = "config",
    .summary = {"show the settings that count, and where they come from",
                "显示生效的设置及其来源"},
    .details = {"A setting is the first of: the flag, the variable FCC_<NAME>, "
                "fcc.config.json (the nearest above the project), "
                "project.config.json, the default.",
                "设置按以下顺序取第一个：命令行参数、环境变量 FCC_<名称>、"
                "fcc.config.json（项目目录向上最近的一个）、"
                "project.config.json、默认值。"},
    .positionals = kPositionals,
    .flags = kFlags,
};

static std::string_view OriginName(const ToolEnv& env,
                                   tool_env::Origin origin) {
  switch (origin) {
    case tool_env::Origin::kFallback:
      return env.Say({"default", "默认值"});
    case tool_env::Origin::kProjectConfig:
      return "project.config.json";
    case tool_env::Origin::kConfigFile:
      return "fcc.config.json";
    case tool_env::Origin::kEnvironment:
      return env.Say({"environment", "环境变量"});
    case tool_env::Origin::kFlag:
      return env.Say({"flag", "命令行"});
  }
  FCC_CHECK(false);
}

static std::string ValueOf(const Arguments& arguments, const Flag& flag) {
  if (flag.kind == FlagKind::kSwitch) {
    return arguments.Has(flag.name) ? "true" : "false";
  }
  if (flag.kind == FlagKind::kNumber) {
    const auto number = arguments.Number(flag.name);
    return number ? base::format("{}", *number) : "";
  }
  if (flag.use == FlagUse::kRepeated) {
    return base::format("{}", fmt::join(arguments.GetAll(flag.name), ", "));
  }
  return arguments.Get(flag.name);
}

static void ShowSettings(ToolEnv& env, const Arguments& arguments) {
  env.out.Print("{}\n", env.out.Bold(arguments.spec().name));
  for (const Flag& flag : arguments.spec().flags) {
    if (flag.use == FlagUse::kHidden) {
      continue;
    }
    const std::string value = ValueOf(arguments, flag);
    const std::string shown = value.empty() ? "—" : value;
    const int blanks = std::max(1, 28 - base::TerminalWidth(shown));
    env.out.Print("  {:<14} {}{:{}}{}\n", flag.name, shown, "", blanks,
                  env.out.Dim(OriginName(env, arguments.OriginOf(flag.name))));
  }
}

int RunConfig(ToolEnv& env, const Arguments& arguments) {
  if (arguments.Has("schema")) {
    env.out.Write(SettingsSchema(env.language));
    return tool_env::kExitOk;
  }
  const std::string name = arguments.Positional(0);
  if (!name.empty() && FindCommand(name) == nullptr) {
    return env.FailUsage(
        env.Format({"there is no command `{}`", "没有命令 `{}`"}, name));
  }
  const std::string file = tool_env::FindSettingsFile(env.fs, env.cwd);
  if (!file.empty()) {
    env.out.Print("{}\n", env.Show(file));
  }
  for (const Command& command : AllCommands()) {
    if (!name.empty() && command.spec->name != name) {
      continue;
    }
    if (command.spec->flags.empty()) {
      continue;
    }
    const auto settings = tool_env::ReadSettings(env, *command.spec);
    if (!settings) {
      return env.FailUsage(settings.error().message);
    }
    ShowSettings(env, *settings);
  }
  return tool_env::kExitOk;
}

}  // namespace fcc::commands
