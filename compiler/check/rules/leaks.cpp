// SPDX-License-Identifier: Apache-2.0
//
// Intervals that nothing clears, and listeners of the platform that nothing
// takes off, in the script of a page or component: they live on when it is
// gone.

#include <set>

#include "compiler/check/rule.h"
#include "runtime/api/table.h"

namespace fcc::check {

FCC_REPORT(IntervalLeak, "CK2411", Severity::kWarning,
           "nothing in this file clears the interval",
           "本文件没有清除这个定时器",
           "The interval goes on when the page or component is gone. Keep what "
           "setInterval gives and clear it in onUnload or detached.",
           "页面或组件销毁后定时器仍会运行。请保存 setInterval 的返回值并在 "
           "onUnload 或 detached 中清除。");
FCC_REPORT(ListenerLeak, "CK2412", Severity::kInfo,
           "nothing in this file takes the listener of `{0}` off; `{1}` does",
           "本文件没有移除 `{0}` 的监听，可使用 `{1}`",
           "The listener lives on when the page or component is gone, and one "
           "more is added each time it opens.",
           "页面或组件销毁后监听仍然存在，每次打开还会再添加一个。");

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
