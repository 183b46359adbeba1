// SPDX-License-Identifier: Apache-2.0
//
// Calls of setData that cost more than they need to or do nothing: of
// undefined, which the platforms refuse or ignore, once a round of a loop, of
// all that there is already, of much at once.

#include "compiler/check/rule_internal.h"

namespace fcc::check {

void CheckSetData(const RuleContext& context) {
  ForEachScript(context, [](const RuleContext& piece, std::string_view path,
                            const graph::ScriptFile& script) {
    if (IsForeign(path)) {
      return;
    }
    for (const js::SetDataCall& call : script.result.facts.set_data) {
      for (const js::NamedSpan& each : call.undefined_paths) {
        piece.sink.Report(Kind::kSetDataUndefined,
                          {script.source->id(), each.span}, each.name);
      }
      // Texts and lists that stand in the script.
      static constexpr uint32_t kLarge = 32 * 1024;
      if (call.whole) {
        piece.sink.Report(Kind::kSetDataWhole,
                          {script.source->id(), call.argument});
      } else if (call.argument.size() > kLarge) {
        piece.sink.Report(Kind::kSetDataLarge, {script.source->id(), call.span},
                          call.argument.size() / 1024);
      }
      if (call.in_loop) {
        piece.sink.Report(Kind::kSetDataInLoop,
                          {script.source->id(), call.span});
      }
    }
  });
}

}  // namespace fcc::check
