// SPDX-License-Identifier: Apache-2.0
//
// Rendering of a release: for people on standard error as it goes, with one
// line of result on standard output; or one JSON object on standard output.

#include "cli/publish/publish_command.h"

#include <algorithm>
#include <mutex>
#include <optional>

#include "cli/publish/publish.h"
#include "cli/publish/release_info.h"
#include "runtime/base/json.h"
#include "runtime/base/unicode.h"
#include "simulator/platform/error_codes.h"

namespace fcc::publish {

using tool_env::Arguments;
using tool_env::ToolEnv;

base::Result<std::string> ReadToken(const ToolEnv& env,
                                    const Arguments& arguments) {
  if (auto token = env.Variable("FCC_TOKEN")) {
    return *token;
  }
  const std::string path = arguments.Get("token-file");
  if (path.empty()) {
    return std::string();
  }
  FCC_TRY_ASSIGN(std::string text,
                 env.fs.ReadFile(env.Resolve(path), uint64_t{64} << 10));
  while (!text.empty() &&
         (text.back() == '\n' || text.back() == '\r' || text.back() == ' ')) {
    text.pop_back();
  }
  return text;
}

// "812 B", "28.7 kB", "3.1 MB".
static std::string SizeText(uint64_t bytes) {
  if (bytes < 1000) {
    return base::format("{} B", bytes);
  }
  return bytes < 1000000 ? base::format("{:.1f} kB", bytes / 1e3)
                         : base::format("{:.1f} MB", bytes / 1e6);
}

// The text and blanks up to `width` columns.
static std::string Padded(std::string_view text, int width) {
  const int missing = width - base::TerminalWidth(text);
  return std::string(text) +
         std::string(static_cast<size_t>(std::max(0, missing)), ' ');
}

// The first line, at most `width` columns of it.
static std::string FirstLine(std::string_view text, int width) {
  text = text.substr(0, text.find('\n'));
  std::string out;
  int column = 0;
  for (size_t at = 0; at < text.size();) {
    const base::DecodedCodePoint decoded = base::DecodeUtf8(text, at);
    column += base::TerminalWidth(decoded.code_point);
    if (column >= width) {
      return out + "…";
    }
    out += text.substr(at, decoded.size);
    at += decoded.size;
  }
  return out;
}

namespace {

constexpr int kNameWidth = 24;

class TextProgress : public Progress {
 public:
  explicit TextProgress(ToolEnv& env) : env_(env) {}

  void Uploaded(const UploadFile& file) override {
    Line(file.name, base::format("{:>9}  {}", SizeText(file.bytes.size()),
                                 env_.Say({"uploaded", "已上传"})));
  }

  void Finished(Step step, std::string_view id) override {
    switch (step) {
      case Step::kUpload:
        break;
      case Step::kBuild:
        Line(env_.Say({"version registered", "已登记版本"}), Id(id));
        break;
      case Step::kSubmit:
        Line(env_.Say({"submitted for review", "已提交审核"}), Id(id));
        break;
      case Step::kRelease:
        Line(env_.Say({"reviewed and released", "审核通过并上线"}), "");
        break;
    }
  }

  void Skipped(Step step) override {
    Line(step == Step::kSubmit
             ? env_.Say({"submitted before", "此前已提交审核"})
             : env_.Say({"uploaded before", "此前已上传"}),
         "");
  }

  // Comes from the threads of uploads.
  void Retrying(std::string_view what, const CallFailure& failure,
                int wait_ms) override {
    const std::lock_guard lock(mutex_);
    env_.err.Print(
        "  {} {}\n", env_.err.Yellow("↻"),
        env_.Format({"{}: {}; again in {:.1f} s", "{}：{}；{:.1f} 秒后重试"},
                    what, failure.message, wait_ms / 1000.0));
  }

 private:
  // Under the sizes of the files.
  static std::string Id(std::string_view id) {
    return base::format("{:>9}  {}", "", id);
  }

  void Line(std::string_view what, std::string_view rest) {
    const std::lock_guard lock(mutex_);
    if (env_.quiet) {
      return;
    }
    std::string line = base::format("  {} {} {}", env_.err.Green("✓"),
                                    Padded(what, kNameWidth), rest);
    line.erase(line.find_last_not_of(' ') + 1);
    env_.err.Write(line + "\n");
  }

