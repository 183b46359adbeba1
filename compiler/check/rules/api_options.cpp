// SPDX-License-Identifier: Apache-2.0
//
// Options that functions of wx. are called with, against the published types:
// required ones left out, values of another type, words that are not listed,
// names one slip off. Only what is written in place is judged; null, names and
// sums may be anything.
//
// Not asked: Taro. and uni., which take options of their own and mend some of
// these; packages from npm.

#include <algorithm>

#include "compiler/check/rule.h"
#include "runtime/api/table.h"

namespace fcc::check {

FCC_REPORT(
    MissingApiOption, "CK1004", Severity::kWarning,
    "`{1}` needs the option `{0}`", "`{1}` 缺少必填参数 `{0}`",
    "The published types of the API call the option required: without it the "
    "call ends in `fail`.",
    "接口的类型定义注明该参数必填，缺少时调用会进入 `fail`。");
FCC_REPORT(
    ApiOptionType, "CK1005", Severity::kWarning,
    "`{0}` of `{1}` takes {2}, not {3}", "`{1}` 的 `{0}` 应为{4}，而不是{5}",
    "The published types of the API name what the option takes. The platform "
    "checks it and refuses the call, or turns the value into what it expects.",
    "接口的类型定义注明了该参数的类型。类型不符时平台会拒绝调用或自行转换。");
FCC_REPORT(
    ApiOptionWord, "CK1006", Severity::kWarning,
    "`{0}` of `{1}` cannot be `{2}`; it is one of {3}",
    "`{1}` 的 `{0}` 不能是 `{2}`，可选值：{3}",
    "The published types of the API list every value of the option; others "
    "are refused or ignored.",
    "接口的类型定义列出了该参数的全部可选值，其他值会被拒绝或忽略。");
FCC_REPORT(
    MisspeltApiOption, "CK1007", Severity::kWarning,
    "`{1}` has no option `{0}`; did you mean `{2}`?",
    "`{1}` 没有参数 `{0}`，是否想写 `{2}`？",
    "No option of that name is known, and it is one slip away from one that "
    "is. The platform ignores what it does not know.",
    "没有这个名称的参数，而它与一个有效参数非常接近。平台会忽略未知参数。");
FCC_REPORT(
    ApiOptionNeedsNewerLibrary, "CK1008", Severity::kWarning,
    "`{0}` of `{1}` needs base library {2}; the app is to run on {3}",
    "`{1}` 的 `{0}` 需要基础库 {2}，而应用的最低版本是 {3}",
    "The option came with a base library newer than the one the settings name "
    "(`check.base-library`): older ones ignore it.",
    "该参数需要比设置（`check.base-library`）更高的基础库，旧版本会忽略它。");

namespace {

struct TypeName {
  char letter;
  js::ValueKind kind;
  std::string_view en;
  std::string_view zh;
};

constexpr TypeName kTypes[] = {
    {'S', js::ValueKind::kString, "a string", "字符串"},
    {'S', js::ValueKind::kText, "a string", "字符串"},
    {'N', js::ValueKind::kNumber, "a number", "数字"},
    {'B', js::ValueKind::kBoolean, "true or false", "布尔值"},
    {'A', js::ValueKind::kArray, "an array", "数组"},
    {'O', js::ValueKind::kObject, "an object", "对象"},
    {'F', js::ValueKind::kFunction, "a function", "函数"},
};

}  // namespace

static const TypeName* TypeOf(js::ValueKind kind) {
  for (const TypeName& type : kTypes) {
    if (type.kind == kind) {
      return &type;
    }
  }
  return nullptr;
}

// "a string or a number".
static std::string NamesOf(std::string_view letters, bool chinese) {
  std::string names;
  for (char letter : letters) {
    for (const TypeName& type : kTypes) {
      if (type.letter == letter) {
        names += names.empty() ? "" : chinese ? "或" : " or ";
        names += chinese ? type.zh : type.en;
        break;
      }
    }
  }
  return names;
}

static bool IsSame(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return (x | 0x20) == (y | 0x20); });
}

static std::vector<std::string_view> WordsOf(std::string_view words) {
  std::vector<std::string_view> list;
  while (!words.empty()) {
    const size_t bar = std::min(words.find('|'), words.size());
    list.push_back(words.substr(0, bar));
    words.remove_prefix(std::min(bar + 1, words.size()));
  }
  return list;
}

// Hosts of FinClip bring payment of their own, with options of their own.
static bool IsTheHosts(const RuleContext& context, std::string_view function) {
  return context.options.platform == Platform::kFinClip &&
         function == "requestPayment";
}

