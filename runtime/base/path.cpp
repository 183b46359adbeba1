// SPDX-License-Identifier: Apache-2.0
//
// The textual half of file_system.h: paths as strings.

#include <vector>

#include "runtime/base/file_system.h"

namespace fcc::base {

std::string NormalizePath(std::string_view path) {
  bool absolute = !path.empty() && path.front() == '/';
  std::vector<std::string_view> parts;
  size_t at = 0;
  while (at <= path.size()) {
    size_t slash = path.find('/', at);
    if (slash == std::string_view::npos) {
      slash = path.size();
    }
    std::string_view part = path.substr(at, slash - at);
    at = slash + 1;
    if (part.empty() || part == ".") {
      continue;
    }
    if (part == "..") {
      if (!parts.empty() && parts.back() != "..") {
        parts.pop_back();
        continue;
      }
      if (absolute) {
        continue;
      }
    }
    parts.push_back(part);
  }
  std::string text = absolute ? "/" : "";
  for (size_t i = 0; i < parts.size(); ++i) {
    if (i != 0) {
      text += '/';
    }
    text += parts[i];
  }
  return text.empty() ? "." : text;
}

std::string JoinPath(std::string_view left, std::string_view right) {
  if (left.empty() || (!right.empty() && right.front() == '/')) {
    return NormalizePath(right);
  }
  std::string joined(left);
  joined += '/';
  joined += right;
  return NormalizePath(joined);
}

std::string_view DirectoryOf(std::string_view path) {
  size_t slash = path.rfind('/');
  if (slash == std::string_view::npos) {
    return {};
  }
  return slash == 0 ? path.substr(0, 1) : path.substr(0, slash);
}

std::string_view BaseName(std::string_view path) {
  size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

std::string_view ExtensionOf(std::string_view path) {
  std::string_view name = BaseName(path);
  size_t dot = name.rfind('.');
  if (dot == std::string_view::npos || dot == 0) {
    return {};
  }
  return name.substr(dot);
}

std::string_view WithoutExtension(std::string_view path) {
  return path.substr(0, path.size() - ExtensionOf(path).size());
}

}  // namespace fcc::base
