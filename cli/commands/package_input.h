// SPDX-License-Identifier: Apache-2.0
//
// Opening what a person names as an app: a folder that `fcc build` wrote, a
// package zip, a sealed container. Shared by the commands that take one.

#ifndef FCC_CLI_COMMANDS_PACKAGE_INPUT_H_
#define FCC_CLI_COMMANDS_PACKAGE_INPUT_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "cli/commands/command.h"
#include "runtime/package/sealed.h"
#include "runtime/package/source.h"

namespace fcc::commands {

// `--key FILE`, repeated, or FCC_KEY; for the tables of commands.
inline constexpr Flag kKeyFlag = {
    .name = "key",
    .kind = FlagKind::kPath,
    .help = {"key file of the sealed package (made by `fcc keygen`)",
             "密封包的密钥文件（由 `fcc keygen` 生成）"},
    .value = "FILE",
    .letter = 'k',
    .use = FlagUse::kRepeated};

base::Result<std::vector<package::KeyFile>> ReadKeyFiles(
    ToolEnv& env, const std::vector<std::string>& paths);

// True where the file begins as a sealed container does.
bool IsSealedFile(ToolEnv& env, std::string_view path);

// The first of the keys that opens the container. kRefused, naming the keys it
// is sealed for, when none does.
base::Result<std::unique_ptr<package::Source>> OpenSealedFile(
    ToolEnv& env, std::string_view path,
    const std::vector<package::KeyFile>& keys);

// `path` as a person gave it: a sealed container, a zip, a folder. The files of
// an output folder of `fcc build` are those below its package/.
base::Result<std::unique_ptr<package::Source>> OpenAppFiles(
    ToolEnv& env, std::string_view path, const std::vector<std::string>& keys);

}  // namespace fcc::commands

#endif  // FCC_CLI_COMMANDS_PACKAGE_INPUT_H_
