// SPDX-License-Identifier: Apache-2.0
//
// What a template gives to a component that the component does not take: slots
// it does not have, properties it does not declare, events it never sends. Only
// where all of the component can be seen: one object, no behaviors, names in
// full.

#include <algorithm>
#include <set>

#include "compiler/check/rule.h"

namespace fcc::check {

FCC_REPORT(UnknownSlot, "CK2004", Severity::kWarning,
           "`<{0}>` has no slot `{1}`", "`<{0}>` 没有名为 `{1}` 的插槽",
           "The content is not shown: no `<slot name>` of the component has "
           "that name.",
           "该内容不会显示：组件中没有这个名称的 `<slot name>`。");
FCC_REPORT(
    UnknownProperty, "CK2005", Severity::kInfo,
    "`<{0}>` declares no property `{1}`", "`<{0}>` 没有声明属性 `{1}`",
    "The component does not take the value: the name is in neither "
    "`properties` nor `externalClasses`.",
    "组件不会接收该值：`properties` 和 `externalClasses` 中都没有这个名称。");
FCC_REPORT(
    UnknownEvent, "CK2006", Severity::kInfo,
    "`<{0}>` never sends the event `{1}`", "`<{0}>` 不会触发事件 `{1}`",
    "No `triggerEvent` of the component names the event. An event that comes "
    "up from inside of it is heard all the same.",
    "组件中没有 `triggerEvent` 触发该事件；其内部元素冒泡的事件仍可收到。");

namespace {

struct Contract {
  std::set<std::string_view> slots;
  std::set<std::string_view> properties;
  std::set<std::string_view> events;
  bool open_slots = true;
  bool open_properties = true;
  bool open_events = true;
};

}  // namespace

static Contract ContractOf(const RuleContext& context,
                           const project::Component& component) {
  Contract contract;
  const auto& templates = context.TemplatesOf(component).files;
  if (!templates.empty()) {
    contract.open_slots = false;
    for (const graph::TemplateFile* file : templates) {
      contract.open_slots = contract.open_slots || file->unit.has_errors;
      for (const tmpl::NodeRecord& node : file->unit.nodes) {
        if (node.kind != tmpl::NodeKind::kElement ||
            TextOf(file->unit, node.name) != "slot") {
          continue;
        }
        const tmpl::AttrRecord* name =
            FindAttr(file->unit, node, tmpl::AttrKind::kPlain, "name");
        if (name == nullptr) {
          continue;
        }
        if (name->value_kind == tmpl::ValueKind::kString) {
          contract.slots.insert(TextOf(file->unit, name->value));
        } else {
          contract.open_slots = true;
        }
      }
    }
  }
  const js::Definition* definition = context.OnlyDefinition(component);
  const js::ScriptFacts* facts = context.FactsOf(component);
  if (definition == nullptr || facts == nullptr ||
      definition->kind != js::DefinitionKind::kComponent) {
    return contract;
  }
  contract.open_properties = definition->open_data;
  for (const js::NamedSpan& property : definition->properties) {
    contract.properties.insert(property.name);
  }
  for (const std::string& name : definition->external_classes) {
    contract.properties.insert(name);
  }
  // A function that is handed in from elsewhere may send anything.
  contract.open_events = facts->triggered_open || definition->open_methods ||
                         !context.ScriptOf(component)->targets.empty();
  contract.events.insert(facts->triggered.begin(), facts->triggered.end());
  return contract;
}

// `my-prop` and `myProp` are one.
static std::string CamelCase(std::string_view name) {
  std::string out;
  for (size_t i = 0; i < name.size(); ++i) {
    if (name[i] == '-' && i + 1 < name.size() && name[i + 1] >= 'a' &&
        name[i + 1] <= 'z') {
      out += static_cast<char>(name[++i] - 32);
    } else {
      out += name[i];
    }
  }
  return out;
}

static bool IsCommonAttribute(std::string_view name) {
  return name == "hidden" || name == "is" || name == "ref" || name == "role" ||
         name == "animation" || name == "name" || name.starts_with("aria") ||
         name.find(':') != std::string_view::npos;
}

static void CheckElement(const RuleContext& context,
                         const graph::TemplateFile& file,
                         const tmpl::NodeRecord& node, const Contract& contract,
                         std::string_view tag) {
  for (uint32_t i = 0; i < node.attr_count; ++i) {
    const tmpl::AttrRecord& attr = file.unit.attrs[node.first_attr + i];
    std::string_view name = TextOf(file.unit, attr.name);
    if (attr.kind == tmpl::AttrKind::kPlain && !contract.open_properties) {
      const std::string property = CamelCase(name);
      // Names that look as if they were for a built-in element are let pass:
      // `bindtap` misspelt and the like have rules of their own.
      if (contract.properties.contains(property) ||
          contract.properties.contains(name) || IsCommonAttribute(name) ||
          std::any_of(contract.properties.begin(), contract.properties.end(),
                      [&](std::string_view known) {
                        return CamelCase(known) == property;
                      })) {
        continue;
      }
      auto report = context.sink.Report(
          Kind::kUnknownProperty, AttrLocation(file.unit, attr), tag, property);
      std::string_view near = diagnostics::NearestWord(
          property, {contract.properties.begin(), contract.properties.end()});
      if (!near.empty()) {
        report.Note(diagnostics::DidYouMean(near));
      }
    } else if (attr.kind == tmpl::AttrKind::kEvent && !contract.open_events &&
               !contract.events.contains(name) &&
               std::ranges::find(kCommonEvents, name) ==
                   std::end(kCommonEvents)) {
      context.sink.Report(Kind::kUnknownEvent, AttrLocation(file.unit, attr),
                          tag, name);
    }
  }
}

// Children that name a slot; those inside of other elements belong to them.
static void CheckSlots(const RuleContext& context,
                       const graph::TemplateFile& file, uint32_t at,
                       const Contract& contract, std::string_view tag) {
  const tmpl::NodeRecord& node = file.unit.nodes[at];
  for (uint32_t i = at + 1; i < node.end;) {
    const tmpl::NodeRecord& child = file.unit.nodes[i];
    if (child.kind != tmpl::NodeKind::kElement) {
      // Into blocks, loops and conditions.
      ++i;
      continue;
    }
    const tmpl::AttrRecord* slot =
        FindAttr(file.unit, child, tmpl::AttrKind::kSlot, {});
    if (slot != nullptr && slot->value_kind == tmpl::ValueKind::kString) {
      std::string_view name = TextOf(file.unit, slot->value);
      if (!name.empty() && !contract.slots.contains(name)) {
        context.sink.Report(Kind::kUnknownSlot, AttrLocation(file.unit, *slot),
                            tag, name);
      }
    }
    i = child.end;
  }
}

// The component of the project that a tag stands for; null for none.
static const project::Component* TargetOf(const RuleContext& context,
                                          const project::Component& component,
                                          std::string_view tag) {
  const project::UsedComponent* used = component.FindUsed(tag);
  return used == nullptr || used->kind != project::TargetKind::kComponent
             ? nullptr
             : context.index.Find(used->path);
}

static void CheckComponent(const RuleContext& context,
                           const project::Component& component) {
  const graph::TemplateFile* own = context.Template(component.template_path);
  if (own == nullptr || IsForeign(component.path)) {
    return;
  }
  const graph::TemplateFile& file = *own;
  std::map<std::string_view, Contract> contracts;
  for (uint32_t i = 0; i < file.unit.nodes.size(); ++i) {
    const tmpl::NodeRecord& node = file.unit.nodes[i];
    if (node.kind != tmpl::NodeKind::kElement) {
      continue;
    }
    std::string_view tag = TextOf(file.unit, node.name);
    const project::Component* target = TargetOf(context, component, tag);
    if (target == nullptr) {
      continue;
    }
    auto [at, is_new] = contracts.try_emplace(target->path);
    if (is_new) {
      at->second = ContractOf(context.Of(*target), *target);
    }
    CheckElement(context, file, node, at->second, tag);
    if (!at->second.open_slots) {
      CheckSlots(context, file, i, at->second, tag);
    }
  }
}

static uint64_t StampOfContract(const RuleContext& context,
                                const project::Component& component) {
  const Contract contract = ContractOf(context, component);
  uint64_t stamp = (contract.open_slots ? 1u : 0u) |
                   (contract.open_properties ? 2u : 0u) |
                   (contract.open_events ? 4u : 0u);
  for (const auto* names :
       {&contract.slots, &contract.properties, &contract.events}) {
    for (std::string_view name : *names) {
      stamp = MixStamps(stamp, StampOf(name));
    }
    stamp = MixStamps(stamp, names->size());
  }
  return stamp;
}

const Rule kComponentContractRule = {.component = CheckComponent,
                                     .component_stamp = StampOfContract};

}  // namespace fcc::check
