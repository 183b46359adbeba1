// SPDX-License-Identifier: Apache-2.0

#include "compiler/js/facts/objects.h"

#include <algorithm>
#include <utility>

#include "compiler/js/facts/aliases.h"
#include "runtime/base/format.h"

namespace fcc::js {

bool IsGlobal(const Ast& ast, NodeId id, std::string_view name) {
  return ast.Is(id, Kind::kIdentifier) && ast.SymbolOf(id) == SymbolId::kNone &&
         ast.NameTextOf(id) == name;
}

static bool IsUndefined(const Ast& ast, NodeId id) {
  return IsGlobal(ast, id, "undefined") ||
         (ast.Is(id, Kind::kUnary) &&
          static_cast<UnaryOp>(ast[id].op) == UnaryOp::kVoid);
}

// What people keep `this` under.
static bool IsNameOfSelf(std::string_view name) {
  return name == "that" || name == "self" || name == "_this" || name == "me" ||
         name == "page";
}

std::string ConstantPrefix(const Ast& ast, NodeId id) {
  switch (ast.KindOf(id)) {
    case Kind::kString:
      return std::string(ast.NameTextOf(id));
    case Kind::kTemplate: {
      auto quasis = ast.Items(ast.As<Template>(id).quasis());
      auto first = ast.As<TemplateElement>(quasis[0]);
      return first.cooked() == NameId::kNone
                 ? std::string()
                 : std::string(ast.TextOf(first.cooked()));
    }
    case Kind::kBinary:
      return ConstantPrefix(ast, ast.As<Binary>(id).left());
    default:
      return {};
  }
}

// The names of an object written in place; `open` where there may be more.
static std::vector<NamedSpan> NamesOf(const Ast& ast, NodeId object,
                                      bool& open) {
  std::vector<NamedSpan> names;
  if (!ast.Is(object, Kind::kObject)) {
    open = true;
    return names;
  }
  for (NodeId property : ast.Items(ast.As<Object>(object).properties())) {
    if (!ast.Is(property, Kind::kProperty)) {
      open = true;
      continue;
    }
    auto view = ast.As<Property>(property);
    std::string key = ConstantKey(ast, property, view.key());
    if (key.empty()) {
      open = true;
    } else {
      names.push_back({std::move(key), ast[view.key()].span});
    }
  }
  return names;
}

static void AddTexts(const Ast& ast, NodeId array,
                     std::vector<std::string>& texts) {
  if (!ast.Is(array, Kind::kArray)) {
    return;
  }
  for (NodeId item : ast.Items(ast.As<Array>(array).elements())) {
    if (ast.Is(item, Kind::kString)) {
      texts.emplace_back(ast.NameTextOf(item));
    }
  }
}

// `options` of a component; what is not written in place may say anything.
static bool OpensStyles(const Ast& ast, NodeId options) {
  bool open = false;
  for (const NamedSpan& name : NamesOf(ast, options, open)) {
    open =
        open || name.name == "addGlobalClass" || name.name == "styleIsolation";
  }
  return open;
}

static void ReadMembers(const Ast& ast, NodeId object, Definition& definition) {
  const bool component = definition.kind == DefinitionKind::kComponent ||
                         definition.kind == DefinitionKind::kBehavior;
  for (NodeId property : ast.Items(ast.As<Object>(object).properties())) {
    if (!ast.Is(property, Kind::kProperty)) {
      definition.open_methods = definition.open_data = true;
      definition.opens_styles = true;
      continue;
    }
    auto view = ast.As<Property>(property);
    std::string key = ConstantKey(ast, property, view.key());
    if (key.empty()) {
      definition.open_methods = definition.open_data = true;
      definition.opens_styles = true;
    } else if (key == "data") {
      definition.data = NamesOf(ast, view.value(), definition.open_data);
    } else if (component && key == "properties") {
      definition.properties = NamesOf(ast, view.value(), definition.open_data);
    } else if (component && key == "methods") {
      definition.methods = NamesOf(ast, view.value(), definition.open_methods);
    } else if (component && key == "externalClasses") {
      AddTexts(ast, view.value(), definition.external_classes);
    } else if (component && key == "options") {
      definition.opens_styles = OpensStyles(ast, view.value());
    } else if (component && (key == "lifetimes" || key == "pageLifetimes" ||
                             key == "relations" || key == "export")) {
      continue;
    } else if (key == "observers" || key == "watch" || key == "computed") {
      definition.has_observers = true;
      definition.open_data = definition.open_data || key == "computed";
    } else if (key == "behaviors" || key == "mixins" ||
               key == "storeBindings" || key == "store" || key == "use") {
      definition.open_methods = definition.open_data = true;
    } else if (!component) {
      definition.methods.push_back({std::move(key), ast[view.key()].span});
    }
  }
}

std::optional<Definition> ReadDefinition(const Ast& ast, NodeId callee,
                                         std::span<const NodeId> arguments) {
  static constexpr std::pair<std::string_view, DefinitionKind> kKinds[] = {
      {"App", DefinitionKind::kApp},
      {"Page", DefinitionKind::kPage},
      {"Component", DefinitionKind::kComponent},
      {"Behavior", DefinitionKind::kBehavior}};
  for (const auto& [name, kind] : kKinds) {
    if (!IsGlobal(ast, callee, name)) {
      continue;
    }
    Definition definition;
    definition.kind = kind;
    definition.span = ast[callee].span;
    if (arguments.empty() || !ast.Is(arguments[0], Kind::kObject)) {
      definition.open_methods = definition.open_data = true;
      definition.opens_styles = true;
    } else {
      ReadMembers(ast, arguments[0], definition);
    }
    return definition;
  }
  return std::nullopt;
}

// `this.data`, `{...that.data}`.
static bool HoldsAllData(const Ast& ast, NodeId id) {
  switch (ast.KindOf(id)) {
    case Kind::kMember: {
      auto member = ast.As<Member>(id);
      return ast.TextOf(member.name()) == "data" &&
             (ast.Is(member.object(), Kind::kThis) ||
              (ast.Is(member.object(), Kind::kIdentifier) &&
               IsNameOfSelf(ast.NameTextOf(member.object()))));
    }
    case Kind::kObject:
      for (NodeId property : ast.Items(ast.As<Object>(id).properties())) {
        if (ast.Is(property, Kind::kSpread) &&
            HoldsAllData(ast, ast.As<Spread>(property).argument())) {
          return true;
        }
      }
      return false;
    default:
      return false;
  }
}

std::optional<SetDataCall> ReadSetData(const Ast& ast, NodeId callee,
                                       std::span<const NodeId> arguments) {
  if (!ast.Is(callee, Kind::kMember) ||
      ast.TextOf(ast.As<Member>(callee).name()) != "setData" ||
      arguments.empty()) {
    return std::nullopt;
  }
  SetDataCall call;
  call.span = ast[callee].span;
  call.argument = ast[arguments[0]].span;
  call.whole = HoldsAllData(ast, arguments[0]);
  call.paths = NamesOf(ast, arguments[0], call.open);
  if (ast.Is(arguments[0], Kind::kObject)) {
    for (NodeId property :
         ast.Items(ast.As<Object>(arguments[0]).properties())) {
      if (ast.Is(property, Kind::kProperty) &&
          IsUndefined(ast, ast.As<Property>(property).value())) {
        NodeId key = ast.As<Property>(property).key();
        call.undefined_paths.push_back(
            {ConstantKey(ast, property, key), ast[property].span});
      }
    }
  }
  return call;
}

void ReadHostFunctions(const Ast& ast, NodeId list,
                       std::vector<std::string>& names) {
  if (!ast.Is(list, Kind::kArray)) {
    return;
  }
  for (NodeId item : ast.Items(ast.As<Array>(list).elements())) {
    if (!ast.Is(item, Kind::kObject)) {
      continue;
    }
    for (NodeId property : ast.Items(ast.As<Object>(item).properties())) {
      if (!ast.Is(property, Kind::kProperty)) {
        continue;
      }
      auto view = ast.As<Property>(property);
      if (ConstantKey(ast, property, view.key()) == "name" &&
          ast.Is(view.value(), Kind::kString)) {
        names.emplace_back(ast.NameTextOf(view.value()));
      }
    }
  }
}

static void ReadValue(const Ast& ast, NodeId value, OptionUse& option) {
  switch (ast.KindOf(value)) {
    case Kind::kString:
      option.kind = ValueKind::kString;
      option.text = ast.NameTextOf(value);
      return;
    case Kind::kTemplate:
      option.kind = ValueKind::kText;
      option.text = ConstantPrefix(ast, value);
      return;
    case Kind::kNumber:
      option.kind = ValueKind::kNumber;
      option.text = base::format("{}", ast.NumberOf(value));
      return;
    case Kind::kBoolean:
      option.kind = ValueKind::kBoolean;
      return;
    case Kind::kArray:
      option.kind = ValueKind::kArray;
      return;
    case Kind::kObject:
      option.kind = ValueKind::kObject;
      return;
    case Kind::kFunction:
    case Kind::kArrow:
      option.kind = ValueKind::kFunction;
      return;
    default:
      return;
  }
}

void ReadArguments(const Ast& ast, std::span<const NodeId> arguments,
                   ApiUse& use) {
  if (arguments.empty()) {
    use.argument = ValueKind::kMissing;
    return;
  }
  OptionUse whole;
  ReadValue(ast, arguments[0], whole);
  use.argument = whole.kind;
  if (use.argument != ValueKind::kObject) {
    return;
  }
  for (NodeId property : ast.Items(ast.As<Object>(arguments[0]).properties())) {
    if (!ast.Is(property, Kind::kProperty)) {
      use.open_options = true;
      continue;
    }
    auto view = ast.As<Property>(property);
    OptionUse option;
    option.name = ConstantKey(ast, property, view.key());
    if (option.name.empty()) {
      use.open_options = true;
      continue;
    }
    option.span = ast[view.key()].span;
    option.value_span = ast[view.value()].span;
    ReadValue(ast, view.value(), option);
    use.options.push_back(std::move(option));
  }
}

}  // namespace fcc::js
