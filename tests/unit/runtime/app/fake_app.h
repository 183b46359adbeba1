// SPDX-License-Identifier: Apache-2.0
//
// An app made of script alone, and a host that notes what it is told.

#ifndef FCC_TESTS_UNIT_RUNTIME_APP_FAKE_APP_H_
#define FCC_TESTS_UNIT_RUNTIME_APP_FAKE_APP_H_

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "runtime/app/app.h"
#include "runtime/app/host_services.h"
#include "runtime/base/format.h"
#include "runtime/package/package.h"

namespace fcc::app {

class FakeHost : public HostServices {
 public:
  base::Clock& clock() override { return clock_; }
  TaskId PostTask(double delay_ms, std::function<void()> task) override {
    const int64_t due =
        clock_.MonotonicUs() + static_cast<int64_t>(delay_ms * 1000);
    tasks_.emplace(std::pair(due, ++last_), std::move(task));
    return last_;
  }
  void CancelTask(TaskId id) override {
    std::erase_if(tasks_,
                  [id](const auto& task) { return task.first.second == id; });
  }
  double Random() override { return 0.5; }
  ApiHandling CallApi(const ApiCall& call, ApiReply reply) override {
    if (call.name == "echo" || call.name == "getStorage") {
      reply(ApiResult::Ok(
          value::Value::ObjectOf({{"data", call.Options().Get("key")}})));
      return ApiHandling::kHandled;
    }
    if (call.name == "getStorageSync") {
      reply(ApiResult::Ok(call.Options()));
      return ApiHandling::kHandled;
    }
    return ApiHandling::kUnsupported;
  }
  bool HasApi(std::string_view name) override {
    return name == "getStorage" || name == "getStorageSync";
  }
  void Log(LogLevel level, std::string_view text,
           const std::vector<value::Value>&) override {
    if (level == LogLevel::kLog) {
      trace.emplace_back(text);
    }
  }
  void ReportError(const ErrorReport& error) override {
    errors.push_back(error.where + ": " + error.message);
  }

  void Advance(double ms) {
    const int64_t end = clock_.MonotonicUs() + static_cast<int64_t>(ms * 1000);
    while (!tasks_.empty() && tasks_.begin()->first.first <= end) {
      auto task = tasks_.extract(tasks_.begin());
      clock_.AdvanceMs(
          static_cast<double>(task.key().first - clock_.MonotonicUs()) /
          1000.0);
      task.mapped()();
    }
    clock_.AdvanceMs(static_cast<double>(end - clock_.MonotonicUs()) / 1000.0);
  }
  size_t pending() const { return tasks_.size(); }

  // What the app logged.
  std::vector<std::string> trace;
  std::vector<std::string> errors;

 private:
  base::VirtualClock clock_{0};
  std::map<std::pair<int64_t, TaskId>, std::function<void()>> tasks_;
  TaskId last_ = 0;
};

// Pages without templates, tab pages first; their script is ES5.
class FakeApp {
 public:
  FakeApp(std::vector<std::string> pages, const std::string& script,
          size_t tabs = 0)
      : bundle_(package::Bundle::Open(Source(pages, script, tabs)).value()),
        app(App::Create(*bundle_, host).value()) {}
  FakeApp(const FakeApp&) = delete;
  FakeApp& operator=(const FakeApp&) = delete;

  // What was logged since the last call, in one line.
  std::string Trace() {
    host.Advance(0);
    std::string line;
    for (const std::string& text : host.trace) {
      line += (line.empty() ? "" : ",") + text;
    }
    host.trace.clear();
    return line;
  }
  std::string Launch(std::string path = "") {
    LaunchOptions options;
    options.path = std::move(path);
    static_cast<void>(app->LaunchMayRunScript(options));
    return Trace();
  }
  // The trace, and the failure's text behind it.
  std::string Route(RouteKind kind, std::string_view url, int delta = 1) {
    std::string failure;
    app->RouteMayRunScript(kind, url, delta, [&](const ApiResult& result) {
      failure = result.ok ? "" : "!" + result.message;
    });
    return Trace() + failure;
  }
  std::string Eval(const std::string& expression) {
    value::Value result;
    std::string failure;
    app->CallFunctionMayRunScript(
        base::format("function() {{ return {}; }}", expression), {},
        [&](const ApiResult& answer) {
          result = answer.value;
          failure = answer.ok ? "" : "!" + answer.message;
        });
    host.Advance(0);
    return failure.empty() ? result.ToDisplayString() : failure;
  }

  // Its package. `templates` is a template program whose units are called like
  // the pages; empty for none.
  static std::unique_ptr<package::Source> Source(
      const std::vector<std::string>& pages, const std::string& script,
      size_t tabs, std::string templates = {}) {
    package::AppConfig config;
    config.pages = pages;
    config.entry_page = pages.empty() ? "" : pages[0];
    config.packages.push_back(
        {std::string(package::kMainPackageName), "", false, pages});
    value::Value list = value::Value::NewArray();
    for (const std::string& page : pages) {
      package::ComponentEntry entry;
      entry.path = page;
      entry.is_page = true;
      entry.package = package::kMainPackageName;
      entry.config = value::Value::NewObject();
      entry.template_entry = templates.empty() ? "" : page;
      config.components.push_back(std::move(entry));
      if (list.array().items.size() < tabs) {
        list.MutableArray().items.push_back(
            value::Value::ObjectOf({{"pagePath", value::Value::String(page)},
                                    {"text", value::Value::String(page)}}));
      }
    }
    std::sort(config.components.begin(), config.components.end(),
              [](const auto& left, const auto& right) {
                return left.path < right.path;
              });
    config.config = value::Value::NewObject();
    if (tabs > 0) {
      config.config.MutableObject().Set(
          "tabBar", value::Value::ObjectOf({{"list", list}}));
    }
    std::map<std::string, std::string> files = {
        {"__APP__.js", script},
        {std::string(package::kAppConfigName),
         package::WriteAppConfig(config)}};
    if (!templates.empty()) {
      files[std::string(package::kTemplatesName)] = std::move(templates);
    }
    package::Manifest manifest;
    manifest.name = package::kMainPackageName;
    manifest.script = "__APP__.js";
    for (const auto& [name, bytes] : files) {
      manifest.files.push_back({name, bytes.size(), base::Sha256(bytes)});
    }
    files[std::string(package::kManifestName)] =
        package::WriteManifest(manifest);
    return std::make_unique<package::MemorySource>(std::move(files));
  }

  FakeHost host;

 private:
  std::unique_ptr<package::Bundle> bundle_;

 public:
  std::unique_ptr<App> app;
};

// Script of pages that log their lifecycles: "<name>.onLoad" and so on.
inline std::string LoggingPages(const std::vector<std::string>& pages) {
  std::string script =
      "function log(text) { console.log(text); }\n"
      "function page(name) { var options = {};\n"
      "  ['onLoad', 'onShow', 'onReady', 'onHide', 'onUnload',\n"
      "   'onTabItemTap'].forEach(function(hook) {\n"
      "    options[hook] = function() { log(name + '.' + hook); }; });\n"
      "  Page(options); }\n"
      "App({ onLaunch: function() { log('onLaunch'); },\n"
      "  onShow: function() { log('App.onShow'); },\n"
      "  onHide: function() { log('App.onHide'); } });\n";
  for (const std::string& page : pages) {
    script += base::format("__wxRoute = '{0}'; page('{0}');\n", page);
  }
  return script;
}

}  // namespace fcc::app

#endif  // FCC_TESTS_UNIT_RUNTIME_APP_FAKE_APP_H_
