// SPDX-License-Identifier: Apache-2.0
//
// What FinClip's list of features says is missing and no table of names can
// tell: WebGL, placeholders of components, modules of other packages fetched as
// needed.

#include "compiler/check/rule.h"

namespace fcc::check {

FCC_REPORT(UnsupportedFeature, "CK1301", Severity::kWarning,
           "{0} is not supported by FinClip", "FinClip 不支持 {1}",
           "FinClip's list of features says that this is not supported yet: "
           "what needs it does not work there.",
           "FinClip 的功能列表注明尚不支持该能力，依赖它的部分无法工作。");

static void CheckElement(const RuleContext& context,
                         const graph::TemplateFile& file,
                         const tmpl::NodeRecord& node) {
  if (context.options.platform != Platform::kFinClip ||
      TextOf(file.unit, node.name) != "canvas") {
    return;
  }
  const tmpl::AttrRecord* type =
      FindAttr(file.unit, node, tmpl::AttrKind::kPlain, "type");
  if (type != nullptr && type->value_kind == tmpl::ValueKind::kString &&
      TextOf(file.unit, type->value).starts_with("webgl")) {
    context.sink
        .Report(Kind::kUnsupportedFeature, AttrLocation(file.unit, *type),
                "WebGL", "WebGL")
        .Note(DocumentRow("feature.md:80"));
  }
}

static void CheckScript(const RuleContext& context,
                        const graph::ScriptFile& script) {
  if (context.options.platform != Platform::kFinClip || IsForeign(script)) {
    return;
  }
  const source::FileId file = script.source->id();
  for (const js::NamedSpan& use : script.result.facts.canvas_contexts) {
    if (use.name.starts_with("webgl")) {
      context.sink
          .Report(Kind::kUnsupportedFeature, {file, use.span}, "WebGL", "WebGL")
          .Note(DocumentRow("feature.md:80"));
    }
  }
  for (const js::Dependency& dependency : script.result.dependencies) {
    if (dependency.kind == js::DependencyKind::kRequireAsync) {
      context.sink
          .Report(Kind::kUnsupportedFeature, {file, dependency.span},
                  "subpackage asynchronization", "分包异步化")
          .Note(DocumentRow("feature.md:81"));
    }
  }
}

static void CheckComponent(const RuleContext& context,
                           const project::Component& component) {
  if (context.options.platform == Platform::kFinClip &&
      !component.placeholders.empty()) {
    context.sink
        .Report(Kind::kUnsupportedFeature,
                component.placeholders.front().location, "componentPlaceholder",
                "componentPlaceholder")
        .Note(DocumentRow("feature.md:71"));
  }
}

const Rule kUnsupportedFeatureRule = {.script = CheckScript,
                                      .built_in = CheckElement,
                                      .component = CheckComponent};

}  // namespace fcc::check
