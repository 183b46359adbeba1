// SPDX-License-Identifier: Apache-2.0
//
// What FinClip's list of features says is missing and no table of names can
// tell: WebGL, placeholders of components, modules of other packages fetched as
// needed.

#include "compiler/check/rule_internal.h"

namespace fcc::check {

static void CheckTemplates(const RuleContext& context) {
  ForEachBuiltIn(
      context, [](const RuleContext& piece, const graph::TemplateFile& file,
                  const tmpl::NodeRecord& node) {
        if (TextOf(file.unit, node.name) != "canvas") {
          return;
        }
        const tmpl::AttrRecord* type =
            FindAttr(file.unit, node, tmpl::AttrKind::kPlain, "type");
        if (type != nullptr && type->value_kind == tmpl::ValueKind::kString &&
            TextOf(file.unit, type->value).starts_with("webgl")) {
          piece.sink
              .Report(Kind::kUnsupportedFeature, AttrLocation(file.unit, *type),
                      "WebGL", "WebGL")
              .Note(DocumentRow("feature.md:80"));
        }
      });
}

void CheckUnsupportedFeature(const RuleContext& context) {
  if (context.options.platform != Platform::kFinClip) {
    return;
  }
  CheckTemplates(context);
  ForEachScript(context, [](const RuleContext& piece, std::string_view path,
                            const graph::ScriptFile& script) {
    if (IsForeign(path)) {
      return;
    }
    for (const js::NamedSpan& use : script.result.facts.canvas_contexts) {
      if (use.name.starts_with("webgl")) {
        piece.sink
            .Report(Kind::kUnsupportedFeature, {script.source->id(), use.span},
                    "WebGL", "WebGL")
            .Note(DocumentRow("feature.md:80"));
      }
    }
    for (const js::Dependency& dependency : script.result.dependencies) {
      if (dependency.kind == js::DependencyKind::kRequireAsync) {
        piece.sink
            .Report(Kind::kUnsupportedFeature,
                    {script.source->id(), dependency.span},
                    "subpackage asynchronization", "分包异步化")
            .Note(DocumentRow("feature.md:81"));
      }
    }
  });
  for (const project::Component& component :
       context.program.project.components) {
    if (!component.placeholders.empty()) {
      context.sink
          .Report(Kind::kUnsupportedFeature,
                  component.placeholders.front().location,
                  "componentPlaceholder", "componentPlaceholder")
          .Note(DocumentRow("feature.md:71"));
    }
  }
}

}  // namespace fcc::check
