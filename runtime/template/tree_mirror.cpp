// SPDX-License-Identifier: Apache-2.0

#include "runtime/template/tree_mirror.h"

#include <algorithm>
#include <utility>

#include "runtime/base/check.h"

namespace fcc::tmpl {

using value::Value;

struct TreeMirror::Node {
  bool is_text = false;
  std::string text;
  std::string tag;
  std::vector<Attr> attrs;
  Node* parent = nullptr;
  HostNode id = HostNode::kNone;
  std::vector<Node*> children;
};

TreeMirror::TreeMirror() {
  nodes_.push_back(nullptr);
  nodes_.push_back(std::make_unique<Node>());
}

TreeMirror::~TreeMirror() = default;

HostNode TreeMirror::root() const {
  return static_cast<HostNode>(1);
}

TreeMirror::Node& TreeMirror::At(HostNode node) const {
  auto index = static_cast<size_t>(node);
  FCC_CHECK(index > 0 && index < nodes_.size() && nodes_[index] != nullptr);
  return *nodes_[index];
}

HostNode TreeMirror::CreateElement(const Element& element) {
  ++counts_.created;
  auto node = std::make_unique<Node>();
  node->tag = element.tag;
  node->attrs.assign(element.attrs.begin(), element.attrs.end());
  node->id = static_cast<HostNode>(nodes_.size());
  nodes_.push_back(std::move(node));
  return nodes_.back()->id;
}

HostNode TreeMirror::CreateText(std::string_view text, const Value&) {
  ++counts_.created;
  auto node = std::make_unique<Node>();
  node->is_text = true;
  node->text = text;
  node->id = static_cast<HostNode>(nodes_.size());
  nodes_.push_back(std::move(node));
  return nodes_.back()->id;
}

void TreeMirror::SetAttrs(HostNode node, std::span<const Attr> attrs) {
  for (const Attr& attr : attrs) {
    ++counts_.attrs_set;
    auto& own = At(node).attrs;
    auto found = std::find_if(own.begin(), own.end(), [&](const Attr& other) {
      return other.kind == attr.kind && other.name == attr.name &&
             other.flags == attr.flags;
    });
    FCC_CHECK(found != own.end());
    *found = attr;
  }
}

void TreeMirror::SetText(HostNode node, std::string_view text) {
  ++counts_.texts_set;
  At(node).text = text;
}

void TreeMirror::Insert(HostNode parent, HostNode child, HostNode before) {
  Node& owner = At(parent);
  Node& node = At(child);
  FCC_CHECK(node.parent == nullptr);
  auto at = owner.children.end();
  if (before != HostNode::kNone) {
    at = std::find(owner.children.begin(), owner.children.end(), &At(before));
    FCC_CHECK(at != owner.children.end());
  }
  owner.children.insert(at, &node);
  node.parent = &owner;
}

void TreeMirror::Move(HostNode parent, HostNode child, HostNode before) {
  ++counts_.moved;
  Node& owner = At(parent);
  Node& node = At(child);
  FCC_CHECK(node.parent == &owner);
  std::erase(owner.children, &node);
  node.parent = nullptr;
  Insert(parent, child, before);
}

void TreeMirror::Remove(HostNode parent, HostNode child) {
  ++counts_.removed;
  Node& owner = At(parent);
  FCC_CHECK(At(child).parent == &owner);
  std::erase(owner.children, &At(child));
  std::vector<HostNode> gone = {child};
  while (!gone.empty()) {
    HostNode id = gone.back();
    gone.pop_back();
    for (const Node* below : At(id).children) {
      gone.push_back(below->id);
    }
    nodes_[static_cast<size_t>(id)] = nullptr;
  }
}

void TreeMirror::Report(const Problem& problem) {
  problems_.emplace_back(problem.message);
}

static void SetIn(Value& object, std::string_view group, std::string_view name,
                  Value value) {
  value::Object& members = object.MutableObject();
  if (members.Find(group) == nullptr) {
    members.Set(group, Value::NewObject());
  }
  members.FindMutable(group)->MutableObject().Set(name, std::move(value));
}

static Value EventOf(const Attr& attr) {
  Value event = Value::NewObject();
  value::Object& members = event.MutableObject();
  members.Set("type", Value::String(attr.name));
  members.Set("kind", Value::String((attr.flags & kEventCatch) != 0 ? "catch"
                                    : (attr.flags & kEventMut) != 0 ? "mut-bind"
                                                                    : "bind"));
  if ((attr.flags & kEventCapture) != 0) {
    members.Set("capture", Value::Bool(true));
  }
  if ((attr.flags & kEventNoColon) != 0) {
    members.Set("nocolon", Value::Bool(true));
  }
  members.Set("handler", attr.value);
  return event;
}

Value TreeMirror::ToValue(const Node& node) {
  if (node.is_text) {
    return Value::String(node.text);
  }
  Value object = Value::ObjectOf({{"tag", Value::String(node.tag)}});
  Value events = Value::NewArray();
  for (const Attr& attr : node.attrs) {
    switch (attr.kind) {
      case AttrKind::kPlain:
      case AttrKind::kModel:
        SetIn(object, "attrs", attr.name, attr.value);
        break;
      case AttrKind::kId:
      case AttrKind::kClass:
      case AttrKind::kStyle:
      case AttrKind::kSlot:
        object.MutableObject().Set(attr.name, attr.value);
        break;
      case AttrKind::kData:
        SetIn(object, "data", attr.name, attr.value);
        break;
      case AttrKind::kMark:
        SetIn(object, "marks", attr.name, attr.value);
        break;
      case AttrKind::kEvent:
        events.MutableArray().items.push_back(EventOf(attr));
        break;
      case AttrKind::kChange:
        SetIn(object, "change", attr.name, attr.value);
        break;
      case AttrKind::kWorklet:
        SetIn(object, "worklet", attr.name, attr.value);
        break;
      case AttrKind::kGeneric:
        SetIn(object, "generics", attr.name, attr.value);
        break;
      case AttrKind::kClassToggle:
        SetIn(object, "classes", attr.name, attr.value);
        break;
      case AttrKind::kStyleProperty:
        SetIn(object, "styles", attr.name, attr.value);
        break;
      case AttrKind::kSlotValue:
        SetIn(object, "slotValues", attr.name, attr.value);
        break;
      case AttrKind::kCount:
        FCC_CHECK(false);
    }
  }
  if (!events.array().items.empty()) {
    object.MutableObject().Set("events", std::move(events));
  }
  if (!node.children.empty()) {
    Value children = Value::NewArray();
    for (const Node* child : node.children) {
      children.MutableArray().items.push_back(ToValue(*child));
    }
    object.MutableObject().Set("children", std::move(children));
  }
  return object;
}

Value TreeMirror::Nodes() const {
  Value nodes = Value::NewArray();
  for (const Node* child : nodes_[1]->children) {
    nodes.MutableArray().items.push_back(ToValue(*child));
  }
  return nodes;
}

}  // namespace fcc::tmpl
