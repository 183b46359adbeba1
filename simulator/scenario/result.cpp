// SPDX-License-Identifier: Apache-2.0

#include "simulator/scenario/result.h"

namespace fcc::scenario {

std::string TestResult::FullName() const {
  std::string full;
  for (const std::string& group : groups) {
    full += group + " › ";
  }
  return full + name;
}

size_t RunResult::Count(TestStatus status) const {
  size_t count = 0;
  for (const FileResult& file : files) {
    for (const TestResult& test : file.tests) {
      count += test.status == status ? 1 : 0;
    }
  }
  return count;
}

bool RunResult::ok() const {
  for (const FileResult& file : files) {
    if (!file.failures.empty()) {
      return false;
    }
  }
  return Count(TestStatus::kFailed) == 0;
}

}  // namespace fcc::scenario
