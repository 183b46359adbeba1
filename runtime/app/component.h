// SPDX-License-Identifier: Apache-2.0
//
// One living component (a page's own component too): the object its code sees,
// its data twice — as the script's object and as a Value for the template —
// and its shadow tree.
//
// Writing data never converts more than what is written: the script's object
// keeps the very values it was given, the Value gets a copy of the part.
//
// Owned by its Page. Once removed it stays until no task is running, so
// pointers are good inside a task; across tasks hold the id.

#ifndef FCC_RUNTIME_APP_COMPONENT_H_
#define FCC_RUNTIME_APP_COMPONENT_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/app/data_path.h"
#include "runtime/app/definition.h"
#include "runtime/app/node.h"
#include "runtime/script/heap.h"
#include "runtime/template/instance.h"
#include "runtime/template/tree_host.h"
#include "runtime/value/value.h"

namespace fcc::package {
struct ComponentEntry;
}

namespace fcc::app {

class AppState;
class Page;

// One member to write. From script it comes as a handle, from a template as a
// value.
struct DataChange {
  DataPath path;
  script::Handle handle;
  value::Value value;
  // spliceArrayDataOnPath: `handle` holds the arguments of the array's splice,
  // as an array; the list that is written is made when the change is.
  bool splices = false;
};

// A component's end of a relation: the ancestor it is tied to.
struct RelationLink {
  const RelationDefinition* definition = nullptr;
  // 0 when there is none.
  uint32_t partner = 0;
  const RelationDefinition* partner_definition = nullptr;
};

class Component : private tmpl::TreeHost {
 public:
  // `host` is its tag; it gets the shadow tree from Create().
  Component(AppState& app, Page& page, uint32_t id,
            const Definition& definition, const package::ComponentEntry& entry,
            Node& host);
  ~Component() override;

  uint32_t id() const { return id_; }
  Page& page() const { return page_; }
  Node* host() const { return &host_; }
  Node* shadow_root() const { return shadow_root_; }
  const Definition& definition() const { return definition_; }
  const package::ComponentEntry& entry() const { return entry_; }
  // What the user's code knows as `this`.
  const script::Handle& instance() const { return instance_; }
  const script::Handle& script_data() const { return script_data_; }
  // What the template sees: without pure data.
  const value::Value& data() const { return data_; }
  bool attached() const { return attached_; }

  // The object, its data, the first render, `created`.
  void CreateMayRunScript();
  // Into and out of a page's tree. The shadow tree goes along, content of the
  // tag does not.
  void AttachMayRunScript();
  void DetachMayRunScript();
  void MovedMayRunScript();
  void RunLifetimeMayRunScript(Lifetime lifetime,
                               std::span<const script::Handle> arguments = {});
  // pageLifetimes.show and its like, of this component alone.
  void RunPageLifetimeMayRunScript(std::string_view name,
                                   std::span<const script::Handle> arguments);

  // setData: one object of paths and values. Exceptions are those of getters
  // in `patch` and of broken paths; nothing is written then.
  script::Status SetDataMayRunScript(const script::Handle& patch);
  void ApplyMayRunScript(std::vector<DataChange> changes, bool from_template);
  // updateData and its kin: written with the next setData, applyDataUpdates, or
  // when the observer that runs has come back. Nobody sees it before.
  script::Status QueueData(const script::Handle& patch);
  void QueueChange(DataChange change) { queued_.push_back(std::move(change)); }
  void ApplyQueuedMayRunScript();

  // The slot of the shadow tree that takes this content; null if none.
  Node* FindSlotFor(const Node& content);

  std::vector<RelationLink>& links() { return links_; }
  void VisitValues(const std::function<void(const value::Value&)>& visit) const;

 private:
  struct PropertyChange {
    const PropertyDefinition* property = nullptr;
    script::Handle new_value;
    script::Handle old_value;
    std::string path;
  };

