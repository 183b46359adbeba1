// SPDX-License-Identifier: Apache-2.0

#include "cli/tool_env/tool_env.h"

namespace fcc::tool_env {

std::optional<std::string> ToolEnv::Variable(std::string_view name) const {
  auto found = environment.find(name);
  if (found == environment.end() || found->second.empty()) {
    return std::nullopt;
  }
  return found->second;
}

std::string ToolEnv::CacheDirectory() const {
  if (const auto named = Variable("FCC_CACHE")) {
    return *named == "off" ? "" : Resolve(*named);
  }
  // A relative one is to be ignored (XDG Base Directory Specification).
  const auto caches = Variable("XDG_CACHE_HOME");
  if (caches && caches->front() == '/') {
    return base::JoinPath(*caches, "fcc");
  }
  const auto home = Variable("HOME");
  return home && home->front() == '/' ? base::JoinPath(*home, ".cache/fcc")
                                      : "";
}

std::string ToolEnv::Show(std::string_view absolute_path) const {
  if (absolute_path == cwd) {
    return ".";
  }
  const std::string prefix = cwd == "/" ? cwd : cwd + "/";
  if (absolute_path.starts_with(prefix)) {
    absolute_path.remove_prefix(prefix.size());
  }
  return std::string(absolute_path);
}

void ToolEnv::PrintError(std::string_view message) {
  err.Print("fcc: {}{}{}\n", err.Red(Say({"error", "错误"})), Say({": ", "："}),
            message);
}

int ToolEnv::Fail(const base::Error& error) {
  PrintError(error.message);
  return kExitWorld;
}

int ToolEnv::FailUsage(std::string_view message) {
  PrintError(message);
  return kExitUsage;
}

Language LanguageOf(
    const std::map<std::string, std::string, std::less<>>& environment) {
  for (std::string_view name : {"FCC_LANG", "LC_ALL", "LC_MESSAGES", "LANG"}) {
    auto found = environment.find(name);
    if (found != environment.end() && !found->second.empty()) {
      return found->second.starts_with("zh") ? Language::kChinese
                                             : Language::kEnglish;
    }
  }
  return Language::kEnglish;
}

}  // namespace fcc::tool_env
