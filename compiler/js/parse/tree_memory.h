// SPDX-License-Identifier: Apache-2.0
//
// What tree-sitter allocates for one parse: parts of large blocks, handed out
// again by size and given back all at once, without a walk over the tree.
//
// It is also where a parse that would cost too much is seen, since tree-sitter
// itself sets no bounds. What is open in the text waits on a stack, whose
// height is the number of its nodes: they are allocated one by one with a size
// that hardly anything else has. Recovery from an error makes one node of all
// that is on the stack, again and again, each time at the cost of its length:
// arrays of a length that no code has. And text that is one error after the
// other takes more allocations a byte than any code.

#ifndef FCC_COMPILER_JS_PARSE_TREE_MEMORY_H_
#define FCC_COMPILER_JS_PARSE_TREE_MEMORY_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace fcc::js {

class TreeMemory {
 public:
  // Of the parse of `text`, which outlives this.
  explicit TreeMemory(std::string_view text) : text_(text) {}
  ~TreeMemory();
  TreeMemory(const TreeMemory&) = delete;
  TreeMemory& operator=(const TreeMemory&) = delete;

  // While it lives, what tree-sitter allocates on this thread is of `memory`.
  // Whatever allocates or frees needs one: parsers do, reading a tree does not.
  class Use {
   public:
    explicit Use(TreeMemory& memory);
    ~Use();
    Use(const Use&) = delete;
    Use& operator=(const Use&) = delete;
  };

  // For ts_parser_set_cancellation_flag: tree-sitter looks at it every hundred
  // steps.
  const size_t* cancelled() const { return &cancelled_; }
  void Cancel() { cancelled_ = 1; }
  // The parser asks for the text at `at`.
  void Reach(uint32_t at) {
    most_allocations_ = kSpareAllocations + kMaxAllocationsAByte * at;
  }
  // The parse was cancelled for errors, not for its height.
  bool in_errors() const { return in_errors_; }

 private:
  // Before each part; the part's own size, this included.
  struct Head {
    size_t size;
  };
  // A part that was freed.
  struct Free {
    Free* next;
  };

  // sizeof(StackNode) where pointers have 64 bits, and its head.
  static constexpr size_t kNodeSize = 232 + sizeof(Head);
  static constexpr size_t kMaxNodes = 60'000;
  // An array is long from 20,000 pointers on; of all long ones together.
  static constexpr size_t kLongBytes = 20'000 * sizeof(void*);
  static constexpr size_t kSpareLongBytes = size_t{16} << 20;
  // Comments that follow each other wait on the stack too, and move with each
  // node that is finished before them.
  static constexpr size_t kLongBytesAComment = 64 * sizeof(void*);
  // Code comes to 0.9, `a(1);` without end to 2.2, `1=1;` to 4.5.
  static constexpr size_t kMaxAllocationsAByte = 3;
  static constexpr size_t kSpareAllocations = 1'000'000;

  // Sizes in steps of 8 up to kSmall, then four to each doubling.
  static constexpr size_t kSmall = 1024;
  static constexpr size_t kSmallClasses = kSmall / 8 + 1;
  static constexpr size_t kClasses = kSmallClasses + 4 * 32;
  // The first blocks; then as large as the large pages of the system are. With
  // small ones, a twentieth of what a script of 858 KB costs goes to faults.
  static constexpr size_t kBlock = 96 * 1024;
  static constexpr size_t kSmallBlocks = 10;
  static constexpr size_t kLargeBlock = size_t{2} << 20;

  struct BlockDeleter {
    void operator()(std::byte* block) const;
  };

  static void* Allocate(size_t size);
  static void* AllocateClear(size_t count, size_t size);
  static void* Reallocate(void* memory, size_t size);
  static void Release(void* memory);

  static Head* HeadOf(void* memory) { return static_cast<Head*>(memory) - 1; }
  void* Take(size_t size);
  void Give(void* memory);
  // Rounds the size of a part up to that of its class.
  static size_t ClassOf(size_t& size);
  void* TakeNew(size_t size);
  void CancelForErrors();
  // The stack is higher than `most_nodes_`.
  void CheckHeight();
  void AddLong(size_t size);
  // In strings too: no fewer than there are.
  size_t CountComments();

  std::vector<std::unique_ptr<std::byte[], BlockDeleter>> blocks_;
  std::byte* next_ = nullptr;
  std::byte* end_ = nullptr;
  Free* free_[kClasses] = {};

  std::string_view text_;
  // Not counted yet: SIZE_MAX.
  size_t comments_ = SIZE_MAX;
  size_t live_nodes_ = 0;
  size_t most_nodes_ = kMaxNodes;
  size_t long_bytes_ = 0;
  size_t allocations_ = 0;
  size_t most_allocations_ = SIZE_MAX;
  bool in_errors_ = false;
  size_t cancelled_ = 0;
  TreeMemory* outer_ = nullptr;
};

}  // namespace fcc::js

#endif  // FCC_COMPILER_JS_PARSE_TREE_MEMORY_H_
