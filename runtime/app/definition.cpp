// SPDX-License-Identifier: Apache-2.0
//
// Spec: component-model.md, sections 1, 2 and 4. Merging goes through the
// behaviours depth first, what is nested before what uses it, the component
// last; lifetimes, observers and pageLifetimes all run in that order, data is
// merged member by member, of properties and methods the last wins.

#include "runtime/app/definition.h"

#include <algorithm>
#include <set>

#include "runtime/base/file_system.h"
#include "runtime/base/format.h"
#include "runtime/base/plugin_path.h"

namespace fcc::app {

using script::Handle;
using script::Status;
using value::Value;

namespace {

constexpr std::array<Lifetime, kLifetimeCount> kLifetimes = {
    Lifetime::kCreated, Lifetime::kAttached, Lifetime::kReady,
    Lifetime::kMoved,   Lifetime::kDetached, Lifetime::kError,
};

// Nested deeper than this, behaviours are somebody's mistake.
constexpr size_t kMaxBehaviors = 1000;

}  // namespace

std::string_view LifetimeName(Lifetime lifetime) {
  switch (lifetime) {
    case Lifetime::kCreated:
      return "created";
    case Lifetime::kAttached:
      return "attached";
    case Lifetime::kReady:
      return "ready";
    case Lifetime::kMoved:
      return "moved";
    case Lifetime::kDetached:
      return "detached";
    case Lifetime::kError:
      return "error";
  }
  return "";
}

const PropertyDefinition* Definition::FindProperty(
    std::string_view name) const {
  for (const PropertyDefinition& property : properties) {
    if (property.name == name) {
      return &property;
    }
  }
  return nullptr;
}

bool Definition::HasExternalClass(std::string_view name) const {
  return std::find(external_classes.begin(), external_classes.end(), name) !=
         external_classes.end();
}

bool Definition::HasBehavior(const Definition& behavior) const {
  return std::find(behaviors.begin(), behaviors.end(), &behavior) !=
         behaviors.end();
}

bool Definition::HasBuiltinBehavior(std::string_view name) const {
  return std::any_of(
      behaviors.begin(), behaviors.end(),
      [name](const Definition* behavior) { return behavior->path == name; });
}

// "my-class" → "myClass", as attribute names arrive.
static std::string CamelCase(std::string_view dashed) {
  std::string camel;
  bool upper = false;
  for (const char c : dashed) {
    if (c == '-') {
      upper = true;
      continue;
    }
    camel +=
        upper && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    upper = false;
  }
  return camel;
}

// What instances of kinds of objects are merged into one: members of plain
// objects one by one, everything else by replacement (glass-easel's
// shallowMerge).
static void MergeData(Value& into, const Value& from) {
  for (const value::Object::Member& member : from.object().members()) {
    value::Object& object = into.MutableObject();
    Value* old = object.FindMutable(member.name());
    if (old != nullptr && old->IsObject() && member.value.IsObject()) {
      MergeData(*old, member.value);
    } else if (old != nullptr && old->IsArray() && member.value.IsObject()) {
      // An array stays; what an object would add to it has no place in a list.
      continue;
    } else {
      object.Set(member.key, member.value);
    }
  }
}

DefinitionRegistry::DefinitionRegistry(Logic& logic, Handle base)
    : logic_(logic), heap_(logic.heap()), base_(std::move(base)) {
  const Handle global = heap_.Global();
  constexpr std::array<std::string_view, 6> kNames = {
      "String", "Number", "Boolean", "Object", "Array", "Function"};
  for (size_t i = 0; i < kNames.size(); ++i) {
    constructors_[i] = logic_.Get(global, kNames[i]);
  }
}

std::optional<PropertyType> DefinitionRegistry::TypeOf(const Handle& handle) {
  constexpr std::array<PropertyType, 6> kTypes = {
      PropertyType::kString, PropertyType::kNumber, PropertyType::kBoolean,
      PropertyType::kObject, PropertyType::kArray,  PropertyType::kFunction};
  if (handle.IsNullish()) {
    return PropertyType::kAny;
  }
  if (!handle.IsFunction()) {
    return std::nullopt;
  }
  for (size_t i = 0; i < kTypes.size(); ++i) {
    if (heap_.StrictEquals(handle, constructors_[i])) {
      return kTypes[i];
    }
  }
  return std::nullopt;
}

static PropertyType TypeOfValue(const Value& value) {
  switch (value.kind()) {
    case value::Kind::kString:
      return PropertyType::kString;
    case value::Kind::kNumber:
      return PropertyType::kNumber;
    case value::Kind::kBool:
      return PropertyType::kBoolean;
    case value::Kind::kArray:
      return PropertyType::kArray;
    case value::Kind::kObject:
      return PropertyType::kObject;
    case value::Kind::kUndefined:
    case value::Kind::kNull:
    case value::Kind::kDate:
    case value::Kind::kFunction:
    case value::Kind::kBytes:
    case value::Kind::kRegExp:
      return PropertyType::kAny;
  }
  return PropertyType::kAny;
}

Status DefinitionRegistry::ReadProperty(Definition& own, std::string name,
                                        const Handle& declared) {
  PropertyDefinition property;
  property.name = std::move(name);
  if (const std::optional<PropertyType> type = TypeOf(declared)) {
    property.type = *type;
    property.initial = DefaultOf(*type);
    own.properties.push_back(std::move(property));
    return {};
  }
  if (!declared.IsObject() || declared.IsFunction()) {
    logic_.Warn(base::format("property \"{}\" of \"{}\" has no valid type",
                             property.name, own.path));
    property.initial = Value::Null();
    own.properties.push_back(std::move(property));
    return {};
  }
  FCC_TRY_ASSIGN(const Handle type, heap_.Get(declared, "type"));
  FCC_TRY_ASSIGN(const Handle initial, heap_.Get(declared, "value"));
  FCC_TRY_ASSIGN(const bool has_value, heap_.Has(declared, "value"));
  FCC_TRY_ASSIGN(const Handle optional, heap_.Get(declared, "optionalTypes"));
  FCC_TRY_ASSIGN(property.observer, heap_.Get(declared, "observer"));
  if (property.observer.IsNullish()) {
    property.observer = {};
  }
  if (has_value) {
    property.initial = logic_.ToValue(
        initial, base::format("value of property \"{}\"", property.name));
  }
  if (optional.IsArray()) {
    FCC_TRY_ASSIGN(const uint32_t count, heap_.Length(optional));
    for (uint32_t i = 0; i < count; ++i) {
      FCC_TRY_ASSIGN(const Handle item, heap_.Get(optional, i));
      if (const std::optional<PropertyType> also = TypeOf(item)) {
        property.optional_types.push_back(*also);
      }
    }
  }
  property.type = TypeOf(type).value_or(PropertyType::kAny);
  if (property.type == PropertyType::kAny && !property.optional_types.empty()) {
    property.type = property.optional_types.front();
  } else if (type.IsUndefined()) {
    property.type = TypeOfValue(property.initial);
  }
  if (property.initial.IsUndefined()) {
    property.initial = DefaultOf(property.type);
  }
  own.properties.push_back(std::move(property));
  return {};
}

Status DefinitionRegistry::ReadProperties(Definition& own, const Handle& from) {
  if (!from.IsObject()) {
    return {};
  }
  FCC_TRY_ASSIGN(const std::vector<std::string> names, heap_.Keys(from));
  for (const std::string& name : names) {
    FCC_TRY_ASSIGN(const Handle declared, heap_.Get(from, name));
    FCC_TRY(ReadProperty(own, name, declared));
  }
  return {};
}

Status DefinitionRegistry::ReadData(Definition& own, const Handle& from) {
  own.data = Value::NewObject();
  Handle data = from;
  if (data.IsFunction()) {
    // Frameworks hand over a function; it is called once for the definition.
    FCC_TRY_ASSIGN(data, heap_.Call(from, heap_.Undefined(), {}));
  }
  if (!data.IsObject()) {
    return {};
  }
  FCC_TRY_ASSIGN(const std::vector<std::string> names, heap_.Keys(data));
  for (const std::string& name : names) {
    FCC_TRY_ASSIGN(const Handle member, heap_.Get(data, name));
    script::Result<Value> converted = heap_.ToValue(member);
    if (converted) {
      own.data.MutableObject().Set(name, std::move(converted).value());
    } else {
      own.data.MutableObject().Set(name, Value());
      own.raw_data.emplace_back(name, member);
    }
  }
  return {};
}

Status DefinitionRegistry::ReadObservers(Definition& own, const Handle& from) {
  if (!from.IsObject()) {
    return {};
  }
  const auto add = [&](const std::string& fields, Handle function) {
    base::Result<std::vector<ObserverPath>> paths = ParseObserverPaths(fields);
    if (!paths) {
      logic_.Misuse(paths.error().message, own.path);
    } else if (function.IsFunction() || function.IsString()) {
      own.observers.push_back({std::move(paths).value(), std::move(function)});
    }
  };
  if (from.IsArray()) {
    // glass-easel's form: [{fields, observer}], of everything without fields.
    FCC_TRY_ASSIGN(const uint32_t count, heap_.Length(from));
    for (uint32_t i = 0; i < count; ++i) {
      FCC_TRY_ASSIGN(const Handle item, heap_.Get(from, i));
      if (item.IsObject()) {
        FCC_TRY_ASSIGN(const Handle fields, heap_.Get(item, "fields"));
        FCC_TRY_ASSIGN(Handle function, heap_.Get(item, "observer"));
        add(fields.IsString() ? heap_.AsString(fields) : "**",
            std::move(function));
      }
    }
    return {};
  }
  FCC_TRY_ASSIGN(const std::vector<std::string> keys, heap_.Keys(from));
  for (const std::string& key : keys) {
    FCC_TRY_ASSIGN(Handle function, heap_.Get(from, key));
    add(key, std::move(function));
  }
  return {};
}

Status DefinitionRegistry::ReadLifetimes(Definition& own,
                                         const Handle& options) {
  FCC_TRY_ASSIGN(const Handle lifetimes, heap_.Get(options, "lifetimes"));
  for (const Lifetime lifetime : kLifetimes) {
    const std::string_view name = LifetimeName(lifetime);
    Handle function;
    if (lifetimes.IsObject()) {
      FCC_TRY_ASSIGN(function, heap_.Get(lifetimes, name));
    }
    // What `lifetimes` has goes before the member of the definition itself.
    if (!logic_.IsFunction(function)) {
      FCC_TRY_ASSIGN(function, heap_.Get(options, name));
    }
    if (function.IsFunction()) {
      own.lifetimes[static_cast<size_t>(lifetime)].push_back(function);
    }
  }
  FCC_TRY_ASSIGN(const Handle page, heap_.Get(options, "pageLifetimes"));
  if (page.IsObject()) {
    FCC_TRY_ASSIGN(const std::vector<std::string> names, heap_.Keys(page));
    for (const std::string& name : names) {
      FCC_TRY_ASSIGN(const Handle function, heap_.Get(page, name));
      if (function.IsFunction()) {
        own.page_lifetimes[name].push_back(function);
      }
    }
  }
  return {};
}

Status DefinitionRegistry::ReadRelations(Definition& own, const Handle& from) {
  if (!from.IsObject()) {
    return {};
  }
  FCC_TRY_ASSIGN(const std::vector<std::string> keys, heap_.Keys(from));
  for (const std::string& key : keys) {
    FCC_TRY_ASSIGN(const Handle declared, heap_.Get(from, key));
    if (!declared.IsObject()) {
      continue;
    }
    RelationDefinition relation;
    relation.key = key;
    FCC_TRY_ASSIGN(const Handle type, heap_.Get(declared, "type"));
    const std::string type_name = heap_.AsString(type);
    if (type_name == "parent") {
      relation.type = RelationType::kParent;
    } else if (type_name == "child") {
      relation.type = RelationType::kChild;
    } else if (type_name == "ancestor") {
      relation.type = RelationType::kAncestor;
    } else if (type_name == "descendant") {
      relation.type = RelationType::kDescendant;
    } else {
      logic_.Misuse(
          base::format("the \"{}\" relation has an invalid relation type "
                       "\"{}\"",
                       key, type_name),
          own.path);
      continue;
    }
    FCC_TRY_ASSIGN(const Handle target, heap_.Get(declared, "target"));
    relation.target_behavior = BehaviorOf(target);
    const std::string written =
        target.IsString() ? heap_.AsString(target) : key;
    if (relation.target_behavior == nullptr) {
      relation.target_path =
          written.starts_with("/")
              ? base::FromRootOf(own.path, written)
              : base::JoinPath(base::DirectoryOf(own.path), written);
    }
    FCC_TRY_ASSIGN(relation.linked, heap_.Get(declared, "linked"));
    FCC_TRY_ASSIGN(relation.link_changed, heap_.Get(declared, "linkChanged"));
    FCC_TRY_ASSIGN(relation.unlinked, heap_.Get(declared, "unlinked"));
    FCC_TRY_ASSIGN(relation.link_failed, heap_.Get(declared, "linkFailed"));
    own.relations.push_back(std::move(relation));
  }
  return {};
}

static std::optional<StyleIsolation> IsolationOf(std::string_view name) {
  if (name == "isolated") {
    return StyleIsolation::kIsolated;
  }
  if (name == "apply-shared") {
    return StyleIsolation::kApplyShared;
  }
  if (name == "shared") {
    return StyleIsolation::kShared;
  }
  if (name == "page-isolated") {
    return StyleIsolation::kPageIsolated;
  }
  if (name == "page-apply-shared") {
    return StyleIsolation::kPageApplyShared;
  }
  if (name == "page-shared") {
    return StyleIsolation::kPageShared;
  }
  return std::nullopt;
}

Status DefinitionRegistry::ReadOptions(Definition& own,
                                       const Handle& definition) {
  FCC_TRY_ASSIGN(const Handle options, heap_.Get(definition, "options"));
  if (options.IsObject()) {
    FCC_TRY_ASSIGN(const Handle virtual_host,
                   heap_.Get(options, "virtualHost"));
    own.options.virtual_host = heap_.ToBoolean(virtual_host);
    FCC_TRY_ASSIGN(const Handle multiple, heap_.Get(options, "multipleSlots"));
    FCC_TRY_ASSIGN(const Handle dynamic, heap_.Get(options, "dynamicSlots"));
    if (heap_.ToBoolean(dynamic)) {
      own.options.slots = SlotMode::kDynamic;
    } else if (heap_.ToBoolean(multiple)) {
      own.options.slots = SlotMode::kMultiple;
    }
    FCC_TRY_ASSIGN(const Handle isolation,
                   heap_.Get(options, "styleIsolation"));
    own.options.style_isolation = IsolationOf(heap_.AsString(isolation));
    FCC_TRY_ASSIGN(const Handle global_class,
                   heap_.Get(options, "addGlobalClass"));
    if (!own.options.style_isolation && heap_.ToBoolean(global_class)) {
      own.options.style_isolation = StyleIsolation::kApplyShared;
    }
    FCC_TRY_ASSIGN(const Handle pure, heap_.Get(options, "pureDataPattern"));
    if (pure.IsObject()) {
      own.options.pure_data = pure;
    }
  }
  FCC_TRY_ASSIGN(const Handle classes,
                 heap_.Get(definition, "externalClasses"));
  if (classes.IsArray()) {
    FCC_TRY_ASSIGN(const uint32_t count, heap_.Length(classes));
    for (uint32_t i = 0; i < count; ++i) {
      FCC_TRY_ASSIGN(const Handle name, heap_.Get(classes, i));
      own.external_classes.push_back(CamelCase(heap_.AsString(name)));
    }
  }
  return {};
}

// Page(): functions become methods; the rest that is not spoken for becomes
// fields of the instance.
Status DefinitionRegistry::ReadPageMembers(Definition& own,
                                           const Handle& options) {
  static constexpr std::string_view kKnown[] = {
      "data",    "behaviors", "observers",       "properties", "options",
      "methods", "lifetimes", "externalClasses", "relations",
  };
  FCC_TRY_ASSIGN(const std::vector<std::string> names, heap_.Keys(options));
  for (const std::string& name : names) {
    if (std::find(std::begin(kKnown), std::end(kKnown), name) !=
        std::end(kKnown)) {
      continue;
    }
    FCC_TRY_ASSIGN(const Handle member, heap_.Get(options, name));
    if (member.IsFunction()) {
      own.methods.emplace_back(name, member);
    } else {
      own.fields.emplace_back(name, member);
    }
  }
  return {};
}

Status DefinitionRegistry::ReadOwn(Definition& own, const Handle& options) {
  FCC_TRY_ASSIGN(const Handle properties, heap_.Get(options, "properties"));
  FCC_TRY(ReadProperties(own, properties));
  FCC_TRY_ASSIGN(const Handle data, heap_.Get(options, "data"));
  FCC_TRY(ReadData(own, data));
  FCC_TRY_ASSIGN(const Handle observers, heap_.Get(options, "observers"));
  FCC_TRY(ReadObservers(own, observers));
  FCC_TRY(ReadLifetimes(own, options));
  FCC_TRY_ASSIGN(const Handle relations, heap_.Get(options, "relations"));
  FCC_TRY(ReadRelations(own, relations));
  FCC_TRY(ReadOptions(own, options));
  FCC_TRY_ASSIGN(const Handle methods, heap_.Get(options, "methods"));
  if (methods.IsObject()) {
    FCC_TRY_ASSIGN(const std::vector<std::string> names, heap_.Keys(methods));
    for (const std::string& name : names) {
      FCC_TRY_ASSIGN(const Handle method, heap_.Get(methods, name));
      own.methods.emplace_back(name, method);
    }
  }
  if (own.kind == DefinitionKind::kPage) {
    FCC_TRY(ReadPageMembers(own, options));
  } else {
    FCC_TRY_ASSIGN(const Handle exported, heap_.Get(options, "export"));
    if (exported.IsFunction()) {
      own.export_function = exported;
    }
  }
  FCC_TRY_ASSIGN(const Handle filter, heap_.Get(options, "definitionFilter"));
  if (filter.IsFunction()) {
    own.definition_filter = filter;
  }
  return {};
}

const Definition* DefinitionRegistry::Builtin(std::string_view name) {
  if (const auto found = builtins_.find(name); found != builtins_.end()) {
    return found->second;
  }
  if (!name.starts_with("wx://") && !name.starts_with("ft://")) {
    return nullptr;
  }
  auto behavior = std::make_unique<Definition>();
  behavior->kind = DefinitionKind::kBehavior;
  behavior->path = base::format("wx://{}", name.substr(5));
  behavior->data = Value::NewObject();
  if (behavior->path == "wx://form-field") {
    PropertyDefinition field_name;
    field_name.name = "name";
    field_name.type = PropertyType::kString;
    field_name.initial = Value::String("");
    PropertyDefinition field_value;
    field_value.name = "value";
    field_value.initial = Value::Null();
    behavior->properties = {std::move(field_name), std::move(field_value)};
  }
  const Definition* result = behavior.get();
  builtins_.emplace(std::string(name), result);
  behaviors_.push_back(std::move(behavior));
  return result;
}

const Definition* DefinitionRegistry::BehaviorOf(const Handle& handle) {
  if (handle.IsString()) {
    return Builtin(heap_.AsString(handle));
  }
  if (!handle.IsObject()) {
    return nullptr;
  }
  const uintptr_t number = heap_.Internal(handle);
  return number == 0 || number > behaviors_.size()
             ? nullptr
             : behaviors_[number - 1].get();
}

Status DefinitionRegistry::ReadBehaviors(
    Definition& own, const Handle& options,
    std::vector<const Definition*>& direct) {
  FCC_TRY_ASSIGN(const Handle list, heap_.Get(options, "behaviors"));
  if (!list.IsArray()) {
    return {};
  }
  FCC_TRY_ASSIGN(const uint32_t count, heap_.Length(list));
  for (uint32_t i = 0; i < count; ++i) {
    FCC_TRY_ASSIGN(const Handle item, heap_.Get(list, i));
    const Definition* behavior = BehaviorOf(item);
    if (behavior == nullptr) {
      if (!item.IsNullish()) {
        logic_.Misuse(base::format("behavior {} of \"{}\" is not a behavior: "
                                   "{}",
                                   i, own.path, heap_.Inspect(item)),
                      own.path);
      }
      continue;
    }
    direct.push_back(behavior);
    if (own.behaviors.size() > kMaxBehaviors) {
      return script::Throw(script::ErrorType::kRangeError,
                           "too many behaviors");
    }
    for (const Definition* nested : behavior->behaviors) {
      if (!own.HasBehavior(*nested)) {
        own.behaviors.push_back(nested);
      }
    }
    if (!own.HasBehavior(*behavior)) {
      own.behaviors.push_back(behavior);
    }
  }
  return {};
}

Status DefinitionRegistry::MakePrototype(Definition& definition) {
  definition.prototype = heap_.NewObject();
  FCC_TRY(heap_.SetPrototype(definition.prototype, base_));
  for (const auto& [name, method] : definition.methods) {
    FCC_TRY(heap_.Define(definition.prototype, name, method));
  }
  return {};
}

template <typename Item>
static void Append(std::vector<Item>& to, const std::vector<Item>& from) {
  to.insert(to.end(), from.begin(), from.end());
}

// Adds what `part` brings behind what is there.
static void Merge(Definition& whole, const Definition& part) {
  for (const PropertyDefinition& property : part.properties) {
    const auto same =
        std::find_if(whole.properties.begin(), whole.properties.end(),
                     [&](const PropertyDefinition& other) {
                       return other.name == property.name;
                     });
    if (same != whole.properties.end()) {
      *same = property;
    } else {
      whole.properties.push_back(property);
    }
  }
  MergeData(whole.data, part.data);
  Append(whole.raw_data, part.raw_data);
  Append(whole.observers, part.observers);
  for (size_t i = 0; i < kLifetimeCount; ++i) {
    Append(whole.lifetimes[i], part.lifetimes[i]);
  }
  for (const auto& [name, functions] : part.page_lifetimes) {
    Append(whole.page_lifetimes[name], functions);
  }
  for (const RelationDefinition& relation : part.relations) {
    const auto same =
        std::find_if(whole.relations.begin(), whole.relations.end(),
                     [&](const RelationDefinition& other) {
                       return other.key == relation.key;
                     });
    if (same != whole.relations.end()) {
      *same = relation;
    } else {
      whole.relations.push_back(relation);
    }
  }
  for (const std::string& name : part.external_classes) {
    if (!whole.HasExternalClass(name)) {
      whole.external_classes.push_back(name);
    }
  }
  Append(whole.methods, part.methods);
  if (!part.export_function.empty()) {
    whole.export_function = part.export_function;
  }
}

script::Result<std::unique_ptr<Definition>> DefinitionRegistry::Read(
    DefinitionKind kind, std::string path, const Handle& options) {
  if (!options.IsObject()) {
    return script::ThrowTypeError(
        base::format("the definition of \"{}\" is not an object", path));
  }
  // Filters come first: they may change the definition before it is read.
  auto whole = std::make_unique<Definition>();
  whole->kind = kind;
  whole->path = path;
  std::vector<const Definition*> direct;
  FCC_TRY(ReadBehaviors(*whole, options, direct));
  for (const Definition* behavior : direct) {
    if (behavior->definition_filter.empty()) {
      continue;
    }
    const Handle filters = heap_.NewArray();
    for (const Definition* nested : behavior->behaviors) {
      if (!nested->definition_filter.empty()) {
        FCC_TRY(heap_.Push(filters, nested->definition_filter));
      }
    }
    FCC_TRY(heap_.Call(behavior->definition_filter, heap_.Undefined(),
                       {options, filters}));
  }
  // A filter may have added behaviours.
  whole->behaviors.clear();
  direct.clear();
  FCC_TRY(ReadBehaviors(*whole, options, direct));

  Definition own;
  own.kind = kind;
  own.path = std::move(path);
  FCC_TRY(ReadOwn(own, options));
  if (kind == DefinitionKind::kBehavior) {
    // Behaviours stay unmerged: whoever uses them merges each once.
    own.behaviors = std::move(whole->behaviors);
    *whole = std::move(own);
    return whole;
  }
  whole->data = Value::NewObject();
  for (const Definition* behavior : whole->behaviors) {
    Merge(*whole, *behavior);
  }
  whole->options = std::move(own.options);
  whole->fields = std::move(own.fields);
  Merge(*whole, own);
  FCC_TRY(MakePrototype(*whole));
  return whole;
}

script::Result<Handle> DefinitionRegistry::DefineBehaviorMayRunScript(
    const Handle& options) {
  FCC_TRY_ASSIGN(std::unique_ptr<Definition> behavior,
                 Read(DefinitionKind::kBehavior,
                      std::to_string(behaviors_.size() + 1), options));
  behaviors_.push_back(std::move(behavior));
  const Handle object = heap_.NewObject();
  heap_.SetInternal(object, behaviors_.size());
  return object;
}

Status DefinitionRegistry::DefineMayRunScript(DefinitionKind kind,
                                              std::string path,
                                              const Handle& options) {
  FCC_TRY_ASSIGN(std::unique_ptr<Definition> definition,
                 Read(kind, path, options));
  std::unique_ptr<Definition>& slot = defined_[path];
  if (slot != nullptr) {
    behaviors_.push_back(std::move(slot));
  }
  slot = std::move(definition);
  return {};
}

const Definition* DefinitionRegistry::Find(std::string_view path) const {
  const auto found = defined_.find(path);
  return found == defined_.end() ? nullptr : found->second.get();
}

bool DefinitionRegistry::IsPure(const Definition& definition,
                                std::string_view name) {
  if (definition.options.pure_data.empty()) {
    return false;
  }
  const auto [at, is_new] =
      pure_.try_emplace({&definition, std::string(name)}, false);
  if (is_new) {
    // A pattern with the `g` flag would remember where it stopped.
    static_cast<void>(
        heap_.Set(definition.options.pure_data, "lastIndex", heap_.Number(0)));
    const script::Result<Handle> matches = heap_.CallMethod(
        definition.options.pure_data, "test", {heap_.String(name)});
    at->second = matches && heap_.ToBoolean(*matches);
  }
  return at->second;
}

void DefinitionRegistry::VisitValues(
    const std::function<void(const Value&)>& visit) const {
  const auto visit_one = [&](const Definition& definition) {
    visit(definition.data);
    for (const PropertyDefinition& property : definition.properties) {
      visit(property.initial);
    }
  };
  for (const auto& [path, definition] : defined_) {
    visit_one(*definition);
  }
  for (const std::unique_ptr<Definition>& definition : behaviors_) {
    visit_one(*definition);
  }
}

const Definition& DefinitionRegistry::Empty(std::string_view path) {
  std::unique_ptr<Definition>& slot = defined_[std::string(path)];
  if (slot == nullptr) {
    slot = std::make_unique<Definition>();
    slot->path = path;
    slot->data = Value::NewObject();
    slot->prototype = heap_.NewObject();
    static_cast<void>(heap_.SetPrototype(slot->prototype, base_));
  }
  return *slot;
}

}  // namespace fcc::app
