// SPDX-License-Identifier: Apache-2.0
//
// Loops without `wx:key`: when the list changes, every item is built anew and
// loses its state.

#include "compiler/check/rule.h"

namespace fcc::check {

FCC_REPORT(
    MissingKey, "CK2003", Severity::kInfo, "this loop has no `wx:key`",
    "循环缺少 `wx:key`",
    "Without a key every item is built anew when the list changes, and loses "
    "its state. `wx:key=\"*this\"` fits lists of texts and numbers.",
    "没有 key 时列表变化会重建所有项并丢失状态。文本或数字列表可用 "
    "`wx:key=\"*this\"`。");

static void CheckTemplate(const RuleContext& context,
                          const graph::TemplateFile& file) {
  if (IsForeign(file)) {
    return;
  }
  for (const tmpl::NodeRecord& node : file.unit.nodes) {
    if (node.kind == tmpl::NodeKind::kFor && node.key == tmpl::kNoId &&
        (node.flags & tmpl::kForKeyIsItem) == 0) {
      context.sink.Report(Kind::kMissingKey,
                          {file.unit.file, {node.span_begin, node.span_end}});
    }
  }
}

const Rule kMissingKeyRule = {.markup = CheckTemplate};

}  // namespace fcc::check
