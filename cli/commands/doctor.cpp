// SPDX-License-Identifier: Apache-2.0
//
// `fcc doctor`: what fcc finds on this machine and in this project, and what to
// do about what it does not. Paste it into a bug report.

#include "cli/commands/command.h"
#include "cli/commands/overview.h"
#include "cli/publish/publish_command.h"
#include "cli/tool_env/settings_file.h"
#include "runtime/base/json.h"
#include "runtime/base/unicode.h"

namespace fcc::commands {

static constexpr Positional kPositionals[] = {
    {"DIR",
     {"project; the current folder by default", "项目目录，默认为当前目录"}},
};

static constexpr Flag kFlags[] = {
    {.name = "format",
     .kind = FlagKind::kChoice,
     .help = {"how to answer", "输出格式"},
     .fallback = "text",
     .choices = "text|json"},
};

const CommandSpec kDoctorSpec = {
    .name = "doctor",
    .summary = {"look at this machine and project for what is missing",
                "检查本机环境和项目，指出缺少什么"},
    .positionals = kPositionals,
    .flags = kFlags,
};

namespace {

enum class Health { kGood, kOptional, kBad };

struct Finding {
  std::string name;
  Health health = Health::kGood;
  std::string found;
  // What helps; empty when nothing has to be done.
  std::string advice;
};

class Examination {
 public:
  Examination(ToolEnv& env, std::string folder)
      : env_(env), folder_(std::move(folder)) {}

  std::vector<Finding> Run() {
    findings_.push_back({"fcc", Health::kGood, std::string(VersionLine()), ""});
    CheckHelper("fcc-net", {"needed by `fcc publish` and `fcc platform`",
                            "`fcc publish` 和 `fcc platform` 需要它"});
    CheckHelper("fcc-sass", {"needed to compile .scss", "编译 .scss 需要它"});
    CheckProgram("git", {"gives `fcc publish` version and description",
                         "为 `fcc publish` 提供版本号和描述"});
    CheckProgram("node", {"needed only by a project's own `sass` or `less`",
                          "仅当项目使用自带的 `sass` 或 `less` 时需要"});
    CheckCache();
    CheckProject();
    CheckSettings();
    CheckToken();
    return std::move(findings_);
  }

 private:
  void CheckHelper(std::string_view name, const Text& use) {
    const base::Result<std::string> path = env_.processes.FindHelper(name);
    if (path) {
      findings_.push_back({std::string(name), Health::kGood, *path, ""});
    } else {
      findings_.push_back({std::string(name), Health::kOptional,
                           std::string(env_.Say({"missing", "缺失"})),
                           std::string(env_.Say(use))});
    }
  }

  void CheckProgram(std::string_view name, const Text& use) {
    const auto result = env_.processes.Run({.program = std::string(name),
                                            .arguments = {"--version"},
                                            .timeout_ms = 5000});
    if (result && result->exit_code == 0) {
      findings_.push_back({std::string(name), Health::kGood,
                           result->out.substr(0, result->out.find('\n')), ""});
    } else {
      findings_.push_back({std::string(name), Health::kOptional,
                           std::string(env_.Say({"missing", "缺失"})),
                           std::string(env_.Say(use))});
    }
  }

  void CheckCache() {
    const std::string folder = env_.CacheDirectory();
    findings_.push_back(
        {std::string(env_.Say({"cache", "缓存"})), Health::kGood,
         folder.empty() ? std::string(env_.Say({"off", "关闭"})) : folder, ""});
  }

  void CheckProject() {
    const std::string config = base::JoinPath(folder_, "project.config.json");
    std::string root = folder_;
    if (const std::string inner =
            tool_env::ReadProjectKey(env_.fs, folder_, "miniprogramRoot");
        !inner.empty()) {
      root = base::JoinPath(folder_, inner);
    }
    const std::string app = base::JoinPath(root, "app.json");
    if (env_.fs.IsFile(app)) {
      findings_.push_back({"app.json", Health::kGood, env_.Show(app), ""});
    } else {
      findings_.push_back(
          {"app.json", Health::kOptional,
           std::string(env_.Say({"none here", "此处没有"})),
           std::string(env_.Say({"`fcc init DIR` starts a project",
                                 "运行 `fcc init DIR` 创建项目"}))});
      return;
    }
    if (!env_.fs.IsFile(config)) {
      findings_.push_back(
          {"appid", Health::kOptional,
           std::string(env_.Say(
               {"no project.config.json", "没有 project.config.json"})),
           std::string(env_.Say(
               {"`fcc publish` needs --app-id then", "发布时需要 --app-id"}))});
      return;
    }
    const std::string id = tool_env::ReadProjectKey(env_.fs, folder_, "appid");
    findings_.push_back(
        {"appid", id.empty() ? Health::kOptional : Health::kGood,
         id.empty() ? std::string(env_.Say({"not set", "未设置"})) : id,
         id.empty() ? std::string(env_.Say(
                          {"set `appid` in project.config.json to publish",
                           "发布前请在 project.config.json 中设置 `appid`"}))
                    : ""});
  }

