// SPDX-License-Identifier: Apache-2.0
//
// `fcc check [DIR]`: what a platform will not take and what is wrong, before
// release.

#include "cli/commands/command.h"
#include "cli/commands/show_diagnostics.h"
#include "cli/commands/style_tools.h"
#include "compiler/driver/build_session.h"
#include "runtime/base/json.h"

namespace fcc::commands {

static constexpr Positional kPositionals[] = {
    {"DIR",
     {"project folder; the current folder by default",
      "项目目录；默认当前目录"},
     PositionalUse::kOptional},
};

static constexpr Flag kFlags[] = {
    {.name = "target",
     .kind = FlagKind::kChoice,
     .help = {"platform whose support counts", "以哪个平台的支持情况为准"},
     .fallback = "finclip",
     .choices = "finclip|wechat"},
    {.name = "base-library",
     .kind = FlagKind::kText,
     .help = {"oldest base library the app must run on; newest by default",
              "小程序需要支持的最低基础库版本；默认最新"},
     .value = "VERSION"},
    {.name = "levels",
     .kind = FlagKind::kJson,
     .help = {"level of a code: {\"CK2101\": \"off|info|warning|error\"}",
              "各编号的级别：{\"CK2101\": \"off|info|warning|error\"}"},
     .value = "JSON",
     .use = FlagUse::kConfigOnly},
    {.name = "warnings-as-errors",
     .kind = FlagKind::kSwitch,
     .help = {"exit with 1 on warnings too", "有警告时也以 1 退出"}},
    kDiagnosticsFormatFlag,
};

static constexpr Example kExamples[] = {
    {"fcc check", {}},
    {"fcc check --format sarif > fcc.sarif",
     {"for code scanning", "用于代码扫描平台"}},
    {"fcc check --base-library 2.30.0", {}},
};

const CommandSpec kCheckSpec = {
    .name = "check",
    .summary = {"find what FinClip does not support and what is wrong",
                "查找 FinClip 不支持的用法和项目中的错误"},
    .details = {"A report can be explained away where it stands, with a "
                "reason: `// fcc-ignore CK1001: why`. `fcc explain CODE` says "
                "more about each.",
                "可以在代码处写明原因来忽略某条报告：`// fcc-ignore CK1001: "
                "原因`。`fcc explain 编号` 给出详细说明。"},
    .positionals = kPositionals,
    .flags = kFlags,
    .examples = kExamples,
};

// False, with a message, where the setting is not what it should be.
static bool ReadLevels(ToolEnv& env, const std::string& json,
                       check::CheckOptions& rules) {
  if (json.empty()) {
    return true;
  }
  const base::JsonDocument document = base::ParseJson(json);
  for (const base::JsonMember& member : document.root->members) {
    const std::string_view word = member.value->StringOr("");
    check::Level level;
    if (word == "off") {
      level = check::Level::kOff;
    } else if (word == "info") {
      level = check::Level::kInfo;
    } else if (word == "warning") {
      level = check::Level::kWarning;
    } else if (word == "error") {
      level = check::Level::kError;
    } else {
      env.FailUsage(
          env.Format({"`check.levels.{}` must be off, info, warning or error",
                      "`check.levels.{}` 必须是 off、info、warning 或 error"},
                     member.key));
      return false;
    }
    if (diagnostics::FindCode(member.key) == nullptr) {
      env.FailUsage(env.Format({"`check.levels` names `{}`, which is no code",
                                "`check.levels` 中的 `{}` 不是有效编号"},
                               member.key));
      return false;
    }
    rules.levels[std::string(member.key)] = level;
  }
  return true;
}

int RunCheck(ToolEnv& env, const Arguments& arguments) {
  driver::BuildOptions options;
  options.project_dir = env.Resolve(arguments.Positional(0, "."));
  options.output = driver::Output::kNone;
  options.jobs = env.jobs;
  options.rules.platform = arguments.Get("target") == "wechat"
                               ? check::Platform::kWeChat
                               : check::Platform::kFinClip;
  options.rules.base_library = arguments.Get("base-library");
  if (!ReadLevels(env, arguments.Get("levels"), options.rules)) {
    return tool_env::kExitUsage;
  }
  StyleTools style_tools(env);
  options.style_tools = &style_tools;
  driver::BuildSession session(env.fs, options);
  const driver::BuildResult result = session.Build();
  ShowProblemsAs(env, arguments.Get("format"), result.diagnostics,
                 session.sources(), result.root);
  size_t warnings = 0;
  for (const diagnostics::Diagnostic& diagnostic : result.diagnostics) {
    warnings += diagnostic.severity == diagnostics::Severity::kWarning;
  }
  const bool clean =
      result.ok && (warnings == 0 || !arguments.Has("warnings-as-errors"));
  if (clean && !env.quiet) {
    env.err.Print("{} {}\n", env.err.Green("✓"),
                  env.Format({"{} pages, {} files: nothing stands in the way",
                              "{} 个页面、{} 个源文件：没有阻碍发布的问题"},
                             result.pages.size(), result.source_files));
  }
  return clean ? tool_env::kExitOk : tool_env::kExitProblems;
}

}  // namespace fcc::commands
