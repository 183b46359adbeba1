// SPDX-License-Identifier: Apache-2.0

#include "runtime/app/live_app.h"

#include <map>
#include <mutex>
#include <random>
#include <utility>

#include "runtime/app/event_loop.h"
#include "runtime/app/page_url.h"
#include "runtime/base/check.h"
#include "runtime/base/format.h"
#include "runtime/package/package.h"
#include "runtime/package/source.h"
#include "runtime/value/message.h"

namespace fcc::app {

using value::Value;

// A value that may go to another thread; what is too deep stays behind.
static std::string Packed(const Value& value) {
  base::Result<std::string> bytes = value::EncodeMessage(value);
  return bytes ? std::move(bytes).value() : std::string();
}

static Value Unpacked(const std::string& bytes) {
  base::Result<Value> value = value::DecodeMessage(bytes);
  return value ? std::move(value).value() : Value();
}

// Every open page's view, each with its thread.
class LiveApp::Views {
 public:
  explicit Views(LiveHost& host) : host_(host) {}

  // On the app's thread.
  void Send(PageId page, std::string message) {
    std::shared_ptr<View> view;
    {
      const std::lock_guard lock(mutex_);
      std::shared_ptr<View>& entry = views_[page];
      if (entry == nullptr) {
        entry = std::make_shared<View>();
      }
      view = entry;
    }
    view->loop.Post(
        0, [this, page, view = view.get(), message = std::move(message)] {
          // We made the message ourselves.
          FCC_CHECK(view->mirror.Apply(message).ok());
          host_.OnViewChanged(page, view->mirror);
        });
  }
  void Close(PageId page) { static_cast<void>(Take(page)); }
  bool With(PageId page, const std::function<void(const ViewMirror&)>& action) {
    std::shared_ptr<View> view;
    {
      const std::lock_guard lock(mutex_);
      const auto found = views_.find(page);
      if (found == views_.end()) {
        return false;
      }
      view = found->second;
    }
    return view->loop.RunAndWait([&] { action(view->mirror); });
  }

 private:
  struct View {
    ViewMirror mirror;
    // Ends before the mirror goes.
    EventLoop loop;
  };

  std::shared_ptr<View> Take(PageId page) {
    const std::lock_guard lock(mutex_);
    auto node = views_.extract(page);
    return node.empty() ? nullptr : std::move(node.mapped());
  }

  LiveHost& host_;
  std::mutex mutex_;
  std::map<PageId, std::shared_ptr<View>> views_;
};

// The app with its thread; HostServices are those of that thread.
class LiveApp::Services : public HostServices {
 public:
  Services(LiveHost& host, Views& views) : host_(host), views_(views) {}
  ~Services() override {
    loop_.RunAndWait([this] {
      app_.reset();
      bundle_.reset();
      const std::lock_guard lock(open_->mutex);
      open_->loop = nullptr;
    });
    loop_.Stop();
  }

  base::Status Open(std::unique_ptr<package::Source> source,
                    const AppOptions& options) {
    base::Status status;
    loop_.RunAndWait([&] {
      base::Result<std::unique_ptr<package::Bundle>> bundle =
          package::Bundle::Open(std::move(source));
      if (!bundle) {
        status = bundle.error();
        return;
      }
      bundle_ = std::move(bundle).value();
      base::Result<std::unique_ptr<App>> app =
          App::Create(*bundle_, *this, options);
      if (!app) {
        status = app.error();
        return;
      }
      app_ = std::move(app).value();
    });
    return status;
  }
  void With(const std::function<void(App&)>& action) {
    loop_.RunAndWait([&] { action(*app_); });
  }
  void Send(std::function<void(App&)> action) {
    loop_.Post(0, [this, action = std::move(action)] { action(*app_); });
  }

