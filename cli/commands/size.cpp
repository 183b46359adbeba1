// SPDX-License-Identifier: Apache-2.0
//
// `fcc size [DIR]`: what the packages are made of, why each file is in there,
// and what could go.

#include <algorithm>
#include <optional>

#include "cli/commands/command.h"
#include "cli/commands/project_build.h"
#include "cli/commands/show_diagnostics.h"
#include "cli/commands/size_report.h"
#include "compiler/driver/build_session.h"

namespace fcc::commands {

static constexpr Positional kPositionals[] = {
    {"DIR",
     {"project folder; the current folder by default",
      "项目目录；默认当前目录"},
     PositionalUse::kOptional},
};

static constexpr Flag kFlags[] = {
    {.name = "format",
     .kind = FlagKind::kChoice,
     .help = {"how to answer", "输出格式"},
     .fallback = "text",
     .choices = "text|json|html"},
    {.name = "mode",
     .kind = FlagKind::kChoice,
     .help = {"which build to measure", "测量哪种构建"},
     .fallback = "production",
     .choices = "development|production"},
    {.name = "output",
     .kind = FlagKind::kPath,
     .help = {"write the answer to a file", "将结果写入文件"},
     .value = "FILE",
     .letter = 'o'},
    {.name = "against",
     .kind = FlagKind::kPath,
     .help = {"compare with what `--format json` wrote of another build",
              "与另一次构建的 `--format json` 结果比较"},
     .value = "FILE"},
    {.name = "why",
     .kind = FlagKind::kText,
     .help = {"show the way by which a file came in", "显示某文件被引入的路径"},
     .value = "PATH"},
    {.name = "top",
     .kind = FlagKind::kNumber,
     .help = {"rows a table shows", "每个表格显示的行数"},
     .value = "N",
     .fallback = "10"},
    {.name = "max-main",
     .kind = FlagKind::kNumber,
     .help = {"exit with 1 when the main package is bigger",
              "主包超过该大小时以 1 退出"},
     .value = "KB"},
    {.name = "max-package",
     .kind = FlagKind::kNumber,
     .help = {"exit with 1 when any package is bigger",
              "任一分包超过该大小时以 1 退出"},
     .value = "KB"},
    {.name = "max-total",
     .kind = FlagKind::kNumber,
     .help = {"exit with 1 when all of them together are bigger",
              "总大小超过该值时以 1 退出"},
     .value = "KB"},
};

static constexpr Example kExamples[] = {
    {"fcc size", {}},
    {"fcc size --format html -o size.html", {"a treemap", "矩形树图"}},
    {"fcc size --against base.json --max-main 2048", {"in CI", "用于持续集成"}},
};

const CommandSpec kSizeSpec = {
    .name = "size",
    .summary = {"show what the packages are made of and what could go",
                "分析代码包的组成以及可以去掉的部分"},
    .details = {"Sizes are those of what ships: scripts after compiling, all "
                "else as it is packed. Budgets (`--max-…`, or the `size` "
                "section of fcc.config.json) make the exit code 1.",
                "统计的是实际打包的大小：脚本按编译结果，其他按打包内容。设置"
                "预算（`--max-…` 或 fcc.config.json 的 `size` 部分）后，超出"
                "时退出码为 1。"},
    .positionals = kPositionals,
    .flags = kFlags,
    .examples = kExamples,
};

static std::string SizeText(uint64_t bytes) {
  if (bytes < 1024) {
    return base::format("{} B", bytes);
  }
  if (bytes < 1024 * 1024) {
    return base::format("{:.1f} KB", static_cast<double>(bytes) / 1024);
  }
  return base::format("{:.2f} MB", static_cast<double>(bytes) / (1024 * 1024));
}

static std::string ChangeText(uint64_t bytes, uint64_t before) {
  return bytes >= before ? "+" + SizeText(bytes - before)
                         : "-" + SizeText(before - bytes);
}

namespace {

class TextReport {
 public:
  TextReport(ToolEnv& env, const SizeReport& report, size_t rows)
      : env_(env), report_(report), rows_(rows) {}

