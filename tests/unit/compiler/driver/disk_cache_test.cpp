// SPDX-License-Identifier: Apache-2.0

#include "compiler/driver/disk_cache.h"

#include <gtest/gtest.h>

#include <set>

namespace fcc::driver {
namespace {

base::Hash128 Key(uint64_t number) {
  return {number, 0xAB00000000000000u};
}

TEST(DiskCache, KeepsWhatItWasGiven) {
  base::MemoryFileSystem fs;
  DiskCache(fs, "/c").Store(Key(1), "bytes");
  // Another process.
  DiskCache cache(fs, "/c");
  EXPECT_EQ(cache.Load(Key(1)), "bytes");
  EXPECT_EQ(cache.Load(Key(2)), std::nullopt);
}

TEST(DiskCache, RottenAndTornEntriesAreNone) {
  base::MemoryFileSystem fs;
  DiskCache cache(fs, "/c");
  cache.Store(Key(1), "bytes");
  ASSERT_EQ(fs.files().size(), 1u);
  const auto [path, good] = *fs.files().begin();
  for (size_t at = 0; at < good.size(); ++at) {
    std::string rotten = good;
    rotten[at] = static_cast<char>(rotten[at] ^ 1);
    ASSERT_TRUE(fs.WriteFile(path, rotten).ok());
    EXPECT_EQ(cache.Load(Key(1)), std::nullopt) << at;
    ASSERT_TRUE(fs.WriteFile(path, good.substr(0, at)).ok());
    EXPECT_EQ(cache.Load(Key(1)), std::nullopt) << at;
  }
}

TEST(DiskCache, DropsTheOldOfAFullFolder) {
  base::MemoryFileSystem fs;
  // A process tidies a folder once.
  for (uint64_t i = 0; i < 3 * DiskCache::kMaxEntriesOfFolder; ++i) {
    DiskCache(fs, "/c").Store(Key(i), "x");
  }
  EXPECT_LE(fs.files().size(), DiskCache::kMaxEntriesOfFolder);
  EXPECT_GE(fs.files().size(), DiskCache::kMaxEntriesOfFolder / 2);
}

TEST(DiskCache, AFullDiskCostsSpeedOnly) {
  base::MemoryFileSystem fs;
  fs.LimitSpace(10);
  DiskCache cache(fs, "/c");
  cache.Store(Key(1), "bytes");
  EXPECT_EQ(cache.Load(Key(1)), std::nullopt);
}

}  // namespace
}  // namespace fcc::driver
