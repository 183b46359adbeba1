// SPDX-License-Identifier: Apache-2.0

#include "cli/publish/release_info.h"

#include "runtime/base/json.h"

namespace fcc::publish {

static std::string Trim(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n";
  const size_t begin = text.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos) {
    return "";
  }
  return std::string(
      text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1));
}

// No git, or no repository: nothing.
static std::string AskGit(tool_env::ToolEnv& env, std::string_view project,
                          std::vector<std::string> arguments) {
  const auto result = env.processes.Run({.program = "git",
                                         .arguments = std::move(arguments),
                                         .directory = std::string(project),
                                         .timeout_ms = 5000});
  return result && result->exit_code == 0 ? Trim(result->out) : "";
}

std::string FindVersion(tool_env::ToolEnv& env, std::string_view project) {
  const auto text = env.fs.ReadFile(base::JoinPath(project, "package.json"),
                                    base::FileSystem::kDefaultMax);
  if (text) {
    const base::JsonDocument document = base::ParseJson(*text);
    const base::JsonNode* version = document.root->Find("version");
    if (version != nullptr && !version->StringOr("").empty()) {
      return std::string(version->string);
    }
  }
  std::string tag =
      AskGit(env, project, {"describe", "--tags", "--exact-match"});
  if (tag.size() > 1 && tag[0] == 'v' && tag[1] >= '0' && tag[1] <= '9') {
    tag.erase(0, 1);
  }
  return tag;
}

std::string FindDescription(tool_env::ToolEnv& env, std::string_view project) {
  return AskGit(env, project, {"log", "-1", "--format=%B"});
}

}  // namespace fcc::publish
