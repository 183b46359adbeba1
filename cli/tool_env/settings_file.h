// SPDX-License-Identifier: Apache-2.0
//
// fcc.config.json: settings by command, comments allowed.
//
//   {
//     "$schema": "…/fcc.config.schema.json",
//     "lang": "zh",                       // common flags stand at the top
//     "build": {"out": "dist"},           // a section a command
//     "publish": {"platform": "https://…"}
//   }
//
// A key is a flag's name, `dry-run` or `dryRun`. A key that means nothing is an
// error with the near one named: a setting never fails silently.

#ifndef FCC_CLI_TOOL_ENV_SETTINGS_FILE_H_
#define FCC_CLI_TOOL_ENV_SETTINGS_FILE_H_

#include <functional>
#include <string>
#include <string_view>

#include "cli/tool_env/command_line.h"
#include "runtime/base/json.h"

namespace fcc::tool_env {

// Of the nearest fcc.config.json in `folder` or above; empty when there is
// none.
std::string FindSettingsFile(base::FileSystem& fs, std::string_view folder);

// The text of one top-level key of folder/project.config.json; empty when the
// file, the key or a string there is missing. Its faults are the project's, and
// the commands that read the project tell them.
std::string ReadProjectKey(base::FileSystem& fs, std::string_view folder,
                           std::string_view key);

class SettingsFile {
 public:
  SettingsFile(const ToolEnv& env, Language language, std::string path)
      : env_(env), language_(language), path_(std::move(path)) {}

  // `place` is how the setting is shown: `build.out`.
  using Take = std::function<base::Status(
      const Flag& flag, std::string_view value, std::string_view place)>;
  // Hands over every value that concerns the command: the top level's common
  // flags first, then its section.
  base::Status Read(const CommandSpec& spec, const SettingsSections& sections,
                    const Take& take);
  std::string shown_path() const { return env_.Show(path_); }

 private:
  base::Status ReadTop(const base::JsonNode& root, const CommandSpec& spec,
                       const SettingsSections& sections, const Take& take);
  base::Status ReadSection(const base::JsonNode& section,
                           const CommandSpec& spec, const Take& take);
  base::Status ReadValue(const Flag& flag, const base::JsonNode& node,
                         std::string_view place, const Take& take);
  base::Error Wrong(base::Span span, std::string_view en,
                    std::string_view zh) const;
  base::Error UnknownKey(const base::JsonMember& member,
                         std::string_view section,
                         const std::vector<std::string_view>& known) const;

  const ToolEnv& env_;
  Language language_;
  std::string path_;
  std::string text_;
};

}  // namespace fcc::tool_env

#endif  // FCC_CLI_TOOL_ENV_SETTINGS_FILE_H_
