// SPDX-License-Identifier: Apache-2.0
//
// `fcc explain CODE`: what a diagnostic means and what helps; without a code,
// the list of all.

#include "cli/commands/command.h"
#include "compiler/diagnostics/diagnostic.h"
#include "runtime/base/json.h"
#include "runtime/base/unicode.h"

namespace fcc::commands {

static constexpr Positional kPositionals[] = {
    {"CODE",
     {"as a diagnostic shows it: PR1001; all codes without it",
      "诊断编号，例如 PR1001；省略则列出全部编号"}},
};

static constexpr Flag kFlags[] = {
    {.name = "format",
     .kind = FlagKind::kChoice,
     .help = {"how to answer", "输出格式"},
     .fallback = "text",
     .choices = "text|json"},
};

const CommandSpec kExplainSpec = {
    .name = "explain",
    .summary = {"explain a code that a diagnostic shows", "解释诊断编号的含义"},
    .positionals = kPositionals,
    .flags = kFlags,
};

using diagnostics::KindInfo;
using tool_env::Language;

static std::string_view SeverityText(const ToolEnv& env,
                                     diagnostics::Severity severity) {
  switch (severity) {
    case diagnostics::Severity::kError:
      return env.Say({"error", "错误"});
    case diagnostics::Severity::kWarning:
      return env.Say({"warning", "警告"});
    case diagnostics::Severity::kInfo:
      return env.Say({"info", "提示"});
  }
  FCC_CHECK(false);
}

// Templates are shown with … where the user's own words stand.
static std::string MessageOf(const ToolEnv& env, const KindInfo& info) {
  const std::string_view text = env.Say({info.message, info.message_zh});
  std::string out;
  for (size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '{' && at + 1 < text.size() && text[at + 1] == '{') {
      out += '{';
      ++at;
    } else if (text[at] == '}' && at + 1 < text.size() && text[at + 1] == '}') {
      out += '}';
      ++at;
    } else if (text[at] == '{') {
      out += "…";
      at = std::min(text.find('}', at), text.size() - 1);
    } else {
      out += text[at];
    }
  }
  return out;
}

static void ShowText(ToolEnv& env, const KindInfo& info) {
  env.out.Print("{} ({}) {}\n\n", env.out.Bold(info.code), info.symbol,
                SeverityText(env, info.severity));
  // Some kinds pass on the words of the disk or the parser alone.
  if (const std::string message = MessageOf(env, info); message != "…") {
    env.out.Print("  {}\n\n",
                  tool_env::WrapText(message, env.out.width - 2, 2));
  }
  env.out.Print("{}\n", tool_env::WrapText(env.Say({info.help, info.help_zh}),
                                           env.out.width, 0));
}

static void AppendJson(const ToolEnv& env, const KindInfo& info,
                       std::string& out) {
  auto member = [&](std::string_view name, std::string_view text) {
    out += out.back() == '{' ? "" : ",";
    base::AppendJsonString(out, name);
    out += ':';
    base::AppendJsonString(out, text);
  };
  out += '{';
  member("code", info.code);
  member("name", info.symbol);
  member("severity", diagnostics::SeverityName(info.severity));
  member("message", env.Say({info.message, info.message_zh}));
  member("help", env.Say({info.help, info.help_zh}));
  out += '}';
}

static void ShowList(ToolEnv& env, bool as_json) {
  std::string json = "[";
  for (size_t at = 0; at < static_cast<size_t>(diagnostics::Kind::kCount);
       ++at) {
    const KindInfo& info =
        diagnostics::InfoOf(static_cast<diagnostics::Kind>(at));
    if (as_json) {
      json += at == 0 ? "\n" : ",\n";
      AppendJson(env, info, json);
    } else {
      env.out.Print("{}  {:<8} {}\n", info.code,
                    SeverityText(env, info.severity), MessageOf(env, info));
    }
  }
  if (as_json) {
    env.out.Write(json + "\n]\n");
  }
}

int RunExplain(ToolEnv& env, const Arguments& arguments) {
  const bool as_json = arguments.Get("format") == "json";
  const std::string code = arguments.Positional(0);
  if (code.empty()) {
    ShowList(env, as_json);
    return tool_env::kExitOk;
  }
  const KindInfo* info = diagnostics::FindCode(code);
  if (info == nullptr) {
    return env.FailUsage(
        env.Format({"there is no code `{}`; `fcc explain` lists all",
                    "没有编号 `{}`；运行 `fcc explain` 查看全部编号"},
                   code));
  }
  if (as_json) {
    std::string json;
    AppendJson(env, *info, json);
    env.out.Write(json + "\n");
  } else {
    ShowText(env, *info);
  }
  return tool_env::kExitOk;
}

}  // namespace fcc::commands
