// SPDX-License-Identifier: Apache-2.0
//
// Modules that scripts name: whether they are there, and in a package that is.

#include "compiler/graph/missing_modules.h"
#include "compiler/link/link_internal.h"

namespace fcc::link {

using diagnostics::Kind;
using project::PackageId;

void LinkScript(const Program& program, std::string_view path,
                const graph::ScriptFile& file, diagnostics::Sink& sink) {
  const project::Project& project = program.project;
  const PackageId user = project.OwnerOf(path);
  for (size_t i = 0; i < file.targets.size(); ++i) {
    const js::Dependency& dependency = file.result.dependencies[i];
    source::Location location{file.source->id(), dependency.span};
    const std::string& target = file.targets[i];
    if (target.empty()) {
      graph::ReportMissingModule(project, path, file, dependency, sink);
      continue;
    }
    PackageId owner = project.OwnerOf(target);
    bool asynchronous = dependency.kind == js::DependencyKind::kRequireAsync ||
                        dependency.kind == js::DependencyKind::kDynamicImport;
    if (owner != user && !asynchronous && owner != PackageId::kMain) {
      sink.Report(Kind::kModuleOfOtherPackage, location, target,
                  project.PackageOf(owner).name);
    }
  }
}

}  // namespace fcc::link
