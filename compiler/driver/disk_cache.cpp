// SPDX-License-Identifier: Apache-2.0

#include "compiler/driver/disk_cache.h"

#include <algorithm>
#include <vector>

namespace fcc::driver {

static constexpr std::string_view kMagic = "fcc-unit 1\n";
static constexpr size_t kDigestSize = 32;

std::string DiskCache::PathOf(const base::Hash128& key) const {
  const std::string name = base::ToHex(key);
  return directory_ + "/" + name.substr(0, 2) + "/" + name.substr(2);
}

std::optional<std::string> DiskCache::Load(const base::Hash128& key) {
  const base::Result<std::string> file =
      fs_.ReadFile(PathOf(key), kMaxEntryBytes + 4096);
  const size_t begin = kMagic.size() + kDigestSize;
  if (!file || file->size() < begin || !file->starts_with(kMagic)) {
    return std::nullopt;
  }
  std::string bytes = file->substr(begin);
  if (file->substr(kMagic.size(), kDigestSize) !=
      base::ToHex(base::HashContent(bytes))) {
    return std::nullopt;
  }
  return bytes;
}

// The older half goes, so that this is seldom.
void DiskCache::MakeRoom(const std::string& folder) {
  const auto entries = fs_.List(folder);
  if (!entries || entries->size() < kMaxEntriesOfFolder) {
    return;
  }
  std::vector<std::pair<int64_t, std::string>> by_age;
  for (const base::DirectoryEntry& entry : *entries) {
    const std::string path = folder + "/" + entry.name;
    const base::Result<base::FileInfo> info = fs_.Stat(path);
    by_age.emplace_back(info ? info->modified_ns : 0, path);
  }
  std::ranges::sort(by_age);
  by_age.resize(by_age.size() - kMaxEntriesOfFolder / 2);
  for (const auto& [age, path] : by_age) {
    // What cannot be removed is no worse than it was.
    static_cast<void>(fs_.RemoveAll(path));
  }
}

void DiskCache::Store(const base::Hash128& key, std::string_view bytes) {
  if (bytes.size() > kMaxEntryBytes) {
    return;
  }
  const std::string path = PathOf(key);
  const std::string folder(base::DirectoryOf(path));
  const size_t number = static_cast<size_t>(
      std::stoul(path.substr(folder.size() - 2, 2), nullptr, 16));
  if (!tidied_[number].exchange(true)) {
    MakeRoom(folder);
  }
  std::string file(kMagic);
  file += base::ToHex(base::HashContent(bytes));
  file += bytes;
  // A full or read-only disk costs speed only.
  static_cast<void>(fs_.WriteFile(path, file));
}

}  // namespace fcc::driver
