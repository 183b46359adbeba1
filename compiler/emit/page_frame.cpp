// SPDX-License-Identifier: Apache-2.0
//
// pageframe.js (finclip-package.md, "FXML"): the configuration, the compiled
// templates, and for every page and component its JSON, its template function
// and the paths its tags stand for.

#include "compiler/emit/emit_internal.h"
#include "compiler/fxml/fxml.h"
#include "compiler/link/link_app.h"
#include "runtime/base/json.h"
#include "runtime/value/value_json.h"

namespace fcc::emit {

using project::Component;

static std::string Quoted(std::string_view text) {
  std::string out;
  base::AppendJsonString(out, text);
  return out;
}

static void AppendAppCode(std::string& out, const Component& component) {
  std::string path = Quoted(component.path);
  for (const project::UsedComponent& used : component.using_components) {
    if (used.kind == project::TargetKind::kComponent) {
      out += base::format("__AppCode__[{}]={};\n",
                          Quoted(used.tag + "__" + component.path),
                          Quoted(used.path));
    }
  }
  out += base::format("__AppCode__[{}]={};\n", Quoted(component.path + ".json"),
                      value::ToJson(component.config));
  // Asked for under WeChat's name whatever the file is called.
  if (!component.template_path.empty()) {
    out += base::format("__AppCode__[{}]=$gfc({});\n",
                        Quoted(component.path + ".wxml"),
                        Quoted("./" + component.template_path));
  }
}

std::string PrintPageFrame(const link::Program& program, const Part& part) {
  // A split app has one frame for all its packages: sub-packages' pages are
  // rendered with it. An independent package has its own.
  std::vector<const link::LinkedPackage*> packages = part.packages;
  if (part.has_main && !part.whole) {
    packages.clear();
    for (const link::LinkedPackage& package : program.packages) {
      packages.push_back(&package);
    }
  }
  std::vector<std::string> templates;
  for (const link::LinkedPackage* package : packages) {
    templates.insert(templates.end(), package->templates.begin(),
                     package->templates.end());
  }
  std::sort(templates.begin(), templates.end());
  templates.erase(std::unique(templates.begin(), templates.end()),
                  templates.end());

  std::string out =
      "window.ft=window.wx;\n"
      "window.__pageFrameStartTime__=Date.now();\n"
      "var __wxConfig__=";
  out += value::ToJson(program.project.config);
  out +=
      ";\nif(!window.__wxConfig){window.__wxConfig=__wxConfig__}\n"
      "if(window.__wxLibrary){typeof window.__wxLibrary.onEnd===\"function\"&&"
      "window.__wxLibrary.onEnd(true);window.__wxLibrary=undefined}\n"
      "var __AppCode__=window.__AppCode__||{};\n";
  out += fxml::PrintGfc(link::UnitsOf(program.graph, templates),
                        link::ModulesOf(program.graph, templates), {});
  out += '\n';
  for (const link::LinkedPackage* package : packages) {
    for (const Component* component : package->components) {
      AppendAppCode(out, *component);
    }
    for (const Component* page : package->pages) {
      AppendAppCode(out, *page);
    }
  }
  out +=
      "!window.__isServiceStarted&&window.ServiceJSBridge&&"
      "window.ServiceJSBridge.publish(\"serviceStart\",__wxConfig__,[]);\n"
      "window.__pageFrameEndTime__=Date.now();\n";
  return out;
}

}  // namespace fcc::emit
