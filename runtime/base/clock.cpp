// SPDX-License-Identifier: Apache-2.0

#include "runtime/base/clock.h"

#include <chrono>

namespace fcc::base {

double SystemClock::NowMs() {
  auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration<double, std::milli>(now).count();
}

int64_t SystemClock::MonotonicUs() {
  auto now = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::microseconds>(now).count();
}

}  // namespace fcc::base
