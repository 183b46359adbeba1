// SPDX-License-Identifier: Apache-2.0
//
// SCSS and LESS to CSS, before ParseFtss sees them. The compilers run as child
// programs with a time limit, because a sheet can be an endless program:
//
//   .scss, .sass   fcc-sass, our helper round libsass; sheets of the module
//                  system (@use, @forward), which libsass passes through
//                  without a word, by the project's own `sass`
//   .less          the project's own `less`
//
// The project's own are looked for in the node_modules folders from the sheet's
// folder upwards, and run by node through their programming interface: one
// process for all sheets of a call, because starting one costs more than
// compiling a sheet (style_compilers.h).

#ifndef FCC_COMPILER_FTSS_PREPROCESS_H_
#define FCC_COMPILER_FTSS_PREPROCESS_H_

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/diagnostics/diagnostic.h"
#include "compiler/source/source_file.h"
#include "runtime/base/file_system.h"
#include "runtime/base/result.h"

namespace fcc::ftss {

enum class StyleLanguage : uint8_t { kCss, kScss, kSass, kLess };

// By the extension; kCss for all that needs no preprocessing.
StyleLanguage StyleLanguageOf(std::string_view path);

// Starts child programs; the command line has one for the real world.
class ToolRunner {
 public:
  struct Request {
    // `fcc-sass`, found beside fcc; or `node`, found in PATH.
    std::string program;
    std::vector<std::string> arguments;
    std::string input;
    int timeout_ms = 0;
  };
  struct Output {
    int exit_code = 0;
    std::string out;
    std::string err;
  };

  virtual ~ToolRunner() = default;
  // kNotFound when there is no such program, kTimeout when it took too long.
  virtual base::Result<Output> Run(const Request& request) = 0;
};

struct PreprocessOptions {
  // Absolute. Paths of SourceFiles are relative to it.
  std::string project_dir;
  int timeout_ms = 20000;
};

struct Preprocessed {
  // False when errors were reported.
  bool ok = false;
  std::string css;
  // Source map v3 of `css`, empty when the compiler gave none. Its sources are
  // relative to the sheet's folder, absolute or file: addresses.
  std::string map;
  // Project paths (absolute ones for files outside) of what was read besides
  // the sheet itself.
  std::vector<std::string> files;
};

// What compiles a sheet.
enum class StyleTool : uint8_t { kLibsass, kSass, kLess };

// Of a sheet whose StyleLanguageOf is not kCss.
StyleTool StyleToolOf(const source::SourceFile& file);

// The folder of the project's own package for `tool`, as the sheet at
// `absolute_path` sees it; empty when there is none, and for kLibsass.
std::string FindStylePackage(base::FileSystem& files, StyleTool tool,
                             std::string_view absolute_path);

// True when the sheet uses Sass's module system.
bool UsesSassModules(std::string_view text);

// True where what comes of a LESS text may depend on files that
// Preprocessed::files does not name: plugins, and functions that read files.
bool MayReadOtherFiles(std::string_view less);

// One sheet to preprocess, and what came of it.
struct StyleJob {
  // Its StyleLanguageOf is not kCss.
  const source::SourceFile* file = nullptr;
  diagnostics::Sink* sink = nullptr;
  Preprocessed result = {};
};

void Preprocess(std::span<StyleJob> jobs, const PreprocessOptions& options,
                base::FileSystem& files, ToolRunner& tools);

}  // namespace fcc::ftss

#endif  // FCC_COMPILER_FTSS_PREPROCESS_H_
