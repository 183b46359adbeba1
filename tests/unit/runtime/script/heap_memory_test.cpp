// SPDX-License-Identifier: Apache-2.0

#include "runtime/script/duktape/heap_memory.h"

#include <gtest/gtest.h>

#include <cstring>
#include <random>
#include <vector>

namespace fcc::script {
namespace {

struct Block {
  char* data;
  size_t size;
  char fill;
};

bool Intact(const Block& block) {
  for (size_t i = 0; i < block.size; ++i) {
    if (block.data[i] != block.fill) {
      return false;
    }
  }
  return true;
}

// Blocks of every size keep what is written to them while others come and go.
TEST(HeapMemoryTest, BlocksDoNotOverlap) {
  HeapMemory memory;
  std::mt19937 random(7);
  std::vector<Block> blocks;
  for (int step = 0; step < 20000; ++step) {
    if (blocks.size() > 400 || (!blocks.empty() && random() % 3 == 0)) {
      const size_t at = random() % blocks.size();
      ASSERT_TRUE(Intact(blocks[at]));
      memory.Free(blocks[at].data);
      blocks[at] = blocks.back();
      blocks.pop_back();
      continue;
    }
    const size_t size =
        1 + (random() % 20 == 0 ? random() % 40000
                                : random() % (random() % 1500 + 1));
    Block block{static_cast<char*>(memory.Allocate(size)), size,
                static_cast<char>(random())};
    ASSERT_NE(block.data, nullptr);
    ASSERT_EQ(reinterpret_cast<uintptr_t>(block.data) % 16, 0u);
    ASSERT_GE(HeapMemory::SizeOf(block.data), size);
    ASSERT_EQ(HeapMemory::SizeOf(block.data), HeapMemory::RoundUp(size));
    std::memset(block.data, block.fill, size);
    blocks.push_back(block);
  }
  for (const Block& block : blocks) {
    EXPECT_TRUE(Intact(block));
  }
  // The rest goes with `memory`, which the leak checker watches.
}

// Memory that served one size serves another afterwards.
TEST(HeapMemoryTest, FreedSpansServeAnySize) {
  HeapMemory memory;
  std::vector<void*> blocks;
  size_t peak = 0;
  for (size_t size = 16; size <= 8192; size += size / 2) {
    for (size_t total = 0; total < (size_t{1} << 20); total += size) {
      blocks.push_back(memory.Allocate(size));
    }
    if (peak == 0) {
      peak = memory.held();
    }
    EXPECT_LT(memory.held(), peak * 3) << size;
    for (void* const block : blocks) {
      memory.Free(block);
    }
    blocks.clear();
  }
}

}  // namespace
}  // namespace fcc::script
