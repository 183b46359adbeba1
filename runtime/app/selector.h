// SPDX-License-Identifier: Apache-2.0
//
// Selectors of selectComponent, createSelectorQuery and the automator: `#id`,
// `.class`, `tag`, `[attr]`, `[attr=value]`, `*`, descendant, child `>`, `>>>`
// into shadow trees, unions.

#ifndef FCC_RUNTIME_APP_SELECTOR_H_
#define FCC_RUNTIME_APP_SELECTOR_H_

#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/result.h"

namespace fcc::app {

struct Node;

struct SelectorAttr {
  std::string name;
  std::string value;
  bool any_value = false;
};

struct CompoundSelector {
  enum class Combinator : uint8_t { kDescendant, kChild, kShadow };
  // How it hangs on the one before it.
  Combinator combinator = Combinator::kDescendant;
  std::string tag;
  std::string id;
  std::vector<std::string> classes;
  std::vector<SelectorAttr> attrs;
};

// One or more of a union, each a chain of compounds.
using Selector = std::vector<std::vector<CompoundSelector>>;

base::Result<Selector> ParseSelector(std::string_view text);

// Nodes below `scope` in its own tree (and, after `>>>`, in the shadow trees of
// what is there), in tree order. `limit` 0 for all. What is matched outside of
// the last compound may be above `scope`, up to the top of the tree.
std::vector<Node*> SelectNodes(Node& scope, const Selector& selector,
                               size_t limit);

}  // namespace fcc::app

#endif  // FCC_RUNTIME_APP_SELECTOR_H_
