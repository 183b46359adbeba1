// SPDX-License-Identifier: Apache-2.0

#include "compiler/graph/missing_modules.h"

#include <algorithm>

namespace fcc::graph {

using diagnostics::Kind;

// "fs", "node:fs/promises".
static bool IsOfNode(std::string_view specifier) {
  static constexpr std::string_view kModules[] = {
      "assert",
      "async_hooks",
      "buffer",
      "child_process",
      "cluster",
      "console",
      "constants",
      "crypto",
      "dgram",
      "dns",
      "domain",
      "events",
      "fs",
      "http",
      "http2",
      "https",
      "inspector",
      "module",
      "net",
      "os",
      "path",
      "perf_hooks",
      "process",
      "punycode",
      "querystring",
      "readline",
      "repl",
      "stream",
      "string_decoder",
      "sys",
      "timers",
      "tls",
      "tty",
      "url",
      "util",
      "v8",
      "vm",
      "worker_threads",
      "zlib",
  };
  return specifier.starts_with("node:") ||
         std::ranges::find(kModules,
                           specifier.substr(0, specifier.find('/'))) !=
             std::end(kModules);
}

void ReportMissingModule(const project::Project& project, std::string_view path,
                         const ScriptFile& file,
                         const js::Dependency& dependency,
                         diagnostics::Sink& sink) {
  const std::string& specifier = dependency.specifier;
  // What the platform itself provides has a scheme.
  if (dependency.kind == js::DependencyKind::kBundled ||
      dependency.kind == js::DependencyKind::kComputed ||
      specifier.find("://") != std::string::npos) {
    return;
  }
  const source::Location location{file.source->id(), dependency.span};
  if (IsOfNode(specifier)) {
    sink.Report(Kind::kModuleOfNode, location, specifier);
    return;
  }
  auto report = sink.Report(Kind::kModuleMissing, location, specifier);
  const std::string_view near = project.index.Nearest(
      base::JoinPath(base::DirectoryOf(path), specifier) + ".js");
  if (!near.empty()) {
    report.Note(diagnostics::DidYouMean(base::format("/{}", near)));
  }
}

}  // namespace fcc::graph
