// SPDX-License-Identifier: Apache-2.0

#include "simulator/host/task_queue.h"

#include <algorithm>
#include <cmath>

namespace fcc::host {

uint64_t TaskQueue::Post(double delay_ms, std::function<void()> task) {
  const uint64_t id = ++last_id_;
  const double delay = std::isfinite(delay_ms) ? std::max(delay_ms, 0.0) : 0.0;
  const int64_t due =
      clock_.MonotonicUs() + static_cast<int64_t>(std::min(delay, 1e12) * 1000);
  due_[id] = due;
  tasks_.emplace(Key(due, id), std::move(task));
  return id;
}

void TaskQueue::Cancel(uint64_t id) {
  const auto found = due_.find(id);
  if (found != due_.end()) {
    tasks_.erase({found->second, id});
    due_.erase(found);
  }
}

bool TaskQueue::RunDue() {
  for (int count = 0; count < kMaxTasksAtOnce; ++count) {
    const auto first = tasks_.begin();
    if (first == tasks_.end() || first->first.first > clock_.MonotonicUs()) {
      return true;
    }
    const std::function<void()> task = std::move(first->second);
    due_.erase(first->first.second);
    tasks_.erase(first);
    ++ran_;
    task();
  }
  return false;
}

bool TaskQueue::Advance(double ms) {
  const int64_t end = clock_.MonotonicUs() + static_cast<int64_t>(ms * 1000);
  for (;;) {
    if (!RunDue()) {
      return false;
    }
    if (tasks_.empty() || tasks_.begin()->first.first > end) {
      break;
    }
    clock_.AdvanceMs((tasks_.begin()->first.first - clock_.MonotonicUs()) /
                     1000.0);
  }
  clock_.AdvanceMs((end - clock_.MonotonicUs()) / 1000.0);
  return RunDue();
}

std::optional<double> TaskQueue::UntilNext() const {
  if (tasks_.empty()) {
    return std::nullopt;
  }
  return std::max<double>(
      0, (tasks_.begin()->first.first - clock_.MonotonicUs()) / 1000.0);
}

void TaskQueue::Clear() {
  tasks_.clear();
  due_.clear();
}

}  // namespace fcc::host
