// SPDX-License-Identifier: Apache-2.0
//
// A case of a case file that has components of its own: built as an app of one
// page, opened in the simulator, and what the page shows as a tree.
//
//   "opts": {"components": {tag: {"wxml", "properties"?, "data"?, "options"?,
//                                 "externalClasses"?, "generics"?}},
//            "composed": true, "props"?: true}
//
// JSON cannot hold the constructors that types of properties are. A type is
// named ("Number"), or left out: then it is that of the value which `props` in
// the accepted tree shows, and any type where that shows none.

#ifndef FCC_CLI_COMMANDS_RENDER_COMPONENT_CASE_H_
#define FCC_CLI_COMMANDS_RENDER_COMPONENT_CASE_H_

#include <map>
#include <string>

#include "runtime/base/json.h"
#include "runtime/value/value.h"

namespace fcc::commands {

struct ComponentCase {
  // The templates have an error.
  bool rejected = false;
  // Why there is no tree; empty when there is one.
  std::string failure;
  // As tmpl::RenderTree gives them, slots filled; components have `component`
  // and, where the case asks, `props`.
  value::Value nodes;
};

// `files` by absolute path.
ComponentCase RenderComponentCase(
    const base::JsonNode& one, const std::map<std::string, std::string>& files);

}  // namespace fcc::commands

#endif  // FCC_CLI_COMMANDS_RENDER_COMPONENT_CASE_H_
