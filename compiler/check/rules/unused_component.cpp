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

// Takes the line out of `usingComponents`, with the comma that parts it from
// its neighbour.
static void AddFix(const project::Component& component,
                   const project::UsedComponent& used,
                   diagnostics::Report& report) {
  if (component.json == nullptr ||
      component.json->file != used.tag_location.file) {
    return;
  }
  const base::JsonNode* list = component.json->root().Find("usingComponents");
  if (list == nullptr) {
    return;
  }
  for (size_t i = 0; i < list->members.size(); ++i) {
    const base::JsonMember& member = list->members[i];
    if (member.key_span.begin != used.tag_location.span.begin) {
      continue;
    }
    base::Span span{member.key_span.begin, member.value->span.end};
    if (i + 1 < list->members.size()) {
      span.end = list->members[i + 1].key_span.begin;
    } else if (i > 0) {
      span.begin = list->members[i - 1].value->span.end;
    }
    report.Fix("take the declaration out", component.json->At(span), "",
               diagnostics::FixSafety::kSafe);
    return;
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
        auto report = context.sink.Report(Kind::kUnusedComponent,
                                          used.tag_location, used.tag);
        AddFix(component, used, report);
      }
    }
  }
}

}  // namespace fcc::check
