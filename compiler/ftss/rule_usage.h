// SPDX-License-Identifier: Apache-2.0
//
// Which rules of a sheet can never apply, for `fcc size`. A rule counts as
// unused only when every selector of it needs a name that nothing in the app
// has; what cannot be known (attributes, states, names put together at run
// time) counts as used.

#ifndef FCC_COMPILER_FTSS_RULE_USAGE_H_
#define FCC_COMPILER_FTSS_RULE_USAGE_H_

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/ftss/style_sheet.h"

namespace fcc::ftss {

// The names that templates and scripts may give to elements.
struct NamesInUse {
  std::set<std::string, std::less<>> classes;
  std::set<std::string, std::less<>> ids;
  // As in templates. Empty: tags are not looked at.
  std::set<std::string, std::less<>> tags;
  // Of `class="item-{{kind}}"`: `item-`. An empty one means any class.
  std::vector<std::string> class_prefixes;

  bool MayBeClass(std::string_view name) const;
};

struct RuleUsage {
  uint32_t rules = 0;
  uint32_t unused = 0;
  // Of the unused rules, in the source.
  uint64_t unused_bytes = 0;
  std::vector<base::Span> unused_rules;
};

RuleUsage CountUnusedRules(const StyleSheet& sheet, const NamesInUse& names);

}  // namespace fcc::ftss

#endif  // FCC_COMPILER_FTSS_RULE_USAGE_H_
