// SPDX-License-Identifier: Apache-2.0
//
// One build of one project: what `fcc build`, `check`, `run` and `publish`
// share. A session reads the project, compiles every file on some threads,
// joins them and lays out the packages in memory; nothing is written to the
// disk before the whole build has succeeded, and then the output folder is
// replaced by a rename.
//
//   driver::BuildSession session(fs, options);
//   driver::BuildResult result = session.Build();
//   if (result.ok) { … package::Bundle::Open(result.TakePackages()) … }
//   if (result.ok) { … session.WriteOutput(result, out) … }
//
// Threads: a session is one thread's; it makes threads of its own.

#ifndef FCC_COMPILER_DRIVER_BUILD_SESSION_H_
#define FCC_COMPILER_DRIVER_BUILD_SESSION_H_

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/check/check.h"
#include "compiler/diagnostics/diagnostic.h"
#include "compiler/ftss/preprocess.h"
#include "compiler/source/source_file.h"
#include "runtime/base/file_system.h"
#include "runtime/base/result.h"
#include "runtime/package/source.h"

namespace fcc::driver {

class DiskCache;

enum class Mode : uint8_t { kDevelopment, kProduction };

// What to lay out.
enum class Output : uint8_t {
  // Nothing: for `fcc check`.
  kNone,
  // The packages only, for a runtime in this process: no html, no zips.
  kPackages,
  // Everything that FinClip's layout holds.
  kAll,
};

struct BuildOptions {
  // Folder with app.json or project.config.json, as the user gave it.
  std::string project_dir = ".";
  Mode mode = Mode::kDevelopment;
  // Scripts, as js::CompileOptions says.
  int obfuscate = 0;
  uint64_t obfuscate_seed = 0;
  Output output = Output::kAll;
  // Threads; 0 for as many as there are cores.
  int jobs = 0;
  // False leaves `.fcc/` out of the packages.
  bool native_section = true;
  // Runs the rules of compiler/check after linking.
  bool check = true;
  check::CheckOptions rules = {};
  // Folders on the disk to look past: the output, when it lies inside.
  std::vector<std::string> excluded = {};
  bool source_maps = true;
  // Runs the compilers of SCSS and LESS sheets; null when none can be run.
  // Must outlive the session; used from several threads at once.
  ftss::ToolRunner* style_tools = nullptr;
  // Absolute folder to keep compiled files in (disk_cache.h); empty for none.
  std::string cache_dir = {};
};

struct BuildResult {
  // No error was found. Warnings do not count.
  bool ok = false;
  // Sorted for show.
  std::vector<diagnostics::Diagnostic> diagnostics;
  // OUT-relative path → bytes: "package/__APP__/__APP__.js", "maps/….map".
  // Empty unless `ok`. Zips are made when the output is written.
  std::map<std::string, std::string> files;
  // Folder on the disk that the paths of sources count from.
  std::string root;
  // Routes of app.json, in its order, sub-packages' behind; also after errors.
  std::vector<std::string> pages;
  size_t source_files = 0;
  size_t source_bytes = 0;

  // The files as what package::Bundle::Open takes; `files` is empty after it.
  std::unique_ptr<package::Source> TakePackages();
};

class BuildSession {
 public:
  // `fs` must outlive the session.
  BuildSession(base::FileSystem& fs, BuildOptions options);
  ~BuildSession();

  BuildResult Build();
  // The same after files changed: compiles again what they are, where the last
  // build's work still stands, else everything. `changed` are absolute paths,
  // of files that are new or gone too.
  BuildResult Rebuild(const std::vector<std::string>& changed);
  // Writes `result.files` and the zips to a folder beside `out` and puts it in
  // the place of `out`. On failure `out` is as it was.
  base::Status WriteOutput(const BuildResult& result, std::string_view out);

  // The texts that diagnostics point into.
  const source::SourceSet& sources() const { return *sources_; }
  // The joined program of the last Build(); null before it. For rules, sizes
  // and editors.
  const link::Program* program() const { return program_.get(); }

 private:
  struct Before;
  // From a project that was just loaded.
  BuildResult BuildAll(project::Project project, diagnostics::Sink& sink);
  BuildResult Update(Before& before, diagnostics::Sink& sink);
  // Lays out what was linked.
  BuildResult Emit(diagnostics::Sink& sink);
  BuildResult Finish(BuildResult result, diagnostics::Sink& sink);

  base::FileSystem* fs_;
  BuildOptions options_;
  // Null where options_ name no folder for it.
  std::unique_ptr<DiskCache> cache_;
  std::unique_ptr<source::SourceSet> sources_;
  std::unique_ptr<link::Program> program_;
  check::Checker checker_;
  // What loading the project had to report.
  std::vector<diagnostics::Diagnostic> project_reports_;
};

}  // namespace fcc::driver

#endif  // FCC_COMPILER_DRIVER_BUILD_SESSION_H_
