// SPDX-License-Identifier: Apache-2.0
//
// `fcc completions SHELL`: a script for the shell, made from the tables of all
// commands.

#include "cli/commands/command.h"

namespace fcc::commands {

static constexpr Positional kPositionals[] = {
    {"SHELL",
     {"bash, zsh or fish", "bash、zsh 或 fish"},
     PositionalUse::kRequired},
};

static constexpr Example kExamples[] = {
    {"fcc completions bash > /etc/bash_completion.d/fcc", {}},
    {"fcc completions zsh > \"${fpath[1]}/_fcc\"", {}},
    {"fcc completions fish > ~/.config/fish/completions/fcc.fish", {}},
};

const CommandSpec kCompletionsSpec = {
    .name = "completions",
    .summary = {"print a completion script for a shell", "输出 shell 补全脚本"},
    .positionals = kPositionals,
    .examples = kExamples,
};

// Flags of the command and the common ones, in help's order.
static std::vector<Flag> FlagsOf(const Command& command) {
  std::vector<Flag> flags;
  for (std::span<const Flag> some :
       {command.spec->flags, tool_env::CommonFlags()}) {
    for (const Flag& flag : some) {
      if (flag.use != FlagUse::kHidden && flag.use != FlagUse::kConfigOnly) {
        flags.push_back(flag);
      }
    }
  }
  return flags;
}

static std::string CommandNameList() {
  std::string list;
  for (const Command& command : AllCommands()) {
    list += list.empty() ? "" : " ";
    list += command.spec->name;
  }
  return list;
}

static std::string BashScript() {
  std::string flags;
  std::string values;
  for (const Command& command : AllCommands()) {
    std::string list;
    for (const Flag& flag : FlagsOf(command)) {
      list += base::format(" --{}", flag.name);
      if (flag.kind == FlagKind::kChoice) {
        values += base::format(
            "    {}:--{}) COMPREPLY=($(compgen -W \"{}\" -- \"$word\")); "
            "return ;;\n",
            command.spec->name, flag.name,
            fmt::join(tool_env::SplitChoices(flag.choices), " "));
      }
    }
    flags += base::format("    {}) flags=\"{}\" ;;\n", command.spec->name,
                          list.substr(1));
  }
  return base::format(R"(# bash completion of fcc
_fcc() {{
  local word=${{COMP_WORDS[COMP_CWORD]}} previous=${{COMP_WORDS[COMP_CWORD-1]}}
  local command= at flags=
  for ((at = 1; at < COMP_CWORD; at++)); do
    case ${{COMP_WORDS[at]}} in -*) ;; *) command=${{COMP_WORDS[at]}}; break ;; esac
  done
  if [ -z "$command" ]; then
    COMPREPLY=($(compgen -W "{}" -- "$word"))
    return
  fi
  case $command:$previous in
{}  esac
  case $command in
{}  esac
  case $word in
    -*) COMPREPLY=($(compgen -W "$flags" -- "$word")) ;;
    *) COMPREPLY=($(compgen -f -- "$word")) ;;
  esac
}}
complete -o filenames -F _fcc fcc
)",
                      CommandNameList(), values, flags);
}

// Inside single quotes and square brackets of a zsh specification.
static std::string ZshEscaped(std::string_view text) {
  std::string result;
  for (char letter : text) {
    if (letter == '\'') {
      result += "'\\''";
    } else {
      if (letter == '[' || letter == ']' || letter == ':') {
        result += '\\';
      }
      result += letter;
    }
  }
  return result;
}

static std::string ZshScript(const ToolEnv& env) {
  std::string names;
  std::string cases;
  for (const Command& command : AllCommands()) {
    names += base::format("    '{}:{}'\n", command.spec->name,
                          ZshEscaped(env.Say(command.spec->summary)));
    cases += base::format("    {}) _arguments", command.spec->name);
    for (const Flag& flag : FlagsOf(command)) {
      cases += base::format(" \\\n      '{}--{}[{}]",
                            flag.use == FlagUse::kRepeated ? "*" : "",
                            flag.name, ZshEscaped(env.Say(flag.help)));
      if (flag.kind == FlagKind::kChoice) {
        cases +=
            base::format(":value:({})",
                         fmt::join(tool_env::SplitChoices(flag.choices), " "));
      } else if (flag.kind == FlagKind::kPath) {
        cases += ":path:_files";
      } else if (flag.kind != FlagKind::kSwitch) {
        cases += ":value:";
      }
      cases += "'";
    }
    cases += " \\\n      '*:file:_files' ;;\n";
  }
  return base::format(R"(#compdef fcc
_fcc() {{
  local -a commands=(
{}  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  local command=$words[2]
  shift words
  (( CURRENT-- ))
  case $command in
{}  esac
}}
_fcc "$@"
)",
                      names, cases);
}

static std::string FishEscaped(std::string_view text) {
  std::string result;
  for (char letter : text) {
    if (letter == '\'' || letter == '\\') {
      result += '\\';
    }
    result += letter;
  }
  return result;
}

static std::string FishScript(const ToolEnv& env) {
  std::string out = "# fish completion of fcc\n";
  for (const Command& command : AllCommands()) {
    const std::string_view name = command.spec->name;
    out += base::format(
        "complete -c fcc -n __fish_use_subcommand -f -a {} -d '{}'\n", name,
        FishEscaped(env.Say(command.spec->summary)));
    for (const Flag& flag : FlagsOf(command)) {
      out += base::format(
          "complete -c fcc -n '__fish_seen_subcommand_from {}' -l {}", name,
          flag.name);
      if (flag.letter != 0) {
        out += base::format(" -s {}", flag.letter);
      }
      if (flag.kind == FlagKind::kChoice) {
        out +=
            base::format(" -x -a '{}'",
                         fmt::join(tool_env::SplitChoices(flag.choices), " "));
      } else if (flag.kind != FlagKind::kSwitch) {
        out += " -r";
      }
      out += base::format(" -d '{}'\n", FishEscaped(env.Say(flag.help)));
    }
  }
  return out;
}

int RunCompletions(ToolEnv& env, const Arguments& arguments) {
  const std::string shell = arguments.Positional(0);
  if (shell == "bash") {
    env.out.Write(BashScript());
  } else if (shell == "zsh") {
    env.out.Write(ZshScript(env));
  } else if (shell == "fish") {
    env.out.Write(FishScript(env));
  } else {
    return env.FailUsage(env.Format(
        {"there are completions for bash, zsh and fish, not for `{}`",
         "只支持 bash、zsh 和 fish 的补全，不支持 `{}`"},
        shell));
  }
  return tool_env::kExitOk;
}

}  // namespace fcc::commands
