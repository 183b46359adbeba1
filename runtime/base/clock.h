// SPDX-License-Identifier: Apache-2.0
//
// The clock seam. Everything that asks for the time is given a Clock, so that a
// test or a simulation decides what time it is.

#ifndef FCC_RUNTIME_BASE_CLOCK_H_
#define FCC_RUNTIME_BASE_CLOCK_H_

#include <cstdint>

namespace fcc::base {

class Clock {
 public:
  virtual ~Clock() = default;
  // Milliseconds since 1970-01-01T00:00:00Z.
  virtual double NowMs() = 0;
  // Microseconds from an arbitrary start; never goes back.
  virtual int64_t MonotonicUs() = 0;
};

class SystemClock : public Clock {
 public:
  double NowMs() override;
  int64_t MonotonicUs() override;
};

// Stands still until told to move.
class VirtualClock : public Clock {
 public:
  explicit VirtualClock(double now_ms) : start_ms_(now_ms) {}
  double NowMs() override { return start_ms_ + elapsed_us_ / 1000.0; }
  int64_t MonotonicUs() override { return elapsed_us_; }
  void AdvanceMs(double ms) {
    elapsed_us_ += static_cast<int64_t>(ms * 1000.0);
  }

 private:
  double start_ms_;
  int64_t elapsed_us_ = 0;
};

}  // namespace fcc::base

#endif  // FCC_RUNTIME_BASE_CLOCK_H_
