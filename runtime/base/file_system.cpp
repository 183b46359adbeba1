// SPDX-License-Identifier: Apache-2.0
//
// RealFileSystem and what every file system shares.

#include "runtime/base/file_system.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include "runtime/base/format.h"

namespace fcc::base {

namespace {

namespace stdfs = std::filesystem;

// Closes a descriptor when the scope ends, whichever way it ends.
struct Descriptor {
  int fd;
  ~Descriptor() {
    if (fd >= 0) {
      ::close(fd);
    }
  }
};

}  // namespace

static Error ErrorFrom(int code, std::string_view verb, std::string_view path) {
  ErrorKind kind = ErrorKind::kIo;
  switch (code) {
    case ENOENT:
    case ENOTDIR:
      kind = ErrorKind::kNotFound;
      break;
    case EACCES:
    case EPERM:
    case EROFS:
      kind = ErrorKind::kPermission;
      break;
    case EEXIST:
    case ENOTEMPTY:
      kind = ErrorKind::kExists;
      break;
    case ENOSPC:
    case EDQUOT:
      kind = ErrorKind::kNoSpace;
      break;
    default:
      break;
  }
  return {kind, format("cannot {} `{}`: {}", verb, path, std::strerror(code))};
}

bool FileSystem::IsFile(std::string_view path) {
  Result<FileInfo> info = Stat(path);
  return info && info->kind == FileKind::kFile;
}

bool FileSystem::IsDirectory(std::string_view path) {
  Result<FileInfo> info = Stat(path);
  return info && info->kind == FileKind::kDirectory;
}

Result<std::vector<std::string>> FileSystem::ListTree(std::string_view root) {
  std::vector<std::string> files;
  std::vector<std::string> pending = {""};
  while (!pending.empty()) {
    std::string directory = std::move(pending.back());
    pending.pop_back();
    FCC_TRY_ASSIGN(auto entries, List(JoinPath(root, directory)));
    for (DirectoryEntry& entry : entries) {
      std::string path =
          directory.empty() ? entry.name : directory + "/" + entry.name;
      if (entry.kind == FileKind::kDirectory) {
        pending.push_back(std::move(path));
      } else if (entry.kind == FileKind::kFile) {
        files.push_back(std::move(path));
      }
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

Result<std::string> RealFileSystem::ReadFile(std::string_view path,
                                             uint64_t max_bytes) {
  std::string name(path);
  Descriptor file{::open(name.c_str(), O_RDONLY | O_CLOEXEC)};
  if (file.fd < 0) {
    return ErrorFrom(errno, "read", path);
  }
  struct stat info;
  if (::fstat(file.fd, &info) != 0) {
    return ErrorFrom(errno, "read", path);
  }
  if (S_ISDIR(info.st_mode)) {
    return ErrorFrom(EISDIR, "read", path);
  }
  std::string bytes;
  bytes.reserve(
      std::min<uint64_t>(static_cast<uint64_t>(info.st_size), max_bytes) + 1);
  // The size is a hint only: files in /proc say 0, and a file can grow.
  char buffer[1 << 16];
  for (;;) {
    ssize_t got = ::read(file.fd, buffer, sizeof buffer);
    if (got < 0) {
      if (errno == EINTR) {
        continue;
      }
      return ErrorFrom(errno, "read", path);
    }
    if (got == 0) {
      return bytes;
    }
    bytes.append(buffer, static_cast<size_t>(got));
    if (bytes.size() > max_bytes) {
      return Error{
          ErrorKind::kLimit,
          format("`{}` is larger than the limit of {} bytes", path, max_bytes)};
    }
  }
}

Result<std::string> RealFileSystem::ReadRange(std::string_view path,
                                              uint64_t offset, uint64_t size) {
  std::string name(path);
  Descriptor file{::open(name.c_str(), O_RDONLY | O_CLOEXEC)};
  if (file.fd < 0) {
    return ErrorFrom(errno, "read", path);
  }
  std::string bytes(size, '\0');
  size_t filled = 0;
  while (filled < size) {
    ssize_t got = ::pread(file.fd, bytes.data() + filled, size - filled,
                          static_cast<off_t>(offset + filled));
    if (got < 0 && errno == EINTR) {
      continue;
    }
    if (got < 0) {
      return ErrorFrom(errno, "read", path);
    }
    if (got == 0) {
      break;
    }
    filled += static_cast<size_t>(got);
  }
  bytes.resize(filled);
  return bytes;
}

static Status WriteBeside(FileSystem& fs, std::string_view path,
                          std::string_view bytes, mode_t mode) {
  static std::atomic<unsigned> counter{0};
  std::string directory(DirectoryOf(path));
  if (!directory.empty()) {
    FCC_TRY(fs.MakeDirectories(directory));
  }
  std::string beside =
      format("{}.{}-{}.tmp", path, ::getpid(), counter.fetch_add(1));
  {
    Descriptor file{
        ::open(beside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)};
    if (file.fd < 0) {
      return ErrorFrom(errno, "write", path);
    }
    std::string_view rest = bytes;
    while (!rest.empty()) {
      ssize_t put = ::write(file.fd, rest.data(), rest.size());
      if (put < 0) {
        if (errno == EINTR) {
          continue;
        }
        int code = errno;
        ::unlink(beside.c_str());
        return ErrorFrom(code, "write", path);
      }
      rest.remove_prefix(static_cast<size_t>(put));
    }
    // Some file systems report a full disk only here.
    int fd = std::exchange(file.fd, -1);
    if (::close(fd) != 0) {
      int code = errno;
      ::unlink(beside.c_str());
      return ErrorFrom(code, "write", path);
    }
  }
  std::string name(path);
  if (::rename(beside.c_str(), name.c_str()) != 0) {
    int code = errno;
    ::unlink(beside.c_str());
    return ErrorFrom(code, "write", path);
  }
  return {};
}

Status RealFileSystem::WriteFile(std::string_view path,
                                 std::string_view bytes) {
  return WriteBeside(*this, path, bytes, 0666);
}

Status RealFileSystem::WritePrivateFile(std::string_view path,
                                        std::string_view bytes) {
  return WriteBeside(*this, path, bytes, 0600);
}

Result<FileInfo> RealFileSystem::Stat(std::string_view path) {
  std::string name(path);
  struct stat info;
  if (::stat(name.c_str(), &info) != 0) {
    return ErrorFrom(errno, "look at", path);
  }
  FileKind kind = S_ISREG(info.st_mode)   ? FileKind::kFile
                  : S_ISDIR(info.st_mode) ? FileKind::kDirectory
                                          : FileKind::kOther;
  int64_t modified = static_cast<int64_t>(info.st_mtim.tv_sec) * 1000000000 +
                     info.st_mtim.tv_nsec;
  return FileInfo{kind, static_cast<uint64_t>(info.st_size), modified};
}

Result<std::vector<DirectoryEntry>> RealFileSystem::List(
    std::string_view path) {
  std::error_code code;
  std::vector<DirectoryEntry> entries;
  stdfs::directory_iterator at(stdfs::path(path), code);
  if (code) {
    return ErrorFrom(code.value(), "list", path);
  }
  while (at != stdfs::directory_iterator()) {
    std::error_code ignored;
    FileKind kind = FileKind::kOther;
    // A link to a file counts as that file; a link to a directory is not
    // followed, so that no cycle can trap a walk.
    if (at->is_regular_file(ignored)) {
      kind = FileKind::kFile;
    } else if (at->is_directory(ignored) && !at->is_symlink(ignored)) {
      kind = FileKind::kDirectory;
    }
    entries.push_back({at->path().filename().string(), kind});
    at.increment(code);
    if (code) {
      return ErrorFrom(code.value(), "list", path);
    }
  }
  std::sort(entries.begin(), entries.end(),
            [](const auto& a, const auto& b) { return a.name < b.name; });
  return entries;
}

Status RealFileSystem::MakeDirectories(std::string_view path) {
  std::error_code code;
  stdfs::create_directories(stdfs::path(path), code);
  if (code) {
    return ErrorFrom(code.value(), "make the directory", path);
  }
  return {};
}

Status RealFileSystem::Rename(std::string_view from, std::string_view to) {
  if (::rename(std::string(from).c_str(), std::string(to).c_str()) != 0) {
    return ErrorFrom(errno, "rename", from);
  }
  return {};
}

Status RealFileSystem::Exchange(std::string_view one, std::string_view other) {
  const std::string first(one);
  const std::string second(other);
  if (::renameat2(AT_FDCWD, first.c_str(), AT_FDCWD, second.c_str(),
                  RENAME_EXCHANGE) == 0) {
    return {};
  }
  if (errno != EINVAL && errno != ENOSYS) {
    return ErrorFrom(errno, "rename", one);
  }
  // Some network file systems cannot exchange: there, and only there, a moment
  // remains in which `other` is missing and its contents have this name.
  const std::string aside = second + ".fcc-aside";
  FCC_TRY(Rename(second, aside));
  if (Status moved = Rename(first, second); !moved) {
    static_cast<void>(Rename(aside, second).ok());
    return moved;
  }
  return Rename(aside, first);
}

Status RealFileSystem::RemoveAll(std::string_view path) {
  std::error_code code;
  stdfs::remove_all(stdfs::path(path), code);
  if (code) {
    return ErrorFrom(code.value(), "remove", path);
  }
  return {};
}

}  // namespace fcc::base
