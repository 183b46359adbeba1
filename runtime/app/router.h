// SPDX-License-Identifier: Apache-2.0
//
// The page stack and the ways to change it. Spec: component-model.md, section
// 9. A route asked for by script happens after the task that asks: lifecycles
// never run inside each other.

#ifndef FCC_RUNTIME_APP_ROUTER_H_
#define FCC_RUNTIME_APP_ROUTER_H_

#include <deque>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/app/app.h"
#include "runtime/app/page.h"
#include "runtime/app/page_url.h"
#include "runtime/value/value.h"

namespace fcc::app {

class AppState;

struct RouteRequest {
  RouteKind kind = RouteKind::kNavigateTo;
  // As written by the caller; relative to the page in front.
  std::string url;
  int delta = 1;
  // navigateTo's `events`, or empty.
  script::Handle events;
  // Told with the opener's end of the event channel, or the reason.
  std::function<void(ApiResult, script::Handle channel)> reply;
};

std::string_view RouteName(RouteKind kind);

class Router {
 public:
  explicit Router(AppState& app) : app_(app) {}

  void Request(RouteRequest request);
  // The first page of the app; false when there is no such page.
  bool OpenFirstMayRunScript(std::string_view path, value::Value query);

  // Null when no page is open.
  Page* current() const { return stack_.empty() ? nullptr : stack_.back(); }
  // Bottom to top.
  const std::vector<Page*>& stack() const { return stack_; }
  // Also of tab pages in the background. Null when it was closed.
  Page* FindPage(PageId id) const;
  void EnterStack(Page& page);
  // Every living page.
  const std::map<PageId, std::unique_ptr<Page>>& pages() const {
    return pages_;
  }
  bool IsTab(std::string_view path) const;
  void TapTabMayRunScript(uint32_t index);
  // Tells the views, and frees closed pages and removed nodes; not while script
  // runs.
  void Collect();

 private:
  // The failure's text, or empty.
  std::string RunMayRunScript(RouteRequest& request, script::Handle& channel);
  std::string NavigateTo(RouteRequest& request, const PageUrl& url,
                         script::Handle& channel);
  std::string RedirectTo(const PageUrl& url);
  std::string NavigateBack(int delta);
  std::string ReLaunch(const PageUrl& url);
  std::string SwitchTab(const PageUrl& url);
  // Empty and a page's entry, or why the page cannot be opened.
  std::string Check(const PageUrl& url, const package::ComponentEntry*& entry);
  Page& Open(const package::ComponentEntry& entry, value::Value query,
             script::Handle opener_channel = {});
  void CloseTop();
  void CloseMayRunScript(Page& page);
  // Brings a page to the front, and tells that the route has ended; `loaded`:
  // it was opened by this route.
  void ArriveMayRunScript(Page& page, bool loaded);
  // Listeners of wx.onBeforeAppRoute and its kin.
  void TellMayRunScript(std::string_view event, const std::string& path,
                        const value::Value& query);

  AppState& app_;
  std::map<PageId, std::unique_ptr<Page>> pages_;
  std::vector<Page*> stack_;
  // Tab pages that live on while another is in front.
  std::map<std::string, PageId, std::less<>> tabs_;
  PageId last_id_ = 0;
  // What the route that runs was asked for as, and its number.
  std::string_view open_type_ = "appLaunch";
  uint64_t route_number_ = 0;
};

}  // namespace fcc::app

#endif  // FCC_RUNTIME_APP_ROUTER_H_
