// SPDX-License-Identifier: Apache-2.0
//
// `fcc check [DIR]`: what a platform will not take and what is wrong, before
// release.

#include <algorithm>
#include <set>

#include "cli/commands/check_baseline.h"
#include "cli/commands/check_fixes.h"
#include "cli/commands/command.h"
#include "cli/commands/project_build.h"
#include "cli/commands/show_diagnostics.h"
#include "cli/commands/watch_loop.h"
#include "compiler/driver/build_session.h"
#include "runtime/base/counted.h"
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
    {.name = "web-views",
     .kind = FlagKind::kText,
     .help =
         {"oldest web views the app must look right in; by default what "
          "phones of 2018 have, as a remark only",
          "需要支持的最低 WebView 版本；默认为 2018 年手机的版本，且只作提示"},
     .value = "ios=VERSION,chrome=VERSION"},
    {.name = "preset",
     .kind = FlagKind::kChoice,
     .help = {"which rules run: all but matters of taste, what the platform "
              "will not take only, or all",
              "启用哪些规则：除偏好外的全部、仅平台兼容性、或全部"},
     .fallback = "recommended",
     .choices = "recommended|compatibility|strict"},
    {.name = "fix",
     .kind = FlagKind::kSwitch,
     .help = {"apply the fixes that cannot change what the app does",
              "自动修复不会改变程序行为的问题"}},
    {.name = "fix-all",
     .kind = FlagKind::kSwitch,
     .help = {"apply every fix that is offered", "应用所有给出的修复"}},
    {.name = "baseline",
     .kind = FlagKind::kPath,
     .help = {"leave out the reports that this file lists",
              "忽略该文件中列出的已有问题"},
     .value = "FILE"},
    {.name = "update-baseline",
     .kind = FlagKind::kSwitch,
     .help = {"write the reports there are now to the baseline file",
              "将当前的问题写入基线文件"}},
    {.name = "changed-since",
     .kind = FlagKind::kText,
     .help = {"tell only of files changed since this revision of git",
              "只报告自该 git 版本以来改动的文件"},
     .value = "REV"},
    {.name = "domains",
     .kind = FlagKind::kJson,
     .help = {"hosts that the app may reach: [\"api.example.com\"]",
              "允许访问的域名：[\"api.example.com\"]"},
     .value = "JSON",
     .use = FlagUse::kConfigOnly},
    {.name = "levels",
     .kind = FlagKind::kJson,
     .help = {"level of a code: {\"CK2101\": \"off|info|warning|error\"}",
              "各编号的级别：{\"CK2101\": \"off|info|warning|error\"}"},
     .value = "JSON",
     .use = FlagUse::kConfigOnly},
    {.name = "warnings-as-errors",
     .kind = FlagKind::kSwitch,
     .help = {"exit with 1 on warnings too", "有警告时也以 1 退出"}},
    kWatchFlag,
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

static void ReadDomains(const std::string& json, check::CheckOptions& rules) {
  if (json.empty()) {
    return;
  }
  const base::JsonDocument document = base::ParseJson(json);
  for (const base::JsonNode* item : document.root->items) {
    if (item->IsString()) {
      rules.domains.emplace_back(item->string);
    }
  }
}

// "ios=12,chrome=70"; either may be left out.
static bool ReadWebViews(ToolEnv& env, std::string_view text,
                         check::CheckOptions& rules) {
  for (std::string_view rest = text; !rest.empty();) {
    const size_t comma = std::min(rest.find(','), rest.size());
    std::string_view part = rest.substr(0, comma);
    rest.remove_prefix(std::min(comma + 1, rest.size()));
    while (part.starts_with(' ')) {
      part.remove_prefix(1);
    }
    const size_t equals = std::min(part.find('='), part.size());
    const std::string_view name = part.substr(0, equals);
    const std::string version(part.substr(std::min(equals + 1, part.size())));
    const bool is_version =
        !version.empty() &&
        version.find_first_not_of("0123456789.") == std::string::npos;
    if (!is_version || (name != "ios" && name != "chrome")) {
      env.FailUsage(env.Format(
          {"`--web-views` takes `ios=VERSION,chrome=VERSION`, not `{}`",
           "`--web-views` 的格式是 `ios=版本,chrome=版本`，而不是 `{}`"},
          text));
      return false;
    }
    (name == "ios" ? rules.ios : rules.chrome) = version;
    rules.web_views_named = true;
  }
  return true;
}

static check::Preset PresetOf(std::string_view name) {
  if (name == "compatibility") {
    return check::Preset::kCompatibility;
  }
  return name == "strict" ? check::Preset::kStrict
                          : check::Preset::kRecommended;
}

