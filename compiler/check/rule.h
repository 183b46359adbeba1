// SPDX-License-Identifier: Apache-2.0
//
// What a rule is: functions that look at one thing each and report. rules.def
// lists the rules; each has a file of its own under rules/, which holds its
// rows of the catalogue, too:
//
//   FCC_REPORT(MyReport, "CK2999", Severity::kWarning, "…", "…", "…", "…");
//   static void CheckScript(const RuleContext& context,
//                           const graph::ScriptFile& script) { … }
//   const Rule kMyRule = {.script = CheckScript};
//
// After an edit a rule looks again only at what it would see otherwise than
// before. For that it declares nothing: what it looks at are its functions, and
// whatever else it reads it reads through the context, which remembers it.

#ifndef FCC_COMPILER_CHECK_RULE_H_
#define FCC_COMPILER_CHECK_RULE_H_

#include <string_view>
#include <vector>

#include "compiler/check/check.h"
#include "compiler/check/program_index.h"
#include "compiler/check/tables/tables.h"
#include "compiler/fxml/unit.h"

// A row of the catalogue, of a report that the rule makes; diagnostic.h says of
// what it is made. The build collects them (cmake/collect_reports.cmake).
#define FCC_REPORT(...) static_assert(true)

namespace fcc::check {

using diagnostics::Kind;

class NameCounts;
class ReadLog;
class RuleContext;

// Takes the names that a file gives; see Rule::script_names.
class NameList {
 public:
  // `sort` is a letter of the rule's own, for names that do not mix.
  void Give(char sort, std::string_view name);
  const std::vector<std::string>& names() const { return names_; }

 private:
  std::vector<std::string> names_;
};

struct Rule {
  // What it looks at, one after the other.
  void (*script)(const RuleContext& context,
                 const graph::ScriptFile& script) = nullptr;
  void (*markup)(const RuleContext& context,
                 const graph::TemplateFile& file) = nullptr;
  // An element that no page or component that uses the template declares: it is
  // built in or unknown.
  void (*built_in)(const RuleContext& context, const graph::TemplateFile& file,
                   const tmpl::NodeRecord& node) = nullptr;
  void (*sheet)(const RuleContext& context,
                const ftss::StyleSheet& sheet) = nullptr;
  // A page or component: its script, its configuration, its templates with all
  // that they import.
  void (*component)(const RuleContext& context,
                    const project::Component& component) = nullptr;
  // The app as a whole.
  void (*program)(const RuleContext& context) = nullptr;

  // What counts whoever says it: names that files give and that the functions
  // above ask for, by RuleContext::IsGiven().
  void (*script_names)(const RuleContext& context,
                       const graph::ScriptFile& script,
                       NameList& names) = nullptr;
  // Of any text of the project.
  void (*text_names)(const RuleContext& context, const source::SourceFile& file,
                     NameList& names) = nullptr;

  // A number that is another one when the component is another to those who
  // read of it by RuleContext::Of().
  uint64_t (*component_stamp)(const RuleContext& context,
                              const project::Component& component) = nullptr;
};

#define FCC_RULE(symbol) extern const Rule k##symbol##Rule;
#include "compiler/check/rules.def"
#undef FCC_RULE

class RuleContext {
 public:
  const CheckOptions& options;
  // The configuration.
  const project::Project& project;
  // What belongs to what.
  const ProgramIndex& index;
  diagnostics::Sink& sink;

  // Which files there are and what each names; not what else stands in them.
  const graph::FileGraph& files() const { return index.program().graph; }

  // Null where there is no such file.
  const graph::ScriptFile* Script(std::string_view path) const;
  const graph::TemplateFile* Template(std::string_view path) const;
  // Of a page or component; null where it has no script.
  const graph::ScriptFile* ScriptOf(const project::Component& component) const;
  const js::ScriptFacts* FactsOf(const project::Component& component) const;
  // The only Page or Component call of the script, where its one object can be
  // seen; null otherwise.
  const js::Definition* OnlyDefinition(
      const project::Component& component) const;
  const ProgramIndex::Templates& TemplatesOf(
      const project::Component& component) const;
  // With what each uses; for functions that look at the whole app.
  const std::vector<project::Component>& AllComponents() const;
  std::string_view TextOf(source::FileId file) const;

  // To read of another component what the rule's component_stamp is made of:
  // what is read by this context is looked at again when that number changes,
  // and not at every edit.
  RuleContext Of(const project::Component& component) const;

  // Some file gives the name.
  bool IsGiven(char sort, std::string_view name) const;
  // All given names of the sort.
  std::vector<std::string_view> AllGiven(char sort) const;

 private:
  friend class Engine;
  RuleContext(const CheckOptions& options_in, const ProgramIndex& index_in,
              const source::SourceSet& sources, const NameCounts& names,
              ReadLog* reads, diagnostics::Sink& sink_in)
      : options(options_in),
        project(index_in.program().project),
        index(index_in),
        sink(sink_in),
        sources_(sources),
        names_(names),
        reads_(reads) {}

  const source::SourceSet& sources_;
  const NameCounts& names_;
  // Null where nobody wants to know.
  ReadLog* reads_;
};

// Both stamps in one; never 0.
constexpr uint64_t MixStamps(uint64_t left, uint64_t right) {
  uint64_t mixed = left * 0x9E3779B97F4A7C15u + right + 0x7F4A7C159E3779B9u;
  mixed = (mixed ^ mixed >> 29) * 0xBF58476D1CE4E5B9u;
  return (mixed ^ mixed >> 32) | 1;
}

inline uint64_t StampOf(std::string_view text) {
  return std::hash<std::string_view>()(text) | 1;
}

// Written by others and not the user's to change: packages from npm, and what a
// framework puts beside the user's code.
bool IsForeign(std::string_view path);
inline bool IsForeign(const graph::ScriptFile& script) {
  return IsForeign(script.source->path());
}
inline bool IsForeign(const graph::TemplateFile& file) {
  return IsForeign(file.source->path());
}
// The folder of the npm package that a file belongs to: "miniprogram_npm/a/b" →
// "miniprogram_npm/a"; empty for none.
std::string_view NpmFolderOf(std::string_view path);

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

#endif  // FCC_COMPILER_CHECK_RULE_H_
