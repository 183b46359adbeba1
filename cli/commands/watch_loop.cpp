// SPDX-License-Identifier: Apache-2.0

#include "cli/commands/watch_loop.h"

namespace fcc::commands {

int WatchLoop(
    ToolEnv& env, const std::string& folder,
    const std::vector<std::string>& excluded,
    const std::function<void(const std::vector<std::string>& changed)>& work) {
  if (env.watcher == nullptr) {
    return env.FailUsage(
        env.Say({"`--watch` cannot be used here", "此处不能使用 `--watch`"}));
  }
  if (base::Status watched = env.watcher->Watch(folder, excluded); !watched) {
    return env.Fail(watched.error());
  }
  // Watched first, so that no change falls between.
  work({});
  while (true) {
    if (!env.quiet) {
      env.err.Print("{}\n",
                    env.err.Dim(env.Say({"waiting for changes; Ctrl-C ends it",
                                         "正在等待文件变化，按 Ctrl-C 结束"})));
    }
    base::Result<std::vector<std::string>> changed = env.watcher->Wait();
    if (!changed) {
      return env.Fail(changed.error());
    }
    work(*changed);
  }
}

}  // namespace fcc::commands
