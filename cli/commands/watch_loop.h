// SPDX-License-Identifier: Apache-2.0
//
// `--watch`: once more after every change, until the user stops it.

#ifndef FCC_CLI_COMMANDS_WATCH_LOOP_H_
#define FCC_CLI_COMMANDS_WATCH_LOOP_H_

#include <functional>
#include <string>
#include <vector>

#include "cli/commands/command.h"

namespace fcc::commands {

inline constexpr Flag kWatchFlag = {
    .name = "watch",
    .kind = FlagKind::kSwitch,
    .help = {"go on, and do it again after every change",
             "持续运行，文件变化后自动重新执行"}};

// Calls `work` with nothing, then, whenever something below `folder` has
// changed, with the paths of what did (file_watcher.h), saying on err that it
// waits. Ends with `kExitWorld` when nothing can be watched; Ctrl-C ends the
// process.
int WatchLoop(
    ToolEnv& env, const std::string& folder,
    const std::vector<std::string>& excluded,
    const std::function<void(const std::vector<std::string>& changed)>& work);

}  // namespace fcc::commands

#endif  // FCC_CLI_COMMANDS_WATCH_LOOP_H_
