// SPDX-License-Identifier: Apache-2.0
//
// Everything the world provides to a command. main.cpp makes the real one; a
// test makes one of a memory file system, a virtual clock and string terminals,
// and runs the same commands.

#ifndef FCC_CLI_TOOL_ENV_TOOL_ENV_H_
#define FCC_CLI_TOOL_ENV_TOOL_ENV_H_

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "cli/tool_env/file_watcher.h"
#include "cli/tool_env/processes.h"
#include "cli/tool_env/terminal.h"
#include "runtime/base/clock.h"
#include "runtime/base/file_system.h"
#include "runtime/base/result.h"

namespace fcc::tool_env {

// What a command returns; documented in the README and stable.
enum ExitCode : int {
  kExitOk = 0,
  // The user's project has errors, or its tests failed.
  kExitProblems = 1,
  // The command line or a configuration file of fcc is wrong.
  kExitUsage = 2,
  // The world: files, network, platform.
  kExitWorld = 3,
  // A bug of ours.
  kExitBug = 70,
};

enum class Language { kEnglish, kChinese };

// A text for people, in both languages.
struct Text {
  std::string_view en;
  std::string_view zh;
  std::string_view In(Language language) const {
    return language == Language::kChinese && !zh.empty() ? zh : en;
  }
};

struct ToolEnv {
  base::FileSystem& fs;
  base::Clock& clock;
  Processes& processes;
  // Results.
  Terminal& out;
  // Everything else.
  Terminal& err;
  std::map<std::string, std::string, std::less<>> environment = {};
  // Absolute.
  std::string cwd = "/";
  // The running program, absolute; helpers are found from it.
  std::string self_path = {};
  Language language = Language::kEnglish;
  // Nothing but problems is said on `err`.
  bool quiet = false;
  bool verbose = false;
  // Threads a command may keep busy.
  int jobs = 1;
  // Null where commands cannot go on.
  FileWatcher* watcher = nullptr;

  // Nothing when unset or empty.
  std::optional<std::string> Variable(std::string_view name) const;
  // Where fcc keeps what it can make again: FCC_CACHE, else fcc/ in
  // XDG_CACHE_HOME or in ~/.cache. Empty where FCC_CACHE is `off` or there is
  // no such place.
  std::string CacheDirectory() const;
  // Against cwd, normalised.
  std::string Resolve(std::string_view path) const {
    return base::JoinPath(cwd, path);
  }
  // The path as a person in cwd would write it.
  std::string Show(std::string_view absolute_path) const;
  std::string_view Say(const Text& text) const { return text.In(language); }
  // A text with `{}` in it.
  template <typename... Args>
  std::string Format(const Text& text, const Args&... args) const {
    const std::string_view chosen = Say(text);
    return fmt::vformat(fmt::string_view(chosen.data(), chosen.size()),
                        fmt::make_format_args(args...));
  }

  // `fcc: error: …` on err.
  void PrintError(std::string_view message);
  // The same for a failure of the world; returns kExitWorld.
  int Fail(const base::Error& error);
  // A bad command line: the message, and how to get help; returns kExitUsage.
  int FailUsage(std::string_view message);
};

// The language of FCC_LANG, LC_ALL, LC_MESSAGES or LANG, the first one set.
Language LanguageOf(
    const std::map<std::string, std::string, std::less<>>& environment);

}  // namespace fcc::tool_env

#endif  // FCC_CLI_TOOL_ENV_TOOL_ENV_H_