  void CheckSettings() {
    const std::string path = tool_env::FindSettingsFile(env_.fs, folder_);
    if (path.empty()) {
      findings_.push_back(
          {"fcc.config.json", Health::kGood,
           std::string(env_.Say({"none; defaults count", "无，使用默认值"})),
           ""});
      return;
    }
    Finding finding{"fcc.config.json", Health::kGood, env_.Show(path), ""};
    ToolEnv there = env_;
    there.cwd = folder_;
    for (const Command& command : AllCommands()) {
      const auto settings = tool_env::ReadSettings(there, *command.spec);
      if (!settings) {
        finding.health = Health::kBad;
        finding.advice = settings.error().message;
        break;
      }
    }
    findings_.push_back(std::move(finding));
  }

  // Says that there is one, never what it is.
  void CheckToken() {
    const bool set = env_.Variable("FCC_TOKEN").has_value();
    const auto file = env_.Variable("FCC_TOKEN_FILE");
    Finding finding{"token", Health::kGood, "FCC_TOKEN", ""};
    if (!set && file && env_.fs.IsFile(env_.Resolve(*file))) {
      finding.found = *file;
    } else if (!set && file) {
      finding.health = Health::kBad;
      finding.found = *file;
      finding.advice =
          env_.Say({"FCC_TOKEN_FILE names a file that is not there",
                    "FCC_TOKEN_FILE 指向的文件不存在"});
    } else if (!set) {
      finding.health = Health::kOptional;
      finding.found = env_.Say({"not set", "未设置"});
      finding.advice = env_.Say({"set FCC_TOKEN or FCC_TOKEN_FILE to publish",
                                 "发布前请设置 FCC_TOKEN 或 FCC_TOKEN_FILE"});
    }
    findings_.push_back(std::move(finding));
  }

  ToolEnv& env_;
  std::string folder_;
  std::vector<Finding> findings_;
};

}  // namespace

static std::string MarkOf(const ToolEnv& env, Health health) {
  switch (health) {
    case Health::kGood:
      return env.out.Green("✓");
    case Health::kOptional:
      return env.out.Yellow("–");
    case Health::kBad:
      return env.out.Red("✗");
  }
  FCC_CHECK(false);
}

static std::string_view HealthName(Health health) {
  switch (health) {
    case Health::kGood:
      return "good";
    case Health::kOptional:
      return "optional";
    case Health::kBad:
      return "bad";
  }
  FCC_CHECK(false);
}

static std::string ToJson(const std::vector<Finding>& findings) {
  std::string out = "[";
  for (const Finding& finding : findings) {
    out += out.size() == 1 ? "\n{" : ",\n{";
    for (const auto& [name, text] :
         {std::pair<std::string_view, std::string_view>{"name", finding.name},
          {"health", HealthName(finding.health)},
          {"found", finding.found},
          {"advice", finding.advice}}) {
      out += out.back() == '{' ? "" : ",";
      base::AppendJsonString(out, name);
      out += ':';
      base::AppendJsonString(out, text);
    }
    out += '}';
  }
  return out + "\n]\n";
}

int RunDoctor(ToolEnv& env, const Arguments& arguments) {
  const std::string folder = env.Resolve(arguments.Positional(0, "."));
  const std::vector<Finding> findings = Examination(env, folder).Run();
  bool bad = false;
  for (const Finding& finding : findings) {
    bad |= finding.health == Health::kBad;
  }
  if (arguments.Get("format") == "json") {
    env.out.Write(ToJson(findings));
    return bad ? tool_env::kExitWorld : tool_env::kExitOk;
  }
  for (const Finding& finding : findings) {
    env.out.Print("{} {:<16} {}\n", MarkOf(env, finding.health), finding.name,
                  finding.found);
    if (!finding.advice.empty()) {
      env.out.Print("  {:16} {}\n", "",
                    tool_env::WrapText(finding.advice, env.out.width, 19));
    }
  }
  return bad ? tool_env::kExitWorld : tool_env::kExitOk;
}

}  // namespace fcc::commands