  // HostServices
  base::Clock& clock() override { return loop_.clock(); }
  TaskId PostTask(double delay_ms, std::function<void()> task) override {
    return loop_.Post(delay_ms, std::move(task));
  }
  void CancelTask(TaskId task) override { loop_.Cancel(task); }
  double Random() override {
    return std::uniform_real_distribution<double>(0, 1)(random_);
  }
  ApiHandling CallApi(const ApiCall& call, ApiReply reply) override {
    // The core's reply holds handles of its heap: it stays here, and what comes
    // from elsewhere comes as bytes.
    const uint64_t number = ++last_call_;
    replies_.emplace(number, std::move(reply));
    const ApiHandling handling = host_.CallApi(
        call, [this, number, open = open_](const ApiResult& result) {
          {
            const std::lock_guard lock(open->mutex);
            if (open->loop == nullptr) {
              return;
            }
            if (!open->loop->InLoop()) {
              open->loop->Post(
                  0, [this, number, ok = result.ok,
                      value = Packed(result.value), message = result.message] {
                    ApiResult answer;
                    answer.ok = ok;
                    answer.value = Unpacked(value);
                    answer.message = message;
                    Answer(number, std::move(answer));
                  });
              return;
            }
          }
          Answer(number, result);
        });
    // A synchronous call that was not answered is over.
    if (handling == ApiHandling::kUnsupported || call.synchronous) {
      replies_.erase(number);
    }
    return handling;
  }
  bool HasApi(std::string_view name) override { return host_.HasApi(name); }
  void Log(LogLevel level, std::string_view text,
           const std::vector<Value>&) override {
    host_.Log(level, text);
  }
  void ReportError(const ErrorReport& error) override {
    host_.ReportError(error);
  }
  bool WantsViews() override { return true; }
  void OnViewUpdate(PageId page, std::string message) override {
    views_.Send(page, std::move(message));
  }
  void OnViewClosed(PageId page) override { views_.Close(page); }

 private:
  // A host may answer when the app has gone.
  struct OpenLoop {
    std::mutex mutex;
    EventLoop* loop = nullptr;
  };

  void Answer(uint64_t number, ApiResult result) {
    auto reply = replies_.extract(number);
    if (!reply.empty()) {
      reply.mapped()(std::move(result));
    }
  }

  LiveHost& host_;
  Views& views_;
  // All but the loop belongs to the app's thread.
  std::unique_ptr<package::Bundle> bundle_;
  std::unique_ptr<App> app_;
  std::map<uint64_t, ApiReply> replies_;
  uint64_t last_call_ = 0;
  std::mt19937_64 random_{std::random_device()()};
  EventLoop loop_;
  std::shared_ptr<OpenLoop> open_ = [this] {
    auto open = std::make_shared<OpenLoop>();
    open->loop = &loop_;
    return open;
  }();
};

LiveApp::LiveApp(LiveHost& host)
    : views_(std::make_unique<Views>(host)),
      services_(std::make_unique<Services>(host, *views_)) {}

LiveApp::~LiveApp() {
  services_.reset();
  views_.reset();
}

base::Result<std::unique_ptr<LiveApp>> LiveApp::Open(
    std::unique_ptr<package::Source> source, LiveHost& host,
    AppOptions options) {
  std::unique_ptr<LiveApp> live(new LiveApp(host));
  FCC_TRY(live->services_->Open(std::move(source), options));
  return base::Result<std::unique_ptr<LiveApp>>(std::move(live));
}

base::Status LiveApp::Launch(std::string_view url) {
  base::Status status;
  With([&](App& app) {
    LaunchOptions options;
    if (!url.empty()) {
      PageUrl parsed = ParsePageUrl(url, "");
      options.path = std::move(parsed.path);
      options.query = std::move(parsed.query);
    }
    status = app.LaunchMayRunScript(options);
  });
  return status;
}

void LiveApp::With(const std::function<void(App&)>& action) {
  services_->With(action);
}

void LiveApp::Tap(PageId page, NodeId node) {
  services_->Send([page, node](App& app) { app.TapMayRunScript(page, node); });
}

void LiveApp::SendEvent(PageId page, NodeId node, const EventInit& event) {
  EventInit copy = event;
  copy.detail = Value();
  services_->Send([page, node, copy, detail = Packed(event.detail)](App& app) {
    EventInit arrived = copy;
    arrived.detail = Unpacked(detail);
    app.DispatchEventMayRunScript(page, node, arrived);
  });
}

bool LiveApp::WithView(PageId page,
                       const std::function<void(const ViewMirror&)>& action) {
  // Behind what the app is doing now.
  services_->With([](App&) {});
  return views_->With(page, action);
}

}  // namespace fcc::app
