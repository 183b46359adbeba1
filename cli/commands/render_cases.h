// SPDX-License-Identifier: Apache-2.0
//
// A file of cases for templates and style sheets: what goes in and which
// outcomes are right.
//
//   {"cases": [{"id", "kind": "wxml", "files": {path: text}, "entry",
//               "data_js", "verdict": "accept" | "reject" | "accept-or-reject",
//               "accepted_trees": […], "needs"?},
//              {"id", "kind": "wxss", "files", "entry", "suffix",
//               "device_width", "judge": "tokens" | "reject" | "free",
//               "expected"}]}
//
// A template passes when its tree equals one of accepted_trees in canonical
// form (texts joined, members in order, `nocolon`, `change` and `generics`
// aside). Cases that need `components` define some in opts.components and are
// run as an app (render_component_case.h); those that need anything else are
// skipped.

#ifndef FCC_CLI_COMMANDS_RENDER_CASES_H_
#define FCC_CLI_COMMANDS_RENDER_CASES_H_

#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/result.h"
#include "runtime/value/value.h"

namespace fcc::commands {

struct CaseFailure {
  std::string id;
  // What was wanted and what came.
  std::string detail;
};

struct CaseResults {
  int passed = 0;
  std::vector<CaseFailure> failures;
  std::vector<std::string> skipped;
};

base::Result<CaseResults> RunCases(std::string_view json);

// The canonical form of a tree whose values are escaped for JSON.
value::Value CanonicalTree(const value::Value& nodes);

}  // namespace fcc::commands

#endif  // FCC_CLI_COMMANDS_RENDER_CASES_H_
