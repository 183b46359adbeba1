// SPDX-License-Identifier: Apache-2.0
//
// Attributes and events of built-in components that the platform documents as
// missing or as supported in part.

#include "compiler/check/rule_internal.h"

namespace fcc::check {

static const AttributeRow* RowOf(const fxml::Unit& unit, std::string_view tag,
                                 const tmpl::AttrRecord& attr) {
  switch (attr.kind) {
    case tmpl::AttrKind::kPlain:
    case tmpl::AttrKind::kModel: {
      // The spelling in the template, without `model:`.
      std::string_view key = TextOf(unit, attr.key);
      size_t colon = key.find(':');
      if (colon != std::string_view::npos) {
        key.remove_prefix(colon + 1);
      }
      const AttributeRow* row =
          FindAttribute(tag, AttributeKind::kAttribute, key);
      return row != nullptr ? row
                            : FindAttribute(tag, AttributeKind::kAttribute,
                                            TextOf(unit, attr.name));
    }
    case tmpl::AttrKind::kEvent:
      return FindAttribute(tag, AttributeKind::kEvent, TextOf(unit, attr.name));
    default:
      // Directives, ids, classes, styles: of every element alike.
      return nullptr;
  }
}

void CheckUnsupportedAttribute(const RuleContext& context) {
  // The tables hold FinClip's word only.
  if (context.options.platform != Platform::kFinClip) {
    return;
  }
  ForEachBuiltIn(context, [&](const graph::TemplateFile& file,
                              const tmpl::NodeRecord& node) {
    std::string_view tag = TextOf(file.unit, node.name);
    for (uint32_t i = 0; i < node.attr_count; ++i) {
      const tmpl::AttrRecord& attr = file.unit.attrs[node.first_attr + i];
      const AttributeRow* row = RowOf(file.unit, tag, attr);
      if (row == nullptr) {
        continue;
      }
      if (row->finclip == Support::kNo || row->finclip == Support::kPartial) {
        context.sink
            .Report(row->finclip == Support::kNo ? Kind::kUnsupportedAttribute
                                                 : Kind::kPartialAttribute,
                    AttrLocation(file.unit, attr), row->name, tag,
                    PlatformName(context.options.platform))
            .Note(base::format("FinClip's documentation, {}", row->row));
      }
    }
  });
}

}  // namespace fcc::check