// Files changed since `revision`, and those git does not know, by their paths
// below `root`.
static base::Result<std::set<std::string>> ChangedFiles(
    ToolEnv& env, const std::string& revision, const std::string& root) {
  std::set<std::string> files;
  // A revision that begins with a dash would be an option.
  if (revision.empty() || revision.front() == '-') {
    return base::Error{base::ErrorKind::kCorrupt,
                       base::format("`{}` is no revision", revision)};
  }
  const std::vector<std::vector<std::string>> commands = {
      {"diff", "--name-only", "--relative", "-z", revision, "--"},
      {"ls-files", "--others", "--exclude-standard", "-z"}};
  for (const std::vector<std::string>& arguments : commands) {
    tool_env::ProcessRequest request;
    request.program = "git";
    request.arguments = arguments;
    request.directory = root;
    request.timeout_ms = 60000;
    FCC_TRY_ASSIGN(tool_env::ProcessResult result, env.processes.Run(request));
    if (result.exit_code != 0) {
      return base::Error{base::ErrorKind::kCorrupt,
                         base::format("git: {}", result.err)};
    }
    for (std::string_view rest = result.out; !rest.empty();) {
      const size_t end = std::min(rest.find('\0'), rest.size());
      std::string_view name = rest.substr(0, end);
      while (name.ends_with('\n')) {
        name.remove_suffix(1);
      }
      files.emplace(name);
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }
  return files;
}

static void KeepChanged(const std::set<std::string>& changed,
                        const source::SourceSet& sources,
                        std::vector<diagnostics::Diagnostic>& problems) {
  std::erase_if(problems, [&](const diagnostics::Diagnostic& problem) {
    const std::string path =
        problem.location.file == source::FileId::kNone
            ? problem.path
            : std::string(sources.Get(problem.location.file).path());
    return !changed.contains(path);
  });
}

// Checks and mends until there is nothing left to mend: a fix may stand in the
// way of another.
static base::Result<size_t> FixAll(ToolEnv& env,
                                   const driver::BuildOptions& options,
                                   FixUse use) {
  static constexpr int kRounds = 8;
  size_t fixed = 0;
  for (int round = 0; round < kRounds; ++round) {
    driver::BuildSession session(env.fs, options);
    const driver::BuildResult result = session.Build();
    if (session.program() == nullptr) {
      break;
    }
    FCC_TRY_ASSIGN(size_t applied,
                   ApplyFixes(env.fs, session.program()->project,
                              result.diagnostics, session.sources(), use));
    if (applied == 0) {
      break;
    }
    fixed += applied;
  }
  return fixed;
}

// Tells what a check found; returns what to exit with.
static int Show(ToolEnv& env, const Arguments& arguments,
                const driver::BuildSession& session,
                driver::BuildResult result) {
  if (!arguments.Get("baseline").empty()) {
    const std::string path = env.Resolve(arguments.Get("baseline"));
    if (arguments.Has("update-baseline")) {
      base::Status written = env.fs.WriteFile(
          path, Baseline::Of(result.diagnostics, session.sources()).ToJson());
      if (!written) {
        return env.Fail(written.error());
      }
    }
    base::Result<std::string> text = env.fs.ReadFile(path);
    if (!text) {
      return env.Fail(text.error());
    }
    base::Result<Baseline> baseline = Baseline::Read(*text);
    if (!baseline) {
      return env.Fail(baseline.error());
    }
    baseline->Filter(result.diagnostics, session.sources());
  }
  if (!arguments.Get("changed-since").empty()) {
    base::Result<std::set<std::string>> changed =
        ChangedFiles(env, arguments.Get("changed-since"), result.root);
    if (!changed) {
      return env.Fail(changed.error());
    }
    KeepChanged(*changed, session.sources(), result.diagnostics);
  }
  ShowProblemsAs(env, arguments.Get("format"), result.diagnostics,
                 session.sources(), result.root);
  size_t warnings = 0;
  size_t errors = 0;
  for (const diagnostics::Diagnostic& diagnostic : result.diagnostics) {
    warnings += diagnostic.severity == diagnostics::Severity::kWarning;
    errors += diagnostic.severity == diagnostics::Severity::kError;
  }
  const bool clean =
      errors == 0 && (warnings == 0 || !arguments.Has("warnings-as-errors"));
  if (clean && !env.quiet) {
    env.err.Print("{} {}\n", env.err.Green("✓"),
                  env.Format({"{2}, {3}: nothing stands in the way",
                              "{0} 个页面、{1} 个源文件：没有阻碍发布的问题"},
                             result.pages.size(), result.source_files,
                             base::Counted(result.pages.size(), "page"),
                             base::Counted(result.source_files, "file")));
  }
  return clean ? tool_env::kExitOk : tool_env::kExitProblems;
}

int RunCheck(ToolEnv& env, const Arguments& arguments) {
  StyleTools style_tools(env);
  driver::BuildOptions options =
      OptionsOfBuild(env, arguments.Positional(0, "."), style_tools);
  options.output = driver::Output::kNone;
  options.rules.platform = arguments.Get("target") == "wechat"
                               ? check::Platform::kWeChat
                               : check::Platform::kFinClip;
  options.rules.base_library = arguments.Get("base-library");
  options.rules.preset = PresetOf(arguments.Get("preset"));
  ReadDomains(arguments.Get("domains"), options.rules);
  if (!ReadLevels(env, arguments.Get("levels"), options.rules) ||
      !ReadWebViews(env, arguments.Get("web-views"), options.rules)) {
    return tool_env::kExitUsage;
  }
  if (arguments.Has("update-baseline") && arguments.Get("baseline").empty()) {
    return env.FailUsage(
        env.Say({"`--update-baseline` needs `--baseline FILE`",
                 "`--update-baseline` 需要 `--baseline 文件`"}));
  }
  if (arguments.Has("fix") || arguments.Has("fix-all")) {
    base::Result<size_t> fixed = FixAll(
        env, options, arguments.Has("fix-all") ? FixUse::kAll : FixUse::kSafe);
    if (!fixed) {
      return env.Fail(fixed.error());
    }
    if (!env.quiet) {
      env.err.Print("{}\n", env.Format({"{} fixed", "修复 {} 处"}, *fixed));
    }
  }
  driver::BuildSession session(env.fs, options);
  if (!arguments.Has("watch")) {
    return Show(env, arguments, session, session.Build());
  }
  return WatchLoop(
      env, options.project_dir, {},
      [&](const std::vector<std::string>& changed) {
        Show(env, arguments, session,
             changed.empty() ? session.Build() : session.Rebuild(changed));
      });
}

}  // namespace fcc::commands
