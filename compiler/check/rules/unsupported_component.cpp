// SPDX-License-Identifier: Apache-2.0
//
// Built-in components that the platform documents as missing, or as newer than
// the base library asked for.

#include "compiler/check/rule.h"
#include "runtime/api/table.h"

namespace fcc::check {

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
