// SPDX-License-Identifier: Apache-2.0

#include "compiler/ftss/lower_nesting.h"

#include <utility>
#include <vector>

namespace fcc::ftss {

using base::Span;
using style::RuleKind;
using style::Selector;
using style::SelectorKind;
using style::SimpleSelector;

namespace {

class NestingLowerer {
 public:
  NestingLowerer(StyleSheet& sheet, diagnostics::Sink& sink)
      : sheet_(sheet), sink_(sink), rules_(std::exchange(sheet.rules, {})) {
    sheet.imports.clear();
  }

  void Run() { LowerRange(0, static_cast<uint32_t>(rules_.size()), {}); }

 private:
  void LowerRange(uint32_t begin, uint32_t end, Span parents);
  void LowerStyle(uint32_t index, Span parents);
  Span Expand(Span children, Span parents);
  void Substitute(const Selector& child, Span parents);
  Span CopyList(Span list);
  void Append(const SimpleSelector& simple);
  bool Spend(size_t parts);

  StyleSheet& sheet_;
  diagnostics::Sink& sink_;
  size_t parts_left_ = kMaxNestedParts;
  // Nothing more is expanded.
  bool is_spent_ = false;
  const std::vector<Rule> rules_;
  // The selectors of one expansion and the simple ones of the current.
  std::vector<Selector> expanded_;
  std::vector<SimpleSelector> simples_;
};

}  // namespace

// False when the sheet has come to too much.
bool NestingLowerer::Spend(size_t parts) {
  if (parts > parts_left_) {
    is_spent_ = true;
    return false;
  }
  parts_left_ -= parts;
  return true;
}

// Every list belongs to one selector, so a copy of the selector has its own.
Span NestingLowerer::CopyList(Span list) {
  std::vector<Selector> copies;
  for (uint32_t i = list.begin; i < list.end; ++i) {
    Selector selector = sheet_.selectors[i];
    if (!Spend(selector.count)) {
      break;
    }
    std::vector<SimpleSelector> simples(
        sheet_.simples.begin() + selector.first,
        sheet_.simples.begin() + selector.first + selector.count);
    for (SimpleSelector& simple : simples) {
      if (simple.kind == SelectorKind::kPseudoClassList ||
          simple.kind == SelectorKind::kPseudoElementList ||
          simple.kind == SelectorKind::kHostList) {
        simple.value = CopyList(simple.value);
      }
    }
    selector.first = static_cast<uint32_t>(sheet_.simples.size());
    sheet_.simples.insert(sheet_.simples.end(), simples.begin(), simples.end());
    copies.push_back(selector);
  }
  const uint32_t first = static_cast<uint32_t>(sheet_.selectors.size());
  sheet_.selectors.insert(sheet_.selectors.end(), copies.begin(), copies.end());
  return {first, static_cast<uint32_t>(sheet_.selectors.size())};
}

void NestingLowerer::Append(const SimpleSelector& simple) {
  SimpleSelector copy = simple;
  if (simple.kind == SelectorKind::kPseudoClassList ||
      simple.kind == SelectorKind::kPseudoElementList ||
      simple.kind == SelectorKind::kHostList) {
    copy.value = CopyList(simple.value);
  }
  simples_.push_back(copy);
}

void NestingLowerer::Substitute(const Selector& child, Span parents) {
  const std::vector<SimpleSelector> simples(
      sheet_.simples.begin() + child.first,
      sheet_.simples.begin() + child.first + child.count);
  bool has_ampersand = false;
  for (const SimpleSelector& simple : simples) {
    has_ampersand |= simple.kind == SelectorKind::kNesting;
  }
  size_t ampersands = has_ampersand ? 0 : 1;
  for (const SimpleSelector& simple : simples) {
    ampersands += simple.kind == SelectorKind::kNesting;
  }
  for (uint32_t p = parents.begin; p < parents.end; ++p) {
    const Selector parent = sheet_.selectors[p];
    if (!Spend(simples.size() + ampersands * parent.count)) {
      return;
    }
    const std::vector<SimpleSelector> parent_simples(
        sheet_.simples.begin() + parent.first,
        sheet_.simples.begin() + parent.first + parent.count);
    uint32_t specificity = child.specificity;
    simples_.clear();
    const auto add_parent = [&] {
      for (const SimpleSelector& simple : parent_simples) {
        Append(simple);
      }
      specificity += parent.specificity;
    };
    if (!has_ampersand) {
      add_parent();
      if (simples.front().kind != SelectorKind::kCombinator) {
        SimpleSelector descendant;
        descendant.kind = SelectorKind::kCombinator;
        descendant.name = {simples.front().name.begin,
                           simples.front().name.begin};
        simples_.push_back(descendant);
      }
    }
    for (const SimpleSelector& simple : simples) {
      if (simple.kind == SelectorKind::kNesting) {
        add_parent();
      } else {
        Append(simple);
      }
    }
    Selector selector;
    selector.first = static_cast<uint32_t>(sheet_.simples.size());
    selector.count = static_cast<uint32_t>(simples_.size());
    selector.specificity = specificity;
    sheet_.simples.insert(sheet_.simples.end(), simples_.begin(),
                          simples_.end());
    expanded_.push_back(selector);
  }
}

Span NestingLowerer::Expand(Span children, Span parents) {
  expanded_.clear();
  for (uint32_t i = children.begin; i < children.end; ++i) {
    const Selector child = sheet_.selectors[i];
    Substitute(child, parents);
  }
  const uint32_t first = static_cast<uint32_t>(sheet_.selectors.size());
  sheet_.selectors.insert(sheet_.selectors.end(), expanded_.begin(),
                          expanded_.end());
  return {first, static_cast<uint32_t>(sheet_.selectors.size())};
}

void NestingLowerer::LowerStyle(uint32_t index, Span parents) {
  Rule rule = rules_[index];
  const uint32_t children_end = rule.end;
  Span selectors = rule.selectors;
  if (rule.nested_in_style) {
    // Without selectors of its own the rule speaks for the one around it. Each
    // rule keeps a list of its own.
    selectors =
        selectors.empty() ? CopyList(parents) : Expand(selectors, parents);
  }
  if (is_spent_) {
    sink_.Report(diagnostics::Kind::kStyleNestingTooLarge,
                 sheet_.At(rule.prelude), kMaxNestedParts);
    return;
  }
  rule.selectors = selectors;
  rule.nested_in_style = false;
  rule.end = static_cast<uint32_t>(sheet_.rules.size() + 1);
  if (!rule.declarations.empty() || children_end == index + 1) {
    sheet_.rules.push_back(rule);
  }
  LowerRange(index + 1, children_end, selectors);
}

// `parents` are the selectors of the style rule around, empty outside one.
void NestingLowerer::LowerRange(uint32_t begin, uint32_t end, Span parents) {
  for (uint32_t i = begin; i < end && !is_spent_; i = rules_[i].end) {
    if (rules_[i].kind == RuleKind::kStyle) {
      LowerStyle(i, parents);
      continue;
    }
    if (rules_[i].kind == RuleKind::kOther && rules_[i].nested_in_style) {
      // `@apply x;` means nothing outside its rule, nor inside it.
      continue;
    }
    const uint32_t at = static_cast<uint32_t>(sheet_.rules.size());
    sheet_.rules.push_back(rules_[i]);
    sheet_.rules[at].nested_in_style = false;
    if (rules_[i].kind == RuleKind::kImport) {
      sheet_.imports.push_back(at);
    }
    LowerRange(i + 1, rules_[i].end, parents);
    sheet_.rules[at].end = static_cast<uint32_t>(sheet_.rules.size());
  }
}

void LowerNesting(StyleSheet& sheet, diagnostics::Sink& sink) {
  NestingLowerer(sheet, sink).Run();
  sheet.has_nesting = false;
}

}  // namespace fcc::ftss
