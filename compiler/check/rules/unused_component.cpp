// SPDX-License-Identifier: Apache-2.0
//
// Components that a page or component declares and no template of it names.

#include <set>

#include "compiler/check/rule_internal.h"

namespace fcc::check {

// Tags of the file and of everything it imports and includes.
static void AddTags(const RuleContext& context, std::string_view path,
                    std::set<std::string_view>& seen,
                    std::set<std::string_view>& tags) {
  auto found = context.program.graph.templates.find(path);
  if (found == context.program.graph.templates.end() ||
      !seen.insert(found->first).second) {
    return;
  }
  const fxml::Unit& unit = found->second.unit;
  for (const tmpl::NodeRecord& node : unit.nodes) {
    if (node.kind != tmpl::NodeKind::kElement) {
      continue;
    }
    tags.insert(TextOf(unit, node.name));
    for (uint32_t i = 0; i < node.attr_count; ++i) {
      const tmpl::AttrRecord& attr = unit.attrs[node.first_attr + i];
      // `generic:item="my-item"` uses my-item.
      if (attr.kind == tmpl::AttrKind::kGeneric &&
          attr.value_kind == tmpl::ValueKind::kString) {
        tags.insert(TextOf(unit, attr.value));
      }
    }
  }
  for (const std::string& other : found->second.imports) {
    AddTags(context, other, seen, tags);
  }
  for (const std::string& other : found->second.includes) {
    AddTags(context, other, seen, tags);
  }
}

void CheckUnusedComponent(const RuleContext& context) {
  for (const project::Component& component :
       context.program.project.components) {
    std::set<std::string_view> seen;
    std::set<std::string_view> tags;
    AddTags(context, component.template_path, seen, tags);
    for (const project::Placeholder& placeholder : component.placeholders) {
      tags.insert(placeholder.shown);
    }
    for (const project::Generic& generic : component.generics) {
      tags.insert(generic.name);
    }
    for (const project::UsedComponent& used : component.using_components) {
      if (!used.global && !tags.contains(used.tag)) {
        context.sink.Report(Kind::kUnusedComponent, used.tag_location,
                            used.tag);
      }
    }
  }
}

}  // namespace fcc::check
