// SPDX-License-Identifier: Apache-2.0
//
// Every file a project could use, by its path in the project: listed once, so
// that looking for a file costs no system call, gives the same answer on every
// disk, and can say what was probably meant.
//
// A path in the project is relative to the folder of app.json and uses `/`.
// It need not be a place on the disk: packages in node_modules are mounted
// below miniprogram_npm/.

#ifndef FCC_COMPILER_PROJECT_FILE_INDEX_H_
#define FCC_COMPILER_PROJECT_FILE_INDEX_H_

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/file_system.h"
#include "runtime/base/result.h"

namespace fcc::project {

class FileIndex {
 public:
  FileIndex() = default;
  // Lists `root` on the disk. Folders named node_modules, those whose names
  // begin with a dot, and `excluded` (as disk paths) are left out.
  static base::Result<FileIndex> Scan(base::FileSystem& fs,
                                      std::string_view root,
                                      const std::vector<std::string>& excluded);
  // Adds the files of a folder on the disk below `at`; what is there already
  // wins.
  base::Status Mount(base::FileSystem& fs, std::string_view folder,
                     std::string_view at);

  // Adds a file that lies on no disk; what is there already wins.
  void AddGenerated(std::string path, std::string text);
  // Null when `path` is no generated file.
  const std::string* GeneratedText(std::string_view path) const;

  bool Has(std::string_view path) const {
    return files_.find(path) != files_.end();
  }
  bool HasFolder(std::string_view path) const;
  // Where the file lies; empty when there is none or it was generated.
  std::string_view DiskPathOf(std::string_view path) const;
  // All paths below `folder` ("" for all), sorted by bytes.
  std::vector<std::string_view> Below(std::string_view folder) const;
  const std::map<std::string, std::string, std::less<>>& files() const {
    return files_;
  }

  // A file of the same path but for the case of its letters, or with one small
  // slip in its folder or name; empty when none is near. For "did you mean".
  std::string_view Nearest(std::string_view path) const;

 private:
  std::string_view FindNearest(std::string_view path) const;

  std::map<std::string, std::string, std::less<>> files_;
  std::map<std::string, std::string, std::less<>> generated_;
  // What Nearest() found: a session asks for the same at every change. Asked
  // from one thread at a time.
  mutable std::map<std::string, std::string, std::less<>> nearest_;
};

}  // namespace fcc::project

#endif  // FCC_COMPILER_PROJECT_FILE_INDEX_H_