  void Show() {
    Head({"packages", "代码包"});
    for (const SizedPackage& package : report_.packages) {
      std::string kinds;
      for (size_t i = 0; i < kFileKinds; ++i) {
        if (package.kinds[i] != 0) {
          kinds += base::format("  {} {}", FileKindName(FileKind(i)),
                                SizeText(package.kinds[i]));
        }
      }
      Row(package.bytes, base::format("{}  (zip {}){}", package.name,
                                      SizeText(package.zip_bytes), kinds));
    }
    Row(report_.bytes, env_.Say({"in all", "合计"}));
    Groups({"pages", "页面"}, report_.pages);
    Groups({"components", "组件"}, report_.components);
    Groups({"npm packages", "npm 包"}, report_.npm);
    if (Begin({"files", "文件"}, report_.files.size())) {
      for (size_t i = 0; i < Count(report_.files.size()); ++i) {
        Row(report_.files[i].bytes, report_.files[i].path);
      }
    }
    if (Begin({"files of the same content", "内容相同的文件"},
              report_.duplicates.size())) {
      for (size_t i = 0; i < Count(report_.duplicates.size()); ++i) {
        std::string paths;
        for (const std::string& path : report_.duplicates[i].paths) {
          paths += paths.empty() ? path : " = " + path;
        }
        Row(report_.duplicates[i].bytes, paths);
      }
    }
    if (Begin({"packed, and nothing mentions them", "已打包但没有任何引用"},
              report_.unused.size())) {
      for (size_t i = 0; i < Count(report_.unused.size()); ++i) {
        Row(report_.unused[i].bytes, report_.unused[i].path);
      }
    }
    Groups({"style rules that can never apply", "永远不会生效的样式规则"},
           report_.unused_styles);
  }

 private:
  size_t Count(size_t size) const { return std::min(size, rows_); }

  void Head(const tool_env::Text& title) {
    env_.out.Print("{}\n", env_.out.Bold(env_.Say(title)));
  }
  // False where there is nothing to show.
  bool Begin(const tool_env::Text& title, size_t count) {
    if (count == 0) {
      return false;
    }
    env_.out.Print("\n");
    Head(title);
    return true;
  }
  void Row(uint64_t bytes, std::string_view text) {
    env_.out.Print("{:>10}  {}\n", SizeText(bytes), text);
  }
  void Groups(const tool_env::Text& title,
              const std::vector<SizedGroup>& groups) {
    if (Begin(title, groups.size())) {
      for (size_t i = 0; i < Count(groups.size()); ++i) {
        Row(groups[i].bytes, groups[i].name);
      }
      if (groups.size() > rows_) {
        env_.out.Print("{:>10}  {}\n", "…",
                       env_.Format({"{} in all", "共 {} 项"}, groups.size()));
      }
    }
  }

