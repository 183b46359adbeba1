// SPDX-License-Identifier: Apache-2.0
//
// What the user's code finds on `this` of a component or page: setData,
// triggerEvent, selectComponent and the rest, as native methods of one
// prototype that every definition's prototype inherits from.

#ifndef FCC_RUNTIME_APP_COMPONENT_API_H_
#define FCC_RUNTIME_APP_COMPONENT_API_H_

#include <functional>
#include <string_view>

#include "runtime/script/heap.h"

namespace fcc::app {

class AppState;
class Component;

class ComponentApi {
 public:
  explicit ComponentApi(AppState& app);

  const script::Handle& base_prototype() const { return base_; }
  // The object for a component whose data is ready.
  script::Handle NewInstance(Component& component);
  // The component that a handle is `this` of; null when it has gone.
  Component* Of(const script::Handle& instance);
  // What selectComponent gives for it: the instance, or what `export` returns.
  // `asked` is the component that selects.
  script::Handle ExportMayRunScript(Component& asked, Component& component);

 private:
  using Method = std::function<script::Result<script::Handle>(
      Component&, const script::CallInfo&)>;
  // `component` is never null: on one that has gone the call gives what `gone`
  // gives, or undefined.
  using Gone = std::function<script::Handle()>;
  void Define(std::string_view name, int length, Method method, Gone gone = {});
  void DefineGetter(std::string_view name,
                    std::function<script::Handle(Component&)> getter);
  void DefineData();
  void DefineScheduledData();
  void DefineTree();
  void DefinePage();

  AppState& app_;
  script::Handle base_;
};

}  // namespace fcc::app

#endif  // FCC_RUNTIME_APP_COMPONENT_API_H_
