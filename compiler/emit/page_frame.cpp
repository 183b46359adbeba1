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

// `__AppCode__["<tag>__<route>"]`, and the bare tag for the first who has it.
static void AppendTag(std::string& out, std::string_view tag,
                      std::string_view user, std::string_view path) {
  out += base::format(
      "__AppCode__[{0}]={1};__AppCode__[{2}]=__AppCode__[{2}]||{1};\n",
      Quoted(base::format("{}__{}", tag, user)), Quoted(path), Quoted(tag));
}

static void AppendAppCode(std::string& out, const Component& component) {
  for (const project::UsedComponent& used : component.using_components) {
    if (used.kind == project::TargetKind::kComponent) {
      AppendTag(out, used.tag, component.path, used.path);
    }
  }
  for (const project::Generic& generic : component.generics) {
    if (!generic.path.empty()) {
      AppendTag(out, generic.name, component.path, generic.path);
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

std::string PrintPageFrame(const link::Program& program, const Part& part,
                           const PageStyles& styles) {
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
      "var __AppCode__=window.__AppCode__||{};\n"
      // What the template functions can do; the SDK asks.
      "window.__wcc_version_info__={customComponents:true,fixZeroRpx:true,"
      "propValueDeepCopy:false};\n";
  if (part.whole) {
    out += styles.PrintTable(part.packages);
  }
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
      "window.__pageFrameEndTime__=Date.now();\n"
      "var _newClassPrefix={};\n";
  return out;
}

}  // namespace fcc::emit
