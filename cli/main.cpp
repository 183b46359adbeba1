// SPDX-License-Identifier: Apache-2.0

#include <csignal>
#include <string>
#include <vector>

#include "cli/commands/command.h"
#include "cli/tool_env/real_world.h"

int main(int argc, char** argv) {
  fcc::tool_env::RealWorld world;
  const std::vector<std::string> words(argv + (argc > 0 ? 1 : 0), argv + argc);
  return fcc::commands::RunTool(world.env, words);
}
