// SPDX-License-Identifier: Apache-2.0
//
// A thread with a queue of tasks in real time: what a live host runs an app and
// its views on, where a test has one virtual clock. By time, then by the order
// posted, as HostServices asks.
//
// Any thread may post, cancel and ask. Tasks run on the loop's own thread; what
// they hold is destroyed there, too, also of those that are cancelled or left
// over at the end.

#ifndef FCC_RUNTIME_APP_EVENT_LOOP_H_
#define FCC_RUNTIME_APP_EVENT_LOOP_H_

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <thread>
#include <unordered_map>
#include <utility>
#include <vector>

#include "runtime/base/clock.h"

namespace fcc::app {

class EventLoop {
 public:
  using Task = std::function<void()>;

  // Starts the thread.
  EventLoop();
  // As Stop().
  ~EventLoop();
  EventLoop(const EventLoop&) = delete;
  EventLoop& operator=(const EventLoop&) = delete;

  // Returns the task's number, or 0 when the loop has stopped: the task is then
  // destroyed here.
  uint64_t Post(double delay_ms, Task task);
  // Nothing happens when it has run or runs.
  void Cancel(uint64_t id);
  // Posts, waits until the task has run, and says whether it did: a loop that
  // has stopped runs nothing. On the loop's own thread it runs at once.
  bool RunAndWait(const Task& task);
  // Ends the thread after the task that runs; not on the loop's own thread.
  void Stop();
  bool InLoop() const { return std::this_thread::get_id() == thread_.get_id(); }
  // Safe on any thread.
  base::Clock& clock() { return clock_; }

 private:
  using Key = std::pair<int64_t, uint64_t>;

  void Run();

  base::SystemClock clock_;
  std::mutex mutex_;
  std::condition_variable changed_;
  // All below is guarded by mutex_.
  std::map<Key, Task> tasks_;
  std::unordered_map<uint64_t, int64_t> due_;
  // Cancelled: the loop's thread lets go of them.
  std::vector<Task> cancelled_;
  uint64_t last_id_ = 0;
  bool stopping_ = false;

  std::thread thread_;
};

}  // namespace fcc::app

#endif  // FCC_RUNTIME_APP_EVENT_LOOP_H_
