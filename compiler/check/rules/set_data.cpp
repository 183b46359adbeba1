// SPDX-License-Identifier: Apache-2.0
//
// Calls of setData that cost more than they need to or do nothing: of
// undefined, which the platforms refuse or ignore, once a round of a loop, of
// all that there is already, of much at once.

#include "compiler/check/rule.h"

namespace fcc::check {

static void CheckScript(const RuleContext& context,
                        const graph::ScriptFile& script) {
  if (IsForeign(script)) {
    return;
  }
  const source::FileId file = script.source->id();
  for (const js::SetDataCall& call : script.result.facts.set_data) {
    for (const js::NamedSpan& each : call.undefined_paths) {
      context.sink.Report(Kind::kSetDataUndefined, {file, each.span},
                          each.name);
    }
    // Texts and lists that stand in the script.
    static constexpr uint32_t kLarge = 32 * 1024;
    if (call.whole) {
      context.sink.Report(Kind::kSetDataWhole, {file, call.argument});
    } else if (call.argument.size() > kLarge) {
      context.sink.Report(Kind::kSetDataLarge, {file, call.span},
                          call.argument.size() / 1024);
    }
    if (call.in_loop) {
      context.sink.Report(Kind::kSetDataInLoop, {file, call.span});
    }
  }
}

const Rule kSetDataRule = {.script = CheckScript};

}  // namespace fcc::check
