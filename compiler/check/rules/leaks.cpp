// SPDX-License-Identifier: Apache-2.0
//
// Intervals that nothing clears, and listeners of the platform that nothing
// takes off, in the script of a page or component: they live on when it is
// gone.

#include <set>

#include "compiler/check/rule.h"
#include "runtime/api/table.h"

namespace fcc::check {

// Listeners that stand for the app's whole life.
static bool IsForTheApp(std::string_view name) {
  return name == "onAppShow" || name == "onAppHide" || name == "onError" ||
         name == "onPageNotFound" || name == "onUnhandledRejection" ||
         name == "onThemeChange" || name == "onMemoryWarning" ||
         name == "onNeedPrivacyAuthorization";
}

static void CheckScript(const RuleContext& context,
                        const graph::ScriptFile& script) {
  const js::ScriptFacts& facts = script.result.facts;
  const source::FileId file = script.source->id();
  if (!facts.clears_intervals) {
    for (const js::NamedSpan& each : facts.intervals) {
      context.sink.Report(Kind::kIntervalLeak, {file, each.span});
    }
  }
  std::set<std::string_view> names;
  for (const js::ApiUse& use : facts.apis) {
    names.insert(use.name);
  }
  for (const js::ApiUse& use : facts.apis) {
    const api::Row* row = api::Find(use.name);
    if (row == nullptr || row->kind != api::Kind::kListen || !use.is_call ||
        !use.rest.empty() || IsForTheApp(use.name)) {
      continue;
    }
    const std::string off = "off" + use.name.substr(2);
    if (!names.contains(off) && api::Find(off) != nullptr) {
      context.sink.Report(Kind::kListenerLeak, {file, use.span}, use.name, off);
    }
  }
}

static void CheckComponent(const RuleContext& context,
                           const project::Component& component) {
  const graph::ScriptFile* script = context.ScriptOf(component);
  if (script != nullptr && !IsForeign(component.path)) {
    CheckScript(context, *script);
  }
}

const Rule kLeaksRule = {.component = CheckComponent};

}  // namespace fcc::check
