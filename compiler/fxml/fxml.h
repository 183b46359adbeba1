// SPDX-License-Identifier: Apache-2.0
//
// FXML (WXML): one file's text to one unit, units to a template program or to
// the JavaScript that FinClip's SDK loads.
//
// CompileFxml never fails: it reports every problem with its place and gives
// the best unit it can. Units hold views into the source text; the source must
// outlive them. A unit with errors may be linked, and renders what was
// understood.

#ifndef FCC_COMPILER_FXML_FXML_H_
#define FCC_COMPILER_FXML_FXML_H_

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/diagnostics/diagnostic.h"
#include "compiler/fxml/unit.h"
#include "compiler/source/source_file.h"

namespace fcc::fxml {

struct FxmlOptions {
  // Unclosed and stray tags and `wx:else` without `wx:if` are warnings, and
  // what they stand on is rendered.
  bool lenient = false;
};

Unit CompileFxml(const source::SourceFile& source, const FxmlOptions& options,
                 diagnostics::Sink& sink);

// The path that `src`, written in the file `from`, means, among the files that
// exist: `.fxml` before `.wxml`, with or without the extension written. Paths
// are from the project's root. Empty when there is no such file.
std::string ResolveTemplatePath(
    std::string_view from, std::string_view src,
    const std::function<bool(std::string_view)>& exists);
// The same for script modules: `.fts`, `.wxs`.
std::string ResolveModulePath(
    std::string_view from, std::string_view src,
    const std::function<bool(std::string_view)>& exists);

// A script module as compiler/fts made it. `path` is the file's path, or
// InlineModulePath() of an inline one.
struct ModuleSource {
  std::string path;
  std::string code;
};
std::string InlineModulePath(std::string_view unit_path,
                             std::string_view module_name);

// Joins units to one program (the bytes that tmpl::Program::Load takes).
// Imports and includes are looked up among `units`: one that is not there is a
// warning here and a console warning at run time; a missing module file is an
// error. The order of `units` is the order in the program.
std::string LinkTemplates(std::span<const Unit* const> units,
                          std::span<const ModuleSource> modules,
                          diagnostics::Sink& sink);

struct GfcOptions {
  // The function's name: `$gfc`.
  std::string_view function = "$gfc";
};
// The template part of pageframe.js: defines $gfc(path) for every unit, paths
// spelled "./pages/a/a.fxml". ES5, self-contained.
std::string PrintGfc(std::span<const Unit* const> units,
                     std::span<const ModuleSource> modules,
                     const GfcOptions& options);

}  // namespace fcc::fxml

#endif  // FCC_COMPILER_FXML_FXML_H_
