// SPDX-License-Identifier: Apache-2.0

#include "compiler/source/source_file.h"

#include <algorithm>
#include <cstring>

#include "runtime/base/unicode.h"

namespace fcc::source {

static std::string WithoutByteOrderMark(std::string text) {
  if (text.compare(0, 3, "\xEF\xBB\xBF") == 0) {
    text.erase(0, 3);
  }
  return text;
}

SourceFile::SourceFile(FileId id, std::string path, std::string text)
    : id_(id),
      path_(std::move(path)),
      text_(WithoutByteOrderMark(std::move(text))) {
  line_starts_.push_back(0);
  for (size_t at = 0; at < text_.size(); ++at) {
    char c = text_[at];
    if (c == '\n' ||
        (c == '\r' && (at + 1 == text_.size() || text_[at + 1] != '\n'))) {
      line_starts_.push_back(static_cast<uint32_t>(at + 1));
    }
  }
}

static uint32_t LineIndex(const std::vector<uint32_t>& starts,
                          uint32_t offset) {
  auto after = std::upper_bound(starts.begin(), starts.end(), offset);
  return static_cast<uint32_t>(after - starts.begin()) - 1;
}

LineColumn SourceFile::PositionOf(uint32_t offset) const {
  offset = std::min(offset, static_cast<uint32_t>(text_.size()));
  uint32_t line = LineIndex(line_starts_, offset);
  uint32_t column = 1;
  for (uint32_t at = line_starts_[line]; at < offset; ++at) {
    column += (static_cast<unsigned char>(text_[at]) & 0xC0) != 0x80;
  }
  return {line + 1, column};
}

uint32_t SourceFile::Utf16ColumnOf(uint32_t offset) const {
  offset = std::min(offset, static_cast<uint32_t>(text_.size()));
  uint32_t begin = line_starts_[LineIndex(line_starts_, offset)];
  return static_cast<uint32_t>(
      base::Utf16Length(std::string_view(text_).substr(begin, offset - begin)));
}

base::Span SourceFile::LineSpan(uint32_t line) const {
  if (line == 0 || line > line_starts_.size()) {
    uint32_t end = static_cast<uint32_t>(text_.size());
    return {end, end};
  }
  uint32_t begin = line_starts_[line - 1];
  uint32_t end = line < line_starts_.size()
                     ? line_starts_[line]
                     : static_cast<uint32_t>(text_.size());
  while (end > begin && (text_[end - 1] == '\n' || text_[end - 1] == '\r')) {
    --end;
  }
  return {begin, end};
}

std::string_view SourceFile::Line(uint32_t line) const {
  return LineSpan(line).In(text_);
}

const SourceFile& SourceSet::Add(std::string path, std::string text) {
  std::lock_guard lock(mutex_);
  FileId id{static_cast<uint32_t>(files_.size())};
  return files_.emplace_back(id, std::move(path), std::move(text));
}

const SourceFile& SourceSet::Get(FileId id) const {
  std::lock_guard lock(mutex_);
  size_t index = static_cast<size_t>(id);
  FCC_CHECK(index < files_.size());
  return files_[index];
}

const SourceFile* SourceSet::Find(std::string_view path) const {
  std::lock_guard lock(mutex_);
  for (auto at = files_.rbegin(); at != files_.rend(); ++at) {
    if (at->path() == path) {
      return &*at;
    }
  }
  return nullptr;
}

void SourceSet::Replace(FileId id, std::string text) {
  std::lock_guard lock(mutex_);
  size_t index = static_cast<size_t>(id);
  FCC_CHECK(index < files_.size());
  SourceFile file(id, files_[index].path(), std::move(text));
  if (file.text() == files_[index].text()) {
    return;
  }
  file.revision_ = files_[index].revision() + 1;
  files_[index] = std::move(file);
}

size_t SourceSet::size() const {
  std::lock_guard lock(mutex_);
  return files_.size();
}

}  // namespace fcc::source
