// SPDX-License-Identifier: Apache-2.0
//
// Tells when files change, for commands that go on until they are stopped.

#ifndef FCC_CLI_TOOL_ENV_FILE_WATCHER_H_
#define FCC_CLI_TOOL_ENV_FILE_WATCHER_H_

#include <map>
#include <string>
#include <vector>

#include "runtime/base/result.h"

namespace fcc::tool_env {

class FileWatcher {
 public:
  virtual ~FileWatcher() = default;
  // Watches all below `root` but folders that no build reads: node_modules,
  // those whose names begin with a dot, and `excluded` with what lies beside
  // them under the same name and more (the next output of a build).
  virtual base::Status Watch(const std::string& root,
                             const std::vector<std::string>& excluded) = 0;
  // Waits for a change, and then until nothing has changed for a moment.
  // Absolute paths of what was written, made, moved or removed, sorted; folders
  // among them where what they hold is not known. Fails when nothing can be
  // told any more.
  virtual base::Result<std::vector<std::string>> Wait() = 0;
};

// By inotify.
class RealFileWatcher : public FileWatcher {
 public:
  RealFileWatcher() = default;
  RealFileWatcher(const RealFileWatcher&) = delete;
  RealFileWatcher& operator=(const RealFileWatcher&) = delete;
  ~RealFileWatcher() override;

  base::Status Watch(const std::string& root,
                     const std::vector<std::string>& excluded) override;
  base::Result<std::vector<std::string>> Wait() override;

 private:
  bool IsExcluded(const std::string& path) const;
  base::Status Add(const std::string& folder);

  int descriptor_ = -1;
  std::string root_;
  std::vector<std::string> excluded_;
  // By watch descriptor.
  std::map<int, std::string> folders_;
};

}  // namespace fcc::tool_env

#endif  // FCC_CLI_TOOL_ENV_FILE_WATCHER_H_
