// SPDX-License-Identifier: Apache-2.0
//
// A project of a few files, built in memory and run in the simulator.

#ifndef FCC_TESTS_UNIT_SIMULATOR_SCENARIO_PROJECT_RUN_H_
#define FCC_TESTS_UNIT_SIMULATOR_SCENARIO_PROJECT_RUN_H_

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "compiler/driver/build_session.h"
#include "runtime/app/node.h"
#include "runtime/base/format.h"
#include "runtime/package/package.h"
#include "simulator/scenario/app_session.h"
#include "simulator/scenario/position_mapper.h"
#include "simulator/scenario/view_text.h"

namespace fcc::scenario {

class ProjectRun {
 public:
  using Files = std::map<std::string, std::string>;

  // Files by their path in the project; app.json and app.js are made where
  // they are missing.
  explicit ProjectRun(Files files) {
    files.try_emplace("app.json", R"({"pages":["p"]})");
    files.try_emplace("app.js", "App({})");
    Files rooted;
    for (auto& [path, text] : files) {
      rooted["/project/" + path] = std::move(text);
    }
    fs_ = std::make_unique<base::MemoryFileSystem>(std::move(rooted));
    driver::BuildOptions options;
    options.project_dir = "/project";
    options.output = driver::Output::kPackages;
    options.check = false;
    options.jobs = 1;
    driver::BuildSession build(*fs_, options);
    driver::BuildResult result = build.Build();
    for (const diagnostics::Diagnostic& diagnostic : result.diagnostics) {
      if (diagnostic.severity == diagnostics::Severity::kError) {
        ADD_FAILURE() << diagnostic.path << ": " << diagnostic.message;
      }
    }
    positions.TakeMaps(result.files);
    base::Result<std::unique_ptr<package::Bundle>> opened =
        package::Bundle::Open(result.TakePackages());
    if (!opened) {
      ADD_FAILURE() << opened.error().message;
      return;
    }
    bundle = std::move(opened).value();
    session = std::make_unique<AppSession>(*bundle, SessionLimits());
  }
  ProjectRun(const ProjectRun&) = delete;
  ProjectRun& operator=(const ProjectRun&) = delete;

  void Launch(std::string_view url = "") {
    const base::Status status = session->Restart(url);
    EXPECT_TRUE(status.ok()) << status.error().message;
    session->Settle();
  }

  // What the app logged since the last call, a line each.
  std::string Trace() {
    std::string text;
    const std::vector<host::LogRecord>& logs = session->host().logs();
    for (; seen_ < logs.size(); ++seen_) {
      if (logs[seen_].level == app::LogLevel::kLog) {
        text += logs[seen_].text + "\n";
      }
    }
    return text;
  }
  std::string Warnings() {
    std::string text;
    for (const host::LogRecord& log : session->host().logs()) {
      if (log.level == app::LogLevel::kWarn) {
        text += log.text + "\n";
      }
    }
    return text;
  }
  std::string Errors() {
    std::string text;
    for (const app::ErrorReport& error : session->host().errors()) {
      text += base::format("{}: {}\n", error.where, error.message);
    }
    session->host().errors().clear();
    return text;
  }

  // `expression` in the app's heap, with `page` the page in front. ES5.
  std::string Eval(std::string_view expression) {
    std::string result;
    const app::ApiResult answer = session->Await([&](app::ApiReply reply) {
      session->RunningApp().CallFunctionMayRunScript(
          base::format("function() {{ var page = getCurrentPages().pop();"
                       " return {}; }}",
                       expression),
          {}, std::move(reply));
    });
    return answer.ok ? answer.value.ToDisplayString() : "!" + answer.message;
  }
  app::PageId page() { return session->RunningApp().CurrentPage()->id; }
  app::NodeId Find(std::string_view selector, app::NodeId scope = 0) {
    const base::Result<std::vector<app::NodeId>> found =
        session->RunningApp().Query(page(), scope, selector);
    EXPECT_TRUE(found.ok() && !found->empty()) << selector;
    return found.ok() && !found->empty() ? found->front() : 0;
  }
  void Tap(std::string_view selector) {
    session->RunningApp().TapMayRunScript(page(), Find(selector));
    session->Settle();
  }
  std::string Text(std::string_view selector) {
    const app::Node* node =
        session->RunningApp().FindNode(page(), Find(selector));
    return node == nullptr ? "" : app::ComposedText(*node);
  }
  // The page on the screen, as markup.
  std::string View() {
    return ViewMarkup(*session->RunningApp().PageRoot(page()), false);
  }

  PositionMapper positions;
  std::unique_ptr<package::Bundle> bundle;
  std::unique_ptr<AppSession> session;

 private:
  std::unique_ptr<base::MemoryFileSystem> fs_;
  size_t seen_ = 0;
};

}  // namespace fcc::scenario

#endif  // FCC_TESTS_UNIT_SIMULATOR_SCENARIO_PROJECT_RUN_H_
