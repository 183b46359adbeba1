// SPDX-License-Identifier: Apache-2.0
//
// `fcc run [DIR|OUT|X.fcp]`: an app in the simulator. With test files it runs
// them; with --smoke it opens every page. A project is built in memory and then
// opened the way a device opens a package.

#include <algorithm>
#include <csignal>
#include <cstring>
#include <functional>
#include <map>
#include <memory>

#include "cli/commands/package_input.h"
#include "cli/commands/project_build.h"
#include "cli/commands/show_diagnostics.h"
#include "compiler/driver/build_session.h"
#include "runtime/base/format.h"
#include "runtime/package/package.h"
#include "runtime/script/code_cache.h"
#include "simulator/scenario/position_mapper.h"
#include "simulator/scenario/report.h"
#include "simulator/scenario/scenario.h"
#include "simulator/scenario/smoke.h"

namespace fcc::commands {

static constexpr Positional kPositionals[] = {
    {"PATH",
     {"project folder, output folder, package zip or sealed package; the "
      "current folder by default",
      "项目目录、输出目录、包 zip 或密封包；默认当前目录"},
     PositionalUse::kOptional},
};

static constexpr Flag kFlags[] = {
    {.name = "test",
     .kind = FlagKind::kText,
     .help = {"test files to run, relative to the project "
              "(default tests/**/*.test.js and .test.ts)",
              "要运行的测试文件，相对于项目目录（默认 tests/**/*.test.js 与 "
              ".test.ts）"},
     .value = "GLOB",
     .letter = 't',
     .use = FlagUse::kRepeated},
    {.name = "name",
     .kind = FlagKind::kText,
     .help = {"only tests whose name holds this text",
              "只运行名称包含该文本的测试"},
     .value = "TEXT"},
    {.name = "smoke",
     .kind = FlagKind::kSwitch,
     .help = {"open every page of app.json and report its errors",
              "打开 app.json 中的每个页面并报告错误"}},
    {.name = "format",
     .kind = FlagKind::kChoice,
     .help = {"how to print the result", "结果的输出格式"},
     .fallback = "text",
     .choices = "text|json|junit|tap"},
    {.name = "junit",
     .kind = FlagKind::kPath,
     .help = {"also write a JUnit report to this file",
              "同时将 JUnit 报告写入该文件"},
     .value = "FILE"},
    {.name = "timeout",
     .kind = FlagKind::kNumber,
     .help = {"virtual milliseconds one test may take",
              "单个测试可用的虚拟毫秒数"},
     .value = "MS",
     .fallback = "5000"},
    {.name = "memory",
     .kind = FlagKind::kNumber,
     .help = {"megabytes that the app's script may use",
              "小程序脚本可用的内存（MB）"},
     .value = "MB",
     .fallback = "512"},
    kKeyFlag,
};

static constexpr Example kExamples[] = {
    {"fcc run",
     {"build and run the tests of this project", "构建并运行当前项目的测试"}},
    {"fcc run --smoke --format json",
     {"open every page; the result as JSON", "打开每个页面，以 JSON 输出结果"}},
    {"fcc run dist/app.fcp -k app.key -t 'tests/**/*.test.js'",
     {"the tests against a sealed package", "对密封包运行测试"}},
};

const CommandSpec kRunSpec = {
    .name = "run",
    .summary = {"run tests in the simulator, without a phone or a window",
                "在模拟器中运行测试，无需手机或界面"},
    .details =
        {"Test files are JavaScript or TypeScript with describe, it and "
         "expect; `app` drives the mini program as miniprogram-automator does. "
         "Time is virtual and the network is mocked, so a run is the same "
         "every time.",
         "测试文件使用 JavaScript 或 TypeScript 编写，提供 "
         "describe、it、expect；`app` 对象的方法与 miniprogram-automator "
         "一致。时间是虚拟的，网络由测试模拟，因此每次运行结果相同。"},
    .positionals = kPositionals,
    .flags = kFlags,
    .examples = kExamples,
};

namespace {

// An app that is ready to be opened, and the way back to its sources.
struct OpenedApp {
  std::unique_ptr<package::Bundle> bundle;
  // Folder that test globs count from, absolute.
  std::string folder;
  scenario::PositionMapper positions;
  // The app's compiled scripts from earlier runs; null where none can be kept.
  std::unique_ptr<script::CodeStore> code;
};

}  // namespace

static bool IsProject(ToolEnv& env, const std::string& path) {
  return env.fs.IsDirectory(path) &&
         !env.fs.IsFile(base::JoinPath(path, "package/packageConfig.json")) &&
         !env.fs.IsFile(base::JoinPath(path, "packageConfig.json")) &&
         !env.fs.IsFile(base::JoinPath(path, ".fcc/manifest.json"));
}

// Builds the project; nothing when it has errors, which are on err then.
static std::unique_ptr<package::Source> Build(ToolEnv& env,
                                              const std::string& path,
                                              OpenedApp& app) {
  StyleTools style_tools(env);
  driver::BuildOptions options = OptionsOfBuild(env, path, style_tools);
  options.output = driver::Output::kPackages;
  options.check = false;
  driver::BuildSession session(env.fs, options);
  driver::BuildResult result = session.Build();
  if (!result.ok) {
    ShowProblems(env, result.diagnostics, session.sources(), result.root);
    return nullptr;
  }
  app.positions.TakeMaps(result.files);
  return result.TakePackages();
}

// In fcc's cache folder, or nothing: a run without it is only slower.
static std::unique_ptr<script::CodeStore> OpenCodeStore(ToolEnv& env) {
  const std::string folder = env.CacheDirectory();
  if (folder.empty()) {
    return nullptr;
  }
  auto store = script::CodeStore::Open(env.fs, base::JoinPath(folder, "code"));
  return store ? std::move(store).value() : nullptr;
}

// kExitOk and a bundle, or the code to exit with.
static int Open(ToolEnv& env, const Arguments& arguments, OpenedApp& app) {
  const std::string path = env.Resolve(arguments.Positional(0, "."));
  std::unique_ptr<package::Source> source;
  if (IsProject(env, path)) {
    app.folder = path;
    source = Build(env, path, app);
    if (source == nullptr) {
      return tool_env::kExitProblems;
    }
  } else {
    app.folder = env.cwd;
    base::Result<std::unique_ptr<package::Source>> opened =
        OpenAppFiles(env, path, arguments.GetAll("key"));
    if (!opened) {
      return env.Fail(opened.error());
    }
    source = std::move(opened).value();
  }
  base::Result<std::unique_ptr<package::Bundle>> bundle =
      package::Bundle::Open(std::move(source));
  if (!bundle) {
    return env.Fail(bundle.error());
  }
  app.bundle = std::move(bundle).value();
  app.code = OpenCodeStore(env);
  return tool_env::kExitOk;
}

static std::vector<std::string> FindTests(ToolEnv& env,
                                          const Arguments& arguments,
                                          const OpenedApp& app) {
  std::vector<std::string> patterns = arguments.GetAll("test");
  if (patterns.empty()) {
    patterns = {"tests/**/*.test.js", "tests/**/*.test.ts"};
  }
  std::vector<std::string> found;
  // Only the folder that all of a pattern's matches are in is read.
  for (const std::string& pattern : patterns) {
    const std::string fixed = pattern.substr(0, pattern.find_first_of("*?"));
    const size_t slash = fixed.rfind('/');
    const std::string below =
        slash == std::string::npos ? "" : fixed.substr(0, slash);
    const std::string folder = base::JoinPath(app.folder, below);
    if (fixed == pattern) {
      found.push_back(pattern);
      continue;
    }
    const base::Result<std::vector<std::string>> files =
        env.fs.ListTree(folder);
    if (!files) {
      continue;
    }
    for (const std::string& file : *files) {
      const std::string name = below.empty() ? file : below + "/" + file;
      if (name.find("node_modules/") == std::string::npos &&
          scenario::MatchesGlob(pattern, name)) {
        found.push_back(name);
      }
    }
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

static scenario::ReportOptions ReportOptionsOf(const ToolEnv& env) {
  scenario::ReportOptions options;
  options.colour = env.out.color;
  options.chinese = env.language == tool_env::Language::kChinese;
  options.verbose = env.verbose;
  return options;
}

static int WriteJunit(ToolEnv& env, const Arguments& arguments,
                      const std::string& report, int code) {
  const std::string path = arguments.Get("junit");
  if (!path.empty()) {
    if (const base::Status status = env.fs.WriteFile(env.Resolve(path), report);
        !status) {
      return env.Fail(status.error());
    }
  }
  return code;
}

static scenario::SessionLimits LimitsOf(const Arguments& arguments,
                                        const OpenedApp& app) {
  scenario::SessionLimits limits;
  limits.code_cache = app.code.get();
  limits.app.heap_bytes =
      static_cast<uint64_t>(arguments.Number("memory").value_or(512)) << 20;
  limits.wait_ms = arguments.Number("timeout").value_or(5000);
  return limits;
}

static int RunSmokeTest(ToolEnv& env, const Arguments& arguments,
                        OpenedApp& app) {
  source::SourceSet sources;
  scenario::TestScripts scripts(env.fs, env.cwd, sources);
  scenario::SmokeOptions options;
  options.limits = LimitsOf(arguments, app);
  options.map_position = [&app](app::SourcePosition& position) {
    return app.positions.Map(position);
  };
  options.lower_source = [&scripts](std::string_view source, bool is_function) {
    return scripts.Lower(source, is_function);
  };
  const scenario::SmokeResult result = scenario::RunSmoke(*app.bundle, options);
  const std::string format = arguments.Get("format");
  if (format == "json") {
    env.out.Write(scenario::RenderSmokeJson(result));
  } else if (format == "junit") {
    env.out.Write(scenario::RenderSmokeJunit(result));
  } else {
    env.out.Write(scenario::RenderSmoke(result, ReportOptionsOf(env)));
  }
  return WriteJunit(
      env, arguments, scenario::RenderSmokeJunit(result),
      result.failed == 0 ? tool_env::kExitOk : tool_env::kExitProblems);
}

static int RunTests(ToolEnv& env, const Arguments& arguments, OpenedApp& app,
                    const std::vector<std::string>& files) {
  source::SourceSet sources;
  scenario::TestScripts scripts(env.fs, env.cwd, sources);
  scenario::ScenarioOptions options;
  options.limits = LimitsOf(arguments, app);
  options.timeout_ms = arguments.Number("timeout").value_or(5000);
  options.name_filter = arguments.Get("name");
  options.map_position = [&app](app::SourcePosition& position) {
    return app.positions.Map(position);
  };
  const bool text = arguments.Get("format") == "text";
  const scenario::ReportOptions report = ReportOptionsOf(env);
  scenario::RunResult run;
  const int64_t start = env.clock.MonotonicUs();
  diagnostics::Sink sink;
  for (const std::string& file : files) {
    run.files.push_back(scenario::RunScenarioFile(
        *app.bundle, scripts, env.Show(base::JoinPath(app.folder, file)),
        options, sink));
    if (text) {
      env.out.Write(scenario::RenderFile(run.files.back(), report));
    }
  }
  run.ms = static_cast<double>(env.clock.MonotonicUs() - start) / 1000.0;
  const std::string format = arguments.Get("format");
  if (format == "json") {
    env.out.Write(scenario::RenderJson(run));
  } else if (format == "junit") {
    env.out.Write(scenario::RenderJunit(run));
  } else if (format == "tap") {
    env.out.Write(scenario::RenderTap(run));
  } else {
    env.out.Write("\n" + scenario::RenderFailures(run, report) +
                  scenario::RenderTotals(run, report));
  }
  return WriteJunit(env, arguments, scenario::RenderJunit(run),
                    run.ok() ? tool_env::kExitOk : tool_env::kExitProblems);
}

// Runs what runs the app's code in a process of its own, so that nothing an app
// does goes further, and what it does to that process is told.
static int RunConfined(ToolEnv& env, const Arguments& arguments,
                       const OpenedApp& app, const std::function<int()>& work) {
  // The heap's own limit comes first; this leaves room for what is not script.
  constexpr uint64_t kBesideTheHeap = uint64_t{4} << 30;
  const base::Result<tool_env::ConfinedEnd> end = env.processes.RunConfined(
      {.memory_bytes =
           LimitsOf(arguments, app).app.heap_bytes + kBesideTheHeap},
      work);
  if (!end) {
    return env.Fail(end.error());
  }
  if (end->signal == 0) {
    return end->exit_code;
  }
  env.PrintError(env.Format(
      {"the process that ran the app was ended by signal {} ({}); the results "
       "above are all there are",
       "运行小程序的进程被信号 {}（{}）终止；以上是全部结果"},
      end->signal, strsignal(end->signal)));
  const bool from_outside = end->signal == SIGKILL || end->signal == SIGTERM ||
                            end->signal == SIGINT || end->signal == SIGHUP;
  return from_outside ? tool_env::kExitWorld : tool_env::kExitBug;
}

int RunRun(ToolEnv& env, const Arguments& arguments) {
  OpenedApp app;
  if (const int code = Open(env, arguments, app); code != tool_env::kExitOk) {
    return code;
  }
  if (arguments.Has("smoke")) {
    return RunConfined(env, arguments, app,
                       [&] { return RunSmokeTest(env, arguments, app); });
  }
  const std::vector<std::string> files = FindTests(env, arguments, app);
  if (files.empty()) {
    return env.FailUsage(env.Say(
        {"there are no test files; write tests/*.test.js, or use --smoke",
         "没有测试文件；请编写 tests/*.test.js，或使用 --smoke"}));
  }
  return RunConfined(env, arguments, app,
                     [&] { return RunTests(env, arguments, app, files); });
}

}  // namespace fcc::commands
