// SPDX-License-Identifier: Apache-2.0
//
// What a rule is: a function of the program that reports. rules.def lists them;
// each has a file of its own under rules/.

#ifndef FCC_COMPILER_CHECK_RULE_INTERNAL_H_
#define FCC_COMPILER_CHECK_RULE_INTERNAL_H_

#include <map>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "compiler/check/check.h"
#include "compiler/check/tables/tables.h"
#include "compiler/fxml/unit.h"

namespace fcc::check {

using diagnostics::Kind;

// What several rules ask of the program, found once.
struct ProgramIndex {
  explicit ProgramIndex(const link::Program& program);

  // A template's own file first, then what it imports and includes.
  struct Templates {
    std::vector<const graph::TemplateFile*> files;
    // Those whose content is rendered as if it stood in the first: the first
    // and what it includes.
    std::vector<const graph::TemplateFile*> included;
  };
  // A file that the framework adds to what the user wrote, which built this app
  // (Taro, uni-app): its runtime, its bundle of libraries, its templates.
  bool IsFrameworkFile(std::string_view path) const;

  // The component at `path`; null when there is none.
  const project::Component* Find(std::string_view path) const {
    auto found = components.find(path);
    return found == components.end() ? nullptr : found->second;
  }

  enum class Framework : uint8_t { kNone, kTaro, kUni };
  Framework framework = Framework::kNone;
  // By its path.
  std::unordered_map<std::string_view, const project::Component*> components;
  // By the path of the page or component.
  std::map<std::string_view, Templates> templates;
  // An element that no page or component which uses the file declares: it is
  // built in or unknown.
  struct BuiltIn {
    const graph::TemplateFile* file = nullptr;
    const tmpl::NodeRecord* node = nullptr;
  };
  // In the order of the files' paths.
  std::vector<BuiltIn> built_ins;
  // Pages and components whose templates a file is part of, by its path.
  std::map<std::string_view, std::vector<const project::Component*>> users;
};

struct RuleContext {
  const link::Program& program;
  const CheckOptions& options;
  const ProgramIndex& index;
  const source::SourceSet& sources;
  diagnostics::Sink& sink;
  Memory& memory;
};

// Written by others and not the user's to change: packages from npm, and what a
// framework puts beside the user's code.
bool IsForeign(std::string_view path);
// The folder of the npm package that a file belongs to: "miniprogram_npm/a/b" →
// "miniprogram_npm/a"; empty for none.
std::string_view NpmFolderOf(std::string_view path);

// The only Page or Component call of a script, where its one object can be
// seen; null otherwise.
const js::Definition* OnlyDefinition(const RuleContext& context,
                                     const project::Component& component);
const js::ScriptFacts* FactsOf(const RuleContext& context,
                               const project::Component& component);

#define FCC_RULE(symbol) void Check##symbol(const RuleContext& context);
#include "compiler/check/rules.def"
#undef FCC_RULE

// The attribute of that kind and name; null when the element has none.
const tmpl::AttrRecord* FindAttr(const fxml::Unit& unit,
                                 const tmpl::NodeRecord& node,
                                 tmpl::AttrKind kind, std::string_view name);

// "FinClip" or "WeChat".
std::string_view PlatformName(Platform platform);

// "FinClip's documentation, overview.md:7".
diagnostics::Words DocumentRow(std::string_view row);
// Says what there is instead, where something is known.
void AddAlternative(diagnostics::Report& report, std::string_view table,
                    std::string_view name);

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

// Calls `visit(template file, node)` once for every element that is built in or
// unknown.
template <typename Visit>
void ForEachBuiltIn(const RuleContext& context, Visit visit) {
  for (const ProgramIndex::BuiltIn& element : context.index.built_ins) {
    visit(*element.file, *element.node);
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
