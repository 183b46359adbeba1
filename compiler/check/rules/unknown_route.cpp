// SPDX-License-Identifier: Apache-2.0
//
// Routes in code that are in no app.json, or that the function used cannot
// open.

#include <algorithm>

#include "compiler/check/rule.h"
#include "runtime/base/file_system.h"

namespace fcc::check {

FCC_REPORT(
    UnknownRoute, "CK2201", Severity::kWarning,
    "there is no page `{0}` in app.json", "app.json 中没有页面 `{0}`",
    "Navigation to a page that app.json does not list fails at run time.",
    "跳转到 app.json 未列出的页面会在运行时失败。");
FCC_REPORT(
    RouteToTabPage, "CK2202", Severity::kWarning,
    "`{0}` cannot open the tab page `{1}`; `switchTab` can",
    "`{0}` 不能打开 tabBar 页面 `{1}`，请使用 `switchTab`",
    "navigateTo and redirectTo fail on pages of the tab bar, and switchTab on "
    "all others.",
    "navigateTo 和 redirectTo 不能打开 tabBar 页面，switchTab 只能打开 tabBar "
    "页面。");
FCC_REPORT(
    RouteNotATab, "CK2203", Severity::kWarning,
    "`switchTab` cannot open `{0}`, which is no page of the tab bar",
    "`switchTab` 不能打开 `{0}`，它不是 tabBar 页面",
    "navigateTo and redirectTo fail on pages of the tab bar, and switchTab on "
    "all others.",
    "navigateTo 和 redirectTo 不能打开 tabBar 页面，switchTab 只能打开 tabBar "
    "页面。");

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

namespace {

// A url that opens something, in a script or in a template.
struct Route {
  std::string_view url;
  // "navigateTo", "switchTab", ….
  std::string_view function;
  // The file it stands in, and whether relative urls count from it.
  std::string_view path;
  source::Location at;
};

}  // namespace

static void CheckRoute(const RuleContext& context, const Route& route) {
  const project::Project& project = context.project;
  if (route.url.empty() || route.url.find("://") != std::string_view::npos) {
    return;
  }
  // A relative url counts from the page that is open, which for a page's own
  // script is its folder; elsewhere it cannot be told.
  bool relative = route.url.front() != '/';
  std::string page = PageOf(route.url, route.path);
  auto is_page = [&](const std::string& name) {
    return std::find(project.pages.begin(), project.pages.end(), name) !=
           project.pages.end();
  };
  bool known = is_page(page);
  if (!known && relative) {
    const project::Component* own =
        project.Find(base::WithoutExtension(route.path));
    if (is_page(PageOf("/" + std::string(route.url), route.path)) ||
        own == nullptr || !own->is_page) {
      return;
    }
  }
  if (!known) {
    auto report = context.sink.Report(Kind::kUnknownRoute, route.at, page);
    std::string_view near = diagnostics::NearestWord(
        page, {project.pages.begin(), project.pages.end()});
    if (!near.empty()) {
      report.Note(diagnostics::DidYouMean(near));
    }
    return;
  }
  bool tab = IsTabPage(project, page);
  if (route.function == "switchTab") {
    if (!tab) {
      context.sink.Report(Kind::kRouteNotATab, route.at, page);
    }
  } else if (tab && route.function != "reLaunch") {
    context.sink.Report(Kind::kRouteToTabPage, route.at, route.function, page);
  }
}

// `<navigator url="…" open-type="…">`
static void CheckNavigator(const RuleContext& context,
                           const graph::TemplateFile& file,
                           const tmpl::NodeRecord& node) {
  auto text_of = [&](std::string_view name) {
    const tmpl::AttrRecord* attr =
        FindAttr(file.unit, node, tmpl::AttrKind::kPlain, name);
    return attr != nullptr && attr->value_kind == tmpl::ValueKind::kString
               ? TextOf(file.unit, attr->value)
               : std::string_view();
  };
  const tmpl::AttrRecord* url =
      FindAttr(file.unit, node, tmpl::AttrKind::kPlain, "url");
  std::string_view type = text_of("openType");
  // One that opens another app, or whose way is computed.
  if (url == nullptr || !text_of("target").empty() ||
      (type.empty() && FindAttr(file.unit, node, tmpl::AttrKind::kPlain,
                                "openType") != nullptr)) {
    return;
  }
  std::string_view function = "navigateTo";
  if (type == "redirect") {
    function = "redirectTo";
  } else if (type == "switchTab" || type == "reLaunch") {
    function = type;
  } else if (!type.empty() && type != "navigate") {
    return;
  }
  CheckRoute(context, {text_of("url"), function, file.source->path(),
                       AttrLocation(file.unit, *url)});
}

static void CheckScript(const RuleContext& context,
                        const graph::ScriptFile& script) {
  for (const js::RouteUse& use : script.result.facts.routes) {
    CheckRoute(context, {use.url,
                         use.function,
                         script.source->path(),
                         {script.source->id(), use.span}});
  }
}

static void CheckElement(const RuleContext& context,
                         const graph::TemplateFile& file,
                         const tmpl::NodeRecord& node) {
  if (TextOf(file.unit, node.name) == "navigator") {
    CheckNavigator(context, file, node);
  }
}

const Rule kUnknownRouteRule = {.script = CheckScript,
                                .built_in = CheckElement};

}  // namespace fcc::check
