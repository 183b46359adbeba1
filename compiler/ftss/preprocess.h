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
// folder upwards, and run by node.

#ifndef FCC_COMPILER_FTSS_PREPROCESS_H_
#define FCC_COMPILER_FTSS_PREPROCESS_H_

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
  // Source map v3 of `css`, empty when the compiler gave none.
  std::string map;
  // Project paths (absolute ones for files outside) of what was read besides
  // the sheet itself.
  std::vector<std::string> files;
};

// True when the sheet uses Sass's module system.
bool UsesSassModules(std::string_view text);

// `file` must be one whose StyleLanguageOf is not kCss.
Preprocessed Preprocess(const source::SourceFile& file,
                        const PreprocessOptions& options,
                        base::FileSystem& files, ToolRunner& tools,
                        diagnostics::Sink& sink);

}  // namespace fcc::ftss

#endif  // FCC_COMPILER_FTSS_PREPROCESS_H_
