// SPDX-License-Identifier: Apache-2.0
//
// `fcc explain CODE`: what a diagnostic means and what helps; without a code,
// the list of all.

#include "cli/commands/command.h"
#include "compiler/check/tables/tables.h"
#include "compiler/diagnostics/diagnostic.h"
#include "runtime/api/table.h"
#include "runtime/base/json.h"
#include "runtime/base/unicode.h"

namespace fcc::commands {

static constexpr Positional kPositionals[] = {
    {"CODE",
     {"as a diagnostic shows it: PR1001, or a name of the platform: wx.login, "
      "image.webp, app.plugins; all codes without it",
      "诊断编号，例如 PR1001，或平台的名称：wx.login、image.webp、app.plugins；"
      "省略则列出全部编号"}},
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

static std::string_view SupportText(const ToolEnv& env,
                                    check::Support support) {
  switch (support) {
    case check::Support::kUnknown:
      return env.Say({"not mentioned", "文档未提及"});
    case check::Support::kNo:
      return env.Say({"not supported", "不支持"});
    case check::Support::kPartial:
      return env.Say({"supported in part", "部分支持"});
    case check::Support::kYes:
      return env.Say({"supported", "支持"});
  }
  FCC_CHECK(false);
}

static std::string_view SupportText(const ToolEnv& env, api::Support support) {
  switch (support) {
    case api::Support::kUnknown:
      return SupportText(env, check::Support::kUnknown);
    case api::Support::kNo:
      return SupportText(env, check::Support::kNo);
    case api::Support::kStub:
      return env.Say({"there, and does nothing", "可调用但无效果"});
    case api::Support::kYes:
      return SupportText(env, check::Support::kYes);
  }
  FCC_CHECK(false);
}

static void ShowRow(ToolEnv& env, std::string_view platform,
                    std::string_view support, std::string_view since,
                    std::string_view row) {
  env.out.Print("  {:<8} {}", platform, support);
  if (!since.empty()) {
    env.out.Print(
        "{}", env.Format({" from base library {}", "，基础库 {} 起"}, since));
  }
  env.out.Print("{}\n", row.empty() ? "" : base::format("  ({})", row));
}

// What a function takes in its object.
static void ShowOptions(ToolEnv& env, std::string_view name) {
  const std::span<const check::ApiOptionRow> options = check::OptionsOf(name);
  if (options.empty()) {
    return;
  }
  env.out.Print("\n{}\n", env.Say({"options (miniprogram-api-typings)",
                                   "参数（miniprogram-api-typings）"}));
  for (const check::ApiOptionRow& option : options) {
    std::string more;
    for (char letter : option.types) {
      more += more.empty() ? "" : "|";
      more += letter == 'S'   ? "string"
              : letter == 'N' ? "number"
              : letter == 'B' ? "boolean"
              : letter == 'A' ? "array"
              : letter == 'F' ? "function"
                              : "object";
    }
    if (!option.words.empty()) {
      more = option.words;
    }
    if (option.required) {
      more += env.Say({", required", "，必填"});
    }
    if (!option.since.empty()) {
      more += env.Format({", from {}", "，{} 起"}, option.since);
    }
    env.out.Print("  {:<24} {}\n", option.option, more);
  }
}

// What the tables hold of a name of the platform. False where they hold
// nothing.
static bool ShowName(ToolEnv& env, std::string_view name) {
  for (std::string_view root : {"wx.", "ft.", "Taro.", "uni."}) {
    if (name.starts_with(root)) {
      name.remove_prefix(root.size());
      break;
    }
  }
  if (name.starts_with('<') && name.ends_with('>')) {
    name = name.substr(1, name.size() - 2);
  }
  const size_t dot = name.rfind('.');
  const std::string_view owner =
      dot == std::string_view::npos ? "" : name.substr(0, dot);
  const std::string_view member =
      dot == std::string_view::npos ? name : name.substr(dot + 1);
  std::string_view table;
  if (const api::Row* row = api::Find(name)) {
    table = "api";
    env.out.Print("{} ({})\n", env.out.Bold(row->name),
                  api::KindName(row->kind));
    ShowRow(env, "FinClip", SupportText(env, row->finclip), row->finclip_since,
            row->finclip_row);
    ShowRow(env, "WeChat", SupportText(env, row->wechat), row->wechat_since,
            {});
  } else if (const check::ComponentRow* component =
                 check::FindComponent(name)) {
    table = "component";
    env.out.Print("<{}>\n", env.out.Bold(component->name));
    ShowRow(env, "FinClip", SupportText(env, component->finclip),
            component->since, component->row);
    ShowRow(env, "WeChat", SupportText(env, component->wechat), {}, {});
  } else if (const check::ConfigKeyRow* key =
                 check::FindConfigKey(owner, member)) {
    table = "config";
    env.out.Print("{} ({})\n", env.out.Bold(key->key), key->section);
    ShowRow(env, "FinClip", SupportText(env, key->finclip), key->since,
            key->row);
  } else {
    for (check::AttributeKind kind :
         {check::AttributeKind::kAttribute, check::AttributeKind::kEvent}) {
      if (const check::AttributeRow* attribute =
              check::FindAttribute(owner, kind, member)) {
        table = "attribute";
        env.out.Print("{} (<{}>, {})\n", env.out.Bold(attribute->name),
                      attribute->component,
                      kind == check::AttributeKind::kEvent
                          ? env.Say({"event", "事件"})
                          : env.Say({"attribute", "属性"}));
        ShowRow(env, "FinClip", SupportText(env, attribute->finclip),
                attribute->since, attribute->row);
        ShowRow(env, "WeChat", SupportText(env, attribute->wechat), {}, {});
      }
    }
  }
  if (const check::AlternativeRow* other =
          check::FindAlternative(table, name)) {
    env.out.Print("\n{}\n", tool_env::WrapText(
                                env.Format({"Instead: {}.", "可改用：{}。"},
                                           env.Say({other->en, other->zh})),
                                env.out.width, 0));
  }
  if (table == "api") {
    ShowOptions(env, name);
  }
  if (const check::OverrideRow* decided = check::FindOverride(table, name)) {
    env.out.Print(
        "\n{}\n",
        tool_env::WrapText(
            env.Format({"The documents differ; counted is {}: {}.",
                        "文档说法不一，以 {} 为准：{}。"},
                       decided->row,
                       env.Say({decided->reason, decided->reason_zh})),
            env.out.width, 0));
  }
  return !table.empty();
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
    if (ShowName(env, code)) {
      return tool_env::kExitOk;
    }
    return env.FailUsage(env.Format(
        {"there is no code and no name `{}`; `fcc explain` lists all codes",
         "没有编号或名称 `{}`；运行 `fcc explain` 查看全部编号"},
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
