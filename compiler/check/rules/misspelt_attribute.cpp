// SPDX-License-Identifier: Apache-2.0
//
// Attributes and events of built-in components that no document mentions and
// that are one slip away from one that is documented. Others are let pass:
// tables lag behind platforms.

#include <algorithm>

#include "compiler/check/rule.h"

namespace fcc::check {

FCC_REPORT(
    MisspeltAttribute, "CK1107", Severity::kWarning,
    "`<{1}>` has no attribute `{0}`; did you mean `{2}`?",
    "`<{1}>` 没有属性 `{0}`，是否想写 `{2}`？",
    "No platform documents the attribute, and it is one slip away from one "
    "that is documented. It is ignored.",
    "没有平台文档提到该属性，而它与一个有效属性非常接近。它会被忽略。");
FCC_REPORT(
    MisspeltEvent, "CK1108", Severity::kWarning,
    "`<{1}>` sends no event `{0}`; did you mean `{2}`?",
    "`<{1}>` 没有事件 `{0}`，是否想写 `{2}`？",
    "No platform documents the event, no component of the app sends it, and it "
    "is one slip away from one that is sent. The handler is never called.",
    "没有平台文档提到该事件，应用中也没有组件触发它，而它与一个有效事件非常接近"
    "。"
    "处理函数不会被调用。");

// Of every element.
static constexpr std::string_view kCommonAttributes[] = {
    "hidden", "animation", "role", "name", "type", "value", "catch-move"};

// A word that ends in letters of another is not that word misspelt.
static bool IsSlip(std::string_view written, std::string_view near) {
  return written.size() >= 4 && near.size() >= 4 &&
         !written.starts_with(near) && !near.starts_with(written);
}

static void CheckAttribute(const RuleContext& context,
                           const graph::TemplateFile& file,
                           std::string_view tag, const tmpl::AttrRecord& attr) {
  const std::string_view key = TextOf(file.unit, attr.key);
  if (key.empty() || key.find(':') != std::string_view::npos ||
      key.starts_with("aria") || key.starts_with("data") ||
      key.starts_with("bind") || key.starts_with("catch")) {
    return;
  }
  // A name that only the types of a framework give may be their own slip.
  std::vector<std::string_view> known(std::begin(kCommonAttributes),
                                      std::end(kCommonAttributes));
  for (const AttributeRow& row : AttributesOf(tag)) {
    if (row.kind == AttributeKind::kAttribute &&
        row.finclip != Support::kUnknown) {
      known.push_back(row.name);
    }
  }
  const std::string_view name = TextOf(file.unit, attr.name);
  if (std::find(known.begin(), known.end(), key) != known.end() ||
      std::find(known.begin(), known.end(), name) != known.end() ||
      FindAttribute(tag, AttributeKind::kAttribute, name) != nullptr) {
    return;
  }
  // One edit, whatever the length: two make another word.
  const std::string_view near = diagnostics::NearestWord(key, known, 1);
  if (!near.empty() && IsSlip(key, near)) {
    context.sink.Report(Kind::kMisspeltAttribute, AttrLocation(file.unit, attr),
                        key, tag, near);
  }
}

// Names that scripts give: events they send, and that they send some whose
// names cannot be seen.
static constexpr char kEvent = 'e';
static constexpr char kAnyEvent = 'a';

// What a component below sends may come up to any element.
static bool IsSent(const RuleContext& context, std::string_view event) {
  // What another component documents is none of this one, but no slip.
  return std::ranges::any_of(Attributes(),
                             [event](const AttributeRow& row) {
                               return row.kind == AttributeKind::kEvent &&
                                      row.name == event;
                             }) ||
         context.IsGiven(kEvent, event) || context.IsGiven(kAnyEvent, "");
}

static void CheckEvent(const RuleContext& context,
                       const graph::TemplateFile& file, std::string_view tag,
                       const tmpl::AttrRecord& attr) {
  const std::string_view name = TextOf(file.unit, attr.name);
  std::vector<std::string_view> known(std::begin(kCommonEvents),
                                      std::end(kCommonEvents));
  for (const AttributeRow& row : AttributesOf(tag)) {
    if (row.kind == AttributeKind::kEvent) {
      known.push_back(row.name);
    }
  }
  if (std::find(known.begin(), known.end(), name) != known.end()) {
    return;
  }
  const std::string_view near = diagnostics::NearestWord(name, known, 2);
  if (!near.empty() && (name.size() == 3 || IsSlip(name, near)) &&
      !IsSent(context, name)) {
    context.sink.Report(Kind::kMisspeltEvent, AttrLocation(file.unit, attr),
                        name, tag, near);
  }
}

static void CheckElement(const RuleContext& context,
                         const graph::TemplateFile& file,
                         const tmpl::NodeRecord& node) {
  const std::string_view tag = TextOf(file.unit, node.name);
  if (FindComponent(tag) == nullptr ||
      context.index.IsFrameworkFile(file.unit.path)) {
    return;
  }
  for (uint32_t i = 0; i < node.attr_count; ++i) {
    const tmpl::AttrRecord& attr = file.unit.attrs[node.first_attr + i];
    if (attr.kind == tmpl::AttrKind::kPlain) {
      CheckAttribute(context, file, tag, attr);
    } else if (attr.kind == tmpl::AttrKind::kEvent) {
      CheckEvent(context, file, tag, attr);
    }
  }
}

static void GiveEvents(const RuleContext&, const graph::ScriptFile& script,
                       NameList& names) {
  for (const std::string& event : script.result.facts.triggered) {
    names.Give(kEvent, event);
  }
  if (script.result.facts.triggered_open) {
    names.Give(kAnyEvent, "");
  }
}

const Rule kMisspeltAttributeRule = {.built_in = CheckElement,
                                     .script_names = GiveEvents};

}  // namespace fcc::check
