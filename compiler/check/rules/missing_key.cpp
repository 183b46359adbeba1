// SPDX-License-Identifier: Apache-2.0
//
// Loops without `wx:key`: when the list changes, every item is built anew and
// loses its state.

#include "compiler/check/rule_internal.h"

namespace fcc::check {

void CheckMissingKey(const RuleContext& context) {
  ForEachTemplate(context, [](const RuleContext& piece, std::string_view path,
                              const graph::TemplateFile& file) {
    if (IsForeign(path)) {
      return;
    }
    for (const tmpl::NodeRecord& node : file.unit.nodes) {
      if (node.kind == tmpl::NodeKind::kFor && node.key == tmpl::kNoId &&
          (node.flags & tmpl::kForKeyIsItem) == 0) {
        piece.sink.Report(Kind::kMissingKey,
                          {file.unit.file, {node.span_begin, node.span_end}});
      }
    }
  });
}

}  // namespace fcc::check
