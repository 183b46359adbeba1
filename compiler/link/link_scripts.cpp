// SPDX-License-Identifier: Apache-2.0
//
// Modules that scripts name. One that is not there is a warning, not an error:
// libraries probe for modules of other hosts inside a try.

#include "compiler/link/link_internal.h"

namespace fcc::link {

using diagnostics::Kind;
using project::PackageId;

// What the platform itself provides.
static bool IsProvided(std::string_view specifier) {
  return specifier.find("://") != std::string_view::npos;
}

void LinkScripts(const Program& program, diagnostics::Sink& sink) {
  const project::Project& project = program.project;
  for (const auto& [path, file] : program.graph.scripts) {
    PackageId user = project.OwnerOf(path);
    for (size_t i = 0; i < file.targets.size(); ++i) {
      const js::Dependency& dependency = file.result.dependencies[i];
      source::Location location{file.source->id(), dependency.span};
      const std::string& target = file.targets[i];
      if (target.empty()) {
        if (!IsProvided(dependency.specifier) &&
            dependency.kind != js::DependencyKind::kBundled &&
            dependency.kind != js::DependencyKind::kComputed) {
          auto report =
              sink.Report(Kind::kModuleMissing, location, dependency.specifier);
          std::string wanted =
              base::JoinPath(base::DirectoryOf(path), dependency.specifier);
          std::string_view near = project.index.Nearest(wanted + ".js");
          if (!near.empty()) {
            report.Note(diagnostics::DidYouMean(base::format("/{}", near)));
          }
        }
        continue;
      }
      PackageId owner = project.OwnerOf(target);
      bool asynchronous =
          dependency.kind == js::DependencyKind::kRequireAsync ||
          dependency.kind == js::DependencyKind::kDynamicImport;
      if (owner != user && !asynchronous && owner != PackageId::kMain) {
        sink.Report(Kind::kModuleOfOtherPackage, location, target,
                    project.PackageOf(owner).name);
      }
    }
  }
}

}  // namespace fcc::link
