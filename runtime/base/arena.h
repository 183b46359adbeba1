// SPDX-License-Identifier: Apache-2.0
//
// Bump allocation for trees that live and die together. Objects made here are
// never destroyed one by one, so only trivially destructible types may be put
// in. Not safe for threads: one arena a parse.

#ifndef FCC_RUNTIME_BASE_ARENA_H_
#define FCC_RUNTIME_BASE_ARENA_H_

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <new>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace fcc::base {

class Arena {
 public:
  explicit Arena(size_t first_block = 4096) : next_block_(first_block) {}
  Arena(Arena&&) = default;
  Arena& operator=(Arena&&) = default;

  void* Allocate(size_t size, size_t align) {
    uintptr_t at = (cursor_ + align - 1) & ~static_cast<uintptr_t>(align - 1);
    if (at + size > limit_) [[unlikely]] {
      return AllocateSlow(size, align);
    }
    cursor_ = at + size;
    return reinterpret_cast<void*>(at);
  }

  template <typename T, typename... Args>
  T* New(Args&&... args) {
    static_assert(std::is_trivially_destructible_v<T>);
    return new (Allocate(sizeof(T), alignof(T))) T{std::forward<Args>(args)...};
  }

  // `count` value-initialised objects.
  template <typename T>
  std::span<T> NewArray(size_t count) {
    static_assert(std::is_trivially_destructible_v<T>);
    if (count == 0) {
      return {};
    }
    T* first = static_cast<T*>(Allocate(sizeof(T) * count, alignof(T)));
    for (size_t i = 0; i < count; ++i) {
      new (first + i) T{};
    }
    return {first, count};
  }

  template <typename T>
  std::span<T> Copy(std::span<const T> items) {
    static_assert(std::is_trivially_copyable_v<T>);
    if (items.empty()) {
      return {};
    }
    T* first = static_cast<T*>(Allocate(items.size_bytes(), alignof(T)));
    std::memcpy(static_cast<void*>(first), items.data(), items.size_bytes());
    return {first, items.size()};
  }
  template <typename T>
  std::span<T> Copy(const std::vector<T>& items) {
    return Copy(std::span<const T>(items));
  }
  std::string_view Copy(std::string_view text) {
    if (text.empty()) {
      return {};
    }
    char* first = static_cast<char*>(Allocate(text.size(), 1));
    std::memcpy(first, text.data(), text.size());
    return {first, text.size()};
  }

  // Bytes taken from the system so far.
  size_t reserved_bytes() const { return reserved_; }

 private:
  void* AllocateSlow(size_t size, size_t align);

  std::vector<std::unique_ptr<std::byte[]>> blocks_;
  uintptr_t cursor_ = 0;
  uintptr_t limit_ = 0;
  size_t next_block_;
  size_t reserved_ = 0;
};

}  // namespace fcc::base

#endif  // FCC_RUNTIME_BASE_ARENA_H_
