// SPDX-License-Identifier: Apache-2.0
//
// Names that a template reads and nothing sets, and names that scripts set and
// nothing reads. Only where all of both can be seen: one object in place, no
// behaviors, no computed names. What scripts of no page or component set or
// read, they may do to any (`app.translate(this)`); a name that the page's
// script has as a text may be set under it (`parse('article', html, this)`).

#include <set>

#include "compiler/check/rule.h"

namespace fcc::check {

FCC_REPORT(DataNeverSet, "CK2007", Severity::kWarning,
           "`{0}` is read here and set nowhere in `{1}`",
           "此处读取的 `{0}` 在 `{1}` 中从未设置",
           "Neither `data`, `properties` nor any setData of the script has the "
           "name: the value is always undefined.",
           "脚本的 `data`、`properties` 和 setData "
           "中都没有这个名称，其值始终是 undefined。");
FCC_REPORT(
    DataNeverRead, "CK2401", Severity::kInfo,
    "`{0}` is set, and neither the template nor the script reads it",
    "设置了 `{0}`，但模板和脚本都没有读取它",
    "setData sends the value to the view for nothing. Keep what only the "
    "script needs in a plain member of `this`.",
    "setData 会把值传到视图层，白白消耗性能。只供脚本使用的值可以直接放在 "
    "`this` 上。");

namespace {

struct Reads {
  // Name → where it is read first.
  std::map<std::string_view, source::Location> names;
  // Names that loops, modules, slots and two-way bindings give.
  std::set<std::string_view> local;
  bool complete = true;
};

}  // namespace

static void AddReads(const fxml::Unit& unit, bool rendered, Reads& reads) {
  reads.complete = reads.complete && !unit.has_errors;
  for (const fxml::ModuleDeclaration& module : unit.modules) {
    reads.local.insert(module.name);
  }
  // Expressions of definitions read what their user gives.
  std::set<uint32_t> of_definitions;
  auto mark = [&](tmpl::ValueKind kind, uint32_t value) {
    if (kind == tmpl::ValueKind::kExpression) {
      of_definitions.insert(value);
    }
  };
  uint32_t definition_end = 0;
  for (uint32_t i = 0; i < unit.nodes.size(); ++i) {
    const tmpl::NodeRecord& node = unit.nodes[i];
    if (node.kind == tmpl::NodeKind::kDefinition) {
      definition_end = std::max(definition_end, node.end);
    }
    if (node.kind == tmpl::NodeKind::kFor) {
      reads.local.insert(TextOf(unit, node.name));
      reads.local.insert(TextOf(unit, node.extra));
    }
    const bool inside = !rendered || i < definition_end;
    if (inside) {
      mark(node.value_kind, node.value);
      if (node.kind == tmpl::NodeKind::kTemplateUse) {
        mark(tmpl::ValueKind::kExpression, node.extra);
      }
    }
    for (uint32_t j = 0; j < node.attr_count; ++j) {
      const tmpl::AttrRecord& attr = unit.attrs[node.first_attr + j];
      if (inside) {
        mark(attr.value_kind, attr.value);
      }
      if (attr.kind == tmpl::AttrKind::kModel &&
          attr.value_kind == tmpl::ValueKind::kExpression) {
        const tmpl::ExpressionRecord& bound = unit.expressions[attr.value];
        for (uint32_t read = 0; read < bound.read_count; ++read) {
          reads.local.insert(
              TextOf(unit, unit.reads[bound.first_read + read].root));
        }
      }
      if (attr.kind == tmpl::AttrKind::kSlotValue) {
        reads.local.insert(TextOf(
            unit, attr.value_kind == tmpl::ValueKind::kString ? attr.value
                                                              : attr.name));
      }
    }
  }
  for (uint32_t i = 0; i < unit.expressions.size(); ++i) {
    const tmpl::ExpressionRecord& expression = unit.expressions[i];
    for (uint32_t j = 0; j < expression.read_count; ++j) {
      std::string_view name =
          TextOf(unit, unit.reads[expression.first_read + j].root);
      if (of_definitions.contains(i)) {
        reads.local.insert(name);
      } else {
        reads.names.try_emplace(
            name, source::Location{
                      unit.file, {expression.span_begin, expression.span_end}});
      }
    }
  }
}

// "a" of "a.b[0]".
static std::string_view RootOfPath(std::string_view path) {
  return path.substr(0, path.find_first_of(".["));
}

// Names that scripts give, for pages and components other than their own: what
// they set, and what they read.
static constexpr char kSet = 's';
static constexpr char kRead = 'r';

static void GiveNames(const RuleContext& context,
                      const graph::ScriptFile& script, NameList& names) {
  const js::ScriptFacts& facts = script.result.facts;
  for (const std::string& name : facts.data_reads) {
    names.Give(kRead, name);
  }
  if (!context.index.UsersOfScript(script.source->id()).empty()) {
    return;
  }
  for (const js::SetDataCall& call : facts.set_data) {
    for (const js::NamedSpan& each : call.paths) {
      names.Give(kSet, RootOfPath(each.name));
    }
  }
}

// `wx:key="{{item.id}}"`: a mistake of its own (FX1105).
static bool IsKeyOfLoop(const RuleContext& context, source::Location at) {
  const std::string_view text =
      context.TextOf(at.file).substr(0, at.span.begin);
  const size_t quote = text.find_last_of("\"'");
  return quote != std::string_view::npos &&
         text.substr(0, quote).ends_with(":key=");
}

// `'name'` or `"name"`.
static bool IsQuotedIn(std::string_view text, std::string_view name) {
  for (size_t at = text.find(name); at != std::string_view::npos;
       at = text.find(name, at + 1)) {
    const size_t end = at + name.size();
    if (at > 0 && end < text.size() && text[at - 1] == text[end] &&
        (text[end] == '\'' || text[end] == '"' || text[end] == '`')) {
      return true;
    }
  }
  return false;
}

static void CheckComponent(const RuleContext& context,
                           const project::Component& component) {
  if (IsForeign(component.path)) {
    return;
  }
  const js::Definition* definition = context.OnlyDefinition(component);
  const graph::ScriptFile* script = context.ScriptOf(component);
  const auto& templates = context.TemplatesOf(component);
  if (definition == nullptr || definition->open_data ||
      templates.files.empty()) {
    return;
  }
  const js::ScriptFacts& facts = script->result.facts;
  // `const that = this`, handed to other functions, is still this file; what
  // other files do with the page cannot be seen.
  std::set<std::string_view> set;
  for (const auto* list : {&definition->data, &definition->properties}) {
    for (const js::NamedSpan& name : *list) {
      set.insert(name.name);
    }
  }
  const std::string_view text = script->source->text();
  bool open = false;
  for (const js::SetDataCall& call : facts.set_data) {
    open = open || call.open;
    for (const js::NamedSpan& path : call.paths) {
      set.insert(RootOfPath(path.name));
    }
  }
  Reads reads;
  for (const graph::TemplateFile* file : templates.files) {
    const auto& included = templates.included;
    AddReads(
        file->unit,
        std::find(included.begin(), included.end(), file) != included.end(),
        reads);
  }
  if (!reads.complete) {
    return;
  }
  if (!open) {
    for (const auto& [name, location] : reads.names) {
      if (set.contains(name) || reads.local.contains(name) || name.empty() ||
          name == "undefined" || IsQuotedIn(text, name) ||
          IsKeyOfLoop(context, location) || context.IsGiven(kSet, name)) {
        continue;
      }
      auto report = context.sink.Report(Kind::kDataNeverSet, location, name,
                                        component.script_path);
      std::string_view near =
          diagnostics::NearestWord(name, {set.begin(), set.end()});
      if (!near.empty()) {
        report.Note(diagnostics::DidYouMean(near));
      }
    }
  }
  if (facts.data_reads_open || definition->has_observers) {
    return;
  }
  std::set<std::string_view> read(facts.data_reads.begin(),
                                  facts.data_reads.end());
  std::set<std::string_view> told;
  for (const js::SetDataCall& call : facts.set_data) {
    for (const js::NamedSpan& path : call.paths) {
      std::string_view name = RootOfPath(path.name);
      if (!reads.names.contains(name) && !reads.local.contains(name) &&
          !read.contains(name) && !context.IsGiven(kRead, name) &&
          told.insert(name).second) {
        bool property = false;
        for (const js::NamedSpan& each : definition->properties) {
          property = property || each.name == name;
        }
        if (!property) {
          context.sink.Report(Kind::kDataNeverRead,
                              {script->source->id(), path.span}, name);
        }
      }
    }
  }
}

const Rule kTemplateDataRule = {.component = CheckComponent,
                                .script_names = GiveNames};

}  // namespace fcc::check
