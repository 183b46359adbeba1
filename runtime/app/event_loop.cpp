// SPDX-License-Identifier: Apache-2.0

#include "runtime/app/event_loop.h"

#include <algorithm>
#include <chrono>
#include <memory>

#include "runtime/base/check.h"

namespace fcc::app {

// Past this a wait would overflow; nobody waits for it.
static constexpr double kLongestDelayMs = 1e12;

EventLoop::EventLoop() : thread_([this] { Run(); }) {}

EventLoop::~EventLoop() {
  Stop();
}

uint64_t EventLoop::Post(double delay_ms, Task task) {
  const double delay = delay_ms > 0 ? std::min(delay_ms, kLongestDelayMs) : 0;
  const std::lock_guard lock(mutex_);
  if (stopping_) {
    return 0;
  }
  const int64_t due = clock_.MonotonicUs() + static_cast<int64_t>(delay * 1000);
  const uint64_t id = ++last_id_;
  tasks_.emplace(Key(due, id), std::move(task));
  due_.emplace(id, due);
  changed_.notify_one();
  return id;
}

void EventLoop::Cancel(uint64_t id) {
  const std::lock_guard lock(mutex_);
  const auto found = due_.find(id);
  if (found == due_.end()) {
    return;
  }
  auto task = tasks_.extract(Key(found->second, id));
  due_.erase(found);
  cancelled_.push_back(std::move(task.mapped()));
  changed_.notify_one();
}

bool EventLoop::RunAndWait(const Task& task) {
  if (InLoop()) {
    task();
    return true;
  }
  struct Answer {
    std::mutex mutex;
    std::condition_variable changed;
    bool over = false;
    bool ran = false;
  };
  // Tells when it goes, also of a task that was let go of without having run.
  class Runner {
   public:
    Runner(const Task& task, std::shared_ptr<Answer> answer)
        : task_(task), answer_(std::move(answer)) {}
    Runner(const Runner&) = delete;
    Runner& operator=(const Runner&) = delete;
    ~Runner() {
      const std::lock_guard lock(answer_->mutex);
      answer_->over = true;
      answer_->ran = ran_;
      answer_->changed.notify_one();
    }
    void Run() {
      task_();
      ran_ = true;
    }

   private:
    const Task& task_;
    const std::shared_ptr<Answer> answer_;
    bool ran_ = false;
  };
  const auto answer = std::make_shared<Answer>();
  Post(0, [runner = std::make_shared<Runner>(task, answer)] { runner->Run(); });
  std::unique_lock lock(answer->mutex);
  answer->changed.wait(lock, [&answer] { return answer->over; });
  return answer->ran;
}

void EventLoop::Stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    changed_.notify_one();
  }
  if (thread_.joinable()) {
    FCC_CHECK(!InLoop());
    thread_.join();
  }
}

void EventLoop::Run() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    if (!cancelled_.empty()) {
      std::vector<Task> gone = std::exchange(cancelled_, {});
      lock.unlock();
      gone.clear();
      lock.lock();
      continue;
    }
    if (tasks_.empty()) {
      changed_.wait(lock);
      continue;
    }
    const int64_t wait_us = tasks_.begin()->first.first - clock_.MonotonicUs();
    if (wait_us > 0) {
      changed_.wait_for(lock, std::chrono::microseconds(wait_us));
      continue;
    }
    auto task = tasks_.extract(tasks_.begin());
    due_.erase(task.key().second);
    lock.unlock();
    task.mapped()();
    task.mapped() = nullptr;
    lock.lock();
  }
  std::map<Key, Task> left = std::exchange(tasks_, {});
  std::vector<Task> gone = std::exchange(cancelled_, {});
  due_.clear();
  lock.unlock();
}

}  // namespace fcc::app
