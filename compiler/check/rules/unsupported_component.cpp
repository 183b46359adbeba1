// SPDX-License-Identifier: Apache-2.0
//
// Built-in components that the platform documents as missing, or as newer than
// the base library asked for.

#include "compiler/check/rule.h"
#include "runtime/api/table.h"

namespace fcc::check {

FCC_REPORT(
    UnsupportedComponent, "CK1101", Severity::kError,
    "the component `<{0}>` is not supported by {1}", "{1} 不支持组件 `<{0}>`",
    "The platform documents this built-in component as unsupported: nothing "
    "will be shown for it.",
    "平台文档注明不支持该内置组件，页面上不会显示它。");
FCC_REPORT(
    ComponentNeedsNewerLibrary, "CK1105", Severity::kWarning,
    "`<{0}>` needs base library {1}; the app is to run on {2}",
    "`<{0}>` 需要基础库 {1}，而应用的最低版本是 {2}",
    "The component came with a base library newer than the one the settings "
    "name (`check.base-library`): older ones show nothing for it.",
    "该组件需要比设置（`check.base-library`）更高的基础库，旧版本不会显示它。");

static void CheckElement(const RuleContext& context,
                         const graph::TemplateFile& file,
                         const tmpl::NodeRecord& node) {
  const bool finclip = context.options.platform == Platform::kFinClip;
  const std::string& wanted = context.options.base_library;
  std::string_view tag = TextOf(file.unit, node.name);
  const ComponentRow* row = FindComponent(tag);
  if (row == nullptr) {
    return;
  }
  source::Location at = TagLocation(file.unit, node);
  if ((finclip ? row->finclip : row->wechat) == Support::kNo) {
    auto report = context.sink.Report(Kind::kUnsupportedComponent, at, tag,
                                      PlatformName(context.options.platform));
    if (finclip) {
      report.Note(DocumentRow(row->row));
      AddAlternative(report, "component", tag);
    }
  } else if (finclip && !row->since.empty() && !wanted.empty() &&
             api::CompareVersions(row->since, wanted) > 0) {
    context.sink.Report(Kind::kComponentNeedsNewerLibrary, at, tag, row->since,
                        wanted);
  }
}

const Rule kUnsupportedComponentRule = {.built_in = CheckElement};

}  // namespace fcc::check
