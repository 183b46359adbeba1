// SPDX-License-Identifier: Apache-2.0
//
// Values of configuration keys of the wrong type or not among the words that
// the documentation lists, and components without `"component": true`.

#include <algorithm>

#include "compiler/check/rule.h"

namespace fcc::check {

FCC_REPORT(ConfigValueType, "CK1204", Severity::kWarning, "`{0}` takes {1}",
           "`{0}` 的值类型不对，应为：{2}",
           "The platform ignores a value of another type, or turns it into one "
           "by rules of its own.",
           "平台会忽略类型不符的值，或按自己的规则转换。");
FCC_REPORT(
    ConfigValueWord, "CK1205", Severity::kWarning, "`{0}` cannot be `{1}`: {2}",
    "`{0}` 不能是 `{1}`，可选值：{2}",
    "The documentation lists every value of this key; others are ignored.",
    "文档列出了该配置项的全部可选值，其他值会被忽略。");
FCC_REPORT(
    ComponentNotDeclared, "CK1206", Severity::kWarning,
    "the JSON of the component `{0}` lacks `\"component\": true`",
    "组件 `{0}` 的 JSON 缺少 `\"component\": true`",
    "FinClip takes a file for a component only when its JSON says so; WeChat "
    "is less strict.",
    "FinClip 要求组件的 JSON 中声明 `\"component\": true`，微信则不严格要求。");

namespace {

enum class Shape : uint8_t {
  kBoolean,
  kString,
  kNumber,
  kArray,
  kObject,
  kWord
};

struct ValueRow {
  std::string_view section;
  std::string_view key;
  Shape shape = Shape::kString;
  // Of kWord, parted by `|`.
  std::string_view words = {};
};

constexpr ValueRow kRows[] = {
    {"app", "pages", Shape::kArray},
    {"app", "window", Shape::kObject},
    {"app", "tabBar", Shape::kObject},
    {"app", "networkTimeout", Shape::kObject},
    {"app", "debug", Shape::kBoolean},
    {"app", "usingComponents", Shape::kObject},
    {"app", "permission", Shape::kObject},
    {"app", "subpackages", Shape::kArray},
    {"app", "subPackages", Shape::kArray},
    {"app", "preloadRule", Shape::kObject},
    {"app", "requiredBackgroundModes", Shape::kArray},
    {"app", "resolveAlias", Shape::kObject},
    {"app", "entryPagePath", Shape::kString},
    {"window", "navigationBarTextStyle", Shape::kWord, "black|white"},
    {"window", "backgroundTextStyle", Shape::kWord, "dark|light"},
    {"window", "navigationStyle", Shape::kWord, "default|custom"},
    {"window", "navigationBarTitleText", Shape::kString},
    {"window", "navigationBarBackgroundColor", Shape::kString},
    {"window", "backgroundColor", Shape::kString},
    {"window", "pageOrientation", Shape::kWord, "auto|portrait|landscape"},
    {"window", "enablePullDownRefresh", Shape::kBoolean},
    {"window", "onReachBottomDistance", Shape::kNumber},
    {"window", "disableScroll", Shape::kBoolean},
    {"window", "usingComponents", Shape::kObject},
    {"tabBar", "list", Shape::kArray},
    {"tabBar", "custom", Shape::kBoolean},
    {"tabBar", "position", Shape::kWord, "bottom|top"},
    {"tabBar", "borderStyle", Shape::kWord, "black|white"},
    {"tabBar", "color", Shape::kString},
    {"tabBar", "selectedColor", Shape::kString},
};

}  // namespace

static bool HasShape(const base::JsonNode& value, const ValueRow& row) {
  switch (row.shape) {
    case Shape::kBoolean:
      return value.IsBool();
    case Shape::kNumber:
      return value.IsNumber();
    case Shape::kArray:
      return value.IsArray();
    case Shape::kObject:
      return value.IsObject();
    case Shape::kString:
    case Shape::kWord:
      return value.IsString();
  }
  FCC_CHECK(false);
}

static diagnostics::Words ShapeName(Shape shape) {
  switch (shape) {
    case Shape::kBoolean:
      return {"true or false", "true 或 false"};
    case Shape::kNumber:
      return {"a number", "数字"};
    case Shape::kArray:
      return {"an array", "数组"};
    case Shape::kObject:
      return {"an object", "对象"};
    case Shape::kString:
    case Shape::kWord:
      return {"a string", "字符串"};
  }
  FCC_CHECK(false);
}

static void CheckObject(const RuleContext& context,
                        const project::JsonFile& file,
                        const base::JsonNode& object,
                        std::string_view section) {
  for (const base::JsonMember& member : object.members) {
    for (const ValueRow& row : kRows) {
      if (row.section != section || row.key != member.key ||
          member.value->IsNull()) {
        continue;
      }
      const base::JsonNode& value = *member.value;
      if (!HasShape(value, row)) {
        const diagnostics::Words shape = ShapeName(row.shape);
        auto report =
            context.sink.Report(Kind::kConfigValueType, file.At(value),
                                member.key, shape.en, shape.zh);
        // "true" is what was meant by `"true"`.
        if (row.shape == Shape::kBoolean &&
            (value.StringOr("") == "true" || value.StringOr("") == "false")) {
          report.Fix({base::format("write {}", value.string),
                      base::format("改为 {}", value.string)},
                     file.At(value), std::string(value.string),
                     diagnostics::FixSafety::kUnsafe);
        }
        continue;
      }
      // A word that begins with `@` comes from theme.json.
      if (row.shape != Shape::kWord || value.string.starts_with('@')) {
        continue;
      }
      std::vector<std::string_view> words;
      for (std::string_view rest = row.words; !rest.empty();) {
        const size_t bar = std::min(rest.find('|'), rest.size());
        words.push_back(rest.substr(0, bar));
        rest.remove_prefix(std::min(bar + 1, rest.size()));
      }
      if (std::find(words.begin(), words.end(), value.string) == words.end()) {
        auto report =
            context.sink.Report(Kind::kConfigValueWord, file.At(value),
                                member.key, value.string, row.words);
        std::string_view near = diagnostics::NearestWord(value.string, words);
        if (!near.empty()) {
          report.Fix(diagnostics::WriteInstead(near), file.At(value),
                     base::format("\"{}\"", near),
                     diagnostics::FixSafety::kUnsafe);
        }
      }
    }
  }
}

static void CheckProgram(const RuleContext& context) {
  const project::Project& project = context.project;
  if (project.app_json != nullptr && project.app_json->root().IsObject()) {
    const base::JsonNode& root = project.app_json->root();
    CheckObject(context, *project.app_json, root, "app");
    if (const base::JsonNode* window = root.Find("window")) {
      CheckObject(context, *project.app_json, *window, "window");
    }
    if (const base::JsonNode* tab_bar = root.Find("tabBar")) {
      CheckObject(context, *project.app_json, *tab_bar, "tabBar");
    }
  }
}

static void CheckComponent(const RuleContext& context,
                           const project::Component& component) {
  if (component.json == nullptr || !component.json->root().IsObject() ||
      IsForeign(component.path)) {
    return;
  }
  const base::JsonNode& root = component.json->root();
  if (component.is_page) {
    CheckObject(context, *component.json, root, "window");
  } else if (!component.is_component) {
    base::Span brace{root.span.begin, root.span.begin + 1};
    context.sink
        .Report(Kind::kComponentNotDeclared, component.json->At(brace),
                component.path)
        .Fix({"declare it", "加上声明"}, component.json->At(brace),
             root.members.empty() ? "{\"component\": true"
                                  : "{\n  \"component\": true,",
             diagnostics::FixSafety::kSafe);
  }
}

const Rule kConfigValuesRule = {.component = CheckComponent,
                                .program = CheckProgram};

}  // namespace fcc::check
