// SPDX-License-Identifier: Apache-2.0
//
// eval and the Function constructor, which platforms disable.

#include "compiler/check/rule.h"

namespace fcc::check {

static void CheckScript(const RuleContext& context,
                        const graph::ScriptFile& script) {
  // Bundlers feel for the global object with it, inside try: packages from npm
  // are not the user's to change.
  if (script.source->path().find("npm/") != std::string::npos) {
    return;
  }
  for (const js::NamedSpan& use : script.result.facts.dynamic_code) {
    context.sink.Report(Kind::kDynamicCode, {script.source->id(), use.span},
                        use.name);
  }
}

const Rule kDynamicCodeRule = {.script = CheckScript};

}  // namespace fcc::check
