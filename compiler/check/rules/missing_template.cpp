// SPDX-License-Identifier: Apache-2.0
//
// `<template is="x">` where neither the file nor what it imports defines x:
// nothing is rendered there. Only names that are written in full.

#include <set>

#include "compiler/check/rule.h"

namespace fcc::check {

FCC_REPORT(MissingTemplate, "CK2002", Severity::kWarning,
           "there is no template `{0}` in this file or in what it imports",
           "本文件及其引入的文件中没有模板 `{0}`",
           "Nothing is rendered here. A template is defined by `<template "
           "name>` in the file itself or in one that it imports directly.",
           "此处不会渲染任何内容。模板需在本文件或直接 import 的文件中用 "
           "`<template name>` 定义。");

// An import brings the templates of a file, not those that it imports itself.
static void AddTemplates(const graph::TemplateFile& file,
                         std::set<std::string_view>& names) {
  for (const fxml::TemplateDefinition& definition : file.unit.templates) {
    names.insert(TextOf(file.unit, definition.name));
  }
}

static void CheckTemplate(const RuleContext& context,
                          const graph::TemplateFile& file) {
  // An included file may use what is defined by the one that includes it.
  if (IsForeign(file) || context.index.IsIncluded(file.unit.file) ||
      file.unit.has_errors) {
    return;
  }
  std::set<std::string_view> names;
  AddTemplates(file, names);
  bool complete = true;
  for (const auto* list : {&file.imports, &file.includes}) {
    for (const std::string& other : *list) {
      if (const graph::TemplateFile* target = context.Template(other)) {
        AddTemplates(*target, names);
      } else {
        complete = false;
      }
    }
  }
  if (!complete) {
    return;
  }
  for (const tmpl::NodeRecord& node : file.unit.nodes) {
    if (node.kind != tmpl::NodeKind::kTemplateUse ||
        node.value_kind != tmpl::ValueKind::kString) {
      continue;
    }
    std::string_view name = TextOf(file.unit, node.value);
    if (name.empty() || names.contains(name)) {
      continue;
    }
    auto report = context.sink.Report(
        Kind::kMissingTemplate,
        {file.unit.file, {node.span_begin, node.span_end}}, name);
    std::string_view near =
        diagnostics::NearestWord(name, {names.begin(), names.end()});
    if (!near.empty()) {
      report.Note(diagnostics::DidYouMean(near));
    }
  }
}

const Rule kMissingTemplateRule = {.markup = CheckTemplate};

}  // namespace fcc::check
