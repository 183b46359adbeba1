// SPDX-License-Identifier: Apache-2.0
//
// From sheets to the values an element has: rules found by their rightmost
// name, sorted by origin of importance, specificity and order, declarations
// expanded to longhands where one shorthand covers four sides, custom
// properties substituted, rpx resolved, inherited properties taken over.
//
// Values stay text here. What lays out or paints gives them types, property by
// property, on top of ComputedStyle.

#ifndef FCC_RUNTIME_STYLE_CASCADE_H_
#define FCC_RUNTIME_STYLE_CASCADE_H_

#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "runtime/style/match.h"
#include "runtime/style/media.h"
#include "runtime/style/style_program.h"

namespace fcc::style {

struct DeclarationText {
  std::string_view name;
  std::string_view value;
  bool important = false;
};

// What a `style` attribute says; what cannot be read of it is left out. The
// views point into `text`.
std::vector<DeclarationText> ParseInlineStyle(std::string_view text);

// A rule that selects an element.
struct MatchedRule {
  const StyleProgram* program = nullptr;
  const RuleRecord* rule = nullptr;
  uint32_t specificity = 0;
  uint32_t order = 0;
};

// The sheets of one tree (a page, a component), in the order of the cascade.
// The programs must outlive it. Threads may share it once it is filled.
class RuleSet {
 public:
  explicit RuleSet(const MediaEnvironment& environment)
      : environment_(environment) {}

  // The sheet and what it imports, each once in the set. `find_program` finds
  // imports of other packages; may be empty. False when there is no such sheet.
  bool Add(const StyleProgram& program, std::string_view path,
           const std::function<const StyleProgram*(std::string_view)>&
               find_program = {});

  // The rules for `element` (with `context.scope_is_host`: those that the tree
  // has for its host), weakest first. `pseudo_element` without colons.
  std::vector<MatchedRule> RulesFor(const Element& element,
                                    const MatchContext& context = {},
                                    std::string_view pseudo_element = "") const;

  const MediaEnvironment& environment() const { return environment_; }

 private:
  struct Entry {
    const StyleProgram* program;
    const RuleRecord* rule;
    uint32_t selector;
    uint32_t order;
  };

  void AddRules(
      const StyleProgram& program, uint32_t begin, uint32_t end,
      const std::function<const StyleProgram*(std::string_view)>& find_program,
      int depth);
  bool Applies(const StyleProgram& program, const RuleRecord& rule) const;
  void Index(const Entry& entry);

  MediaEnvironment environment_;
  uint32_t next_order_ = 0;
  std::vector<const SheetRecord*> added_;
  // By what the rightmost compound must have; views into the programs. Keys of
  // classes begin with `.`, of ids with `#`, of tags with nothing.
  std::unordered_map<std::string, std::vector<Entry>> by_name_;
  std::vector<std::string> class_keys_;
  std::vector<Entry> others_;
};

class ComputedStyle {
 public:
  // Empty when no value was given or inherited.
  std::string_view Get(std::string_view property) const;
  // Neither it nor what it is in: `display: none` only.
  bool is_displayed() const { return Get("display") != "none"; }
  const std::map<std::string, std::string, std::less<>>& values() const {
    return values_;
  }

 private:
  friend ComputedStyle ComputeStyle(std::span<const MatchedRule>,
                                    std::string_view, const ComputedStyle*,
                                    const MediaEnvironment&);
  std::map<std::string, std::string, std::less<>> values_;
};

// `rules` weakest first, as RulesFor gives them; `parent` may be null.
ComputedStyle ComputeStyle(std::span<const MatchedRule> rules,
                           std::string_view inline_style,
                           const ComputedStyle* parent,
                           const MediaEnvironment& environment);

// Does a property pass to children by itself; custom ones do.
bool IsInherited(std::string_view property);

}  // namespace fcc::style

#endif  // FCC_RUNTIME_STYLE_CASCADE_H_
