// SPDX-License-Identifier: Apache-2.0
//
// A file system in memory that can fail on request.

#include "runtime/base/file_system.h"
#include "runtime/base/format.h"

namespace fcc::base {

static std::string Prefix(std::string_view directory) {
  std::string prefix = NormalizePath(directory);
  if (prefix == ".") {
    return "";
  }
  if (prefix != "/") {
    prefix += '/';
  }
  return prefix;
}

static bool StartsWith(std::string_view text, std::string_view prefix) {
  return text.substr(0, prefix.size()) == prefix;
}

static Error NotFound(std::string_view verb, std::string_view path) {
  return {ErrorKind::kNotFound,
          format("cannot {} `{}`: No such file or directory", verb, path)};
}

MemoryFileSystem::MemoryFileSystem(std::map<std::string, std::string> files) {
  for (auto& [path, bytes] : files) {
    files_[NormalizePath(path)] = std::move(bytes);
  }
}

Result<std::string> MemoryFileSystem::ReadFile(std::string_view path,
                                               uint64_t max_bytes) {
  std::lock_guard lock(mutex_);
  std::string name = NormalizePath(path);
  if (unreadable_.contains(name)) {
    return Error{ErrorKind::kPermission,
                 format("cannot read `{}`: Permission denied", path)};
  }
  auto found = files_.find(name);
  if (found == files_.end()) {
    return NotFound("read", path);
  }
  if (found->second.size() > max_bytes) {
    return Error{
        ErrorKind::kLimit,
        format("`{}` is larger than the limit of {} bytes", path, max_bytes)};
  }
  return found->second;
}

Result<std::string> MemoryFileSystem::ReadRange(std::string_view path,
                                                uint64_t offset,
                                                uint64_t size) {
  FCC_TRY_ASSIGN(std::string bytes, ReadFile(path, kDefaultMax));
  return offset >= bytes.size() ? std::string() : bytes.substr(offset, size);
}

Status MemoryFileSystem::WriteFile(std::string_view path,
                                   std::string_view bytes) {
  std::lock_guard lock(mutex_);
  if (limited_) {
    if (bytes.size() > space_left_) {
      return Error{ErrorKind::kNoSpace,
                   format("cannot write `{}`: No space left on device", path)};
    }
    space_left_ -= bytes.size();
  }
  files_[NormalizePath(path)] = std::string(bytes);
  return {};
}

Status MemoryFileSystem::WritePrivateFile(std::string_view path,
                                          std::string_view bytes) {
  return WriteFile(path, bytes);
}

Result<FileInfo> MemoryFileSystem::Stat(std::string_view path) {
  std::lock_guard lock(mutex_);
  std::string name = NormalizePath(path);
  auto found = files_.find(name);
  if (found != files_.end()) {
    return FileInfo{FileKind::kFile, found->second.size(), 0};
  }
  std::string prefix = Prefix(path);
  auto below = files_.lower_bound(prefix);
  if (directories_.contains(name) || prefix.empty() ||
      (below != files_.end() && StartsWith(below->first, prefix))) {
    return FileInfo{FileKind::kDirectory, 0, 0};
  }
  return NotFound("look at", path);
}

Result<std::vector<DirectoryEntry>> MemoryFileSystem::List(
    std::string_view path) {
  FCC_TRY_ASSIGN(FileInfo info, Stat(path));
  if (info.kind != FileKind::kDirectory) {
    return NotFound("list", path);
  }
  std::lock_guard lock(mutex_);
  std::string prefix = Prefix(path);
  std::map<std::string, FileKind> found;
  auto add = [&](std::string_view name, FileKind leaf) {
    if (!StartsWith(name, prefix) || name.size() == prefix.size()) {
      return;
    }
    std::string_view rest = name.substr(prefix.size());
    size_t slash = rest.find('/');
    found[std::string(rest.substr(0, slash))] =
        slash == std::string_view::npos ? leaf : FileKind::kDirectory;
  };
  for (const auto& [name, bytes] : files_) {
    add(name, FileKind::kFile);
  }
  for (const auto& [name, present] : directories_) {
    add(name, FileKind::kDirectory);
  }
  std::vector<DirectoryEntry> entries;
  for (auto& [name, kind] : found) {
    entries.push_back({name, kind});
  }
  return entries;
}

Status MemoryFileSystem::MakeDirectories(std::string_view path) {
  std::lock_guard lock(mutex_);
  directories_[NormalizePath(path)] = true;
  return {};
}

Status MemoryFileSystem::Rename(std::string_view from, std::string_view to) {
  if (!Stat(from)) {
    return NotFound("rename", from);
  }
  if (IsDirectory(to)) {
    return Error{ErrorKind::kExists,
                 format("cannot rename `{}`: Directory not empty", from)};
  }
  std::lock_guard lock(mutex_);
  std::string source = NormalizePath(from);
  std::string target = NormalizePath(to);
  auto move_all = [&](auto& table) {
    std::remove_reference_t<decltype(table)> moved;
    for (auto at = table.begin(); at != table.end();) {
      if (at->first == source || StartsWith(at->first, source + "/")) {
        moved[target + at->first.substr(source.size())] = std::move(at->second);
        at = table.erase(at);
      } else {
        ++at;
      }
    }
    for (auto& [name, entry] : moved) {
      table[name] = std::move(entry);
    }
  };
  move_all(files_);
  move_all(directories_);
  return {};
}

Status MemoryFileSystem::Exchange(std::string_view one,
                                  std::string_view other) {
  for (std::string_view path : {one, other}) {
    if (!Stat(path)) {
      return NotFound("rename", path);
    }
  }
  const std::string aside = std::string(other) + ".fcc-aside";
  FCC_TRY(Rename(other, aside));
  FCC_TRY(Rename(one, other));
  return Rename(aside, one);
}

Status MemoryFileSystem::RemoveAll(std::string_view path) {
  std::lock_guard lock(mutex_);
  std::string name = NormalizePath(path);
  auto gone = [&](const auto& item) {
    return item.first == name || StartsWith(item.first, name + "/");
  };
  std::erase_if(files_, gone);
  std::erase_if(directories_, gone);
  return {};
}

void MemoryFileSystem::MakeUnreadable(std::string_view path) {
  std::lock_guard lock(mutex_);
  unreadable_[NormalizePath(path)] = true;
}

void MemoryFileSystem::LimitSpace(uint64_t bytes) {
  std::lock_guard lock(mutex_);
  limited_ = true;
  space_left_ = bytes;
}

std::map<std::string, std::string> MemoryFileSystem::files() const {
  std::lock_guard lock(mutex_);
  return {files_.begin(), files_.end()};
}

}  // namespace fcc::base
