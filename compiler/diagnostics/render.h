// SPDX-License-Identifier: Apache-2.0
//
// Diagnostics as text: for people, and for the machines that read a run.
// Every renderer is a function of the diagnostics and their sources; none
// prints.

#ifndef FCC_COMPILER_DIAGNOSTICS_RENDER_H_
#define FCC_COMPILER_DIAGNOSTICS_RENDER_H_

#include <span>
#include <string>

#include "compiler/diagnostics/diagnostic.h"

namespace fcc::diagnostics {

enum class Language : uint8_t { kEnglish, kChinese };

struct RenderOptions {
  Language language = Language::kEnglish;
  bool colour = false;
  // Columns of the terminal; lines of source are cropped to it.
  int width = 80;
  // The folder that paths of sources count from, as the reader would write it;
  // empty where it is the reader's own.
  std::string folder = {};
};

// Message, place, code frame, labels, notes and fixes, an empty line after
// each.
std::string RenderPretty(std::span<const Diagnostic> diagnostics,
                         const source::SourceSet& sources,
                         const RenderOptions& options);

// "2 errors, 1 warning" with a line break; "" when there is nothing to count.
std::string RenderSummary(std::span<const Diagnostic> diagnostics,
                          const RenderOptions& options);

// One object: {"diagnostics":[{code, severity, message, path, line, column,
// endLine, endColumn, labels, notes, fixes}], "errors":N, "warnings":N}.
std::string RenderJson(std::span<const Diagnostic> diagnostics,
                       const source::SourceSet& sources,
                       const RenderOptions& options);

// Workflow commands of GitHub Actions, a line each.
std::string RenderGithub(std::span<const Diagnostic> diagnostics,
                         const source::SourceSet& sources,
                         const RenderOptions& options);

// SARIF 2.1.0, one run.
std::string RenderSarif(std::span<const Diagnostic> diagnostics,
                        const source::SourceSet& sources,
                        const RenderOptions& options);

std::string RenderCheckstyle(std::span<const Diagnostic> diagnostics,
                             const source::SourceSet& sources,
                             const RenderOptions& options);

std::string RenderJunit(std::span<const Diagnostic> diagnostics,
                        const source::SourceSet& sources,
                        const RenderOptions& options);

}  // namespace fcc::diagnostics

#endif  // FCC_COMPILER_DIAGNOSTICS_RENDER_H_
