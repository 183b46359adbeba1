// SPDX-License-Identifier: Apache-2.0
//
// Rules of a page's or component's sheet that match nothing: every selector
// needs a class, id or tag that no element of its templates can have. A name
// that may come from data is any name, and then the rule says nothing of names
// of that sort.
//
// Whose elements count: those of every page and component that uses the sheet,
// with the templates they import; and those of components below that let the
// sheets of others in (addGlobalClass, styleIsolation). Not asked: the app's
// sheet and what it imports, which is everybody's; sheets of components that
// let their own out; packages from npm; what a framework or a preprocessor
// made; templates with errors.

#include <algorithm>
#include <set>
#include <unordered_set>

#include "compiler/check/class_names.h"
#include "compiler/check/rule.h"
#include "compiler/ftss/preprocess.h"
#include "runtime/style/tokenizer.h"

namespace fcc::check {

FCC_REPORT(
    UnusedStyle, "CK2105", Severity::kInfo, "`{0}` matches nothing in {1}",
    "`{0}` 在 {1} 中没有匹配的元素",
    "No template that the sheet is for has an element with these names, and no "
    "name that is put together when the app runs can come out as one of them.",
    "使用该样式表的模板中没有带这些名称的元素，运行时拼接的名称也不会与之相同"
    "。");
FCC_REPORT(
    UnusedStyles, "CK2106", Severity::kInfo,
    "{0} rules of this sheet match nothing in {1}; here is the first",
    "该样式表有 {0} 条规则在 {1} 中没有匹配的元素，此处是第一条",
    "Sheets that import this one are packed with all of it. Import only the "
    "part that is used.",
    "引入该样式表时会打包其全部内容。请只引入用到的部分。");

namespace {

struct Names {
  NameSet classes;
  NameSet ids;
  std::set<std::string_view> tags;
  bool any_tag = false;
};

// Sheets of others come in, or its own go out.
bool LetsStylesIn(const RuleContext& context,
                  const project::Component& component) {
  if (component.json != nullptr &&
      component.json->root().Find("styleIsolation") != nullptr) {
    return true;
  }
  const js::ScriptFacts* facts = context.FactsOf(component);
  // Made by a function of the app's own, it may say anything.
  return facts == nullptr || facts->definitions.empty() ||
         std::any_of(facts->definitions.begin(), facts->definitions.end(),
                     [](const js::Definition& definition) {
                       return definition.opens_styles;
                     });
}

class Finder {
 public:
  explicit Finder(const RuleContext& context) : context_(context) {}

  // Of a page or component and of what lets its sheet in.
  void Add(const project::Component& component, Names& names) {
    if (!seen_.insert(&component).second) {
      return;
    }
    AddElements(context_.Of(component), component, names);
    for (const project::UsedComponent& used : component.using_components) {
      const project::Component* target =
          used.kind == project::TargetKind::kComponent
              ? context_.index.Find(used.path)
              : nullptr;
      if (target != nullptr && used_.insert(target).second &&
          LetsStylesIn(context_.Of(*target), *target)) {
        Add(*target, names);
      }
    }
  }

  // Of its own templates.
  static void AddElements(const RuleContext& context,
                          const project::Component& component, Names& names) {
    for (const graph::TemplateFile* file :
         context.TemplatesOf(component).files) {
      AddTemplate(*file, names);
    }
  }

 private:
  static void AddTemplate(const graph::TemplateFile& file, Names& names) {
    const fxml::Unit& unit = file.unit;
    const bool incomplete =
        unit.has_errors ||
        std::any_of(file.imports.begin(), file.imports.end(),
                    [](const std::string& path) { return path.empty(); }) ||
        std::any_of(file.includes.begin(), file.includes.end(),
                    [](const std::string& path) { return path.empty(); });
    if (incomplete) {
      AddAnything(names);
    }
    for (const tmpl::NodeRecord& node : unit.nodes) {
      if (node.kind != tmpl::NodeKind::kElement) {
        continue;
      }
      const std::string_view tag = TextOf(unit, node.name);
      names.tags.insert(tag);
      for (uint32_t i = 0; i < node.attr_count; ++i) {
        AddAttribute(unit, tag, unit.attrs[node.first_attr + i], names);
      }
    }
  }

  static void AddAnything(Names& names) {
    names.classes.AddAny();
    names.ids.AddAny();
    names.any_tag = true;
  }

