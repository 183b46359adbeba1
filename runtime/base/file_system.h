// SPDX-License-Identifier: Apache-2.0
//
// The file-system seam: commands, the driver and the hosts reach files only
// through it, so each of them runs in a test on MemoryFileSystem, which can
// also fail the way disks do.
//
// Paths are UTF-8 with `/`. Directory listings are sorted by bytes, so that no
// output depends on the order a disk happens to return.
//
// Threads: RealFileSystem may be shared. MemoryFileSystem locks.

#ifndef FCC_RUNTIME_BASE_FILE_SYSTEM_H_
#define FCC_RUNTIME_BASE_FILE_SYSTEM_H_

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/result.h"

namespace fcc::base {

enum class FileKind { kFile, kDirectory, kOther };

struct FileInfo {
  FileKind kind = FileKind::kFile;
  uint64_t size = 0;
  // Nanoseconds since the epoch; 0 where there is none.
  int64_t modified_ns = 0;
};

struct DirectoryEntry {
  std::string name;
  FileKind kind = FileKind::kFile;
};

class FileSystem {
 public:
  virtual ~FileSystem() = default;

  // Fails with kLimit when the file is larger than `max_bytes`.
  virtual Result<std::string> ReadFile(std::string_view path,
                                       uint64_t max_bytes = kDefaultMax) = 0;
  // At most `size` bytes from `offset` on; fewer only where the file ends.
  virtual Result<std::string> ReadRange(std::string_view path, uint64_t offset,
                                        uint64_t size) = 0;
  // Replaces the file. The bytes are written beside it and renamed, so a reader
  // sees the old file or the new one. Parent directories are made.
  virtual Status WriteFile(std::string_view path, std::string_view bytes) = 0;
  // The same for a secret: nobody but its owner may read the file.
  virtual Status WritePrivateFile(std::string_view path,
                                  std::string_view bytes) = 0;
  virtual Result<FileInfo> Stat(std::string_view path) = 0;
  virtual Result<std::vector<DirectoryEntry>> List(std::string_view path) = 0;
  virtual Status MakeDirectories(std::string_view path) = 0;
  // Replaces a file at `to`; a directory at `to` must not exist.
  virtual Status Rename(std::string_view from, std::string_view to) = 0;
  // Puts each in the place of the other, in one step: whoever looks, and
  // whatever is killed, finds both there. Both must exist, in one folder.
  virtual Status Exchange(std::string_view one, std::string_view other) = 0;
  // Removes a file or a whole tree; no error when nothing is there.
  virtual Status RemoveAll(std::string_view path) = 0;

  bool IsFile(std::string_view path);
  bool IsDirectory(std::string_view path);
  // All files below `root`, as paths relative to it, sorted; links are not
  // followed into directories.
  Result<std::vector<std::string>> ListTree(std::string_view root);

  static constexpr uint64_t kDefaultMax = uint64_t{1} << 30;
};

class RealFileSystem : public FileSystem {
 public:
  Result<std::string> ReadFile(std::string_view path,
                               uint64_t max_bytes) override;
  Result<std::string> ReadRange(std::string_view path, uint64_t offset,
                                uint64_t size) override;
  Status WriteFile(std::string_view path, std::string_view bytes) override;
  Status WritePrivateFile(std::string_view path,
                          std::string_view bytes) override;
  Result<FileInfo> Stat(std::string_view path) override;
  Result<std::vector<DirectoryEntry>> List(std::string_view path) override;
  Status MakeDirectories(std::string_view path) override;
  Status Rename(std::string_view from, std::string_view to) override;
  Status Exchange(std::string_view one, std::string_view other) override;
  Status RemoveAll(std::string_view path) override;
};

class MemoryFileSystem : public FileSystem {
 public:
  MemoryFileSystem() = default;
  explicit MemoryFileSystem(std::map<std::string, std::string> files);

  Result<std::string> ReadFile(std::string_view path,
                               uint64_t max_bytes) override;
  Result<std::string> ReadRange(std::string_view path, uint64_t offset,
                                uint64_t size) override;
  Status WriteFile(std::string_view path, std::string_view bytes) override;
  Status WritePrivateFile(std::string_view path,
                          std::string_view bytes) override;
  Result<FileInfo> Stat(std::string_view path) override;
  Result<std::vector<DirectoryEntry>> List(std::string_view path) override;
  Status MakeDirectories(std::string_view path) override;
  Status Rename(std::string_view from, std::string_view to) override;
  Status Exchange(std::string_view one, std::string_view other) override;
  Status RemoveAll(std::string_view path) override;

  // Reading `path` fails with kPermission from now on.
  void MakeUnreadable(std::string_view path);
  // Writing fails with kNoSpace once this many more bytes were written.
  void LimitSpace(uint64_t bytes);
  // Every file with its bytes, for assertions.
  std::map<std::string, std::string> files() const;

 private:
  mutable std::mutex mutex_;
  std::map<std::string, std::string, std::less<>> files_;
  std::map<std::string, bool, std::less<>> directories_;
  std::map<std::string, bool, std::less<>> unreadable_;
  bool limited_ = false;
  uint64_t space_left_ = 0;
};

// "a/b" + "../c" → "a/c". Purely textual: `.` and `..` are resolved, double
// slashes folded; `..` above the start is kept.
std::string NormalizePath(std::string_view path);
// `right` when it is absolute, else `left/right`, normalised.
std::string JoinPath(std::string_view left, std::string_view right);
// "a/b.c" → "a"; "b.c" → ""; "/a" → "/".
std::string_view DirectoryOf(std::string_view path);
// "a/b.c" → "b.c".
std::string_view BaseName(std::string_view path);
// "a/b.c" → ".c"; "" when there is none or the name starts with the only dot.
std::string_view ExtensionOf(std::string_view path);
// "a/b.c" → "a/b".
std::string_view WithoutExtension(std::string_view path);

}  // namespace fcc::base

#endif  // FCC_RUNTIME_BASE_FILE_SYSTEM_H_
