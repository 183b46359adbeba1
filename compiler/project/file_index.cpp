// SPDX-License-Identifier: Apache-2.0

#include "compiler/project/file_index.h"

#include "compiler/diagnostics/diagnostic.h"

namespace fcc::project {

static constexpr int kMaxFolderDepth = 64;

namespace {

struct Walk {
  base::FileSystem& fs;
  const std::vector<std::string>& excluded;
  std::map<std::string, std::string, std::less<>>& files;
};

}  // namespace

static bool IsExcluded(const Walk& walk, const std::string& disk_path) {
  for (const std::string& path : walk.excluded) {
    if (base::NormalizePath(path) == disk_path) {
      return true;
    }
  }
  return false;
}

static base::Status WalkFolder(const Walk& walk, const std::string& disk_path,
                               const std::string& path, int depth) {
  if (depth > kMaxFolderDepth) {
    return base::Error{base::ErrorKind::kLimit,
                       base::format("`{}` lies more than {} folders deep",
                                    disk_path, kMaxFolderDepth)};
  }
  FCC_TRY_ASSIGN(std::vector<base::DirectoryEntry> entries,
                 walk.fs.List(disk_path));
  for (const base::DirectoryEntry& entry : entries) {
    if (entry.name.front() == '.' || entry.name == "node_modules") {
      continue;
    }
    // Not normalised: behind a link `..` means what the system says.
    std::string below = disk_path + "/" + entry.name;
    std::string name = path.empty() ? entry.name : path + "/" + entry.name;
    if (entry.kind == base::FileKind::kFile) {
      walk.files.emplace(std::move(name), std::move(below));
    } else if (entry.kind == base::FileKind::kDirectory &&
               !IsExcluded(walk, below)) {
      FCC_TRY(WalkFolder(walk, below, name, depth + 1));
    }
  }
  return {};
}

base::Result<FileIndex> FileIndex::Scan(
    base::FileSystem& fs, std::string_view root,
    const std::vector<std::string>& excluded) {
  FileIndex index;
  Walk walk{fs, excluded, index.files_};
  FCC_TRY(WalkFolder(walk, base::NormalizePath(root), "", 0));
  return index;
}

base::Status FileIndex::Mount(base::FileSystem& fs, std::string_view folder,
                              std::string_view at) {
  nearest_.clear();
  std::vector<std::string> none;
  Walk walk{fs, none, files_};
  return WalkFolder(walk, std::string(folder), std::string(at), 0);
}

void FileIndex::AddGenerated(std::string path, std::string text) {
  nearest_.clear();
  if (files_.emplace(path, "").second) {
    generated_.emplace(std::move(path), std::move(text));
  }
}

const std::string* FileIndex::GeneratedText(std::string_view path) const {
  auto found = generated_.find(path);
  return found == generated_.end() ? nullptr : &found->second;
}

bool FileIndex::HasFolder(std::string_view path) const {
  std::string prefix = std::string(path) + "/";
  auto found = files_.lower_bound(prefix);
  return found != files_.end() &&
         found->first.compare(0, prefix.size(), prefix) == 0;
}

std::string_view FileIndex::DiskPathOf(std::string_view path) const {
  auto found = files_.find(path);
  return found == files_.end() ? std::string_view() : found->second;
}

std::vector<std::string_view> FileIndex::Below(std::string_view folder) const {
  std::string prefix = folder.empty() ? "" : std::string(folder) + "/";
  std::vector<std::string_view> paths;
  for (auto at = files_.lower_bound(prefix);
       at != files_.end() && at->first.compare(0, prefix.size(), prefix) == 0;
       ++at) {
    paths.push_back(at->first);
  }
  return paths;
}

static bool SameButCase(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) {
    return false;
  }
  for (size_t i = 0; i < a.size(); ++i) {
    auto lower = [](char c) {
      return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    };
    if (lower(a[i]) != lower(b[i])) {
      return false;
    }
  }
  return true;
}

std::string_view FileIndex::Nearest(std::string_view path) const {
  auto known = nearest_.find(path);
  if (known == nearest_.end()) {
    known = nearest_.emplace(path, FindNearest(path)).first;
  }
  return known->second;
}

std::string_view FileIndex::FindNearest(std::string_view path) const {
  std::string_view extension = base::ExtensionOf(path);
  std::vector<std::string_view> candidates;
  for (const auto& [name, disk_path] : files_) {
    if (SameButCase(name, path)) {
      return name;
    }
    if (base::ExtensionOf(name) == extension) {
      candidates.push_back(name);
    }
  }
  // Most of a path is folders: a third of it is another file.
  static constexpr size_t kMostSlips = 4;
  return diagnostics::NearestWord(path, candidates, kMostSlips);
}

}  // namespace fcc::project