  static void AddAttribute(const fxml::Unit& unit, std::string_view tag,
                           const tmpl::AttrRecord& attr, Names& names) {
    switch (attr.kind) {
      case tmpl::AttrKind::kClass:
        AddValue(unit, attr, names.classes);
        return;
      case tmpl::AttrKind::kClassToggle:
        names.classes.AddWords(TextOf(unit, attr.name));
        return;
      case tmpl::AttrKind::kId:
        AddValue(unit, attr, names.ids);
        return;
      case tmpl::AttrKind::kPlain:
      case tmpl::AttrKind::kModel: {
        const std::string_view name = TextOf(unit, attr.name);
        if (tag == "rich-text" && name == "nodes") {
          // HTML of its own, which may come from a server.
          AddAnything(names);
          return;
        }
        // `hover-class`, and whatever a component hands on to its elements.
        if (attr.value_kind == tmpl::ValueKind::kString) {
          names.classes.AddWords(TextOf(unit, attr.value));
        } else if (attr.value_kind == tmpl::ValueKind::kExpression) {
          NameSet classes;
          const Texts texts = TextsOf(unit, attr.value);
          classes.Add(texts);
          if (!classes.any() || IsClass(name)) {
            names.classes.Add(texts);
          }
        }
        return;
      }
      default:
        return;
    }
  }

  // `custom-class`, `hoverClass`, `t-class-title`.
  static bool IsClass(std::string_view name) {
    return name.find("lass") != std::string_view::npos;
  }

  static void AddValue(const fxml::Unit& unit, const tmpl::AttrRecord& attr,
                       NameSet& names) {
    if (attr.value_kind == tmpl::ValueKind::kString) {
      names.AddWords(TextOf(unit, attr.value));
    } else if (attr.value_kind == tmpl::ValueKind::kExpression) {
      names.Add(TextsOf(unit, attr.value));
    }
  }

  const RuleContext& context_;
  std::unordered_set<const project::Component*> seen_;
  // Asked already whether they let sheets in.
  std::unordered_set<const project::Component*> used_;
};

class Matcher {
 public:
  Matcher(const ftss::StyleSheet& sheet, const Names& names)
      : sheet_(sheet), names_(names) {}

  bool MayApply(const style::Selector& selector) const {
    for (uint32_t i = 0; i < selector.count; ++i) {
      if (!MayApply(sheet_.simples[selector.first + i])) {
        return false;
      }
    }
    return true;
  }

 private:
  bool MayApply(const style::SimpleSelector& simple) const {
    const std::string_view written = simple.name.In(sheet_.text());
    const std::string name = (simple.flags & style::kSelectorEscaped) != 0
                                 ? style::Unescape(written)
                                 : std::string(written);
    switch (simple.kind) {
      case style::SelectorKind::kClass:
        return IsOfPlatform(name) || names_.classes.MayHold(name);
      case style::SelectorKind::kId:
        return names_.ids.MayHold(name);
      case style::SelectorKind::kTag:
        return MayBeTag(name);
      case style::SelectorKind::kPseudoClassList:
      case style::SelectorKind::kHostList:
        // What must not be there need not be there.
        if (name == "not") {
          return true;
        }
        for (uint32_t i = simple.value.begin; i < simple.value.end; ++i) {
          if (MayApply(sheet_.selectors[i])) {
            return true;
          }
        }
        return false;
      default:
        return true;
    }
  }

  // Inside of built-in components, or given to them by default.
  static bool IsOfPlatform(std::string_view name) {
    return name.starts_with("wx-") || name.starts_with("fin-") ||
           name == "button-hover" || name == "navigator-hover" ||
           name == "input-placeholder" || name == "textarea-placeholder";
  }

  bool MayBeTag(std::string_view tag) const {
    if (names_.any_tag || style::EqualsIgnoringCase(tag, "page") ||
        style::EqualsIgnoringCase(tag, "body")) {
      return true;
    }
    if (tag.starts_with("wx-")) {
      tag.remove_prefix(3);
    }
    return names_.tags.contains(tag);
  }

