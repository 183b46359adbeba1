// SPDX-License-Identifier: Apache-2.0
//
// What Component(), Behavior() and Page() were called with, merged with the
// behaviours it uses and ready to make instances from.
//
// Definitions live as long as the heap their functions are in.

#ifndef FCC_RUNTIME_APP_DEFINITION_H_
#define FCC_RUNTIME_APP_DEFINITION_H_

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/app/data_path.h"
#include "runtime/app/logic.h"
#include "runtime/app/node.h"
#include "runtime/app/property.h"
#include "runtime/script/heap.h"

namespace fcc::app {

enum class DefinitionKind : uint8_t { kBehavior, kComponent, kPage };

enum class Lifetime : uint8_t {
  kCreated,
  kAttached,
  kReady,
  kMoved,
  kDetached,
  kError,
};
inline constexpr size_t kLifetimeCount = 6;

std::string_view LifetimeName(Lifetime lifetime);

struct PropertyDefinition {
  std::string name;
  PropertyType type = PropertyType::kAny;
  std::vector<PropertyType> optional_types;
  value::Value initial;
  // A function, a method's name, or empty.
  script::Handle observer;
};

struct ObserverDefinition {
  std::vector<ObserverPath> paths;
  script::Handle function;
};

enum class RelationType : uint8_t {
  kParent,
  kChild,
  kAncestor,
  kDescendant,
};

struct Definition;

struct RelationDefinition {
  // As written: "./li" or a name of the user's when `target` is a behaviour.
  std::string key;
  RelationType type = RelationType::kParent;
  // The component's path, or the behaviour that a partner must have.
  std::string target_path;
  const Definition* target_behavior = nullptr;
  script::Handle linked;
  script::Handle link_changed;
  script::Handle unlinked;
  script::Handle link_failed;
};

// What CSS of which trees reaches into a component's.
enum class StyleIsolation : uint8_t {
  kIsolated,
  kApplyShared,
  kShared,
  kPageIsolated,
  kPageApplyShared,
  kPageShared,
};

struct ComponentOptions {
  bool virtual_host = false;
  SlotMode slots = SlotMode::kSingle;
  std::optional<StyleIsolation> style_isolation;
  // A RegExp of the user's heap, or empty.
  script::Handle pure_data;
};

struct Definition {
  DefinitionKind kind = DefinitionKind::kComponent;
  // "components/card/card"; of a behaviour its number as text.
  std::string path;
  // Every behaviour, nested ones first, each once; without itself.
  std::vector<const Definition*> behaviors;

  // Merged, behaviours' first.
  std::vector<PropertyDefinition> properties;
  value::Value data;
  // Members of `data` that are no values (cyclic objects).
  std::vector<std::pair<std::string, script::Handle>> raw_data;
  std::vector<ObserverDefinition> observers;
  std::array<std::vector<script::Handle>, kLifetimeCount> lifetimes;
  std::map<std::string, std::vector<script::Handle>, std::less<>>
      page_lifetimes;
  std::vector<RelationDefinition> relations;
  // In camel case, as attributes come.
  std::vector<std::string> external_classes;
  std::vector<std::pair<std::string, script::Handle>> methods;
  script::Handle export_function;
  ComponentOptions options;
  // What instances inherit from: the methods.
  script::Handle prototype;
  // Of Page(): members that are neither functions nor known, one copy for
  // every instance.
  std::vector<std::pair<std::string, script::Handle>> fields;

  // Before merging: what this definition alone brings.
  script::Handle definition_filter;

  const PropertyDefinition* FindProperty(std::string_view name) const;
  bool HasExternalClass(std::string_view name) const;
  bool HasBehavior(const Definition& behavior) const;
  bool HasBuiltinBehavior(std::string_view name) const;
  const std::vector<script::Handle>& Of(Lifetime lifetime) const {
    return lifetimes[static_cast<size_t>(lifetime)];
  }
};

// Reads definitions out of a heap and keeps them.
class DefinitionRegistry {
 public:
  // `base` is what the prototypes of components inherit from.
  DefinitionRegistry(Logic& logic, script::Handle base);

  // Behavior(options): the object that stands for it in `behaviors`.
  script::Result<script::Handle> DefineBehaviorMayRunScript(
      const script::Handle& options);
  // Component(options) and Page(options) in the module of that path. A second
  // call for a path replaces the first for instances to come.
  script::Status DefineMayRunScript(DefinitionKind kind, std::string path,
                                    const script::Handle& options);

  // Null when nothing was defined there.
  const Definition* Find(std::string_view path) const;
  // Whether `pureDataPattern` keeps the member from the template.
  bool IsPure(const Definition& definition, std::string_view name);
  void VisitValues(const std::function<void(const value::Value&)>& visit) const;
  // The empty component, for a path whose script defines nothing.
  const Definition& Empty(std::string_view path);

 private:
  // One definition's own part and then the merge.
  script::Result<std::unique_ptr<Definition>> Read(
      DefinitionKind kind, std::string path, const script::Handle& options);
  script::Status ReadOwn(Definition& own, const script::Handle& options);
  script::Status ReadBehaviors(Definition& own, const script::Handle& options,
                               std::vector<const Definition*>& direct);
  script::Status ReadProperties(Definition& own, const script::Handle& from);
  script::Status ReadProperty(Definition& own, std::string name,
                              const script::Handle& declared);
  script::Status ReadData(Definition& own, const script::Handle& from);
  script::Status ReadObservers(Definition& own, const script::Handle& from);
  script::Status ReadLifetimes(Definition& own, const script::Handle& options);
  script::Status ReadRelations(Definition& own, const script::Handle& from);
  script::Status ReadOptions(Definition& own, const script::Handle& options);
  script::Status ReadPageMembers(Definition& own,
                                 const script::Handle& options);
  script::Status MakePrototype(Definition& definition);
  const Definition* BehaviorOf(const script::Handle& handle);
  std::optional<PropertyType> TypeOf(const script::Handle& handle);
  const Definition* Builtin(std::string_view name);

  Logic& logic_;
  script::Heap& heap_;
  script::Handle base_;
  std::array<script::Handle, 6> constructors_;
  std::map<std::string, std::unique_ptr<Definition>, std::less<>> defined_;
  // Also those that were replaced: instances may still use them.
  std::vector<std::unique_ptr<Definition>> behaviors_;
  std::map<std::string, const Definition*, std::less<>> builtins_;
  std::map<std::pair<const Definition*, std::string>, bool> pure_;
};

}  // namespace fcc::app

#endif  // FCC_RUNTIME_APP_DEFINITION_H_
