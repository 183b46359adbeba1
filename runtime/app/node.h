// SPDX-License-Identifier: Apache-2.0
//
// The trees of a page. Every component has a shadow tree; a node belongs to the
// shadow tree it is written in (`owner`), so the content that a page writes
// into a component's tag is a child of that tag in the page's tree. Which slot
// shows it is looked up, not stored: ComposedChildren() and ComposedParent()
// give the tree as it appears on a screen.
//
// A Tree owns its nodes. Nodes removed are kept until CollectRemoved(), so that
// code which walks the tree while script runs never holds a dangling pointer.

#ifndef FCC_RUNTIME_APP_NODE_H_
#define FCC_RUNTIME_APP_NODE_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "runtime/value/value.h"

namespace fcc::app {

using NodeId = uint32_t;

class Component;
class ViewFeed;

enum class NodeKind : uint8_t {
  kElement,
  // The tag of a custom component; `component` is set.
  kComponent,
  kText,
  // `<slot>`: shows content of the component whose shadow tree it is in.
  kSlot,
  // Top of a shadow tree; its `owner` is the component.
  kShadowRoot,
};

// One listener written in a template.
struct EventBinding {
  std::string type;
  bool catches = false;
  bool mutual = false;
  bool capture = false;
  // The name of a method of the owner, or a function of a script module.
  value::Value handler;
};

// Which content a component's slots take.
enum class SlotMode : uint8_t { kSingle, kMultiple, kDynamic };

// What a node is, apart from where it stands: all that a view needs of it.
struct NodeContent {
  NodeId id = 0;
  NodeKind kind = NodeKind::kElement;

  std::string tag;
  // Of a text.
  std::string text;
  // id="" as written.
  std::string html_id;
  // As the expression gave them: text, or an array or object of a framework.
  value::Value class_value;
  value::Value style_value;
  // slot="" of content; `name` of a <slot> is an attribute.
  std::string slot;
  bool has_slot = false;
  // Of content that was made for one slot only (`dynamicSlots`).
  NodeId content_slot = 0;
  // In camel case, in the order written.
  std::vector<std::pair<std::string, value::Value>> attrs;
  value::Value dataset;
  value::Value marks;
  std::vector<EventBinding> events;
  // What script modules added: addClass, setStyle.
  std::vector<std::string> module_classes;
  std::string module_style;
  // What a built-in component knows beyond its attributes: the text typed into
  // an input, a switch's position. An object; undefined at first.
  value::Value state;

  bool IsText() const { return kind == NodeKind::kText; }
  // Null when there is no such attribute.
  const value::Value* FindAttr(std::string_view name) const;
  void SetAttr(std::string_view name, value::Value value);
  // State, else attribute, else undefined.
  value::Value Current(std::string_view name) const;
  // The words of class="…".
  std::vector<std::string> Classes() const;
  bool HasClass(std::string_view name) const;
  // class="…" and style="…" as one text each.
  std::string ClassText() const;
  std::string StyleText() const;
};

struct Node : NodeContent {
  bool attached = false;
  // Taken out of the tree for good.
  bool removed = false;
  // Its content has changed since the views were told last.
  bool touched = false;

  Node* parent = nullptr;
  Node* first_child = nullptr;
  Node* last_child = nullptr;
  Node* previous = nullptr;
  Node* next = nullptr;
  // The component whose shadow tree the node is in.
  Component* owner = nullptr;
  // Of a kComponent.
  Component* component = nullptr;
  // Null where no view is fed.
  ViewFeed* feed = nullptr;

  // Property → path in the owner's data that it writes back to.
  std::vector<std::pair<std::string, value::Value>> models;
  // Property → function of a script module told of its changes.
  std::vector<std::pair<std::string, value::Value>> changes;
  std::vector<std::pair<std::string, std::string>> generics;

  // To be called where the content changes.
  void Touch();
  void VisitValues(const std::function<void(const value::Value&)>& visit) const;
};

class Tree {
 public:
  // `feed`, which may be null, is told of every change; it must outlive the
  // tree.
  explicit Tree(ViewFeed* feed) : feed_(feed) {}
  Tree(const Tree&) = delete;
  Tree& operator=(const Tree&) = delete;

  // Ids are never used again.
  Node& Create(NodeKind kind, Component* owner);
  // Null when it was collected or never was.
  Node* Find(NodeId id) const;
  // Before `before`, or last when it is null.
  void Insert(Node& parent, Node& child, Node* before);
  // Out of its parent; nothing below it is touched.
  void Unlink(Node& child);
  // Marks what is at and below `node` (not into shadow trees) as removed.
  void Discard(Node& node);
  // Frees the nodes that were discarded.
  void CollectRemoved();
  size_t size() const { return nodes_.size(); }
  void VisitValues(const std::function<void(const value::Value&)>& visit) const;

 private:
  ViewFeed* const feed_;
  std::unordered_map<NodeId, std::unique_ptr<Node>> nodes_;
  std::vector<NodeId> discarded_;
  NodeId next_id_ = 1;
};

// The parent on the screen: through the slot that shows the node, and from a
// shadow root to its component's tag. Null at the top, and for content that no
// slot shows.
Node* ComposedParent(const Node& node);
// Calls `visit` for each child on the screen, in order.
void ForEachComposedChild(const Node& node,
                          const std::function<void(Node&)>& visit);
// Whether the node itself is not on the screen, only its children: slots,
// shadow roots, and the tags of components with `virtualHost`.
bool IsTransparent(const Node& node);
// The slot of `host`'s shadow tree that shows this content node; null if none.
Node* SlotFor(const Node& host, const Node& content);
// The text that is shown at and below the node.
std::string ComposedText(const Node& node);
// At and below `node` inside its own tree (content of a component's tag
// included, its shadow tree not), in order; stops when `visit` returns false.
bool ForEachInTree(Node& node, const std::function<bool(Node&)>& visit);
// "fooBar" → "foo-bar".
std::string DashCase(std::string_view camel);

}  // namespace fcc::app

#endif  // FCC_RUNTIME_APP_NODE_H_
