// SPDX-License-Identifier: Apache-2.0
//
// Pictures that can be tapped and fields without words for a screen reader.

#include "compiler/check/rule.h"

namespace fcc::check {

FCC_REPORT(ImageWithoutWords, "CK2601", Severity::kInfo,
           "a picture that can be tapped has no `aria-label`",
           "可点击的图片没有 `aria-label`",
           "A screen reader has nothing to say of it.", "读屏软件无法描述它。");
FCC_REPORT(FieldWithoutWords, "CK2602", Severity::kInfo,
           "`<{0}>` has no label, placeholder or `aria-label`",
           "`<{0}>` 没有标签、占位文字或 `aria-label`",
           "A screen reader cannot say what is to be entered.",
           "读屏软件无法说明需要输入什么。");

static bool HasWords(const fxml::Unit& unit, const tmpl::NodeRecord& node) {
  for (uint32_t i = 0; i < node.attr_count; ++i) {
    const tmpl::AttrRecord& attr = unit.attrs[node.first_attr + i];
    std::string_view key = TextOf(unit, attr.key);
    if (key.starts_with("aria-") || key == "alt" || key == "placeholder") {
      return true;
    }
  }
  return false;
}

static void CheckTemplate(const RuleContext& context,
                          const graph::TemplateFile& file) {
  if (IsForeign(file)) {
    return;
  }
  // Inside of a label its text speaks for the field.
  uint32_t label_end = 0;
  for (uint32_t i = 0; i < file.unit.nodes.size(); ++i) {
    const tmpl::NodeRecord& node = file.unit.nodes[i];
    if (node.kind != tmpl::NodeKind::kElement) {
      continue;
    }
    std::string_view tag = TextOf(file.unit, node.name);
    if (tag == "label") {
      label_end = std::max(label_end, node.end);
    }
    if (HasWords(file.unit, node)) {
      continue;
    }
    if (tag == "image" &&
        FindAttr(file.unit, node, tmpl::AttrKind::kEvent, "tap") != nullptr) {
      context.sink.Report(Kind::kImageWithoutWords,
                          TagLocation(file.unit, node));
    } else if ((tag == "input" || tag == "textarea") && i >= label_end) {
      context.sink.Report(Kind::kFieldWithoutWords,
                          TagLocation(file.unit, node), tag);
    }
  }
}

const Rule kAccessibilityRule = {.markup = CheckTemplate};

}  // namespace fcc::check
