// SPDX-License-Identifier: Apache-2.0
//
// Built-in components that the platform documents as missing.

#include "compiler/check/rule_internal.h"

namespace fcc::check {

void CheckUnsupportedComponent(const RuleContext& context) {
  ForEachElement(context, [&](const project::Component& component,
                              const graph::TemplateFile& file,
                              const tmpl::NodeRecord& node) {
    std::string_view tag = TextOf(file.unit, node.name);
    const ComponentRow* row = FindComponent(tag);
    if (row == nullptr || component.FindUsed(tag) != nullptr) {
      return;
    }
    Support support = context.options.platform == Platform::kFinClip
                          ? row->finclip
                          : row->wechat;
    if (support == Support::kNo) {
      context.sink.Report(Kind::kUnsupportedComponent,
                          TagLocation(file.unit, node), tag,
                          PlatformName(context.options.platform));
    }
  });
}

}  // namespace fcc::check
