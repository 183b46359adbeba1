// SPDX-License-Identifier: Apache-2.0

#include "runtime/app/plugins.h"

#include <algorithm>

#include "runtime/app/app_state.h"
#include "runtime/base/format.h"
#include "runtime/base/plugin_path.h"

namespace fcc::app {

using script::CallInfo;
using script::Handle;
using script::Result;

void Plugins::DefineGlobals() {
  script::Heap& heap = app_.heap();
  const Handle require = heap.NewFunction(
      "requirePlugin", 1, [this](const CallInfo& call) -> Result<Handle> {
        FCC_TRY_ASSIGN(const std::string key,
                       call.heap().ToString(call.argument(0)));
        Result<Handle> exports = RequireMayRunScript(key);
        if (!call.argument(1).IsFunction()) {
          return exports;
        }
        if (exports) {
          app_.logic().CallMayRunScript(call.argument(1),
                                        call.heap().Undefined(), {*exports},
                                        "requirePlugin callback");
        } else if (call.argument(2).IsFunction()) {
          app_.logic().CallMayRunScript(
              call.argument(2), call.heap().Undefined(),
              {call.heap().NewError(script::ErrorType::kError,
                                    exports.error().message)},
              "requirePlugin callback");
        }
        return Handle();
      });
  static_cast<void>(heap.DefineMethod(
      require, "async", 1, [this](const CallInfo& call) -> Result<Handle> {
        const script::Heap::PromiseParts parts = call.heap().NewPromise();
        FCC_TRY_ASSIGN(const std::string key,
                       call.heap().ToString(call.argument(0)));
        const Result<Handle> exports = RequireMayRunScript(key);
        FCC_TRY(call.heap().Call(
            exports ? parts.resolve : parts.reject, call.heap().Undefined(),
            {exports ? *exports
                     : call.heap().NewError(script::ErrorType::kError,
                                            exports.error().message)}));
        return parts.promise;
      }));
  static_cast<void>(
      heap.Define(heap.Global(), "requirePlugin", require, script::kHidden));
}

Result<Handle> Plugins::RequireMayRunScript(std::string_view key) {
  const package::PluginEntry* plugin = app_.config().FindPlugin(key);
  if (plugin == nullptr) {
    Miss(key, "");
    return app_.prelude().StandIn(base::format("plugin://{}", key));
  }
  if (const base::Status status =
          app_.modules().RunPackageMayRunScript(plugin->package);
      !status) {
    return script::Throw(script::ErrorType::kError, status.error().message);
  }
  if (plugin->main.empty()) {
    return app_.heap().NewObject();
  }
  return app_.modules().RunModuleMayRunScript(plugin->main);
}

std::string Plugins::UrlOf(std::string_view url) const {
  const size_t scheme = url.find("://");
  const std::string_view kind = url.substr(0, scheme);
  if (scheme == std::string_view::npos ||
      (kind != "plugin" && kind != "plugin-private")) {
    return std::string(url);
  }
  const std::string_view rest = url.substr(scheme + 3);
  const size_t slash = std::min(rest.find('/'), rest.size());
  const std::string_view key = rest.substr(0, slash);
  const std::string_view target = rest.substr(std::min(slash + 1, rest.size()));
  const std::string_view name = target.substr(0, target.find('?'));
  const std::string_view query = target.substr(name.size());
  for (const package::PluginEntry& plugin : app_.config().plugins) {
    if (kind == "plugin-private" && plugin.provider == key) {
      return base::format("/{}/{}", base::PluginRoot(plugin.key), target);
    }
    if (kind != "plugin" || plugin.key != key) {
      continue;
    }
    for (const auto& [page, route] : plugin.pages) {
      if (page == name) {
        return base::format("/{}{}", route, query);
      }
    }
  }
  return std::string(url);
}

void Plugins::Miss(std::string_view key, std::string_view wanted) {
  app_.api().Count(
      wanted.empty() ? base::format("plugin://{}", key) : std::string(wanted),
      base::format("the sources of plugin \"{}\" are not in this project, so a "
                   "stand-in takes its place; name their folder as "
                   "`pluginRoot` in project.config.json and give the plugin "
                   "the version \"dev\" in app.json to run it here",
                   key));
}

Handle Plugins::ExportsOfApp(std::string_view path) {
  const std::string_view root = base::PluginRootOf(path);
  for (const package::PluginEntry& plugin : app_.config().plugins) {
    if (base::PluginRoot(plugin.key) != root || plugin.exported.empty()) {
      continue;
    }
    const Result<Handle> exports =
        app_.modules().RunModuleMayRunScript(plugin.exported);
    if (exports) {
      return *exports;
    }
    app_.logic().Report(exports.error(),
                        base::format("module {}", plugin.exported));
  }
  return Handle();
}

}  // namespace fcc::app
