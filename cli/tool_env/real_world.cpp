// SPDX-License-Identifier: Apache-2.0

#include "cli/tool_env/real_world.h"

#include <unistd.h>

#include <climits>
#include <csignal>
#include <thread>

namespace fcc::tool_env {

static std::map<std::string, std::string, std::less<>> ReadEnvironment() {
  std::map<std::string, std::string, std::less<>> result;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    const size_t equals = text.find('=');
    if (equals != std::string_view::npos) {
      result.emplace(text.substr(0, equals), text.substr(equals + 1));
    }
  }
  return result;
}

static std::string ReadSelfPath() {
  char path[PATH_MAX];
  const ssize_t size = readlink("/proc/self/exe", path, sizeof path);
  return size > 0 ? std::string(path, static_cast<size_t>(size)) : "";
}

static std::string ReadCurrentDirectory() {
  char path[PATH_MAX];
  return getcwd(path, sizeof path) != nullptr ? path : "/";
}

static void ExitAsBug(int) {
  _exit(kExitBug);
}

RealWorld::RealWorld()
    : self_path_(ReadSelfPath()),
      processes_(self_path_),
      out_(STDOUT_FILENO),
      err_(STDERR_FILENO),
      env{.fs = fs_,
          .clock = clock_,
          .processes = processes_,
          .out = out_,
          .err = err_,
          .environment = ReadEnvironment(),
          .cwd = ReadCurrentDirectory(),
          .self_path = self_path_} {
  std::signal(SIGABRT, ExitAsBug);
  std::signal(SIGPIPE, SIG_IGN);
  env.watcher = &watcher_;
  env.language = LanguageOf(env.environment);
  env.jobs =
      static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
}

}  // namespace fcc::tool_env