  ToolEnv& env_;
  std::mutex mutex_;
};

class NoProgress : public Progress {
 public:
  void Uploaded(const UploadFile&) override {}
  void Finished(Step, std::string_view) override {}
  void Skipped(Step) override {}
  void Retrying(std::string_view, const CallFailure&, int) override {}
};

// The failure in words, from the table where its code is known.
struct Explanation {
  std::string meaning;
  std::string help;
};

}  // namespace

static Explanation Explain(const ToolEnv& env, const CallFailure& failure) {
  Explanation result;
  const platform::ErrorCodeInfo* info = platform::FindErrorCode(failure.code);
  if (info != nullptr) {
    result.meaning = env.Say({info->meaning, info->meaning_zh});
    result.help = env.Say({info->fix, info->fix_zh});
    return result;
  }
  result.meaning = failure.message;
  if (failure.kind == base::ErrorKind::kNetwork ||
      failure.kind == base::ErrorKind::kTimeout) {
    result.help =
        env.Say({"check the address and the network; a proxy is taken from "
                 "HTTPS_PROXY",
                 "请检查地址和网络；代理取自环境变量 HTTPS_PROXY"});
  }
  return result;
}

static void PrintFailure(ToolEnv& env, const CallFailure& failure,
                         std::string_view where) {
  const Explanation explanation = Explain(env, failure);
  std::string line = where.empty()
                         ? explanation.meaning
                         : base::format("{}: {}", where, explanation.meaning);
  std::string details = failure.code;
  if (!failure.trace_id.empty()) {
    details += base::format("{}traceid {}", details.empty() ? "" : ", ",
                            failure.trace_id);
  }
  if (!details.empty()) {
    line += base::format(" ({})", details);
  }
  env.PrintError(line);
  // What the platform itself says, where our table says it otherwise.
  if (!failure.message.empty() && failure.message != explanation.meaning &&
      failure.status != 0) {
    env.err.Write(env.Format({"  the platform: {}\n", "  平台返回：{}\n"},
                             failure.message));
  }
  if (!explanation.help.empty()) {
    const std::string_view word = env.Say({"help: ", "建议："});
    env.err.Print("  {}{}\n", word,
                  tool_env::WrapText(explanation.help, env.err.width - 2,
                                     2 + base::TerminalWidth(word)));
  }
}

// ---- JSON

namespace {

// Writes one object, member by member.
class JsonObject {
 public:
  JsonObject& Text(std::string_view name, std::string_view value) {
    Name(name);
    base::AppendJsonString(text_, value);
    return *this;
  }
  JsonObject& Raw(std::string_view name, std::string_view json) {
    Name(name);
    text_ += json;
    return *this;
  }
  std::string Take() { return "{" + text_ + "}"; }

