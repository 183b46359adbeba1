// SPDX-License-Identifier: Apache-2.0
//
// The user's texts and places in them. A SourceSet owns every text of a run;
// stages carry a FileId and byte spans, and turn them into lines and columns
// only when something is shown.
//
// Texts are UTF-8; a byte order mark is taken off on the way in. Files larger
// than kMaxSourceBytes are refused by the readers.
//
// Threads: Add() may be called from several threads; a file, once added, never
// moves, and changes by Replace() only, which is for one thread alone.

#ifndef FCC_COMPILER_SOURCE_SOURCE_FILE_H_
#define FCC_COMPILER_SOURCE_SOURCE_FILE_H_

#include <deque>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/result.h"
#include "runtime/base/span.h"

namespace fcc::source {

inline constexpr uint64_t kMaxSourceBytes = uint64_t{256} << 20;

enum class FileId : uint32_t { kNone = 0xFFFFFFFFu };

// A place to point at. With no file, the span says nothing.
struct Location {
  FileId file = FileId::kNone;
  base::Span span;
  bool operator==(const Location&) const = default;
};

// Both count from 1. Columns count characters (code points), as editors do.
struct LineColumn {
  uint32_t line = 1;
  uint32_t column = 1;
};

class SourceFile {
 public:
  SourceFile(FileId id, std::string path, std::string text);

  FileId id() const { return id_; }
  // As the user would write it: relative to the project where it is inside.
  const std::string& path() const { return path_; }
  // How often the text was replaced.
  uint32_t revision() const { return revision_; }
  std::string_view text() const { return text_; }

  LineColumn PositionOf(uint32_t offset) const;
  // 1-based; without its line break.
  std::string_view Line(uint32_t line) const;
  base::Span LineSpan(uint32_t line) const;
  uint32_t line_count() const {
    return static_cast<uint32_t>(line_starts_.size());
  }
  // 0-based, in UTF-16 units, as source maps and editors' protocols count.
  uint32_t Utf16ColumnOf(uint32_t offset) const;

 private:
  friend class SourceSet;

  FileId id_;
  uint32_t revision_ = 0;
  std::string path_;
  std::string text_;
  // Offset of the first byte of each line; \n, \r\n and \r end lines.
  std::vector<uint32_t> line_starts_;
};

class SourceSet {
 public:
  const SourceFile& Add(std::string path, std::string text);
  const SourceFile& Get(FileId id) const;
  // The last one added under `path`; null when there is none.
  const SourceFile* Find(std::string_view path) const;
  // The file's text is `text` from now on. Whatever points into the text before
  // must be gone, unless both are the same: then nothing happens.
  void Replace(FileId id, std::string text);
  size_t size() const;

 private:
  mutable std::mutex mutex_;
  std::deque<SourceFile> files_;
};

}  // namespace fcc::source

#endif  // FCC_COMPILER_SOURCE_SOURCE_FILE_H_
