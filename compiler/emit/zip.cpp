// SPDX-License-Identifier: Apache-2.0
//
// Deterministic zips by libarchive: with no time set it writes the same bytes
// in every time zone.

#include <archive.h>
#include <archive_entry.h>

#include <memory>

#include "compiler/emit/emit_app.h"
#include "runtime/base/format.h"

namespace fcc::emit {

namespace {

struct ArchiveDeleter {
  void operator()(archive* writer) const { archive_write_free(writer); }
};
struct EntryDeleter {
  void operator()(archive_entry* entry) const { archive_entry_free(entry); }
};

la_ssize_t Append(archive*, void* out, const void* bytes, size_t size) {
  static_cast<std::string*>(out)->append(static_cast<const char*>(bytes), size);
  return static_cast<la_ssize_t>(size);
}

}  // namespace

base::Result<std::string> WriteZip(const Files& files,
                                   std::string_view prefix) {
  std::string out;
  std::unique_ptr<archive, ArchiveDeleter> writer(archive_write_new());
  auto failed = [&writer]() {
    const char* why = archive_error_string(writer.get());
    return base::Error{base::ErrorKind::kIo,
                       base::format("cannot write a zip: {}",
                                    why == nullptr ? "unknown reason" : why)};
  };
  if (archive_write_set_format_zip(writer.get()) != ARCHIVE_OK ||
      archive_write_set_options(writer.get(), "zip:compression=deflate") !=
          ARCHIVE_OK ||
      archive_write_set_bytes_per_block(writer.get(), 0) != ARCHIVE_OK ||
      archive_write_open(writer.get(), &out, nullptr, Append, nullptr) !=
          ARCHIVE_OK) {
    return failed();
  }
  for (auto at = files.lower_bound(std::string(prefix)); at != files.end();
       ++at) {
    const auto& [path, bytes] = *at;
    if (std::string_view(path).substr(0, prefix.size()) != prefix) {
      break;
    }
    std::unique_ptr<archive_entry, EntryDeleter> entry(archive_entry_new());
    std::string name = path.substr(prefix.size());
    archive_entry_set_pathname_utf8(entry.get(), name.c_str());
    archive_entry_set_size(entry.get(), static_cast<la_int64_t>(bytes.size()));
    archive_entry_set_filetype(entry.get(), AE_IFREG);
    archive_entry_set_perm(entry.get(), 0644);
    if (archive_write_header(writer.get(), entry.get()) != ARCHIVE_OK ||
        archive_write_data(writer.get(), bytes.data(), bytes.size()) !=
            static_cast<la_ssize_t>(bytes.size())) {
      return failed();
    }
  }
  if (archive_write_close(writer.get()) != ARCHIVE_OK) {
    return failed();
  }
  return out;
}

}  // namespace fcc::emit
