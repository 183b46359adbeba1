// SPDX-License-Identifier: Apache-2.0
//
// The projects that `fcc init` starts from: templates/, put into the program at
// build time. `__NAME__`, `__APP_ID__` and `__PACKAGE_NAME__` in a text stand
// for what the user chose.

#ifndef FCC_CLI_COMMANDS_TEMPLATES_H_
#define FCC_CLI_COMMANDS_TEMPLATES_H_

#include <span>
#include <string_view>

namespace fcc::commands {

struct TemplateFile {
  // "native".
  std::string_view name;
  std::string_view path;
  std::string_view text;
};

// By template, then path.
std::span<const TemplateFile> TemplateFiles();

}  // namespace fcc::commands

#endif  // FCC_CLI_COMMANDS_TEMPLATES_H_
