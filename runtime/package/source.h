// SPDX-License-Identifier: Apache-2.0
//
// Where the files of a package come from: memory, a folder, a zip, a sealed
// container. A source gives names and bytes and trusts nothing it reads: names
// are relative, use `/`, hold no `..`, and no file is larger than the limits
// allow.
//
// Threads: a source belongs to one thread.

#ifndef FCC_RUNTIME_PACKAGE_SOURCE_H_
#define FCC_RUNTIME_PACKAGE_SOURCE_H_

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/file_system.h"
#include "runtime/base/result.h"

namespace fcc::package {

// What a hostile package may cost before it is refused. The defaults are far
// above any platform's own limits (20 MB an app).
struct SourceLimits {
  uint64_t max_files = 100'000;
  uint64_t max_file_bytes = uint64_t{256} << 20;
  uint64_t max_total_bytes = uint64_t{1} << 30;
};

class Source {
 public:
  virtual ~Source() = default;
  // Sorted by bytes.
  virtual const std::vector<std::string>& names() const = 0;
  // kNotFound where there is no such file.
  virtual base::Result<std::string> Read(std::string_view name) = 0;
  bool Has(std::string_view name) const;
};

// True for what may name a file in a package: not empty, relative, `/` between
// parts, no `.` or `..` part, no backslash, no NUL and no drive letter.
bool IsSafeName(std::string_view name);

class MemorySource : public Source {
 public:
  explicit MemorySource(std::map<std::string, std::string> files);
  const std::vector<std::string>& names() const override { return names_; }
  base::Result<std::string> Read(std::string_view name) override;

 private:
  std::map<std::string, std::string, std::less<>> files_;
  std::vector<std::string> names_;
};

class FolderSource : public Source {
 public:
  // `fs` must outlive the source.
  static base::Result<std::unique_ptr<Source>> Open(
      base::FileSystem& fs, std::string_view folder,
      const SourceLimits& limits = {});
  const std::vector<std::string>& names() const override { return names_; }
  base::Result<std::string> Read(std::string_view name) override;

 private:
  FolderSource(base::FileSystem& fs, std::string folder, SourceLimits limits)
      : fs_(&fs), folder_(std::move(folder)), limits_(limits) {}

  base::FileSystem* fs_;
  std::string folder_;
  SourceLimits limits_;
  std::vector<std::string> names_;
};

// The files of `whole` below `prefix` ("package/__APP__/"), without it. `whole`
// must outlive the result.
std::unique_ptr<Source> SourceBelow(Source& whole, std::string prefix);

// Reads a zip that lies in memory; see zip_source.cpp for what it refuses.
base::Result<std::unique_ptr<Source>> OpenZip(std::string bytes,
                                              const SourceLimits& limits = {});

}  // namespace fcc::package

#endif  // FCC_RUNTIME_PACKAGE_SOURCE_H_
