// SPDX-License-Identifier: Apache-2.0
//
// Writes the sealed container.

#include <algorithm>

#include "runtime/base/format.h"
#include "runtime/base/hash.h"
#include "runtime/package/sealed_layout_internal.h"

namespace fcc::package {

std::string_view SuiteName(Suite suite) {
  switch (suite) {
    case Suite::kAes256Gcm:
      return "AES-256-GCM";
  }
  FCC_CHECK(false);
}

// The content key for everyone who may open the container.
static base::Status AppendSlots(std::string& header, const SealOptions& options,
                                const SecretKey& content_key,
                                std::string_view container_id) {
  for (const KeyFile& key : options.keys) {
    Nonce nonce;
    FCC_TRY(options.random(nonce.data(), nonce.size()));
    FCC_TRY_ASSIGN(SecretKey wrapping, WrappingKey(key, container_id));
    FCC_TRY_ASSIGN(auto aead, Aead::Create(options.suite, wrapping));
    std::string id = key.Id();
    for (size_t i = 0; i < kKeyIdBytes; ++i) {
      header += static_cast<char>(std::stoi(id.substr(2 * i, 2), nullptr, 16));
    }
    header.append(reinterpret_cast<const char*>(nonce.data()), nonce.size());
    std::string_view clear(reinterpret_cast<const char*>(content_key.data()),
                           content_key.size());
    FCC_TRY(aead->Encrypt(nonce, container_id, clear, header));
    header.append(kSlotBytes - kKeyIdBytes - kNonceBytes - 32 - kTagBytes,
                  '\0');
  }
  return {};
}

static base::Status AppendEntry(std::string& out, Aead& aead, uint32_t entry,
                                std::string_view name, std::string_view clear) {
  uint64_t count = ChunkCount(clear.size(), kChunkBytes);
  for (uint64_t chunk = 0; chunk < count; ++chunk) {
    std::string_view part = clear.substr(chunk * kChunkBytes, kChunkBytes);
    FCC_TRY(aead.Encrypt(CounterNonce(entry, chunk),
                         ChunkAssociated(name, chunk, chunk + 1 == count), part,
                         out));
  }
  return {};
}

base::Result<std::string> Seal(const std::map<std::string, std::string>& files,
                               const SealOptions& options) {
  if (options.keys.empty() || options.keys.size() > 255) {
    return base::Error{base::ErrorKind::kUnsupported,
                       "a container is sealed for 1 to 255 keys"};
  }
  std::string container_id(kContainerIdBytes, '\0');
  SecretKey content_key;
  FCC_TRY(options.random(reinterpret_cast<uint8_t*>(container_id.data()),
                         container_id.size()));
  FCC_TRY(options.random(content_key.data(), content_key.size()));
  FCC_TRY_ASSIGN(auto aead, Aead::Create(options.suite, content_key));

  uint64_t first = kHeaderBytes + options.keys.size() * kSlotBytes;
  uint64_t offset = first;
  std::string index;
  PutInteger(index, files.size(), 4);
  for (const auto& [name, bytes] : files) {
    if (!IsSafeName(name) || name.size() > 0xFFFF) {
      return base::Error{
          base::ErrorKind::kCorrupt,
          base::format("`{}` cannot name a file in a package", name)};
    }
    PutInteger(index, name.size(), 2);
    index += name;
    PutInteger(index, offset, 8);
    PutInteger(index, bytes.size(), 8);
    base::Sha256Digest digest = base::Sha256(bytes);
    index.append(reinterpret_cast<const char*>(digest.data()), digest.size());
    offset += SealedSize(bytes.size(), kChunkBytes);
  }

  std::string out(kSealedMagic);
  PutInteger(out, kSealedVersion, 2);
  PutInteger(out, static_cast<uint8_t>(options.suite), 1);
  PutInteger(out, options.keys.size(), 1);
  PutInteger(out, kChunkBytes, 4);
  out += container_id;
  PutInteger(out, offset, 8);
  PutInteger(out, index.size() + kTagBytes, 8);
  FCC_TRY(AppendSlots(out, options, content_key, container_id));
  FCC_CHECK(out.size() == first);
  std::string header = out;

  out.reserve(offset + index.size() + kTagBytes);
  uint32_t entry = 0;
  for (const auto& [name, bytes] : files) {
    FCC_TRY(AppendEntry(out, *aead, entry++, name, bytes));
  }
  FCC_CHECK(out.size() == offset);
  FCC_TRY(aead->Encrypt(CounterNonce(kIndexNonceEntry, 0), header, index, out));
  std::fill(content_key.begin(), content_key.end(), uint8_t{0});
  return out;
}

}  // namespace fcc::package
