// SPDX-License-Identifier: Apache-2.0

#include "runtime/app/view_tree.h"

#include "runtime/app/component.h"
#include "runtime/app/view_mirror.h"

namespace fcc::app {

using value::Value;

namespace {

// Null where there is none, or the node does not know.
const Value* PropsOf(const Node& node) {
  return node.component == nullptr ? nullptr : &node.component->data();
}
const Value* PropsOf(const MirrorNode&) {
  return nullptr;
}

// Of the app's own nodes or of a view's.
template <typename Node>
class TreeWriter {
 public:
  explicit TreeWriter(const ViewTreeOptions& options) : options_(options) {}

  Value Children(const Node& node) {
    Value children = Value::NewArray();
    Append(node, children);
    return children;
  }

 private:
  void Append(const Node& node, Value& children) {
    ForEachComposedChild(node, [&](const Node& child) {
      if (child.kind == NodeKind::kSlot ||
          (!options_.virtual_hosts && IsTransparent(child))) {
        Append(child, children);
        return;
      }
      children.MutableArray().items.push_back(
          child.IsText() ? Value::String(child.text) : Element(child));
    });
  }

  static void SetUnlessEmpty(Value& object, std::string_view name,
                             const Value& value) {
    const bool empty = value.IsUndefined() ||
                       (value.IsString() && value.string().empty()) ||
                       (value.IsArray() && value.array().items.empty()) ||
                       (value.IsObject() && value.object().size() == 0);
    if (!empty) {
      object.MutableObject().Set(name, value);
    }
  }

  Value Element(const Node& node) {
    Value element = Value::ObjectOf({{"tag", Value::String(node.tag)}});
    if (options_.node_ids) {
      element.MutableObject().Set("node", Value::Number(node.id));
    }
    SetUnlessEmpty(element, "id", Value::String(node.html_id));
    SetUnlessEmpty(element, "class", node.class_value);
    SetUnlessEmpty(element, "style", node.style_value);
    if (node.has_slot) {
      SetUnlessEmpty(element, "slot", Value::String(node.slot));
    }
    Value attrs = Value::NewObject();
    for (const auto& [name, value] : node.attrs) {
      attrs.MutableObject().Set(name, value);
    }
    SetUnlessEmpty(element, "attrs", attrs);
    SetUnlessEmpty(element, "data", node.dataset);
    SetUnlessEmpty(element, "marks", node.marks);
    SetUnlessEmpty(element, "events", Events(node));
    if (const Value* props = PropsOf(node);
        options_.props && props != nullptr) {
      element.MutableObject().Set("props", *props);
    }
    SetUnlessEmpty(element, "children", Children(node));
    return element;
  }

  static Value Events(const NodeContent& node) {
    Value events = Value::NewArray();
    for (const EventBinding& binding : node.events) {
      Value event =
          Value::ObjectOf({{"type", Value::String(binding.type)},
                           {"kind", Value::String(binding.catches  ? "catch"
                                                  : binding.mutual ? "mut-bind"
                                                                   : "bind")}});
      if (binding.capture) {
        event.MutableObject().Set("capture", Value::Bool(true));
      }
      event.MutableObject().Set("handler", binding.handler);
      events.MutableArray().items.push_back(std::move(event));
    }
    return events;
  }

  const ViewTreeOptions options_;
};

}  // namespace

Value ViewTree(const Node& node, const ViewTreeOptions& options) {
  return TreeWriter<Node>(options).Children(node);
}

Value ViewMirror::Tree(const ViewTreeOptions& options) const {
  const MirrorNode* top = root();
  return top == nullptr ? Value::NewArray()
                        : TreeWriter<MirrorNode>(options).Children(*top);
}

}  // namespace fcc::app
