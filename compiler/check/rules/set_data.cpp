// SPDX-License-Identifier: Apache-2.0
//
// Calls of setData that cost more than they need to or do nothing: of
// undefined, which the platforms refuse or ignore, and once a round of a loop.

#include "compiler/check/rule_internal.h"

namespace fcc::check {

void CheckSetData(const RuleContext& context) {
  for (const auto& [path, script] : context.program.graph.scripts) {
    if (script.source == nullptr || IsForeign(path)) {
      continue;
    }
    for (const js::SetDataCall& call : script.result.facts.set_data) {
      for (const js::NamedSpan& each : call.undefined_paths) {
        context.sink.Report(Kind::kSetDataUndefined,
                            {script.source->id(), each.span}, each.name);
      }
      if (call.in_loop) {
        context.sink.Report(Kind::kSetDataInLoop,
                            {script.source->id(), call.span});
      }
    }
  }
}

}  // namespace fcc::check
