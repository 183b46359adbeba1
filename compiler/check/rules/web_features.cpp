// SPDX-License-Identifier: Apache-2.0
//
// What sheets and scripts use that the oldest web views asked for do not have.
// One report a thing and file says it all. Left alone: what stands inside of
// `@supports`, a declaration with another of the same property before it, what
// a script brings along or asks for first, packages from npm.

#include <algorithm>
#include <set>

#include "compiler/check/rule.h"
#include "compiler/ftss/preprocess.h"
#include "compiler/js/facts/builtins.h"
#include "runtime/api/table.h"
#include "runtime/style/tokenizer.h"

namespace fcc::check {

FCC_REPORT(
    WebFeature, "CK1401", Severity::kInfo,
    "{0} needs {1}; the app is to run from iOS {2} and Chrome {3}",
    "{4} 需要 {1}，而应用的最低版本是 iOS {2} 和 Chrome {3}",
    "Older web views leave out a declaration, and a whole rule where it is the "
    "selector, that they do not know. Give them something else before it, put "
    "it inside of `@supports`, or name the oldest web views that count: "
    "`--web-views ios=15,chrome=90`. The versions are those of MDN's "
    "compatibility data.",
    "旧版 WebView "
    "会忽略不认识的声明；选择器不认识时会忽略整条规则。请在前面写一个"
    "兼容的值、放进 `@supports`，或用 `--web-views ios=15,chrome=90` "
    "指定需要支持的"
    "最低版本。版本数据来自 MDN 的兼容性数据。");
FCC_REPORT(
    Builtin, "CK1402", Severity::kInfo,
    "{0} needs {1}; the app is to run from iOS {2} and Chrome {3}",
    "{0} 需要 {1}，而应用的最低版本是 iOS {2} 和 Chrome {3}",
    "fcc lowers the language's syntax, not its library: an older engine does "
    "not have this. Ask for it first, bring it along, or name the oldest "
    "engines that count: `--web-views ios=15,chrome=90`. The versions are "
    "those "
    "of MDN's compatibility data.",
    "fcc "
    "会转换新语法，但不会补充标准库，旧引擎没有这个功能。请先判断是否存在、自带"
    "实现，或用 `--web-views ios=15,chrome=90` "
    "指定需要支持的最低版本。版本数据来自 "
    "MDN 的兼容性数据。");

// "iOS 14.5 and Chrome 84", of those that are newer than asked for; "" when
// neither is.
static std::string Needs(const CheckOptions& options, std::string_view ios,
                         std::string_view chrome) {
  auto is_newer = [](std::string_view version, const std::string& wanted) {
    return version == "-" || api::CompareVersions(version, wanted) > 0;
  };
  // "-" alone would be true of every version there is.
  std::string needs;
  if (is_newer(ios, options.ios) && ios != "-") {
    needs = base::format("iOS {}", ios);
  }
  if (is_newer(chrome, options.chrome) && chrome != "-") {
    needs += base::format("{}Chrome {}", needs.empty() ? "" : ", ", chrome);
  }
  return needs;
}

namespace {

class SheetChecker {
 public:
  SheetChecker(const RuleContext& context, const ftss::StyleSheet& sheet)
      : context_(context), sheet_(sheet) {}

  void Run() {
    uint32_t supports_end = 0;
    for (uint32_t i = 0; i < sheet_.rules.size(); ++i) {
      const ftss::Rule& rule = sheet_.rules[i];
      const std::string_view name = sheet_.AtNameOf(rule);
      if (name == "supports") {
        supports_end = std::max(supports_end, rule.end);
      }
      if (i < supports_end) {
        continue;
      }
      if (!name.empty() && rule.kind != style::RuleKind::kStyle) {
        Check(WebFeatureKind::kAtRule, name, {}, rule.name,
              base::format("`@{}`", name));
      }
      for (uint32_t at = rule.selectors.begin; at < rule.selectors.end; ++at) {
        CheckSelector(sheet_.selectors[at]);
      }
      CheckDeclarations(rule);
    }
  }

