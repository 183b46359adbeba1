// SPDX-License-Identifier: Apache-2.0

#include "simulator/scenario/smoke.h"

#include <algorithm>
#include <utility>

#include "runtime/app/node.h"
#include "runtime/base/file_system.h"
#include "runtime/base/format.h"
#include "simulator/scenario/page_queries.h"

namespace fcc::scenario {

// An error that only says that this host lacks something, or that a request
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

// Tasks that one page may run: sixty timers a second for the whole time come to
// a hundredth of it. An app that answers every event with two is stopped.
static constexpr uint64_t kMaxTasksOfPage = 30'000;

static size_t CountNodes(const app::Node& node) {
  size_t count = app::IsTransparent(node) ? 0 : 1;
  app::ForEachComposedChild(
      node, [&](app::Node& child) { count += CountNodes(child); });
  return count;
}

// The same error again, from the same place.
static void AddError(std::vector<SmokeError>& errors, SmokeError error) {
  for (SmokeError& known : errors) {
    if (known.message == error.message && known.file == error.file &&
        known.line == error.line && known.column == error.column) {
      ++known.count;
      return;
    }
  }
  errors.push_back(std::move(error));
}

namespace {

class SmokeRun {
 public:
  SmokeRun(package::Bundle& bundle, const SmokeOptions& options)
      : bundle_(bundle),
        options_(options),
        session_(bundle, options.limits),
        queries_(FindPageQueries(bundle)) {
    session_.host().OnMapPosition(options.map_position);
    session_.host().OnLowerSource(options.lower_source);
  }

  SmokeResult Run();

 private:
  void Open(SmokePage& page, const std::string& query);
  // With the queries there are, until one gives no error.
  SmokePage Try(const std::string& path);
  std::string Launch(const std::string& url);
  std::string Route(app::RouteKind kind, const std::string& url, int delta);
  // Back to the page at the bottom.
  void Unwind();
  void Settle();
  // Lets virtual time pass, task by task. False when the page ran more than its
  // part.
  bool Advance(double ms);
  bool IsExhausted();
  // Ends the app, and keeps what it counted. The next page starts it anew.
  void EndApp();
  // What was reported goes to the page it is of: by what was running, by the
  // file, else `page`.
  void TakeErrors(SmokePage& page);
  SmokePage* PageOf(const app::ErrorReport& report);
  bool IsTab(const std::string& path) const;

