// SPDX-License-Identifier: Apache-2.0

#include "runtime/app/component_api.h"

#include "runtime/app/app_state.h"
#include "runtime/app/component.h"
#include "runtime/app/event.h"
#include "runtime/app/relation.h"
#include "runtime/app/selector.h"
#include "runtime/app/selector_query.h"
#include "runtime/base/format.h"
#include "runtime/base/plugin_path.h"

namespace fcc::app {

using script::CallInfo;
using script::Handle;
using script::Result;

ComponentApi::ComponentApi(AppState& app) : app_(app) {
  base_ = app.heap().NewObject();
  DefineData();
  DefineScheduledData();
  DefineTree();
  DefinePage();
}

Component* ComponentApi::Of(const Handle& instance) {
  if (!instance.IsObject()) {
    return nullptr;
  }
  return app_.FindComponent(
      static_cast<uint32_t>(app_.heap().Internal(instance)));
}

void ComponentApi::Define(std::string_view name, int length, Method method,
                          Gone gone) {
  static_cast<void>(app_.heap().DefineMethod(
      base_, name, length,
      [this, method = std::move(method),
       gone = std::move(gone)](const CallInfo& call) -> Result<Handle> {
        Component* component = Of(call.this_value());
        if (component == nullptr) {
          return gone ? gone() : Handle();
        }
        return method(*component, call);
      }));
}

void ComponentApi::DefineGetter(std::string_view name,
                                std::function<Handle(Component&)> getter) {
  script::Heap& heap = app_.heap();
  static_cast<void>(heap.DefineAccessor(
      base_, name,
      heap.NewFunction(name, 0,
                       [this, getter = std::move(getter)](
                           const CallInfo& call) -> Result<Handle> {
                         Component* component = Of(call.this_value());
                         return component == nullptr ? Handle()
                                                     : getter(*component);
                       }),
      // Pages use these names for their own (`this.id = query.id`): what they
      // write is theirs from then on.
      heap.NewFunction(
          name, 1,
          [name = std::string(name)](const CallInfo& call) -> Result<Handle> {
            FCC_TRY(
                call.heap().Define(call.this_value(), name, call.argument(0)));
            return Handle();
          }),
      {true, false, true}));
}

// On a page that was closed while it waited: nobody renders it, but its code
// goes on and reads what it wrote.
static script::Status SetDataOfTheGone(script::Heap& heap, const Handle& self,
                                       const Handle& patch) {
  FCC_TRY_ASSIGN(const Handle data, heap.Get(self, "data"));
  if (!data.IsObject() || !patch.IsObject()) {
    return {};
  }
  FCC_TRY_ASSIGN(const std::vector<std::string> keys, heap.Keys(patch));
  for (const std::string& key : keys) {
    FCC_TRY_ASSIGN(const Handle value, heap.Get(patch, key));
    const base::Result<DataPath> path = ParseDataPath(key);
    if (path && path->size() == 1) {
      FCC_TRY(heap.Set(data, key, value));
    }
  }
  return {};
}

void ComponentApi::DefineData() {
  script::Heap& heap = app_.heap();
  static_cast<void>(heap.DefineMethod(
      base_, "setData", 2, [this](const CallInfo& call) -> Result<Handle> {
        if (Component* component = Of(call.this_value())) {
          FCC_TRY(component->SetDataMayRunScript(call.argument(0)));
        } else {
          FCC_TRY(SetDataOfTheGone(call.heap(), call.this_value(),
                                   call.argument(0)));
        }
        if (call.argument(1).IsFunction()) {
          app_.logic().AfterRender(
              [this, callback = call.argument(1), self = call.this_value()] {
                app_.logic().CallMayRunScript(callback, self, {},
                                              "setData callback");
              });
        }
        return Handle();
      }));
  // Everything set inside is written at once in any case; the callback runs.
  Define("groupSetData", 1,
         [this](Component& component, const CallInfo& call) -> Result<Handle> {
           if (call.argument(0).IsFunction()) {
             app_.logic().CallMayRunScript(
                 call.argument(0), component.instance(), {}, "groupSetData");
           }
           return Handle();
         });
  Define(
      "hasBehavior", 1,
      [this](Component& component, const CallInfo& call) -> Result<Handle> {
        return app_.heap().Boolean(call.argument(0).IsString() &&
                                   component.definition().HasBuiltinBehavior(
                                       app_.heap().AsString(call.argument(0))));
      });
}

// A path as a list of keys.
static Result<DataPath> PathOf(script::Heap& heap, const Handle& keys) {
  FCC_TRY_ASSIGN(const uint32_t count, heap.Length(keys));
  DataPath path;
  for (uint32_t i = 0; i < count; ++i) {
    FCC_TRY_ASSIGN(const Handle key, heap.Get(keys, i));
    PathPart part;
    FCC_TRY_ASSIGN(part.name, heap.ToString(key));
    part.is_index =
        key.IsNumber() && value::ParseArrayIndex(part.name, part.index);
    path.push_back(std::move(part));
  }
  if (path.empty()) {
    return script::ThrowTypeError("a path of data has no keys");
  }
  return path;
}

// The fine-grained updates of glass-easel's components.
void ComponentApi::DefineScheduledData() {
  Define("updateData", 1,
         [](Component& component, const CallInfo& call) -> Result<Handle> {
           FCC_TRY(component.QueueData(call.argument(0)));
           return Handle();
         });
  Define("replaceDataOnPath", 2,
         [](Component& component, const CallInfo& call) -> Result<Handle> {
           DataChange change;
           FCC_TRY_ASSIGN(change.path, PathOf(call.heap(), call.argument(0)));
           change.handle = call.argument(1);
           component.QueueChange(std::move(change));
           return Handle();
         });
  // (path, index, how many go, what comes): without a good index at the end.
  Define(
      "spliceArrayDataOnPath", 4,
      [](Component& component, const CallInfo& call) -> Result<Handle> {
        script::Heap& heap = call.heap();
        DataChange change;
        change.splices = true;
        FCC_TRY_ASSIGN(change.path, PathOf(heap, call.argument(0)));
        const Handle index = call.argument(1);
        const bool at_end = !index.IsNumber() || heap.AsNumber(index) < 0;
        change.handle = heap.NewArray();
        FCC_TRY(
            heap.Push(change.handle, at_end ? heap.Number(UINT32_MAX) : index));
        FCC_TRY(heap.Push(change.handle, at_end || !call.argument(2).IsNumber()
                                             ? heap.Number(0)
                                             : call.argument(2)));
        if (call.argument(3).IsArray()) {
          FCC_TRY_ASSIGN(const uint32_t count, heap.Length(call.argument(3)));
          for (uint32_t i = 0; i < count; ++i) {
            FCC_TRY_ASSIGN(const Handle item, heap.Get(call.argument(3), i));
            FCC_TRY(heap.Push(change.handle, item));
          }
        }
        component.QueueChange(std::move(change));
        return Handle();
      });
  Define("applyDataUpdates", 0,
         [](Component& component, const CallInfo&) -> Result<Handle> {
           component.ApplyQueuedMayRunScript();
           return Handle();
         });
  Define("groupUpdates", 1,
         [this](Component& component, const CallInfo& call) -> Result<Handle> {
           const uint32_t id = component.id();
           Handle result;
           if (call.argument(0).IsFunction()) {
             result = app_.logic().CallMayRunScript(
                 call.argument(0), component.instance(), {}, "groupUpdates");
           }
           if (Component* still = app_.FindComponent(id)) {
             still->ApplyQueuedMayRunScript();
           }
           return result;
         });
}

static Result<bool> Flag(script::Heap& heap, const Handle& options,
                         std::string_view name) {
  if (!options.IsObject()) {
    return false;
  }
  FCC_TRY_ASSIGN(const Handle flag, heap.Get(options, name));
  return heap.ToBoolean(flag);
}

static Result<Handle> TriggerEvent(AppState& app, Component& component,
                                   const CallInfo& call) {
  Event event;
  FCC_TRY_ASSIGN(event.type, app.heap().ToString(call.argument(0)));
  event.detail = call.argument(1);
  if (event.detail.IsUndefined()) {
    event.detail = app.heap().NewObject();
  }
  FCC_TRY_ASSIGN(event.bubbles, Flag(app.heap(), call.argument(2), "bubbles"));
  FCC_TRY_ASSIGN(event.composed,
                 Flag(app.heap(), call.argument(2), "composed"));
  FCC_TRY_ASSIGN(event.capture_phase,
                 Flag(app.heap(), call.argument(2), "capturePhase"));
  DispatchMayRunScript(component.page(), *component.host(), event);
  return Handle();
}

Handle ComponentApi::ExportMayRunScript(Component& asked,
                                        Component& component) {
  const Handle& exported = component.definition().export_function;
  if (!exported.empty()) {
    const Handle result = app_.logic().CallMayRunScript(
        exported, component.instance(), {}, component.definition().path);
    if (!result.empty() && !result.IsUndefined()) {
      return result;
    }
  }
  // The app does not reach into a plugin, nor a plugin out of itself, but for
  // what `export` gives.
  if (base::PluginRootOf(asked.definition().path) !=
      base::PluginRootOf(component.definition().path)) {
    return app_.heap().Null();
  }
  return component.instance();
}

static Result<std::vector<Node*>> Select(AppState& app, Component& component,
                                         const Handle& text, size_t limit) {
  FCC_TRY_ASSIGN(const std::string selector, app.heap().ToString(text));
  const base::Result<Selector> parsed = ParseSelector(selector);
  if (!parsed) {
    app.logic().Warn(base::format("{}: {}", component.definition().path,
                                  parsed.error().message));
    return std::vector<Node*>();
  }
  return SelectNodes(*component.shadow_root(), *parsed, limit);
}

void ComponentApi::DefineTree() {
  Define("triggerEvent", 3, [this](Component& component, const CallInfo& call) {
    return TriggerEvent(app_, component, call);
  });
  Define(
      "selectComponent", 1,
      [this](Component& component, const CallInfo& call) -> Result<Handle> {
        FCC_TRY_ASSIGN(const std::vector<Node*> nodes,
                       Select(app_, component, call.argument(0), 1));
        if (nodes.empty() || nodes[0]->component == nullptr) {
          return app_.heap().Null();
        }
        return ExportMayRunScript(component, *nodes[0]->component);
      },
      [this] { return app_.heap().Null(); });
  Define(
      "selectAllComponents", 1,
      [this](Component& component, const CallInfo& call) -> Result<Handle> {
        FCC_TRY_ASSIGN(const std::vector<Node*> nodes,
                       Select(app_, component, call.argument(0), 0));
        const Handle list = app_.heap().NewArray();
        for (Node* node : nodes) {
          if (node->component != nullptr) {
            FCC_TRY(app_.heap().Push(
                list, ExportMayRunScript(component, *node->component)));
          }
        }
        return list;
      },
      [this] { return app_.heap().NewArray(); });
  Define(
      "selectOwnerComponent", 0,
      [this](Component& component, const CallInfo&) -> Result<Handle> {
        Component* owner = component.host()->owner;
        return owner == nullptr ? app_.heap().Null() : owner->instance();
      },
      [this] { return app_.heap().Null(); });
  Define(
      "getRelationNodes", 1,
      [this](Component& component, const CallInfo& call) -> Result<Handle> {
        FCC_TRY_ASSIGN(const std::string key,
                       app_.heap().ToString(call.argument(0)));
        const Handle list = app_.heap().NewArray();
        for (Component* partner : RelationPartners(component, key)) {
          FCC_TRY(
              app_.heap().Push(list, ExportMayRunScript(component, *partner)));
        }
        return list;
      },
      [this] { return app_.heap().NewArray(); });
  Define(
      "createSelectorQuery", 0,
      [this](Component& component, const CallInfo&) -> Result<Handle> {
        return NewSelectorQuery(app_, component.id());
      },
      // Code that was put off still asks; it finds nothing.
      [this] { return NewSelectorQuery(app_, kNoComponent); });
  Define(
      "createIntersectionObserver", 1,
      [this](Component&, const CallInfo&) -> Result<Handle> {
        return NewIntersectionObserver(app_);
      },
      [this] { return NewIntersectionObserver(app_); });
  Define(
      "createMediaQueryObserver", 0,
      [this](Component&, const CallInfo&) -> Result<Handle> {
        return NewIntersectionObserver(app_);
      },
      [this] { return NewIntersectionObserver(app_); });
  // Animations end at once: there is nothing between two frames here.
  Define("animate", 4,
         [this](Component& component, const CallInfo& call) -> Result<Handle> {
           const Handle callback = call.argument(3);
           if (callback.IsFunction()) {
             FCC_TRY_ASSIGN(const double duration,
                            app_.heap().ToNumber(call.argument(2)));
             app_.logic().Post(duration >= 0 ? duration : 0,
                               [this, callback, self = component.instance()] {
                                 app_.logic().CallMayRunScript(
                                     callback, self, {}, "animate callback");
                               });
           }
           return Handle();
         });
  Define("clearAnimation", 3,
         [this](Component& component, const CallInfo& call) -> Result<Handle> {
           for (const Handle& argument : call.arguments()) {
             if (argument.IsFunction()) {
               app_.logic().Post(
                   0, [this, argument, self = component.instance()] {
                     app_.logic().CallMayRunScript(argument, self, {},
                                                   "clearAnimation callback");
                   });
             }
           }
           return Handle();
         });
  for (const std::string_view name :
       {"setUpdatePerformanceListener", "applyAnimatedStyle",
        "clearAnimatedStyle", "setInitialRenderingCache"}) {
    Define(name, 1, [](Component&, const CallInfo&) -> Result<Handle> {
      return Handle();
    });
  }
  DefineGetter("is", [this](Component& component) {
    return app_.heap().String(component.definition().path);
  });
  DefineGetter("id", [this](Component& component) {
    return app_.heap().String(component.host()->html_id);
  });
  DefineGetter("dataset", [this](Component& component) {
    const value::Value& dataset = component.host()->dataset;
    return dataset.IsObject() ? app_.heap().FromValue(dataset)
                              : app_.heap().NewObject();
  });
}

void ComponentApi::DefinePage() {
  Define("getPageId", 0,
         [this](Component& component, const CallInfo&) -> Result<Handle> {
           return app_.heap().String(
               base::format("pageId:{}", component.page().id()));
         });
  Define("getOpenerEventChannel", 0,
         [this](Component& component, const CallInfo&) -> Result<Handle> {
           Page& page = component.page();
           if (page.opener_channel.empty()) {
             page.opener_channel = app_.channels().Loose();
           }
           return page.opener_channel;
         });
  Define("getTabBar", 1,
         [this](Component& component, const CallInfo&) -> Result<Handle> {
           Component* bar = component.page().tab_bar();
           return bar == nullptr ? app_.heap().Null() : bar->instance();
         });
  Define("getAppBar", 1, [this](Component&, const CallInfo&) -> Result<Handle> {
    return app_.heap().Null();
  });
  const auto router = [this](Component&) { return app_.api().RouterObject(); };
  DefineGetter("router", router);
  DefineGetter("pageRouter", router);
}

Handle ComponentApi::NewInstance(Component& component) {
  script::Heap& heap = app_.heap();
  const Handle instance = heap.NewObject();
  static_cast<void>(
      heap.SetPrototype(instance, component.definition().prototype));
  heap.SetInternal(instance, component.id());
  const auto define = [&](std::string_view name, const Handle& value) {
    static_cast<void>(heap.Define(instance, name, value));
  };
  define("data", component.script_data());
  define("properties", component.script_data());
  // What Page() is given may be called without its page, as a timer does.
  if (component.definition().kind == DefinitionKind::kPage) {
    app_.prelude().BindMethods(instance, component.definition().prototype);
  }
  Page& page = component.page();
  define("__wxWebviewId__", heap.Number(page.id()));
  define("__wxExparserNodeId__",
         heap.String(base::format("{:08x}", component.id())));
  if (component.host() == page.root()) {
    define("route", heap.String(page.path()));
    define("__route__", heap.String(page.path()));
    define("options", heap.FromValue(page.query()));
  }
  return instance;
}

}  // namespace fcc::app
