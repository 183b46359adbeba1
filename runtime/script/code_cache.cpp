// SPDX-License-Identifier: Apache-2.0

#include "runtime/script/code_cache.h"

#include <random>

#include "runtime/base/hash.h"

namespace fcc::script {

static constexpr std::string_view kMagic = "fcc-code 2\n";
static constexpr size_t kSecretSize = 32;
static constexpr size_t kMacSize = 32;
// Of what is kept in memory, all programs together.
static constexpr size_t kMaxKnown = size_t{32} << 20;
static constexpr uint64_t kMaxCodeSize = uint64_t{64} << 20;
// More entries than this and all are dropped: a cache of this many programs is
// mostly of texts that have changed since.
static constexpr size_t kMaxEntries = 4096;

static std::string Bytes(const base::Sha256Digest& digest) {
  return std::string(reinterpret_cast<const char*>(digest.data()),
                     digest.size());
}

// RFC 2104, for secrets of at most 64 bytes.
static std::string Hmac(std::string_view secret, std::string_view text) {
  std::string inner(64, '\x36');
  std::string outer(64, '\x5c');
  for (size_t i = 0; i < secret.size(); ++i) {
    inner[i] = static_cast<char>(inner[i] ^ secret[i]);
    outer[i] = static_cast<char>(outer[i] ^ secret[i]);
  }
  inner += text;
  outer += Bytes(base::Sha256(inner));
  return Bytes(base::Sha256(outer));
}

// In a time that says nothing about where they differ.
static bool SameMac(std::string_view left, std::string_view right) {
  unsigned char difference = 0;
  for (size_t i = 0; i < kMacSize; ++i) {
    difference |= static_cast<unsigned char>(left[i] ^ right[i]);
  }
  return difference == 0;
}

base::Result<std::unique_ptr<CodeStore>> CodeStore::Open(
    base::FileSystem& files, std::string directory,
    std::string_view engine_build) {
  const std::string path = directory + "/key";
  base::Result<std::string> secret = files.ReadFile(path, kSecretSize);
  if (!secret || secret->size() != kSecretSize) {
    std::random_device random;
    std::string fresh;
    while (fresh.size() < kSecretSize) {
      const auto word = random();
      for (unsigned shift = 0; shift < 32; shift += 8) {
        fresh.push_back(static_cast<char>(word >> shift));
      }
    }
    FCC_TRY(files.WritePrivateFile(path, fresh));
    // Another process may have made one meanwhile; the file's counts.
    secret = files.ReadFile(path, kSecretSize);
    if (!secret) {
      return secret.error();
    }
  }
  return std::unique_ptr<CodeStore>(new CodeStore(
      files, std::move(directory), std::move(secret).value(), engine_build));
}

std::string CodeStore::PathOf(std::string_view key) const {
  return directory_ + "/" + std::string(key) + ".bin";
}

std::string CodeStore::Authenticate(std::string_view key,
                                    std::string_view code) const {
  std::string text = engine_build_;
  text += '\0';
  text += key;
  text += '\0';
  text += code;
  return Hmac(secret_, text);
}

void CodeStore::Remember(std::string_view key, std::string_view code) {
  if (known_bytes_ + code.size() <= kMaxKnown) {
    known_bytes_ += code.size();
    known_.insert_or_assign(std::string(key), std::string(code));
  }
}

std::optional<std::string> CodeStore::Load(std::string_view key) {
  if (const auto known = known_.find(std::string(key)); known != known_.end()) {
    return known->second;
  }
  base::Result<std::string> file = files_.ReadFile(PathOf(key), kMaxCodeSize);
  const size_t begin = kMagic.size() + kMacSize;
  if (!file || file->size() < begin || !file->starts_with(kMagic)) {
    return std::nullopt;
  }
  const std::string_view mac =
      std::string_view(*file).substr(kMagic.size(), kMacSize);
  std::string code = file->substr(begin);
  if (!SameMac(mac, Authenticate(key, code))) {
    return std::nullopt;
  }
  Remember(key, code);
  return code;
}

void CodeStore::Store(std::string_view key, std::string_view code) {
  if (code.size() > kMaxCodeSize / 2) {
    return;
  }
  Remember(key, code);
  if (!std::exchange(tidied_, true)) {
    const auto entries = files_.List(directory_);
    if (entries && entries->size() > kMaxEntries) {
      for (const base::DirectoryEntry& entry : *entries) {
        if (entry.name != "key") {
          // What cannot be removed is no worse than it was.
          static_cast<void>(files_.RemoveAll(directory_ + "/" + entry.name));
        }
      }
    }
  }
  std::string file(kMagic);
  file += Authenticate(key, code);
  file += code;
  // A full or read-only disk costs speed only.
  static_cast<void>(files_.WriteFile(PathOf(key), file));
}

}  // namespace fcc::script
