// SPDX-License-Identifier: Apache-2.0

#include "runtime/app/router.h"

#include <algorithm>

#include "runtime/app/app_state.h"
#include "runtime/base/format.h"

namespace fcc::app {

using script::Handle;
using value::Value;

std::string_view RouteName(RouteKind kind) {
  switch (kind) {
    case RouteKind::kNavigateTo:
      return "navigateTo";
    case RouteKind::kRedirectTo:
      return "redirectTo";
    case RouteKind::kNavigateBack:
      return "navigateBack";
    case RouteKind::kReLaunch:
      return "reLaunch";
    case RouteKind::kSwitchTab:
      return "switchTab";
  }
  return "";
}

bool Router::IsTab(std::string_view path) const {
  const Value list = app_.config().config.Get("tabBar").Get("list");
  if (!list.IsArray()) {
    return false;
  }
  for (const Value& item : list.array().items) {
    const Value page = item.Get("pagePath");
    if (page.IsString()) {
      std::string_view text = page.string();
      if (text.ends_with(".html")) {
        text.remove_suffix(5);
      }
      if (text.starts_with("/")) {
        text.remove_prefix(1);
      }
      if (text == path) {
        return true;
      }
    }
  }
  return false;
}

Page* Router::FindPage(PageId id) const {
  const auto found = pages_.find(id);
  return found == pages_.end() || found->second->closed() ? nullptr
                                                          : found->second.get();
}

void Router::EnterStack(Page& page) {
  stack_.push_back(&page);
}

std::string Router::Check(const PageUrl& url,
                          const package::ComponentEntry*& entry) {
  const std::vector<std::string>& pages = app_.config().pages;
  entry = app_.config().Find(url.path);
  if (std::find(pages.begin(), pages.end(), url.path) == pages.end() ||
      entry == nullptr) {
    return base::format("page \"{}\" is not found", url.path);
  }
  if (!app_.IsIndependent(entry->package)) {
    if (const base::Status status = app_.StartMayRunScript(); !status) {
      return status.error().message;
    }
  }
  if (const base::Status status =
          app_.modules().RunPackageMayRunScript(entry->package);
      !status) {
    return base::format("subpackage \"{}\" cannot be loaded: {}",
                        entry->package, status.error().message);
  }
  return {};
}

Page& Router::Open(const package::ComponentEntry& entry, Value query,
                   Handle opener_channel) {
  const PageId id = ++last_id_;
  auto owned = std::make_unique<Page>(app_, id, entry, std::move(query));
  Page& page = *(pages_[id] = std::move(owned));
  TellMayRunScript("BeforePageLoad", page.path(), page.query());
  page.opener_channel = std::move(opener_channel);
  if (IsTab(entry.path)) {
    tabs_[entry.path] = id;
  }
  page.OpenMayRunScript();
  return page;
}

void Router::CloseMayRunScript(Page& page) {
  TellMayRunScript("BeforePageUnload", page.path(), page.query());
  page.CloseMayRunScript();
  // onUnload still sees itself in getCurrentPages().
  std::erase(stack_, &page);
  TellMayRunScript("AfterPageUnload", page.path(), page.query());
}

void Router::CloseTop() {
  Page* page = stack_.back();
  CloseMayRunScript(*page);
  if (const auto tab = tabs_.find(page->path());
      tab != tabs_.end() && tab->second == page->id()) {
    tabs_.erase(tab);
  }
}

void Router::ArriveMayRunScript(Page& page, bool loaded) {
  page.ShowMayRunScript();
  if (loaded) {
    TellMayRunScript("AfterPageLoad", page.path(), page.query());
  }
  TellMayRunScript("AppRoute", page.path(), page.query());
  app_.logic().AfterRender([this, id = page.id()] {
    if (Page* arrived = FindPage(id)) {
      TellMayRunScript("AppRouteDone", arrived->path(), arrived->query());
      arrived->RunPageLifetimeMayRunScript("routeDone", {});
    }
  });
}

// The order is that of the platform documentation on page route events.
void Router::TellMayRunScript(std::string_view event, const std::string& path,
                              const Value& query) {
  if (!app_.api().HasListeners(event)) {
    return;
  }
  const Handle argument = app_.heap().FromValue(Value::ObjectOf({
      {"path", Value::String(path)},
      {"query", query},
      {"openType", Value::String(open_type_)},
      {"routeEventId", Value::String(std::to_string(route_number_))},
  }));
  app_.api().FireMayRunScript(event, std::span(&argument, 1));
}

bool Router::OpenFirstMayRunScript(std::string_view path, Value query) {
  PageUrl url;
  url.path = path;
  const package::ComponentEntry* entry = nullptr;
  if (!Check(url, entry).empty()) {
    return false;
  }
  const Logic::Task task(app_.logic());
  open_type_ = "appLaunch";
  ++route_number_;
  TellMayRunScript("BeforeAppRoute", url.path, query);
  ArriveMayRunScript(Open(*entry, std::move(query)), true);
  return true;
}

void Router::Request(RouteRequest request) {
  app_.logic().Post(0, [this, request = std::move(request)]() mutable {
    Handle channel;
    const std::string failure = RunMayRunScript(request, channel);
    if (request.reply) {
      request.reply(failure.empty() ? ApiResult::Ok(Value::NewObject())
                                    : ApiResult::Fail(failure),
                    channel);
    }
  });
}

std::string Router::RunMayRunScript(RouteRequest& request, Handle& channel) {
  open_type_ = RouteName(request.kind);
  ++route_number_;
  if (request.kind == RouteKind::kNavigateBack) {
    return NavigateBack(request.delta);
  }
  const PageUrl url =
      ParsePageUrl(app_.plugins().UrlOf(request.url),
                   current() != nullptr ? current()->path() : "");
  switch (request.kind) {
    case RouteKind::kNavigateTo:
      return NavigateTo(request, url, channel);
    case RouteKind::kRedirectTo:
      return RedirectTo(url);
    case RouteKind::kReLaunch:
      return ReLaunch(url);
    case RouteKind::kSwitchTab:
      return SwitchTab(url);
    case RouteKind::kNavigateBack:
      break;
  }
  return {};
}

std::string Router::NavigateTo(RouteRequest& request, const PageUrl& url,
                               Handle& channel) {
  const package::ComponentEntry* entry = nullptr;
  if (std::string failure = Check(url, entry); !failure.empty()) {
    return failure;
  }
  if (IsTab(url.path)) {
    return "can not navigateTo a tabbar page";
  }
  if (stack_.size() >= app_.options().limits.page_stack) {
    return "webview count limit exceed";
  }
  TellMayRunScript("BeforeAppRoute", url.path, url.query);
  if (current() != nullptr) {
    current()->HideMayRunScript();
  }
  const EventChannels::Ends ends = app_.channels().Connect(request.events);
  channel = ends.opener;
  ArriveMayRunScript(Open(*entry, url.query, ends.opened), true);
  return {};
}

std::string Router::RedirectTo(const PageUrl& url) {
  const package::ComponentEntry* entry = nullptr;
  if (std::string failure = Check(url, entry); !failure.empty()) {
    return failure;
  }
  if (IsTab(url.path)) {
    return "can not redirectTo a tabbar page";
  }
  TellMayRunScript("BeforeAppRoute", url.path, url.query);
  if (!stack_.empty()) {
    CloseTop();
  }
  ArriveMayRunScript(Open(*entry, url.query), true);
  return {};
}

std::string Router::NavigateBack(int delta) {
  if (stack_.size() < 2) {
    return "cannot navigate back at first page.";
  }
  const size_t count =
      std::min<size_t>(delta < 1 ? 1 : delta, stack_.size() - 1);
  const Page* target = stack_[stack_.size() - 1 - count];
  TellMayRunScript("BeforeAppRoute", target->path(), target->query());
  for (size_t i = 0; i < count; ++i) {
    CloseTop();
  }
  ArriveMayRunScript(*current(), false);
  return {};
}

std::string Router::ReLaunch(const PageUrl& url) {
  const package::ComponentEntry* entry = nullptr;
  if (std::string failure = Check(url, entry); !failure.empty()) {
    return failure;
  }
  TellMayRunScript("BeforeAppRoute", url.path, url.query);
  while (!stack_.empty()) {
    CloseTop();
  }
  // Tab pages in the background go, too.
  for (const auto& [path, id] : std::map(std::exchange(tabs_, {}))) {
    if (Page* page = FindPage(id)) {
      CloseMayRunScript(*page);
    }
  }
  ArriveMayRunScript(Open(*entry, url.query), true);
  return {};
}

std::string Router::SwitchTab(const PageUrl& url) {
  const package::ComponentEntry* entry = nullptr;
  if (std::string failure = Check(url, entry); !failure.empty()) {
    return failure;
  }
  if (!IsTab(url.path)) {
    return "can not switch to no-tabBar page";
  }
  if (current() != nullptr && current()->path() == url.path) {
    return {};
  }
  TellMayRunScript("BeforeAppRoute", url.path, Value::NewObject());
  // Everything above the tab page goes; the tab page itself stays alive.
  while (!stack_.empty() && !IsTab(current()->path())) {
    CloseTop();
  }
  if (current() != nullptr && current()->path() != url.path) {
    current()->HideMayRunScript();
    stack_.pop_back();
  }
  if (current() != nullptr) {
    ArriveMayRunScript(*current(), false);
    return {};
  }
  const auto tab = tabs_.find(url.path);
  Page* page = tab == tabs_.end() ? nullptr : FindPage(tab->second);
  if (page != nullptr) {
    stack_.push_back(page);
    ArriveMayRunScript(*page, false);
    return {};
  }
  // Differs: the platform drops the query of a tab page; so do we.
  ArriveMayRunScript(Open(*entry, Value::NewObject()), true);
  return {};
}

void Router::TapTabMayRunScript(uint32_t index) {
  const Value list = app_.config().config.Get("tabBar").Get("list");
  if (!list.IsArray() || index >= list.array().items.size()) {
    return;
  }
  const Value item = list.array().items[index];
  RouteRequest request;
  request.kind = RouteKind::kSwitchTab;
  request.url = "/" + item.Get("pagePath").ToDisplayString();
  request.reply = [this, item, index](const ApiResult& result, const Handle&) {
    if (result.ok && current() != nullptr) {
      current()->CallMayRunScript("onTabItemTap",
                                  {app_.heap().FromValue(Value::ObjectOf(
                                      {{"index", Value::Number(index)},
                                       {"pagePath", item.Get("pagePath")},
                                       {"text", item.Get("text")}}))});
    }
  };
  Request(std::move(request));
}

void Router::Collect() {
  for (auto at = pages_.begin(); at != pages_.end();) {
    if (at->second->closed()) {
      if (app_.host().WantsViews()) {
        app_.host().OnViewClosed(at->first);
      }
      at = pages_.erase(at);
    } else {
      at->second->TellView();
      at->second->Collect();
      ++at;
    }
  }
}

}  // namespace fcc::app