 private:
  void Check(WebFeatureKind kind, std::string_view name, std::string_view word,
             base::Span span, diagnostics::Words shown) {
    const WebFeatureRow* row = FindWebFeature(kind, name, word);
    if (row == nullptr) {
      return;
    }
    const CheckOptions& options = context_.options;
    const std::string needs = Needs(options, row->ios, row->chrome);
    if (needs.empty() || !told_.insert(row).second) {
      return;
    }
    auto report = context_.sink.Report(
        Kind::kWebFeature, sheet_.At(span), shown.en, needs, options.ios,
        options.chrome, shown.zh.empty() ? shown.en : shown.zh);
    if (options.web_views_named) {
      report.As(diagnostics::Severity::kWarning);
    }
  }

  void CheckSelector(const style::Selector& selector) {
    for (uint32_t i = 0; i < selector.count; ++i) {
      const style::SimpleSelector& simple = sheet_.simples[selector.first + i];
      switch (simple.kind) {
        case style::SelectorKind::kPseudoClass:
        case style::SelectorKind::kPseudoElement:
        case style::SelectorKind::kPseudoClassList:
        case style::SelectorKind::kPseudoElementList: {
          const std::string_view name = simple.name.In(sheet_.text());
          const bool element =
              simple.kind == style::SelectorKind::kPseudoElement ||
              simple.kind == style::SelectorKind::kPseudoElementList;
          Check(WebFeatureKind::kSelector, name, {}, simple.name,
                base::format("`{}{}`", element ? "::" : ":", name));
          break;
        }
        default:
          break;
      }
    }
  }

  void CheckDeclarations(const ftss::Rule& rule) {
    bool flex = false;
    std::set<std::string_view> before;
    for (uint32_t i = rule.declarations.begin; i < rule.declarations.end; ++i) {
      const ftss::Declaration& declaration = sheet_.declarations[i];
      const std::string_view value = declaration.value.In(sheet_.text());
      if (declaration.name.In(sheet_.text()) == "display" &&
          (value == "flex" || value == "inline-flex")) {
        flex = true;
      }
    }
    for (uint32_t i = rule.declarations.begin; i < rule.declarations.end; ++i) {
      const ftss::Declaration& declaration = sheet_.declarations[i];
      const std::string_view name = declaration.name.In(sheet_.text());
      // The first of two is for older web views.
      if (!before.insert(name).second || name.starts_with('-')) {
        continue;
      }
      const std::string shown = base::format("`{}`", name);
      Check(WebFeatureKind::kProperty, name, {}, declaration.name, shown);
      if (flex &&
          (name == "gap" || name == "row-gap" || name == "column-gap")) {
        Check(WebFeatureKind::kValue, "gap", "flex", declaration.name,
              {base::format("`{}` of a flex box", name),
               base::format("弹性盒的 `{}`", name)});
      }
      CheckValue(name, declaration.value);
    }
  }

  // Functions, units and words of a value; what stands in strings and
  // addresses is none.
  void CheckValue(std::string_view property, base::Span span) {
    const std::string_view text = span.In(sheet_.text());
    auto is_name = [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
             (c >= '0' && c <= '9') || c == '-' || c == '_';
    };
    auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    for (size_t at = 0; at < text.size();) {
      const char c = text[at];
      if (c == '"' || c == '\'') {
        at = std::min(text.find(c, at + 1), text.size() - 1) + 1;
        continue;
      }
      if (text.substr(at).starts_with("url(")) {
        at = std::min(text.find(')', at), text.size() - 1) + 1;
        continue;
      }
      if (c == '#') {
        size_t end = at + 1;
        while (end < text.size() && is_name(text[end])) {
          ++end;
        }
        if (end - at == 9 || end - at == 5) {
          Check(WebFeatureKind::kSyntax, "#rrggbbaa", {}, Part(span, at, end),
                base::format("`{}`", text.substr(at, end - at)));
        }
        at = end;
        continue;
      }
      if (!is_name(c)) {
        ++at;
        continue;
      }
      size_t end = at;
      while (end < text.size() && is_name(text[end])) {
        ++end;
      }
      const std::string_view word = text.substr(at, end - at);
      const base::Span part = Part(span, at, end);
      if (is_digit(word.front()) ||
          (word.front() == '-' && word.size() > 1 && is_digit(word[1]))) {
        const size_t unit = word.find_last_of("0123456789") + 1;
        if (unit < word.size()) {
          Check(WebFeatureKind::kUnit, word.substr(unit), {}, part,
                {base::format("the unit `{}`", word.substr(unit)),
                 base::format("单位 `{}`", word.substr(unit))});
        }
      } else if (end < text.size() && text[end] == '(') {
        Check(WebFeatureKind::kFunction, word, {}, part,
              base::format("`{}()`", word));
      } else {
        Check(WebFeatureKind::kValue, property, word, part,
              base::format("`{}: {}`", property, word));
      }
      at = end;
    }
  }