  package::Bundle& bundle_;
  const SmokeOptions& options_;
  AppSession session_;
  const PageQueries queries_;
  base::SystemClock clock_;
  SmokeResult result_;
  bool launched_ = false;
  // The task at which the page that is open is stopped.
  uint64_t last_task_ = 0;
};

}  // namespace

bool SmokeRun::IsTab(const std::string& path) const {
  const value::Value list = bundle_.config().config.Get("tabBar").Get("list");
  return list.IsArray() &&
         std::any_of(list.array().items.begin(), list.array().items.end(),
                     [&](const value::Value& item) {
                       std::string page =
                           item.Get("pagePath").ToDisplayString();
                       return page == path || page == "/" + path;
                     });
}

SmokePage* SmokeRun::PageOf(const app::ErrorReport& report) {
  const std::string_view stem = base::WithoutExtension(report.file);
  for (SmokePage& page : result_.pages) {
    if (page.path == stem || (report.where.size() > page.path.size() &&
                              report.where.starts_with(page.path) &&
                              report.where[page.path.size()] == ' ')) {
      return &page;
    }
  }
  return nullptr;
}

void SmokeRun::TakeErrors(SmokePage& page) {
  for (const app::ErrorReport& report : session_.host().errors()) {
    if (!IsOfTheHost(report)) {
      SmokePage* owner = PageOf(report);
      AddError((owner != nullptr ? *owner : page).errors,
               {report.message, report.stack, report.file, report.line,
                report.column, report.where});
    }
  }
  session_.host().errors().clear();
}

bool SmokeRun::IsExhausted() {
  return session_.host().tasks().ran() >= last_task_;
}

bool SmokeRun::Advance(double ms) {
  host::TaskQueue& tasks = session_.host().tasks();
  double left = ms;
  for (;;) {
    const std::optional<double> next = tasks.UntilNext();
    const double step = next ? std::min(*next, left) : left;
    if (!tasks.Advance(step) || IsExhausted()) {
      return false;
    }
    left -= step;
    if (left <= 0) {
      return true;
    }
  }
}

void SmokeRun::EndApp() {
  for (const auto& [name, count] : session_.RunningApp().unsupported_calls()) {
    result_.missing_apis[name] += count;
  }
  session_.End();
  launched_ = false;
}

void SmokeRun::Settle() {
  Advance(options_.settle_ms);
  // What is left is waited for; a timer that repeats is cut short.
  constexpr int kMaxSteps = 300;
  double waited = 0;
  for (int step = 0; step < kMaxSteps; ++step) {
    const std::optional<double> next = session_.host().tasks().UntilNext();
    if (!next || waited + *next > options_.more_ms || IsExhausted() ||
        !Advance(*next)) {
      break;
    }
    waited += *next;
  }
}

std::string SmokeRun::Launch(const std::string& url) {
  launched_ = true;
  const base::Status status = session_.Restart(url);
  return status ? std::string() : status.error().message;
}

std::string SmokeRun::Route(app::RouteKind kind, const std::string& url,
                            int delta) {
  const app::ApiResult routed = session_.Await([&](app::ApiReply reply) {
    session_.RunningApp().RouteMayRunScript(kind, url, delta, std::move(reply));
  });
  return routed.ok ? std::string() : routed.message;
}

void SmokeRun::Unwind() {
  const size_t depth = session_.RunningApp().Pages().size();
  if (depth > 1) {
    Route(app::RouteKind::kNavigateBack, "", static_cast<int>(depth) - 1);
    session_.Settle();
  }
}

void SmokeRun::Open(SmokePage& page, const std::string& query) {
  const std::string& path = page.path;
  page.url = "/" + path;
  const bool tab = IsTab(path);
  if (!query.empty() && !tab) {
    page.url += "?" + query;
  }
  const int64_t start = clock_.MonotonicUs();
  last_task_ = session_.host().tasks().ran() + kMaxTasksOfPage;
  std::string failure;
  if (!launched_) {
    failure = Launch(page.url);
  } else if (tab) {
    failure = Route(app::RouteKind::kSwitchTab, page.url, 1);
  } else {
    failure = Route(app::RouteKind::kNavigateTo, page.url, 1);
    if (!failure.empty()) {
      failure = Route(app::RouteKind::kReLaunch, page.url, 1);
    }
  }
  // Before the app goes elsewhere by itself.
  if (const std::optional<app::PageInfo> current =
          session_.RunningApp().CurrentPage();
      current && current->path == path) {
    Advance(options_.settle_ms);
    if (const app::Node* root = session_.RunningApp().PageRoot(current->id)) {
      page.nodes = CountNodes(*root);
    }
  }
  Settle();
  page.ms = static_cast<double>(clock_.MonotonicUs() - start) / 1000.0;
  if (!failure.empty()) {
    AddError(page.errors, {failure, {}, {}, 0, 0, "route"});
  }
  if (IsExhausted()) {
    AddError(
        page.errors,
        {base::format("the app does not come to rest: {} timers and events "
                      "since this page was opened; each may start more "
                      "than one of its kind",
                      kMaxTasksOfPage),
         {},
         {},
         0,
         0,
         "timers and events"});
  }
}

SmokePage SmokeRun::Try(const std::string& path) {
  std::vector<std::string> candidates;
  if (const auto found = queries_.find(path); found != queries_.end()) {
    candidates = found->second;
  }
  candidates.emplace_back();
  if (IsTab(path)) {
    candidates = {""};
  }
  std::optional<SmokePage> best;
  for (const std::string& query : candidates) {
    if (launched_) {
      Unwind();
      // Of the page before; of an attempt that failed nobody wants to know
      // more.
      SmokePage failed;
      TakeErrors(best || result_.pages.empty() ? failed : result_.pages.back());
    }
    // In place already, so that errors find it; replaced by the best attempt.
    SmokePage& page = result_.pages.emplace_back();
    page.path = path;
    Open(page, query);
    TakeErrors(page);
    if (IsExhausted()) {
      EndApp();
    }
    if (!best || page.errors.size() < best->errors.size()) {
      best = page;
    }
    result_.pages.pop_back();
    if (best->errors.empty()) {
      break;
    }
  }
  return *std::move(best);
}

SmokeResult SmokeRun::Run() {
  for (const std::string& path : bundle_.config().pages) {
    if (options_.on_page) {
      options_.on_page(path);
    }
    SmokePage page = Try(path);
    result_.pages.push_back(std::move(page));
  }
  if (launched_ && !result_.pages.empty()) {
    Unwind();
    TakeErrors(result_.pages.back());
  }
  if (launched_) {
    EndApp();
  }
  for (SmokePage& page : result_.pages) {
    page.ok = page.errors.empty();
    ++(page.ok ? result_.passed : result_.failed);
  }
  return std::move(result_);
}

SmokeResult RunSmoke(package::Bundle& bundle, const SmokeOptions& options) {
  return SmokeRun(bundle, options).Run();
}

}  // namespace fcc::scenario
