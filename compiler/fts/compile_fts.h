// SPDX-License-Identifier: Apache-2.0
//
// FTS (WXS) modules: the scripts that templates call. A module is a small
// JavaScript of its own rules (no globals of the app, `module.exports` only,
// `.constructor` is a string). Newer syntax is lowered as for any script; what
// the language does not have is reported.
//
// What comes out is the body of an ES5 function with the parameters `module`
// and `require`. It needs nothing else: getDate, getRegExp and the reading of
// `.constructor` are written into the modules that use them, so that the same
// text runs in runtime/script and inside the $gfc functions of a web view. The
// language is sloppy: `arguments` follows the parameters, a member set on a
// number is lost; only `this` is undefined where nothing is given.
//
//     function (module, require) { …code… }
//
// `require` is called with the project path of a module, never with what the
// source says.

#ifndef FCC_COMPILER_FTS_COMPILE_FTS_H_
#define FCC_COMPILER_FTS_COMPILE_FTS_H_

#include <functional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/diagnostics/diagnostic.h"
#include "compiler/fxml/fxml.h"
#include "compiler/source/source_file.h"
#include "runtime/base/span.h"

namespace fcc::fts {

struct FtsOptions {
  // The code inside a template's file; empty takes the whole file.
  base::Span part;
  // Is there such a file in the project.
  std::function<bool(std::string_view path)> exists;
  bool minify = false;
  // Names of members that some template shows without calling them: functions
  // of those names keep their code as text.
  std::set<std::string, std::less<>> shown;
};

struct FtsModule {
  // False when errors were reported; the code is then empty.
  bool ok = false;
  std::string code;
  // Project paths of the modules it requires, each once, in order.
  std::vector<std::string> requires_paths;
};

FtsModule CompileFts(const source::SourceFile& file, const FtsOptions& options,
                     diagnostics::Sink& sink);

// The files a project's modules come from.
class ModuleFiles {
 public:
  virtual ~ModuleFiles() = default;
  virtual bool Exists(std::string_view path) = 0;
  // Null when it cannot be read. Must outlive the call.
  virtual const source::SourceFile* Find(std::string_view path) = 0;
};

// Every module of the units, inline or not, and all that these require, as
// LinkTemplates and PrintGfc take them: sorted by path, each once. A missing
// file of `<wxs src>` is left to the linker, a missing one of `require` is
// reported here. `sources` holds the units' texts.
std::vector<fxml::ModuleSource> CompileModules(
    std::span<const fxml::Unit* const> units, const source::SourceSet& sources,
    ModuleFiles& files, bool minify, diagnostics::Sink& sink);

}  // namespace fcc::fts

#endif  // FCC_COMPILER_FTS_COMPILE_FTS_H_
