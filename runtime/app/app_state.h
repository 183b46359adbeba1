// SPDX-License-Identifier: Apache-2.0
//
// What the parts of a running app share: the package, the host, the logic heap,
// the definitions, the open pages. For the files of this room; App (app.h) is
// its face.

#ifndef FCC_RUNTIME_APP_APP_STATE_H_
#define FCC_RUNTIME_APP_APP_STATE_H_

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>

#include "runtime/app/api_bridge.h"
#include "runtime/app/app.h"
#include "runtime/app/component_api.h"
#include "runtime/app/definition.h"
#include "runtime/app/event_channel.h"
#include "runtime/app/logic.h"
#include "runtime/app/module_loader.h"
#include "runtime/app/page.h"
#include "runtime/app/plugins.h"
#include "runtime/app/prelude.h"
#include "runtime/app/router.h"
#include "runtime/package/package.h"
#include "runtime/template/program.h"

namespace fcc::app {

class AppState {
 public:
  AppState(package::Bundle& bundle, HostServices& host,
           const AppOptions& options);
  ~AppState();
  AppState(const AppState&) = delete;
  AppState& operator=(const AppState&) = delete;

  package::Bundle& bundle() { return bundle_; }
  const package::AppConfig& config() const { return bundle_.config(); }
  HostServices& host() { return host_; }
  const AppOptions& options() const { return options_; }
  Logic& logic() { return logic_; }
  script::Heap& heap() { return logic_.heap(); }
  ComponentApi& component_api() { return component_api_; }
  DefinitionRegistry& definitions() { return definitions_; }
  EventChannels& channels() { return channels_; }
  ModuleLoader& modules() { return modules_; }
  Plugins& plugins() { return plugins_; }
  ApiBridge& api() { return api_; }
  Prelude& prelude() { return prelude_; }
  Router& router() { return router_; }

  // The templates of a package, loaded when asked for first; null when it has
  // none or they cannot be read (reported once).
  const tmpl::Program* ProgramOf(std::string_view package);
  // What a tag in the shadow tree of `owner` stands for; null when it is no
  // component of the app.
  const package::ComponentEntry* ResolveTag(Component& owner,
                                            std::string_view tag);
  // Runs the script that the component is defined in, if it has not run yet,
  // and gives its definition; the empty one when it defines nothing.
  const Definition& DefinitionOfMayRunScript(
      const package::ComponentEntry& entry);

  // Lets go of the functions of the heap that no value refers to any more:
  // data that holds functions would keep each alive for good. Between tasks.
  void ReleaseFunctions();

  uint32_t NextComponentId() { return ++last_component_id_; }
  void Register(Component& component);
  void Unregister(Component& component);
  Component* FindComponent(uint32_t id) const;
  size_t component_count() const { return components_.size(); }
  // The component whose object that is; null for anything else.
  Component* ComponentOf(const script::Handle& instance);

  // The object App() was called with; empty before.
  const script::Handle& app_object() const { return app_object_; }
  void set_app_object(script::Handle object) {
    app_object_ = std::move(object);
  }
  LaunchOptions launch_options;
  LaunchOptions enter_options;
  bool in_front = false;

  // Runs the main package, onLaunch and onShow; once. An app that is opened on
  // a page of an independent package does so when it leaves for another one.
  base::Status StartMayRunScript();
  bool started() const { return started_; }
  bool IsIndependent(std::string_view package) const;

  // {path, query, scene, referrerInfo} as onLaunch and onShow get it.
  script::Handle OptionsObject(const LaunchOptions& options);
  // App.<name>(argument), and the listeners of the wx.on… event of that name.
  void CallAppMayRunScript(std::string_view name,
                           const script::Handle& argument);

 private:
  void DefineGlobals();
  // App's onLaunch and onShow; once. Inside of App(), as the platform does:
  // modules of pages, which run next, use what onLaunch puts on the app.
  void AnnounceLaunchMayRunScript();

  package::Bundle& bundle_;
  HostServices& host_;
  AppOptions options_;
  // Everything below holds handles of its heap and goes before it.
  Logic logic_;
  Prelude prelude_;
  script::Handle app_object_;
  ComponentApi component_api_;
  DefinitionRegistry definitions_;
  EventChannels channels_;
  ModuleLoader modules_;
  Plugins plugins_;
  ApiBridge api_;
  Router router_;
  std::map<std::string, std::unique_ptr<const tmpl::Program>, std::less<>>
      programs_;
  std::unordered_map<uint32_t, Component*> components_;
  std::set<std::string, std::less<>> unknown_reported_;
  uint32_t last_component_id_ = 0;
  // References that were still wanted when last asked.
  size_t wanted_functions_ = 0;
  bool in_error_hook_ = false;
  bool started_ = false;
  bool launched_ = false;
  // app_object_ is what getApp({allowDefault: true}) made before App().
  bool default_app_ = false;
};

}  // namespace fcc::app

#endif  // FCC_RUNTIME_APP_APP_STATE_H_
