// SPDX-License-Identifier: Apache-2.0

#include "compiler/js/parse/tree_memory.h"

#include <sys/mman.h>
#include <tree_sitter/api.h>

#include <algorithm>
#include <bit>
#include <cstdlib>
#include <cstring>

#include "runtime/base/check.h"

namespace fcc::js {

static thread_local TreeMemory* current = nullptr;

TreeMemory::Use::Use(TreeMemory& memory) {
  // Before the first parser of the process is made.
  [[maybe_unused]] static const bool installed = [] {
    ts_set_allocator(Allocate, AllocateClear, Reallocate, Release);
    return true;
  }();
  memory.outer_ = current;
  current = &memory;
}

TreeMemory::Use::~Use() {
  current = current->outer_;
}

TreeMemory::~TreeMemory() = default;

void TreeMemory::BlockDeleter::operator()(std::byte* block) const {
  std::free(block);
}

void TreeMemory::CancelForErrors() {
  in_errors_ = cancelled_ == 0 || in_errors_;
  cancelled_ = 1;
}

size_t TreeMemory::CountComments() {
  if (comments_ == SIZE_MAX) {
    comments_ = 0;
    for (size_t at = 1; at < text_.size(); ++at) {
      comments_ +=
          text_[at - 1] == '/' && (text_[at] == '/' || text_[at] == '*');
    }
  }
  return comments_;
}

void TreeMemory::CheckHeight() {
  most_nodes_ = kMaxNodes + CountComments();
  if (live_nodes_ > most_nodes_) {
    cancelled_ = 1;
  }
}

void TreeMemory::AddLong(size_t size) {
  long_bytes_ += size;
  if (long_bytes_ > kSpareLongBytes &&
      long_bytes_ > kSpareLongBytes + kLongBytesAComment * CountComments()) {
    CancelForErrors();
  }
}

size_t TreeMemory::ClassOf(size_t& size) {
  if (size <= kSmall) {
    size = (size + 7) & ~size_t{7};
    return size / 8;
  }
  const int bits = std::bit_width(size - 1);
  const size_t step = size_t{1} << (bits - 3);
  size = (size + step - 1) & ~(step - 1);
  const size_t doubling = static_cast<size_t>(bits - std::bit_width(kSmall));
  FCC_CHECK(doubling < 32);
  return kSmallClasses + doubling * 4 + size / step - 5;
}

static std::byte* NewLargeBlock(size_t bytes) {
  void* block = std::aligned_alloc(bytes, bytes);
  FCC_CHECK(block != nullptr);
  // A hint: without it, pages are small.
  madvise(block, bytes, MADV_HUGEPAGE);
  return static_cast<std::byte*>(block);
}

static std::byte* NewBlock(size_t bytes) {
  void* block = std::malloc(bytes);
  FCC_CHECK(block != nullptr);
  return static_cast<std::byte*>(block);
}

void* TreeMemory::TakeNew(size_t size) {
  if (static_cast<size_t>(end_ - next_) < size) {
    const bool large = blocks_.size() >= kSmallBlocks;
    const size_t bytes = large ? kLargeBlock : kBlock;
    if (size > bytes) {
      // Alone; the rest of the last block is still good.
      blocks_.emplace_back(NewBlock(size));
      return blocks_.back().get();
    }
    blocks_.emplace_back(large ? NewLargeBlock(bytes) : NewBlock(bytes));
    next_ = blocks_.back().get();
    end_ = next_ + bytes;
  }
  void* part = next_;
  next_ += size;
  return part;
}

void* TreeMemory::Take(size_t size) {
  size += sizeof(Head);
  const size_t cls = ClassOf(size);
  if (size == kNodeSize && ++live_nodes_ > most_nodes_) {
    CheckHeight();
  }
  Free* part = free_[cls];
  if (part != nullptr) {
    free_[cls] = part->next;
    return part;
  }
  Head* head = static_cast<Head*>(TakeNew(size));
  head->size = size;
  return head + 1;
}

void TreeMemory::Give(void* memory) {
  size_t size = HeadOf(memory)->size;
  if (size == kNodeSize && live_nodes_ > 0) {
    --live_nodes_;
  }
  Free* part = static_cast<Free*>(memory);
  const size_t cls = ClassOf(size);
  part->next = free_[cls];
  free_[cls] = part;
}

void* TreeMemory::Allocate(size_t size) {
  TreeMemory& memory = *current;
  if (++memory.allocations_ > memory.most_allocations_) {
    memory.CancelForErrors();
  }
  return memory.Take(std::max(size, sizeof(Free)));
}

void* TreeMemory::AllocateClear(size_t count, size_t size) {
  const size_t bytes = std::max(count * size, sizeof(Free));
  void* memory = current->Take(bytes);
  std::memset(memory, 0, bytes);
  return memory;
}

void* TreeMemory::Reallocate(void* memory, size_t size) {
  if (size > kLongBytes) {
    current->AddLong(size);
  }
  if (memory == nullptr) {
    return current->Take(std::max(size, sizeof(Free)));
  }
  const size_t room = HeadOf(memory)->size - sizeof(Head);
  if (size <= room) {
    return memory;
  }
  void* moved = current->Take(size);
  std::memcpy(moved, memory, room);
  current->Give(memory);
  return moved;
}

void TreeMemory::Release(void* memory) {
  if (memory != nullptr) {
    current->Give(memory);
  }
}

}  // namespace fcc::js
