// SPDX-License-Identifier: Apache-2.0
//
// The member table of objects. Up to kLinear members are searched in a row,
// which beats hashing for the small objects that data is made of.

#include <algorithm>
#include <limits>

#include "runtime/base/hash.h"
#include "runtime/value/value.h"

namespace fcc::value {

static constexpr size_t kLinear = 8;
static constexpr size_t kNone = std::numeric_limits<size_t>::max();

bool ParseArrayIndex(std::string_view key, uint32_t& index) {
  if (key.empty() || key.size() > 10 || (key[0] == '0' && key.size() > 1)) {
    return false;
  }
  uint64_t number = 0;
  for (char c : key) {
    if (c < '0' || c > '9') {
      return false;
    }
    number = number * 10 + static_cast<uint64_t>(c - '0');
  }
  if (number > 0xFFFFFFFEu) {
    return false;
  }
  index = static_cast<uint32_t>(number);
  return true;
}

size_t Object::IndexOf(std::string_view key) const {
  if (table_.empty()) {
    for (size_t i = 0; i < members_.size(); ++i) {
      if (members_[i].name() == key) {
        return i;
      }
    }
    return kNone;
  }
  size_t mask = table_.size() - 1;
  for (size_t slot = base::HashFast(key) & mask;; slot = (slot + 1) & mask) {
    uint32_t entry = table_[slot];
    if (entry == 0) {
      return kNone;
    }
    if (members_[entry - 1].name() == key) {
      return entry - 1;
    }
  }
}

void Object::Rehash() {
  if (members_.size() <= kLinear) {
    table_.clear();
    return;
  }
  size_t size = 32;
  while (size < members_.size() * 2) {
    size *= 2;
  }
  table_.assign(size, 0);
  for (size_t i = 0; i < members_.size(); ++i) {
    size_t slot = base::HashFast(members_[i].name()) & (size - 1);
    while (table_[slot] != 0) {
      slot = (slot + 1) & (size - 1);
    }
    table_[slot] = static_cast<uint32_t>(i + 1);
  }
}

const Value* Object::Find(std::string_view key) const {
  size_t index = IndexOf(key);
  return index == kNone ? nullptr : &members_[index].value;
}

Value* Object::FindMutable(std::string_view key) {
  size_t index = IndexOf(key);
  return index == kNone ? nullptr : &members_[index].value;
}

void Object::Set(std::string_view key, Value value) {
  size_t index = IndexOf(key);
  if (index != kNone) {
    members_[index].value = std::move(value);
    return;
  }
  Set(Value::String(key), std::move(value));
}

void Object::Set(Value key, Value value) {
  std::string_view name = key.string();
  size_t index = IndexOf(name);
  if (index != kNone) {
    members_[index].value = std::move(value);
    return;
  }
  uint32_t number = 0;
  if (ParseArrayIndex(name, number)) {
    auto after =
        std::find_if(members_.begin(), members_.begin() + integer_keys_,
                     [number](const Member& member) {
                       uint32_t other = 0;
                       ParseArrayIndex(member.name(), other);
                       return other > number;
                     });
    bool moves_others = after != members_.end();
    members_.insert(after, {std::move(key), std::move(value)});
    ++integer_keys_;
    if (moves_others) {
      Rehash();
      return;
    }
  } else {
    members_.push_back({std::move(key), std::move(value)});
  }
  if (table_.empty() ? members_.size() > kLinear
                     : members_.size() * 2 > table_.size()) {
    Rehash();
  } else if (!table_.empty()) {
    size_t mask = table_.size() - 1;
    size_t slot = base::HashFast(members_.back().name()) & mask;
    while (table_[slot] != 0) {
      slot = (slot + 1) & mask;
    }
    table_[slot] = static_cast<uint32_t>(members_.size());
  }
}

bool Object::Remove(std::string_view key) {
  size_t index = IndexOf(key);
  if (index == kNone) {
    return false;
  }
  members_.erase(members_.begin() + static_cast<std::ptrdiff_t>(index));
  if (index < integer_keys_) {
    --integer_keys_;
  }
  Rehash();
  return true;
}

void Object::Clear() {
  members_.clear();
  table_.clear();
  integer_keys_ = 0;
}

}  // namespace fcc::value
