// SPDX-License-Identifier: Apache-2.0

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/params.h>
#include <openssl/rand.h>

#include "runtime/package/aead_internal.h"

namespace fcc::package {

namespace {

struct ContextDeleter {
  void operator()(EVP_CIPHER_CTX* context) const {
    EVP_CIPHER_CTX_free(context);
  }
};
using Context = std::unique_ptr<EVP_CIPHER_CTX, ContextDeleter>;

base::Error CryptoFailed() {
  return {base::ErrorKind::kIo, "the cryptographic library failed"};
}

unsigned char* Bytes(std::string& text) {
  return reinterpret_cast<unsigned char*>(text.data());
}
const unsigned char* Bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

class Aes256Gcm : public Aead {
 public:
  Aes256Gcm(Context encrypt, Context decrypt)
      : encrypt_(std::move(encrypt)), decrypt_(std::move(decrypt)) {}

  base::Status Encrypt(const Nonce& nonce, std::string_view associated,
                       std::string_view clear, std::string& out) override {
    size_t begin = out.size();
    out.resize(begin + clear.size() + kTagBytes);
    unsigned char* to = Bytes(out) + begin;
    int done = 0;
    EVP_CIPHER_CTX* context = encrypt_.get();
    bool ok = EVP_EncryptInit_ex(context, nullptr, nullptr, nullptr,
                                 nonce.data()) == 1 &&
              EVP_EncryptUpdate(context, nullptr, &done, Bytes(associated),
                                static_cast<int>(associated.size())) == 1 &&
              (clear.empty() ||
               EVP_EncryptUpdate(context, to, &done, Bytes(clear),
                                 static_cast<int>(clear.size())) == 1) &&
              EVP_EncryptFinal_ex(context, to + clear.size(), &done) == 1 &&
              EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, kTagBytes,
                                  to + clear.size()) == 1;
    if (!ok) {
      out.resize(begin);
      return CryptoFailed();
    }
    return {};
  }

  base::Status Decrypt(const Nonce& nonce, std::string_view associated,
                       std::string_view sealed, std::string& out) override {
    size_t begin = out.size();
    if (sealed.size() < kTagBytes) {
      return base::Error{base::ErrorKind::kCorrupt,
                         "the encrypted data is cut off"};
    }
    std::string_view body = sealed.substr(0, sealed.size() - kTagBytes);
    std::string tag(sealed.substr(body.size()));
    out.resize(begin + body.size());
    unsigned char* to = Bytes(out) + begin;
    int done = 0;
    EVP_CIPHER_CTX* context = decrypt_.get();
    bool ok = EVP_DecryptInit_ex(context, nullptr, nullptr, nullptr,
                                 nonce.data()) == 1 &&
              EVP_DecryptUpdate(context, nullptr, &done, Bytes(associated),
                                static_cast<int>(associated.size())) == 1 &&
              (body.empty() ||
               EVP_DecryptUpdate(context, to, &done, Bytes(body),
                                 static_cast<int>(body.size())) == 1) &&
              EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, kTagBytes,
                                  tag.data()) == 1 &&
              EVP_DecryptFinal_ex(context, to + body.size(), &done) == 1;
    if (!ok) {
      // Unauthenticated clear text must not be left behind.
      std::fill(out.begin() + static_cast<std::ptrdiff_t>(begin), out.end(),
                '\0');
      out.resize(begin);
      return base::Error{base::ErrorKind::kCorrupt,
                         "the encrypted data was changed after it was sealed"};
    }
    return {};
  }

 private:
  Context encrypt_;
  Context decrypt_;
};

}  // namespace

base::Result<std::unique_ptr<Aead>> Aead::Create(Suite suite,
                                                 const SecretKey& key) {
  switch (suite) {
    case Suite::kAes256Gcm: {
      Context encrypt(EVP_CIPHER_CTX_new());
      Context decrypt(EVP_CIPHER_CTX_new());
      if (encrypt == nullptr || decrypt == nullptr ||
          EVP_EncryptInit_ex(encrypt.get(), EVP_aes_256_gcm(), nullptr,
                             key.data(), nullptr) != 1 ||
          EVP_DecryptInit_ex(decrypt.get(), EVP_aes_256_gcm(), nullptr,
                             key.data(), nullptr) != 1) {
        return CryptoFailed();
      }
      return std::unique_ptr<Aead>(
          std::make_unique<Aes256Gcm>(std::move(encrypt), std::move(decrypt)));
    }
  }
  return base::Error{base::ErrorKind::kUnsupported, "unknown cipher suite"};
}

base::Result<SecretKey> DeriveKey(const SecretKey& secret,
                                  std::string_view salt,
                                  std::string_view info) {
  EVP_KDF* kdf = EVP_KDF_fetch(nullptr, "HKDF", nullptr);
  EVP_KDF_CTX* context = EVP_KDF_CTX_new(kdf);
  EVP_KDF_free(kdf);
  char digest[] = "SHA256";
  auto octets = [](const char* name, std::string_view bytes) {
    return OSSL_PARAM_construct_octet_string(
        name, const_cast<char*>(bytes.data()), bytes.size());
  };
  OSSL_PARAM params[] = {
      OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest, 0),
      OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY,
                                        const_cast<uint8_t*>(secret.data()),
                                        secret.size()),
      octets(OSSL_KDF_PARAM_SALT, salt), octets(OSSL_KDF_PARAM_INFO, info),
      OSSL_PARAM_construct_end()};
  SecretKey key;
  int ok = context == nullptr
               ? 0
               : EVP_KDF_derive(context, key.data(), key.size(), params);
  EVP_KDF_CTX_free(context);
  if (ok != 1) {
    return CryptoFailed();
  }
  return key;
}

RandomSource SystemRandom() {
  return [](uint8_t* out, size_t size) -> base::Status {
    if (RAND_bytes(out, static_cast<int>(size)) != 1) {
      return base::Error{base::ErrorKind::kIo,
                         "the system gives no random numbers"};
    }
    return {};
  };
}

}  // namespace fcc::package
