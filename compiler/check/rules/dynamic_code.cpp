// SPDX-License-Identifier: Apache-2.0
//
// eval and the Function constructor, which platforms disable.

#include "compiler/check/rule_internal.h"

namespace fcc::check {

void CheckDynamicCode(const RuleContext& context) {
  ForEachScript(context, [](const RuleContext& piece, std::string_view path,
                            const graph::ScriptFile& script) {
    // Bundlers feel for the global object with it, inside try: packages from
    // npm are not the user's to change.
    if (path.find("npm/") != std::string::npos) {
      return;
    }
    for (const js::NamedSpan& use : script.result.facts.dynamic_code) {
      piece.sink.Report(Kind::kDynamicCode, {script.source->id(), use.span},
                        use.name);
    }
  });
}

}  // namespace fcc::check
