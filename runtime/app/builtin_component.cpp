// SPDX-License-Identifier: Apache-2.0

#include "runtime/app/builtin_component.h"

#include <algorithm>

#include "runtime/app/app_state.h"
#include "runtime/app/component.h"
#include "runtime/app/event.h"
#include "runtime/app/page.h"
#include "runtime/base/format.h"
#include "runtime/base/unicode.h"

namespace fcc::app {

using value::Value;

static void SetState(Node& node, std::string_view name, Value value) {
  if (!node.state.IsObject()) {
    node.state = Value::NewObject();
  }
  node.state.MutableObject().Set(name, std::move(value));
  node.Touch();
}

static void Fire(Page& page, Node& node, std::string_view type, Value detail) {
  Event event;
  event.type = type;
  event.value = std::move(detail);
  DispatchMayRunScript(page, node, event);
}

// model:value="{{path}}" of a built-in component.
static void WriteModel(Node& node, std::string_view name, const Value& value) {
  for (const auto& [property, keys] : node.models) {
    if (property == name && keys.IsArray() && node.owner != nullptr) {
      DataChange change;
      change.path = ModelPath(keys);
      change.value = value;
      node.owner->ApplyMayRunScript({std::move(change)}, false);
    }
  }
}

// The nearest node above, on the screen, with one of these tags.
static Node* Enclosing(const Node& node, std::string_view tag) {
  for (Node* at = ComposedParent(node); at != nullptr;
       at = ComposedParent(*at)) {
    if (at->kind == NodeKind::kElement && at->tag == tag) {
      return at;
    }
  }
  return nullptr;
}

static void ForEachShown(Node& node, const std::function<void(Node&)>& visit) {
  ForEachComposedChild(node, [&](Node& child) {
    visit(child);
    ForEachShown(child, visit);
  });
}

static Node* FirstShown(Node& node,
                        const std::function<bool(const Node&)>& wanted) {
  Node* found = nullptr;
  ForEachShown(node, [&](Node& child) {
    if (found == nullptr && wanted(child)) {
      found = &child;
    }
  });
  return found;
}

static bool IsDisabled(const Node& node) {
  return node.Current("disabled").Truthy();
}

static Value GroupValue(Node& group) {
  const bool many = group.tag == "checkbox-group";
  Value values = Value::NewArray();
  Value one = Value::String("");
  ForEachShown(group, [&](Node& node) {
    if (node.tag == (many ? "checkbox" : "radio") &&
        node.Current("checked").Truthy()) {
      one = node.Current("value");
      values.MutableArray().items.push_back(one);
    }
  });
  return many ? values : one;
}

Value FieldValue(const Node& node) {
  if (node.component != nullptr) {
    return node.component->data().Get("value");
  }
  if (node.tag == "checkbox-group" || node.tag == "radio-group") {
    return GroupValue(const_cast<Node&>(node));
  }
  if (node.tag == "switch") {
    return Value::Bool(node.Current("checked").Truthy());
  }
  const Value value = node.Current("value");
  if (node.tag == "input" || node.tag == "textarea") {
    return value.IsNullish() ? Value::String("")
                             : Value::String(value.ToDisplayString());
  }
  return value;
}

static bool IsField(const Node& node) {
  if (node.component != nullptr) {
    return node.component->definition().HasBuiltinBehavior("wx://form-field");
  }
  static constexpr std::string_view kFields[] = {
      "input",  "textarea", "checkbox-group", "radio-group",
      "switch", "slider",   "picker",         "picker-view",
  };
  return std::find(std::begin(kFields), std::end(kFields), node.tag) !=
         std::end(kFields);
}

static std::string FieldName(const Node& node) {
  const Value name = node.component != nullptr
                         ? node.component->data().Get("name")
                         : node.Current("name");
  return name.IsNullish() ? std::string() : name.ToDisplayString();
}

static void Submit(Page& page, Node& form, Node* button) {
  Value fields = Value::NewObject();
  ForEachShown(form, [&](Node& node) {
    if (IsField(node)) {
      if (const std::string name = FieldName(node); !name.empty()) {
        fields.MutableObject().Set(name, FieldValue(node));
      }
    }
  });
  Value detail = Value::ObjectOf({{"value", fields}});
  if (button != nullptr) {
    detail.MutableObject().Set(
        "target", Value::ObjectOf({{"id", Value::String(button->html_id)},
                                   {"dataset", button->dataset.IsObject()
                                                   ? button->dataset
                                                   : Value::NewObject()}}));
  }
  if (form.Current("reportSubmit").Truthy()) {
    detail.MutableObject().Set("formId",
                               Value::String("the formId is a mock one"));
  }
  Fire(page, form, "submit", detail);
}

static void Reset(Page& page, Node& form) {
  ForEachShown(form, [](Node& node) {
    if (node.component != nullptr) {
      return;
    }
    if (node.tag == "input" || node.tag == "textarea") {
      SetState(node, "value", Value::String(""));
    } else if (node.tag == "checkbox" || node.tag == "radio" ||
               node.tag == "switch") {
      SetState(node, "checked", Value::Bool(false));
    } else if (node.tag == "slider") {
      const Value* least = node.FindAttr("min");
      SetState(node, "value", least == nullptr ? Value::Number(0) : *least);
    }
  });
  Fire(page, form, "reset", Value::NewObject());
}

static void Toggle(Page& page, Node& node) {
  if (node.tag == "switch") {
    const Value checked = Value::Bool(!node.Current("checked").Truthy());
    SetState(node, "checked", checked);
    WriteModel(node, "checked", checked);
    Fire(page, node, "change", Value::ObjectOf({{"value", checked}}));
    return;
  }
  const bool radio = node.tag == "radio";
  Node* group = Enclosing(node, radio ? "radio-group" : "checkbox-group");
  if (radio) {
    if (node.Current("checked").Truthy()) {
      return;
    }
    if (group != nullptr) {
      ForEachShown(*group, [](Node& other) {
        if (other.tag == "radio") {
          SetState(other, "checked", Value::Bool(false));
        }
      });
    }
  }
  const Value checked = Value::Bool(radio || !node.Current("checked").Truthy());
  SetState(node, "checked", checked);
  WriteModel(node, "checked", checked);
  if (group != nullptr) {
    const Value value = GroupValue(*group);
    WriteModel(*group, "value", value);
    Fire(page, *group, "change", Value::ObjectOf({{"value", value}}));
  }
}

static void Navigate(Page& page, Node& node) {
  const auto text = [&](std::string_view name) {
    const Value value = node.Current(name);
    return value.IsNullish() ? std::string() : value.ToDisplayString();
  };
  const std::string type = text("openType");
  RouteRequest request;
  request.url = text("url");
  if (type.empty() || type == "navigate") {
    request.kind = RouteKind::kNavigateTo;
  } else if (type == "redirect") {
    request.kind = RouteKind::kRedirectTo;
  } else if (type == "switchTab") {
    request.kind = RouteKind::kSwitchTab;
  } else if (type == "reLaunch") {
    request.kind = RouteKind::kReLaunch;
  } else if (type == "navigateBack") {
    request.kind = RouteKind::kNavigateBack;
    const Value delta = node.Current("delta");
    request.delta = delta.IsNullish() ? 1 : static_cast<int>(delta.ToNumber());
  } else {
    return;
  }
  const PageId page_id = page.id();
  const NodeId node_id = node.id;
  AppState& app = page.app();
  const std::string route(RouteName(request.kind));
  request.reply = [&app, page_id, node_id, route](const ApiResult& result,
                                                  const script::Handle&) {
    Page* from = app.router().FindPage(page_id);
    Node* navigator = from == nullptr ? nullptr : from->tree().Find(node_id);
    if (!result.ok) {
      app.logic().Warn(route + ":fail " + result.message);
    }
    if (navigator != nullptr) {
      Fire(*from, *navigator, result.ok ? "success" : "fail",
           Value::ObjectOf(
               {{"errMsg",
                 Value::String(route + (result.ok
                                            ? ":ok"
                                            : ":fail " + result.message))}}));
    }
  };
  app.router().Request(std::move(request));
}

// What the component that was hit does; false when it is none that does
// anything, and the one around it is asked.
static bool DoDefault(Page& page, Node& node) {
  if (node.kind != NodeKind::kElement) {
    return false;
  }
  if (node.tag == "button") {
    const Value open_type = node.Current("openType");
    if (open_type.IsString() && open_type.string() == "share") {
      page.ShareMayRunScript("button", &node, [](const ApiResult&) {});
      return true;
    }
    const Value type = node.Current("formType");
    if (Node* form = Enclosing(node, "form")) {
      if (type.IsString() && type.string() == "submit") {
        Submit(page, *form, &node);
      } else if (type.IsString() && type.string() == "reset") {
        Reset(page, *form);
      }
    }
    return true;
  }
  if (node.tag == "navigator") {
    Navigate(page, node);
    return true;
  }
  if (node.tag == "switch" || node.tag == "checkbox" || node.tag == "radio") {
    Toggle(page, node);
    return true;
  }
  if (node.tag == "label") {
    const Value target = node.Current("for");
    Node* control = nullptr;
    if (!target.IsNullish() && node.owner != nullptr) {
      ForEachInTree(*node.owner->shadow_root(), [&](Node& other) {
        if (other.html_id == target.ToDisplayString()) {
          control = &other;
          return false;
        }
        return true;
      });
    } else {
      control = FirstShown(node, [](const Node& other) {
        return other.tag == "switch" || other.tag == "checkbox" ||
               other.tag == "radio" || other.tag == "button";
      });
    }
    if (control != nullptr && !IsDisabled(*control)) {
      if (control->tag == "button") {
        TapMayRunScript(page, *control);
      } else {
        DoDefault(page, *control);
      }
    }
    return true;
  }
  return false;
}

static Event TouchEvent(std::string_view type, bool with_touch) {
  Event event;
  event.type = type;
  event.bubbles = event.composed = event.capture_phase = true;
  event.is_touch = true;
  event.value =
      Value::ObjectOf({{"x", Value::Number(0)}, {"y", Value::Number(0)}});
  if (with_touch) {
    event.touches.push_back({});
  }
  event.changed_touches.push_back({});
  return event;
}

void TapMayRunScript(Page& page, Node& node) {
  const Logic::Task task(page.app().logic());
  DispatchMayRunScript(page, node, TouchEvent("touchstart", true));
  DispatchMayRunScript(page, node, TouchEvent("touchend", false));
  for (Node* at = &node; at != nullptr; at = ComposedParent(*at)) {
    if (at->kind == NodeKind::kElement && IsDisabled(*at)) {
      return;
    }
  }
  DispatchMayRunScript(page, node, TouchEvent("tap", false));
  for (Node* at = &node; at != nullptr && !at->removed;
       at = ComposedParent(*at)) {
    if (DoDefault(page, *at)) {
      break;
    }
  }
}

void LongPressMayRunScript(Page& page, Node& node) {
  const Logic::Task task(page.app().logic());
  DispatchMayRunScript(page, node, TouchEvent("touchstart", true));
  const EventOutcome outcome =
      DispatchMayRunScript(page, node, TouchEvent("longpress", true));
  DispatchMayRunScript(page, node, TouchEvent("longtap", true));
  DispatchMayRunScript(page, node, TouchEvent("touchend", false));
  // A long press that nobody listens to is a tap.
  if (!outcome.heard) {
    DispatchMayRunScript(page, node, TouchEvent("tap", false));
  }
}

static Value Argument(const std::vector<Value>& arguments, size_t index) {
  return index < arguments.size() ? arguments[index] : Value();
}

static void Input(Page& page, Node& node, const Value& text) {
  std::string typed = text.IsNullish() ? "" : text.ToDisplayString();
  const Value* limit = node.FindAttr("maxlength");
  const double most = limit == nullptr ? 140 : limit->ToNumber();
  if (most >= 0 && static_cast<double>(base::Utf16Length(typed)) > most) {
    std::u16string units = base::ToUtf16(typed);
    units.resize(static_cast<size_t>(most));
    typed = base::FromUtf16(units);
  }
  const Value value = Value::String(typed);
  SetState(node, "value", value);
  WriteModel(node, "value", value);
  const double cursor = static_cast<double>(base::Utf16Length(typed));
  Fire(page, node, "input",
       Value::ObjectOf({{"value", value},
                        {"cursor", Value::Number(cursor)},
                        {"keyCode", Value::Number(0)}}));
}

static void Change(Page& page, Node& node, std::string_view name,
                   const Value& value, Value detail) {
  SetState(node, name, value);
  WriteModel(node, name, value);
  Fire(page, node, "change", std::move(detail));
}

base::Result<Value> ActMayRunScript(Page& page, Node& node,
                                    std::string_view action,
                                    const std::vector<Value>& arguments) {
  const Logic::Task task(page.app().logic());
  const bool text_field = node.tag == "input" || node.tag == "textarea";
  const Value first = Argument(arguments, 0);
  if (text_field && action == "input") {
    if (!IsDisabled(node)) {
      Input(page, node, first);
    }
    return Value();
  }
  if (text_field && (action == "confirm" || action == "focus" ||
                     action == "blur" || action == "linechange")) {
    Fire(page, node, action, Value::ObjectOf({{"value", FieldValue(node)}}));
    return Value();
  }
  if (node.tag == "scroll-view" && action == "scrollTo") {
    SetState(node, "scrollLeft", first);
    SetState(node, "scrollTop", Argument(arguments, 1));
    Fire(page, node, "scroll",
         Value::ObjectOf({{"scrollLeft", first},
                          {"scrollTop", Argument(arguments, 1)},
                          {"scrollWidth", Value::Number(0)},
                          {"scrollHeight", Value::Number(0)},
                          {"deltaX", Value::Number(0)},
                          {"deltaY", Value::Number(0)}}));
    return Value();
  }
  if (node.tag == "swiper" && action == "swipeTo") {
    Change(page, node, "current", first,
           Value::ObjectOf({{"current", first},
                            {"currentItemId", Value::String("")},
                            {"source", Value::String("touch")}}));
    return Value();
  }
  if (node.tag == "slider" && action == "slideTo") {
    Change(page, node, "value", first, Value::ObjectOf({{"value", first}}));
    return Value();
  }
  if ((node.tag == "picker" || node.tag == "picker-view") && action == "pick") {
    Change(page, node, "value", first, Value::ObjectOf({{"value", first}}));
    return Value();
  }
  if (node.tag == "picker" && action == "cancel") {
    Fire(page, node, "cancel", Value::NewObject());
    return Value();
  }
  if (node.tag == "movable-view" && action == "moveTo") {
    SetState(node, "x", first);
    SetState(node, "y", Argument(arguments, 1));
    Fire(page, node, "change",
         Value::ObjectOf({{"x", first},
                          {"y", Argument(arguments, 1)},
                          {"source", Value::String("touch")}}));
    return Value();
  }
  if (node.tag == "form" && action == "submit") {
    Submit(page, node, nullptr);
    return Value();
  }
  if (node.tag == "form" && action == "reset") {
    Reset(page, node);
    return Value();
  }
  if (action == "tap") {
    TapMayRunScript(page, node);
    return Value();
  }
  return base::Error{base::ErrorKind::kUnsupported,
                     base::format("<{}> has no action `{}`", node.tag, action)};
}

}  // namespace fcc::app
