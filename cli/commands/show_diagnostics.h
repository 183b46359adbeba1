// SPDX-License-Identifier: Apache-2.0
//
// The problems of a project, as `--format` asks for them: what `fcc build`,
// `check`, `run` and `publish` share.

#ifndef FCC_CLI_COMMANDS_SHOW_DIAGNOSTICS_H_
#define FCC_CLI_COMMANDS_SHOW_DIAGNOSTICS_H_

#include <span>
#include <string_view>

#include "cli/tool_env/command_line.h"
#include "compiler/diagnostics/render.h"

namespace fcc::commands {

// Of a command whose result is its problems (`fcc check`).
inline constexpr tool_env::Flag kDiagnosticsFormatFlag = {
    .name = "format",
    .kind = tool_env::FlagKind::kChoice,
    .help = {"how to tell the problems", "问题的输出格式"},
    .value = "NAME",
    .fallback = "pretty",
    .choices = "pretty|json|sarif|github|checkstyle|junit"};

// As `terminal` takes them.
diagnostics::RenderOptions RenderOptionsOf(const tool_env::ToolEnv& env,
                                           const tool_env::Terminal& terminal);

// For people, on standard error: every problem with its code frame, then how
// many there are. Infos and warnings are left out where the run is quiet. Paths
// are shown from the current folder; `folder`, absolute, is where those of the
// sources begin (empty: the current one).
void ShowProblems(tool_env::ToolEnv& env,
                  std::span<const diagnostics::Diagnostic> problems,
                  const source::SourceSet& sources,
                  std::string_view folder = {});

// In a machine's format on standard output; "pretty" goes to standard error as
// above. `format` is one of kDiagnosticsFormatFlag's.
void ShowProblemsAs(tool_env::ToolEnv& env, std::string_view format,
                    std::span<const diagnostics::Diagnostic> problems,
                    const source::SourceSet& sources,
                    std::string_view folder = {});

}  // namespace fcc::commands

#endif  // FCC_CLI_COMMANDS_SHOW_DIAGNOSTICS_H_
