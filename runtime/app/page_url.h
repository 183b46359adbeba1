// SPDX-License-Identifier: Apache-2.0

#ifndef FCC_RUNTIME_APP_PAGE_URL_H_
#define FCC_RUNTIME_APP_PAGE_URL_H_

#include <string>
#include <string_view>

#include "runtime/value/value.h"

namespace fcc::app {

// "pages/a/a?x=1" → path and query; values stay as they were written, as the
// platform hands them to onLoad.
struct PageUrl {
  std::string path;
  // Name to text.
  value::Value query;
};

// A path that does not begin with `/` is relative to the folder of `from_path`.
PageUrl ParsePageUrl(std::string_view url, std::string_view from_path);

}  // namespace fcc::app

#endif  // FCC_RUNTIME_APP_PAGE_URL_H_
