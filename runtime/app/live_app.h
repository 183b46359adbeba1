// SPDX-License-Identifier: Apache-2.0
//
// An app as a live host runs it: the app on a thread of its own, and every
// page's view on another. The code above is that of a test's single thread;
// only the queues differ. The threads share nothing: what a page shows goes to
// its view as bytes (view_feed.h), and what a user does comes back as bytes.

#ifndef FCC_RUNTIME_APP_LIVE_APP_H_
#define FCC_RUNTIME_APP_LIVE_APP_H_

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/app/app.h"
#include "runtime/app/host_services.h"
#include "runtime/app/view_mirror.h"
#include "runtime/base/result.h"

namespace fcc::package {
class Source;
}

namespace fcc::app {

// What the program around gives. Each function says on which thread it is
// called; it must outlive the LiveApp.
class LiveHost {
 public:
  virtual ~LiveHost() = default;

  // On the app's thread. `reply` may be called on any thread, of a synchronous
  // call before CallApi returns; values in `call` stay on the app's thread.
  virtual ApiHandling CallApi(const ApiCall& call, ApiReply reply) {
    static_cast<void>(call);
    static_cast<void>(reply);
    return ApiHandling::kUnsupported;
  }
  virtual bool HasApi(std::string_view name) {
    static_cast<void>(name);
    return false;
  }
  virtual void Log(LogLevel level, std::string_view text) {
    static_cast<void>(level);
    static_cast<void>(text);
  }
  virtual void ReportError(const ErrorReport& error) {
    static_cast<void>(error);
  }

  // On the page's view thread, after each message.
  virtual void OnViewChanged(PageId page, const ViewMirror& view) {
    static_cast<void>(page);
    static_cast<void>(view);
  }
};

// Any thread may call these, but not a thread of the app itself, except where
// it is said.
class LiveApp {
 public:
  // Opens what `fcc build` wrote (Bundle::Open) on the app's thread.
  static base::Result<std::unique_ptr<LiveApp>> Open(
      std::unique_ptr<package::Source> source, LiveHost& host,
      AppOptions options = {});
  // Ends the app, then its views.
  ~LiveApp();
  LiveApp(const LiveApp&) = delete;
  LiveApp& operator=(const LiveApp&) = delete;

  // Waits until the first page is open.
  base::Status Launch(std::string_view url = "");
  // Does something with the app on its thread, and waits for it; also from the
  // app's thread.
  void With(const std::function<void(App&)>& action);

  // What a user does. These return at once, on every thread.
  void Tap(PageId page, NodeId node);
  void SendEvent(PageId page, NodeId node, const EventInit& event);

  // Looks at a page's view on its thread, and waits for it; false when the page
  // has no view. Every message sent before has been taken.
  bool WithView(PageId page,
                const std::function<void(const ViewMirror&)>& action);

 private:
  class Services;
  class Views;

  explicit LiveApp(LiveHost& host);

  std::unique_ptr<Views> views_;
  std::unique_ptr<Services> services_;
};

}  // namespace fcc::app

#endif  // FCC_RUNTIME_APP_LIVE_APP_H_
