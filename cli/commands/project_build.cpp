// SPDX-License-Identifier: Apache-2.0

#include "cli/commands/project_build.h"

namespace fcc::commands {

driver::BuildOptions OptionsOfBuild(const tool_env::ToolEnv& env,
                                    std::string_view folder,
                                    StyleTools& tools) {
  driver::BuildOptions options;
  options.project_dir = env.Resolve(folder);
  options.jobs = env.jobs;
  options.style_tools = &tools;
  if (const std::string cache = env.CacheDirectory(); !cache.empty()) {
    options.cache_dir = cache + "/units";
  }
  return options;
}

driver::Mode ModeOf(std::string_view choice) {
  return choice == "production" ? driver::Mode::kProduction
                                : driver::Mode::kDevelopment;
}

}  // namespace fcc::commands
