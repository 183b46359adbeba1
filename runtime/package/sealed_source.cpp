// SPDX-License-Identifier: Apache-2.0
//
// Reads the sealed container.

#include <algorithm>

#include "runtime/base/format.h"
#include "runtime/base/hash.h"
#include "runtime/package/sealed_layout_internal.h"

namespace fcc::package {

namespace {

base::Error Corrupt(std::string_view what) {
  return {base::ErrorKind::kCorrupt,
          base::format("the sealed package is damaged: {}", what)};
}

class MemoryReader : public RangeReader {
 public:
  explicit MemoryReader(std::string bytes) : bytes_(std::move(bytes)) {}
  uint64_t size() const override { return bytes_.size(); }
  base::Result<std::string> Read(uint64_t offset, uint64_t size) override {
    if (offset > bytes_.size() || size > bytes_.size() - offset) {
      return Corrupt("it is cut off");
    }
    return bytes_.substr(offset, size);
  }

 private:
  std::string bytes_;
};

class FileReader : public RangeReader {
 public:
  FileReader(base::FileSystem& fs, std::string path, uint64_t size)
      : fs_(&fs), path_(std::move(path)), size_(size) {}
  uint64_t size() const override { return size_; }
  base::Result<std::string> Read(uint64_t offset, uint64_t size) override {
    if (offset > size_ || size > size_ - offset) {
      return Corrupt("it is cut off");
    }
    FCC_TRY_ASSIGN(std::string bytes, fs_->ReadRange(path_, offset, size));
    if (bytes.size() != size) {
      return Corrupt("it is cut off");
    }
    return bytes;
  }