  const ftss::StyleSheet& sheet_;
  const Names& names_;
};

}  // namespace

static base::Span SelectorsSpan(const ftss::StyleSheet& sheet,
                                const ftss::Rule& rule) {
  const std::string_view text = rule.span.In(sheet.text());
  size_t end = std::min(text.find('{'), text.size());
  while (end > 0 && (text[end - 1] == ' ' || text[end - 1] == '\n' ||
                     text[end - 1] == '\r' || text[end - 1] == '\t')) {
    --end;
  }
  return {rule.span.begin, rule.span.begin + static_cast<uint32_t>(end)};
}

// `.a, .b` in one line, and not too much of it.
static std::string Shown(std::string_view selectors) {
  std::string shown;
  for (char c : selectors) {
    const bool blank = c == ' ' || c == '\n' || c == '\r' || c == '\t';
    if (!blank) {
      shown += c;
    } else if (!shown.empty() && shown.back() != ' ') {
      shown += ' ';
    }
  }
  static constexpr size_t kMost = 60;
  if (shown.size() > kMost) {
    const size_t comma = shown.rfind(',', kMost);
    shown = comma == std::string::npos ? shown : shown.substr(0, comma) + ", …";
  }
  return shown;
}

static std::vector<const ftss::Rule*> UnusedRules(const ftss::StyleSheet& sheet,
                                                  const Names& names) {
  const Matcher matcher(sheet, names);
  std::vector<const ftss::Rule*> unused;
  uint32_t nested_end = 0;
  for (uint32_t i = 0; i < sheet.rules.size(); ++i) {
    const ftss::Rule& rule = sheet.rules[i];
    // A rule inside of another says more than its own selectors.
    if (rule.kind == style::RuleKind::kStyle && rule.end > i + 1) {
      nested_end = std::max(nested_end, rule.end);
    }
    if (rule.kind != style::RuleKind::kStyle || i < nested_end ||
        rule.selectors.begin == rule.selectors.end) {
      continue;
    }
    bool used = false;
    for (uint32_t at = rule.selectors.begin; at < rule.selectors.end; ++at) {
      used = used || matcher.MayApply(sheet.selectors[at]);
    }
    if (!used) {
      unused.push_back(&rule);
    }
  }
  return unused;
}

static void TellUnused(const RuleContext& context,
                       const ftss::StyleSheet& sheet, const Names& names,
                       const std::string& users, bool own) {
  const std::vector<const ftss::Rule*> unused = UnusedRules(sheet, names);
  // Of a sheet that others import much is left for other apps: one report says
  // it all.
  if (!own && unused.size() > 1) {
    const base::Span span = SelectorsSpan(sheet, *unused.front());
    context.sink.Report(Kind::kUnusedStyles, sheet.At(span), unused.size(),
                        users);
    return;
  }
  for (const ftss::Rule* rule : unused) {
    const base::Span span = SelectorsSpan(sheet, *rule);
    context.sink
        .Report(Kind::kUnusedStyle, sheet.At(span),
                Shown(span.In(sheet.text())), users)
        .Fix({"take the rule out", "删除该规则"}, sheet.At(rule->span), "",
             diagnostics::FixSafety::kUnsafe);
  }
}

static void CheckSheet(const RuleContext& context,
                       const ftss::StyleSheet& sheet) {
  const std::string& path = sheet.file->path();
  const ProgramIndex& index = context.index;
  const ProgramIndex::Places& users = index.UsersOfSheet(sheet.file->id());
  if (index.framework() != ProgramIndex::Framework::kNone || users.empty() ||
      index.IsOfApp(sheet.file->id()) || IsForeign(path) ||
      ftss::StyleLanguageOf(path) != ftss::StyleLanguage::kCss) {
    return;
  }
  Finder finder(context);
  Names names;
  bool has_template = false;
  bool own = false;
  for (uint32_t place : users) {
    const project::Component& component = index.components()[place];
    if (!component.is_page && LetsStylesIn(context.Of(component), component)) {
      return;
    }
    own = own || component.style_path == path;
    has_template = has_template || !component.template_path.empty();
    finder.Add(component, names);
  }
  if (!has_template) {
    return;
  }
  const std::string& first = index.components()[users.front()].template_path;
  TellUnused(context, sheet, names,
             users.size() == 1
                 ? base::format("`{}`", first)
                 : base::format("`{}` (+{})", first, users.size() - 1),
             own);
}

// All that a sheet reads of a page or component.
static uint64_t StampOfStyles(const RuleContext& context,
                              const project::Component& component) {
  Names names;
  Finder::AddElements(context, component, names);
  uint64_t stamp = MixStamps(names.classes.Stamp(), names.ids.Stamp());
  for (std::string_view tag : names.tags) {
    stamp = MixStamps(stamp, StampOf(tag));
  }
  for (const project::UsedComponent& used : component.using_components) {
    stamp = MixStamps(stamp, StampOf(used.path));
  }
  return MixStamps(stamp, (names.any_tag ? 1u : 0u) +
                              (LetsStylesIn(context, component) ? 2u : 0u));
}

const Rule kUnusedStylesRule = {.sheet = CheckSheet,
                                .component_stamp = StampOfStyles};

}  // namespace fcc::check
