// SPDX-License-Identifier: Apache-2.0

#include "simulator/scenario/smoke.h"

#include <algorithm>

#include "runtime/app/node.h"
#include "runtime/base/format.h"

namespace fcc::scenario {

static SmokeError ErrorOf(const app::ErrorReport& report) {
  return {report.message, report.stack,  report.file,
          report.line,    report.column, report.where};
}

// A rejection that only says that this host lacks something, or that a request
// went nowhere.
static bool IsOfTheHost(const app::ErrorReport& report) {
  static constexpr std::string_view kTexts[] = {
      "not supported by this host",
      "is not mocked",
  };
  return std::any_of(std::begin(kTexts), std::end(kTexts),
                     [&](std::string_view text) {
                       return report.message.find(text) != std::string::npos;
                     });
}

static void TakeErrors(host::SimulatedHost& host,
                       std::vector<SmokeError>& errors) {
  for (const app::ErrorReport& report : host.errors()) {
    if (!IsOfTheHost(report)) {
      errors.push_back(ErrorOf(report));
    }
  }
  host.errors().clear();
}

static size_t CountNodes(const app::Node& node) {
  size_t count = node.kind == app::NodeKind::kShadowRoot ? 0 : 1;
  app::ForEachComposedChild(
      node, [&](app::Node& child) { count += CountNodes(child); });
  return count;
}

static bool IsUrlChar(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '/' ||
         c == '.' || c == '=' || c == '&' || c == '%';
}

std::map<std::string, std::string> FindPageQueries(package::Bundle& bundle) {
  std::map<std::string, std::string> queries;
  for (const package::PackageEntry& entry : bundle.config().packages) {
    const base::Result<package::Package*> package = bundle.Load(entry.name);
    if (!package) {
      continue;
    }
    const base::Result<std::string> script = (*package)->ReadScript();
    if (!script) {
      continue;
    }
    for (const std::string& page : bundle.config().pages) {
      const std::string start = page + "?";
      for (size_t at = script->find(start); at != std::string::npos;
           at = script->find(start, at + 1)) {
        size_t end = at + start.size();
        while (end < script->size() && IsUrlChar((*script)[end])) {
          ++end;
        }
        std::string query =
            script->substr(at + start.size(), end - at - start.size());
        // `?id=` goes on in an expression: any value will do.
        if (query.ends_with("=")) {
          query += "1";
        }
        std::string& known = queries[page];
        if (query.size() > known.size()) {
          known = std::move(query);
        }
      }
    }
  }
  return queries;
}

SmokeResult RunSmoke(package::Bundle& bundle, const SmokeOptions& options) {
  SmokeResult result;
  AppSession session(bundle, options.limits);
  host::SimulatedHost& host = session.host();
  host.OnMapPosition(options.map_position);
  host.OnLowerSource(options.lower_source);
  const std::map<std::string, std::string> queries = FindPageQueries(bundle);
  base::SystemClock clock;
  const auto open = [&](const std::string& path, bool first) {
    SmokePage page;
    page.path = path;
    const auto query = queries.find(path);
    page.url = "/" + path;
    if (query != queries.end() && !query->second.empty()) {
      page.url += "?" + query->second;
    }
    if (options.on_page) {
      options.on_page(path);
    }
    const int64_t start = clock.MonotonicUs();
    std::string failure;
    if (first) {
      const base::Status status = session.Restart(page.url);
      if (!status) {
        failure = status.error().message;
      }
    } else {
      const app::ApiResult routed = session.Await([&](app::ApiReply reply) {
        session.RunningApp().RouteMayRunScript(app::RouteKind::kReLaunch,
                                               page.url, 1, std::move(reply));
      });
      if (!routed.ok) {
        failure = routed.message;
      }
    }
    session.Advance(options.settle_ms);
    TakeErrors(host, page.errors);
    if (!failure.empty()) {
      page.errors.push_back({failure, {}, {}, 0, 0, "route"});
    }
    const std::optional<app::PageInfo> current =
        session.RunningApp().CurrentPage();
    if (current) {
      if (const app::Node* root = session.RunningApp().PageRoot(current->id)) {
        page.nodes = CountNodes(*root);
      }
    }
    page.ms = static_cast<double>(clock.MonotonicUs() - start) / 1000.0;
    page.ok = page.errors.empty();
    result.pages.push_back(std::move(page));
  };
  bool first = true;
  for (const std::string& path : bundle.config().pages) {
    open(path, std::exchange(first, false));
  }
  for (const auto& [name, count] : session.RunningApp().unsupported_calls()) {
    result.missing_apis[name] += count;
  }
  for (const SmokePage& page : result.pages) {
    ++(page.ok ? result.passed : result.failed);
  }
  return result;
}

}  // namespace fcc::scenario