static void CheckValue(const RuleContext& context, source::FileId file,
                       std::string_view name, const js::OptionUse& option,
                       const ApiOptionRow& row) {
  const source::Location at{file, option.value_span};
  const TypeName* type = TypeOf(option.kind);
  if (type != nullptr && !row.types.empty() &&
      row.types.find(type->letter) == std::string_view::npos) {
    auto report = context.sink.Report(Kind::kApiOptionType, at, option.name,
                                      name, NamesOf(row.types, false), type->en,
                                      NamesOf(row.types, true), type->zh);
    // An empty text stands for nothing in many an app.
    if (option.kind == js::ValueKind::kString && option.text.empty()) {
      report.As(diagnostics::Severity::kInfo);
    }
    if (row.types == "S" && option.kind == js::ValueKind::kNumber) {
      report.Fix({"write it as a text", "改为字符串"}, at,
                 base::format("'{}'", option.text),
                 diagnostics::FixSafety::kUnsafe);
    }
    return;
  }
  if (row.words.empty() || (option.kind != js::ValueKind::kString &&
                            option.kind != js::ValueKind::kNumber)) {
    return;
  }
  const std::vector<std::string_view> words = WordsOf(row.words);
  // Platforms take `post` for `POST`.
  if (option.text.empty() ||
      std::any_of(words.begin(), words.end(), [&](std::string_view word) {
        return IsSame(word, option.text);
      })) {
    return;
  }
  auto report = context.sink.Report(Kind::kApiOptionWord, at, option.name, name,
                                    option.text, row.words);
  std::string_view near = diagnostics::NearestWord(option.text, words);
  if (!near.empty()) {
    report.Fix(diagnostics::WriteInstead(near), at, base::format("'{}'", near),
               diagnostics::FixSafety::kUnsafe);
  }
}

static void CheckVersion(const RuleContext& context, source::FileId file,
                         std::string_view name, const js::ApiUse& use,
                         const js::OptionUse& option, const ApiOptionRow& row) {
  const std::string& wanted = context.options.base_library;
  if (context.options.platform == Platform::kWeChat && !use.guarded &&
      !row.since.empty() && !wanted.empty() &&
      api::CompareVersions(row.since, wanted) > 0) {
    context.sink.Report(Kind::kApiOptionNeedsNewerLibrary, {file, option.span},
                        row.option, name, row.since, wanted);
  }
}

static bool IsGiven(const js::ApiUse& use, std::string_view name) {
  return std::any_of(
      use.options.begin(), use.options.end(),
      [name](const js::OptionUse& option) { return option.name == name; });
}

static const ApiOptionRow* RowOf(std::span<const ApiOptionRow> rows,
                                 std::string_view name) {
  for (const ApiOptionRow& row : rows) {
    if (row.option == name) {
      return &row;
    }
  }
  return nullptr;
}

static constexpr std::string_view kCallbacks[] = {"success", "fail",
                                                  "complete"};

// The known name that an unknown one was meant to be; "" for none.
static std::string_view MeantBy(const js::ApiUse& use,
                                std::span<const ApiOptionRow> rows,
                                std::string_view name) {
  std::vector<std::string_view> candidates;
  for (const ApiOptionRow& row : rows) {
    candidates.push_back(row.option);
  }
  candidates.insert(candidates.end(), std::begin(kCallbacks),
                    std::end(kCallbacks));
  std::erase_if(candidates,
                [&](std::string_view each) { return IsGiven(use, each); });
  return diagnostics::NearestWord(name, candidates);
}

static void CheckUse(const RuleContext& context, source::FileId file,
                     const js::ApiUse& use) {
  const std::span<const ApiOptionRow> rows = OptionsOf(use.name);
  if (rows.empty() || IsTheHosts(context, use.name) ||
      (use.argument != js::ValueKind::kObject &&
       use.argument != js::ValueKind::kMissing)) {
    return;
  }
  // That it is missing altogether was told of already.
  if (const api::Row* row = api::Find(use.name);
      row != nullptr && context.options.platform == Platform::kFinClip &&
      (row->finclip == api::Support::kNo ||
       row->finclip == api::Support::kStub)) {
    return;
  }
  const std::string name = base::format(
      "{}.{}", use.root == js::ApiRoot::kFt ? "ft" : "wx", use.name);
  std::vector<std::string_view> meant;
  for (const js::OptionUse& option : use.options) {
    if (const ApiOptionRow* row = RowOf(rows, option.name)) {
      CheckValue(context, file, name, option, *row);
      CheckVersion(context, file, name, use, option, *row);
      continue;
    }
    if (use.open_options ||
        std::find(std::begin(kCallbacks), std::end(kCallbacks), option.name) !=
            std::end(kCallbacks)) {
      continue;
    }
    const std::string_view near = MeantBy(use, rows, option.name);
    if (!near.empty()) {
      meant.push_back(near);
      context.sink
          .Report(Kind::kMisspeltApiOption, {file, option.span}, option.name,
                  name, near)
          .Fix(diagnostics::WriteInstead(near), {file, option.span},
               std::string(near), diagnostics::FixSafety::kUnsafe);
    }
  }
  for (const ApiOptionRow& row : rows) {
    // A slip in its name was told of already.
    if (row.required && !use.open_options && !IsGiven(use, row.option) &&
        std::find(meant.begin(), meant.end(), row.option) == meant.end()) {
      context.sink.Report(Kind::kMissingApiOption, {file, use.span}, row.option,
                          name);
    }
  }
}

static void CheckScript(const RuleContext& context,
                        const graph::ScriptFile& script) {
  if (IsForeign(script)) {
    return;
  }
  for (const js::ApiUse& use : script.result.facts.apis) {
    if (use.is_call && use.rest.empty() &&
        (use.root == js::ApiRoot::kWx || use.root == js::ApiRoot::kFt)) {
      CheckUse(context, script.source->id(), use);
    }
  }
}

const Rule kApiOptionsRule = {.script = CheckScript};

}  // namespace fcc::check
