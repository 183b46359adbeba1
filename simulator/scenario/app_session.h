// SPDX-License-Identifier: Apache-2.0
//
// An app under test with the host around it: started, driven until it has
// nothing more to do, ended, started again.

#ifndef FCC_SIMULATOR_SCENARIO_APP_SESSION_H_
#define FCC_SIMULATOR_SCENARIO_APP_SESSION_H_

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "runtime/app/app.h"
#include "runtime/base/result.h"
#include "runtime/package/package.h"
#include "simulator/host/simulated_host.h"

namespace fcc::scenario {

struct SessionLimits {
  app::AppLimits app;
  // Virtual time that an awaited answer may take.
  double wait_ms = 5000;
  // What app::AppOptions says of it.
  script::CodeCache* code_cache = nullptr;
};

class AppSession {
 public:
  // `bundle` must outlive the session.
  AppSession(package::Bundle& bundle, const SessionLimits& limits);
  ~AppSession();

  host::SimulatedHost& host() { return host_; }
  // The app, started on its first page if it does not run yet.
  app::App& RunningApp();
  bool running() const { return app_ != nullptr; }
  // Ends the app if it runs, and starts it anew; storage stays.
  base::Status Restart(std::string_view url);
  void End();

  // Runs what is due now. False when the app never came to rest.
  bool Settle();
  // Settles, then lets virtual time pass until the network owes nothing.
  bool Idle();
  bool Advance(double ms);
  // Starts something that answers, and drives the app until it has; virtual
  // time passes if it must. A failure when no answer came in time.
  app::ApiResult Await(const std::function<void(app::ApiReply)>& start);

  // The page's configuration; an empty object when there is no such page.
  value::Value PageConfig(std::string_view path) const;
  // "path {json}" of the last setData calls, newest last.
  const std::deque<std::string>& set_data_calls() const {
    return set_data_calls_;
  }

 private:
  class Host;

  package::Bundle& bundle_;
  SessionLimits limits_;
  std::deque<std::string> set_data_calls_;
  host::SimulatedHost host_;
  std::unique_ptr<app::App> app_;
};

// "/pages/a/a?x=1" as launch options.
app::LaunchOptions LaunchOptionsOf(std::string_view url);

}  // namespace fcc::scenario

#endif  // FCC_SIMULATOR_SCENARIO_APP_SESSION_H_
