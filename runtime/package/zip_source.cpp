// SPDX-License-Identifier: Apache-2.0
//
// Reads zips with our own eyes: a package is foreign bytes, and what a general
// archive library would accept (links, encryption, names that leave the folder,
// two entries of one name, a central directory that says one thing and a local
// header another) is refused here. zlib inflates.
//
// The writer is elsewhere (compiler/emit, libarchive), so a program that only
// runs packages carries no archive library.
//
// Clauses are those of APPNOTE.TXT 6.3.9.

#include <algorithm>
#include <cstring>

// zlib's header redeclares nothing of ours; its types stay in this file.
#include <zlib.h>

#include "runtime/base/format.h"
#include "runtime/package/source.h"

namespace fcc::package {

using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

constexpr uint32_t kEndSignature = 0x06054b50;      // 4.3.16
constexpr uint32_t kCentralSignature = 0x02014b50;  // 4.3.12
constexpr uint32_t kLocalSignature = 0x04034b50;    // 4.3.7
constexpr size_t kEndSize = 22;
constexpr size_t kCentralSize = 46;
constexpr size_t kLocalSize = 30;
constexpr uint16_t kEncrypted = 1;
constexpr uint16_t kStored = 0;
constexpr uint16_t kDeflated = 8;

struct ZipEntry {
  std::string name;
  uint16_t method = kStored;
  uint32_t crc = 0;
  uint64_t packed_size = 0;
  uint64_t size = 0;
  uint64_t local_offset = 0;
};

class ZipSource : public Source {
 public:
  static Result<std::unique_ptr<Source>> Open(std::string bytes,
                                              const SourceLimits& limits);
  const std::vector<std::string>& names() const override { return names_; }
  Result<std::string> Read(std::string_view name) override;

 private:
  base::Status ReadDirectory(const SourceLimits& limits);
  Result<std::string_view> PackedBytes(const ZipEntry& entry) const;

  std::string bytes_;
  // Sorted by name, beside names_.
  std::vector<ZipEntry> entries_;
  std::vector<std::string> names_;
};

}  // namespace

static uint16_t Read16(std::string_view bytes, size_t at) {
  return static_cast<uint16_t>(static_cast<uint8_t>(bytes[at]) |
                               static_cast<uint8_t>(bytes[at + 1]) << 8);
}

static uint32_t Read32(std::string_view bytes, size_t at) {
  return Read16(bytes, at) | static_cast<uint32_t>(Read16(bytes, at + 2)) << 16;
}

static Error Corrupt(std::string message) {
  return {ErrorKind::kCorrupt, "the zip is damaged: " + std::move(message)};
}

// 4.3.16: the end record stands last, behind it only its comment.
static Result<size_t> FindEndRecord(std::string_view bytes) {
  if (bytes.size() >= kEndSize) {
    size_t last = bytes.size() - kEndSize;
    size_t first = last > 0xFFFF ? last - 0xFFFF : 0;
    for (size_t at = last + 1; at-- > first;) {
      if (Read32(bytes, at) == kEndSignature &&
          at + kEndSize + Read16(bytes, at + 20) == bytes.size()) {
        return at;
      }
    }
  }
  return Corrupt("it has no end of central directory");
}

Result<std::unique_ptr<Source>> ZipSource::Open(std::string bytes,
                                                const SourceLimits& limits) {
  std::unique_ptr<ZipSource> source(new ZipSource);
  source->bytes_ = std::move(bytes);
  FCC_TRY(source->ReadDirectory(limits));
  return std::unique_ptr<Source>(std::move(source));
}