 private:
  void Name(std::string_view name) {
    if (!text_.empty()) {
      text_ += ',';
    }
    base::AppendJsonString(text_, name);
    text_ += ':';
  }
  std::string text_;
};

}  // namespace

static std::string FailureJson(const ToolEnv& env, const Outcome& outcome) {
  const CallFailure& failure = *outcome.failure;
  const Explanation explanation = Explain(env, failure);
  JsonObject error;
  error.Text("step", StepName(outcome.failed_step));
  if (!outcome.failed_name.empty()) {
    error.Text("file", outcome.failed_name);
  }
  error.Text("code", failure.code)
      .Text("message", explanation.meaning)
      .Text("platformMessage", failure.message)
      .Text("help", explanation.help)
      .Text("traceId", failure.trace_id)
      .Raw("status", base::format("{}", failure.status));
  return error.Take();
}

static std::string OutcomeJson(const ToolEnv& env, const Outcome& outcome,
                               const BuiltApp& app, const Plan& plan,
                               std::string_view platform) {
  std::string files = "[";
  for (size_t at = 0; at < app.files.size(); ++at) {
    JsonObject file;
    file.Text("name", app.files[at].name)
        .Raw("bytes", base::format("{}", app.files[at].bytes.size()))
        .Text("sha256", app.files[at].sha256);
    if (at < outcome.netdisk_ids.size()) {
      file.Text("netdiskId", outcome.netdisk_ids[at]);
    }
    files += (at == 0 ? "" : ",") + file.Take();
  }
  JsonObject result;
  result.Raw("ok", outcome.failure ? "false" : "true")
      .Text("platform", platform)
      .Text("appId", plan.app_id)
      .Text("version", plan.version)
      .Text("description", plan.description)
      .Text("until", StepName(plan.last_step))
      .Raw("online", !outcome.failure && plan.last_step == Step::kRelease &&
                             outcome.is_online
                         ? "true"
                         : "false")
      .Raw("unchanged", outcome.unchanged ? "true" : "false")
      .Text("sha256", app.sha256)
      .Raw("files", files + "]")
      .Text("packageId", outcome.package_id)
      .Text("versionId", outcome.version_id);
  if (outcome.failure) {
    result.Raw("error", FailureJson(env, outcome));
  }
  return result.Take() + "\n";
}

// ---- the command

namespace {

struct Settings {
  std::string platform;
  std::string project;
  Plan plan;
  bool as_json = false;
};

}  // namespace

static Step ReadStep(std::string_view name) {
  for (Step step : {Step::kUpload, Step::kBuild, Step::kSubmit}) {
    if (StepName(step) == name) {
      return step;
    }
  }
  return Step::kRelease;
}

// Complains on err and gives nothing when something is missing.
static std::optional<Settings> ReadSettings(ToolEnv& env,
                                            const Arguments& arguments) {
  Settings settings;
  settings.platform = arguments.Get("platform");
  settings.project = env.Resolve(arguments.Positional(0, "."));
  settings.as_json = arguments.Get("format") == "json";
  if (settings.platform.empty()) {
    env.FailUsage(
        env.Say({"where to? give `--platform URL`, FCC_PLATFORM, or "
                 "`publish.platform` in fcc.config.json",
                 "发布到哪里？请指定 `--platform URL`、FCC_PLATFORM 或 "
                 "fcc.config.json 中的 `publish.platform`"}));
    return std::nullopt;
  }
  if (const auto url = net::ParseUrl(settings.platform); !url) {
    env.FailUsage(url.error().message);
    return std::nullopt;
  }
  Plan& plan = settings.plan;
  plan.app_id = arguments.Get("app-id");
  if (plan.app_id.empty()) {
    env.FailUsage(env.Say(
        {"which mini program? give `--app-id ID`, or `appid` in "
         "project.config.json",
         "发布哪个小程序？请指定 `--app-id ID`，或在 project.config.json "
         "中设置 `appid`"}));
    return std::nullopt;
  }
  if (arguments.Has("status")) {
    return settings;
  }
  plan.version = arguments.Get("version");
  if (plan.version.empty()) {
    plan.version = FindVersion(env, settings.project);
  }
  if (plan.version.empty()) {
    env.FailUsage(env.Say(
        {"which version? give `--version V`, `version` in package.json, or tag "
         "the commit",
         "版本号是什么？请指定 `--version V`、package.json 的 `version`，"
         "或为提交打标签"}));
    return std::nullopt;
  }
  plan.description = arguments.Get("description");
  if (plan.description.empty()) {
    plan.description = FindDescription(env, settings.project);
  }
  if (plan.description.empty()) {
    // A platform refuses an empty one.
    plan.description = plan.version;
  }
  plan.ext = arguments.Get("ext");
  plan.last_step = ReadStep(arguments.Get("until"));
  plan.force = arguments.Has("force");
  plan.jobs = std::min(env.jobs, 4);
  return settings;
}

static void PrintHeading(ToolEnv& env, const Settings& settings) {
  if (env.quiet || settings.as_json) {
    return;
  }
  env.err.Print("{} → {}\n",
                env.err.Bold(base::format("{} {}", settings.plan.app_id,
                                          settings.plan.version)),
                settings.platform);
  if (settings.plan.description != settings.plan.version) {
    env.err.Print("  {}\n", env.err.Dim(FirstLine(settings.plan.description,
                                                  env.err.width - 4)));
  }
}

static int ShowDryRun(ToolEnv& env, const Settings& settings,
                      const BuiltApp& app, const PlatformClient& client) {
  const Plan& plan = settings.plan;
  env.out.Write(env.Format({"would publish {} {} to {} (nothing is sent)\n",
                            "将发布 {} {} 到 {}（未发送任何内容）\n"},
                           plan.app_id, plan.version, settings.platform));
  auto show = [&](Step step, std::string_view method, std::string_view path,
                  std::string_view what) {
    if (plan.last_step >= step) {
      env.out.Print("  {:<4} {}\n         {}\n", method, client.UrlOf(path),
                    what);
    }
  };
  for (const UploadFile& file : app.files) {
    show(Step::kUpload, "POST", kUploadPath,
         base::format("{}  {}  sha256 {}", file.name,
                      SizeText(file.bytes.size()), file.sha256.substr(0, 16)));
  }
  show(Step::kBuild, "POST", kBuildPath,
       env.Format({"version {}, “{}”", "版本 {}，“{}”"}, plan.version,
                  FirstLine(plan.description, 50)));
  show(Step::kSubmit, "POST", kSubmitPath,
       base::format("autoPub {}", plan.last_step == Step::kRelease));
  show(Step::kRelease, "GET", kReviewPath, "…");
  show(Step::kRelease, "POST", kDecidePath,
       env.Say({"status 4 (passed)", "status 4（通过）"}));
  return tool_env::kExitOk;
}

static int ShowStatus(ToolEnv& env, const Settings& settings,
                      PlatformClient& client) {
  const Called<LatestVersions> latest = client.Latest(settings.plan.app_id);
  if (!latest.ok()) {
    PrintFailure(env, latest.failure, "");
    return tool_env::kExitWorld;
  }
  auto version = [](const std::optional<RemoteVersion>& remote) {
    return remote ? remote->version : std::string();
  };
  const LatestVersions& remote = *latest.value;
  if (settings.as_json) {
    auto json = [&](const std::optional<RemoteVersion>& entry) {
      return !entry ? std::string("null")
                    : JsonObject()
                          .Text("version", entry->version)
                          .Text("versionId", entry->version_id)
                          .Text("packageId", entry->package_id)
                          .Text("ext", entry->ext)
                          .Take();
    };
    env.out.Write(JsonObject()
                      .Text("platform", settings.platform)
                      .Text("appId", settings.plan.app_id)
                      .Raw("online", json(remote.online))
                      .Raw("review", json(remote.review))
                      .Raw("uploaded", json(remote.package))
                      .Take() +
                  "\n");
    return tool_env::kExitOk;
  }
  const std::string nothing(env.Say({"none", "无"}));
  auto line = [&](const tool_env::Text& name, const std::string& value) {
    env.out.Print("{} {}\n", Padded(env.Say(name), 14),
                  value.empty() ? nothing : value);
  };
  line({"online", "线上版本"}, version(remote.online));
  line({"under review", "审核中"}, version(remote.review));
  line({"last uploaded", "最近上传"}, version(remote.package));
  return tool_env::kExitOk;
}

static std::string ResultLine(const ToolEnv& env, const Settings& settings,
                              const Outcome& outcome) {
  const Plan& plan = settings.plan;
  if (outcome.unchanged) {
    return env.Format({"{} {} is online already, with these contents",
                       "{} {} 已在线上，内容相同"},
                      plan.app_id, plan.version);
  }
  switch (plan.last_step) {
    case Step::kUpload:
      return env.Format({"{} {} is uploaded", "{} {} 已上传"}, plan.app_id,
                        plan.version);
    case Step::kBuild:
      return env.Format({"{} {} is registered, and not yet submitted",
                         "{} {} 已登记，尚未提交审核"},
                        plan.app_id, plan.version);
    case Step::kSubmit:
      return env.Format({"{} {} is under review", "{} {} 审核中"}, plan.app_id,
                        plan.version);
    case Step::kRelease:
      if (!outcome.is_online) {
        return env.Format({"{} {} passed its review; the platform does not "
                           "show it online yet",
                           "{} {} 已通过审核，但平台尚未显示其上线"},
                          plan.app_id, plan.version);
      }
      return env.Format({"{} {} is online", "{} {} 已上线"}, plan.app_id,
                        plan.version);
  }
  FCC_CHECK(false);
}

int RunPublishStep(ToolEnv& env, const Arguments& arguments,
                   const NetWorld& world) {
  const std::optional<Settings> settings = ReadSettings(env, arguments);
  if (!settings) {
    return tool_env::kExitUsage;
  }
  const bool only_looks = arguments.Has("dry-run") && !arguments.Has("status");
  const base::Result<std::string> token = ReadToken(env, arguments);
  if (!token) {
    return env.Fail(token.error());
  }
  if (token->empty() && !only_looks) {
    return env.FailUsage(env.Say(
        {"the platform's secret is missing: set FCC_TOKEN, or name a file with "
         "`--token-file` or FCC_TOKEN_FILE",
         "缺少平台密钥：请设置 FCC_TOKEN，或通过 `--token-file`、"
         "FCC_TOKEN_FILE 指定文件"}));
  }
  TextProgress text(env);
  NoProgress none;
  Progress& progress = settings->as_json ? static_cast<Progress&>(none) : text;
  PlatformClient client(
      world.transport,
      {.platform_url = settings->platform,
       .token = *token,
       .retries = arguments.Number("retries").value_or(4),
       .sleep = world.sleep,
       .retrying = [&](std::string_view what, const CallFailure& failure,
                       int wait_ms) {
         progress.Retrying(what, failure, wait_ms);
       }});
  if (arguments.Has("status")) {
    return ShowStatus(env, *settings, client);
  }
  const std::string built = arguments.Get("built");
  const base::Result<BuiltApp> app = ReadBuiltApp(
      env.fs, built.empty() ? settings->project : env.Resolve(built));
  if (!app) {
    return env.Fail(app.error());
  }
  if (only_looks) {
    return ShowDryRun(env, *settings, *app, client);
  }
  PrintHeading(env, *settings);
  const Outcome outcome = Publish(client, *app, settings->plan, progress);
  if (settings->as_json) {
    env.out.Write(
        OutcomeJson(env, outcome, *app, settings->plan, settings->platform));
  } else if (outcome.failure) {
    PrintFailure(env, *outcome.failure, outcome.failed_name);
  } else {
    env.out.Print("{}\n", ResultLine(env, *settings, outcome));
  }
  return outcome.failure ? tool_env::kExitWorld : tool_env::kExitOk;
}

}  // namespace fcc::publish
