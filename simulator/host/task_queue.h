// SPDX-License-Identifier: Apache-2.0
//
// Work to do at points of virtual time, in a fixed order: by time, then by the
// order it was posted.

#ifndef FCC_SIMULATOR_HOST_TASK_QUEUE_H_
#define FCC_SIMULATOR_HOST_TASK_QUEUE_H_

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <unordered_map>
#include <utility>

#include "runtime/base/clock.h"

namespace fcc::host {

class TaskQueue {
 public:
  // `clock` must outlive the queue.
  explicit TaskQueue(base::VirtualClock& clock) : clock_(clock) {}

  uint64_t Post(double delay_ms, std::function<void()> task);
  void Cancel(uint64_t id);

  // Runs what is due now, and what that posts for now. Stops after
  // `kMaxTasksAtOnce` tasks; false then.
  bool RunDue();
  // Moves the clock on, task by task. False as RunDue.
  bool Advance(double ms);
  // Milliseconds until the next task; nothing when there is none.
  std::optional<double> UntilNext() const;
  bool empty() const { return tasks_.empty(); }
  // Tasks run since the queue was made.
  uint64_t ran() const { return ran_; }
  void Clear();

  // A timer that sets itself again for "now" must not hang the simulation.
  static constexpr int kMaxTasksAtOnce = 100'000;

 private:
  using Key = std::pair<int64_t, uint64_t>;

  base::VirtualClock& clock_;
  std::map<Key, std::function<void()>> tasks_;
  std::unordered_map<uint64_t, int64_t> due_;
  uint64_t last_id_ = 0;
  uint64_t ran_ = 0;
};

}  // namespace fcc::host

#endif  // FCC_SIMULATOR_HOST_TASK_QUEUE_H_