  static base::Span Part(base::Span span, size_t begin, size_t end) {
    return {span.begin + static_cast<uint32_t>(begin),
            span.begin + static_cast<uint32_t>(end)};
  }

  const RuleContext& context_;
  const ftss::StyleSheet& sheet_;
  std::set<const WebFeatureRow*> told_;
};

}  // namespace

static std::string ShownBuiltin(const js::BuiltinRow& row) {
  switch (row.kind) {
    case js::BuiltinKind::kGlobal:
    case js::BuiltinKind::kStatic:
      return base::format("`{}`", row.name);
    case js::BuiltinKind::kMethod:
      return base::format("`.{}()`", row.name);
    case js::BuiltinKind::kPattern:
      return "`(?<=…)`";
  }
  FCC_CHECK(false);
}

// Given by scripts: what they define themselves, and that they are a library
// which defines all there is.
static constexpr char kDefined = 'd';
static constexpr char kAll = 'a';

static void GiveDefined(const RuleContext&, const graph::ScriptFile& script,
                        NameList& names) {
  for (const std::string& name : script.result.facts.defined_builtins) {
    names.Give(kDefined, name);
  }
  if (script.source->path().find("core-js") != std::string::npos) {
    names.Give(kAll, "");
  }
}

static void CheckScript(const RuleContext& context,
                        const graph::ScriptFile& script) {
  if (IsForeign(script)) {
    return;
  }
  // WeChat's base library brings most of the language's library along.
  const bool pattern_only = context.options.platform == Platform::kWeChat;
  std::set<std::string_view> told;
  for (const js::NamedSpan& use : script.result.facts.builtins) {
    const js::BuiltinRow* row = js::FindBuiltin(use.name);
    if (row == nullptr ||
        (pattern_only && row->kind != js::BuiltinKind::kPattern)) {
      continue;
    }
    const std::string needs = Needs(context.options, row->ios, row->chrome);
    if (needs.empty() || context.IsGiven(kDefined, use.name) ||
        context.IsGiven(kAll, "") || !told.insert(use.name).second) {
      continue;
    }
    auto report = context.sink.Report(
        Kind::kBuiltin, {script.source->id(), use.span}, ShownBuiltin(*row),
        needs, context.options.ios, context.options.chrome);
    // A pattern that an engine does not know keeps the whole script from
    // running.
    if (context.options.web_views_named ||
        row->kind == js::BuiltinKind::kPattern) {
      report.As(diagnostics::Severity::kWarning);
    }
  }
}

static void CheckSheet(const RuleContext& context,
                       const ftss::StyleSheet& sheet) {
  // Places in what a preprocessor made are none that the user knows.
  const std::string& path = sheet.file->path();
  if (!IsForeign(path) &&
      ftss::StyleLanguageOf(path) == ftss::StyleLanguage::kCss) {
    SheetChecker(context, sheet).Run();
  }
}

const Rule kWebFeaturesRule = {
    .script = CheckScript, .sheet = CheckSheet, .script_names = GiveDefined};

}  // namespace fcc::check
