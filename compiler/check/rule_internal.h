// SPDX-License-Identifier: Apache-2.0
//
// What a rule is: a function of the program that reports. rules.def lists them;
// each has a file of its own under rules/.

#ifndef FCC_COMPILER_CHECK_RULE_INTERNAL_H_
#define FCC_COMPILER_CHECK_RULE_INTERNAL_H_

#include <algorithm>
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
  ProgramIndex(const link::Program& program, Memory& memory);

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
  // A template that pages or components use, with the elements that none of
  // them declares: they are built in or unknown.
  struct BuiltIns {
    const graph::TemplateFile* file = nullptr;
    // Indices of the file's nodes.
    const std::vector<uint32_t>* nodes = nullptr;
    // Another one when the file is or who uses it.
    uint64_t stamp = 0;
  };
  // In the order of the files' paths.
  std::vector<BuiltIns> built_ins;
  // A stamp of all texts of a page or component: its script, its templates with
  // what they import. By its place in the project.
  std::vector<uint64_t> stamps;
  // Without the script.
  std::vector<uint64_t> template_stamps;
  uint64_t StampOf(const project::Component& component) const {
    return stamps[PlaceOf(component)];
  }
  const project::Component* first_component = nullptr;
  size_t PlaceOf(const project::Component& component) const {
    return static_cast<size_t>(&component - first_component);
  }
  // Those of the project that a component's usingComponents name, by place.
  const std::vector<uint32_t>& UsesOf(
      const project::Component& component) const {
    return (*uses)[PlaceOf(component)];
  }
  const std::vector<std::vector<uint32_t>>* uses = nullptr;
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
  // The rule's place in rules.def.
  size_t rule = 0;
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

// Calls `visit(piece)`, a context whose sink takes the reports, unless the
// piece at `file` had the same stamp before: then the reports of that time are
// given.
template <typename Visit>
void VisitPiece(const RuleContext& context, source::FileId file, uint64_t stamp,
                Visit visit) {
  if (!context.memory.keeps) {
    visit(context);
    return;
  }
  Memory::Piece& piece = context.memory.PieceOf(context.rule, file);
  if (piece.stamp != stamp) {
    diagnostics::Sink sink;
    visit(RuleContext{context.program, context.options, context.index,
                      context.sources, sink, context.memory, context.rule});
    // It may have moved: pieces come up inside of pieces.
    context.memory.PieceOf(context.rule, file) = {stamp, sink.Take()};
    ++context.memory.looked_at;
  }
  for (const diagnostics::Diagnostic& report :
       context.memory.PieceOf(context.rule, file).reports) {
    context.sink.Add(report);
  }
}

// The same of the program as a whole. Reports point into texts, so a text that
// one points into counts, too, whatever the stamp says.
template <typename Visit>
void VisitWhole(const RuleContext& context, uint64_t stamp, Visit visit) {
  if (!context.memory.keeps) {
    visit(context);
    return;
  }
  std::vector<Memory::Piece>& whole = context.memory.whole;
  whole.resize(std::max(whole.size(), context.rule + 1));
  Memory::Piece& piece = whole[context.rule];
  auto with_texts = [&] {
    uint64_t mixed = stamp;
    for (const diagnostics::Diagnostic& report : piece.reports) {
      if (report.location.file != source::FileId::kNone) {
        mixed = MixStamps(mixed,
                          context.sources.Get(report.location.file).revision());
      }
    }
    return MixStamps(mixed, piece.reports.size());
  };
  if (piece.stamp != with_texts()) {
    diagnostics::Sink sink;
    visit(RuleContext{context.program, context.options, context.index,
                      context.sources, sink, context.memory, context.rule});
    piece.reports = sink.Take();
    piece.stamp = with_texts();
    ++context.memory.looked_at;
  }
  for (const diagnostics::Diagnostic& report : piece.reports) {
    context.sink.Add(report);
  }
}

// Calls `visit(piece, path, script)` for every script. `stamp` is of what else
// the rule reads.
template <typename Visit>
void ForEachScript(const RuleContext& context, Visit visit,
                   uint64_t stamp = 0) {
  for (const auto& [path, script] : context.program.graph.scripts) {
    if (script.source != nullptr) {
      const std::string_view name = path;
      VisitPiece(context, script.source->id(),
                 MixStamps(stamp, script.source->revision()),
                 [&, &file = script](const RuleContext& piece) {
                   visit(piece, name, file);
                 });
    }
  }
}

// Calls `visit(piece, path, file)` for every template.
template <typename Visit>
void ForEachTemplate(const RuleContext& context, Visit visit,
                     uint64_t stamp = 0) {
  for (const auto& [path, file] : context.program.graph.templates) {
    if (file.source != nullptr) {
      const std::string_view name = path;
      VisitPiece(context, file.source->id(),
                 MixStamps(stamp, file.source->revision()),
                 [&, &each = file](const RuleContext& piece) {
                   visit(piece, name, each);
                 });
    }
  }
}

// Calls `visit(piece, component, template file)` for every page and component
// with a template; the piece is all of it.
template <typename Visit>
void ForEachComponent(const RuleContext& context, Visit visit,
                      uint64_t stamp = 0) {
  for (const project::Component& component :
       context.program.project.components) {
    auto found = context.program.graph.templates.find(component.template_path);
    if (found == context.program.graph.templates.end() ||
        found->second.source == nullptr) {
      continue;
    }
    VisitPiece(context, found->second.source->id(),
               MixStamps(stamp, context.index.StampOf(component)),
               [&](const RuleContext& piece) {
                 visit(piece, component, found->second);
               });
  }
}

// Calls `visit(piece, template file, node)` once for every element that is
// built in or unknown.
template <typename Visit>
void ForEachBuiltIn(const RuleContext& context, Visit visit,
                    uint64_t stamp = 0) {
  for (const ProgramIndex::BuiltIns& each : context.index.built_ins) {
    VisitPiece(context, each.file->unit.file, MixStamps(stamp, each.stamp),
               [&](const RuleContext& piece) {
                 for (uint32_t node : *each.nodes) {
                   visit(piece, *each.file, each.file->unit.nodes[node]);
                 }
               });
  }
}

// A stamp of which files there are, and of what scripts require by which names.
uint64_t StampOfDependencies(const RuleContext& context);

// Sent by the platform to any element.
inline constexpr std::string_view kCommonEvents[] = {"tap",
                                                     "longpress",
                                                     "longtap",
                                                     "touchstart",
                                                     "touchmove",
                                                     "touchend",
                                                     "touchcancel",
                                                     "transitionend",
                                                     "animationstart",
                                                     "animationiteration",
                                                     "animationend",
                                                     "touchforcechange"};

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
