// SPDX-License-Identifier: Apache-2.0

#include "runtime/app/event.h"

#include <algorithm>

#include "runtime/app/app_state.h"
#include "runtime/app/component_descriptor.h"
#include "runtime/app/page.h"
#include "runtime/base/format.h"

namespace fcc::app {

using script::Handle;
using script::Result;
using value::Value;

namespace {

// A node the event passes, with what `target` and `mark` are in its tree.
struct Step {
  Node* current = nullptr;
  Node* target = nullptr;
};

// Content inside content inside content: the paths of composed events through
// slots nest as deep.
constexpr int kMaxSlotDepth = 200;

class Dispatcher {
 public:
  Dispatcher(Page& page, Node& target, const Event& event)
      : page_(page), app_(page.app()), heap_(page.app().heap()), event_(event) {
    Node* from = &target;
    while (from != nullptr) {
      from = Climb(*from, 0);
    }
  }

  EventOutcome Run() {
    if (event_.capture_phase) {
      for (size_t i = path_.size(); i-- > 0 && !outcome_.stopped;) {
        CallListeners(path_[i], true);
      }
    }
    for (size_t i = 0; i < path_.size() && !outcome_.stopped; ++i) {
      CallListeners(path_[i], false);
      if (!event_.bubbles) {
        break;
      }
    }
    return outcome_;
  }

 private:
  // Adds the way from `target` up its own tree, through the shadow trees of
  // what its ancestors are content of; gives the node outside to go on from.
  Node* Climb(Node& target, int depth) {
    Node* current = &target;
    for (;;) {
      path_.push_back({current, &target});
      if (!event_.composed) {
        current = current->parent;
      } else if (current->kind == NodeKind::kShadowRoot) {
        return current->owner->host();
      } else if (current->parent != nullptr &&
                 current->parent->kind == NodeKind::kComponent) {
        Node* slot = SlotFor(*current->parent, *current);
        if (slot == nullptr || depth > kMaxSlotDepth) {
          return nullptr;
        }
        current = Climb(*slot, depth + 1);
      } else {
        current = current->parent;
      }
      if (current == nullptr) {
        return nullptr;
      }
    }
  }

  // Marks from the target up its tree; the inner one wins.
  Handle MarksOf(const Node& target) {
    const Handle marks = heap_.NewObject();
    for (const Node* node = &target; node != nullptr; node = node->parent) {
      if (!node->marks.IsObject()) {
        continue;
      }
      for (const value::Object::Member& member :
           node->marks.object().members()) {
        const script::Result<bool> has = heap_.HasOwn(marks, member.name());
        if (has && !*has) {
          static_cast<void>(heap_.Define(marks, member.name(),
                                         heap_.FromValue(member.value)));
        }
      }
    }
    return marks;
  }

  Handle NodeObject(const Node& node) {
    const Handle object = heap_.NewObject();
    const std::optional<Rect> box = app_.host().BoxOf(page_.id(), node.id);
    static_cast<void>(heap_.Define(object, "id", heap_.String(node.html_id)));
    static_cast<void>(
        heap_.Define(object, "offsetLeft", heap_.Number(box ? box->left : 0)));
    static_cast<void>(
        heap_.Define(object, "offsetTop", heap_.Number(box ? box->top : 0)));
    static_cast<void>(heap_.Define(object, "dataset",
                                   node.dataset.IsObject()
                                       ? heap_.FromValue(node.dataset)
                                       : heap_.NewObject()));
    return object;
  }

  Value TouchList(const std::vector<Touch>& touches) {
    Value list = Value::NewArray();
    for (const Touch& touch : touches) {
      list.MutableArray().items.push_back(Value::ObjectOf({
          {"identifier", Value::Number(touch.identifier)},
          {"pageX", Value::Number(touch.page_x)},
          {"pageY", Value::Number(touch.page_y)},
          {"clientX", Value::Number(touch.page_x)},
          {"clientY", Value::Number(touch.page_y - page_.scroll_top)},
      }));
    }
    return list;
  }

