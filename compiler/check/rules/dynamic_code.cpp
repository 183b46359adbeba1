// SPDX-License-Identifier: Apache-2.0
//
// eval and the Function constructor, which platforms disable.

#include "compiler/check/rule.h"

namespace fcc::check {

FCC_REPORT(
    DynamicCode, "CK2301", Severity::kWarning,
    "`{0}` makes code from text, which mini program platforms forbid",
    "`{0}` 会把文本当作代码执行，小程序平台禁止这样做",
    "Platforms disable eval and the Function constructor: the call fails or "
    "does nothing on a device.",
    "平台会禁用 eval 和 Function 构造器，在设备上调用会失败或无效。");

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
