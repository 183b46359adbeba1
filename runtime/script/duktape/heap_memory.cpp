// SPDX-License-Identifier: Apache-2.0

#include "runtime/script/duktape/heap_memory.h"

#include <stdlib.h>

#include <bit>
#include <new>

#if defined(__SANITIZE_ADDRESS__)
#define FCC_SEPARATE_BLOCKS 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define FCC_SEPARATE_BLOCKS 1
#endif
#endif

namespace fcc::script {

static constexpr size_t kHeadSize = 64;

// Of a span with blocks, or before a large block.
struct HeapMemory::Span {
  Span* previous;
  Span* next;
  // Freed blocks, each pointing to the next; the first that was never used, if
  // it is not beyond `last`.
  void* free;
  char* unused;
  char* last;
  uint32_t block_size;
  uint16_t size_class;
  bool open;
  uint32_t live;
  // Of a large block, without the head; 0 otherwise.
  size_t large_size;
};

void HeapMemory::Link(Span*& list, Span* span) {
  span->previous = nullptr;
  span->next = list;
  if (list != nullptr) {
    list->previous = span;
  }
  list = span;
}

void HeapMemory::Unlink(Span*& list, Span* span) {
  if (span->previous != nullptr) {
    span->previous->next = span->next;
  } else {
    list = span->next;
  }
  if (span->next != nullptr) {
    span->next->previous = span->previous;
  }
}

#ifdef FCC_SEPARATE_BLOCKS

size_t HeapMemory::RoundUp(size_t size) {
  return size;
}

void* HeapMemory::Allocate(size_t size) {
  size = RoundUp(size);
  auto* span = static_cast<Span*>(std::malloc(kHeadSize + size));
  if (span == nullptr) {
    return nullptr;
  }
  span->large_size = size;
  Link(large_, span);
  held_ += kHeadSize + size;
  return reinterpret_cast<char*>(span) + kHeadSize;
}

static auto* HeadOf(const void* block) {
  return static_cast<char*>(const_cast<void*>(block)) - kHeadSize;
}

void HeapMemory::Free(void* block) {
  FreeLarge(reinterpret_cast<Span*>(HeadOf(block)));
}

size_t HeapMemory::SizeOf(const void* block) {
  return reinterpret_cast<Span*>(HeadOf(block))->large_size;
}

#else

static constexpr size_t kSpanSize = 32 << 10;
static constexpr size_t kMaxSmall = 12 << 10;
// A chunk's spans: few at first, because many heaps are small.
static constexpr size_t kFirstSpans = 16;
static constexpr size_t kMoreSpans = 32;

static unsigned ClassOf(size_t size) {
  if (size <= 512) {
    return static_cast<unsigned>((size + 15) / 16 - 1);
  }
  // 2^log < size <= 2^(log + 1), in quarters.
  const auto log = static_cast<unsigned>(std::bit_width(size - 1)) - 1;
  const auto quarter = static_cast<unsigned>((size - 1) >> (log - 2)) & 3;
  return 32 + (log - 9) * 4 + quarter;
}

static constexpr std::array<uint32_t, HeapMemory::kClasses> kBlockSizes = [] {
  std::array<uint32_t, HeapMemory::kClasses> sizes{};
  for (unsigned i = 0; i < HeapMemory::kClasses; ++i) {
    sizes[i] = i < 32 ? (i + 1) * 16
                      : (512u << ((i - 32) / 4)) / 4 * ((i - 32) % 4 + 5);
  }
  return sizes;
}();
static_assert(kBlockSizes.back() == kMaxSmall);

static char* HeadOf(const void* block) {
  return reinterpret_cast<char*>(reinterpret_cast<uintptr_t>(block) &
                                 ~uintptr_t{kSpanSize - 1});
}

HeapMemory::Span* HeapMemory::NewSpan(unsigned size_class) {
  char* memory;
  if (spare_ != nullptr) {
    memory = reinterpret_cast<char*>(spare_);
    spare_ = spare_->next;
  } else {
    if (fresh_ == fresh_end_) {
      const size_t size =
          (chunks_.empty() ? kFirstSpans : kMoreSpans) * kSpanSize;
      void* chunk = nullptr;
      if (posix_memalign(&chunk, kSpanSize, size) != 0) {
        return nullptr;
      }
      chunks_.push_back(chunk);
      fresh_ = static_cast<char*>(chunk);
      fresh_end_ = fresh_ + size;
    }
    memory = fresh_;
    fresh_ += kSpanSize;
  }
  held_ += kSpanSize;
  auto* span = new (memory) Span{};
  span->unused = memory + kHeadSize;
  span->block_size = kBlockSizes[size_class];
  span->last = memory + kSpanSize - span->block_size;
  span->size_class = static_cast<uint16_t>(size_class);
  span->open = true;
  Link(open_[size_class], span);
  return span;
}

void* HeapMemory::Allocate(size_t size) {
  if (size > kMaxSmall) {
    return AllocateLarge(size);
  }
  const unsigned size_class = ClassOf(size);
  Span* span = open_[size_class];
  if (span == nullptr) {
    span = NewSpan(size_class);
    if (span == nullptr) {
      return nullptr;
    }
  }
  void* block = span->free;
  if (block != nullptr) {
    span->free = *static_cast<void**>(block);
  } else {
    block = span->unused;
    span->unused += span->block_size;
  }
  ++span->live;
  if (span->free == nullptr && span->unused > span->last) {
    span->open = false;
    Unlink(open_[size_class], span);
  }
  return block;
}

void HeapMemory::Free(void* block) {
  auto* span = reinterpret_cast<Span*>(HeadOf(block));
  if (span->large_size != 0) {
    FreeLarge(span);
    return;
  }
  *static_cast<void**>(block) = span->free;
  span->free = block;
  --span->live;
  Span*& open = open_[span->size_class];
  if (!span->open) {
    span->open = true;
    Link(open, span);
  }
  if (span->live == 0 && (span->previous != nullptr || span->next != nullptr)) {
    // The last open span of a size stays: the next block may be of it.
    Unlink(open, span);
    span->next = spare_;
    spare_ = span;
    held_ -= kSpanSize;
  }
}

size_t HeapMemory::SizeOf(const void* block) {
  const auto* span = reinterpret_cast<const Span*>(HeadOf(block));
  return span->large_size != 0 ? span->large_size : span->block_size;
}

void* HeapMemory::AllocateLarge(size_t size) {
  size = RoundUp(size);
  void* memory = nullptr;
  if (posix_memalign(&memory, kSpanSize, kHeadSize + size) != 0) {
    return nullptr;
  }
  auto* span = new (memory) Span{};
  span->large_size = size;
  Link(large_, span);
  held_ += kHeadSize + size;
  return static_cast<char*>(memory) + kHeadSize;
}

size_t HeapMemory::RoundUp(size_t size) {
  return size > kMaxSmall ? (size + 63) / 64 * 64 : kBlockSizes[ClassOf(size)];
}

#endif

void HeapMemory::FreeLarge(Span* span) {
  held_ -= kHeadSize + span->large_size;
  Unlink(large_, span);
  std::free(span);
}

HeapMemory::~HeapMemory() {
  while (large_ != nullptr) {
    Span* const span = large_;
    large_ = span->next;
    std::free(span);
  }
  for (void* const chunk : chunks_) {
    std::free(chunk);
  }
}

}  // namespace fcc::script
