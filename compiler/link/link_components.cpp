// SPDX-License-Identifier: Apache-2.0
//
// A component that a template uses and that is not there is an error: the page
// would show nothing in its place. One that is only declared does no harm yet.

#include <algorithm>
#include <set>

#include "compiler/link/link_internal.h"
#include "runtime/template/format.h"

namespace fcc::link {

using diagnostics::Kind;
using project::Component;
using project::TargetKind;
using project::UsedComponent;

// Tags of a template and of those it includes or imports.
static std::set<std::string_view> TagsOf(const Program& program,
                                         const std::string& path) {
  std::set<std::string_view> tags;
  std::set<std::string_view> seen;
  std::vector<std::string_view> queue = {path};
  while (!queue.empty()) {
    std::string_view next = queue.back();
    queue.pop_back();
    auto found = program.graph.templates.find(next);
    if (found == program.graph.templates.end() || !seen.insert(next).second) {
      continue;
    }
    const graph::TemplateFile& file = found->second;
    for (const tmpl::NodeRecord& node : file.unit.nodes) {
      if (node.kind == tmpl::NodeKind::kElement) {
        tags.insert(file.unit.String(node.name));
      }
    }
    for (const auto* list : {&file.imports, &file.includes}) {
      queue.insert(queue.end(), list->begin(), list->end());
    }
  }
  return tags;
}

static void ReportMissing(const Program& program, const UsedComponent& used,
                          bool is_used, diagnostics::Sink& sink) {
  auto report =
      sink.Report(Kind::kComponentMissing, used.location, used.tag, used.path);
  if (!is_used) {
    report.As(diagnostics::Severity::kWarning);
  }
  std::string_view near = program.project.index.Nearest(used.path + ".json");
  if (!near.empty()) {
    report.Note(diagnostics::DidYouMean(
        base::format("/{}", base::WithoutExtension(near))));
  }
}

void LinkComponents(const Program& program, diagnostics::Sink& sink) {
  // A global entry is one mistake, however many pages it reaches.
  std::set<std::string> global_reported;
  for (const Component& component : program.project.components) {
    bool any_missing = std::any_of(component.using_components.begin(),
                                   component.using_components.end(),
                                   [](const UsedComponent& used) {
                                     return used.kind == TargetKind::kMissing;
                                   });
    if (!any_missing) {
      continue;
    }
    std::set<std::string_view> tags = TagsOf(program, component.template_path);
    for (const UsedComponent& used : component.using_components) {
      if (used.kind != TargetKind::kMissing) {
        continue;
      }
      bool is_used = tags.contains(used.tag);
      if (!used.global) {
        ReportMissing(program, used, is_used, sink);
      } else if (is_used && global_reported.insert(used.tag).second) {
        ReportMissing(program, used, true, sink);
      }
    }
  }
}

}  // namespace fcc::link
