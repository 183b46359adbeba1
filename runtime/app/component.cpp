// SPDX-License-Identifier: Apache-2.0
//
// Spec: component-model.md, sections 1, 2, 3 and 7; glass-easel's
// data_proxy.ts is what the order of observers and updates follows.

#include "runtime/app/component.h"

#include <algorithm>
#include <utility>

#include "runtime/app/app_state.h"
#include "runtime/app/page.h"
#include "runtime/app/relation.h"
#include "runtime/base/format.h"

namespace fcc::app {

using script::Handle;
using value::Value;

namespace {

// An observer that sets what it observes would never come to an end. A
// component that was found to do so does it with each change from then on: its
// later rounds are cut short, so that an app that works this hard still
// answers.
constexpr int kMaxObserverRounds = 1000;
constexpr int kMaxRoundsOnceEndless = 20;

}  // namespace

Component::Component(AppState& app, Page& page, uint32_t id,
                     const Definition& definition,
                     const package::ComponentEntry& entry, Node& host)
    : app_(app),
      page_(page),
      id_(id),
      definition_(definition),
      entry_(entry),
      host_(host),
      links_(definition.relations.size()) {
  for (size_t i = 0; i < links_.size(); ++i) {
    links_[i].definition = &definition.relations[i];
  }
}

Component::~Component() = default;

std::string Component::Where(std::string_view what) const {
  return base::format("{} {}", definition_.path, what);
}

static Value OwnCopy(const Value& value) {
  if (value.IsArray()) {
    return Value::ArrayOf(value.array().items);
  }
  if (value.IsObject()) {
    Value copy = Value::NewObject();
    for (const value::Object::Member& member : value.object().members()) {
      copy.MutableObject().Set(member.key, member.value);
    }
    return copy;
  }
  return value;
}

void Component::InitData() {
  script::Heap& heap = app_.heap();
  data_ = Value::NewObject();
  script_data_ = heap.NewObject();
  const auto add = [&](std::string_view name, const Value& value,
                       const Handle& handle) {
    static_cast<void>(heap.Define(script_data_, name, handle));
    if (!app_.definitions().IsPure(definition_, name)) {
      data_.MutableObject().Set(name, value);
    }
  };
  for (const value::Object::Member& member :
       definition_.data.object().members()) {
    add(member.name(), member.value, heap.FromValue(member.value));
  }
  for (const auto& [name, handle] : definition_.raw_data) {
    static_cast<void>(heap.Define(script_data_, name, handle));
  }
  for (const PropertyDefinition& property : definition_.properties) {
    // What another component has from the same definition is not the same.
    add(property.name, OwnCopy(property.initial),
        heap.FromValue(property.initial));
  }
}

void Component::CreateMayRunScript() {
  const Logic::Task task(app_.logic());
  script::Heap& heap = app_.heap();
  InitData();
  instance_ = app_.component_api().NewInstance(*this);
  for (const auto& [name, field] : definition_.fields) {
    // Every page gets a copy; what cannot be copied is shared.
    script::Result<Value> copy = heap.ToValue(field);
    static_cast<void>(
        heap.Define(instance_, name, copy ? heap.FromValue(*copy) : field));
  }
  shadow_root_ = &page_.tree().Create(NodeKind::kShadowRoot, this);
  const tmpl::Program* program = app_.ProgramOf(entry_.package);
  if (program != nullptr && !entry_.template_entry.empty()) {
    const tmpl::UnitId unit = program->FindUnit(entry_.template_entry);
    if (unit != tmpl::UnitId::kNone) {
      tmpl::TreeHost& self = *this;
      template_ = std::make_unique<tmpl::Instance>(
          *program, unit, self, page_.scripts().For(*program));
      template_->RenderMayRunScript(
          tmpl::HostNode{reinterpret_cast<uintptr_t>(shadow_root_)}, data_);
    }
  }
  rendered_ = true;
  // Whoever made the tag asks for the slots next.
  slots_changed_ = false;
  RunLifetimeMayRunScript(Lifetime::kCreated);
}

void Component::AttachMayRunScript() {
  attached_ = true;
  RunLifetimeMayRunScript(Lifetime::kAttached);
  LinkRelationsMayRunScript(*this);
  page_.QueueReady(*this);
}

void Component::DetachMayRunScript() {
  attached_ = false;
  RunLifetimeMayRunScript(Lifetime::kDetached);
  UnlinkRelationsMayRunScript(*this);
}

void Component::MovedMayRunScript() {
  RunLifetimeMayRunScript(Lifetime::kMoved);
  LinkRelationsMayRunScript(*this);
}

void Component::RunLifetimeMayRunScript(Lifetime lifetime,
                                        std::span<const Handle> arguments) {
  const std::vector<Handle>& functions = definition_.Of(lifetime);
  if (functions.empty()) {
    return;
  }
  const std::string where = Where(LifetimeName(lifetime));
  for (const Handle& function : functions) {
    app_.logic().CallMayRunScript(function, instance_, arguments, where);
  }
}

void Component::RunPageLifetimeMayRunScript(std::string_view name,
                                            std::span<const Handle> arguments) {
  const auto found = definition_.page_lifetimes.find(name);
  if (found == definition_.page_lifetimes.end()) {
    return;
  }
  for (const Handle& function : found->second) {
    app_.logic().CallMayRunScript(function, instance_, arguments, Where(name));
  }
}

script::Result<std::vector<DataChange>> Component::ReadPatch(
    const Handle& patch) {
  script::Heap& heap = app_.heap();
  if (!patch.IsObject()) {
    return script::ThrowTypeError(
        "setData needs an object of paths and values");
  }
  FCC_TRY_ASSIGN(const std::vector<std::string> keys, heap.Keys(patch));
  std::vector<DataChange> changes;
  changes.reserve(keys.size());
  for (const std::string& key : keys) {
    base::Result<DataPath> path = ParseDataPath(key);
    if (!path) {
      // Differs: exparser throws; glass-easel and we say so and write the rest.
      app_.logic().Misuse(path.error().message, Where("setData"));
      continue;
    }
    DataChange change;
    change.path = std::move(path).value();
    FCC_TRY_ASSIGN(change.handle, heap.Get(patch, key));
    changes.push_back(std::move(change));
  }
  return changes;
}

script::Status Component::QueueData(const Handle& patch) {
  FCC_TRY_ASSIGN(std::vector<DataChange> changes, ReadPatch(patch));
  for (DataChange& change : changes) {
    QueueChange(std::move(change));
  }
  return {};
}

void Component::ApplyQueuedMayRunScript() {
  if (!queued_.empty()) {
    ApplyMayRunScript(std::exchange(queued_, {}), false);
  }
}

// The list that is there, copied and spliced: what else holds it sees nothing.
void Component::MakeSplice(DataChange& change) {
  script::Heap& heap = app_.heap();
  const Handle old_list = ReadScriptData(change.path);
  Handle list = heap.NewArray();
  if (old_list.IsArray()) {
    if (script::Result<Handle> copy = heap.CallMethod(old_list, "slice", {})) {
      list = std::move(copy).value();
    }
  }
  const Handle splice = app_.logic().Get(list, "splice");
  if (const script::Result<Handle> done =
          heap.CallMethod(splice, "apply", {list, change.handle});
      !done) {
    app_.logic().Report(done.error(), Where("spliceArrayDataOnPath"));
  }
  change.handle = std::move(list);
  change.splices = false;
}

script::Status Component::SetDataMayRunScript(const Handle& patch) {
  const Logic::Task task(app_.logic());
  script::Heap& heap = app_.heap();
  FCC_TRY_ASSIGN(std::vector<DataChange> changes, ReadPatch(patch));
  if (app_.host().WantsSetData()) {
    Value written = Value::NewObject();
    for (const DataChange& change : changes) {
      script::Result<Value> value = heap.ToValue(change.handle);
      written.MutableObject().Set(PathToString(change.path),
                                  value ? std::move(value).value() : Value());
    }
    app_.host().OnSetData(definition_.path, written);
  }
  std::vector<DataChange> all = std::exchange(queued_, {});
  for (DataChange& change : changes) {
    all.push_back(std::move(change));
  }
  ApplyMayRunScript(std::move(all), false);
  return {};
}

Handle Component::ReadScriptData(const DataPath& path) {
  Handle at = script_data_;
  for (const PathPart& part : path) {
    if (!at.IsObject()) {
      return app_.heap().Undefined();
    }
    at = app_.logic().Get(at, part.name);
  }
  return at;
}

// As AssignPath does on a Value.
void Component::WriteScriptData(const DataPath& path, const Handle& value) {
  script::Heap& heap = app_.heap();
  Handle at = script_data_;
  for (size_t i = 0; i + 1 < path.size(); ++i) {
    const std::string& name = path[i].name;
    Handle next = app_.logic().Get(at, name);
    const bool wants_array = NeedsArray(path[i + 1], next.IsArray());
    if (!next.IsObject() || next.IsArray() != wants_array) {
      next = wants_array ? heap.NewArray() : heap.NewObject();
      static_cast<void>(heap.Set(at, name, next));
    }
    at = std::move(next);
  }
  if (const script::Status status = heap.Set(at, path.back().name, value);
      !status) {
    app_.logic().Report(status.error(), Where("setData"));
  }
}

static bool IsPrimitive(const Value& value) {
  switch (value.kind()) {
    case value::Kind::kUndefined:
    case value::Kind::kNull:
    case value::Kind::kBool:
    case value::Kind::kNumber:
    case value::Kind::kString:
      return true;
    case value::Kind::kDate:
    case value::Kind::kFunction:
    case value::Kind::kArray:
    case value::Kind::kObject:
    case value::Kind::kBytes:
    case value::Kind::kRegExp:
      return false;
  }
  return false;
}

bool Component::WriteChange(const DataChange& change,
                            std::vector<PropertyChange>& property_changes) {
  script::Heap& heap = app_.heap();
  const std::string& name = change.path.front().name;
  const PropertyDefinition* property = definition_.FindProperty(name);
  const bool pure = app_.definitions().IsPure(definition_, name);
  const bool from_script = !change.handle.empty();
  Value new_value = from_script
                        ? app_.logic().ToValue(change.handle,
                                               Where(PathToString(change.path)))
                        : change.value;
  if (property == nullptr || change.path.size() > 1) {
    const Handle handle =
        from_script ? change.handle : heap.FromValue(new_value);
    WriteScriptData(change.path, handle);
    if (!pure) {
      AssignPath(data_, change.path, std::move(new_value));
    }
    if (property != nullptr) {
      property_changes.push_back(
          {property, handle, heap.Undefined(), PathToString(change.path)});
    }
    return !pure;
  }
  // A function of the script's own is passed by as it is: converting it to and
  // from a value would only cost.
  Coerced coerced =
      CoerceProperty(new_value, property->type, property->optional_types);
  if (coerced.mismatch) {
    app_.logic().Warn(base::format(
        "[Component] property \"{}\" of \"{}\" received type-uncompatible "
        "value: expected <{}> but get {} value.",
        name, definition_.path, PropertyTypeName(property->type),
        value::KindName(new_value.kind())));
  }
  const bool as_given = from_script && coerced.value.SameAs(new_value);
  const Handle handle =
      as_given ? change.handle : heap.FromValue(coerced.value);
  const Handle old_handle = app_.logic().Get(script_data_, name);
  bool changed = true;
  if (IsPrimitive(coerced.value) || as_given || pure) {
    changed = !heap.StrictEquals(old_handle, handle);
  } else if (const Value* old_value = data_.object().Find(name)) {
    changed = !old_value->SameAs(coerced.value);
  }
  if (changed || as_given) {
    static_cast<void>(heap.Set(script_data_, name, handle));
    if (!pure) {
      data_.MutableObject().Set(name, std::move(coerced.value));
    }
  }
  if (changed) {
    property_changes.push_back({property, handle, old_handle, name});
  }
  return !pure;
}

// As a template names places.
static Value KeysOf(const DataPath& path) {
  std::vector<Value> keys;
  keys.reserve(path.size());
  for (const PathPart& part : path) {
    keys.push_back(part.is_index ? Value::Number(part.index)
                                 : Value::String(part.name));
  }
  return Value::ArrayOf(std::move(keys));
}

void Component::ApplyMayRunScript(std::vector<DataChange> changes,
                                  bool from_template) {
  const Logic::Task task(app_.logic());
  // Inside an observer: written now, observed when the observer that runs has
  // come back, rendered with the outermost call.
  const bool nested = observing_;
  std::vector<PropertyChange> own_changes;
  std::vector<PropertyChange>& property_changes =
      nested ? pending_properties_ : own_changes;
  bool visible = false;
  const std::vector<ObserverDefinition>& observers = definition_.observers;
  if (pending_observers_.size() != observers.size()) {
    pending_observers_.assign(observers.size(), false);
  }
  for (DataChange& change : changes) {
    const bool splices = change.splices;
    if (splices) {
      MakeSplice(change);
    }
    if (WriteChange(change, property_changes)) {
      visible = true;
      // Of a splice the list that it leaves tells what is new in it.
      if (rendered_ && template_ != nullptr && !splices) {
        touched_.push_back(KeysOf(change.path));
      }
    }
    ++observed_writes_;
    for (size_t i = 0; i < observers.size(); ++i) {
      if (!pending_observers_[i]) {
        pending_observers_[i] =
            std::any_of(observers[i].paths.begin(), observers[i].paths.end(),
                        [&](const ObserverPath& pattern) {
                          return Concerns(pattern, change.path);
                        });
      }
    }
  }
  if (nested) {
    return;
  }
  if (!observers.empty()) {
    RunObserversMayRunScript();
    for (PropertyChange& change : pending_properties_) {
      own_changes.push_back(std::move(change));
    }
    pending_properties_.clear();
    visible = true;
  }
  if (visible && rendered_ && template_ != nullptr) {
    template_->UpdateMayRunScript(data_, std::exchange(touched_, {}));
    TellSlotsMayRunScript();
  }
  RunPropertyObserversMayRunScript(own_changes, from_template);
}

void Component::RunObserversMayRunScript() {
  observing_ = true;
  const std::vector<ObserverDefinition>& observers = definition_.observers;
  uint64_t writes = 0;
  int rounds = 0;
  do {
    writes = observed_writes_;
    for (size_t i = 0; i < observers.size(); ++i) {
      if (!pending_observers_[i]) {
        continue;
      }
      pending_observers_[i] = false;
      std::vector<Handle> arguments;
      for (const ObserverPath& path : observers[i].paths) {
        arguments.push_back(ReadScriptData(path.path));
      }
      Handle function = observers[i].function;
      if (function.IsString()) {
        function = app_.logic().Get(instance_, app_.heap().AsString(function));
      }
      if (app_.logic().IsFunction(function)) {
        app_.logic().CallMayRunScript(
            function, instance_, arguments,
            Where(base::format("observer of {}",
                               PathToString(observers[i].paths[0].path))));
        ApplyQueuedMayRunScript();
      }
    }
    if (++rounds >
        (observers_endless_ ? kMaxRoundsOnceEndless : kMaxObserverRounds)) {
      observers_endless_ = true;
      app_.logic().Misuse("observers set each other off without end",
                          definition_.path);
      std::fill(pending_observers_.begin(), pending_observers_.end(), false);
      break;
    }
  } while (writes != observed_writes_);
  observing_ = false;
}

void Component::RunPropertyObserversMayRunScript(
    const std::vector<PropertyChange>& changes, bool from_template) {
  for (const PropertyChange& change : changes) {
    if (!from_template) {
      WriteModel(change.property->name, change.new_value);
    }
    Handle observer = change.property->observer;
    if (observer.empty()) {
      continue;
    }
    if (observer.IsString()) {
      observer = app_.logic().Get(instance_, app_.heap().AsString(observer));
    }
    if (app_.logic().IsFunction(observer)) {
      const Handle path = app_.heap().NewArray();
      static_cast<void>(
          app_.heap().Push(path, app_.heap().String(change.path)));
      app_.logic().CallMayRunScript(
          observer, instance_, {change.new_value, change.old_value, path},
          Where(
              base::format("observer of property {}", change.property->name)));
    }
  }
}

DataPath ModelPath(const Value& keys) {
  DataPath path;
  for (const Value& key : keys.array().items) {
    PathPart part;
    part.name = key.ToDisplayString();
    part.is_index = key.IsNumber();
    part.index = part.is_index ? static_cast<uint32_t>(key.number()) : 0;
    path.push_back(std::move(part));
  }
  return path;
}

void Component::WriteModel(std::string_view property, const Handle& value) {
  Component* owner = host_.owner;
  for (const auto& [name, keys] : host_.models) {
    if (name == property && owner != nullptr && keys.IsArray()) {
      DataChange change;
      change.path = ModelPath(keys);
      change.handle = value;
      owner->ApplyMayRunScript({std::move(change)}, false);
      return;
    }
  }
}

const std::vector<Node*>& Component::Slots() {
  if (!slots_known_) {
    slots_.clear();
    if (slot_count_ > 0) {
      ForEachInTree(*shadow_root_, [this](Node& node) {
        if (node.kind == NodeKind::kSlot) {
          slots_.push_back(&node);
        }
        return true;
      });
    }
    slots_known_ = true;
  }
  return slots_;
}

static std::string SlotName(const Node& slot) {
  const Value* name = slot.FindAttr("name");
  return name == nullptr || name->IsNullish() ? "" : name->ToDisplayString();
}

Node* Component::FindSlotFor(const Node& content) {
  if (slot_count_ == 0) {
    return nullptr;
  }
  switch (definition_.options.slots) {
    case SlotMode::kSingle:
      return Slots().empty() ? nullptr : Slots().front();
    case SlotMode::kMultiple:
      for (Node* slot : Slots()) {
        if (SlotName(*slot) == content.slot) {
          return slot;
        }
      }
      return nullptr;
    case SlotMode::kDynamic: {
      Node* slot = page_.tree().Find(content.content_slot);
      return slot == nullptr || slot->removed ? nullptr : slot;
    }
  }
  return nullptr;
}

std::optional<std::vector<tmpl::DynamicSlot>> Component::DynamicSlots(
    tmpl::HostNode node) {
  const Node& tag = *reinterpret_cast<Node*>(static_cast<uintptr_t>(node));
  if (tag.component == nullptr ||
      tag.component->definition_.options.slots != SlotMode::kDynamic) {
    return std::nullopt;
  }
  std::vector<tmpl::DynamicSlot> slots;
  for (const Node* slot : tag.component->Slots()) {
    tmpl::DynamicSlot dynamic;
    dynamic.id = slot->id;
    dynamic.name = SlotName(*slot);
    dynamic.values = Value::NewObject();
    for (const auto& [name, value] : slot->attrs) {
      if (name != "name") {
        dynamic.values.MutableObject().Set(name, value);
      }
    }
    slots.push_back(std::move(dynamic));
  }
  return slots;
}

void Component::SetContentSlot(tmpl::HostNode node, uint64_t slot) {
  Node& content = *reinterpret_cast<Node*>(static_cast<uintptr_t>(node));
  content.content_slot = static_cast<NodeId>(slot);
  content.Touch();
}

void Component::TellSlotsMayRunScript() {
  if (!std::exchange(slots_changed_, false) ||
      definition_.options.slots != SlotMode::kDynamic) {
    return;
  }
  Component* owner = host_.owner;
  if (owner != nullptr && owner->template_ != nullptr) {
    owner->template_->RefreshSlotsMayRunScript();
  }
}

void Component::VisitValues(
    const std::function<void(const Value&)>& visit) const {
  visit(data_);
  if (template_ != nullptr) {
    template_->VisitValues(visit);
  }
}

void AttachTreeMayRunScript(Node& node) {
  if (node.attached || node.removed) {
    return;
  }
  node.attached = true;
  if (node.component != nullptr) {
    node.component->AttachMayRunScript();
    if (node.component->shadow_root() != nullptr) {
      AttachTreeMayRunScript(*node.component->shadow_root());
    }
  }
  for (Node* child = node.first_child; child != nullptr; child = child->next) {
    AttachTreeMayRunScript(*child);
  }
}

void DetachTreeMayRunScript(Node& node) {
  if (!node.attached) {
    return;
  }
  for (Node* child = node.first_child; child != nullptr; child = child->next) {
    DetachTreeMayRunScript(*child);
  }
  if (node.component != nullptr && node.component->shadow_root() != nullptr) {
    DetachTreeMayRunScript(*node.component->shadow_root());
  }
  node.attached = false;
  if (node.component != nullptr) {
    node.component->DetachMayRunScript();
  }
}

void MoveTreeMayRunScript(Node& node) {
  if (!node.attached) {
    return;
  }
  for (Node* child = node.first_child; child != nullptr; child = child->next) {
    MoveTreeMayRunScript(*child);
  }
  if (node.component != nullptr) {
    if (node.component->shadow_root() != nullptr) {
      MoveTreeMayRunScript(*node.component->shadow_root());
    }
    node.component->MovedMayRunScript();
  }
}

}  // namespace fcc::app
