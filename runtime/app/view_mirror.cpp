// SPDX-License-Identifier: Apache-2.0

#include "runtime/app/view_mirror.h"

#include <cmath>

#include "runtime/app/view_feed.h"
#include "runtime/value/message.h"

namespace fcc::app {

using value::Value;

static base::Error Corrupt(std::string_view what) {
  return {base::ErrorKind::kCorrupt, std::string(what)};
}

// 0, which no node has, for anything else than an id.
static NodeId IdOf(const Value& value) {
  const double number = value.IsNumber() ? value.number() : 0;
  return number > 0 && number <= UINT32_MAX && std::floor(number) == number
             ? static_cast<NodeId>(number)
             : 0;
}

static std::string TextOf(const Value& value) {
  return value.IsString() ? std::string(value.string()) : std::string();
}

const MirrorNode* ViewMirror::Find(NodeId id) const {
  const auto found = nodes_.find(id);
  return found == nodes_.end() ? nullptr : found->second.get();
}

MirrorNode* ViewMirror::FindMutable(const Value& id) const {
  const auto found = nodes_.find(IdOf(id));
  return found == nodes_.end() ? nullptr : found->second.get();
}

base::Status ViewMirror::Apply(std::string_view message) {
  FCC_TRY_ASSIGN(const Value decoded, value::DecodeMessage(message));
  const Value roots = decoded.At(0);
  const Value contents = decoded.At(1);
  const Value steps = decoded.At(2);
  if (!roots.IsArray() || !contents.IsArray() || !steps.IsArray()) {
    return Corrupt("a message to a view has three lists");
  }
  roots_.clear();
  for (const Value& id : roots.array().items) {
    roots_.push_back(IdOf(id));
  }
  // All nodes before what leads from one to another.
  for (const Value& content : contents.array().items) {
    const NodeId id = IdOf(content.Get(view_name::kId));
    if (id == 0) {
      return Corrupt("a node of a view has no number");
    }
    std::unique_ptr<MirrorNode>& node = nodes_[id];
    if (node == nullptr) {
      node = std::make_unique<MirrorNode>();
      node->id = id;
    }
  }
  for (const Value& content : contents.array().items) {
    FCC_TRY(TakeContent(content));
  }
  for (size_t at = 0; at < steps.array().items.size(); at += 4) {
    FCC_TRY(TakeStep(steps.array().items, at));
  }
  return {};
}

static void TakeEvents(const Value& events, NodeContent& node) {
  for (const Value& event : events.array().items) {
    const Value bits = event.At(1);
    const int flags = bits.IsNumber() ? static_cast<int>(bits.number()) & 7 : 0;
    EventBinding binding;
    binding.type = TextOf(event.At(0));
    binding.catches = (flags & 1) != 0;
    binding.mutual = (flags & 2) != 0;
    binding.capture = (flags & 4) != 0;
    binding.handler = event.At(2);
    node.events.push_back(std::move(binding));
  }
}

// A content is all there is: what it does not name is empty.
base::Status ViewMirror::TakeContent(const Value& content) {
  MirrorNode& node = *FindMutable(content.Get(view_name::kId));
  const Value kind = content.Get(view_name::kKind);
  if (!kind.IsNumber() ||
      !(kind.number() >= 0 &&
        kind.number() <= static_cast<double>(NodeKind::kShadowRoot))) {
    return Corrupt("a node of a view has no kind");
  }
  static_cast<NodeContent&>(node) = NodeContent();
  node.id = IdOf(content.Get(view_name::kId));
  node.kind = static_cast<NodeKind>(static_cast<int>(kind.number()));
  node.tag = TextOf(content.Get(view_name::kTag));
  node.text = TextOf(content.Get(view_name::kText));
  node.html_id = TextOf(content.Get(view_name::kHtmlId));
  node.class_value = content.Get(view_name::kClass);
  node.style_value = content.Get(view_name::kStyle);
  const Value slot = content.Get(view_name::kSlot);
  node.has_slot = slot.IsString();
  node.slot =
      TextOf(node.has_slot ? slot : content.Get(view_name::kInheritedSlot));
  node.content_slot = IdOf(content.Get(view_name::kContentSlot));
  if (const Value attrs = content.Get(view_name::kAttrs); attrs.IsArray()) {
    const std::vector<Value>& items = attrs.array().items;
    for (size_t i = 0; i + 1 < items.size(); i += 2) {
      node.attrs.emplace_back(TextOf(items[i]), items[i + 1]);
    }
  }
  node.dataset = content.Get(view_name::kDataset);
  node.marks = content.Get(view_name::kMarks);
  if (const Value events = content.Get(view_name::kEvents); events.IsArray()) {
    TakeEvents(events, node);
  }
  if (const Value classes = content.Get(view_name::kModuleClasses);
      classes.IsArray()) {
    for (const Value& name : classes.array().items) {
      node.module_classes.push_back(TextOf(name));
    }
  }
  node.module_style = TextOf(content.Get(view_name::kModuleStyle));
  node.state = content.Get(view_name::kState);
  node.virtual_host = content.Get(view_name::kVirtualHost).Truthy();
  const Value mode = content.Get(view_name::kSlotMode);
  node.slot_mode = mode.IsNumber() && mode.number() == 1   ? SlotMode::kMultiple
                   : mode.IsNumber() && mode.number() == 2 ? SlotMode::kDynamic
                                                           : SlotMode::kSingle;
  MirrorNode* shadow_root = FindMutable(content.Get(view_name::kShadowRoot));
  if (node.shadow_root != shadow_root) {
    if (node.shadow_root != nullptr) {
      node.shadow_root->host = nullptr;
    }
    if (shadow_root != nullptr && shadow_root->host != nullptr) {
      return Corrupt("two nodes of a view have one shadow tree");
    }
    node.shadow_root = shadow_root;
    if (shadow_root != nullptr) {
      shadow_root->host = &node;
    }
  }
  return {};
}

base::Status ViewMirror::TakeStep(const std::vector<Value>& steps, size_t at) {
  if (at + 4 > steps.size() || !steps[at].IsNumber()) {
    return Corrupt("a step of a view has four numbers");
  }
  const double step = steps[at].number();
  MirrorNode* node = FindMutable(steps[at + 1]);
  if (step == static_cast<double>(ViewStep::kDiscard)) {
    // What was below a node that went has gone with it.
    if (node != nullptr) {
      Discard(*node);
    }
    return {};
  }
  if (node == nullptr) {
    return Corrupt("a step of a view names a node that is not there");
  }
  if (step == static_cast<double>(ViewStep::kUnlink)) {
    Unlink(*node);
    return {};
  }
  if (step != static_cast<double>(ViewStep::kInsert)) {
    return Corrupt("a step of a view is none of those there are");
  }
  MirrorNode* child = FindMutable(steps[at + 2]);
  MirrorNode* before = FindMutable(steps[at + 3]);
  if (child == nullptr || child->parent != nullptr ||
      (before != nullptr && before->parent != node) ||
      (before == nullptr && IdOf(steps[at + 3]) != 0)) {
    return Corrupt("a step of a view inserts what is not there");
  }
  // Into what is below itself nothing can go.
  for (const MirrorNode* up = node; up != nullptr;
       up = up->parent != nullptr ? up->parent : up->host) {
    if (up == child) {
      return Corrupt("a step of a view inserts a node into itself");
    }
  }
  child->parent = node;
  child->next = before;
  child->previous = before != nullptr ? before->previous : node->last_child;
  (child->previous != nullptr ? child->previous->next : node->first_child) =
      child;
  (before != nullptr ? before->previous : node->last_child) = child;
  return {};
}

void ViewMirror::Unlink(MirrorNode& node) {
  MirrorNode* parent = node.parent;
  if (parent == nullptr) {
    return;
  }
  (node.previous != nullptr ? node.previous->next : parent->first_child) =
      node.next;
  (node.next != nullptr ? node.next->previous : parent->last_child) =
      node.previous;
  node.parent = node.previous = node.next = nullptr;
}

void ViewMirror::Discard(MirrorNode& node) {
  Unlink(node);
  if (node.host != nullptr) {
    node.host->shadow_root = nullptr;
  }
  std::vector<MirrorNode*> going = {&node};
  while (!going.empty()) {
    MirrorNode* gone = going.back();
    going.pop_back();
    for (MirrorNode* child = gone->first_child; child != nullptr;
         child = child->next) {
      going.push_back(child);
    }
    if (gone->shadow_root != nullptr) {
      going.push_back(gone->shadow_root);
    }
    nodes_.erase(gone->id);
  }
}

// The component whose shadow tree the node is in; null where a message left one
// out.
static const MirrorNode* HostOf(const MirrorNode& node) {
  const MirrorNode* up = &node;
  while (up->parent != nullptr) {
    up = up->parent;
  }
  return up->host;
}

static std::string NameOf(const MirrorNode& slot) {
  const Value* name = slot.FindAttr("name");
  return name == nullptr || name->IsNullish() ? "" : name->ToDisplayString();
}

// The first in tree order that `wanted` says yes to.
template <typename Wanted>
static const MirrorNode* FindSlot(const MirrorNode& top, const Wanted& wanted) {
  std::vector<const MirrorNode*> ahead = {&top};
  while (!ahead.empty()) {
    const MirrorNode* node = ahead.back();
    ahead.pop_back();
    if (node->kind == NodeKind::kSlot && wanted(*node)) {
      return node;
    }
    for (const MirrorNode* child = node->last_child; child != nullptr;
         child = child->previous) {
      ahead.push_back(child);
    }
  }
  return nullptr;
}

bool IsTransparent(const MirrorNode& node) {
  return node.kind == NodeKind::kSlot || node.kind == NodeKind::kShadowRoot ||
         node.virtual_host;
}

void ForEachComposedChild(const MirrorNode& node,
                          const std::function<void(const MirrorNode&)>& visit) {
  if (node.kind == NodeKind::kSlot) {
    const MirrorNode* host = HostOf(node);
    if (host == nullptr) {
      return;
    }
    // Of several slots that could, the first shows the content.
    const SlotMode mode = host->slot_mode;
    const std::string name = NameOf(node);
    if (mode != SlotMode::kDynamic &&
        &node != FindSlot(*host->shadow_root, [&](const MirrorNode& other) {
          return mode == SlotMode::kSingle || NameOf(other) == name;
        })) {
      return;
    }
    for (const MirrorNode* child = host->first_child; child != nullptr;
         child = child->next) {
      if (mode == SlotMode::kSingle ||
          (mode == SlotMode::kMultiple && child->slot == name) ||
          (mode == SlotMode::kDynamic && child->content_slot == node.id)) {
        visit(*child);
      }
    }
    return;
  }
  const MirrorNode* from = &node;
  if (node.kind == NodeKind::kComponent) {
    from = node.shadow_root;
  }
  for (const MirrorNode* child = from != nullptr ? from->first_child : nullptr;
       child != nullptr; child = child->next) {
    visit(*child);
  }
}

}  // namespace fcc::app
