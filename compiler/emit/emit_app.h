// SPDX-License-Identifier: Apache-2.0
//
// The linked app as files: FinClip's package layout, with the section that the
// native runtime reads. Same program, same bytes.
//
//   app/ …                       the whole app, unsplit
//   package/packageConfig.json   the packages
//   package/<name>/ …            each package
//   maps/<name>.js.map           source maps; never in a package
//   maps/<page>.css.map          of the text of one sheet with its imports
//
// The zips beside the folders (app.zip, package/<name>.zip) are made by
// WriteZip() when the output is written.

#ifndef FCC_COMPILER_EMIT_EMIT_APP_H_
#define FCC_COMPILER_EMIT_EMIT_APP_H_

#include <map>
#include <string>
#include <string_view>

#include "compiler/diagnostics/diagnostic.h"
#include "compiler/link/program.h"
#include "runtime/base/file_system.h"
#include "runtime/base/result.h"
#include "runtime/package/app_config.h"

namespace fcc::emit {

struct EmitOptions {
  // The unsplit app and the html pages; without, only what a native runtime in
  // this process needs.
  bool whole_layout = true;
  // `.fcc/` in every package.
  bool native_section = true;
  bool source_maps = true;
  bool minify = false;
  // For the manifest: "fcc 0.1.0".
  std::string compiler = "fcc";
};

// By path from the output folder.
using Files = std::map<std::string, std::string>;

// Assets are read from `fs`; one that cannot be read is reported.
Files EmitApp(base::FileSystem& fs, const link::Program& program,
              const EmitOptions& options, diagnostics::Sink& sink);

// A plugin's files below "plugin/", as FinClip's builder takes them: the
// sources themselves, which the build of the app that uses it compiles. That
// builder encrypts each text with an algorithm that is not public; here they
// are plain.
Files EmitPlugin(base::FileSystem& fs, const project::Project& project,
                 diagnostics::Sink& sink);

// `.fcc/app.json`.
package::AppConfig MakeAppConfig(const link::Program& program);

// A zip of the files below `prefix` ("package/a/"), named without it: entries
// in the order of their names, no times, no owners, mode 0644.
base::Result<std::string> WriteZip(const Files& files, std::string_view prefix);

}  // namespace fcc::emit

#endif  // FCC_COMPILER_EMIT_EMIT_APP_H_
