// SPDX-License-Identifier: Apache-2.0

#include "simulator/scenario/app_session.h"

#include <memory>

#include "runtime/app/page_url.h"
#include "runtime/base/format.h"
#include "runtime/value/value_json.h"

namespace fcc::scenario {

using value::Value;

namespace {

constexpr size_t kSetDataCalls = 10;
// How far Idle() lets time go for one slow answer.
constexpr double kMaxIdleMs = 120'000;
constexpr size_t kShownJson = 400;

}  // namespace

app::LaunchOptions LaunchOptionsOf(std::string_view url) {
  app::LaunchOptions options;
  if (!url.empty()) {
    app::PageUrl parsed = app::ParsePageUrl(url, "");
    options.path = std::move(parsed.path);
    options.query = std::move(parsed.query);
  }
  return options;
}

AppSession::AppSession(package::Bundle& bundle, const SessionLimits& limits)
    : bundle_(bundle), limits_(limits) {
  host_.device().app_id = bundle.config().app_id;
  host_.OnObjectEvent(
      [this](uint32_t object, std::string_view event, const Value& argument) {
        if (app_ != nullptr) {
          app_->FireObjectEventMayRunScript(object, event, argument);
        }
      });
  host_.OnApiEvent([this](std::string_view event, const Value& argument) {
    if (app_ != nullptr) {
      app_->FireApiEventMayRunScript(event, argument);
    }
  });
  host_.OnSetData([this](std::string_view component, const Value& patch) {
    std::string json = value::ToJson(patch);
    if (json.size() > kShownJson) {
      json.resize(kShownJson);
      json += "…";
    }
    set_data_calls_.push_back(base::format("{} {}", component, json));
    if (set_data_calls_.size() > kSetDataCalls) {
      set_data_calls_.pop_front();
    }
  });
}

AppSession::~AppSession() {
  End();
}

void AppSession::End() {
  app_.reset();
  host_.ForgetApp();
  set_data_calls_.clear();
}

base::Status AppSession::Restart(std::string_view url) {
  End();
  host_.SetTabBar(bundle_.config().config.Get("tabBar"));
  app::AppOptions options;
  options.limits = limits_.app;
  options.code_cache = limits_.code_cache;
  FCC_TRY_ASSIGN(app_, app::App::Create(bundle_, host_, options));
  const base::Status status = app_->LaunchMayRunScript(LaunchOptionsOf(url));
  Settle();
  return status;
}

app::App& AppSession::RunningApp() {
  if (app_ == nullptr) {
    if (const base::Status status = Restart(""); !status) {
      app::ErrorReport report;
      report.kind = app::ErrorReport::Kind::kMisuse;
      report.message = status.error().message;
      report.where = "launch";
      host_.ReportError(report);
    }
  }
  return *app_;
}

Value AppSession::PageConfig(std::string_view path) const {
  const package::ComponentEntry* entry = bundle_.config().Find(path);
  return entry == nullptr ? Value::NewObject() : entry->config;
}

bool AppSession::Settle() {
  return host_.tasks().RunDue();
}

bool AppSession::Idle() {
  double waited = 0;
  while (Settle()) {
    const std::optional<double> next = host_.tasks().UntilNext();
    if (host_.pending_requests() == 0 || !next || waited > kMaxIdleMs) {
      return true;
    }
    waited += *next;
    host_.tasks().Advance(*next);
  }
  return false;
}

bool AppSession::Advance(double ms) {
  return host_.tasks().Advance(ms);
}

app::ApiResult AppSession::Await(
    const std::function<void(app::ApiReply)>& start) {
  // The answer may come after we have given up: it finds its place still there.
  auto answer = std::make_shared<std::optional<app::ApiResult>>();
  start([answer](app::ApiResult result) {
    if (!answer->has_value()) {
      *answer = std::move(result);
    }
  });
  double waited = 0;
  while (!answer->has_value()) {
    if (!Settle()) {
      return app::ApiResult::Fail("the app never came to rest");
    }
    if (answer->has_value()) {
      break;
    }
    const std::optional<double> next = host_.tasks().UntilNext();
    if (!next || waited + *next > limits_.wait_ms) {
      return app::ApiResult::Fail(
          base::format("no answer within {} ms", limits_.wait_ms));
    }
    waited += *next;
    host_.tasks().Advance(*next);
  }
  Settle();
  return std::move(**answer);
}

}  // namespace fcc::scenario
