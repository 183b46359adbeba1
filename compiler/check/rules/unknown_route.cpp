// SPDX-License-Identifier: Apache-2.0
//
// Routes in code that are in no app.json, or that the function used cannot
// open.

#include <algorithm>

#include "compiler/check/rule_internal.h"
#include "runtime/base/file_system.h"

namespace fcc::check {

static bool IsTabPage(const project::Project& project, std::string_view page) {
  const value::Value list = project.config.Get("tabBar").Get("list");
  if (!list.IsArray()) {
    return false;
  }
  return std::any_of(list.array().items.begin(), list.array().items.end(),
                     [page](const value::Value& item) {
                       const value::Value path = item.Get("pagePath");
                       return path.IsString() && path.string() == page;
                     });
}

// The page that a url means in a script: without its query, relative to the
// folder of the script where it does not begin with a slash.
static std::string PageOf(std::string_view url, std::string_view script) {
  std::string_view path = url.substr(0, url.find_first_of("?#"));
  if (!path.empty() && path.front() == '/') {
    return base::NormalizePath(path.substr(1));
  }
  return base::JoinPath(base::DirectoryOf(script), path);
}

void CheckUnknownRoute(const RuleContext& context) {
  const project::Project& project = context.program.project;
  for (const auto& [path, script] : context.program.graph.scripts) {
    for (const js::RouteUse& use : script.result.facts.routes) {
      if (use.url.empty() || use.url.find("://") != std::string::npos) {
        continue;
      }
      source::Location at{script.source->id(), use.span};
      // A relative url counts from the page that is open, which for a page's
      // own script is its folder; elsewhere it cannot be told.
      bool relative = use.url.front() != '/';
      std::string page = PageOf(use.url, path);
      bool known = std::find(project.pages.begin(), project.pages.end(),
                             page) != project.pages.end();
      if (!known && relative) {
        std::string from_root = PageOf("/" + use.url, path);
        known = std::find(project.pages.begin(), project.pages.end(),
                          from_root) != project.pages.end();
        if (known || project.Find(base::WithoutExtension(path)) == nullptr) {
          continue;
        }
      }
      if (!known) {
        auto report = context.sink.Report(Kind::kUnknownRoute, at, page);
        std::string_view near = diagnostics::NearestWord(
            page, {project.pages.begin(), project.pages.end()});
        if (!near.empty()) {
          report.Note(base::format("did you mean `{}`?", near));
        }
        continue;
      }
      bool tab = IsTabPage(project, page);
      if (use.function == "switchTab") {
        if (!tab) {
          context.sink.Report(Kind::kRouteNotATab, at, page);
        }
      } else if (tab && use.function != "reLaunch") {
        context.sink.Report(Kind::kRouteToTabPage, at, use.function, page);
      }
    }
  }
}

}  // namespace fcc::check
