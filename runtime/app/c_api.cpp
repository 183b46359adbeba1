// SPDX-License-Identifier: Apache-2.0

#include "runtime/app/c_api.h"

#include <cstdlib>
#include <cstring>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <random>
#include <string>
#include <utility>

#include "runtime/app/app.h"
#include "runtime/app/live_app.h"
#include "runtime/app/node.h"
#include "runtime/app/page_url.h"
#include "runtime/app/view_tree.h"
#include "runtime/base/file_system.h"
#include "runtime/package/package.h"
#include "runtime/package/source.h"
#include "runtime/value/value_json.h"

using fcc::value::Value;

namespace {

char* Copy(std::string_view text) {
  char* copy = static_cast<char*>(std::malloc(text.size() + 1));
  if (copy != nullptr) {
    std::memcpy(copy, text.data(), text.size());
    copy[text.size()] = '\0';
  }
  return copy;
}

Value FromText(const char* json) {
  if (json == nullptr) {
    return {};
  }
  const fcc::base::JsonDocument document = fcc::base::ParseJson(json);
  return document.ok() ? fcc::value::FromJson(*document.root) : Value();
}

// The host's functions, and the calls that it owes an answer.
class Callbacks {
 public:
  Callbacks(const fcc_host* host, fcc_app* app)
      : host_(host != nullptr ? *host : fcc_host{}), app_(app) {}

  fcc::app::ApiHandling Call(const fcc::app::ApiCall& call,
                             fcc::app::ApiReply reply) {
    if (host_.call == nullptr) {
      return fcc::app::ApiHandling::kUnsupported;
    }
    uint64_t number = 0;
    {
      const std::lock_guard lock(mutex_);
      number = ++last_call_;
      replies_.emplace(number, std::move(reply));
    }
    const std::string arguments =
        fcc::value::ToJson(Value::ArrayOf(call.arguments));
    if (host_.call(host_.data, app_, std::string(call.name).c_str(),
                   arguments.c_str(), call.synchronous ? 1 : 0, number) == 0) {
      const std::lock_guard lock(mutex_);
      replies_.erase(number);
      return fcc::app::ApiHandling::kUnsupported;
    }
    return fcc::app::ApiHandling::kHandled;
  }
  void Reply(uint64_t number, fcc::app::ApiResult result) {
    fcc::app::ApiReply reply;
    {
      const std::lock_guard lock(mutex_);
      auto node = replies_.extract(number);
      if (node.empty()) {
        return;
      }
      reply = std::move(node.mapped());
    }
    reply(std::move(result));
  }
  // The host cannot be asked without calling: every name may be there.
  bool HasApis() const { return host_.call != nullptr; }
  void Log(fcc::app::LogLevel level, std::string_view text) {
    if (host_.log != nullptr) {
      host_.log(host_.data, static_cast<int>(level), std::string(text).c_str());
    }
  }
  void ReportError(const fcc::app::ErrorReport& error) {
    if (host_.error != nullptr) {
      host_.error(host_.data, error.message.c_str(), error.stack.c_str());
    }
  }
  void Changed(fcc::app::PageId page) {
    if (host_.changed != nullptr) {
      host_.changed(host_.data, page);
    }
  }

 private:
  fcc_host host_;
  fcc_app* app_;
  std::mutex mutex_;
  std::map<uint64_t, fcc::app::ApiReply> replies_;
  uint64_t last_call_ = 0;
};

// Of an app on threads of its own.
class Threads : public fcc::app::LiveHost {
 public:
  explicit Threads(Callbacks& callbacks) : callbacks_(callbacks) {}

  fcc::app::ApiHandling CallApi(const fcc::app::ApiCall& call,
                                fcc::app::ApiReply reply) override {
    return callbacks_.Call(call, std::move(reply));
  }
  bool HasApi(std::string_view) override { return callbacks_.HasApis(); }
  void Log(fcc::app::LogLevel level, std::string_view text) override {
    callbacks_.Log(level, text);
  }
  void ReportError(const fcc::app::ErrorReport& error) override {
    callbacks_.ReportError(error);
  }
  void OnViewChanged(fcc::app::PageId page,
                     const fcc::app::ViewMirror&) override {
    callbacks_.Changed(page);
  }

 private:
  Callbacks& callbacks_;
};

// Time is the machine's; tasks wait for fcc_app_pump.
class Host : public fcc::app::HostServices {
 public:
  explicit Host(Callbacks& callbacks) : callbacks_(callbacks) {}

