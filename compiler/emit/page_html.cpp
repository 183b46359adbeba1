// SPDX-License-Identifier: Apache-2.0
//
// The html of FinClip's web views (finclip-package.md, "FTSS" and "FXML"). A
// page brings its style text, which the SDK's inlineCss() converts, and fires
// generateFuncReady with its template function. In a split package a page's
// html is put into the package's view.html; in the whole app it stands alone.

#include <set>

#include "compiler/emit/emit_internal.h"
#include "compiler/ftss/print_css.h"
#include "runtime/base/json.h"

namespace fcc::emit {

using project::Component;

static constexpr std::string_view kHead =
    "<meta charset=\"UTF-8\">"
    "<meta name=\"content-type\" content=\"text/html; charset=utf-8\">"
    "<meta http-equiv=\"Content-Type\" content=\"text/html; charset=utf-8\">"
    "<meta id=\"viewport\" name=\"viewport\" content=\"width=device-width,"
    "user-scalable=no,initial-scale=1,maximum-scale=1,minimum-scale=1,"
    "viewport-fit=cover\">";

// Style text inside an html element: only its end tag could break out.
static void AppendStyle(std::string& out, std::string_view css) {
  for (size_t at = 0; at < css.size();) {
    size_t next = css.find("</", at);
    out += css.substr(at, next - at);
    if (next == std::string_view::npos) {
      return;
    }
    out += "<\\/";
    at = next + 2;
  }
}

static std::string CssOf(const link::Program& program, const std::string& path,
                         const ftss::CssOptions& options) {
  const ftss::SheetGraph* graph = program.SheetGraphOf(path);
  return graph == nullptr ? "" : ftss::PrintCss(*graph, options);
}

static ftss::StyleIsolation IsolationOf(const Component& component) {
  ftss::StyleIsolation isolation = component.is_page
                                       ? ftss::StyleIsolation::kShared
                                       : ftss::StyleIsolation::kIsolated;
  value::Value word = component.config.Get("styleIsolation");
  if (word.IsString()) {
    static_cast<void>(ftss::ParseStyleIsolation(word.string(), isolation));
  }
  return isolation;
}

// The components that the page reaches, each once, in the order it reaches
// them.
static std::vector<const Component*> ComponentsOf(
    const project::Project& project, const Component& page) {
  std::vector<const Component*> reached;
  std::set<std::string_view> seen = {page.path};
  std::vector<const Component*> queue = {&page};
  for (size_t at = 0; at < queue.size(); ++at) {
    auto add = [&](std::string_view path) {
      const Component* component = project.Find(path);
      if (component != nullptr && seen.insert(component->path).second) {
        queue.push_back(component);
        reached.push_back(component);
      }
    };
    for (const project::UsedComponent& used : queue[at]->using_components) {
      if (used.kind == project::TargetKind::kComponent) {
        add(used.path);
      }
    }
    for (const project::Generic& generic : queue[at]->generics) {
      add(generic.path);
    }
  }
  return reached;
}

static std::string PageCss(const link::Program& program, const Component& page,
                           const EmitOptions& options) {
  std::string out;
  std::vector<const Component*> components =
      ComponentsOf(program.project, page);
  for (const Component* component : components) {
    if (!component->config.Get("virtualHost").Truthy()) {
      out += base::format("[is=\"{}\"]{{display:block}}\n", component->path);
    }
  }
  auto add = [&](const Component& component) {
    ftss::CssOptions css;
    std::string prefix = ftss::ClassPrefixOf(component.path);
    // A page's classes are prefixed as FinClip's own tool does it.
    bool unscoped = component.is_page
                        ? component.config.Get("styleIsolation").IsString() &&
                              ftss::IsUnscoped(IsolationOf(component))
                        : ftss::IsUnscoped(IsolationOf(component));
    css.class_prefix = unscoped ? std::string_view() : prefix;
    css.host_path = component.path;
    css.minify = options.minify;
    css.autoprefix = true;
    out += CssOf(program, component.style_path, css);
    if (!out.empty() && out.back() != '\n') {
      out += '\n';
    }
  };
  add(page);
  for (const Component* component : components) {
    add(*component);
  }
  return out;
}

static std::string AppCss(const link::Program& program, const Part& part,
                          const EmitOptions& options) {
  if (part.independent) {
    return "";
  }
  ftss::CssOptions css;
  css.minify = options.minify;
  css.autoprefix = true;
  return CssOf(program, program.project.app_style, css);
}

static void AppendPageScript(std::string& out, const Component& page,
                             bool app_css) {
  std::string path;
  base::AppendJsonString(path, page.path);
  out += base::format("<script>var __path__={};\n", path);
  auto inline_css = [&](std::string_view id, std::string_view from) {
    out += base::format(
        "inlineCss(document.getElementById(\"{}\").innerHTML,"
        "window.innerWidth||window.screen.availWidth,window.devicePixelRatio,"
        "{});\n",
        id, from);
  };
  if (app_css) {
    inline_css("appCss", "\"app\"");
  }
  inline_css("inlineCss", "__path__");
  std::string wxml;
  std::string fxml;
  base::AppendJsonString(wxml, "./" + page.path + ".wxml");
  base::AppendJsonString(fxml, "./" + page.path + ".fxml");
  out += base::format(
      "document.dispatchEvent(new CustomEvent(\"generateFuncReady\",{{detail:"
      "{{generateFunc:$gfc({})||$gfc({})}}}}))</script>",
      wxml, fxml);
}

static void AppendShell(std::string& out, std::string_view title,
                        std::string_view app_css) {
  out += "<!DOCTYPE html><html lang=\"zh-CN\"><head>";
  out += kHead;
  out += base::format(
      "<title>{}</title><script>var __AppCode__={{}}</script>"
      "<link charset=\"utf-8\" rel=\"stylesheet\" "
      "href=\"../../../framework/css/index.css\">"
      "<script charset=\"utf-8\" src=\"../../../framework/script/view.js\" "
      "type=\"text/javascript\"></script>"
      "<style id=\"appCss\" type=\"text/customize-css\">",
      title);
  AppendStyle(out, app_css);
  out +=
      "</style><script charset=\"utf-8\" src=\"pageframe.js\" "
      "type=\"text/javascript\"></script></head><body><div></div>";
}

std::string PrintPageHtml(const link::Program& program, const Part& part,
                          const Component& page, const EmitOptions& options) {
  bool app_css = !part.independent && !ftss::SkipsAppSheet(IsolationOf(page));
  std::string out;
  if (part.whole) {
    AppendShell(out, page.path + ".html",
                app_css ? AppCss(program, part, options) : "");
  }
  out += "<style id=\"inlineCss\" type=\"text/customize-css\">";
  AppendStyle(out, PageCss(program, page, options));
  out += "</style>";
  AppendPageScript(out, page, app_css);
  if (part.whole) {
    out += "</body></html>";
  }
  return out + "\n";
}

std::string PrintViewHtml(const link::Program& program, const Part& part,
                          const EmitOptions& options) {
  std::string out;
  AppendShell(out, "view.html", AppCss(program, part, options));
  return out + "</body></html>\n";
}

std::string PrintServiceHtml() {
  return "<!DOCTYPE html><html><head>"
         "<meta name=\"content-type\" content=\"text/html; charset=utf-8\">"
         "<meta http-equiv=\"Content-Type\" content=\"text/html; "
         "charset=utf-8\"><script>var __wxAppData={},__wxRoute,__wxRouteBegin,"
         "__eval=eval,__AppCode__={},global={},$gfc</script>"
         "<script charset=\"utf-8\" "
         "src=\"../../../framework/script/service.js\" "
         "type=\"text/javascript\"></script>"
         "<script charset=\"utf-8\" src=\"pageframe.js\"></script>"
         "<script charset=\"utf-8\" src=\"app-service.js\"></script></head>"
         "<body><script charset=\"UTF-8\">ServiceJSBridge.publish("
         "'serviceReady',__wxConfig__,[100000])</script></body></html>\n";
}

}  // namespace fcc::emit
