// SPDX-License-Identifier: Apache-2.0
//
// Zips as they come and as an enemy would make them. They are laid out by hand
// here, so that every field can lie.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "runtime/base/format.h"
#include "runtime/package/source.h"

namespace fcc::package {
namespace {

using base::ErrorKind;
using testing::ElementsAre;
using testing::HasSubstr;

struct Entry {
  std::string name = {};
  std::string data = {};
  uint16_t method = 0;
  // What the central directory claims; -1 for the truth.
  int64_t size = -1;
  int64_t packed_size = -1;
  int64_t crc = -1;
  uint16_t flags = 0;
  // st_mode of an entry made on Unix.
  uint32_t mode = 0100644;
  // The name in the local header; empty for the same.
  std::string local_name = {};
};

void Put(std::string& out, uint64_t number, int bytes) {
  for (int i = 0; i < bytes; ++i) {
    out += static_cast<char>(number >> (8 * i));
  }
}

uint32_t Crc(std::string_view data) {
  uint32_t crc = 0xFFFFFFFFu;
  for (char c : data) {
    crc ^= static_cast<uint8_t>(c);
    for (int i = 0; i < 8; ++i) {
      crc = crc >> 1 ^ (crc & 1 ? 0xEDB88320u : 0);
    }
  }
  return ~crc;
}

std::string Zip(const std::vector<Entry>& entries, std::string comment = {}) {
  std::string out;
  std::string directory;
  for (const Entry& entry : entries) {
    const size_t offset = out.size();
    const std::string& local =
        entry.local_name.empty() ? entry.name : entry.local_name;
    Put(out, 0x04034b50, 4);
    Put(out, 20, 2);
    Put(out, entry.flags, 2);
    Put(out, entry.method, 2);
    Put(out, 0, 4);
    Put(out, Crc(entry.data), 4);
    Put(out, entry.data.size(), 4);
    Put(out, entry.data.size(), 4);
    Put(out, local.size(), 2);
    Put(out, 0, 2);
    out += local + entry.data;

    auto claim = [](int64_t claimed, uint64_t truth) {
      return claimed < 0 ? truth : static_cast<uint64_t>(claimed);
    };
    Put(directory, 0x02014b50, 4);
    Put(directory, 3 << 8 | 20, 2);
    Put(directory, 20, 2);
    Put(directory, entry.flags, 2);
    Put(directory, entry.method, 2);
    Put(directory, 0, 4);
    Put(directory, claim(entry.crc, Crc(entry.data)), 4);
    Put(directory, claim(entry.packed_size, entry.data.size()), 4);
    Put(directory, claim(entry.size, entry.data.size()), 4);
    Put(directory, entry.name.size(), 2);
    Put(directory, 0, 2);
    Put(directory, 0, 2);
    Put(directory, 0, 4);
    Put(directory, uint64_t{entry.mode} << 16, 4);
    Put(directory, offset, 4);
    directory += entry.name;
  }
  const size_t at = out.size();
  out += directory;
  Put(out, 0x06054b50, 4);
  Put(out, 0, 4);
  Put(out, entries.size(), 2);
  Put(out, entries.size(), 2);
  Put(out, directory.size(), 4);
  Put(out, at, 4);
  Put(out, comment.size(), 2);
  return out + comment;
}

// Deflate's stored block: the smallest stream that unpacks to `data`.
std::string Deflated(std::string_view data) {
  std::string out = "\x01";
  Put(out, data.size(), 2);
  Put(out, ~data.size(), 2);
  return out + std::string(data);
}

base::Error Refusal(std::string zip, const SourceLimits& limits = {}) {
  base::Result<std::unique_ptr<Source>> opened =
      OpenZip(std::move(zip), limits);
  return opened ? base::Error{ErrorKind::kIo, "it was opened"} : opened.error();
}

TEST(ZipSource, ReadsStoredAndDeflatedFiles) {
  Entry packed{.name = "页面/b.js", .data = Deflated("packed"), .method = 8};
  packed.size = 6;
  packed.crc = Crc("packed");
  auto source = OpenZip(Zip({{.name = "pages/", .mode = 040755},
                             packed,
                             {.name = "a.js", .data = "plain"}},
                            "a comment"));
  ASSERT_TRUE(source.ok()) << source.error().message;
  EXPECT_THAT((*source)->names(), ElementsAre("a.js", "页面/b.js"));
  EXPECT_EQ((*source)->Read("a.js").value(), "plain");
  EXPECT_EQ((*source)->Read("页面/b.js").value(), "packed");
  EXPECT_EQ((*source)->Read("c.js").error().kind, ErrorKind::kNotFound);
}

TEST(ZipSource, RefusesNamesThatLeaveThePackage) {
  for (const char* name : {"../a", "a/../../b", "/etc/passwd", "a\\b", "C:/a",
                           "a//b", "./a", "..", ""}) {
    EXPECT_EQ(Refusal(Zip({{.name = name}})).kind, ErrorKind::kCorrupt) << name;
  }
}

TEST(ZipSource, RefusesLinksAndDevices) {
  EXPECT_THAT(
      Refusal(Zip({{.name = "a", .data = "/etc", .mode = 0120777}})).message,
      HasSubstr("link"));
}

TEST(ZipSource, RefusesTwoFilesOfOneName) {
  EXPECT_THAT(Refusal(Zip({{.name = "a"}, {.name = "a"}})).message,
              HasSubstr("twice"));
}

TEST(ZipSource, RefusesWhatTheTwoHeadersDisagreeOn) {
  EXPECT_THAT(Refusal(Zip({{.name = "a.js", .local_name = "b.js"}})).message,
              HasSubstr("another name"));
}

TEST(ZipSource, RefusesEncryptedAndOddlyPackedFiles) {
  EXPECT_EQ(Refusal(Zip({{.name = "a", .flags = 1}})).kind,
            ErrorKind::kUnsupported);
  EXPECT_EQ(Refusal(Zip({{.name = "a", .method = 12}})).kind,
            ErrorKind::kUnsupported);
}

TEST(ZipSource, RefusesMoreThanTheLimits) {
  SourceLimits limits;
  limits.max_file_bytes = 10;
  EXPECT_EQ(Refusal(Zip({{.name = "a", .size = 11}}), limits).kind,
            ErrorKind::kLimit);
  limits.max_total_bytes = 15;
  EXPECT_EQ(
      Refusal(Zip({{.name = "a", .size = 9}, {.name = "b", .size = 9}}), limits)
          .kind,
      ErrorKind::kLimit);
  limits.max_files = 1;
  EXPECT_EQ(Refusal(Zip({{.name = "a"}, {.name = "b"}}), limits).kind,
            ErrorKind::kLimit);
}

// A bomb says it is small: what it unpacks to beyond that is never made.
TEST(ZipSource, StopsAtTheSizeItWasTold) {
  Entry bomb{
      .name = "a", .data = Deflated(std::string(60'000, 'x')), .method = 8};
  bomb.size = 10;
  auto source = OpenZip(Zip({bomb}));
  ASSERT_TRUE(source.ok());
  EXPECT_EQ((*source)->Read("a").error().kind, ErrorKind::kCorrupt);
}

TEST(ZipSource, RefusesDamagedContents) {
  auto wrong_crc = OpenZip(Zip({{.name = "a", .data = "x", .crc = 1}}));
  ASSERT_TRUE(wrong_crc.ok());
  EXPECT_THAT((*wrong_crc)->Read("a").error().message, HasSubstr("checksum"));
  auto no_stream =
      OpenZip(Zip({{.name = "a", .data = "\xFF\xFF", .method = 8}}));
  ASSERT_TRUE(no_stream.ok());
  EXPECT_EQ((*no_stream)->Read("a").error().kind, ErrorKind::kCorrupt);
}

TEST(ZipSource, EveryCutAndEveryFlippedByteIsAnswered) {
  const std::string zip = Zip({{.name = "a.js", .data = "first"},
                               {.name = "b/c.js", .data = "second"}});
  auto read_all = [](std::string bytes) {
    auto source = OpenZip(std::move(bytes));
    if (source) {
      for (const std::string& name : (*source)->names()) {
        static_cast<void>((*source)->Read(name).ok());
      }
    }
  };
  for (size_t size = 0; size < zip.size(); ++size) {
    EXPECT_FALSE(OpenZip(zip.substr(0, size)).ok()) << size;
  }
  for (size_t at = 0; at < zip.size(); ++at) {
    for (int bit = 0; bit < 8; ++bit) {
      std::string flipped = zip;
      flipped[at] = static_cast<char>(flipped[at] ^ (1 << bit));
      read_all(std::move(flipped));
    }
  }
}

TEST(IsSafeName, TakesOnlyNamesInside) {
  EXPECT_TRUE(IsSafeName("a/b.c"));
  EXPECT_TRUE(IsSafeName(".fcc/manifest.json"));
  EXPECT_TRUE(IsSafeName("..a/b.."));
  EXPECT_FALSE(IsSafeName(std::string("a\0b", 3)));
  EXPECT_FALSE(IsSafeName("a/"));
  EXPECT_FALSE(IsSafeName(std::string(5000, 'a')));
}

}  // namespace
}  // namespace fcc::package