  fcc::base::Clock& clock() override { return clock_; }
  fcc::app::TaskId PostTask(double delay_ms,
                            std::function<void()> task) override {
    const int64_t due =
        clock_.MonotonicUs() + static_cast<int64_t>(delay_ms * 1000);
    tasks_.emplace(std::pair(due, ++last_task_), std::move(task));
    return last_task_;
  }
  void CancelTask(fcc::app::TaskId id) override {
    std::erase_if(tasks_,
                  [id](const auto& task) { return task.first.second == id; });
  }
  double Random() override {
    return std::uniform_real_distribution<double>(0, 1)(random_);
  }
  fcc::app::ApiHandling CallApi(const fcc::app::ApiCall& call,
                                fcc::app::ApiReply reply) override {
    return callbacks_.Call(call, std::move(reply));
  }
  bool HasApi(std::string_view) override { return callbacks_.HasApis(); }
  void Log(fcc::app::LogLevel level, std::string_view text,
           const std::vector<Value>&) override {
    callbacks_.Log(level, text);
  }
  void ReportError(const fcc::app::ErrorReport& error) override {
    callbacks_.ReportError(error);
  }

  double Pump() {
    while (!tasks_.empty() &&
           tasks_.begin()->first.first <= clock_.MonotonicUs()) {
      auto task = tasks_.extract(tasks_.begin());
      task.mapped()();
    }
    return tasks_.empty() ? -1
                          : static_cast<double>(tasks_.begin()->first.first -
                                                clock_.MonotonicUs()) /
                                1000.0;
  }

 private:
  Callbacks& callbacks_;
  fcc::base::SystemClock clock_;
  std::map<std::pair<int64_t, fcc::app::TaskId>, std::function<void()>> tasks_;
  std::mt19937_64 random_{std::random_device()()};
  fcc::app::TaskId last_task_ = 0;
};

}  // namespace

// Either `app`, in the caller's thread, or `live`. Members go in the order that
// is the reverse of this one.
struct fcc_app {
  explicit fcc_app(const fcc_host* functions) : callbacks(functions, this) {}

  // Does something with the app, on the thread that it belongs to.
  void With(const std::function<void(fcc::app::App&)>& action) {
    if (live != nullptr) {
      live->With(action);
    } else {
      action(*app);
    }
  }

  fcc::base::RealFileSystem files;
  Callbacks callbacks;
  Threads threads{callbacks};
  Host host{callbacks};
  std::unique_ptr<fcc::package::Bundle> bundle;
  std::unique_ptr<fcc::app::App> app;
  std::unique_ptr<fcc::app::LiveApp> live;
};

// The number of the page in front; nothing where there is none.
static std::optional<fcc::app::PageId> Front(fcc::app::App& app) {
  const std::optional<fcc::app::PageInfo> page = app.CurrentPage();
  return page ? std::optional(page->id) : std::nullopt;
}

static fcc::base::Status Open(fcc_app& app, const char* path) {
  FCC_TRY_ASSIGN(app.bundle, fcc::package::Bundle::OpenPath(app.files, path));
  FCC_TRY_ASSIGN(app.app, fcc::app::App::Create(*app.bundle, app.host));
  return {};
}

static fcc::base::Status OpenThreaded(fcc_app& app, const char* path) {
  fcc::base::FileSystem& files = app.files;
  std::unique_ptr<fcc::package::Source> source;
  if (files.IsDirectory(path)) {
    FCC_TRY_ASSIGN(source, fcc::package::FolderSource::Open(files, path));
  } else {
    FCC_TRY_ASSIGN(std::string bytes, files.ReadFile(path));
    FCC_TRY_ASSIGN(source, fcc::package::OpenZip(std::move(bytes)));
  }
  FCC_TRY_ASSIGN(app.live,
                 fcc::app::LiveApp::Open(std::move(source), app.threads));
  return {};
}

static fcc_app* Finish(std::unique_ptr<fcc_app> app,
                       const fcc::base::Status& status, char** error) {
  if (status) {
    return app.release();
  }
  if (error != nullptr) {
    *error = Copy(status.error().message);
  }
  return nullptr;
}