base::Status ZipSource::ReadDirectory(const SourceLimits& limits) {
  std::string_view bytes = bytes_;
  FCC_TRY_ASSIGN(size_t end, FindEndRecord(bytes));
  uint64_t count = Read16(bytes, end + 10);
  uint64_t directory_size = Read32(bytes, end + 12);
  uint64_t at = Read32(bytes, end + 16);
  if (count == 0xFFFF || at == 0xFFFFFFFFu) {
    return Error{ErrorKind::kUnsupported,
                 "the zip uses ZIP64, which packages do not need"};
  }
  if (Read16(bytes, end + 4) != 0 || Read16(bytes, end + 8) != count) {
    return Error{ErrorKind::kUnsupported, "the zip spans several disks"};
  }
  if (at + directory_size > end) {
    return Corrupt("its central directory passes its end");
  }
  if (count > limits.max_files) {
    return Error{ErrorKind::kLimit,
                 base::format("the zip holds {} files; the limit is {}", count,
                              limits.max_files)};
  }
  uint64_t directory_end = at + directory_size;
  uint64_t total = 0;
  for (uint64_t i = 0; i < count; ++i) {
    if (at + kCentralSize > directory_end ||
        Read32(bytes, at) != kCentralSignature) {
      return Corrupt("its central directory is cut short");
    }
    ZipEntry entry;
    uint16_t flags = Read16(bytes, at + 8);
    entry.method = Read16(bytes, at + 10);
    entry.crc = Read32(bytes, at + 16);
    entry.packed_size = Read32(bytes, at + 20);
    entry.size = Read32(bytes, at + 24);
    size_t name_size = Read16(bytes, at + 28);
    size_t extra_size = Read16(bytes, at + 30);
    size_t comment_size = Read16(bytes, at + 32);
    uint32_t attributes = Read32(bytes, at + 38);
    uint8_t made_by = static_cast<uint8_t>(bytes[at + 5]);
    entry.local_offset = Read32(bytes, at + 42);
    if (at + kCentralSize + name_size + extra_size + comment_size >
        directory_end) {
      return Corrupt("its central directory is cut short");
    }
    entry.name = std::string(bytes.substr(at + kCentralSize, name_size));
    at += kCentralSize + name_size + extra_size + comment_size;
    bool is_folder = !entry.name.empty() && entry.name.back() == '/';
    if (is_folder) {
      entry.name.pop_back();
    }
    if (!IsSafeName(entry.name)) {
      return Corrupt(
          base::format("the name `{}` leaves the package", entry.name));
    }
    // Made on Unix (3): the upper half holds st_mode; only a plain file or a
    // folder may be there.
    uint32_t file_type = made_by == 3 ? (attributes >> 16) & 0170000 : 0;
    if (file_type != 0 && file_type != 0100000 && file_type != 0040000) {
      return Corrupt(base::format("`{}` is a link or a device", entry.name));
    }
    if (is_folder) {
      continue;
    }
    if ((flags & kEncrypted) != 0) {
      return Error{ErrorKind::kUnsupported,
                   base::format("`{}` is encrypted in the zip", entry.name)};
    }
    if (entry.method != kStored && entry.method != kDeflated) {
      return Error{ErrorKind::kUnsupported,
                   base::format("`{}` is packed by method {}", entry.name,
                                entry.method)};
    }
    if (entry.size > limits.max_file_bytes) {
      return Error{ErrorKind::kLimit,
                   base::format("`{}` unpacks to {} bytes; the limit is {}",
                                entry.name, entry.size, limits.max_file_bytes)};
    }
    total += entry.size;
    if (total > limits.max_total_bytes) {
      return Error{ErrorKind::kLimit,
                   base::format("the zip unpacks to more than {} bytes",
                                limits.max_total_bytes)};
    }
    FCC_TRY(PackedBytes(entry));
    entries_.push_back(std::move(entry));
  }
  std::sort(
      entries_.begin(), entries_.end(),
      [](const ZipEntry& a, const ZipEntry& b) { return a.name < b.name; });
  for (const ZipEntry& entry : entries_) {
    if (!names_.empty() && names_.back() == entry.name) {
      return Corrupt(base::format("`{}` stands in it twice", entry.name));
    }
    names_.push_back(entry.name);
  }
  return {};
}

Result<std::string_view> ZipSource::PackedBytes(const ZipEntry& entry) const {
  std::string_view bytes = bytes_;
  uint64_t at = entry.local_offset;
  if (at + kLocalSize > bytes.size() || Read32(bytes, at) != kLocalSignature) {
    return Corrupt(base::format("`{}` has no local header", entry.name));
  }
  size_t name_size = Read16(bytes, at + 26);
  size_t extra_size = Read16(bytes, at + 28);
  uint64_t begin = at + kLocalSize + name_size + extra_size;
  if (begin + entry.packed_size > bytes.size()) {
    return Corrupt(base::format("`{}` passes the end", entry.name));
  }
  if (bytes.substr(at + kLocalSize, name_size) != entry.name) {
    return Corrupt(
        base::format("`{}` has another name in its header", entry.name));
  }
  return bytes.substr(begin, entry.packed_size);
}

// Raw deflate (no zlib header) of known size. The output buffer is as large as
// the directory says, so a bomb that unpacks to more stops there.
static Result<std::string> Inflate(std::string_view packed, uint64_t size,
                                   std::string_view name) {
  std::string out(size, '\0');
  z_stream stream = {};
  if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) {
    return Error{ErrorKind::kLimit, "no memory to unpack with"};
  }
  // The sizes fit: both come from 32-bit fields.
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream.avail_in = static_cast<uInt>(packed.size());
  // zlib wants a buffer even where nothing is to come.
  Bytef none = 0;
  stream.next_out = size == 0 ? &none : reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(size);
  int status = inflate(&stream, Z_FINISH);
  bool complete = status == Z_STREAM_END && stream.total_out == size;
  inflateEnd(&stream);
  if (!complete) {
    return Corrupt(base::format("`{}` does not unpack to its size", name));
  }
  return out;
}

Result<std::string> ZipSource::Read(std::string_view name) {
  auto found = std::lower_bound(names_.begin(), names_.end(), name);
  if (found == names_.end() || *found != name) {
    return Error{ErrorKind::kNotFound,
                 base::format("the package has no file `{}`", name)};
  }
  const ZipEntry& entry = entries_[found - names_.begin()];
  FCC_TRY_ASSIGN(std::string_view packed, PackedBytes(entry));
  std::string out;
  if (entry.method == kStored) {
    if (packed.size() != entry.size) {
      return Corrupt(base::format("`{}` has two sizes", name));
    }
    out = packed;
  } else {
    FCC_TRY_ASSIGN(out, Inflate(packed, entry.size, name));
  }
  uint32_t crc =
      static_cast<uint32_t>(crc32(0, reinterpret_cast<const Bytef*>(out.data()),
                                  static_cast<uInt>(out.size())));
  if (crc != entry.crc) {
    return Corrupt(base::format("`{}` has a wrong checksum", name));
  }
  return out;
}

Result<std::unique_ptr<Source>> OpenZip(std::string bytes,
                                        const SourceLimits& limits) {
  return ZipSource::Open(std::move(bytes), limits);
}

}  // namespace fcc::package
