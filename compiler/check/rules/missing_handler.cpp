// SPDX-License-Identifier: Apache-2.0
//
// Handlers that a template names and the page or component does not have. Only
// where all its functions can be seen: one object literal without spreads,
// computed names or behaviors.

#include <algorithm>
#include <set>

#include "compiler/check/rule.h"

namespace fcc::check {

FCC_REPORT(
    MissingHandler, "CK2001", Severity::kWarning,
    "the handler `{0}` is not defined in `{1}`",
    "`{1}` 中没有定义事件处理函数 `{0}`",
    "The template binds an event to a function that the page does not have "
    "(a component: that is not in its `methods`). The event goes unheard.",
    "模板绑定的事件处理函数在页面中不存在（组件则是不在 `methods` "
    "中），事件不会"
    "被处理。");

namespace {

// The functions that a template of the component may name.
struct Handlers {
  std::set<std::string_view> names;
  bool open = true;
};

}  // namespace

static Handlers HandlersOf(const RuleContext& context,
                           const project::Component& component) {
  Handlers handlers;
  const graph::ScriptFile* script = context.ScriptOf(component);
  if (script == nullptr) {
    return handlers;
  }
  const js::ScriptFacts& facts = script->result.facts;
  size_t definitions = 0;
  for (const js::Definition& definition : facts.definitions) {
    if (definition.kind != js::DefinitionKind::kPage &&
        definition.kind != js::DefinitionKind::kComponent) {
      continue;
    }
    ++definitions;
    if (definition.open_methods) {
      return handlers;
    }
    for (const js::NamedSpan& method : definition.methods) {
      handlers.names.insert(method.name);
    }
  }
  for (const std::string& name : facts.assigned_to_this) {
    handlers.names.insert(name);
  }
  handlers.open = definitions != 1;
  return handlers;
}

static void CheckElement(const RuleContext& context,
                         const project::Component& component,
                         const Handlers& handlers,
                         const graph::TemplateFile& file,
                         const tmpl::NodeRecord& node) {
  for (uint32_t i = 0; i < node.attr_count; ++i) {
    const tmpl::AttrRecord& attr = file.unit.attrs[node.first_attr + i];
    if (attr.kind != tmpl::AttrKind::kEvent ||
        attr.value_kind != tmpl::ValueKind::kString) {
      continue;
    }
    std::string_view name = TextOf(file.unit, attr.value);
    if (name.empty() || handlers.names.contains(name)) {
      continue;
    }
    auto report = context.sink.Report(Kind::kMissingHandler,
                                      AttrLocation(file.unit, attr), name,
                                      component.script_path);
    std::string_view near = diagnostics::NearestWord(
        name, {handlers.names.begin(), handlers.names.end()});
    if (!near.empty()) {
      report.Note(diagnostics::DidYouMean(near));
    } else if ((attr.flags & tmpl::kEventCatch) != 0 &&
               TextOf(file.unit, attr.name) == "touchmove") {
      // `catchtouchmove="true"` keeps the page from scrolling, as it is meant
      // to.
      report.As(diagnostics::Severity::kInfo);
    }
  }
}

static void CheckComponent(const RuleContext& context,
                           const project::Component& component) {
  const graph::TemplateFile* file = context.Template(component.template_path);
  if (file == nullptr) {
    return;
  }
  const Handlers handlers = HandlersOf(context, component);
  if (handlers.open) {
    return;
  }
  for (const tmpl::NodeRecord& node : file->unit.nodes) {
    if (node.kind == tmpl::NodeKind::kElement) {
      CheckElement(context, component, handlers, *file, node);
    }
  }
}

const Rule kMissingHandlerRule = {.component = CheckComponent};

}  // namespace fcc::check
