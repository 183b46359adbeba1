// SPDX-License-Identifier: Apache-2.0
//
// The plugins of an app: requirePlugin, and the addresses of their pages. A
// plugin's modules run in the app's heap, under a root of their own
// (runtime/base/plugin_path.h), and share nothing with the app but what
// requirePlugin and requireMiniProgram hand over.
//
// Source: the platform documentation on plugins, "using plugins".

#ifndef FCC_RUNTIME_APP_PLUGINS_H_
#define FCC_RUNTIME_APP_PLUGINS_H_

#include <string>
#include <string_view>

#include "runtime/script/heap.h"

namespace fcc::app {

class AppState;

class Plugins {
 public:
  explicit Plugins(AppState& app) : app_(app) {}

  void DefineGlobals();
  // "plugin://key/name?x=1" and "plugin-private://APPID/path" as the url of a
  // route; any other, and that of a plugin that is not there, as it is.
  std::string UrlOf(std::string_view url) const;
  // Counts a plugin that the package does not hold, or what is wanted of it;
  // the first time it says so, and what helps.
  void Miss(std::string_view key, std::string_view wanted);
  // What requireMiniProgram() gives to the module at `path` of a plugin.
  script::Handle ExportsOfApp(std::string_view path);

 private:
  script::Result<script::Handle> RequireMayRunScript(std::string_view key);

  AppState& app_;
};

}  // namespace fcc::app

#endif  // FCC_RUNTIME_APP_PLUGINS_H_