fcc_app* fcc_app_open(const char* path, const fcc_host* host, char** error) {
  auto app = std::make_unique<fcc_app>(host);
  const fcc::base::Status status = Open(*app, path);
  return Finish(std::move(app), status, error);
}

fcc_app* fcc_app_open_threaded(const char* path, const fcc_host* host,
                               char** error) {
  auto app = std::make_unique<fcc_app>(host);
  const fcc::base::Status status = OpenThreaded(*app, path);
  return Finish(std::move(app), status, error);
}

void fcc_app_close(fcc_app* app) {
  delete app;
}

int fcc_app_launch(fcc_app* app, const char* page) {
  fcc::app::LaunchOptions options;
  if (page != nullptr) {
    fcc::app::PageUrl url = fcc::app::ParsePageUrl(page, "");
    options.path = std::move(url.path);
    options.query = std::move(url.query);
  }
  int launched = 0;
  app->With([&](fcc::app::App& running) {
    launched = running.LaunchMayRunScript(options) ? 1 : 0;
  });
  return launched;
}

void fcc_app_reply(fcc_app* app, uint64_t call, int ok, const char* result_json,
                   const char* message) {
  const Value value = FromText(result_json);
  app->callbacks.Reply(call,
                       ok != 0 ? fcc::app::ApiResult::Ok(value)
                               : fcc::app::ApiResult::Fail(
                                     message != nullptr ? message : "", value));
}

double fcc_app_pump(fcc_app* app) {
  if (app->live != nullptr) {
    app->live->With([](fcc::app::App&) {});
    return -1;
  }
  return app->host.Pump();
}

char* fcc_app_page(fcc_app* app) {
  char* path = nullptr;
  app->With([&](fcc::app::App& running) {
    const std::optional<fcc::app::PageInfo> page = running.CurrentPage();
    path = page ? Copy(page->path) : nullptr;
  });
  return path;
}

uint32_t fcc_app_find(fcc_app* app, const char* selector) {
  uint32_t node = 0;
  app->With([&](fcc::app::App& running) {
    const std::optional<fcc::app::PageId> page = Front(running);
    if (!page) {
      return;
    }
    const fcc::base::Result<std::vector<fcc::app::NodeId>> found =
        running.Query(*page, 0, selector);
    node = found && !found->empty() ? found->front() : 0;
  });
  return node;
}

char* fcc_app_text(fcc_app* app, uint32_t node) {
  char* text = nullptr;
  app->With([&](fcc::app::App& running) {
    const std::optional<fcc::app::PageId> page = Front(running);
    const fcc::app::Node* found =
        page ? running.FindNode(*page, node) : nullptr;
    text = found == nullptr ? nullptr : Copy(fcc::app::ComposedText(*found));
  });
  return text;
}

char* fcc_app_tree(fcc_app* app) {
  char* tree = nullptr;
  app->With([&](fcc::app::App& running) {
    const std::optional<fcc::app::PageId> page = Front(running);
    const fcc::app::Node* root = page ? running.PageRoot(*page) : nullptr;
    if (root != nullptr) {
      fcc::app::ViewTreeOptions options;
      options.node_ids = true;
      tree = Copy(fcc::value::ToJson(fcc::app::ViewTree(*root, options)));
    }
  });
  return tree;
}

char* fcc_app_data(fcc_app* app, uint32_t node, const char* path) {
  char* json = nullptr;
  app->With([&](fcc::app::App& running) {
    const std::optional<fcc::app::PageId> page = Front(running);
    if (!page) {
      return;
    }
    const fcc::base::Result<fcc::value::Value> data =
        running.GetData(*page, node, path == nullptr ? "" : path);
    json = data ? Copy(fcc::value::ToJson(*data)) : nullptr;
  });
  return json;
}

void fcc_app_tap(fcc_app* app, uint32_t node) {
  app->With([&](fcc::app::App& running) {
    if (const std::optional<fcc::app::PageId> page = Front(running)) {
      running.TapMayRunScript(*page, node);
    }
  });
}

void fcc_app_trigger(fcc_app* app, uint32_t node, const char* type,
                     const char* detail_json) {
  app->With([&](fcc::app::App& running) {
    if (const std::optional<fcc::app::PageId> page = Front(running)) {
      fcc::app::EventInit event;
      event.type = type;
      event.detail = FromText(detail_json);
      running.DispatchEventMayRunScript(*page, node, event);
    }
  });
}

void fcc_free(void* memory) {
  std::free(memory);
}
