// SPDX-License-Identifier: Apache-2.0

#include "compiler/js/names.h"

#include "runtime/base/hash.h"

namespace fcc::js {

NameTable::NameTable() : slots_(256) {
  texts_.emplace_back();
  hashes_.push_back(0);
  Intern("");
}

uint32_t NameTable::SlotOf(std::string_view text, uint64_t hash) const {
  const uint32_t mask = static_cast<uint32_t>(slots_.size()) - 1;
  uint32_t slot = static_cast<uint32_t>(hash) & mask;
  while (slots_[slot] != 0) {
    const uint32_t name = slots_[slot];
    if (hashes_[name] == static_cast<uint32_t>(hash) && texts_[name] == text) {
      break;
    }
    slot = (slot + 1) & mask;
  }
  return slot;
}

NameId NameTable::Intern(std::string_view text) {
  const uint64_t hash = base::HashFast(text);
  uint32_t slot = SlotOf(text, hash);
  if (slots_[slot] == 0) {
    if (texts_.size() * 2 >= slots_.size()) {
      Grow();
      slot = SlotOf(text, hash);
    }
    slots_[slot] = static_cast<uint32_t>(texts_.size());
    texts_.push_back(arena_.Copy(text));
    hashes_.push_back(static_cast<uint32_t>(hash));
  }
  return NameId{slots_[slot]};
}

NameId NameTable::Find(std::string_view text) const {
  return NameId{slots_[SlotOf(text, base::HashFast(text))]};
}

void NameTable::Grow() {
  std::vector<uint32_t> bigger(slots_.size() * 2);
  const uint32_t mask = static_cast<uint32_t>(bigger.size()) - 1;
  for (uint32_t name = 1; name < texts_.size(); ++name) {
    uint32_t slot = hashes_[name] & mask;
    while (bigger[slot] != 0) {
      slot = (slot + 1) & mask;
    }
    bigger[slot] = name;
  }
  slots_ = std::move(bigger);
}

}  // namespace fcc::js
