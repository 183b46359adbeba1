// SPDX-License-Identifier: Apache-2.0
//
// Runs test files against an app. Every file gets a host and a script heap of
// its own; its tests run one after another, in the order they are written.
//
// A test that throws, or whose app reports an uncaught error, has failed.

#ifndef FCC_SIMULATOR_SCENARIO_SCENARIO_H_
#define FCC_SIMULATOR_SCENARIO_SCENARIO_H_

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/diagnostics/diagnostic.h"
#include "runtime/app/host_services.h"
#include "runtime/package/package.h"
#include "simulator/scenario/app_session.h"
#include "simulator/scenario/result.h"
#include "simulator/scenario/test_script.h"

namespace fcc::scenario {

struct ScenarioOptions {
  SessionLimits limits;
  // Virtual time one test may take.
  double timeout_ms = 5000;
  // Only tests whose full name holds it; empty for all.
  std::string name_filter;
  // From places in the package's scripts to those in the project; may be empty.
  std::function<bool(app::SourcePosition&)> map_position;
  // Told after each test: for progress.
  std::function<void(const FileResult&, const TestResult&)> on_test;
};

// One file. What cannot be compiled is in `sink` and a failure of the result.
FileResult RunScenarioFile(package::Bundle& bundle, TestScripts& scripts,
                           std::string_view path,
                           const ScenarioOptions& options,
                           diagnostics::Sink& sink);

// `pattern` with `*` (within a folder), `**` (across) and `?`.
bool MatchesGlob(std::string_view pattern, std::string_view path);

}  // namespace fcc::scenario

#endif  // FCC_SIMULATOR_SCENARIO_SCENARIO_H_
