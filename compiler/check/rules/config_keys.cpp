// SPDX-License-Identifier: Apache-2.0
//
// Keys of app.json and page JSON: documented as unsupported, harmless to
// ignore, or one slip away from a documented one.

#include <algorithm>
#include <iterator>

#include "compiler/check/rule.h"
#include "runtime/api/table.h"

namespace fcc::check {

FCC_REPORT(
    UnsupportedConfigKey, "CK1201", Severity::kWarning,
    "the key `{0}` is not supported by FinClip", "FinClip 不支持配置项 `{0}`",
    "The platform documents this key as unsupported: what it asks for does "
    "not happen.",
    "平台文档注明不支持该配置项，其作用不会生效。");
FCC_REPORT(
    IgnoredConfigKey, "CK1202", Severity::kInfo,
    "FinClip ignores the key `{0}`", "FinClip 会忽略配置项 `{0}`",
    "The key has no effect on this platform and does no harm; it may stay for "
    "other platforms.",
    "该配置项在此平台上无效也无害，可为其他平台保留。");
FCC_REPORT(
    MisspeltConfigKey, "CK1203", Severity::kWarning,
    "unknown key `{0}`; did you mean `{1}`?",
    "未知的配置项 `{0}`，是否想写 `{1}`？",
    "No platform documents this key, and it is one slip away from one that is "
    "documented.",
    "没有平台文档提到该配置项，而它与一个有效配置项非常接近。");
FCC_REPORT(
    ConfigKeyNeedsNewerLibrary, "CK1207", Severity::kWarning,
    "the key `{0}` needs base library {1}; the app is to run on {2}",
    "配置项 `{0}` 需要基础库 {1}，而应用的最低版本是 {2}",
    "The key came with a base library newer than the one the settings name "
    "(`check.base-library`): older ones ignore it.",
    "该配置项需要比设置（`check.base-library`）更高的基础库，旧版本会忽略它。");

// Documented as unsupported, but nothing that a user could miss: they speak to
// WeChat's search, its entrances and its restart policy.
static constexpr std::string_view kHarmless[] = {
    "sitemapLocation",      "entranceDeclare",          "singlePage",
    "restartStrategy",      "visualEffectInBackground", "supportedMaterials",
    "serviceProviderTicket"};

// Keys of WeChat's that FinClip's documents do not mention; for spelling only.
static constexpr std::string_view kKnownElsewhere[] = {
    "$schema",
    "subPackages",
    "component",
    "componentFramework",
    "componentGenerics",
    "componentPlaceholder",
    "renderer",
    "rendererOptions",
    "styleIsolation",
    "usingShadow",
    "convertRpxToVw",
    "resolveAlias",
    "cloud",
    "pluginPages",
    "tabBarConfig",
    "navigateToMiniProgramAppIdList",
    "requiredPrivateInfos",
    "__usePrivacyCheck__",
    "custom",
    "backgroundAudio",
    "navigationBarTitleFixed",
    "disableSwipeBack",
    "homeButton",
    "virtualHost",
    "pureDataPattern",
    "behaviors",
    "publicComponents",
    "main",
    "pages"};

// project.config.json is for tools, and each writes keys of its own there: told
// are only those that the documentation names and the platform ignores.
static void CheckProjectFile(const RuleContext& context) {
  if (context.options.platform != Platform::kFinClip ||
      context.options.preset == Preset::kBuild) {
    return;
  }
  for (const project::JsonFile& file : context.project.json_files) {
    if (base::BaseName(file.path) != "project.config.json" ||
        !file.root().IsObject()) {
      continue;
    }
    for (const base::JsonMember& member : file.root().members) {
      const ConfigKeyRow* row = FindConfigKey("project", member.key);
      if (row != nullptr && row->finclip == Support::kNo) {
        context.sink
            .Report(Kind::kIgnoredConfigKey, file.At(member.key_span),
                    member.key)
            .Note(DocumentRow(row->row));
      }
    }
  }
}

static void CheckKeys(const RuleContext& context, const project::JsonFile& file,
                      const base::JsonNode& object,
                      std::initializer_list<std::string_view> sections) {
  std::vector<std::string_view> known(std::begin(kKnownElsewhere),
                                      std::end(kKnownElsewhere));
  for (std::string_view section : sections) {
    for (const ConfigKeyRow& row : ConfigKeysOf(section)) {
      known.push_back(row.key);
    }
  }
  for (const base::JsonMember& member : object.members) {
    source::Location at = file.At(member.key_span);
    const ConfigKeyRow* row = nullptr;
    for (std::string_view section : sections) {
      const ConfigKeyRow* found = FindConfigKey(section, member.key);
      row = row == nullptr ? found : row;
    }
    if (row != nullptr && row->finclip == Support::kNo &&
        context.options.platform == Platform::kFinClip) {
      bool harmless = std::find(std::begin(kHarmless), std::end(kHarmless),
                                member.key) != std::end(kHarmless);
      context.sink
          .Report(
              harmless ? Kind::kIgnoredConfigKey : Kind::kUnsupportedConfigKey,
              at, member.key)
          .Note(DocumentRow(row->row));
      continue;
    }
    const std::string& wanted = context.options.base_library;
    if (row != nullptr && !row->since.empty() && !wanted.empty() &&
        context.options.platform == Platform::kFinClip &&
        api::CompareVersions(row->since, wanted) > 0) {
      context.sink.Report(Kind::kConfigKeyNeedsNewerLibrary, at, member.key,
                          row->since, wanted);
    }
    if (row != nullptr ||
        std::find(known.begin(), known.end(), member.key) != known.end()) {
      continue;
    }
    // Short keys are near to anything.
    std::string_view near =
        member.key.size() < 6 ? std::string_view()
                              : diagnostics::NearestWord(member.key, known, 2);
    if (!near.empty()) {
      context.sink.Report(Kind::kMisspeltConfigKey, at, member.key, near)
          .Fix(diagnostics::WriteInstead(near), at,
               base::format("\"{}\"", near), diagnostics::FixSafety::kUnsafe);
    }
  }
}

static void CheckProgram(const RuleContext& context) {
  CheckProjectFile(context);
  const project::Project& project = context.project;
  if (project.app_json != nullptr && project.app_json->root().IsObject()) {
    const base::JsonNode& root = project.app_json->root();
    CheckKeys(context, *project.app_json, root, {"app"});
    if (const base::JsonNode* window = root.Find("window")) {
      CheckKeys(context, *project.app_json, *window, {"window", "page"});
    }
    if (const base::JsonNode* tab_bar = root.Find("tabBar")) {
      CheckKeys(context, *project.app_json, *tab_bar, {"tabBar"});
    }
  }
}

static void CheckComponent(const RuleContext& context,
                           const project::Component& component) {
  if (component.is_page && component.json != nullptr &&
      component.json->root().IsObject()) {
    CheckKeys(context, *component.json, component.json->root(),
              {"page", "window"});
  }
}

const Rule kConfigKeysRule = {.component = CheckComponent,
                              .program = CheckProgram};

}  // namespace fcc::check
