// SPDX-License-Identifier: Apache-2.0
//
// Components that a page or component declares and no template of it names.

#include <unordered_set>

#include "compiler/check/rule.h"

namespace fcc::check {

FCC_REPORT(
    UnusedComponent, "CK2101", Severity::kInfo,
    "the component `{0}` is declared but not used",
    "声明的组件 `{0}` 没有被使用",
    "The component is loaded and its code shipped although no template of "
    "this page or component names it.",
    "没有模板使用该组件，但它仍会被加载并打包。");

using Tags = std::unordered_set<std::string_view>;

static void AddTags(const fxml::Unit& unit, Tags& tags) {
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
    report.Fix({"take the declaration out", "删除该声明"},
               component.json->At(span), "", diagnostics::FixSafety::kSafe);
    return;
  }
}

static void CheckComponent(const RuleContext& context,
                           const project::Component& component) {
  // Frameworks declare what they make of slots and what a page may come to
  // need.
  if (context.index.framework() != ProgramIndex::Framework::kNone ||
      component.json == nullptr) {
    return;
  }
  // Of its template and everything that imports and includes bring in.
  Tags tags;
  for (const graph::TemplateFile* file : context.TemplatesOf(component).files) {
    AddTags(file->unit, tags);
  }
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

const Rule kUnusedComponentRule = {.component = CheckComponent};

}  // namespace fcc::check
