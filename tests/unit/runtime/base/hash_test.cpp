// SPDX-License-Identifier: Apache-2.0

#include "runtime/base/hash.h"

#include <gtest/gtest.h>

#include "runtime/base/arena.h"

namespace fcc::base {
namespace {

// FIPS 180-2, appendix B.1.
TEST(HashTest, Sha256OfAbc) {
  EXPECT_EQ(ToHex(Sha256("abc")),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(HashTest, ContentHashesDifferByContent) {
  EXPECT_NE(HashContent("a"), HashContent("b"));
  EXPECT_EQ(HashContent("a"), HashContent("a"));
  EXPECT_EQ(ToHex(HashContent("a")).size(), 32u);
}

TEST(ArenaTest, KeepsWhatItIsGiven) {
  Arena arena(16);
  std::vector<std::string_view> texts;
  for (int i = 0; i < 1000; ++i) {
    texts.push_back(arena.Copy(std::to_string(i)));
  }
  for (size_t i = 0; i < texts.size(); ++i) {
    EXPECT_EQ(texts[i], std::to_string(i));
  }
  auto* number = arena.New<uint64_t>(7u);
  EXPECT_EQ(reinterpret_cast<uintptr_t>(number) % alignof(uint64_t), 0u);
  EXPECT_LT(arena.reserved_bytes(), 10000u);
}

}  // namespace
}  // namespace fcc::base
