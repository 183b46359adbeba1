// SPDX-License-Identifier: Apache-2.0
//
// `<template is="x">` where neither the file nor what it imports defines x:
// nothing is rendered there. Only names that are written in full.

#include <set>

#include "compiler/check/rule_internal.h"

namespace fcc::check {

// An import brings the templates of a file, not those that it imports itself.
static void AddTemplates(const graph::TemplateFile& file,
                         std::set<std::string_view>& names) {
  for (const fxml::TemplateDefinition& definition : file.unit.templates) {
    names.insert(TextOf(file.unit, definition.name));
  }
}

static void CheckFile(const RuleContext& context,
                      const graph::TemplateFile& file) {
  const auto& templates = context.program.graph.templates;
  std::set<std::string_view> names;
  AddTemplates(file, names);
  bool complete = true;
  for (const auto* list : {&file.imports, &file.includes}) {
    for (const std::string& other : *list) {
      auto found = templates.find(other);
      if (found == templates.end()) {
        complete = false;
      } else {
        AddTemplates(found->second, names);
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

void CheckMissingTemplate(const RuleContext& context) {
  const auto& templates = context.program.graph.templates;
  // An included file may use what is defined by the one that includes it.
  std::set<std::string_view> included;
  for (const auto& [path, file] : templates) {
    included.insert(file.includes.begin(), file.includes.end());
  }
  for (const auto& [path, file] : templates) {
    if (IsForeign(path) || included.contains(path) || file.unit.has_errors ||
        file.source == nullptr) {
      continue;
    }
    uint64_t stamp = MixStamps(1, file.source->revision());
    for (const auto* list : {&file.imports, &file.includes}) {
      for (const std::string& other : *list) {
        auto found = templates.find(other);
        stamp = MixStamps(
            stamp,
            found == templates.end() || found->second.source == nullptr
                ? 0
                : MixStamps(static_cast<uint64_t>(found->second.unit.file),
                            found->second.source->revision()));
      }
    }
    VisitPiece(context, file.unit.file, stamp,
               [&, &each = file](const RuleContext& piece) {
                 CheckFile(piece, each);
               });
  }
}

}  // namespace fcc::check
