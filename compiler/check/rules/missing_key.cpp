// SPDX-License-Identifier: Apache-2.0
//
// Loops without `wx:key`: when the list changes, every item is built anew and
// loses its state.

#include "compiler/check/rule.h"

namespace fcc::check {

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
