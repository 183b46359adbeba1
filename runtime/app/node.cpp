// SPDX-License-Identifier: Apache-2.0

#include "runtime/app/node.h"

#include "runtime/app/component.h"
#include "runtime/app/view_feed.h"
#include "runtime/base/check.h"
#include "runtime/base/format.h"

namespace fcc::app {

using value::Value;

void Node::Touch() {
  if (feed != nullptr) {
    feed->Touch(*this);
  }
}

void Node::VisitValues(const std::function<void(const Value&)>& visit) const {
  for (const Value* value :
       {&class_value, &style_value, &dataset, &marks, &state}) {
    visit(*value);
  }
  for (const auto* named : {&attrs, &models, &changes}) {
    for (const auto& [name, value] : *named) {
      visit(value);
    }
  }
  for (const EventBinding& binding : events) {
    visit(binding.handler);
  }
}

const Value* NodeContent::FindAttr(std::string_view name) const {
  for (const auto& [key, value] : attrs) {
    if (key == name) {
      return &value;
    }
  }
  return nullptr;
}

void NodeContent::SetAttr(std::string_view name, Value new_value) {
  for (auto& [key, value] : attrs) {
    if (key == name) {
      value = std::move(new_value);
      return;
    }
  }
  attrs.emplace_back(std::string(name), std::move(new_value));
}

Value NodeContent::Current(std::string_view name) const {
  if (state.IsObject()) {
    if (const Value* value = state.object().Find(name)) {
      return *value;
    }
  }
  const Value* attr = FindAttr(name);
  return attr != nullptr ? *attr : Value();
}

// Frameworks hand over arrays (["tag", cond && "hot"]) and objects
// ({hot: cond}) as well as text.
static void AppendClasses(const Value& value, std::string& text) {
  const auto append = [&text](std::string_view word) {
    if (!text.empty() && !word.empty()) {
      text += ' ';
    }
    text += word;
  };
  if (value.IsArray()) {
    for (const Value& item : value.array().items) {
      AppendClasses(item, text);
    }
  } else if (value.IsObject()) {
    for (const value::Object::Member& member : value.object().members()) {
      if (member.value.Truthy()) {
        append(member.name());
      }
    }
  } else if (value.IsString()) {
    append(value.string());
  } else if (value.Truthy() && !value.IsBool()) {
    append(value.ToDisplayString());
  }
}

std::string NodeContent::ClassText() const {
  std::string result;
  if (class_value.IsString()) {
    result = class_value.string();
  } else {
    AppendClasses(class_value, result);
  }
  const auto append = [&result](std::string_view word) {
    result += result.empty() ? "" : " ";
    result += word;
  };
  // class:name="{{…}}".
  for (const auto& [name, value] : attrs) {
    if (name.starts_with("class:") && value.Truthy()) {
      append(std::string_view(name).substr(6));
    }
  }
  for (const std::string& name : module_classes) {
    append(name);
  }
  return result;
}

// As the template gives it.
static std::string TemplateStyle(const Value& style_value) {
  if (style_value.IsString()) {
    return std::string(style_value.string());
  }
  if (style_value.IsObject()) {
    std::string result;
    for (const value::Object::Member& member : style_value.object().members()) {
      if (!member.value.IsNullish()) {
        result += DashCase(member.name()) + ":" +
                  member.value.ToDisplayString() + ";";
      }
    }
    return result;
  }
  if (style_value.IsArray()) {
    std::string result;
    for (const Value& item : style_value.array().items) {
      if (item.Truthy()) {
        result += item.ToDisplayString() + ";";
      }
    }
    return result;
  }
  return style_value.IsNullish() ? "" : style_value.ToDisplayString();
}

std::string NodeContent::StyleText() const {
  std::string result = TemplateStyle(style_value);
  for (const auto& [name, value] : attrs) {
    if (name.starts_with("style:") && !value.IsNullish()) {
      result += base::format("{}{}:{};",
                             result.empty() || result.ends_with(";") ? "" : ";",
                             name.substr(6), value.ToDisplayString());
    }
  }
  if (!module_style.empty()) {
    result += result.empty() || result.ends_with(";") ? "" : ";";
    result += module_style;
  }
  return result;
}

static bool IsBlank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

// Calls `visit` for every word until it returns false.
template <typename Visit>
static void ForEachWord(std::string_view text, Visit visit) {
  size_t at = 0;
  while (at < text.size()) {
    while (at < text.size() && IsBlank(text[at])) {
      ++at;
    }
    size_t end = at;
    while (end < text.size() && !IsBlank(text[end])) {
      ++end;
    }
    if (end > at && !visit(text.substr(at, end - at))) {
      return;
    }
    at = end;
  }
}

std::vector<std::string> NodeContent::Classes() const {
  std::vector<std::string> words;
  const std::string all = ClassText();
  ForEachWord(all, [&](std::string_view word) {
    words.emplace_back(word);
    return true;
  });
  return words;
}

bool NodeContent::HasClass(std::string_view name) const {
  bool found = false;
  const auto compare = [&](std::string_view word) {
    found = word == name;
    return !found;
  };
  if (class_value.IsString()) {
    ForEachWord(class_value.string(), compare);
  }
  if (!found &&
      (!class_value.IsString() || !module_classes.empty() || !attrs.empty())) {
    ForEachWord(ClassText(), compare);
  }
  return found;
}

Node& Tree::Create(NodeKind kind, Component* owner) {
  const NodeId id = next_id_++;
  auto node = std::make_unique<Node>();
  node->id = id;
  node->kind = kind;
  node->owner = owner;
  node->feed = feed_;
  node->Touch();
  return *(nodes_[id] = std::move(node));
}

void Tree::VisitValues(const std::function<void(const Value&)>& visit) const {
  for (const auto& [id, node] : nodes_) {
    node->VisitValues(visit);
  }
}

Node* Tree::Find(NodeId id) const {
  const auto found = nodes_.find(id);
  return found == nodes_.end() ? nullptr : found->second.get();
}

void Tree::Insert(Node& parent, Node& child, Node* before) {
  FCC_CHECK(before == nullptr || before->parent == &parent);
  FCC_CHECK(child.parent == nullptr);
  child.parent = &parent;
  child.next = before;
  child.previous = before != nullptr ? before->previous : parent.last_child;
  (child.previous != nullptr ? child.previous->next : parent.first_child) =
      &child;
  (before != nullptr ? before->previous : parent.last_child) = &child;
  if (feed_ != nullptr) {
    feed_->Insert(parent, child, before);
  }
}

void Tree::Unlink(Node& child) {
  Node* parent = child.parent;
  if (parent == nullptr) {
    return;
  }
  (child.previous != nullptr ? child.previous->next : parent->first_child) =
      child.next;
  (child.next != nullptr ? child.next->previous : parent->last_child) =
      child.previous;
  child.parent = child.previous = child.next = nullptr;
  if (feed_ != nullptr) {
    feed_->Unlink(child);
  }
}

void Tree::Discard(Node& node) {
  if (feed_ != nullptr && !node.removed) {
    feed_->Discard(node);
  }
  ForEachInTree(node, [this](Node& below) {
    if (!below.removed) {
      below.removed = true;
      discarded_.push_back(below.id);
    }
    return true;
  });
}

void Tree::CollectRemoved() {
  for (const NodeId id : discarded_) {
    nodes_.erase(id);
  }
  discarded_.clear();
}

Node* SlotFor(const Node& host, const Node& content) {
  FCC_CHECK(host.component != nullptr);
  return host.component->FindSlotFor(content);
}

Node* ComposedParent(const Node& node) {
  if (node.kind == NodeKind::kShadowRoot) {
    return node.owner->host();
  }
  Node* parent = node.parent;
  if (parent != nullptr && parent->kind == NodeKind::kComponent) {
    return SlotFor(*parent, node);
  }
  return parent;
}

bool IsTransparent(const Node& node) {
  return node.kind == NodeKind::kSlot || node.kind == NodeKind::kShadowRoot ||
         (node.component != nullptr &&
          node.component->definition().options.virtual_host);
}

void ForEachComposedChild(const Node& node,
                          const std::function<void(Node&)>& visit) {
  const Node* from = &node;
  if (node.kind == NodeKind::kComponent) {
    from = node.component->shadow_root();
  } else if (node.kind == NodeKind::kSlot) {
    const Node* host = node.owner->host();
    Node* next = nullptr;
    for (Node* child = host != nullptr ? host->first_child : nullptr;
         child != nullptr; child = next) {
      next = child->next;
      if (SlotFor(*host, *child) == &node) {
        visit(*child);
      }
    }
    return;
  }
  Node* next = nullptr;
  for (Node* child = from->first_child; child != nullptr; child = next) {
    next = child->next;
    visit(*child);
  }
}

std::string ComposedText(const Node& node) {
  if (node.IsText()) {
    return node.text;
  }
  std::string text;
  ForEachComposedChild(node, [&](Node& child) { text += ComposedText(child); });
  return text;
}

bool ForEachInTree(Node& node, const std::function<bool(Node&)>& visit) {
  if (!visit(node)) {
    return false;
  }
  Node* next = nullptr;
  for (Node* child = node.first_child; child != nullptr; child = next) {
    next = child->next;
    if (!ForEachInTree(*child, visit)) {
      return false;
    }
  }
  return true;
}

std::string DashCase(std::string_view camel) {
  std::string text;
  for (const char c : camel) {
    if (c >= 'A' && c <= 'Z') {
      text += '-';
      text += static_cast<char>(c - 'A' + 'a');
    } else {
      text += c;
    }
  }
  return text;
}

}  // namespace fcc::app
