// SPDX-License-Identifier: Apache-2.0
//
// Calls that wait for the disk or the system while the app starts: at the top
// of app.js, in its onLaunch, or at the top of a script that it loads.

#include <set>

#include "compiler/check/rule_internal.h"

namespace fcc::check {

void CheckBlockingStart(const RuleContext& context) {
  const auto& scripts = context.program.graph.scripts;
  // What app.js requires, and what that requires.
  std::set<std::string_view> reached;
  std::vector<std::string_view> queue = {context.program.project.app_script};
  while (!queue.empty()) {
    std::string_view path = queue.back();
    queue.pop_back();
    auto script = scripts.find(path);
    if (script == scripts.end() || !reached.insert(script->first).second) {
      continue;
    }
    queue.insert(queue.end(), script->second.targets.begin(),
                 script->second.targets.end());
  }
  for (std::string_view path : reached) {
    const graph::ScriptFile& script = scripts.find(path)->second;
    if (script.source == nullptr || IsForeign(path)) {
      continue;
    }
    for (const js::ApiUse& use : script.result.facts.apis) {
      // The platform answers what it already knows; the disk takes its time.
      const bool blocks =
          use.name.ends_with("StorageSync") ||
          use.name == "getStorageInfoSync" || use.name == "getSystemInfoSync" ||
          (use.rest.starts_with("()") && use.name == "getFileSystemManager" &&
           use.rest.ends_with("Sync"));
      if (blocks && use.is_call && use.on_start) {
        context.sink.Report(Kind::kBlockingStart,
                            {script.source->id(), use.span}, use.name);
      }
    }
  }
}

}  // namespace fcc::check
