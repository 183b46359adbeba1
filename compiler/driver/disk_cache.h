// SPDX-License-Identifier: Apache-2.0
//
// Compiled files in a folder of the user's, shared by all projects and
// processes: two hexadecimal digits as a folder, the rest of the key as a file.
// Each entry carries a digest of its bytes, so a torn or rotten one is none;
// entries are put in place by a rename, so processes do not see halves. A
// folder that cannot be read or written costs speed only.
//
// Old entries go first when a folder holds too many; nothing else cleans up,
// and deleting the whole folder at any time is fine.

#ifndef FCC_COMPILER_DRIVER_DISK_CACHE_H_
#define FCC_COMPILER_DRIVER_DISK_CACHE_H_

#include <array>
#include <atomic>
#include <string>

#include "compiler/graph/unit_cache.h"
#include "runtime/base/file_system.h"

namespace fcc::driver {

class DiskCache : public graph::UnitCache {
 public:
  // Entries in one of the 256 folders: some 16,000 files of 10 KB in all.
  static constexpr size_t kMaxEntriesOfFolder = 64;
  // What is larger is compiled each time.
  static constexpr uint64_t kMaxEntryBytes = uint64_t{16} << 20;

  // `fs` must outlive the cache; `directory` is absolute and need not exist.
  DiskCache(base::FileSystem& fs, std::string directory)
      : fs_(fs), directory_(std::move(directory)) {}

  std::optional<std::string> Load(const base::Hash128& key) override;
  void Store(const base::Hash128& key, std::string_view bytes) override;

 private:
  std::string PathOf(const base::Hash128& key) const;
  void MakeRoom(const std::string& folder);

  base::FileSystem& fs_;
  const std::string directory_;
  // Folders that this process has made room in, by number.
  std::array<std::atomic<bool>, 256> tidied_ = {};
};

}  // namespace fcc::driver

#endif  // FCC_COMPILER_DRIVER_DISK_CACHE_H_
