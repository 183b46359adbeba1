// SPDX-License-Identifier: Apache-2.0
//
// Authenticated encryption for the container, on OpenSSL's EVP. A cipher object
// keeps its key schedule: make one a container, not one a chunk.

#ifndef FCC_RUNTIME_PACKAGE_AEAD_INTERNAL_H_
#define FCC_RUNTIME_PACKAGE_AEAD_INTERNAL_H_

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "runtime/base/result.h"
#include "runtime/package/sealed.h"

namespace fcc::package {

inline constexpr size_t kTagBytes = 16;
inline constexpr size_t kNonceBytes = 12;

using Nonce = std::array<uint8_t, kNonceBytes>;
using SecretKey = std::array<uint8_t, 32>;

class Aead {
 public:
  static base::Result<std::unique_ptr<Aead>> Create(Suite suite,
                                                    const SecretKey& key);
  virtual ~Aead() = default;
  // Appends clear.size() + kTagBytes bytes to `out`.
  virtual base::Status Encrypt(const Nonce& nonce, std::string_view associated,
                               std::string_view clear, std::string& out) = 0;
  // Appends sealed.size() - kTagBytes bytes to `out`; kCorrupt, and nothing
  // appended, when the tag does not fit.
  virtual base::Status Decrypt(const Nonce& nonce, std::string_view associated,
                               std::string_view sealed, std::string& out) = 0;
};

// HKDF-SHA256 (RFC 5869) to 32 bytes.
base::Result<SecretKey> DeriveKey(const SecretKey& secret,
                                  std::string_view salt, std::string_view info);

}  // namespace fcc::package

#endif  // FCC_RUNTIME_PACKAGE_AEAD_INTERNAL_H_
