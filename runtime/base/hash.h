// SPDX-License-Identifier: Apache-2.0
//
// Hashes. Fast ones key caches and tables and say nothing about trust; SHA-256
// is what manifests and pins quote.

#ifndef FCC_RUNTIME_BASE_HASH_H_
#define FCC_RUNTIME_BASE_HASH_H_

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace fcc::base {

// XXH3, 64 bits.
uint64_t HashFast(std::string_view bytes, uint64_t seed = 0);

struct Hash128 {
  uint64_t low = 0;
  uint64_t high = 0;
  bool operator==(const Hash128&) const = default;
  auto operator<=>(const Hash128&) const = default;
};
// XXH3, 128 bits: wide enough to key a content cache.
Hash128 HashContent(std::string_view bytes);

using Sha256Digest = std::array<uint8_t, 32>;
Sha256Digest Sha256(std::string_view bytes);

// Lower-case hexadecimal.
std::string ToHex(std::string_view bytes);
std::string ToHex(const Sha256Digest& digest);
std::string ToHex(const Hash128& hash);

}  // namespace fcc::base

#endif  // FCC_RUNTIME_BASE_HASH_H_
