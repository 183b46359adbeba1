// SPDX-License-Identifier: Apache-2.0

#include "runtime/package/sealed.h"

#include <gtest/gtest.h>

#include <random>

namespace fcc::package {
namespace {

KeyFile TestKey(uint8_t seed) {
  KeyFile key;
  key.key.fill(seed);
  return key;
}

// Counts up: the same bytes every time.
RandomSource CountingRandom() {
  return [next = uint8_t{0}](uint8_t* out, size_t size) mutable {
    for (size_t i = 0; i < size; ++i) {
      out[i] = next++;
    }
    return base::Status();
  };
}

std::map<std::string, std::string> Files() {
  return {{"a.js", "let a;"},
          {"empty", ""},
          {"images/大.png", std::string(200'000, 'x')},
          {"one-chunk", std::string(kChunkBytes, 'y')}};
}

std::string SealedFor(std::vector<KeyFile> keys) {
  SealOptions options;
  options.keys = std::move(keys);
  options.random = CountingRandom();
  return Seal(Files(), options).value();
}

base::Result<std::unique_ptr<Source>> Open(std::string bytes,
                                           const KeyFile& key) {
  return OpenSealed(ReadFromMemory(std::move(bytes)), key);
}

TEST(SealedTest, GivesBackWhatWasSealed) {
  std::string bytes = SealedFor({TestKey(1), TestKey(2)});
  for (uint8_t seed : {1, 2}) {
    auto source = Open(bytes, TestKey(seed)).value();
    EXPECT_EQ(source->names().size(), 4u);
    for (const auto& [name, content] : Files()) {
      EXPECT_EQ(source->Read(name).value(), content) << name;
    }
    EXPECT_EQ(source->Read("none").error().kind, base::ErrorKind::kNotFound);
  }
}

TEST(SealedTest, ShowsNothingOfTheContents) {
  std::string bytes = SealedFor({TestKey(1)});
  EXPECT_EQ(bytes.find("a.js"), std::string::npos);
  EXPECT_EQ(bytes.find("let a;"), std::string::npos);
  EXPECT_EQ(bytes.find("xxxx"), std::string::npos);
}

TEST(SealedTest, TwoSealsDiffer) {
  SealOptions options;
  options.keys = {TestKey(1)};
  EXPECT_NE(Seal(Files(), options).value(), Seal(Files(), options).value());
}

TEST(SealedTest, RefusesAnotherKeyAndSaysWhichItNeeds) {
  auto opened = Open(SealedFor({TestKey(1)}), TestKey(3));
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().kind, base::ErrorKind::kRefused);
  EXPECT_NE(opened.error().message.find(TestKey(1).Id()), std::string::npos);
}

TEST(SealedTest, InspectNeedsNoKey) {
  auto reader = ReadFromMemory(SealedFor({TestKey(1)}));
  SealedInfo info = InspectSealed(*reader).value();
  EXPECT_EQ(info.version, kSealedVersion);
  EXPECT_EQ(info.suite, Suite::kAes256Gcm);
  EXPECT_EQ(info.key_ids, std::vector<std::string>{TestKey(1).Id()});
  EXPECT_EQ(info.container_id, "000102030405060708090a0b0c0d0e0f");
}

// Every byte of the container matters: none can be changed without a refusal,
// either when it is opened or when the entry it belongs to is read. The unused
// bytes at the end of a key slot are bound to the index.
TEST(SealedTest, NoticesEveryChangedByte) {
  SealOptions options;
  options.keys = {TestKey(1)};
  options.random = CountingRandom();
  std::map<std::string, std::string> files = {{"a", "12345"}, {"b", ""}};
  std::string bytes = Seal(files, options).value();
  for (size_t i = 0; i < bytes.size(); ++i) {
    std::string changed = bytes;
    changed[i] = static_cast<char>(changed[i] ^ 0x40);
    auto source = Open(changed, TestKey(1));
    if (!source) {
      continue;
    }
    bool noticed = false;
    for (const auto& [name, content] : files) {
      noticed |= !(*source)->Read(name);
    }
    EXPECT_TRUE(noticed) << "byte " << i;
  }
}

TEST(SealedTest, NoticesEveryCut) {
  std::string bytes = SealedFor({TestKey(1)});
  for (size_t size = 0; size < bytes.size(); size += 1 + size / 50) {
    EXPECT_FALSE(Open(bytes.substr(0, size), TestKey(1))) << size;
  }
  EXPECT_FALSE(Open(bytes + "x", TestKey(1)));
}

TEST(SealedTest, ChunksCannotTradePlaces) {
  std::string bytes = SealedFor({TestKey(1)});
  // The first two chunks of the large file are alike in clear and in size.
  size_t sealed_chunk = kChunkBytes + 16;
  size_t first = 48 + 76 + (6 + 16) + 16;
  std::string swapped = bytes;
  swapped.replace(first, sealed_chunk, bytes, first + sealed_chunk,
                  sealed_chunk);
  swapped.replace(first + sealed_chunk, sealed_chunk, bytes, first,
                  sealed_chunk);
  ASSERT_NE(swapped, bytes);
  auto source = Open(swapped, TestKey(1)).value();
  EXPECT_EQ(source->Read("images/大.png").error().kind,
            base::ErrorKind::kCorrupt);
  EXPECT_TRUE(source->Read("a.js"));
}

TEST(SealedTest, KeepsTheLimits) {
  SourceLimits limits;
  limits.max_file_bytes = 1000;
  auto opened =
      OpenSealed(ReadFromMemory(SealedFor({TestKey(1)})), TestKey(1), limits);
  EXPECT_EQ(opened.error().kind, base::ErrorKind::kLimit);
}

TEST(SealedTest, RefusesNamesThatLeaveThePackage) {
  SealOptions options;
  options.keys = {TestKey(1)};
  EXPECT_FALSE(Seal({{"../a", ""}}, options));
  EXPECT_FALSE(Seal({{"/a", ""}}, options));
  options.keys.clear();
  EXPECT_FALSE(Seal({{"a", ""}}, options));
}

TEST(SealedTest, ReadsFromAFilePieceByPiece) {
  base::MemoryFileSystem fs;
  ASSERT_TRUE(fs.WriteFile("x.fcp", SealedFor({TestKey(1)})));
  auto source =
      OpenSealed(ReadFromFile(fs, "x.fcp").value(), TestKey(1)).value();
  EXPECT_EQ(source->Read("a.js").value(), "let a;");
}

TEST(KeyFileTest, MakesTheRoundTrip) {
  KeyFile key = GenerateKeyFile().value();
  EXPECT_EQ(ParseKeyFile(WriteKeyFile(key)).value().key, key.key);
  EXPECT_EQ(ParseKeyFile("fcc-key-v1 " + std::string(64, 'a') + "\r\n\n")
                .value()
                .key[31],
            0xAA);
  EXPECT_NE(GenerateKeyFile().value().key, key.key);
}

TEST(KeyFileTest, RefusesWhatIsNone) {
  for (std::string_view text :
       {"", "# only\n", "fcc-key-v1 12", "fcc-key-v2 0", "hello"}) {
    EXPECT_FALSE(ParseKeyFile(text)) << text;
  }
  std::string line = "fcc-key-v1 " + std::string(64, 'a') + "\n";
  EXPECT_FALSE(ParseKeyFile(line + line));
  EXPECT_FALSE(ParseKeyFile("fcc-key-v1 " + std::string(64, 'g')));
}

}  // namespace
}  // namespace fcc::package
