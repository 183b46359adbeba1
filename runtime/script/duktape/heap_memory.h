// SPDX-License-Identifier: Apache-2.0
//
// The memory of one script heap: blocks of any size, all given back at once
// when the heap ends. The engine then need not visit its objects one by one,
// which took longer than many a script.
//
// A span is 32 KiB at an address that is a multiple of its size, so a block's
// address tells its span, and the span its blocks' size: blocks carry no
// header. Spans whose blocks are all free serve any size again. What is larger
// than a third of a span has its own memory.
//
//   span   [ head | block | block | block | never used yet ... ]
//
// Under AddressSanitizer each block is an allocation of its own, or the
// sanitizer would see nothing.

#ifndef FCC_RUNTIME_SCRIPT_DUKTAPE_HEAP_MEMORY_H_
#define FCC_RUNTIME_SCRIPT_DUKTAPE_HEAP_MEMORY_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace fcc::script {

class HeapMemory {
 public:
  HeapMemory() = default;
  ~HeapMemory();
  HeapMemory(const HeapMemory&) = delete;
  HeapMemory& operator=(const HeapMemory&) = delete;

  // Null when the machine has no memory. A size is at least 1.
  void* Allocate(size_t size);
  void Free(void* block);
  // What a block can hold, which is what it takes.
  static size_t SizeOf(const void* block);
  // What Allocate would take for `size`.
  static size_t RoundUp(size_t size);

  // Bytes of the spans and large blocks that are in use: more than the sum of
  // all blocks by what lies unused between them.
  size_t held() const { return held_; }

  // How many sizes blocks come in: 16 bytes apart up to 512, then four to a
  // doubling.
  static constexpr unsigned kClasses = 50;

 private:
  struct Span;

  Span* NewSpan(unsigned size_class);
  void* AllocateLarge(size_t size);
  void FreeLarge(Span* span);
  void Link(Span*& list, Span* span);
  void Unlink(Span*& list, Span* span);

  // For each size, the spans that have room.
  std::array<Span*, kClasses> open_{};
  // Spans that serve no size at the moment, by their next pointers.
  Span* spare_ = nullptr;
  Span* large_ = nullptr;
  // Chunks hold spans; the last one has some that were never used.
  std::vector<void*> chunks_;
  char* fresh_ = nullptr;
  char* fresh_end_ = nullptr;
  size_t held_ = 0;
};

}  // namespace fcc::script

#endif  // FCC_RUNTIME_SCRIPT_DUKTAPE_HEAP_MEMORY_H_
