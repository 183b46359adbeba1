// SPDX-License-Identifier: Apache-2.0
//
// Functions that give away where the user is and that app.json must declare:
// WeChat refuses them without `requiredPrivateInfos`.

#include <algorithm>
#include <set>

#include "compiler/check/rule.h"

namespace fcc::check {

FCC_REPORT(PrivateInfoNotDeclared, "CK2511", Severity::kWarning,
           "`{0}` is not declared in `requiredPrivateInfos` of app.json",
           "app.json 的 `requiredPrivateInfos` 没有声明 `{0}`",
           "WeChat refuses the call of an app that does not declare it.",
           "未声明时微信会拒绝该调用。");

static void CheckProgram(const RuleContext& context) {
  if (context.options.platform != Platform::kWeChat ||
      context.project.app_json == nullptr) {
    return;
  }
  // The list of WeChat's page on app.json, requiredPrivateInfos.
  static constexpr std::string_view kNames[] = {
      "chooseAddress",       "chooseLocation",
      "choosePoi",           "getFuzzyLocation",
      "getLocation",         "onLocationChange",
      "startLocationUpdate", "startLocationUpdateBackground"};
  std::set<std::string_view> declared;
  if (const base::JsonNode* list =
          context.project.app_json->root().Find("requiredPrivateInfos")) {
    for (const base::JsonNode* item : list->items) {
      declared.insert(item->StringOr(""));
    }
  }
  std::set<std::string_view> told;
  for (const auto& [path, file] : context.files().scripts) {
    const graph::ScriptFile& script = *context.Script(path);
    for (const js::ApiUse& use : script.result.facts.apis) {
      auto name = std::find(std::begin(kNames), std::end(kNames), use.name);
      if (name != std::end(kNames) && use.is_call && use.rest.empty() &&
          !declared.contains(*name) && told.insert(*name).second) {
        context.sink.Report(Kind::kPrivateInfoNotDeclared,
                            {script.source->id(), use.span}, use.name);
      }
    }
  }
}

const Rule kPrivateInfoRule = {.program = CheckProgram};

}  // namespace fcc::check
