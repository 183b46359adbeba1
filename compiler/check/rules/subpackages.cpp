// SPDX-License-Identifier: Apache-2.0
//
// What stands in one package and is used by another: components of a package
// that may not be there, and components of the main package that only one other
// package uses.

#include <set>
#include <unordered_map>

#include "compiler/check/rule.h"

namespace fcc::check {

static void CheckProgram(const RuleContext& context) {
  const project::Project& project = context.project;
  if (project.packages.size() < 2) {
    return;
  }
  // Component of the main package → packages that use it.
  std::unordered_map<const project::Component*, std::set<project::PackageId>>
      users;
  for (const project::Component& component : context.AllComponents()) {
    const bool alone = project.PackageOf(component.package).independent;
    for (const project::UsedComponent& used : component.using_components) {
      if (used.kind != project::TargetKind::kComponent) {
        continue;
      }
      const project::Component* target = context.index.Find(used.path);
      if (target == nullptr) {
        continue;
      }
      if (target->package == project::PackageId::kMain) {
        users[target].insert(component.package);
      }
      bool has_placeholder = false;
      for (const project::Placeholder& placeholder : component.placeholders) {
        has_placeholder = has_placeholder || placeholder.tag == used.tag;
      }
      if (target->package != component.package && !used.global &&
          !has_placeholder &&
          (target->package != project::PackageId::kMain || alone)) {
        context.sink.Report(Kind::kComponentOfOtherPackage, used.location,
                            used.tag, project.PackageOf(target->package).name);
      }
    }
  }
  for (const project::Component& component : context.AllComponents()) {
    auto found = users.find(&component);
    if (component.package != project::PackageId::kMain || component.is_page ||
        found == users.end() || found->second.size() != 1 ||
        *found->second.begin() == project::PackageId::kMain) {
      continue;
    }
    const project::Package& only = project.PackageOf(*found->second.begin());
    context.sink.Report(Kind::kComponentForOnePackage, component.named_at,
                        component.path, only.name);
  }
}

const Rule kSubpackagesRule = {.program = CheckProgram};

}  // namespace fcc::check
