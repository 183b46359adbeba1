// SPDX-License-Identifier: Apache-2.0

#include "runtime/base/plugin_path.h"

#include "runtime/base/file_system.h"

namespace fcc::base {

static constexpr std::string_view kFolder = "__plugin__/";

std::string PluginRoot(std::string_view key) {
  return std::string(kFolder) + std::string(key);
}

std::string_view PluginRootOf(std::string_view path) {
  if (!path.starts_with(kFolder)) {
    return {};
  }
  return path.substr(0, path.find('/', kFolder.size()));
}

std::string FromRootOf(std::string_view from, std::string_view written) {
  // A slash in front keeps `..` below the root.
  std::string path = NormalizePath("/" + std::string(written));
  return NormalizePath(std::string(PluginRootOf(from)) + path)
      .substr(PluginRootOf(from).empty() ? 1 : 0);
}

}  // namespace fcc::base
