// SPDX-License-Identifier: Apache-2.0
//
// A run's result as text: for people, and for the machines that read a run.

#ifndef FCC_SIMULATOR_SCENARIO_REPORT_H_
#define FCC_SIMULATOR_SCENARIO_REPORT_H_

#include <string>

#include "simulator/scenario/result.h"
#include "simulator/scenario/smoke.h"

namespace fcc::scenario {

struct ReportOptions {
  bool colour = false;
  bool chinese = false;
  // Also what passed wrote to the console.
  bool verbose = false;
};

// One file's tests as a tree of names with ticks and crosses.
std::string RenderFile(const FileResult& file, const ReportOptions& options);
// Each failure: message, source line, view, setData calls. Empty if none.
std::string RenderFailures(const RunResult& run, const ReportOptions& options);
// "12 passed, 1 failed (0.08 s)" with a line break.
std::string RenderTotals(const RunResult& run, const ReportOptions& options);

std::string RenderJunit(const RunResult& run);
// {files: [{path, tests: [{name, status, ms, failures}]}], passed, …}
std::string RenderJson(const RunResult& run);
std::string RenderTap(const RunResult& run);

// The smoke test, for people and as one JSON object.
std::string RenderSmoke(const SmokeResult& smoke, const ReportOptions& options);
std::string RenderSmokeJson(const SmokeResult& smoke);
std::string RenderSmokeJunit(const SmokeResult& smoke);

}  // namespace fcc::scenario

#endif  // FCC_SIMULATOR_SCENARIO_REPORT_H_
