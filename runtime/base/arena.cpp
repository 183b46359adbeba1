// SPDX-License-Identifier: Apache-2.0

#include "runtime/base/arena.h"

#include <algorithm>

namespace fcc::base {

// Blocks grow by half again, so that a large tree takes few of them and a small
// one does not reserve much more than it uses.
void* Arena::AllocateSlow(size_t size, size_t align) {
  size_t block = std::max(next_block_, size + align);
  blocks_.push_back(std::make_unique_for_overwrite<std::byte[]>(block));
  reserved_ += block;
  next_block_ = std::min<size_t>(next_block_ + next_block_ / 2, 1 << 20);
  cursor_ = reinterpret_cast<uintptr_t>(blocks_.back().get());
  limit_ = cursor_ + block;
  return Allocate(size, align);
}

}  // namespace fcc::base
