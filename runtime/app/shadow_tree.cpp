// SPDX-License-Identifier: Apache-2.0
//
// A component as the host of its own template: the nodes it makes, and what an
// attribute means on them. Spec: fxml.md, sections 2, 3 and 10.

#include <algorithm>

#include "runtime/app/app_state.h"
#include "runtime/app/component.h"
#include "runtime/app/component_descriptor.h"
#include "runtime/app/page.h"
#include "runtime/base/format.h"

namespace fcc::app {

using tmpl::AttrKind;
using tmpl::HostNode;
using value::Value;

static Node* NodeOf(HostNode node) {
  return reinterpret_cast<Node*>(static_cast<uintptr_t>(node));
}

static HostNode HostNodeOf(Node& node) {
  return HostNode{reinterpret_cast<uintptr_t>(&node)};
}

static void SetMember(Value& object, std::string_view name,
                      const Value& value) {
  if (!object.IsObject()) {
    object = Value::NewObject();
  }
  object.MutableObject().Set(name, value);
}

template <typename Item>
static void SetPair(std::vector<std::pair<std::string, Item>>& pairs,
                    std::string_view name, Item item) {
  for (auto& [key, value] : pairs) {
    if (key == name) {
      value = std::move(item);
      return;
    }
  }
  pairs.emplace_back(std::string(name), std::move(item));
}

// `change:my-prop` is told of `my-prop`, which the tree has as `myProp`.
static std::string PropertyOf(std::string_view dashed) {
  std::string property;
  bool raise = false;
  for (const char c : dashed) {
    if (c == '-') {
      raise = true;
    } else {
      property += raise && c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
      raise = false;
    }
  }
  return property;
}

void Component::ApplyEvent(Node& node, const tmpl::Attr& attr) {
  EventBinding binding;
  binding.type = attr.name;
  binding.catches = (attr.flags & tmpl::kEventCatch) != 0;
  binding.mutual = (attr.flags & tmpl::kEventMut) != 0;
  binding.capture = (attr.flags & tmpl::kEventCapture) != 0;
  binding.handler = attr.value;
  for (EventBinding& old : node.events) {
    if (old.type == binding.type && old.capture == binding.capture &&
        old.catches == binding.catches && old.mutual == binding.mutual) {
      old.handler = std::move(binding.handler);
      return;
    }
  }
  node.events.push_back(std::move(binding));
}

// `change:property="{{module.function}}"`: told after the view has it.
void Component::TellModule(Node& node, std::string_view property,
                           const Value& new_value, const Value& old_value) {
  for (const auto& [name, function] : node.changes) {
    if (name != property || !function.IsFunction()) {
      continue;
    }
    app_.logic().AfterRender([&app = app_, page_id = page_.id(),
                              node_id = node.id, owner_id = host_.id,
                              reference = function.function(), new_value,
                              old_value] {
      Page* page = app.router().FindPage(page_id);
      Node* self = page == nullptr ? nullptr : page->tree().Find(node_id);
      Node* owner = page == nullptr ? nullptr : page->tree().Find(owner_id);
      if (self == nullptr || owner == nullptr) {
        return;
      }
      page->scripts().CallMayRunScript(
          reference,
          [&](script::Heap& heap) {
            return std::vector<script::Handle>{
                heap.FromValue(new_value), heap.FromValue(old_value),
                NewComponentDescriptor(heap, *page, *owner),
                NewComponentDescriptor(heap, *page, *self)};
          },
          "change: observer");
    });
    return;
  }
}

void Component::ApplyAttrs(Node& node, std::span<const tmpl::Attr> attrs) {
  Component* component = node.component;
  bool differs = false;
  std::vector<DataChange> changes;
  // Also of `id`, `style` and their like, where the component declares them.
  const auto set_property = [&](std::string_view name, const Value& value) {
    if (component == nullptr ||
        component->definition_.FindProperty(name) == nullptr) {
      return false;
    }
    DataChange change;
    change.path = {{std::string(name), 0, false}};
    change.value = value;
    changes.push_back(std::move(change));
    return true;
  };
  // Plain attributes with what they were, for `change:` observers.
  std::vector<std::pair<std::string_view, Value>> told;
  for (const tmpl::Attr& attr : attrs) {
    switch (attr.kind) {
      case AttrKind::kPlain: {
        set_property(attr.name, attr.value);
        const Value* old = node.FindAttr(attr.name);
        if (old != nullptr && old->SameAs(attr.value)) {
          continue;
        }
        told.emplace_back(attr.name, old == nullptr ? Value() : *old);
        node.SetAttr(attr.name, attr.value);
        if (node.kind == NodeKind::kSlot) {
          slots_changed_ = true;
        }
        break;
      }
      case AttrKind::kId:
        node.html_id =
            attr.value.IsNullish() ? "" : attr.value.ToDisplayString();
        set_property("id", attr.value);
        break;
      case AttrKind::kClass:
        node.class_value = attr.value;
        set_property("class", attr.value);
        break;
      case AttrKind::kStyle:
        node.style_value = attr.value;
        set_property("style", attr.value);
        break;
      case AttrKind::kSlot:
        node.slot = attr.value.IsNullish() ? "" : attr.value.ToDisplayString();
        node.has_slot = true;
        break;
      case AttrKind::kData:
        SetMember(node.dataset, attr.name, attr.value);
        break;
      case AttrKind::kMark:
        SetMember(node.marks, attr.name, attr.value);
        break;
      case AttrKind::kEvent:
        ApplyEvent(node, attr);
        break;
      case AttrKind::kModel:
        SetPair(node.models, attr.name, attr.model_path);
        set_property(attr.name, attr.value);
        node.SetAttr(attr.name, attr.value);
        break;
      case AttrKind::kChange:
        SetPair(node.changes, PropertyOf(attr.name), attr.value);
        break;
      case AttrKind::kGeneric:
        SetPair(node.generics, attr.name, attr.value.ToDisplayString());
        break;
      case AttrKind::kClassToggle:
        node.SetAttr(base::format("class:{}", attr.name), attr.value);
        break;
      case AttrKind::kStyleProperty:
        node.SetAttr(base::format("style:{}", attr.name), attr.value);
        break;
      case AttrKind::kWorklet:
      case AttrKind::kSlotValue:
      case AttrKind::kCount:
        break;
    }
    differs = true;
    // What the page sets again is what counts from now on.
    if (attr.kind == AttrKind::kPlain || attr.kind == AttrKind::kModel) {
      if (node.state.IsObject() &&
          node.state.object().Find(attr.name) != nullptr) {
        node.state.MutableObject().Remove(attr.name);
      }
    }
  }
  if (differs) {
    node.Touch();
  }
  if (!changes.empty()) {
    component->ApplyMayRunScript(std::move(changes), true);
  }
  if (!node.changes.empty()) {
    for (const auto& [name, old_value] : told) {
      TellModule(node, name, *node.FindAttr(name), old_value);
    }
  }
}

HostNode Component::CreateElement(const tmpl::Element& element) {
  if (element.tag == "slot") {
    Node& node = page_.tree().Create(NodeKind::kSlot, this);
    node.tag = "slot";
    ++slot_count_;
    slots_known_ = false;
    slots_changed_ = true;
    ApplyAttrs(node, element.attrs);
    return HostNodeOf(node);
  }
  Node& node = page_.tree().Create(NodeKind::kElement, this);
  node.tag = element.tag;
  if (!element.inherited_slot.IsUndefined()) {
    node.slot = element.inherited_slot.ToDisplayString();
  }
  // A generic of the tag itself must be known before its template runs.
  for (const tmpl::Attr& attr : element.attrs) {
    if (attr.kind == AttrKind::kGeneric) {
      SetPair(node.generics, attr.name, attr.value.ToDisplayString());
    }
  }
  const package::ComponentEntry* entry = app_.ResolveTag(*this, element.tag);
  if (entry != nullptr) {
    entry = PlaceholderFor(node, *entry);
  }
  if (entry != nullptr) {
    MakeTagMayRunScript(node, *entry);
  }
  ApplyAttrs(node, element.attrs);
  return HostNodeOf(node);
}

void Component::MakeTagMayRunScript(Node& node,
                                    const package::ComponentEntry& entry) {
  node.kind = NodeKind::kComponent;
  node.Touch();
  const Definition& definition = app_.DefinitionOfMayRunScript(entry);
  page_.MakeComponent(definition, entry, node).CreateMayRunScript();
}

const package::ComponentEntry* Component::PlaceholderFor(
    Node& node, const package::ComponentEntry& entry) {
  if (app_.modules().IsHere(entry.package)) {
    return &entry;
  }
  // The tag of a generic is what some owner outside says it is; its placeholder
  // is declared there, too.
  Component* declares = this;
  std::string name = node.tag;
  while (declares->entry_.ComponentOf(name).empty() &&
         declares->host_.owner != nullptr) {
    const auto& generics = declares->host_.generics;
    const auto actual =
        std::find_if(generics.begin(), generics.end(),
                     [&](const auto& pair) { return pair.first == name; });
    if (actual == generics.end()) {
      break;
    }
    name = actual->second;
    declares = declares->host_.owner;
  }
  for (const auto& [tag, placeholder] : declares->entry_.placeholders) {
    if (tag != name) {
      continue;
    }
    waiting_tags_.insert(node.id);
    app_.logic().Post(0, [&app = app_, page_id = page_.id(), node_id = node.id,
                          path = entry.path] {
      Page* page = app.router().FindPage(page_id);
      Node* tagged = page == nullptr ? nullptr : page->tree().Find(node_id);
      const package::ComponentEntry* late = app.config().Find(path);
      if (tagged != nullptr && !tagged->removed && late != nullptr) {
        tagged->owner->FillPlaceholderMayRunScript(*tagged, *late);
      }
    });
    return placeholder == tag ? nullptr
                              : app_.ResolveTag(*declares, placeholder);
  }
  return &entry;
}

// The node stays where it is, with its attributes and its content; only what it
// stands for changes.
void Component::FillPlaceholderMayRunScript(
    Node& node, const package::ComponentEntry& entry) {
  const Logic::Task task(app_.logic());
  const Definition& definition = app_.DefinitionOfMayRunScript(entry);
  node.Touch();
  const bool was_dynamic =
      node.component != nullptr &&
      node.component->definition().options.slots == SlotMode::kDynamic;
  if (Component* placeholder = std::exchange(node.component, nullptr)) {
    if (node.attached) {
      DetachTreeMayRunScript(*placeholder->shadow_root());
      placeholder->DetachMayRunScript();
    }
    page_.Discard(*placeholder);
  }
  if (node.removed) {
    return;
  }
  MakeTagMayRunScript(node, entry);
  std::vector<DataChange> changes;
  for (const PropertyDefinition& property : definition.properties) {
    const Value* given = property.name == "id" || property.name == "class" ||
                                 property.name == "style"
                             ? nullptr
                             : node.FindAttr(property.name);
    if (given != nullptr) {
      DataChange change;
      change.path = {{property.name, 0, false}};
      change.value = *given;
      changes.push_back(std::move(change));
    }
  }
  if (!changes.empty()) {
    node.component->ApplyMayRunScript(std::move(changes), true);
  }
  if (node.attached && node.component != nullptr) {
    node.component->AttachMayRunScript();
    AttachTreeMayRunScript(*node.component->shadow_root());
  }
  if ((was_dynamic || definition.options.slots == SlotMode::kDynamic) &&
      template_ != nullptr) {
    template_->RefreshSlotsMayRunScript();
  }
  waiting_tags_.erase(node.id);
}

bool Component::MayChangeSlots(HostNode node) {
  return waiting_tags_.contains(NodeOf(node)->id);
}

HostNode Component::CreateText(std::string_view text,
                               const Value& inherited_slot) {
  Node& node = page_.tree().Create(NodeKind::kText, this);
  node.text = text;
  if (!inherited_slot.IsUndefined()) {
    node.slot = inherited_slot.ToDisplayString();
  }
  return HostNodeOf(node);
}

void Component::SetAttrs(HostNode node, std::span<const tmpl::Attr> attrs) {
  ApplyAttrs(*NodeOf(node), attrs);
}

bool Component::TakesSame(HostNode node) {
  return NodeOf(node)->component != nullptr;
}

void Component::SetText(HostNode node, std::string_view text) {
  NodeOf(node)->text = text;
  NodeOf(node)->Touch();
}

void Component::SetInheritedSlot(HostNode node, const Value& slot) {
  if (!NodeOf(node)->has_slot) {
    NodeOf(node)->slot = slot.IsUndefined() ? "" : slot.ToDisplayString();
    NodeOf(node)->Touch();
  }
}

void Component::Insert(HostNode parent, HostNode child, HostNode before) {
  Node& node = *NodeOf(child);
  Node& into = *NodeOf(parent);
  page_.tree().Insert(into, node, NodeOf(before));
  TouchSlots();
  if (into.attached) {
    AttachTreeMayRunScript(node);
  }
}

void Component::Move(HostNode parent, HostNode child, HostNode before) {
  Node& node = *NodeOf(child);
  page_.tree().Unlink(node);
  page_.tree().Insert(*NodeOf(parent), node, NodeOf(before));
  TouchSlots();
  MoveTreeMayRunScript(node);
}

void Component::Remove(HostNode parent, HostNode child) {
  static_cast<void>(parent);
  Node& node = *NodeOf(child);
  page_.tree().Unlink(node);
  TouchSlots();
  DetachTreeMayRunScript(node);
  ForEachInTree(node, [this](Node& below) {
    if (below.kind == NodeKind::kSlot) {
      --slot_count_;
    }
    if (below.component != nullptr) {
      page_.Discard(*below.component);
    }
    return true;
  });
  page_.tree().Discard(node);
}

void Component::Report(const tmpl::Problem& problem) {
  app_.logic().Warn(
      base::format("{}: {}", problem.place.unit, problem.message));
}

}  // namespace fcc::app
