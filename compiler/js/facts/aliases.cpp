// SPDX-License-Identifier: Apache-2.0

#include "compiler/js/facts/aliases.h"

#include <array>

namespace fcc::js {

// Longer ones lead to nothing that the platform documents.
static constexpr size_t kMaxPath = 96;

// What webpack and its kin name the imported object.
static constexpr std::string_view kTaroImport =
    "_tarojs_taro__WEBPACK_IMPORTED_MODULE_";
// `require("../common/vendor.js")` of uni-app, whose `index` is `uni`.
static constexpr std::string_view kVendor = "@vendor";
// `x = require.n(y)` of webpack: `x()` is a module's default.
static constexpr std::string_view kGetter = "@getter";

std::string ConstantKey(const Ast& ast, NodeId property, NodeId key) {
  const bool computed = ast[property].Has(flag::kComputed);
  switch (ast.KindOf(key)) {
    case Kind::kName:
    case Kind::kIdentifier:
      return computed ? std::string() : std::string(ast.NameTextOf(key));
    case Kind::kString:
      return std::string(ast.NameTextOf(key));
    default:
      return {};
  }
}

static std::optional<Alias> RootOf(std::string_view name) {
  if (name == "wx") {
    return Alias{ApiRoot::kWx, {}};
  }
  if (name == "ft") {
    return Alias{ApiRoot::kFt, {}};
  }
  if (name == "uni") {
    return Alias{ApiRoot::kUni, {}};
  }
  return std::nullopt;
}

Aliases::Aliases(const Ast& ast) : ast_(ast) {
  Find(ast_.root());
}

void Aliases::Find(NodeId id) {
  switch (ast_.KindOf(id)) {
    case Kind::kDeclarator: {
      auto declarator = ast_.As<Declarator>(id);
      if (declarator.value() != NodeId::kNone) {
        Bind(declarator.target(), declarator.value());
      }
      break;
    }
    case Kind::kAssign: {
      auto assign = ast_.As<Assign>(id);
      if (static_cast<AssignOp>(ast_[id].op) == AssignOp::kAssign) {
        Bind(assign.target(), assign.value());
      }
      break;
    }
    case Kind::kImport:
      BindImport(id);
      break;
    case Kind::kCall:
      FindPromisified(id);
      FindObserver(id);
      FindWrapper(id);
      break;
    default:
      break;
  }
  ForEachChild(ast_, id, [this](NodeId child) { Find(child); });
}

// `promisifyAll(wx, wxp)`: the second gets what the first has.
void Aliases::FindPromisified(NodeId id) {
  auto call = ast_.As<Call>(id);
  auto arguments = ast_.Items(call.arguments());
  if (arguments.size() < 2 ||
      CalleeName(call.callee()).find("romisif") == std::string_view::npos) {
    return;
  }
  std::optional<Alias> whole = Of(arguments[0]);
  if (!whole || !whole->IsWhole()) {
    return;
  }
  NodeId target = arguments[1];
  if (ast_.Is(target, Kind::kAssign)) {
    target = ast_.As<Assign>(target).target();
  }
  if (ast_.Is(target, Kind::kIdentifier)) {
    symbols_[ast_.SymbolOf(target)] = {whole, false};
  } else if (ast_.Is(target, Kind::kMember)) {
    promisified_.emplace(ast_.TextOf(ast_.As<Member>(target).name()));
  }
}

// `performance.createObserver((entryList) => …)`: the parameter is a list of
// entries.
void Aliases::FindObserver(NodeId id) {
  auto call = ast_.As<Call>(id);
  auto arguments = ast_.Items(call.arguments());
  if (arguments.empty() || CalleeName(call.callee()) != "createObserver") {
    return;
  }
  std::optional<Alias> alias = Of(call.callee());
  ListId parameters = ListId::kEmpty;
  if (ast_.Is(arguments[0], Kind::kArrow)) {
    parameters = ast_.As<Arrow>(arguments[0]).parameters();
  } else if (ast_.Is(arguments[0], Kind::kFunction)) {
    parameters = ast_.As<Function>(arguments[0]).parameters();
  }
  auto items = ast_.Items(parameters);
  if (alias && !items.empty() && ast_.Is(items[0], Kind::kIdentifier)) {
    alias->path += ".entryList";
    symbols_[ast_.SymbolOf(items[0])] = {std::move(alias), false};
  }
}

// `(function (e) { e.request() }).call(this, n("543d")["default"])`, as uni-app
// for Vue 2 hands its object to a module.
void Aliases::FindWrapper(NodeId id) {
  auto call = ast_.As<Call>(id);
  auto arguments = ast_.Items(call.arguments());
  if (arguments.size() < 2 || !ast_.Is(arguments[0], Kind::kThis) ||
      !ast_.Is(call.callee(), Kind::kMember)) {
    return;
  }
  auto callee = ast_.As<Member>(call.callee());
  if (ast_.TextOf(callee.name()) != "call" ||
      !ast_.Is(callee.object(), Kind::kFunction)) {
    return;
  }
  auto parameters = ast_.Items(ast_.As<Function>(callee.object()).parameters());
  for (size_t i = 1; i < arguments.size() && i <= parameters.size(); ++i) {
    NodeId object = NodeId::kNone;
    std::string_view name;
    if (ast_.Is(arguments[i], Kind::kMember)) {
      auto member = ast_.As<Member>(arguments[i]);
      object = member.object();
      name = ast_.TextOf(member.name());
    } else if (ast_.Is(arguments[i], Kind::kIndex)) {
      auto index = ast_.As<Index>(arguments[i]);
      object = index.object();
      if (ast_.Is(index.index(), Kind::kString)) {
        name = ast_.NameTextOf(index.index());
      }
    }
    if (name == "default" && ast_.Is(object, Kind::kCall) &&
        ast_.Is(parameters[i - 1], Kind::kIdentifier)) {
      symbols_[ast_.SymbolOf(parameters[i - 1])] = {Alias{ApiRoot::kUni, {}},
                                                    false};
    }
  }
}

bool Aliases::IsNothing(NodeId id) const {
  return ast_.Is(id, Kind::kNull) ||
         (ast_.Is(id, Kind::kUnary) &&
          static_cast<UnaryOp>(ast_[id].op) == UnaryOp::kVoid) ||
         (ast_.Is(id, Kind::kIdentifier) &&
          ast_.SymbolOf(id) == SymbolId::kNone &&
          ast_.NameTextOf(id) == "undefined");
}

void Aliases::Give(Given& given, NodeId value) {
  if (IsNothing(value)) {
    return;
  }
  std::optional<Alias> alias = Of(value);
  if (!alias || (given.alias && *given.alias != *alias)) {
    given.conflict = true;
  }
  given.alias = std::move(alias);
}

bool Aliases::IsSelf(NodeId id) const {
  if (ast_.Is(id, Kind::kThis)) {
    return true;
  }
  static constexpr std::array<std::string_view, 5> kNames = {
      "that", "self", "_this", "me", "_self"};
  if (!ast_.Is(id, Kind::kIdentifier)) {
    return false;
  }
  for (std::string_view name : kNames) {
    if (ast_.NameTextOf(id) == name) {
      return true;
    }
  }
  return false;
}

void Aliases::Bind(NodeId target, NodeId value) {
  switch (ast_.KindOf(target)) {
    case Kind::kIdentifier: {
      SymbolId symbol = ast_.SymbolOf(target);
      if (symbol != SymbolId::kNone) {
        Give(symbols_[symbol], value);
      }
      return;
    }
    case Kind::kMember: {
      auto member = ast_.As<Member>(target);
      if (IsSelf(member.object())) {
        Give(members_[ast_.TextOf(member.name())], value);
      }
      return;
    }
    case Kind::kObjectPattern: {
      std::optional<Alias> whole = Of(value);
      if (whole) {
        BindPattern(target, *whole);
      }
      return;
    }
    default:
      return;
  }
}

void Aliases::BindPattern(NodeId pattern, const Alias& whole) {
  for (NodeId property :
       ast_.Items(ast_.As<ObjectPattern>(pattern).properties())) {
    if (!ast_.Is(property, Kind::kProperty)) {
      continue;
    }
    auto view = ast_.As<Property>(property);
    const std::string name = ConstantKey(ast_, property, view.key());
    NodeId local = view.value();
    if (ast_.Is(local, Kind::kDefaultPattern)) {
      local = ast_.As<DefaultPattern>(local).target();
    }
    if (name.empty() || !ast_.Is(local, Kind::kIdentifier)) {
      continue;
    }
    Alias part = whole;
    if (whole.path == kVendor) {
      if (name != "index") {
        continue;
      }
      part.path.clear();
    } else if (!whole.IsWhole() && !whole.IsPart()) {
      continue;
    } else {
      part.path += whole.IsWhole() ? name : "." + name;
    }
    symbols_[ast_.SymbolOf(local)] = {std::move(part), false};
  }
}

// `import Taro from '@tarojs/taro'` and named imports from it.
void Aliases::BindImport(NodeId id) {
  auto import = ast_.As<Import>(id);
  if (!ast_.Is(import.source(), Kind::kString) ||
      ast_.NameTextOf(import.source()) != "@tarojs/taro") {
    return;
  }
  auto bind = [this](NodeId local, std::string path) {
    symbols_[ast_.SymbolOf(local)] = {Alias{ApiRoot::kTaro, std::move(path)},
                                      false};
  };
  for (NodeId specifier : ast_.Items(import.specifiers())) {
    switch (ast_.KindOf(specifier)) {
      case Kind::kImportDefault:
        bind(ast_.As<ImportDefault>(specifier).local(), {});
        break;
      case Kind::kImportNamespace:
        bind(ast_.As<ImportNamespace>(specifier).local(), {});
        break;
      case Kind::kImportSpecifier: {
        auto view = ast_.As<ImportSpecifier>(specifier);
        bind(view.local(), std::string(ast_.NameTextOf(view.imported())));
        break;
      }
      default:
        break;
    }
  }
}

std::string_view Aliases::CalleeName(NodeId callee) const {
  switch (ast_.KindOf(callee)) {
    case Kind::kIdentifier:
      return ast_.NameTextOf(callee);
    case Kind::kMember:
      return ast_.TextOf(ast_.As<Member>(callee).name());
    case Kind::kSequence: {
      // `(0, lib.promisify)(…)`, as compiled imports read.
      auto items = ast_.Items(ast_.As<Sequence>(callee).expressions());
      return items.empty() ? std::string_view() : CalleeName(items.back());
    }
    default:
      return {};
  }
}

std::optional<Alias> Aliases::OfIdentifier(NodeId id) const {
  const std::string_view name = ast_.NameTextOf(id);
  const SymbolId symbol = ast_.SymbolOf(id);
  if (symbol == SymbolId::kNone) {
    return RootOf(name);
  }
  auto found = symbols_.find(symbol);
  if (found != symbols_.end() && !found->second.conflict &&
      found->second.alias) {
    return found->second.alias;
  }
  // Webpack hands `uni` in as a parameter.
  if (name == "uni" && ast_[symbol].kind == SymbolKind::kParameter) {
    return Alias{ApiRoot::kUni, {}};
  }
  if (name.starts_with(kTaroImport) && !name.ends_with("_default")) {
    return Alias{ApiRoot::kTaro, {}};
  }
  return std::nullopt;
}

std::optional<Alias> Aliases::OfCall(NodeId id) const {
  auto call = ast_.As<Call>(id);
  NodeId callee = call.callee();
  auto arguments = ast_.Items(call.arguments());
  if (ast_.Is(callee, Kind::kIdentifier)) {
    const std::string_view name = ast_.NameTextOf(callee);
    if (name.starts_with(kTaroImport) && name.ends_with("_default")) {
      return Alias{ApiRoot::kTaro, {}};
    }
    if (name == "require" && arguments.size() == 1 &&
        ast_.Is(arguments[0], Kind::kString)) {
      const std::string_view module = ast_.NameTextOf(arguments[0]);
      if (module == "@tarojs/taro") {
        return Alias{ApiRoot::kTaro, {}};
      }
      if (module.ends_with("common/vendor.js")) {
        return Alias{ApiRoot::kUni, std::string(kVendor)};
      }
    }
  }
  if (ast_.Is(callee, Kind::kMember) && arguments.size() == 1 &&
      ast_.Is(arguments[0], Kind::kIdentifier) &&
      ast_.TextOf(ast_.As<Member>(callee).name()) == "n") {
    // `require.n` takes its module from a parameter of webpack's.
    NodeId object = ast_.As<Member>(callee).object();
    if (ast_.Is(object, Kind::kIdentifier) &&
        ast_.SymbolOf(object) != SymbolId::kNone &&
        ast_[ast_.SymbolOf(object)].kind == SymbolKind::kParameter) {
      return Alias{ApiRoot::kTaro, std::string(kGetter)};
    }
  }
  if (!arguments.empty() &&
      CalleeName(callee).find("romisif") != std::string_view::npos) {
    std::optional<Alias> whole = Of(arguments[0]);
    if (whole && whole->IsWhole()) {
      return whole;
    }
  }
  std::optional<Alias> alias = Of(callee);
  if (!alias) {
    return std::nullopt;
  }
  if (alias->path == kGetter) {
    alias->path.clear();
    return alias;
  }
  if (!alias->IsPart() || alias->path.ends_with(')') ||
      alias->path.size() > kMaxPath) {
    return std::nullopt;
  }
  alias->path += "()";
  return alias;
}

std::optional<Alias> Aliases::MemberOf(NodeId object,
                                       std::string_view name) const {
  // `globalThis.wx`, `global.wx`.
  if (ast_.Is(object, Kind::kIdentifier) &&
      ast_.SymbolOf(object) == SymbolId::kNone) {
    const std::string_view text = ast_.NameTextOf(object);
    if (text == "globalThis" || text == "global" || text == "window") {
      return RootOf(name);
    }
  }
  if (IsSelf(object)) {
    auto found = members_.find(name);
    if (found != members_.end() && !found->second.conflict) {
      return found->second.alias;
    }
  }
  std::optional<Alias> whole = Of(object);
  if (!whole) {
    return std::nullopt;
  }
  if (whole->path == kVendor) {
    if (name != "index") {
      return std::nullopt;
    }
    whole->path.clear();
    return whole;
  }
  if (whole->path == kGetter) {
    // `getter.a` is the same as `getter()`.
    whole->path.clear();
    return name == "a" ? whole : std::nullopt;
  }
  if (whole->IsWhole()) {
    // `require('@tarojs/taro').default`, as compiled imports read.
    if ((whole->root == ApiRoot::kTaro && (name == "default" || name == "a")) ||
        promisified_.find(name) != promisified_.end()) {
      return whole;
    }
    whole->path = name;
    return whole;
  }
  if (whole->path.size() > kMaxPath) {
    return std::nullopt;
  }
  whole->path += '.';
  whole->path += name;
  return whole;
}

std::optional<Alias> Aliases::Of(NodeId id) const {
  switch (ast_.KindOf(id)) {
    case Kind::kIdentifier:
      return OfIdentifier(id);
    case Kind::kMember: {
      auto member = ast_.As<Member>(id);
      return MemberOf(member.object(), ast_.TextOf(member.name()));
    }
    case Kind::kIndex: {
      auto index = ast_.As<Index>(id);
      return ast_.Is(index.index(), Kind::kString)
                 ? MemberOf(index.object(), ast_.NameTextOf(index.index()))
                 : std::nullopt;
    }
    case Kind::kChain:
      return Of(ast_.As<Chain>(id).expression());
    case Kind::kCall:
      return OfCall(id);
    case Kind::kAssign:
      return Of(ast_.As<Assign>(id).value());
    case Kind::kSequence: {
      auto items = ast_.Items(ast_.As<Sequence>(id).expressions());
      return items.empty() ? std::nullopt : Of(items.back());
    }
    default:
      return std::nullopt;
  }
}

}  // namespace fcc::js
