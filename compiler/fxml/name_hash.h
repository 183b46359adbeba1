// SPDX-License-Identifier: Apache-2.0
//
// The hash under which names and texts are looked up. Of this room only.

#ifndef FCC_COMPILER_FXML_NAME_HASH_H_
#define FCC_COMPILER_FXML_NAME_HASH_H_

#include <cstdint>
#include <cstring>
#include <string_view>

namespace fcc::fxml {

// Names are short: a multiplicative hash over eight bytes at a time beats a
// library call.
inline uint32_t HashName(std::string_view name) {
  constexpr uint64_t kMultiplier = 0x9E3779B97F4A7C15u;
  const char* at = name.data();
  size_t left = name.size();
  uint64_t hash = left * kMultiplier;
  const auto load = [](const char* from, auto word) {
    std::memcpy(&word, from, sizeof(word));
    return uint64_t{word};
  };
  for (; left > 8; at += 8, left -= 8) {
    hash = (hash ^ load(at, uint64_t{})) * kMultiplier;
    hash ^= hash >> 32;
  }
  // The rest in two loads that may overlap.
  uint64_t tail = 0;
  if (left >= 4) {
    tail = load(at, uint32_t{}) << 32 | load(at + left - 4, uint32_t{});
  } else if (left > 0) {
    tail = static_cast<uint64_t>(static_cast<unsigned char>(at[0])) << 16 |
           static_cast<uint64_t>(static_cast<unsigned char>(at[left / 2]))
               << 8 |
           static_cast<unsigned char>(at[left - 1]);
  }
  hash = (hash ^ tail) * kMultiplier;
  return static_cast<uint32_t>(hash >> 32);
}

}  // namespace fcc::fxml

#endif  // FCC_COMPILER_FXML_NAME_HASH_H_
