// SPDX-License-Identifier: Apache-2.0

#include "simulator/host/task_queue.h"

#include <gtest/gtest.h>

#include <string>

namespace fcc::host {
namespace {

TEST(TaskQueue, RunsByTimeThenByOrder) {
  base::VirtualClock clock(1000);
  TaskQueue tasks(clock);
  std::string trace;
  tasks.Post(10, [&] { trace += 'c'; });
  tasks.Post(0, [&] {
    trace += 'a';
    tasks.Post(0, [&] { trace += 'b'; });
  });
  tasks.Post(10, [&] { trace += 'd'; });
  EXPECT_TRUE(tasks.RunDue());
  EXPECT_EQ(trace, "ab");
  EXPECT_EQ(tasks.UntilNext(), 10);
  EXPECT_TRUE(tasks.Advance(10));
  EXPECT_EQ(trace, "abcd");
  EXPECT_EQ(clock.NowMs(), 1010);
  EXPECT_TRUE(tasks.empty());
}

TEST(TaskQueue, AdvancesThroughTasksThatPostTasks) {
  base::VirtualClock clock(0);
  TaskQueue tasks(clock);
  int ticks = 0;
  std::function<void()> tick = [&] {
    ++ticks;
    tasks.Post(100, tick);
  };
  tasks.Post(100, tick);
  tasks.Advance(1000);
  EXPECT_EQ(ticks, 10);
  EXPECT_EQ(clock.NowMs(), 1000);
}

TEST(TaskQueue, CancelsAndStopsEndlessTasks) {
  base::VirtualClock clock(0);
  TaskQueue tasks(clock);
  const uint64_t id = tasks.Post(0, [] { FAIL(); });
  tasks.Cancel(id);
  EXPECT_TRUE(tasks.RunDue());
  std::function<void()> again = [&] { tasks.Post(0, again); };
  tasks.Post(0, again);
  EXPECT_FALSE(tasks.RunDue());
}

}  // namespace
}  // namespace fcc::host
