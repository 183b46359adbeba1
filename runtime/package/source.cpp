// SPDX-License-Identifier: Apache-2.0

#include "runtime/package/source.h"

#include <algorithm>

#include "runtime/base/format.h"

namespace fcc::package {

static base::Error NoSuchFile(std::string_view name) {
  return {base::ErrorKind::kNotFound,
          base::format("the package has no file `{}`", name)};
}

bool IsSafeName(std::string_view name) {
  if (name.empty() || name.size() > 4096 || name.front() == '/' ||
      name.find('\\') != std::string_view::npos ||
      name.find('\0') != std::string_view::npos) {
    return false;
  }
  if (name.size() >= 2 && name[1] == ':') {
    return false;
  }
  size_t at = 0;
  while (at <= name.size()) {
    size_t slash = std::min(name.find('/', at), name.size());
    std::string_view part = name.substr(at, slash - at);
    if (part.empty() || part == "." || part == "..") {
      return false;
    }
    at = slash + 1;
  }
  return true;
}

bool Source::Has(std::string_view name) const {
  return std::binary_search(names().begin(), names().end(), name);
}

MemorySource::MemorySource(std::map<std::string, std::string> files) {
  for (auto& [name, bytes] : files) {
    names_.push_back(name);
    files_.emplace(name, std::move(bytes));
  }
}

base::Result<std::string> MemorySource::Read(std::string_view name) {
  auto found = files_.find(name);
  if (found == files_.end()) {
    return NoSuchFile(name);
  }
  return found->second;
}

base::Result<std::unique_ptr<Source>> FolderSource::Open(
    base::FileSystem& fs, std::string_view folder, const SourceLimits& limits) {
  FCC_TRY_ASSIGN(std::vector<std::string> names, fs.ListTree(folder));
  if (names.size() > limits.max_files) {
    return base::Error{base::ErrorKind::kLimit,
                       base::format("`{}` holds more than {} files", folder,
                                    limits.max_files)};
  }
  std::unique_ptr<FolderSource> source(
      new FolderSource(fs, std::string(folder), limits));
  source->names_ = std::move(names);
  std::sort(source->names_.begin(), source->names_.end());
  return std::unique_ptr<Source>(std::move(source));
}

base::Result<std::string> FolderSource::Read(std::string_view name) {
  if (!Has(name)) {
    return NoSuchFile(name);
  }
  return fs_->ReadFile(base::JoinPath(folder_, name), limits_.max_file_bytes);
}

namespace {

class PrefixSource : public Source {
 public:
  PrefixSource(Source& whole, std::string prefix)
      : whole_(&whole), prefix_(std::move(prefix)) {
    const std::vector<std::string>& all = whole.names();
    for (auto at = std::lower_bound(all.begin(), all.end(), prefix_);
         at != all.end() && at->compare(0, prefix_.size(), prefix_) == 0;
         ++at) {
      names_.push_back(at->substr(prefix_.size()));
    }
  }

  const std::vector<std::string>& names() const override { return names_; }
  base::Result<std::string> Read(std::string_view name) override {
    return whole_->Read(prefix_ + std::string(name));
  }

 private:
  Source* whole_;
  std::string prefix_;
  std::vector<std::string> names_;
};

}  // namespace

std::unique_ptr<Source> SourceBelow(Source& whole, std::string prefix) {
  return std::make_unique<PrefixSource>(whole, std::move(prefix));
}

}  // namespace fcc::package
