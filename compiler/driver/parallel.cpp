// SPDX-License-Identifier: Apache-2.0

#include "compiler/driver/parallel.h"

#include <pthread.h>

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

namespace fcc::driver {

// Parsers recurse to a depth limit of their own; the default stack of some C
// libraries (musl: 128 KiB) and of sanitized builds is too small for it.
static constexpr size_t kStackBytes = size_t{64} << 20;

namespace {

struct Task {
  std::atomic<size_t> next{0};
  size_t count = 0;
  const std::function<void(size_t)>* work = nullptr;

  void Run() {
    for (size_t i = next.fetch_add(1); i < count; i = next.fetch_add(1)) {
      (*work)(i);
    }
  }
};

void* RunTask(void* task) {
  static_cast<Task*>(task)->Run();
  return nullptr;
}

}  // namespace

void ForEachParallel(int jobs, size_t count,
                     const std::function<void(size_t)>& work) {
  Task task;
  task.count = count;
  task.work = &work;
  size_t wanted = jobs > 0 ? static_cast<size_t>(jobs)
                           : std::max(1u, std::thread::hardware_concurrency());
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, kStackBytes);
  std::vector<pthread_t> threads;
  // Threads are started even for one job: all work has the large stack.
  for (size_t i = 0; i < std::min(wanted, count); ++i) {
    pthread_t thread;
    if (pthread_create(&thread, &attributes, RunTask, &task) != 0) {
      break;
    }
    threads.push_back(thread);
  }
  pthread_attr_destroy(&attributes);
  if (threads.empty()) {
    task.Run();
  }
  for (pthread_t thread : threads) {
    pthread_join(thread, nullptr);
  }
}

}  // namespace fcc::driver