  ToolEnv& env_;
  const SizeReport& report_;
  size_t rows_;
};

}  // namespace

static void ShowChanges(ToolEnv& env, const SizeReport& report,
                        const SizesBefore& before, size_t rows) {
  env.out.Print("\n{}\n", env.out.Bold(env.Say({"changes", "变化"})));
  std::map<std::string, uint64_t> packages = before.packages;
  for (const SizedPackage& package : report.packages) {
    env.out.Print("{:>11}  {}\n",
                  ChangeText(package.bytes, packages[package.name]),
                  package.name);
  }
  struct Change {
    uint64_t now = 0;
    uint64_t before = 0;
    std::string path;
    uint64_t Size() const { return now > before ? now - before : before - now; }
  };
  std::vector<Change> changes;
  std::map<std::string, uint64_t> files = before.files;
  for (const SizedFile& file : report.files) {
    auto found = files.find(file.path);
    changes.push_back(
        {file.bytes, found == files.end() ? 0 : found->second, file.path});
    if (found != files.end()) {
      files.erase(found);
    }
  }
  for (const auto& [path, bytes] : files) {
    changes.push_back({0, bytes, path});
  }
  std::erase_if(changes,
                [](const Change& change) { return change.Size() == 0; });
  std::sort(
      changes.begin(), changes.end(), [](const Change& a, const Change& b) {
        return a.Size() != b.Size() ? a.Size() > b.Size() : a.path < b.path;
      });
  for (size_t i = 0; i < std::min(rows, changes.size()); ++i) {
    env.out.Print("{:>11}  {}\n", ChangeText(changes[i].now, changes[i].before),
                  changes[i].path);
  }
}

// False, and says which, where a package is bigger than it may be.
static bool IsWithinBudgets(ToolEnv& env, const Arguments& arguments,
                            const SizeReport& report) {
  bool within = true;
  auto check = [&](std::string_view flag, std::string_view name,
                   uint64_t bytes) {
    if (!arguments.Number(flag)) {
      return;
    }
    const uint64_t most =
        static_cast<uint64_t>(arguments.Number(flag).value_or(0)) * 1024;
    if (bytes > most) {
      within = false;
      env.PrintError(env.Format({"{} has {}, {} more than the {} of `--{}`",
                                 "{} 大小为 {}，超出 {}（上限 {}，`--{}`）"},
                                name, SizeText(bytes), SizeText(bytes - most),
                                SizeText(most), flag));
    }
  };
  for (const SizedPackage& package : report.packages) {
    if (&package == &report.packages.front()) {
      check("max-main", package.name, package.bytes);
    }
    check("max-package", package.name, package.bytes);
  }
  check("max-total", env.Say({"the app", "整个应用"}), report.bytes);
  return within;
}

static int ShowWhy(ToolEnv& env, const SizeReport& report,
                   std::string_view path) {
  for (const SizedFile& file : report.files) {
    if (file.path != path) {
      continue;
    }
    for (size_t i = 0; i < file.why.size(); ++i) {
      env.out.Print("{:{}}{}\n", "", i * 2, file.why[i]);
    }
    env.out.Print("{:{}}{}  {}\n", "", file.why.size() * 2, file.path,
                  SizeText(file.bytes));
    if (file.why.empty()) {
      env.out.Print(
          "{}\n", env.Say({"no script, template or sheet names it: it is "
                           "packed as every file of its kind is",
                           "没有脚本、模板或样式引用它：同类文件都会被打包"}));
    }
    return tool_env::kExitOk;
  }
  return env.FailUsage(env.Format(
      {"no package holds a file `{}`", "没有任何包包含文件 `{}`"}, path));
}

int RunSize(ToolEnv& env, const Arguments& arguments) {
  StyleTools style_tools(env);
  driver::BuildOptions options =
      OptionsOfBuild(env, arguments.Positional(0, "."), style_tools);
  options.output = driver::Output::kPackages;
  options.source_maps = false;
  options.mode = ModeOf(arguments.Get("mode"));
  // What cannot be run may still be measured.
  options.rules.report_only = true;
  options.rules.preset = check::Preset::kRecommended;
  driver::BuildSession session(env.fs, options);
  const driver::BuildResult result = session.Build();
  if (!result.ok || session.program() == nullptr) {
    ShowProblems(env, result.diagnostics, session.sources(), result.root);
    return tool_env::kExitProblems;
  }
  const SizeReport report = MakeSizeReport(*session.program(), result);
  if (!arguments.Get("why").empty()) {
    return ShowWhy(env, report, arguments.Get("why"));
  }
  std::optional<SizesBefore> before;
  if (const std::string path = arguments.Get("against"); !path.empty()) {
    base::Result<std::string> text = env.fs.ReadFile(env.Resolve(path));
    if (!text) {
      return env.Fail(text.error());
    }
    before = ReadSizes(*text);
    if (!before) {
      return env.FailUsage(
          env.Format({"`{}` is not what `fcc size --format json` writes",
                      "`{}` 不是 `fcc size --format json` 的输出"},
                     path));
    }
  }
  const std::string format = arguments.Get("format");
  if (format != "text") {
    const std::string text =
        format == "json"
            ? SizeReportJson(report)
            : SizeReportHtml(report, before ? &*before : nullptr,
                             session.program()->project.name.empty()
                                 ? "fcc size"
                                 : session.program()->project.name,
                             env.language == tool_env::Language::kChinese);
    if (arguments.Get("output").empty()) {
      env.out.Write(text);
    } else if (base::Status written =
                   env.fs.WriteFile(env.Resolve(arguments.Get("output")), text);
               !written) {
      return env.Fail(written.error());
    }
  } else {
    const size_t rows =
        static_cast<size_t>(arguments.Number("top").value_or(10));
    TextReport(env, report, rows).Show();
    if (before) {
      ShowChanges(env, report, *before, rows);
    }
  }
  return IsWithinBudgets(env, arguments, report) ? tool_env::kExitOk
                                                 : tool_env::kExitProblems;
}

}  // namespace fcc::commands
