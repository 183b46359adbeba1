// SPDX-License-Identifier: Apache-2.0
//
// Calls that wait for the disk or the system while the app starts: at the top
// of app.js, in its onLaunch, or at the top of a script that it loads.

#include <set>

#include "compiler/check/rule.h"

namespace fcc::check {

FCC_REPORT(BlockingStart, "CK2421", Severity::kInfo,
           "`{0}` waits while the app starts", "`{0}` 会阻塞应用启动",
           "Synchronous calls at the start hold up the first page. Use the "
           "asynchronous form, or call it when it is needed.",
           "启动阶段的同步调用会推迟首屏。请使用异步接口，或在需要时再调用。");

static void CheckScript(const RuleContext& context,
                        const graph::ScriptFile& script) {
  for (const js::ApiUse& use : script.result.facts.apis) {
    // The platform answers what it already knows; the disk takes its time.
    const bool blocks =
        use.name.ends_with("StorageSync") || use.name == "getStorageInfoSync" ||
        use.name == "getSystemInfoSync" ||
        (use.rest.starts_with("()") && use.name == "getFileSystemManager" &&
         use.rest.ends_with("Sync"));
    if (blocks && use.is_call && use.on_start) {
      context.sink.Report(Kind::kBlockingStart, {script.source->id(), use.span},
                          use.name);
    }
  }
}

static void CheckProgram(const RuleContext& context) {
  // What app.js requires, and what that requires.
  std::set<std::string_view> reached;
  std::vector<std::string_view> queue = {context.project.app_script};
  while (!queue.empty()) {
    const std::string_view path = queue.back();
    queue.pop_back();
    const graph::ScriptFile* script = context.Script(path);
    if (script == nullptr || !reached.insert(path).second) {
      continue;
    }
    if (!IsForeign(path)) {
      CheckScript(context, *script);
    }
    queue.insert(queue.end(), script->targets.begin(), script->targets.end());
  }
}

const Rule kBlockingStartRule = {.program = CheckProgram};

}  // namespace fcc::check
