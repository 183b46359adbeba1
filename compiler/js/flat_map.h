// SPDX-License-Identifier: Apache-2.0
//
// A hash table from pairs of 32-bit ids to 32-bit ids, for analysis: no
// removal, nothing but memory to fail. The pair (0, 0) is no key, 0 no value.

#ifndef FCC_COMPILER_JS_FLAT_MAP_H_
#define FCC_COMPILER_JS_FLAT_MAP_H_

#include <cstdint>
#include <vector>

namespace fcc::js {

class FlatMap {
 public:
  // 0 when there is none.
  uint32_t Find(uint32_t a, uint32_t b) const {
    return slots_[SlotOf(KeyOf(a, b))].value;
  }
  void Set(uint32_t a, uint32_t b, uint32_t value) {
    if (count_ * 2 >= slots_.size()) {
      Grow();
    }
    Slot& slot = slots_[SlotOf(KeyOf(a, b))];
    count_ += slot.key == 0;
    slot = {KeyOf(a, b), value};
  }
  // True when the pair was not there before.
  bool Insert(uint32_t a, uint32_t b) {
    if (Find(a, b) != 0) {
      return false;
    }
    Set(a, b, 1);
    return true;
  }

 private:
  struct Slot {
    uint64_t key = 0;
    uint32_t value = 0;
  };

  static uint64_t KeyOf(uint32_t a, uint32_t b) {
    return (uint64_t{a} << 32) | b;
  }
  size_t SlotOf(uint64_t key) const {
    const size_t mask = slots_.size() - 1;
    size_t at = (key * 0x9E3779B97F4A7C15u >> 20) & mask;
    while (slots_[at].key != 0 && slots_[at].key != key) {
      at = (at + 1) & mask;
    }
    return at;
  }
  void Grow() {
    std::vector<Slot> old(slots_.size() * 2);
    old.swap(slots_);
    for (const Slot& slot : old) {
      if (slot.key != 0) {
        slots_[SlotOf(slot.key)] = slot;
      }
    }
  }

  std::vector<Slot> slots_ = std::vector<Slot>(256);
  size_t count_ = 0;
};

}  // namespace fcc::js

#endif  // FCC_COMPILER_JS_FLAT_MAP_H_
