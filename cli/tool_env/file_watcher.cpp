// SPDX-License-Identifier: Apache-2.0

#include "cli/tool_env/file_watcher.h"

#include <poll.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <set>

#include "runtime/base/file_system.h"
#include "runtime/base/format.h"

namespace fcc::tool_env {

static constexpr uint32_t kEvents = IN_CLOSE_WRITE | IN_CREATE | IN_DELETE |
                                    IN_MOVED_FROM | IN_MOVED_TO | IN_ONLYDIR;
// Editors write, rename and touch in a row.
static constexpr int kQuietMs = 40;

RealFileWatcher::~RealFileWatcher() {
  if (descriptor_ >= 0) {
    close(descriptor_);
  }
}

bool RealFileWatcher::IsExcluded(const std::string& path) const {
  const std::string_view name = base::BaseName(path);
  if (name.starts_with('.') || name == "node_modules") {
    return true;
  }
  for (const std::string& folder : excluded_) {
    if (path.starts_with(folder) &&
        (path.size() == folder.size() || path[folder.size()] == '/' ||
         path[folder.size()] == '.')) {
      return true;
    }
  }
  return false;
}

base::Status RealFileWatcher::Add(const std::string& folder) {
  const int watch = inotify_add_watch(descriptor_, folder.c_str(), kEvents);
  if (watch < 0) {
    // Gone again meanwhile.
    if (errno == ENOENT || errno == ENOTDIR) {
      return {};
    }
    return base::Error{
        base::ErrorKind::kLimit,
        errno == ENOSPC
            ? base::format("`{}` cannot be watched: the system's limit of "
                           "watched folders is reached "
                           "(fs.inotify.max_user_watches)",
                           folder)
            : base::format("`{}` cannot be watched: {}", folder,
                           std::strerror(errno))};
  }
  folders_[watch] = folder;
  base::RealFileSystem files;
  const auto entries = files.List(folder);
  if (!entries) {
    return {};
  }
  for (const base::DirectoryEntry& entry : *entries) {
    const std::string path = folder + "/" + entry.name;
    if (entry.kind == base::FileKind::kDirectory && !IsExcluded(path)) {
      FCC_TRY(Add(path));
    }
  }
  return {};
}

base::Status RealFileWatcher::Watch(const std::string& root,
                                    const std::vector<std::string>& excluded) {
  root_ = base::NormalizePath(root);
  excluded_ = excluded;
  if (descriptor_ < 0) {
    descriptor_ = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
  }
  if (descriptor_ < 0) {
    return base::Error{
        base::ErrorKind::kLimit,
        base::format("files cannot be watched: {}", std::strerror(errno))};
  }
  return Add(root_);
}

base::Result<std::vector<std::string>> RealFileWatcher::Wait() {
  std::set<std::string> changed;
  while (true) {
    pollfd poll_on = {descriptor_, POLLIN, 0};
    const int ready = poll(&poll_on, 1, changed.empty() ? -1 : kQuietMs);
    if (ready == 0) {
      return std::vector<std::string>(changed.begin(), changed.end());
    }
    if (ready < 0 && errno != EINTR) {
      return base::Error{
          base::ErrorKind::kCorrupt,
          base::format("files cannot be watched: {}", std::strerror(errno))};
    }
    alignas(inotify_event) std::array<char, 16384> buffer;
    const ssize_t size = read(descriptor_, buffer.data(), buffer.size());
    for (ssize_t at = 0; at < size;) {
      inotify_event event;
      std::memcpy(&event, buffer.data() + at, sizeof event);
      const char* name = buffer.data() + at + sizeof event;
      at += static_cast<ssize_t>(sizeof event + event.len);
      if ((event.mask & IN_Q_OVERFLOW) != 0) {
        changed.insert(root_);
        continue;
      }
      if ((event.mask & IN_IGNORED) != 0) {
        folders_.erase(event.wd);
        continue;
      }
      auto folder = folders_.find(event.wd);
      if (folder == folders_.end() || event.len == 0) {
        continue;
      }
      const std::string path = folder->second + "/" + name;
      if (IsExcluded(path)) {
        continue;
      }
      // A file that was only made is written yet.
      if ((event.mask & IN_ISDIR) == 0 && (event.mask & IN_CREATE) != 0) {
        continue;
      }
      if ((event.mask & IN_ISDIR) != 0 &&
          (event.mask & (IN_CREATE | IN_MOVED_TO)) != 0) {
        FCC_TRY(Add(path));
      }
      changed.insert(path);
    }
  }
}

}  // namespace fcc::tool_env
