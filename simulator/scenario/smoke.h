// SPDX-License-Identifier: Apache-2.0
//
// The test nobody wrote: start the app and open every page of app.json, the way
// a user comes there: tab pages by their tab, the others on top of the page
// that was there first. A page is fine when neither the app nor the page
// reported an error of its own; what the host does not have (an API, a plugin,
// the network) is counted, not held against it. An error is told once, with the
// page whose code it came from.

#ifndef FCC_SIMULATOR_SCENARIO_SMOKE_H_
#define FCC_SIMULATOR_SCENARIO_SMOKE_H_

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/app/host_services.h"
#include "runtime/package/package.h"
#include "simulator/scenario/app_session.h"

namespace fcc::scenario {

struct SmokeError {
  std::string message;
  std::string stack;
  std::string file;
  uint32_t line = 0;
  uint32_t column = 0;
  std::string where;
  // How often it came.
  uint64_t count = 1;
};

struct SmokePage {
  std::string path;
  // With the query it was opened with.
  std::string url;
  bool ok = true;
  std::vector<SmokeError> errors;
  size_t nodes = 0;
  double ms = 0;
};

struct SmokeResult {
  std::vector<SmokePage> pages;
  std::map<std::string, uint64_t> missing_apis;
  size_t passed = 0;
  size_t failed = 0;
};

struct SmokeOptions {
  SessionLimits limits;
  // Virtual time a page is given after it was opened, and how much more when it
  // still has something to do.
  double settle_ms = 500;
  double more_ms = 5000;
  std::function<bool(app::SourcePosition&)> map_position;
  // Source that the app hands to Function.
  std::function<base::Result<std::string>(std::string_view, bool)> lower_source;
  // Told before each page, for whoever watches a page that never ends.
  std::function<void(const std::string& path)> on_page;
};

SmokeResult RunSmoke(package::Bundle& bundle, const SmokeOptions& options);

}  // namespace fcc::scenario

#endif  // FCC_SIMULATOR_SCENARIO_SMOKE_H_
