// SPDX-License-Identifier: Apache-2.0
//
// Where the evaluator's output goes. The host decides what a tag is: a built-in
// component, a component of the app (it then makes the shadow tree, with an
// Instance of its own), or nothing it knows.
//
// Order, which the platform's `created` and observers depend on: an element is
// created with all its attribute values at once; then its children are created
// and inserted into it one by one; only then is it inserted into its parent.
// So at Insert() the whole subtree is there.
//
// Every call may run the app's code (property observers, lifetimes), which may
// ask the same Instance for an update: the instance queues it.

#ifndef FCC_RUNTIME_TEMPLATE_TREE_HOST_H_
#define FCC_RUNTIME_TEMPLATE_TREE_HOST_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/span.h"
#include "runtime/template/format.h"
#include "runtime/value/value.h"

namespace fcc::tmpl {

// A node of the host's; a pointer or an index, as the host likes.
enum class HostNode : uint64_t { kNone = 0 };

struct Attr {
  AttrKind kind = AttrKind::kPlain;
  // EventFlags of a kEvent.
  uint8_t flags = 0;
  // Property in camel case, dataset key, event type, mark, generic name, ….
  std::string_view name;
  // Typed as the expression gave it; `true` for an attribute without `=`. For
  // events: the handler's name, or a function of a script module.
  value::Value value;
  // Of a kModel: the place to write to, as an array of keys (strings and
  // numbers) from the data's root; undefined when the binding is one-way.
  value::Value model_path;
};

// Where in the source something stands.
struct TemplatePlace {
  std::string_view unit;
  base::Span span;
};

struct Element {
  std::string_view tag;
  std::span<const Attr> attrs;
  // The slot of an enclosing `<block slot>`; undefined without one. An
  // element's own kSlot attribute goes before it.
  value::Value inherited_slot;
  TemplatePlace place;

  // The last attribute of that kind and name; null when there is none.
  const Attr* Find(AttrKind kind, std::string_view name = {}) const {
    for (size_t i = attrs.size(); i-- > 0;) {
      if (attrs[i].kind == kind && (name.empty() || attrs[i].name == name)) {
        return &attrs[i];
      }
    }
    return nullptr;
  }
};

enum class ProblemKind : uint8_t {
  kTemplateNotFound,
  kTooDeep,
  kScriptError,
  kDuplicateKey,
  kMissingFile,
};

// Something that a developer should see in the console; rendering goes on.
struct Problem {
  ProblemKind kind = ProblemKind::kTemplateNotFound;
  std::string_view message;
  TemplatePlace place;
};

// A slot of a component whose content is made once for each of its slots
// (`dynamicSlots`), with values that the slot gives it.
struct DynamicSlot {
  // Never used again for another slot.
  uint64_t id = 0;
  std::string name;
  // An object, by property name.
  value::Value values;
};

class TreeHost {
 public:
  virtual ~TreeHost() = default;

  virtual HostNode CreateElement(const Element& element) = 0;
  // `inherited_slot` as in Element.
  virtual HostNode CreateText(std::string_view text,
                              const value::Value& inherited_slot) = 0;
  // All attributes of the node that changed in this update, in their order.
  virtual void SetAttrs(HostNode node, std::span<const Attr> attrs) = 0;
  // Whether SetAttrs is also for properties that were written and are what they
  // were: components tell their observers.
  virtual bool TakesSame(HostNode) { return false; }
  virtual void SetText(HostNode node, std::string_view text) = 0;
  // A slot inherited from `<block slot="{{s}}">` changed.
  virtual void SetInheritedSlot(HostNode, const value::Value&) {}
  // Before `before`, or last when it is kNoId. The node is new.
  virtual void Insert(HostNode parent, HostNode child, HostNode before) = 0;
  // The node is already a child of `parent`.
  virtual void Move(HostNode parent, HostNode child, HostNode before) = 0;
  // The node with all below it is not used again by the instance.
  virtual void Remove(HostNode parent, HostNode child) = 0;
  // The slots that want content of their own, in tree order; null when the node
  // takes its children as they are. Asked after the node got its attributes.
  virtual std::optional<std::vector<DynamicSlot>> DynamicSlots(HostNode) {
    return std::nullopt;
  }
  // Whether DynamicSlots may come to answer otherwise while the node lives: the
  // component that it stands for is not there yet. The host asks for a refresh
  // (instance.h) when it does.
  virtual bool MayChangeSlots(HostNode) { return false; }
  // Before the Insert() of a child that is content of that slot only.
  virtual void SetContentSlot(HostNode, uint64_t) {}
  virtual void Report(const Problem&) {}
};

}  // namespace fcc::tmpl

#endif  // FCC_RUNTIME_TEMPLATE_TREE_HOST_H_
