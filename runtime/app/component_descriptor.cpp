// SPDX-License-Identifier: Apache-2.0

#include "runtime/app/component_descriptor.h"

#include <functional>
#include <string>

#include "runtime/app/app_state.h"
#include "runtime/app/component.h"
#include "runtime/app/event.h"
#include "runtime/app/page.h"
#include "runtime/app/selector.h"
#include "runtime/base/format.h"

namespace fcc::app {

using script::CallInfo;
using script::Handle;
using script::Result;
using value::Value;

namespace {

// The node a descriptor stands for, looked up anew at each call.
struct Described {
  AppState* app = nullptr;
  PageId page = 0;
  NodeId node = 0;

  Page* FindPage() const { return app->router().FindPage(page); }
  Node* Find() const {
    Page* found = FindPage();
    return found == nullptr ? nullptr : found->tree().Find(node);
  }
};

using Method = std::function<Result<Handle>(Node&, Page&, const CallInfo&)>;

void Define(const Handle& object, script::Heap& heap,
            const Described& described, std::string_view name, Method method) {
  static_cast<void>(heap.DefineMethod(
      object, name, 1,
      [described,
       method = std::move(method)](const CallInfo& call) -> Result<Handle> {
        Node* node = described.Find();
        return node == nullptr ? Result<Handle>(Handle())
                               : method(*node, *described.FindPage(), call);
      }));
}

Result<Handle> Select(Node& node, Page& page, const CallInfo& call, bool all) {
  script::Heap& heap = call.heap();
  FCC_TRY_ASSIGN(const std::string text, heap.ToString(call.argument(0)));
  const base::Result<Selector> selector = ParseSelector(text);
  std::vector<Node*> found;
  if (selector) {
    Node* scope = node.component != nullptr && node.component->shadow_root()
                      ? node.component->shadow_root()
                      : &node;
    found = SelectNodes(*scope, *selector, all ? 0 : 1);
  }
  if (!all) {
    return found.empty() ? heap.Null()
                         : NewComponentDescriptor(heap, page, *found[0]);
  }
  const Handle list = heap.NewArray();
  for (const Node* each : found) {
    FCC_TRY(heap.Push(list, NewComponentDescriptor(heap, page, *each)));
  }
  return list;
}

// setStyle(text or {name: value}): what a module adds to the template's style.
Result<Handle> SetStyle(Node& node, const CallInfo& call) {
  FCC_TRY_ASSIGN(const Value style, call.heap().ToValue(call.argument(0)));
  std::string text;
  if (style.IsObject()) {
    for (const value::Object::Member& member : style.object().members()) {
      text += base::format("{}:{};", DashCase(member.name()),
                           member.value.ToDisplayString());
    }
  } else {
    text = style.ToDisplayString();
  }
  node.module_style = std::move(text);
  node.Touch();
  return call.this_value();
}

// A method of the page or component whose tree the node is in.
Result<Handle> CallMethod(AppState& app, Node& node, const CallInfo& call) {
  FCC_TRY_ASSIGN(const std::string name,
                 call.heap().ToString(call.argument(0)));
  FCC_TRY_ASSIGN(const Value argument, call.heap().ToValue(call.argument(1)));
  Component* owner = node.component != nullptr ? node.component : node.owner;
  if (owner == nullptr) {
    return Handle();
  }
  // The two heaps share nothing: the method runs after this task.
  app.logic().Post(0, [&app, id = owner->id(), name, argument] {
    if (Component* component = app.FindComponent(id)) {
      app.logic().CallIfFunctionMayRunScript(
          component->instance(), name, {app.heap().FromValue(argument)},
          base::format("{} {}", component->definition().path, name));
    }
  });
  return Handle();
}

Result<Handle> TriggerEvent(AppState& app, Node& node, Page& page,
                            const CallInfo& call) {
  Event event;
  FCC_TRY_ASSIGN(event.type, call.heap().ToString(call.argument(0)));
  FCC_TRY_ASSIGN(event.value, call.heap().ToValue(call.argument(1)));
  FCC_TRY_ASSIGN(const Value options, call.heap().ToValue(call.argument(2)));
  event.bubbles = options.Get("bubbles").Truthy();
  event.composed = options.Get("composed").Truthy();
  event.capture_phase = options.Get("capturePhase").Truthy();
  app.logic().Post(0, [&app, page_id = page.id(), node_id = node.id, event] {
    Page* target_page = app.router().FindPage(page_id);
    Node* target =
        target_page == nullptr ? nullptr : target_page->tree().Find(node_id);
    if (target != nullptr) {
      DispatchMayRunScript(*target_page, *target, event);
    }
  });
  return Handle();
}

}  // namespace

Handle NewComponentDescriptor(script::Heap& heap, Page& page,
                              const Node& node) {
  AppState* app = &page.app();
  const Described described{app, page.id(), node.id};
  const Handle object = heap.NewObject();
  const auto define = [&](std::string_view name, Method method) {
    Define(object, heap, described, name, std::move(method));
  };
  define("selectComponent", [](Node& self, Page& on, const CallInfo& call) {
    return Select(self, on, call, false);
  });
  define("selectAllComponents", [](Node& self, Page& on, const CallInfo& call) {
    return Select(self, on, call, true);
  });
  define("setStyle", [](Node& self, Page&, const CallInfo& call) {
    return SetStyle(self, call);
  });
  define("addClass",
         [](Node& self, Page&, const CallInfo& call) -> Result<Handle> {
           FCC_TRY_ASSIGN(std::string name,
                          call.heap().ToString(call.argument(0)));
           std::erase(self.module_classes, name);
           self.module_classes.push_back(std::move(name));
           self.Touch();
           return call.this_value();
         });
  define("removeClass",
         [](Node& self, Page&, const CallInfo& call) -> Result<Handle> {
           FCC_TRY_ASSIGN(const std::string name,
                          call.heap().ToString(call.argument(0)));
           std::erase(self.module_classes, name);
           self.Touch();
           return call.this_value();
         });
  define("hasClass",
         [](Node& self, Page&, const CallInfo& call) -> Result<Handle> {
           FCC_TRY_ASSIGN(const std::string name,
                          call.heap().ToString(call.argument(0)));
           return call.heap().Boolean(self.HasClass(name));
         });
  define("getDataset",
         [](Node& self, Page&, const CallInfo& call) -> Result<Handle> {
           return self.dataset.IsObject() ? call.heap().FromValue(self.dataset)
                                          : call.heap().NewObject();
         });
  define("callMethod", [app](Node& self, Page&, const CallInfo& call) {
    return CallMethod(*app, self, call);
  });
  define("triggerEvent", [app](Node& self, Page& on, const CallInfo& call) {
    return TriggerEvent(*app, self, on, call);
  });
  define("requestAnimationFrame",
         [](Node&, Page&, const CallInfo& call) -> Result<Handle> {
           constexpr double kFrameMs = 16;
           return call.heap().CallMethod(
               call.heap().Global(), "setTimeout",
               {call.argument(0), call.heap().Number(kFrameMs)});
         });
  for (const std::string_view name : {"setTimeout", "clearTimeout"}) {
    define(name, [name](Node&, Page&, const CallInfo& call) {
      return call.heap().CallMethod(call.heap().Global(), name,
                                    call.arguments());
    });
  }
  define("getComputedStyle",
         [](Node&, Page&, const CallInfo& call) -> Result<Handle> {
           return call.heap().NewObject();
         });
  define("getBoundingClientRect",
         [app](Node& self, Page& on, const CallInfo& call) -> Result<Handle> {
           const Rect box =
               app->host().BoxOf(on.id(), self.id).value_or(Rect());
           return call.heap().FromValue(Value::ObjectOf({
               {"left", Value::Number(box.left)},
               {"top", Value::Number(box.top)},
               {"right", Value::Number(box.left + box.width)},
               {"bottom", Value::Number(box.top + box.height)},
               {"width", Value::Number(box.width)},
               {"height", Value::Number(box.height)},
           }));
         });
  // One object for all descriptors of the node.
  define("getState",
         [](Node& self, Page& on, const CallInfo& call) -> Result<Handle> {
           Handle& state = on.module_states()[self.id];
           if (state.empty() || state.heap() != &call.heap()) {
             state = call.heap().NewObject();
           }
           return state;
         });
  return object;
}

}  // namespace fcc::app
