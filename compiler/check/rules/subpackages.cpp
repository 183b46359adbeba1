// SPDX-License-Identifier: Apache-2.0
//
// What stands in one package and is used by another: components of a package
// that may not be there, and components of the main package that only one other
// package uses.

#include <set>
#include <unordered_map>

#include "compiler/check/rule.h"

namespace fcc::check {

FCC_REPORT(ComponentOfOtherPackage, "CK2801", Severity::kWarning,
           "the component `{0}` stands in the package `{1}`, which may not be "
           "there yet",
           "组件 `{0}` 位于分包 `{1}`，该分包可能尚未加载",
           "A page can use components of its own package and of the main one; "
           "others need a `componentPlaceholder`, and independent packages use "
           "their own only.",
           "页面只能使用自己分包和主包的组件；使用其他分包的组件需要 "
           "`componentPlaceholder`，独立分包只能使用自己的组件。");
FCC_REPORT(ComponentForOnePackage, "CK2802", Severity::kInfo,
           "only the package `{1}` uses the component `{0}`; there it would "
           "not weigh on the main package",
           "只有分包 `{1}` 使用组件 `{0}`，移到该分包可减小主包",
           "Everybody downloads the main package first.",
           "所有用户都要先下载主包。");

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
