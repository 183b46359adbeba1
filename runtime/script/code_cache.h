// SPDX-License-Identifier: Apache-2.0
//
// Compiled programs kept between runs. Loading one takes a twentieth of the
// time of compiling its text, but the engine believes what it loads: bytes
// that the engine did not write itself end in memory corruption. So a cache
// gives back only what it can prove it was given. Never fill one from a
// package that is not authenticated.

#ifndef FCC_RUNTIME_SCRIPT_CODE_CACHE_H_
#define FCC_RUNTIME_SCRIPT_CODE_CACHE_H_

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "runtime/base/file_system.h"
#include "runtime/base/result.h"

namespace fcc::script {

class Heap;

class CodeCache {
 public:
  virtual ~CodeCache() = default;
  // What was stored under `key`, byte for byte; nothing when in doubt. A key is
  // hexadecimal: the digest of the engine's build, the file's name and the
  // text.
  virtual std::optional<std::string> Load(std::string_view key) = 0;
  // May forget.
  virtual void Store(std::string_view key, std::string_view code) = 0;
};

// The digest of the engine's source and configuration.
std::string_view EngineBuild();

// From now on `heap` compiles texts of a kilobyte and more through `cache`,
// which is not owned and may be null.
void UseCodeCache(Heap& heap, CodeCache* cache);

// A directory of files, each with a code of authentication (HMAC-SHA256) over
// the engine's build, its key and its bytes. The secret is the file `key` in
// the directory, made when it is missing, for its owner's eyes only.
class CodeStore : public CodeCache {
 public:
  // Fails when there is no secret and none can be made. `files` is not owned.
  // What another build of the engine stored is not believed.
  static base::Result<std::unique_ptr<CodeStore>> Open(
      base::FileSystem& files, std::string directory,
      std::string_view engine_build = EngineBuild());

  std::optional<std::string> Load(std::string_view key) override;
  void Store(std::string_view key, std::string_view code) override;

 private:
  CodeStore(base::FileSystem& files, std::string directory, std::string secret,
            std::string_view engine_build)
      : files_(files),
        directory_(std::move(directory)),
        secret_(std::move(secret)),
        engine_build_(engine_build) {}
  std::string PathOf(std::string_view key) const;
  void Remember(std::string_view key, std::string_view code);
  std::string Authenticate(std::string_view key, std::string_view code) const;

  base::FileSystem& files_;
  std::string directory_;
  std::string secret_;
  std::string engine_build_;
  bool tidied_ = false;
  // What was loaded or stored already: one process makes many heaps.
  std::unordered_map<std::string, std::string> known_;
  size_t known_bytes_ = 0;
};

}  // namespace fcc::script

#endif  // FCC_RUNTIME_SCRIPT_CODE_CACHE_H_
