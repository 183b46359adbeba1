// SPDX-License-Identifier: Apache-2.0

#include "runtime/app/view_feed.h"

#include "runtime/app/component.h"
#include "runtime/base/check.h"
#include "runtime/value/message.h"

namespace fcc::app {

using value::Value;

void ViewFeed::Touch(Node& node) {
  if (!node.touched) {
    node.touched = true;
    touched_.push_back(node.id);
  }
}

void ViewFeed::Step(ViewStep step, NodeId first, NodeId second, NodeId third) {
  for (const NodeId number :
       {static_cast<NodeId>(step), first, second, third}) {
    steps_.push_back(number);
  }
}

void ViewFeed::Insert(const Node& parent, const Node& child,
                      const Node* before) {
  Step(ViewStep::kInsert, parent.id, child.id,
       before == nullptr ? 0 : before->id);
}

void ViewFeed::Unlink(const Node& child) {
  Step(ViewStep::kUnlink, child.id, 0, 0);
}

void ViewFeed::Discard(const Node& node) {
  Step(ViewStep::kDiscard, node.id, 0, 0);
}

namespace {

// `travels` says which values may go along.
template <typename Travels>
Value ContentOf(const Node& node, const Travels& travels) {
  Value content = Value::ObjectOf(
      {{view_name::kId, Value::Number(node.id)},
       {view_name::kKind, Value::Number(static_cast<double>(node.kind))}});
  value::Object& members = content.MutableObject();
  const auto set = [&](std::string_view name, const Value& value) {
    if (!value.IsUndefined() && travels(value)) {
      members.Set(name, value);
    }
  };
  const auto set_text = [&](std::string_view name, const std::string& text) {
    if (!text.empty()) {
      members.Set(name, Value::String(text));
    }
  };
  set_text(view_name::kTag, node.tag);
  set_text(view_name::kText, node.text);
  set_text(view_name::kHtmlId, node.html_id);
  set(view_name::kClass, node.class_value);
  set(view_name::kStyle, node.style_value);
  if (node.has_slot) {
    members.Set(view_name::kSlot, Value::String(node.slot));
  } else {
    set_text(view_name::kInheritedSlot, node.slot);
  }
  if (node.content_slot != 0) {
    members.Set(view_name::kContentSlot, Value::Number(node.content_slot));
  }
  if (!node.attrs.empty()) {
    Value attrs = Value::NewArray();
    for (const auto& [name, value] : node.attrs) {
      if (travels(value)) {
        attrs.MutableArray().items.push_back(Value::String(name));
        attrs.MutableArray().items.push_back(value);
      }
    }
    members.Set(view_name::kAttrs, std::move(attrs));
  }
  set(view_name::kDataset, node.dataset);
  set(view_name::kMarks, node.marks);
  if (!node.events.empty()) {
    Value events = Value::NewArray();
    for (const EventBinding& event : node.events) {
      const int bits = (event.catches ? 1 : 0) | (event.mutual ? 2 : 0) |
                       (event.capture ? 4 : 0);
      events.MutableArray().items.push_back(
          Value::ArrayOf({Value::String(event.type), Value::Number(bits),
                          travels(event.handler) ? event.handler : Value()}));
    }
    members.Set(view_name::kEvents, std::move(events));
  }
  if (!node.module_classes.empty()) {
    Value classes = Value::NewArray();
    for (const std::string& name : node.module_classes) {
      classes.MutableArray().items.push_back(Value::String(name));
    }
    members.Set(view_name::kModuleClasses, std::move(classes));
  }
  set_text(view_name::kModuleStyle, node.module_style);
  set(view_name::kState, node.state);
  if (node.component != nullptr) {
    if (node.component->shadow_root() != nullptr) {
      members.Set(view_name::kShadowRoot,
                  Value::Number(node.component->shadow_root()->id));
    }
    members.Set(view_name::kSlotMode,
                Value::Number(static_cast<double>(
                    node.component->definition().options.slots)));
    if (node.component->definition().options.virtual_host) {
      members.Set(view_name::kVirtualHost, Value::Bool(true));
    }
  }
  return content;
}

template <typename Travels>
base::Result<std::string> MessageOf(const std::vector<NodeId>& roots,
                                    const std::vector<const Node*>& touched,
                                    const std::vector<NodeId>& steps,
                                    const Travels& travels) {
  const auto numbers = [](const std::vector<NodeId>& ids) {
    std::vector<Value> items;
    items.reserve(ids.size());
    for (const NodeId id : ids) {
      items.push_back(Value::Number(id));
    }
    return Value::ArrayOf(std::move(items));
  };
  std::vector<Value> contents;
  contents.reserve(touched.size());
  for (const Node* node : touched) {
    contents.push_back(ContentOf(*node, travels));
  }
  return value::EncodeMessage(Value::ArrayOf(
      {numbers(roots), Value::ArrayOf(std::move(contents)), numbers(steps)}));
}

}  // namespace

std::string ViewFeed::Take(const Tree& tree) {
  std::vector<const Node*> nodes;
  for (const NodeId id : std::exchange(touched_, {})) {
    Node* node = tree.Find(id);
    FCC_CHECK(node != nullptr);
    node->touched = false;
    nodes.push_back(node);
  }
  const std::vector<NodeId> steps = std::exchange(steps_, {});
  base::Result<std::string> message =
      MessageOf(roots_, nodes, steps, [](const Value&) { return true; });
  if (!message) {
    // Somewhere is a value too deep for a message, with three levels of ours
    // around it.
    message = MessageOf(roots_, nodes, steps, [](const Value& value) {
      const Value around = Value::ArrayOf(
          {Value::ArrayOf({Value::ArrayOf({Value::ArrayOf({value})})})});
      return value::EncodeMessage(around).ok();
    });
  }
  FCC_CHECK(message.ok());
  return std::move(message).value();
}

}  // namespace fcc::app
