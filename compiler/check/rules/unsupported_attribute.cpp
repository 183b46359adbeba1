// SPDX-License-Identifier: Apache-2.0
//
// Attributes and events of built-in components that the platform documents as
// missing, as supported in part or as newer than the base library asked for.

#include "compiler/check/rule.h"
#include "runtime/api/table.h"

namespace fcc::check {

FCC_REPORT(UnsupportedAttribute, "CK1103", Severity::kWarning,
           "`{0}` of `<{1}>` is not supported by {2}",
           "{2} 不支持 `<{1}>` 的 `{0}`",
           "The platform documents this attribute or event as unsupported and "
           "ignores it.",
           "平台文档注明不支持该属性或事件，会忽略它。");
FCC_REPORT(
    PartialAttribute, "CK1104", Severity::kInfo,
    "`{0}` of `<{1}>` is supported only in part by {2}",
    "{2} 仅部分支持 `<{1}>` 的 `{0}`",
    "The platform's documentation says what is missing; `fcc explain` names "
    "its row.",
    "平台文档说明了缺失的部分。");
FCC_REPORT(
    AttributeNeedsNewerLibrary, "CK1106", Severity::kWarning,
    "`{0}` of `<{1}>` needs base library {2}; the app is to run on {3}",
    "`<{1}>` 的 `{0}` 需要基础库 {2}，而应用的最低版本是 {3}",
    "The attribute or event came with a base library newer than the one the "
    "settings name (`check.base-library`): older ones ignore it.",
    "该属性或事件需要比设置（`check.base-library`"
    "）更高的基础库，旧版本会忽略它。");

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

static void CheckElement(const RuleContext& context,
                         const graph::TemplateFile& file,
                         const tmpl::NodeRecord& node) {
  // The tables hold FinClip's word only.
  if (context.options.platform != Platform::kFinClip) {
    return;
  }
  const std::string& wanted = context.options.base_library;
  std::string_view tag = TextOf(file.unit, node.name);
  for (uint32_t i = 0; i < node.attr_count; ++i) {
    const tmpl::AttrRecord& attr = file.unit.attrs[node.first_attr + i];
    const AttributeRow* row = RowOf(file.unit, tag, attr);
    if (row == nullptr) {
      continue;
    }
    const source::Location at = AttrLocation(file.unit, attr);
    if (row->finclip == Support::kNo || row->finclip == Support::kPartial) {
      auto report = context.sink.Report(
          row->finclip == Support::kNo ? Kind::kUnsupportedAttribute
                                       : Kind::kPartialAttribute,
          at, row->name, tag, PlatformName(context.options.platform));
      report.Note(DocumentRow(row->row));
      AddAlternative(report, "attribute",
                     base::format("{}.{}", tag, row->name));
    } else if (!row->since.empty() && !wanted.empty() &&
               api::CompareVersions(row->since, wanted) > 0) {
      context.sink.Report(Kind::kAttributeNeedsNewerLibrary, at, row->name, tag,
                          row->since, wanted);
    }
  }
}

const Rule kUnsupportedAttributeRule = {.built_in = CheckElement};

}  // namespace fcc::check
