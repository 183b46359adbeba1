// SPDX-License-Identifier: Apache-2.0

#include "cli/commands/show_diagnostics.h"

#include <vector>

namespace fcc::commands {

using diagnostics::Diagnostic;
using tool_env::Terminal;
using tool_env::ToolEnv;

diagnostics::RenderOptions RenderOptionsOf(const ToolEnv& env,
                                           const Terminal& terminal) {
  return {.language = env.language == tool_env::Language::kChinese
                          ? diagnostics::Language::kChinese
                          : diagnostics::Language::kEnglish,
          .colour = terminal.color,
          .width = terminal.width};
}

static std::string ShownFolder(const ToolEnv& env, std::string_view folder) {
  return folder.empty() ? std::string() : env.Show(folder);
}

void ShowProblems(ToolEnv& env, std::span<const Diagnostic> problems,
                  const source::SourceSet& sources, std::string_view folder) {
  diagnostics::RenderOptions options = RenderOptionsOf(env, env.err);
  options.folder = ShownFolder(env, folder);
  std::vector<Diagnostic> shown;
  for (const Diagnostic& problem : problems) {
    if (!env.quiet || problem.severity == diagnostics::Severity::kError) {
      shown.push_back(problem);
    }
  }
  env.err.Write(diagnostics::RenderPretty(shown, sources, options));
  env.err.Write(diagnostics::RenderSummary(shown, options));
}

void ShowProblemsAs(ToolEnv& env, std::string_view format,
                    std::span<const Diagnostic> problems,
                    const source::SourceSet& sources, std::string_view folder) {
  if (format == "pretty") {
    ShowProblems(env, problems, sources, folder);
    return;
  }
  diagnostics::RenderOptions options = RenderOptionsOf(env, env.out);
  options.folder = ShownFolder(env, folder);
  using Render =
      std::string (*)(std::span<const Diagnostic>, const source::SourceSet&,
                      const diagnostics::RenderOptions&);
  struct Row {
    std::string_view name;
    Render render;
  };
  static constexpr Row kRows[] = {
      {"json", diagnostics::RenderJson},
      {"sarif", diagnostics::RenderSarif},
      {"github", diagnostics::RenderGithub},
      {"checkstyle", diagnostics::RenderCheckstyle},
      {"junit", diagnostics::RenderJunit},
  };
  for (const Row& row : kRows) {
    if (row.name == format) {
      env.out.Write(row.render(problems, sources, options));
      return;
    }
  }
  FCC_CHECK(false);
}

}  // namespace fcc::commands
