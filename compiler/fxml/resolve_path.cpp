// SPDX-License-Identifier: Apache-2.0

#include "compiler/fxml/fxml.h"
#include "runtime/base/file_system.h"
#include "runtime/base/plugin_path.h"

namespace fcc::fxml {

static std::string Resolve(
    std::string_view from, std::string_view src,
    std::initializer_list<std::string_view> extensions,
    const std::function<bool(std::string_view)>& exists) {
  if (src.empty()) {
    return {};
  }
  std::string path = src.front() == '/'
                         ? base::FromRootOf(from, src)
                         : base::JoinPath(base::DirectoryOf(from), src);
  if (path.substr(0, 2) == ".." ||
      base::PluginRootOf(path) != base::PluginRootOf(from)) {
    return {};
  }
  std::string_view written = base::ExtensionOf(path);
  for (std::string_view extension : extensions) {
    if (written == extension) {
      if (exists(path)) {
        return path;
      }
      // The other dialect's name of the same file.
      path = base::WithoutExtension(path);
      break;
    }
  }
  for (std::string_view extension : extensions) {
    std::string candidate = path + std::string(extension);
    if (exists(candidate)) {
      return candidate;
    }
  }
  return {};
}

std::string ResolveTemplatePath(
    std::string_view from, std::string_view src,
    const std::function<bool(std::string_view)>& exists) {
  return Resolve(from, src, {".fxml", ".wxml"}, exists);
}

std::string ResolveModulePath(
    std::string_view from, std::string_view src,
    const std::function<bool(std::string_view)>& exists) {
  return Resolve(from, src, {".fts", ".wxs"}, exists);
}

std::string InlineModulePath(std::string_view unit_path,
                             std::string_view module_name) {
  std::string path(unit_path);
  path += ':';
  path += module_name;
  return path;
}

}  // namespace fcc::fxml
