// SPDX-License-Identifier: Apache-2.0
//
// The bytes that writer and reader of the container agree on. Integers are
// little-endian. docs/package-format.md, "The sealed container".
//
//   offset size
//        0    8  magic
//        8    2  version
//       10    1  suite
//       11    1  number of key slots
//       12    4  chunk size
//       16   16  container id, random
//       32    8  offset of the index
//       40    8  size of the index, its tag included
//       48   76  each key slot: id of the key (8), nonce (12), the content key
//                encrypted (32) with its tag (16), 8 bytes of zero
// then the entries, the index.
//
// The index is encrypted as one piece with the whole header as associated data.
// In clear: number of entries (4), then for each: size of the name (2), name,
// offset in the container (8), clear size (8), SHA-256 of the clear text (32).

#ifndef FCC_RUNTIME_PACKAGE_SEALED_LAYOUT_INTERNAL_H_
#define FCC_RUNTIME_PACKAGE_SEALED_LAYOUT_INTERNAL_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "runtime/package/aead_internal.h"

namespace fcc::package {

inline constexpr std::string_view kSealedMagic =
    "\x89"
    "FCP\r\n\x1a\n";
inline constexpr uint64_t kHeaderBytes = 48;
inline constexpr uint64_t kSlotBytes = 76;
inline constexpr size_t kContainerIdBytes = 16;
inline constexpr size_t kKeyIdBytes = 8;
inline constexpr uint64_t kIndexEntryBytes = 2 + 8 + 8 + 32;

inline void PutInteger(std::string& out, uint64_t number, int bytes) {
  for (int i = 0; i < bytes; ++i) {
    out += static_cast<char>(number >> (8 * i));
  }
}

inline uint64_t GetInteger(std::string_view bytes, size_t at, int size) {
  uint64_t number = 0;
  for (int i = 0; i < size; ++i) {
    number |= uint64_t{static_cast<uint8_t>(bytes[at + static_cast<size_t>(i)])}
              << (8 * i);
  }
  return number;
}

// The nonce of a chunk: entry (4), chunk (8). The index uses entry 0xFFFFFFFF.
inline Nonce CounterNonce(uint32_t entry, uint64_t chunk) {
  std::string bytes;
  PutInteger(bytes, entry, 4);
  PutInteger(bytes, chunk, 8);
  Nonce nonce;
  std::copy(bytes.begin(), bytes.end(), nonce.begin());
  return nonce;
}
inline constexpr uint32_t kIndexNonceEntry = 0xFFFFFFFF;

// What a chunk is bound to.
inline std::string ChunkAssociated(std::string_view name, uint64_t chunk,
                                   bool last) {
  std::string associated;
  PutInteger(associated, chunk, 8);
  associated += last ? '\1' : '\0';
  associated += name;
  return associated;
}

// An empty entry has one empty chunk, so that its emptiness is authenticated.
inline uint64_t ChunkCount(uint64_t clear_bytes, uint64_t chunk_bytes) {
  return clear_bytes == 0 ? 1 : (clear_bytes + chunk_bytes - 1) / chunk_bytes;
}
inline uint64_t SealedSize(uint64_t clear_bytes, uint64_t chunk_bytes) {
  return clear_bytes + ChunkCount(clear_bytes, chunk_bytes) * kTagBytes;
}

// The key that wraps the content key for a key file.
inline base::Result<SecretKey> WrappingKey(const KeyFile& key,
                                           std::string_view container_id) {
  return DeriveKey(key.key, container_id, "fcc container key slot v1");
}

}  // namespace fcc::package

#endif  // FCC_RUNTIME_PACKAGE_SEALED_LAYOUT_INTERNAL_H_
