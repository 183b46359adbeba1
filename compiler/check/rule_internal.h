// SPDX-License-Identifier: Apache-2.0
//
// What a rule is: a function of the program that reports. rules.def lists them;
// each has a file of its own under rules/.

#ifndef FCC_COMPILER_CHECK_RULE_INTERNAL_H_
#define FCC_COMPILER_CHECK_RULE_INTERNAL_H_

#include <string_view>

#include "compiler/check/check.h"
#include "compiler/check/tables/tables.h"
#include "compiler/fxml/unit.h"

namespace fcc::check {

using diagnostics::Kind;

struct RuleContext {
  const link::Program& program;
  const CheckOptions& options;
  diagnostics::Sink& sink;
};

#define FCC_RULE(symbol) void Check##symbol(const RuleContext& context);
#include "compiler/check/rules.def"
#undef FCC_RULE

// "FinClip" or "WeChat".
std::string_view PlatformName(Platform platform);

// Calls `visit(component, template file, node)` for every element of every page
// and component, templates that they import and include left out.
template <typename Visit>
void ForEachElement(const RuleContext& context, Visit visit) {
  for (const project::Component& component :
       context.program.project.components) {
    auto found = context.program.graph.templates.find(component.template_path);
    if (found == context.program.graph.templates.end()) {
      continue;
    }
    for (const tmpl::NodeRecord& node : found->second.unit.nodes) {
      if (node.kind == tmpl::NodeKind::kElement) {
        visit(component, found->second, node);
      }
    }
  }
}

// The text of a string id of the unit; "" for none.
inline std::string_view TextOf(const fxml::Unit& unit, uint32_t id) {
  return id == tmpl::kNoId ? std::string_view() : unit.String(id);
}

// The opening tag's name, to point at: `<name`.
inline source::Location TagLocation(const fxml::Unit& unit,
                                    const tmpl::NodeRecord& node) {
  uint32_t size = static_cast<uint32_t>(TextOf(unit, node.name).size());
  return {unit.file, {node.span_begin + 1, node.span_begin + 1 + size}};
}

inline source::Location AttrLocation(const fxml::Unit& unit,
                                     const tmpl::AttrRecord& attr) {
  return {unit.file, {attr.span_begin, attr.span_end}};
}

}  // namespace fcc::check

#endif  // FCC_COMPILER_CHECK_RULE_INTERNAL_H_
