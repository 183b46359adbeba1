// SPDX-License-Identifier: Apache-2.0

#include "compiler/ftss/rule_usage.h"

#include <algorithm>

#include "runtime/style/tokenizer.h"

namespace fcc::ftss {

using style::SelectorKind;
using style::SimpleSelector;

bool NamesInUse::MayBeClass(std::string_view name) const {
  if (classes.contains(name)) {
    return true;
  }
  return std::any_of(
      class_prefixes.begin(), class_prefixes.end(),
      [name](const std::string& prefix) { return name.starts_with(prefix); });
}

static bool MayBeTag(const NamesInUse& names, std::string_view tag) {
  return names.tags.empty() || style::EqualsIgnoringCase(tag, "page") ||
         names.tags.contains(tag) ||
         (tag.starts_with("wx-") && names.tags.contains(tag.substr(3)));
}

static bool MayApply(const StyleSheet& sheet, const style::Selector& selector,
                     const NamesInUse& names);

static bool MayApply(const StyleSheet& sheet, const SimpleSelector& simple,
                     const NamesInUse& names) {
  const std::string_view written = simple.name.In(sheet.text());
  const std::string name = (simple.flags & style::kSelectorEscaped) != 0
                               ? style::Unescape(written)
                               : std::string(written);
  switch (simple.kind) {
    case SelectorKind::kClass:
      return names.MayBeClass(name);
    case SelectorKind::kId:
      return names.ids.contains(name);
    case SelectorKind::kTag:
      return MayBeTag(names, name);
    case SelectorKind::kPseudoClassList:
    case SelectorKind::kHostList:
      // What must not be there need not be there.
      if (name == "not") {
        return true;
      }
      for (uint32_t i = simple.value.begin; i < simple.value.end; ++i) {
        if (MayApply(sheet, sheet.selectors[i], names)) {
          return true;
        }
      }
      return false;
    default:
      return true;
  }
}

static bool MayApply(const StyleSheet& sheet, const style::Selector& selector,
                     const NamesInUse& names) {
  for (uint32_t i = 0; i < selector.count; ++i) {
    if (!MayApply(sheet, sheet.simples[selector.first + i], names)) {
      return false;
    }
  }
  return true;
}

RuleUsage CountUnusedRules(const StyleSheet& sheet, const NamesInUse& names) {
  RuleUsage usage;
  for (const Rule& rule : sheet.rules) {
    if (rule.kind != style::RuleKind::kStyle) {
      continue;
    }
    ++usage.rules;
    bool used = false;
    for (uint32_t i = rule.selectors.begin; i < rule.selectors.end; ++i) {
      used |= MayApply(sheet, sheet.selectors[i], names);
    }
    if (!used) {
      ++usage.unused;
      usage.unused_bytes += rule.span.size();
      usage.unused_rules.push_back(rule.span);
    }
  }
  return usage;
}

}  // namespace fcc::ftss
