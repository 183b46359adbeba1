// SPDX-License-Identifier: Apache-2.0
//
// App: one running mini program. It owns a script heap with the user's code,
// the page stack, and every page's component trees; templates are evaluated
// natively on its side. It reaches the world through HostServices only.
//
// One thread: everything here, and every host callback, runs on the thread that
// called Create. Functions named …MayRunScript re-enter the user's code, after
// which any page or node may have gone; hold ids, not pointers, across them.
// What the user's code throws goes to HostServices::ReportError and never ends
// the app.

#ifndef FCC_RUNTIME_APP_APP_H_
#define FCC_RUNTIME_APP_APP_H_

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/app/host_services.h"
#include "runtime/base/result.h"
#include "runtime/value/value.h"

namespace fcc::package {
class Bundle;
}
namespace fcc::script {
class CodeCache;
}

namespace fcc::app {

class AppState;
struct Node;

struct AppLimits {
  // Of the script heap; 0 for none.
  uint64_t heap_bytes = uint64_t{512} << 20;
  // Of one uninterrupted run of the user's code; 0 for none.
  double script_ms = 10000;
  // Open pages; navigateTo past it fails.
  uint32_t page_stack = 10;
};

struct AppOptions {
  AppLimits limits;
  // Where the scripts' compiled form is kept between runs; null for nowhere.
  // Must outlive the app.
  script::CodeCache* code_cache = nullptr;
};

// How the app is started or brought to the front.
struct LaunchOptions {
  // A page of the app, without a leading slash; empty for the entry page.
  std::string path;
  // Name to text.
  value::Value query;
  int scene = 1001;
  value::Value referrer_info;
};

enum class RouteKind : uint8_t {
  kNavigateTo,
  kRedirectTo,
  kNavigateBack,
  kReLaunch,
  kSwitchTab,
};

struct PageInfo {
  PageId id = 0;
  // Without a leading slash or a suffix.
  std::string path;
  // Name to text.
  value::Value query;
};

// One touch point of a touch event.
struct Touch {
  int identifier = 0;
  double page_x = 0;
  double page_y = 0;
};

struct EventInit {
  std::string type;
  value::Value detail;
  bool bubbles = false;
  bool composed = false;
  bool capture_phase = false;
  std::vector<Touch> touches;
  std::vector<Touch> changed_touches;
};

// What an app holds on to, garbage collected.
struct AppUsage {
  uint64_t heap_bytes = 0;
  // Of all open pages.
  size_t components = 0;
  size_t nodes = 0;
};

class App {
 public:
  // `bundle` and `host` must outlive the app.
  static base::Result<std::unique_ptr<App>> Create(package::Bundle& bundle,
                                                   HostServices& host,
                                                   AppOptions options = {});
  ~App();
  App(const App&) = delete;
  App& operator=(const App&) = delete;

  // Runs the main package's modules, App.onLaunch, App.onShow and opens the
  // first page. Once only. Fails when the package cannot be read or there is no
  // such page.
  base::Status LaunchMayRunScript(const LaunchOptions& options);
  // To the front and to the back.
  void ShowMayRunScript(const LaunchOptions& options);
  void HideMayRunScript();

  // What wx.navigateTo and its kin do. `url` as the user's code writes it,
  // against the root; `delta` of navigateBack.
  void RouteMayRunScript(RouteKind kind, std::string_view url, int delta,
                         ApiReply reply);
  // A user shares the page in front by the menu; answers with the card, when
  // the page knows it. Fails without a page.
  void ShareMayRunScript(ApiReply reply);
  // The system turns light or dark.
  void ChangeThemeMayRunScript(std::string_view theme);
  // A user's tap on a tab of the tab bar.
  void TapTabMayRunScript(uint32_t index);
  // A user's pull, scroll, and the window's new size.
  void PullDownMayRunScript();
  void ScrollPageMayRunScript(double scroll_top);
  void ReachBottomMayRunScript();
  void ResizeMayRunScript(double width, double height);

  // Bottom to top.
  std::vector<PageInfo> Pages() const;
  std::optional<PageInfo> CurrentPage() const;
  // Null when there is no such page.
  const Node* PageRoot(PageId page) const;
  // Null when the node has gone.
  const Node* FindNode(PageId page, NodeId node) const;
  // The first, or all, below `scope` (0: the page) in tree order. The selector
  // sees inside one shadow tree; `>>>` crosses. Fails on a bad selector.
  base::Result<std::vector<NodeId>> Query(PageId page, NodeId scope,
                                          std::string_view selector) const;

  // What a finger does: touchstart, touchend, tap, with the built-in
  // components' own behaviour (a switch turns, a form button submits).
  void TapMayRunScript(PageId page, NodeId node);
  void LongPressMayRunScript(PageId page, NodeId node);
  void DispatchEventMayRunScript(PageId page, NodeId node,
                                 const EventInit& event);
  // What a user does to one built-in component: `input` text, `scrollTo`,
  // `swipeTo`, `slideTo`, `pick`, `confirm`, `focus`, `blur`. Fails when the
  // component knows no such action.
  base::Result<value::Value> ActMayRunScript(
      PageId page, NodeId node, std::string_view action,
      const std::vector<value::Value>& arguments);

  // Of a page (node 0) or a custom component. Fails when there is none.
  base::Result<value::Value> GetData(PageId page, NodeId node,
                                     std::string_view path) const;
  base::Status SetDataMayRunScript(PageId page, NodeId node,
                                   const value::Value& data);
  // Awaits a returned promise. Answers with Fail when the method is missing,
  // throws or rejects.
  void CallMethodMayRunScript(PageId page, NodeId node, std::string_view method,
                              const std::vector<value::Value>& arguments,
                              ApiReply reply);
  // `source` is a function expression in ES5, called with `arguments` in the
  // app's global scope.
  void CallFunctionMayRunScript(std::string_view source,
                                const std::vector<value::Value>& arguments,
                                ApiReply reply);
  // Calls wx[name] as the user's code would.
  void CallApiMayRunScript(std::string_view name,
                           const std::vector<value::Value>& arguments,
                           ApiReply reply);
  // Replaces what wx[name] does, by a result or by a function outside of the
  // app's heap. A synchronous name needs its answer before the function
  // returns. {errMsg: "…:fail …"} in a result makes the call fail.
  void MockApi(std::string_view name, value::Value result);
  using ApiMock = std::function<void(const std::vector<value::Value>& arguments,
                                     ApiReply reply)>;
  void MockApiByFunction(std::string_view name, ApiMock mock);
  void RestoreApi(std::string_view name);

  // Tells the listeners of an event API: ("NetworkStatusChange", {…}).
  void FireApiEventMayRunScript(std::string_view event,
                                const value::Value& argument);
  // Tells a listener on an object that the host made.
  void FireObjectEventMayRunScript(uint32_t object, std::string_view event,
                                   const value::Value& argument);

  // Microtasks, setData callbacks and what else the core has put off to the
  // end of the task. A host calls it after each thing it makes the app do; the
  // functions above and posted tasks do it themselves.
  void FinishTaskMayRunScript();

  // Names that were called and that this host does not have, with how often.
  const std::map<std::string, uint64_t>& unsupported_calls() const;
  uint64_t heap_bytes() const;
  // Collects the script heap's garbage first; not while script runs.
  AppUsage Usage();

 private:
  explicit App(std::unique_ptr<AppState> state);
  std::unique_ptr<AppState> state_;
};

}  // namespace fcc::app

#endif  // FCC_RUNTIME_APP_APP_H_
