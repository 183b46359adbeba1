// SPDX-License-Identifier: Apache-2.0
//
// `.fcc/app.json`: the linked app as the runtime needs it, in the main package
// and in the whole app. Every name in it is resolved: nothing is searched for
// at run time.

#ifndef FCC_RUNTIME_PACKAGE_APP_CONFIG_H_
#define FCC_RUNTIME_PACKAGE_APP_CONFIG_H_

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/base/result.h"
#include "runtime/value/value.h"

namespace fcc::package {

// One line of packageConfig.json.
struct PackageEntry {
  std::string name;
  std::string root;
  bool independent = false;
  // Routes, in the order of app.json.
  std::vector<std::string> pages;
};

// A plugin whose files are in the package, below the folder that
// base::PluginRoot(key) names.
struct PluginEntry {
  std::string key;
  // The plugin's own appid.
  std::string provider;
  // Name of the package that holds its files.
  std::string package;
  // Modules: what requirePlugin() gives; what the app shows to the plugin by
  // requireMiniProgram(). Empty if none.
  std::string main;
  std::string exported;
  // Name of a page in plugin.json → route.
  std::vector<std::pair<std::string, std::string>> pages;
};

// A page or a custom component. Paths are those of the project without an
// extension: "pages/index/index".
struct ComponentEntry {
  std::string path;
  bool is_page = false;
  // `"component": true` in its JSON; a page may be made with Component() too.
  bool is_component = false;
  // Name of the package that holds its files.
  std::string package;
  // Entry in the template program of that package; empty when it has none.
  std::string template_entry;
  // Sheet in the style program of that package; empty when it has none.
  std::string style_entry;
  // Module of the package's script: "pages/index/index.js"; empty if none.
  std::string script;
  // Tag → path of the component. What app.json declares for all is merged in;
  // "plugin://…" of a plugin that is not in the package is kept as written.
  std::vector<std::pair<std::string, std::string>> using_components;
  // Tag → tag shown until the component's package has arrived.
  std::vector<std::pair<std::string, std::string>> placeholders;
  // Generic name → path of the default component, empty when there is none.
  std::vector<std::pair<std::string, std::string>> generics;
  // The JSON of the page or component; for a page with what its `window` keys
  // inherit from app.json merged in.
  value::Value config;

  // Empty where the tag is none of its components.
  std::string_view ComponentOf(std::string_view tag) const;
};

struct AppConfig {
  std::string app_id;
  // First page to open: entryPagePath, else the first of `pages`.
  std::string entry_page;
  // Every route, main package first, then the sub-packages'.
  std::vector<std::string> pages;
  // The main package first.
  std::vector<PackageEntry> packages;
  std::vector<PluginEntry> plugins;
  // Pages and components; sorted by path.
  std::vector<ComponentEntry> components;
  // Module "app.js", empty if none; sheet of the app, empty if none.
  std::string script;
  std::string style_entry;
  // __wxConfig__ as the package carries it: app.json with everything merged.
  value::Value config;

  const ComponentEntry* Find(std::string_view path) const;
  const PackageEntry* FindPackage(std::string_view name) const;
  const PluginEntry* FindPlugin(std::string_view key) const;
};

base::Result<AppConfig> ParseAppConfig(std::string_view text);
std::string WriteAppConfig(const AppConfig& config);

}  // namespace fcc::package

#endif  // FCC_RUNTIME_PACKAGE_APP_CONFIG_H_
