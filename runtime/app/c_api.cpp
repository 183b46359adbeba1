// SPDX-License-Identifier: Apache-2.0

#include "runtime/app/c_api.h"

#include <cstdlib>
#include <cstring>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <utility>

#include "runtime/app/app.h"
#include "runtime/app/node.h"
#include "runtime/app/page_url.h"
#include "runtime/app/view_tree.h"
#include "runtime/base/file_system.h"
#include "runtime/package/package.h"
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

// Time is the machine's; tasks wait for fcc_app_pump.
class Host : public fcc::app::HostServices {
 public:
  Host(const fcc_host* host, fcc_app* app)
      : host_(host != nullptr ? *host : fcc_host{}), app_(app) {}

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
    if (host_.call == nullptr) {
      return fcc::app::ApiHandling::kUnsupported;
    }
    const uint64_t number = ++last_call_;
    replies_.emplace(number, std::move(reply));
    const std::string arguments =
        fcc::value::ToJson(Value::ArrayOf(call.arguments));
    if (host_.call(host_.data, app_, std::string(call.name).c_str(),
                   arguments.c_str(), call.synchronous ? 1 : 0, number) == 0) {
      replies_.erase(number);
      return fcc::app::ApiHandling::kUnsupported;
    }
    return fcc::app::ApiHandling::kHandled;
  }
  // The host cannot be asked without calling: every name may be there.
  bool HasApi(std::string_view) override { return host_.call != nullptr; }
  void Log(fcc::app::LogLevel level, std::string_view text,
           const std::vector<Value>&) override {
    if (host_.log != nullptr) {
      host_.log(host_.data, static_cast<int>(level), std::string(text).c_str());
    }
  }
  void ReportError(const fcc::app::ErrorReport& error) override {
    if (host_.error != nullptr) {
      host_.error(host_.data, error.message.c_str(), error.stack.c_str());
    }
  }

  void Reply(uint64_t number, fcc::app::ApiResult result) {
    auto reply = replies_.extract(number);
    if (!reply.empty()) {
      reply.mapped()(std::move(result));
    }
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
  fcc_host host_;
  fcc_app* app_;
  fcc::base::SystemClock clock_;
  std::map<std::pair<int64_t, fcc::app::TaskId>, std::function<void()>> tasks_;
  std::map<uint64_t, fcc::app::ApiReply> replies_;
  std::mt19937_64 random_{std::random_device()()};
  fcc::app::TaskId last_task_ = 0;
  uint64_t last_call_ = 0;
};

}  // namespace

struct fcc_app {
  fcc::base::RealFileSystem files;
  std::unique_ptr<fcc::package::Bundle> bundle;
  std::unique_ptr<Host> host;
  std::unique_ptr<fcc::app::App> app;
};

// A page's and a node's number; nothing where there is no page.
static std::optional<fcc::app::PageId> Front(fcc_app* app) {
  const std::optional<fcc::app::PageInfo> page = app->app->CurrentPage();
  return page ? std::optional(page->id) : std::nullopt;
}

fcc_app* fcc_app_open(const char* path, const fcc_host* host, char** error) {
  auto app = std::make_unique<fcc_app>();
  const auto fail = [error](const fcc::base::Error& reason) -> fcc_app* {
    if (error != nullptr) {
      *error = Copy(reason.message);
    }
    return nullptr;
  };
  fcc::base::Result<std::unique_ptr<fcc::package::Bundle>> bundle =
      fcc::package::Bundle::OpenPath(app->files, path);
  if (!bundle) {
    return fail(bundle.error());
  }
  app->bundle = std::move(bundle).value();
  app->host = std::make_unique<Host>(host, app.get());
  fcc::base::Result<std::unique_ptr<fcc::app::App>> created =
      fcc::app::App::Create(*app->bundle, *app->host);
  if (!created) {
    return fail(created.error());
  }
  app->app = std::move(created).value();
  return app.release();
}

void fcc_app_close(fcc_app* app) {
  if (app != nullptr) {
    app->app.reset();
    delete app;
  }
}

int fcc_app_launch(fcc_app* app, const char* page) {
  fcc::app::LaunchOptions options;
  if (page != nullptr) {
    fcc::app::PageUrl url = fcc::app::ParsePageUrl(page, "");
    options.path = std::move(url.path);
    options.query = std::move(url.query);
  }
  return app->app->LaunchMayRunScript(options) ? 1 : 0;
}

void fcc_app_reply(fcc_app* app, uint64_t call, int ok, const char* result_json,
                   const char* message) {
  const Value value = FromText(result_json);
  app->host->Reply(call, ok != 0
                             ? fcc::app::ApiResult::Ok(value)
                             : fcc::app::ApiResult::Fail(
                                   message != nullptr ? message : "", value));
}

double fcc_app_pump(fcc_app* app) {
  return app->host->Pump();
}

char* fcc_app_page(fcc_app* app) {
  const std::optional<fcc::app::PageInfo> page = app->app->CurrentPage();
  return page ? Copy(page->path) : nullptr;
}

uint32_t fcc_app_find(fcc_app* app, const char* selector) {
  const std::optional<fcc::app::PageId> page = Front(app);
  if (!page) {
    return 0;
  }
  const fcc::base::Result<std::vector<fcc::app::NodeId>> found =
      app->app->Query(*page, 0, selector);
  return found && !found->empty() ? found->front() : 0;
}

char* fcc_app_text(fcc_app* app, uint32_t node) {
  const std::optional<fcc::app::PageId> page = Front(app);
  const fcc::app::Node* found =
      page ? app->app->FindNode(*page, node) : nullptr;
  return found == nullptr ? nullptr : Copy(fcc::app::ComposedText(*found));
}

char* fcc_app_tree(fcc_app* app) {
  const std::optional<fcc::app::PageId> page = Front(app);
  const fcc::app::Node* root = page ? app->app->PageRoot(*page) : nullptr;
  if (root == nullptr) {
    return nullptr;
  }
  fcc::app::ViewTreeOptions options;
  options.node_ids = true;
  return Copy(fcc::value::ToJson(fcc::app::ViewTree(*root, options)));
}

char* fcc_app_data(fcc_app* app, uint32_t node, const char* path) {
  const std::optional<fcc::app::PageId> page = Front(app);
  if (!page) {
    return nullptr;
  }
  const fcc::base::Result<fcc::value::Value> data =
      app->app->GetData(*page, node, path == nullptr ? "" : path);
  return data ? Copy(fcc::value::ToJson(*data)) : nullptr;
}

void fcc_app_tap(fcc_app* app, uint32_t node) {
  if (const std::optional<fcc::app::PageId> page = Front(app)) {
    app->app->TapMayRunScript(*page, node);
  }
}

void fcc_app_trigger(fcc_app* app, uint32_t node, const char* type,
                     const char* detail_json) {
  if (const std::optional<fcc::app::PageId> page = Front(app)) {
    fcc::app::EventInit event;
    event.type = type;
    event.detail = FromText(detail_json);
    app->app->DispatchEventMayRunScript(*page, node, event);
  }
}

void fcc_free(void* memory) {
  std::free(memory);
}
