// SPDX-License-Identifier: Apache-2.0
//
// The program after main: finds the command, reads its settings, runs it.

#include "cli/commands/command.h"
#include "cli/commands/overview.h"
#include "compiler/diagnostics/diagnostic.h"

namespace fcc::commands {

static constexpr Command kCommands[] = {
#define FCC_COMMAND(symbol, group) \
  {Group::k##group, &k##symbol##Spec, Run##symbol},
#include "cli/commands/commands.def"
#undef FCC_COMMAND
};

std::span<const Command> AllCommands() {
  return kCommands;
}

const Command* FindCommand(std::string_view name) {
  for (const Command& command : kCommands) {
    if (command.spec->name == name) {
      return &command;
    }
  }
  return nullptr;
}

static std::vector<std::string_view> CommandNames() {
  std::vector<std::string_view> names;
  for (const Command& command : kCommands) {
    names.push_back(command.spec->name);
  }
  return names;
}

static int FailUnknownCommand(ToolEnv& env, std::string_view name) {
  const std::string_view near = diagnostics::NearestWord(name, CommandNames());
  if (near.empty()) {
    env.PrintError(
        env.Format({"there is no command `{}`; `fcc --help` lists them",
                    "没有命令 `{}`；运行 `fcc --help` 查看全部命令"},
                   name));
  } else {
    env.PrintError(env.Format({"there is no command `{}`; did you mean `{}`?",
                               "没有命令 `{}`，是否想用 `{}`？"},
                              name, near));
  }
  return tool_env::kExitUsage;
}

int RunTool(ToolEnv& env, std::span<const std::string> words) {
  // `fcc --lang zh build` is as good as `fcc build --lang zh`.
  size_t at = 0;
  std::vector<std::string> rest;
  while (at < words.size() && words[at].starts_with("-") &&
         words[at] != "--version" && words[at] != "-V") {
    rest.push_back(words[at]);
    if ((words[at] == "--lang" || words[at] == "--color" ||
         words[at] == "--config" || words[at] == "--jobs" ||
         words[at] == "-j") &&
        at + 1 < words.size()) {
      rest.push_back(words[++at]);
    }
    ++at;
  }
  const bool is_help = at < words.size() && words[at] == "help";
  if (at < words.size() && (words[at] == "--version" || words[at] == "-V" ||
                            words[at] == "version")) {
    env.out.Print("{}\n", VersionLine());
    return tool_env::kExitOk;
  }
  if (is_help && at + 1 < words.size()) {
    rest.emplace_back("--help");
    ++at;
  }
  if (at == words.size() || words[at] == "help") {
    return RunOverview(env, rest);
  }
  const Command* command = FindCommand(words[at]);
  if (command == nullptr) {
    return FailUnknownCommand(env, words[at]);
  }
  rest.insert(rest.end(), words.begin() + static_cast<ptrdiff_t>(at) + 1,
              words.end());
  auto parsed =
      tool_env::ParseCommandLine(env, *command->spec, rest, CommandNames());
  if (!parsed) {
    env.PrintError(parsed.error().message);
    if (parsed.error().kind != base::ErrorKind::kUnsupported) {
      return parsed.error().kind == base::ErrorKind::kCorrupt
                 ? tool_env::kExitUsage
                 : tool_env::kExitWorld;
    }
    env.err.Write(env.Format({"`fcc {} --help` shows what it takes\n",
                              "运行 `fcc {} --help` 查看用法\n"},
                             command->spec->name));
    return tool_env::kExitUsage;
  }
  tool_env::ApplyCommonFlags(env, parsed->arguments);
  if (parsed->help) {
    env.out.Write(
        tool_env::HelpText(*command->spec, env.language, env.out.width));
    return tool_env::kExitOk;
  }
  return command->run(env, parsed->arguments);
}

}  // namespace fcc::commands