  Handle EventObject(const Step& step) {
    const Handle object = heap_.NewObject();
    const auto define = [&](std::string_view name, const Handle& member) {
      static_cast<void>(heap_.Define(object, name, member));
    };
    define("type", heap_.String(event_.type));
    define("timeStamp", heap_.Number(static_cast<double>(
                            app_.host().clock().MonotonicUs() / 1000)));
    define("target", NodeObject(*step.target));
    define("currentTarget", NodeObject(*step.current));
    define("mark", MarksOf(*step.target));
    define("detail", event_.detail.empty() ? heap_.FromValue(event_.value)
                                           : event_.detail);
    if (event_.is_touch) {
      define("touches", heap_.FromValue(TouchList(event_.touches)));
      define("changedTouches",
             heap_.FromValue(TouchList(event_.changed_touches)));
    }
    for (const auto& [name, value] : event_.extra) {
      define(name, heap_.FromValue(value));
    }
    return object;
  }

  void CallListeners(const Step& step, bool capture) {
    // A listener may change the node's bindings.
    const std::vector<EventBinding> bindings = step.current->events;
    for (const EventBinding& binding : bindings) {
      if (binding.capture != capture || binding.type != event_.type ||
          !binding.handler.Truthy() || (binding.mutual && mutated_)) {
        continue;
      }
      CallListener(step, binding);
      outcome_.heard = true;
      mutated_ = mutated_ || binding.mutual;
      outcome_.stopped = outcome_.stopped || binding.catches;
    }
  }

  // (event, ownerInstance); the event has an instance of each target.
  std::vector<Handle> ModuleArguments(script::Heap& heap, const Value& event,
                                      const Step& step) {
    const Handle object = heap.FromValue(event);
    const std::pair<const char*, const Node*> kTargets[] = {
        {"target", step.target}, {"currentTarget", step.current}};
    for (const auto& [name, node] : kTargets) {
      const Handle descriptor = NewComponentDescriptor(heap, page_, *node);
      if (const Result<Handle> target = heap.Get(object, name)) {
        static_cast<void>(heap.Set(*target, "instance", descriptor));
      }
      if (node == step.current) {
        static_cast<void>(heap.Set(object, "instance", descriptor));
      }
    }
    const Node* owner = step.current->owner->host();
    return {object, NewComponentDescriptor(heap, page_, *owner)};
  }

  void CallListener(const Step& step, const EventBinding& binding) {
    Component* owner = step.current->owner;
    if (owner == nullptr) {
      return;
    }
    if (binding.handler.IsFunction()) {
      const Value event = app_.logic().ToValue(EventObject(step), "an event");
      const Value result = page_.scripts().CallMayRunScript(
          binding.handler.function(),
          [&](script::Heap& heap) {
            return ModuleArguments(heap, event, step);
          },
          base::format("{} {}", owner->definition().path, event_.type));
      // A script module's handler that returns false ends the event.
      if (result.IsBool() && !result.boolean()) {
        outcome_.stopped = true;
      }
      return;
    }
    const std::string name = binding.handler.ToDisplayString();
    const Handle handler = app_.logic().Get(owner->instance(), name);
    if (!app_.logic().IsFunction(handler)) {
      app_.logic().Warn(base::format(
          "Component \"{}\" does not have a method \"{}\" to handle event "
          "\"{}\".",
          owner->definition().path, name, event_.type));
      return;
    }
    app_.logic().CallMayRunScript(
        handler, owner->instance(), {EventObject(step)},
        base::format("{} {}", owner->definition().path, name));
  }

  Page& page_;
  AppState& app_;
  script::Heap& heap_;
  const Event& event_;
  std::vector<Step> path_;
  EventOutcome outcome_;
  bool mutated_ = false;
};

}  // namespace

EventOutcome DispatchMayRunScript(Page& page, Node& target,
                                  const Event& event) {
  const Logic::Task task(page.app().logic());
  return Dispatcher(page, target, event).Run();
}

bool IsBubblingNativeEvent(std::string_view type) {
  static constexpr std::string_view kBubbling[] = {
      "tap",
      "longpress",
      "longtap",
      "touchstart",
      "touchmove",
      "touchend",
      "touchcancel",
      "touchforcechange",
      "transitionend",
      "animationstart",
      "animationiteration",
      "animationend",
  };
  return std::find(std::begin(kBubbling), std::end(kBubbling), type) !=
         std::end(kBubbling);
}

}  // namespace fcc::app
