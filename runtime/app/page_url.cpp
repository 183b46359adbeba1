// SPDX-License-Identifier: Apache-2.0

#include "runtime/app/page_url.h"

#include "runtime/base/file_system.h"

namespace fcc::app {

using value::Value;

PageUrl ParsePageUrl(std::string_view url, std::string_view from_path) {
  PageUrl result;
  result.query = Value::NewObject();
  const size_t mark = url.find('?');
  std::string_view path = url.substr(0, mark);
  if (mark != std::string_view::npos) {
    std::string_view rest = url.substr(mark + 1);
    rest = rest.substr(0, rest.find('#'));
    while (!rest.empty()) {
      const size_t end = rest.find('&');
      const std::string_view pair = rest.substr(0, end);
      const size_t equals = pair.find('=');
      if (!pair.empty()) {
        result.query.MutableObject().Set(
            pair.substr(0, equals),
            Value::String(equals == std::string_view::npos
                              ? std::string_view()
                              : pair.substr(equals + 1)));
      }
      rest = end == std::string_view::npos ? std::string_view()
                                           : rest.substr(end + 1);
    }
  }
  if (path.find("://") != std::string_view::npos) {
    // Of a plugin that is not there: named as it was written.
    result.path = path;
  } else if (path.starts_with("/")) {
    result.path = base::NormalizePath(path.substr(1));
  } else {
    result.path =
        base::NormalizePath(base::JoinPath(base::DirectoryOf(from_path), path));
  }
  for (const std::string_view suffix : {".html", ".wxml", ".fxml"}) {
    if (result.path.ends_with(suffix)) {
      result.path.resize(result.path.size() - suffix.size());
    }
  }
  return result;
}

}  // namespace fcc::app
