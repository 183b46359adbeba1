// SPDX-License-Identifier: Apache-2.0
//
// A package's script, in the form that FinClip's logic layer runs
// (finclip-package.md, "JS"): every module defined under its path, then app.js,
// then every component and every page under its route.
//
// Each module begins on a line of its own, so its map is moved by whole lines
// only.

#include <algorithm>
#include <set>

#include "compiler/emit/emit_internal.h"
#include "compiler/graph/file_graph.h"
#include "runtime/base/json.h"
#include "runtime/base/plugin_path.h"
#include "runtime/base/source_map.h"

namespace fcc::emit {

static std::string Quoted(std::string_view text) {
  std::string out;
  base::AppendJsonString(out, text);
  return out;
}

namespace {

class ScriptPrinter {
 public:
  ScriptPrinter(const link::Program& program, const EmitOptions& options)
      : program_(program), options_(options) {}

  void Text(std::string_view text) {
    out_.code += text;
    line_ += static_cast<uint32_t>(std::count(text.begin(), text.end(), '\n'));
  }

  void Module(const std::string& path) {
    auto found = program_.graph.scripts.find(path);
    if (found == program_.graph.scripts.end()) {
      return;
    }
    const js::CompileResult& result = found->second.shipped();
    // A plugin's module gets what it may see of the platform and of the app.
    Text(base::format(
        "define({},function(require,module,exports,window{}){{\n",
        Quoted(graph::ModuleNameOf(path)),
        base::PluginRootOf(path).empty() ? "" : ",wx,requireMiniProgram"));
    if (options_.source_maps && !result.map.empty()) {
      AddMap(result.map);
    }
    Text(result.code);
    Text(result.code.ends_with('\n') ? "});\n" : "\n});\n");
  }

  void Helpers(const std::set<std::string>& names) {
    Text(
        "define(\"@fcc/helpers.js\",function(require,module,exports,window){"
        "\n");
    Text(js::HelpersModule(names, options_.minify));
    Text("\n});\n");
  }

  void Start(std::string_view route, const std::string& script) {
    if (program_.graph.scripts.contains(script)) {
      Text(base::format("__wxRouteBegin=true;__wxRoute={};require({});\n",
                        Quoted(route), Quoted(graph::ModuleNameOf(script))));
    }
  }

  // The project's own API, declared in a module (finclip-package.md, "JS").
  void Extensions(std::string_view script) {
    Text(base::format(
        "(function(){{var c=require({});if(c&&c.extApi&&wx.loadExtApi)"
        "{{window.FinClipConf=c;window.FinClipExtApiConf=c.extApi;"
        "wx.loadExtApi(c.extApi)}}}})();\n",
        Quoted(graph::ModuleNameOf(script))));
  }

  PackageScript Finish(std::string_view file) {
    if (options_.source_maps) {
      map_.file = file;
      out_.map = base::WriteSourceMap(map_);
    }
    return std::move(out_);
  }

 private:
  void AddMap(const std::string& json) {
    base::Result<base::SourceMap> read = base::ReadSourceMap(json);
    FCC_CHECK(read.ok());
    uint32_t first_source = static_cast<uint32_t>(map_.sources.size());
    uint32_t first_name = static_cast<uint32_t>(map_.names.size());
    map_.sources_content.resize(map_.sources.size());
    map_.sources.insert(map_.sources.end(), read->sources.begin(),
                        read->sources.end());
    map_.sources_content.insert(map_.sources_content.end(),
                                read->sources_content.begin(),
                                read->sources_content.end());
    map_.sources_content.resize(map_.sources.size());
    map_.names.insert(map_.names.end(), read->names.begin(), read->names.end());
    for (base::Mapping mapping : read->mappings) {
      mapping.line += line_;
      if (mapping.source != base::kNoSource) {
        mapping.source += first_source;
      }
      if (mapping.name != base::kNoSource) {
        mapping.name += first_name;
      }
      map_.mappings.push_back(mapping);
    }
  }

  const link::Program& program_;
  const EmitOptions& options_;
  PackageScript out_;
  base::SourceMap map_;
  uint32_t line_ = 0;
};

}  // namespace

PackageScript PrintPackageScript(const link::Program& program, const Part& part,
                                 const EmitOptions& options) {
  ScriptPrinter printer(program, options);
  printer.Text(
      "window.__packageStartTime1__=Date.now();\n"
      "if(typeof self===\"undefined\"){window.self=window}\n");
  // The main package carries them for all sub-packages; what an independent one
  // borrows of the main package may use any of that.
  std::set<std::string> helpers;
  if (part.has_main || part.independent) {
    for (const link::LinkedPackage& package : program.packages) {
      helpers.insert(package.helpers.begin(), package.helpers.end());
    }
  }
  if (!helpers.empty()) {
    printer.Helpers(helpers);
  }
  for (const link::LinkedPackage* package : part.packages) {
    for (const std::string& path : package->scripts) {
      printer.Module(path);
    }
    // In the whole app they stand once, among those of the main package.
    if (!part.has_main) {
      for (const std::string& path : package->borrowed_scripts) {
        printer.Module(path);
      }
    }
  }
  const std::string& app_script = program.project.app_script;
  if (part.has_main) {
    for (std::string_view name : {"FinClipConf.js", "FinChatConf.js"}) {
      if (program.graph.scripts.contains(name)) {
        printer.Extensions(name);
        break;
      }
    }
  }
  if (part.has_main && program.graph.scripts.contains(app_script)) {
    printer.Text(base::format("require({});\n",
                              Quoted(graph::ModuleNameOf(app_script))));
  }
  for (const link::LinkedPackage* package : part.packages) {
    for (const project::Component* component : package->components) {
      printer.Start(component->path, component->script_path);
    }
  }
  for (const link::LinkedPackage* package : part.packages) {
    for (const project::Component* page : package->pages) {
      printer.Start(page->path, page->script_path);
    }
  }
  printer.Text(
      "!window.isServiceReady&&ServiceJSBridge.publish(\"serviceReady\","
      "__wxConfig__,[100000]);\n"
      "window.__packageEndTime__=Date.now();\n");
  return printer.Finish(part.script);
}

}  // namespace fcc::emit
