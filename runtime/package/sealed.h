// SPDX-License-Identifier: Apache-2.0
//
// The sealed container, `.fcp`: the files of an app, encrypted so that each is
// opened on its own when it is needed and its clear text stays in memory.
//
//   header      magic, version, suite, chunk size, container id, where the
//               index is, and a key slot for everyone who may open it
//   entries     each file in chunks of 64 KiB
//   index       names, sizes, offsets and SHA-256 of the entries, encrypted
//   signature   optional: over the header and the index
//
// Every container has a content key of its own, from the system's random
// source, so nonces are counters. A chunk is authenticated with its entry's
// name, its position and whether it is the last one: chunks cannot be moved,
// swapped between entries, or cut off. docs/package-format.md has the bytes.
//
// The reader trusts nothing before it is authenticated: sizes are checked
// against the file, the index is bounded by SourceLimits.

#ifndef FCC_RUNTIME_PACKAGE_SEALED_H_
#define FCC_RUNTIME_PACKAGE_SEALED_H_

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/result.h"
#include "runtime/package/source.h"

namespace fcc::package {

inline constexpr uint16_t kSealedVersion = 1;
inline constexpr uint32_t kChunkBytes = 64 * 1024;

enum class Suite : uint8_t {
  kAes256Gcm = 1,
};

std::string_view SuiteName(Suite suite);

// A symmetric key that a person keeps in a file: one line,
// `fcc-key-v1 <64 hexadecimal digits>`. Lines that begin with `#` are comments.
struct KeyFile {
  std::array<uint8_t, 32> key = {};
  // Names the key in public: the first 8 bytes of SHA-256("fcc key id" ‖ key).
  std::string Id() const;
};

// From the system's random source.
base::Result<KeyFile> GenerateKeyFile();
std::string WriteKeyFile(const KeyFile& key);
base::Result<KeyFile> ParseKeyFile(std::string_view text);

// Fills the buffer with random bytes; the seam for tests of exact bytes.
using RandomSource = std::function<base::Status(uint8_t* out, size_t size)>;
RandomSource SystemRandom();

struct SealOptions {
  Suite suite = Suite::kAes256Gcm;
  // Everyone who may open it; at least one, at most 255.
  std::vector<KeyFile> keys;
  RandomSource random = SystemRandom();
};

// The container's bytes. Fails with kCorrupt on a name that IsSafeName refuses.
base::Result<std::string> Seal(const std::map<std::string, std::string>& files,
                               const SealOptions& options);

// Where the container's bytes are read from, a piece at a time.
class RangeReader {
 public:
  virtual ~RangeReader() = default;
  virtual uint64_t size() const = 0;
  // Exactly `size` bytes, else a failure.
  virtual base::Result<std::string> Read(uint64_t offset, uint64_t size) = 0;
};
std::unique_ptr<RangeReader> ReadFromMemory(std::string bytes);
// `fs` must outlive the reader.
base::Result<std::unique_ptr<RangeReader>> ReadFromFile(base::FileSystem& fs,
                                                        std::string_view path);

// True when the bytes begin as a container does, whatever version it has.
bool LooksSealed(std::string_view first_bytes);

// What anyone can see of a container without a key.
struct SealedInfo {
  uint16_t version = 0;
  Suite suite = Suite::kAes256Gcm;
  std::string container_id;
  std::vector<std::string> key_ids;
  uint64_t container_bytes = 0;
};
base::Result<SealedInfo> InspectSealed(RangeReader& reader);

// kRefused when the key opens no slot; kCorrupt when anything was changed.
base::Result<std::unique_ptr<Source>> OpenSealed(
    std::unique_ptr<RangeReader> reader, const KeyFile& key,
    const SourceLimits& limits = {});

}  // namespace fcc::package

#endif  // FCC_RUNTIME_PACKAGE_SEALED_H_
