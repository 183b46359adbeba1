// SPDX-License-Identifier: Apache-2.0
//
// Tags that are neither built in nor declared. A warning: platforms render them
// as plain elements, and a third of real apps has one.

#include <algorithm>
#include <iterator>
#include <set>

#include "compiler/check/rule.h"

namespace fcc::check {

FCC_REPORT(
    UnknownComponent, "CK1102", Severity::kWarning,
    "`<{0}>` is no built-in component and is not declared in "
    "`usingComponents`",
    "`<{0}>` 不是内置组件，也未在 `usingComponents` 中声明",
    "An unknown tag is rendered as a plain element. If a component was meant, "
    "declare it in the `usingComponents` of the page, the component or "
    "app.json.",
    "未知标签会按普通元素渲染。如果想使用自定义组件，请在页面、组件或 app.json "
    "的 "
    "`usingComponents` 中声明。");

// HTML that people write and that platforms render as plain elements.
static constexpr std::string_view kHtml[] = {
    "a",       "abbr",   "b",      "br",  "center", "code",  "dd",
    "del",     "div",    "dl",     "dt",  "em",     "h1",    "h2",
    "h3",      "h4",     "h5",     "h6",  "hr",     "i",     "img",
    "li",      "ol",     "p",      "pre", "q",      "s",     "small",
    "span",    "strong", "sub",    "sup", "table",  "tbody", "td",
    "tfoot",   "th",     "thead",  "tr",  "u",      "ul",    "section",
    "article", "header", "footer", "nav", "aside",  "main"};

// Built in, without a row in the tables: syntax, and what newer libraries have.
static constexpr std::string_view kOthers[] = {
    "slot",
    "page",
    "wxs",
    "fts",
    "page-meta",
    "root-portal",
    "open-data",
    "official-account",
    "ad",
    "ad-custom",
    "channel-live",
    "channel-video",
    "grid-view",
    "list-view",
    "sticky-header",
    "sticky-section",
    "open-container",
    "snapshot",
    "store-home",
    "store-product",
    "store-coupon-list",
    "pan-gesture-handler",
    "tap-gesture-handler",
    "double-tap-gesture-handler",
    "horizontal-drag-gesture-handler",
    "vertical-drag-gesture-handler",
    "long-press-gesture-handler",
    "scale-gesture-handler",
    "force-press-gesture-handler",
    "draggable-sheet",
    "nested-scroll-header",
    "nested-scroll-body",
    "list-builder",
    "grid-builder",
    "refresher",
    "match-media",
    "selection",
    "share-element",
    "xr-frame",
    "native-component",
    "cover-view",
    "cover-image",
    "navigation-bar"};

template <size_t N>
static bool IsOneOf(const std::string_view (&words)[N], std::string_view word) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

static bool IsGeneric(const project::Component& component,
                      std::string_view tag) {
  return std::any_of(
      component.generics.begin(), component.generics.end(),
      [tag](const project::Generic& generic) { return generic.name == tag; });
}

static void CheckElement(const RuleContext& context,
                         const project::Component& component,
                         const graph::TemplateFile& file,
                         const tmpl::NodeRecord& node,
                         std::set<std::string_view>& reported) {
  std::string_view tag = TextOf(file.unit, node.name);
  if (FindComponent(tag) != nullptr || component.FindUsed(tag) != nullptr ||
      IsOneOf(kHtml, tag) || IsOneOf(kOthers, tag) ||
      IsGeneric(component, tag) || !reported.insert(tag).second) {
    return;
  }
  std::vector<std::string_view> candidates;
  for (const project::UsedComponent& used : component.using_components) {
    candidates.push_back(used.tag);
  }
  for (const ComponentRow& row : Components()) {
    candidates.push_back(row.name);
  }
  auto report = context.sink.Report(Kind::kUnknownComponent,
                                    TagLocation(file.unit, node), tag);
  std::string_view near = diagnostics::NearestWord(tag, candidates);
  if (!near.empty()) {
    report.Note(diagnostics::DidYouMean(base::format("<{}>", near)));
  }
}

static void CheckComponent(const RuleContext& context,
                           const project::Component& component) {
  const graph::TemplateFile* file = context.Template(component.template_path);
  if (file == nullptr) {
    return;
  }
  // One report a tag and file says it all.
  std::set<std::string_view> reported;
  for (const tmpl::NodeRecord& node : file->unit.nodes) {
    if (node.kind == tmpl::NodeKind::kElement) {
      CheckElement(context, component, *file, node, reported);
    }
  }
}

const Rule kUnknownComponentRule = {.component = CheckComponent};

}  // namespace fcc::check
