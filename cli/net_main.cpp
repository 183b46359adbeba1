// SPDX-License-Identifier: Apache-2.0
//
// fcc-net: what of fcc speaks HTTP. `fcc` starts it; its command lines are
// those of `fcc publish` and `fcc platform`.

#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include "cli/publish/publish_command.h"
#include "cli/tool_env/real_world.h"
#include "simulator/net/curl_transport.h"

using namespace fcc;

static int Run(tool_env::ToolEnv& env, const std::vector<std::string>& words) {
  const bool is_platform = !words.empty() && words[0] == "platform";
  if (!is_platform && (words.empty() || words[0] != "publish")) {
    return env.FailUsage("fcc-net is a part of fcc; run `fcc` instead");
  }
  auto parsed = tool_env::ParseCommandLine(
      env, is_platform ? publish::kPlatformSpec : publish::kPublishSpec,
      std::span(words).subspan(1));
  if (!parsed) {
    return env.FailUsage(parsed.error().message);
  }
  tool_env::ApplyCommonFlags(env, parsed->arguments);
  if (is_platform) {
    return publish::RunPlatformServer(env, parsed->arguments);
  }
  net::CurlTransport transport({});
  return publish::RunPublishStep(
      env, parsed->arguments,
      {.transport = transport, .sleep = [](int ms) {
         std::this_thread::sleep_for(std::chrono::milliseconds(ms));
       }});
}

int main(int argc, char** argv) {
  tool_env::RealWorld world;
  return Run(world.env,
             std::vector<std::string>(argv + (argc > 0 ? 1 : 0), argv + argc));
}
