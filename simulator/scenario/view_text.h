// SPDX-License-Identifier: Apache-2.0
//
// A page's view as text that looks like the markup it came from.

#ifndef FCC_SIMULATOR_SCENARIO_VIEW_TEXT_H_
#define FCC_SIMULATOR_SCENARIO_VIEW_TEXT_H_

#include <string>

namespace fcc::app {
struct Node;
}

namespace fcc::scenario {

enum class ViewDetail : uint8_t {
  // As on the screen: components with what is in them, slots filled.
  kComposed,
  // The node's own tree: components as the tags they are written as.
  kOwnTree,
};

// Two spaces a level, one node a line; at most `max_lines` lines.
std::string ViewText(const app::Node& node, ViewDetail detail,
                     size_t max_lines = 200);
// Without line breaks and blanks, as the automator's wxml().
std::string ViewMarkup(const app::Node& node, bool with_itself);

}  // namespace fcc::scenario

#endif  // FCC_SIMULATOR_SCENARIO_VIEW_TEXT_H_
