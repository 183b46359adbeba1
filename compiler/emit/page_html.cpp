// SPDX-License-Identifier: Apache-2.0
//
// The html of FinClip's web views (finclip-package.md, "FTSS" and "FXML"). A
// page brings its style text, which the SDK's inlineCss() converts, and fires
// generateFuncReady with its template function. In a split package a page's
// html is put into the package's view.html; in the whole app it stands alone.

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

// Every component is a box of its own, as the platform's view has it; then the
// page's styles, then those of the components that no other page uses.
static std::string OwnCss(const Component& page, const PageStyles& styles) {
  std::string out;
  for (const Component* component : styles.ComponentsOf(page)) {
    if (!component->config.Get("virtualHost").Truthy()) {
      out += base::format("[is=\"{}\"]{{display:block}}\n", component->path);
    }
  }
  out += styles.CssOf(page.path);
  for (const Component* component : styles.ComponentsOf(page)) {
    if (!styles.IsShared(page.package, *component)) {
      out += styles.CssOf(component->path);
    }
  }
  return out;
}

static std::string Quoted(std::string_view text) {
  std::string out;
  base::AppendJsonString(out, text);
  return out;
}

// `+__fccStyles__("a","b")`, or nothing.
static std::string SharedCss(const Component& page, const PageStyles& styles) {
  std::string paths;
  for (const Component* component : styles.ComponentsOf(page)) {
    if (styles.IsShared(page.package, *component)) {
      paths += (paths.empty() ? "" : ",") + Quoted(component->path);
    }
  }
  return paths.empty() ? "" : base::format("+__fccStyles__({})", paths);
}

static void AppendPageScript(std::string& out, const Component& page,
                             const PageStyles& styles, bool app_css) {
  out += base::format("<script>var __path__={};\n", Quoted(page.path));
  auto inline_css = [&](std::string_view id, std::string_view more,
                        std::string_view from) {
    out += base::format(
        "inlineCss(document.getElementById(\"{}\").innerHTML{},"
        "window.innerWidth||window.screen.availWidth,window.devicePixelRatio,"
        "{});\n",
        id, more, from);
  };
  if (app_css) {
    inline_css("appCss", "", "\"app\"");
  }
  inline_css("inlineCss", SharedCss(page, styles), "__path__");
  out += base::format(
      "document.dispatchEvent(new CustomEvent(\"generateFuncReady\",{{detail:"
      "{{generateFunc:$gfc({})||$gfc({})}}}}))</script>",
      Quoted("./" + page.path + ".wxml"), Quoted("./" + page.path + ".fxml"));
}

// Paths may hold anything that a file name may.
static std::string EscapeHtml(std::string_view text) {
  std::string out;
  for (char c : text) {
    if (c == '<') {
      out += "&lt;";
    } else if (c == '&') {
      out += "&amp;";
    } else {
      out += c;
    }
  }
  return out;
}

static void AppendShell(std::string& out, std::string_view title,
                        std::string_view app_css, std::string_view styles) {
  out += "<!DOCTYPE html><html lang=\"zh-CN\"><head>";
  out += kHead;
  out += base::format(
      "<title>{}</title><script>var __AppCode__={{}}</script>"
      "<link charset=\"utf-8\" rel=\"stylesheet\" "
      "href=\"../../../framework/css/index.css\">"
      "<script charset=\"utf-8\" src=\"../../../framework/script/view.js\" "
      "type=\"text/javascript\"></script>"
      "<style id=\"appCss\" type=\"text/customize-css\">",
      EscapeHtml(title));
  AppendStyle(out, app_css);
  out += "</style>";
  if (!styles.empty()) {
    out += base::format("<script>{}</script>", styles);
  }
  out +=
      "<script charset=\"utf-8\" src=\"pageframe.js\" "
      "type=\"text/javascript\"></script></head><body><div></div>";
}

std::string PrintPageHtml(const Part& part, const Component& page,
                          const PageStyles& styles) {
  // The whole app has pages of independent packages too.
  const bool app_css = !part.IsIndependent(page.package) &&
                       !ftss::SkipsAppSheet(IsolationOf(page));
  std::string out;
  if (part.whole) {
    AppendShell(out, page.path + ".html",
                app_css ? std::string_view(styles.app_css()) : "", "");
  }
  out += "<style id=\"inlineCss\" type=\"text/customize-css\">";
  AppendStyle(out, OwnCss(page, styles));
  out += "</style>";
  AppendPageScript(out, page, styles, app_css);
  if (part.whole) {
    out += "</body></html>";
  }
  return out + "\n";
}

std::string PrintViewHtml(const Part& part, const PageStyles& styles) {
  std::string out;
  AppendShell(out, "view.html",
              part.independent ? std::string_view() : styles.app_css(),
              styles.PrintTable(part.packages));
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