 private:
  base::FileSystem* fs_;
  std::string path_;
  uint64_t size_;
};

struct Header {
  SealedInfo info;
  // All of it, slots included: what the index is bound to.
  std::string bytes;
  std::string container_id;
  uint32_t chunk_bytes = 0;
  uint64_t index_offset = 0;
  uint64_t index_size = 0;
};

base::Result<Header> ReadHeader(RangeReader& reader) {
  if (reader.size() < kHeaderBytes) {
    return base::Error{base::ErrorKind::kCorrupt,
                       "this is no sealed package: it is too short"};
  }
  FCC_TRY_ASSIGN(std::string fixed, reader.Read(0, kHeaderBytes));
  if (!LooksSealed(fixed)) {
    return base::Error{
        base::ErrorKind::kCorrupt,
        "this is no sealed package: it does not begin as one does"};
  }
  Header header;
  SealedInfo& info = header.info;
  info.version = static_cast<uint16_t>(GetInteger(fixed, 8, 2));
  if (info.version != kSealedVersion) {
    return base::Error{
        base::ErrorKind::kUnsupported,
        base::format("this sealed package has format version {}; this fcc "
                     "reads version {}",
                     info.version, kSealedVersion)};
  }
  uint64_t suite = GetInteger(fixed, 10, 1);
  if (suite != static_cast<uint8_t>(Suite::kAes256Gcm)) {
    return base::Error{base::ErrorKind::kUnsupported,
                       base::format("this sealed package uses cipher suite "
                                    "{}, which this fcc does not know",
                                    suite)};
  }
  info.suite = static_cast<Suite>(suite);
  uint64_t slots = GetInteger(fixed, 11, 1);
  header.chunk_bytes = static_cast<uint32_t>(GetInteger(fixed, 12, 4));
  header.container_id = fixed.substr(16, kContainerIdBytes);
  header.index_offset = GetInteger(fixed, 32, 8);
  header.index_size = GetInteger(fixed, 40, 8);
  info.container_id = base::ToHex(header.container_id);
  info.container_bytes = reader.size();
  uint64_t header_size = kHeaderBytes + slots * kSlotBytes;
  if (slots == 0 || header.chunk_bytes != kChunkBytes ||
      header.index_offset < header_size ||
      header.index_offset > reader.size() ||
      header.index_size < 4 + kTagBytes ||
      header.index_size != reader.size() - header.index_offset) {
    return Corrupt("its header says what cannot be");
  }
  FCC_TRY_ASSIGN(header.bytes, reader.Read(0, header_size));
  for (uint64_t slot = 0; slot < slots; ++slot) {
    info.key_ids.push_back(base::ToHex(
        std::string_view(header.bytes)
            .substr(kHeaderBytes + slot * kSlotBytes, kKeyIdBytes)));
  }
  return header;
}

base::Result<SecretKey> ContentKey(const Header& header, const KeyFile& key) {
  std::string id = key.Id();
  for (size_t slot = 0; slot < header.info.key_ids.size(); ++slot) {
    if (header.info.key_ids[slot] != id) {
      continue;
    }
    std::string_view bytes =
        std::string_view(header.bytes)
            .substr(kHeaderBytes + slot * kSlotBytes, kSlotBytes);
    Nonce nonce;
    std::copy_n(bytes.begin() + kKeyIdBytes, kNonceBytes, nonce.begin());
    FCC_TRY_ASSIGN(SecretKey wrapping, WrappingKey(key, header.container_id));
    FCC_TRY_ASSIGN(auto aead, Aead::Create(header.info.suite, wrapping));
    std::string clear;
    FCC_TRY(aead->Decrypt(
        nonce, header.container_id,
        bytes.substr(kKeyIdBytes + kNonceBytes, 32 + kTagBytes), clear));
    SecretKey content;
    std::copy(clear.begin(), clear.end(), content.begin());
    std::fill(clear.begin(), clear.end(), '\0');
    return content;
  }
  std::string known;
  for (const std::string& each : header.info.key_ids) {
    known += known.empty() ? "" : ", ";
    known += each;
  }
  return base::Error{
      base::ErrorKind::kRefused,
      base::format("the key {} does not open this package; it is sealed for {}",
                   id, known)};
}

struct Entry {
  uint32_t ordinal = 0;
  uint64_t offset = 0;
  uint64_t size = 0;
  base::Sha256Digest sha256;
};

class SealedSource : public Source {
 public:
  SealedSource(std::unique_ptr<RangeReader> reader, std::unique_ptr<Aead> aead,
               uint32_t chunk_bytes)
      : reader_(std::move(reader)),
        aead_(std::move(aead)),
        chunk_bytes_(chunk_bytes) {}

  // `index` is authenticated: what is wrong in it was wrong when it was sealed,
  // but a reader of files that are not ours still checks all it relies on.
  base::Status ReadIndex(std::string_view index, uint64_t first, uint64_t end,
                         const SourceLimits& limits) {
    uint64_t count = GetInteger(index, 0, 4);
    if (count > limits.max_files ||
        count > (index.size() - 4) / kIndexEntryBytes) {
      return Corrupt("its index is too long");
    }
    size_t at = 4;
    uint64_t total = 0;
    for (uint32_t i = 0; i < count; ++i) {
      if (index.size() - at < kIndexEntryBytes) {
        return Corrupt("its index is cut off");
      }
      size_t name_size = GetInteger(index, at, 2);
      at += 2;
      if (index.size() - at < name_size + kIndexEntryBytes - 2) {
        return Corrupt("its index is cut off");
      }
      std::string name(index.substr(at, name_size));
      at += name_size;
      Entry entry;
      entry.ordinal = i;
      entry.offset = GetInteger(index, at, 8);
      entry.size = GetInteger(index, at + 8, 8);
      std::copy_n(index.begin() + static_cast<std::ptrdiff_t>(at) + 16, 32,
                  entry.sha256.begin());
      at += 48;
      if (entry.size > limits.max_file_bytes ||
          (total += entry.size) > limits.max_total_bytes) {
        return base::Error{base::ErrorKind::kLimit,
                           base::format("`{}` in the sealed package is larger "
                                        "than the limit",
                                        name)};
      }
      uint64_t sealed = SealedSize(entry.size, chunk_bytes_);
      if (!IsSafeName(name) || entry.offset < first || entry.offset > end ||
          sealed > end - entry.offset ||
          (!names_.empty() && name <= names_.back())) {
        return Corrupt("its index says what cannot be");
      }
      names_.push_back(name);
      entries_.push_back(entry);
    }
    return {};
  }

