// SPDX-License-Identifier: Apache-2.0
//
// What a run of test files found.

#ifndef FCC_SIMULATOR_SCENARIO_RESULT_H_
#define FCC_SIMULATOR_SCENARIO_RESULT_H_

#include <cstdint>
#include <string>
#include <vector>

namespace fcc::scenario {

// Where something went wrong and what was there at that moment.
struct Failure {
  std::string message;
  std::string stack;
  // In the test file; empty and 0 when unknown. Lines count from 1.
  std::string file;
  uint32_t line = 0;
  uint32_t column = 0;
  // That line's text.
  std::string source_line;
  // The page in front, as text; the last setData calls, newest last.
  std::string view;
  std::vector<std::string> set_data;
};

enum class TestStatus : uint8_t { kPassed, kFailed, kSkipped };

struct TestResult {
  // The names of the describe blocks round it, outermost first.
  std::vector<std::string> groups;
  std::string name;
  TestStatus status = TestStatus::kPassed;
  std::vector<Failure> failures;
  double ms = 0;
  uint64_t assertions = 0;
  // What the app and the test wrote to the console.
  std::vector<std::string> logs;

  // "group › group › name".
  std::string FullName() const;
};

struct FileResult {
  std::string path;
  std::vector<TestResult> tests;
  // Why the file could not be run, or what happened outside of its tests.
  std::vector<Failure> failures;
  double ms = 0;
};

struct RunResult {
  std::vector<FileResult> files;
  double ms = 0;

  size_t Count(TestStatus status) const;
  // No test failed and every file ran.
  bool ok() const;
};

}  // namespace fcc::scenario

#endif  // FCC_SIMULATOR_SCENARIO_RESULT_H_
