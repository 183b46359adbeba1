// SPDX-License-Identifier: Apache-2.0
//
// `fcc build [DIR] -o OUT`: a project into the packages that a FinClip platform
// takes.

#include "cli/commands/command.h"
#include "cli/commands/project_build.h"
#include "cli/commands/show_diagnostics.h"
#include "cli/commands/watch_loop.h"
#include "compiler/driver/build_session.h"
#include "runtime/base/counted.h"

namespace fcc::commands {

static constexpr Positional kPositionals[] = {
    {"DIR",
     {"project folder; the current folder by default",
      "项目目录；默认当前目录"},
     PositionalUse::kOptional},
};

static constexpr Flag kFlags[] = {
    {.name = "out",
     .kind = FlagKind::kPath,
     .help = {"folder to write; replaced as a whole when the build succeeds",
              "输出目录；构建成功后整体替换"},
     .value = "OUT",
     .fallback = "dist",
     .letter = 'o'},
    {.name = "mode",
     .kind = FlagKind::kChoice,
     .help = {"production minifies and drops development code and modules "
              "that nothing uses",
              "production 会压缩代码，并去除开发代码与无人使用的模块"},
     .fallback = "production",
     .choices = "development|production"},
    {.name = "obfuscate",
     .kind = FlagKind::kChoice,
     .help = {"make scripts hard to read: 1 texts and names, 2 and half of the "
              "functions as state machines, 3 all of them and names of "
              "members",
              "混淆脚本：1 字符串与名称，2 另将一半函数展平为状态机，3 "
              "全部函数及成员名"},
     .fallback = "0",
     .choices = "0|1|2|3"},
    {.name = "seed",
     .kind = FlagKind::kNumber,
     .help = {"another seed obfuscates otherwise", "混淆使用的种子"},
     .value = "N",
     .fallback = "0"},
    {.name = "native",
     .kind = FlagKind::kSwitch,
     .help = {"put the section for the native runtime into the packages "
              "(--no-native leaves it out)",
              "在包中写入原生运行时所需的 .fcc/ 部分（--no-native 不写入）"},
     .fallback = "true"},
    {.name = "maps",
     .kind = FlagKind::kSwitch,
     .help = {"write source maps to OUT/maps (--no-maps does not)",
              "将 source map 写入 OUT/maps（--no-maps 不写入）"},
     .fallback = "true"},
    kWatchFlag,
    kDiagnosticsFormatFlag,
};

static constexpr Example kExamples[] = {
    {"fcc build -o dist", {}},
    {"fcc build my-app --mode development", {}},
};

const CommandSpec kBuildSpec = {
    .name = "build",
    .summary = {"compile a project into FinClip packages",
                "把项目编译为 FinClip 代码包"},
    .details = {"Everything wrong with the project is told at once. The output "
                "folder is written beside and renamed: it is the old one or "
                "the new one, never half of each. The same input gives the "
                "same bytes, whatever the machine and the number of threads.",
                "项目中的所有问题会一次性报告。输出目录先写到旁边再改名：要么是"
                "旧的，要么是新的，不会出现一半。相同输入在任何机器、任何线程数"
                "下得到相同的字节。"},
    .positionals = kPositionals,
    .flags = kFlags,
    .examples = kExamples,
};

static std::string ShownSize(uint64_t bytes) {
  return bytes < 10'000
             ? base::format("{} B", bytes)
             : base::format("{:.1f} KB", static_cast<double>(bytes) / 1024);
}

static void ShowOutput(ToolEnv& env, const driver::BuildResult& result,
                       const std::string& out, int64_t started_us) {
  const double ms =
      static_cast<double>(env.clock.MonotonicUs() - started_us) / 1000;
  env.err.Print("{} {}\n", env.err.Green("✓"),
                env.Format({"{4}, {5}, {2} in {3:.0f} ms",
                            "{0} 个页面、{1} 个源文件，共 {2}，用时 {3:.0f} "
                            "毫秒"},
                           result.pages.size(), result.source_files,
                           ShownSize(result.source_bytes), ms,
                           base::Counted(result.pages.size(), "page"),
                           base::Counted(result.source_files, "file")));
  // The packages with their sizes: what people look at first.
  std::map<std::string, uint64_t> sizes;
  for (const auto& [path, bytes] : result.files) {
    if (path.starts_with("plugin/")) {
      sizes["plugin"] += bytes.size();
    } else if (path.starts_with("package/")) {
      const size_t slash = path.find('/', 8);
      if (slash != std::string::npos) {
        sizes[path.substr(8, slash - 8)] += bytes.size();
      }
    }
  }
  for (const auto& [name, size] : sizes) {
    env.err.Print("  {:<20} {:>10}\n", name, ShownSize(size));
  }
  env.err.Print("  {} {}\n", env.err.Dim("→"), env.Show(out));
}

// Tells what a build found and writes it; returns what to exit with.
static int Finish(ToolEnv& env, const Arguments& arguments,
                  driver::BuildSession& session,
                  const driver::BuildResult& result, int64_t started_us) {
  ShowProblemsAs(env, arguments.Get("format"), result.diagnostics,
                 session.sources(), result.root);
  if (!result.ok) {
    return tool_env::kExitProblems;
  }
  const std::string out = env.Resolve(arguments.Get("out"));
  const base::Status written = session.WriteOutput(result, out);
  if (!written) {
    return env.Fail(written.error());
  }
  if (!env.quiet) {
    ShowOutput(env, result, out, started_us);
  }
  return tool_env::kExitOk;
}

int RunBuild(ToolEnv& env, const Arguments& arguments) {
  const int64_t started_us = env.clock.MonotonicUs();
  const std::string out = env.Resolve(arguments.Get("out"));
  StyleTools style_tools(env);
  driver::BuildOptions options =
      OptionsOfBuild(env, arguments.Positional(0, "."), style_tools);
  options.mode = ModeOf(arguments.Get("mode"));
  // One digit: the flag takes no other.
  options.obfuscate = arguments.Get("obfuscate")[0] - '0';
  options.obfuscate_seed =
      static_cast<uint64_t>(arguments.Number("seed").value_or(0));
  options.native_section = arguments.Has("native");
  options.source_maps = arguments.Has("maps");
  options.excluded = {out};
  // Rules are `fcc check`'s; a build tells what keeps it from building.
  options.check = false;
  driver::BuildSession session(env.fs, options);
  if (!arguments.Has("watch")) {
    return Finish(env, arguments, session, session.Build(), started_us);
  }
  return WatchLoop(
      env, options.project_dir, {out},
      [&](const std::vector<std::string>& changed) {
        const int64_t again_us = env.clock.MonotonicUs();
        Finish(env, arguments, session,
               changed.empty() ? session.Build() : session.Rebuild(changed),
               again_us);
      });
}

}  // namespace fcc::commands