  const std::vector<std::string>& names() const override { return names_; }

  base::Result<std::string> Read(std::string_view name) override {
    auto found = std::lower_bound(names_.begin(), names_.end(), name);
    if (found == names_.end() || *found != name) {
      return base::Error{
          base::ErrorKind::kNotFound,
          base::format("the sealed package holds no `{}`", name)};
    }
    const Entry& entry = entries_[static_cast<size_t>(found - names_.begin())];
    FCC_TRY_ASSIGN(
        std::string sealed,
        reader_->Read(entry.offset, SealedSize(entry.size, chunk_bytes_)));
    std::string clear;
    clear.reserve(entry.size);
    uint64_t count = ChunkCount(entry.size, chunk_bytes_);
    std::string_view rest = sealed;
    for (uint64_t chunk = 0; chunk < count; ++chunk) {
      std::string_view part = rest.substr(
          0, std::min<uint64_t>(rest.size(), chunk_bytes_ + kTagBytes));
      rest.remove_prefix(part.size());
      base::Status status = aead_->Decrypt(
          CounterNonce(entry.ordinal, chunk),
          ChunkAssociated(name, chunk, chunk + 1 == count), part, clear);
      if (!status) {
        return base::Error{
            status.error().kind,
            base::format("`{}`: {}", name, status.error().message)};
      }
    }
    return clear;
  }

 private:
  std::unique_ptr<RangeReader> reader_;
  std::unique_ptr<Aead> aead_;
  uint32_t chunk_bytes_;
  std::vector<std::string> names_;
  std::vector<Entry> entries_;
};

}  // namespace

std::unique_ptr<RangeReader> ReadFromMemory(std::string bytes) {
  return std::make_unique<MemoryReader>(std::move(bytes));
}

base::Result<std::unique_ptr<RangeReader>> ReadFromFile(base::FileSystem& fs,
                                                        std::string_view path) {
  FCC_TRY_ASSIGN(base::FileInfo info, fs.Stat(path));
  return std::unique_ptr<RangeReader>(
      std::make_unique<FileReader>(fs, std::string(path), info.size));
}

bool LooksSealed(std::string_view first_bytes) {
  return first_bytes.substr(0, kSealedMagic.size()) == kSealedMagic;
}

base::Result<SealedInfo> InspectSealed(RangeReader& reader) {
  FCC_TRY_ASSIGN(Header header, ReadHeader(reader));
  return std::move(header.info);
}

base::Result<std::unique_ptr<Source>> OpenSealed(
    std::unique_ptr<RangeReader> reader, const KeyFile& key,
    const SourceLimits& limits) {
  FCC_TRY_ASSIGN(Header header, ReadHeader(*reader));
  FCC_TRY_ASSIGN(SecretKey content, ContentKey(header, key));
  FCC_TRY_ASSIGN(auto aead, Aead::Create(header.info.suite, content));
  std::fill(content.begin(), content.end(), uint8_t{0});
  FCC_TRY_ASSIGN(std::string sealed_index,
                 reader->Read(header.index_offset, header.index_size));
  std::string index;
  base::Status status = aead->Decrypt(CounterNonce(kIndexNonceEntry, 0),
                                      header.bytes, sealed_index, index);
  if (!status) {
    return Corrupt("its index does not fit its header");
  }
  auto source = std::make_unique<SealedSource>(
      std::move(reader), std::move(aead), header.chunk_bytes);
  FCC_TRY(source->ReadIndex(index, header.bytes.size(), header.index_offset,
                            limits));
  return std::unique_ptr<Source>(std::move(source));
}

}  // namespace fcc::package