  // tmpl::TreeHost: what the template makes below shadow_root_.
  tmpl::HostNode CreateElement(const tmpl::Element& element) override;
  tmpl::HostNode CreateText(std::string_view text,
                            const value::Value& inherited_slot) override;
  void SetAttrs(tmpl::HostNode node,
                std::span<const tmpl::Attr> attrs) override;
  bool TakesSame(tmpl::HostNode node) override;
  void SetText(tmpl::HostNode node, std::string_view text) override;
  void SetInheritedSlot(tmpl::HostNode node, const value::Value& slot) override;
  void Insert(tmpl::HostNode parent, tmpl::HostNode child,
              tmpl::HostNode before) override;
  void Move(tmpl::HostNode parent, tmpl::HostNode child,
            tmpl::HostNode before) override;
  void Remove(tmpl::HostNode parent, tmpl::HostNode child) override;
  std::optional<std::vector<tmpl::DynamicSlot>> DynamicSlots(
      tmpl::HostNode node) override;
  bool MayChangeSlots(tmpl::HostNode node) override;
  void SetContentSlot(tmpl::HostNode node, uint64_t slot) override;
  void Report(const tmpl::Problem& problem) override;

  // In tree order.
  const std::vector<Node*>& Slots();
  // What is inserted, moved or removed may hold slots.
  void TouchSlots() {
    slots_changed_ |= slot_count_ > 0;
    slots_known_ = false;
  }
  // Slots came, went or have other values: whoever fills them is told.
  void TellSlotsMayRunScript();
  // The component that a tag stands for, in place of what stood there.
  void MakeTagMayRunScript(Node& node, const package::ComponentEntry& entry);
  // Shows the placeholder now and loads the component's package meanwhile.
  const package::ComponentEntry* PlaceholderFor(
      Node& node, const package::ComponentEntry& entry);
  void FillPlaceholderMayRunScript(Node& node,
                                   const package::ComponentEntry& entry);
  void ApplyAttrs(Node& node, std::span<const tmpl::Attr> attrs);
  void ApplyEvent(Node& node, const tmpl::Attr& attr);
  void TellModule(Node& node, std::string_view property,
                  const value::Value& new_value, const value::Value& old_value);
  void InitData();
  script::Result<std::vector<DataChange>> ReadPatch(
      const script::Handle& patch);
  void MakeSplice(DataChange& change);
  bool WriteChange(const DataChange& change,
                   std::vector<PropertyChange>& property_changes);
  void WriteScriptData(const DataPath& path, const script::Handle& value);
  void RunObserversMayRunScript();
  script::Handle ReadScriptData(const DataPath& path);
  void RunPropertyObserversMayRunScript(
      const std::vector<PropertyChange>& changes, bool from_template);
  void WriteModel(std::string_view property, const script::Handle& value);
  std::string Where(std::string_view what) const;

  AppState& app_;
  Page& page_;
  const uint32_t id_;
  const Definition& definition_;
  const package::ComponentEntry& entry_;
  Node& host_;
  Node* shadow_root_ = nullptr;

  script::Handle instance_;
  script::Handle script_data_;
  value::Value data_;
  std::unique_ptr<tmpl::Instance> template_;
  bool rendered_ = false;
  bool attached_ = false;

  // Observers that the changes so far concern, by index; empty when none runs.
  std::vector<bool> pending_observers_;
  // Counts writes while observers run.
  uint64_t observed_writes_ = 0;
  bool observing_ = false;
  // Its observers once set each other off without end.
  bool observers_endless_ = false;
  std::vector<PropertyChange> pending_properties_;
  std::vector<DataChange> queued_;
  // What was written since the template was last brought up to date.
  std::vector<value::Value> touched_;

  // Slots in tree order, found when first asked for after a change.
  std::vector<Node*> slots_;
  uint32_t slot_count_ = 0;
  bool slots_known_ = false;
  // Tags that show a placeholder.
  std::set<NodeId> waiting_tags_;
  bool slots_changed_ = false;

  std::vector<RelationLink> links_;
};

// The keys of a two-way binding, as a template gives them.
DataPath ModelPath(const value::Value& keys);

// Makes a subtree part of a page's living tree, or takes it out: lifetimes in
// the platform's order (component-model.md, section 3).
void AttachTreeMayRunScript(Node& node);
void DetachTreeMayRunScript(Node& node);
void MoveTreeMayRunScript(Node& node);

}  // namespace fcc::app

#endif  // FCC_RUNTIME_APP_COMPONENT_H_
