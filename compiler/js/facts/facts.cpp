// SPDX-License-Identifier: Apache-2.0

#include "compiler/js/facts/facts.h"

#include <algorithm>
#include <optional>
#include <unordered_map>

namespace fcc::js {

namespace {

// What a name in the file stands for, where that can be told.
struct Alias {
  ApiRoot root = ApiRoot::kWx;
  // Empty: the whole object; else one function of it.
  std::string name;
};

// Names that are there while something runs: `wx.name` was tested for. "*"
// stands for any name (a computed test).
using Guards = std::vector<std::string>;

class Collector {
 public:
  explicit Collector(const Ast& ast) : ast_(ast) {}

  ScriptFacts Run() {
    FindAliases(ast_.root());
    Visit(ast_.root());
    return std::move(facts_);
  }

 private:
  // ---- Aliases: one walk before the other, because functions may use a name
  // above its declaration. ----

  void FindAliases(NodeId id) {
    switch (ast_.KindOf(id)) {
      case Kind::kDeclarator: {
        auto declarator = ast_.As<Declarator>(id);
        if (declarator.value() != NodeId::kNone) {
          Bind(declarator.target(), declarator.value());
        }
        break;
      }
      case Kind::kImport:
        BindImport(id);
        break;
      default:
        break;
    }
    ForEachChild(ast_, id, [this](NodeId child) { FindAliases(child); });
  }

  void Bind(NodeId target, NodeId value) {
    if (ast_.Is(target, Kind::kIdentifier)) {
      SymbolId symbol = ast_.SymbolOf(target);
      if (symbol == SymbolId::kNone ||
          ast_[symbol].Has(symbol_flag::kReassigned)) {
        return;
      }
      if (std::optional<Alias> alias = AliasOf(value)) {
        aliases_[symbol] = *alias;
        return;
      }
      Guards guards = PositiveGuards(value);
      if (!guards.empty()) {
        tested_[symbol] = std::move(guards);
      }
    } else if (ast_.Is(target, Kind::kObjectPattern)) {
      std::optional<Alias> whole = AliasOf(value);
      if (!whole || !whole->name.empty()) {
        return;
      }
      for (NodeId property :
           ast_.Items(ast_.As<ObjectPattern>(target).properties())) {
        if (!ast_.Is(property, Kind::kProperty)) {
          continue;
        }
        auto view = ast_.As<Property>(property);
        std::string name = KeyText(property, view.key());
        NodeId local = view.value();
        if (ast_.Is(local, Kind::kDefaultPattern)) {
          local = ast_.As<DefaultPattern>(local).target();
        }
        if (!name.empty() && ast_.Is(local, Kind::kIdentifier)) {
          aliases_[ast_.SymbolOf(local)] = {whole->root, name};
        }
      }
    }
  }

  // `import Taro from '@tarojs/taro'` and named imports from it.
  void BindImport(NodeId id) {
    auto import = ast_.As<Import>(id);
    if (!ast_.Is(import.source(), Kind::kString) ||
        ast_.NameTextOf(import.source()) != "@tarojs/taro") {
      return;
    }
    for (NodeId specifier : ast_.Items(import.specifiers())) {
      switch (ast_.KindOf(specifier)) {
        case Kind::kImportDefault:
          aliases_[ast_.SymbolOf(ast_.As<ImportDefault>(specifier).local())] = {
              ApiRoot::kTaro, {}};
          break;
        case Kind::kImportNamespace:
          aliases_[ast_.SymbolOf(ast_.As<ImportNamespace>(specifier).local())] =
              {ApiRoot::kTaro, {}};
          break;
        case Kind::kImportSpecifier: {
          auto view = ast_.As<ImportSpecifier>(specifier);
          aliases_[ast_.SymbolOf(view.local())] = {
              ApiRoot::kTaro, std::string(ast_.NameTextOf(view.imported()))};
          break;
        }
        default:
          break;
      }
    }
  }

  // `wx`, `wx.request`, `wx['request']`, or a name that stands for one.
  std::optional<Alias> AliasOf(NodeId id) const {
    switch (ast_.KindOf(id)) {
      case Kind::kIdentifier: {
        SymbolId symbol = ast_.SymbolOf(id);
        if (symbol != SymbolId::kNone) {
          auto found = aliases_.find(symbol);
          return found == aliases_.end() ? std::nullopt
                                         : std::optional(found->second);
        }
        return RootOf(ast_.NameTextOf(id));
      }
      case Kind::kMember: {
        auto member = ast_.As<Member>(id);
        return MemberOf(member.object(), ast_.TextOf(member.name()));
      }
      case Kind::kIndex: {
        auto index = ast_.As<Index>(id);
        if (ast_.Is(index.index(), Kind::kString)) {
          return MemberOf(index.object(), ast_.NameTextOf(index.index()));
        }
        return std::nullopt;
      }
      case Kind::kChain:
        return AliasOf(ast_.As<Chain>(id).expression());
      default:
        return std::nullopt;
    }
  }

  std::optional<Alias> MemberOf(NodeId object, std::string_view name) const {
    // `require('@tarojs/taro').default`, as compiled imports read.
    if (name == "default" || name == "a") {
      std::optional<Alias> whole = AliasOf(object);
      if (whole && whole->root == ApiRoot::kTaro && whole->name.empty()) {
        return whole;
      }
    }
    // `globalThis.wx`, `global.wx`.
    if (ast_.Is(object, Kind::kIdentifier) &&
        ast_.SymbolOf(object) == SymbolId::kNone) {
      std::string_view text = ast_.NameTextOf(object);
      if (text == "globalThis" || text == "global" || text == "window") {
        return RootOf(name);
      }
    }
    std::optional<Alias> whole = AliasOf(object);
    if (!whole || !whole->name.empty()) {
      return std::nullopt;
    }
    whole->name = name;
    return whole;
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

  // The name that a member or index node takes from its object.
  base::Span NameSpanOf(NodeId id) const {
    const Node& node = ast_[id];
    if (node.kind == Kind::kMember) {
      auto member = ast_.As<Member>(id);
      uint32_t begin = member.name_begin();
      uint32_t size = static_cast<uint32_t>(ast_.TextOf(member.name()).size());
      return begin == 0 ? node.span : base::Span{begin, begin + size};
    }
    if (node.kind == Kind::kIndex) {
      return ast_[ast_.As<Index>(id).index()].span;
    }
    return node.span;
  }

  // ---- Guards ----

  // Names that are there when `test` is true.
  Guards PositiveGuards(NodeId test) const {
    Guards guards;
    AddPositive(test, guards);
    return guards;
  }

  void AddPositive(NodeId test, Guards& guards) const {
    switch (ast_.KindOf(test)) {
      case Kind::kIdentifier: {
        auto found = tested_.find(ast_.SymbolOf(test));
        if (found != tested_.end() && ast_.SymbolOf(test) != SymbolId::kNone) {
          guards.insert(guards.end(), found->second.begin(),
                        found->second.end());
          return;
        }
        break;
      }
      case Kind::kBinary: {
        auto op = static_cast<BinaryOp>(ast_[test].op);
        auto binary = ast_.As<Binary>(test);
        // Of `a || b` neither is sure, but a test that asks for one of two
        // names does care: both count.
        if (op == BinaryOp::kLogicalAnd || op == BinaryOp::kLogicalOr ||
            op == BinaryOp::kCoalesce) {
          AddPositive(binary.left(), guards);
          AddPositive(binary.right(), guards);
        } else {
          // `typeof wx.x === 'function'`, `wx.x !== undefined`, `'x' in wx`.
          AddMentioned(test, guards);
        }
        return;
      }
      case Kind::kUnary:
        if (static_cast<UnaryOp>(ast_[test].op) == UnaryOp::kNot) {
          auto unary = ast_.As<Unary>(test);
          // `!!wx.x`
          if (ast_.Is(unary.argument(), Kind::kUnary)) {
            AddPositive(ast_.As<Unary>(unary.argument()).argument(), guards);
          }
          return;
        }
        break;
      case Kind::kCall:
      case Kind::kChain:
        AddMentioned(test, guards);
        return;
      default:
        break;
    }
    if (std::optional<Alias> alias = AliasOf(test)) {
      if (!alias->name.empty()) {
        guards.push_back(alias->name);
      }
    }
  }

  // Every platform name that a test mentions, `canIUse` arguments included.
  void AddMentioned(NodeId id, Guards& guards) const {
    if (ast_.Is(id, Kind::kCall)) {
      auto call = ast_.As<Call>(id);
      std::optional<Alias> callee = AliasOf(call.callee());
      auto arguments = ast_.Items(call.arguments());
      if (callee && callee->name == "canIUse" && !arguments.empty()) {
        if (ast_.Is(arguments[0], Kind::kString)) {
          // "getSystemInfoSync.return.screenWidth": the first word is the name.
          std::string_view text = ast_.NameTextOf(arguments[0]);
          guards.emplace_back(text.substr(0, text.find('.')));
          guards.emplace_back(text);
        } else {
          guards.emplace_back("*");
        }
        return;
      }
    }
    if (std::optional<Alias> alias = AliasOf(id)) {
      if (!alias->name.empty()) {
        guards.push_back(alias->name);
      }
      return;
    }
    if (ast_.Is(id, Kind::kBinary) &&
        static_cast<BinaryOp>(ast_[id].op) == BinaryOp::kIn) {
      auto binary = ast_.As<Binary>(id);
      if (ast_.Is(binary.left(), Kind::kString)) {
        guards.emplace_back(ast_.NameTextOf(binary.left()));
      }
    }
    // A version compared (`compareVersion(v, '2.0') >= 0`) guards anything.
    if (ast_.Is(id, Kind::kIdentifier) &&
        ast_.NameTextOf(id).find("ersion") != std::string_view::npos) {
      guards.emplace_back("*");
    }
    ForEachChild(ast_, id, [&](NodeId child) { AddMentioned(child, guards); });
  }

  // Names that are there when `test` is false: `!wx.x`.
  Guards NegativeGuards(NodeId test) const {
    Guards guards;
    if (ast_.Is(test, Kind::kUnary) &&
        static_cast<UnaryOp>(ast_[test].op) == UnaryOp::kNot) {
      AddPositive(ast_.As<Unary>(test).argument(), guards);
    } else if (ast_.Is(test, Kind::kBinary)) {
      auto op = static_cast<BinaryOp>(ast_[test].op);
      auto binary = ast_.As<Binary>(test);
      if (op == BinaryOp::kLogicalOr) {
        guards = NegativeGuards(binary.left());
        Guards right = NegativeGuards(binary.right());
        guards.insert(guards.end(), right.begin(), right.end());
      } else if (op == BinaryOp::kStrictEqual || op == BinaryOp::kEqual ||
                 op == BinaryOp::kLess) {
        AddMentioned(test, guards);
      }
    }
    return guards;
  }

  bool IsGuarded(std::string_view name) const {
    return std::any_of(guards_.begin(), guards_.end(),
                       [name](const std::string& guard) {
                         return guard == "*" || guard == name;
                       });
  }

  // Visits with more names known to be there.
  void VisitGuarded(NodeId id, const Guards& more) {
    if (id == NodeId::kNone) {
      return;
    }
    size_t before = guards_.size();
    guards_.insert(guards_.end(), more.begin(), more.end());
    Visit(id);
    guards_.resize(before);
  }

  // A test is no use: it is how one finds out.
  void VisitTest(NodeId test) { VisitGuarded(test, Tested(test)); }
  Guards Tested(NodeId test) const {
    Guards guards;
    AddMentioned(test, guards);
    return guards;
  }

  static bool Leaves(Kind kind) {
    return kind == Kind::kReturn || kind == Kind::kThrow ||
           kind == Kind::kBreak || kind == Kind::kContinue;
  }

  // True when control never goes past the statement.
  bool AlwaysLeaves(NodeId statement) const {
    Kind kind = ast_.KindOf(statement);
    if (Leaves(kind)) {
      return true;
    }
    if (kind == Kind::kBlock) {
      auto body = ast_.Items(ast_.As<Block>(statement).body());
      return !body.empty() && AlwaysLeaves(body.back());
    }
    return false;
  }

  // `if (!wx.x) return;` guards what follows in the list.
  void VisitStatements(ListId list) {
    size_t before = guards_.size();
    for (NodeId statement : ast_.Items(list)) {
      Visit(statement);
      if (ast_.Is(statement, Kind::kIf)) {
        auto view = ast_.As<If>(statement);
        if (AlwaysLeaves(view.consequent())) {
          Guards more = NegativeGuards(view.test());
          guards_.insert(guards_.end(), more.begin(), more.end());
        }
      }
    }
    guards_.resize(before);
  }

  // ---- The walk ----

  void Visit(NodeId id) {
    switch (ast_.KindOf(id)) {
      case Kind::kProgram:
        VisitStatements(ast_.As<Program>(id).body());
        return;
      case Kind::kBlock:
        VisitStatements(ast_.As<Block>(id).body());
        return;
      case Kind::kIf: {
        auto view = ast_.As<If>(id);
        VisitTest(view.test());
        VisitGuarded(view.consequent(), PositiveGuards(view.test()));
        VisitGuarded(view.alternate(), NegativeGuards(view.test()));
        return;
      }
      case Kind::kConditional: {
        auto view = ast_.As<Conditional>(id);
        VisitTest(view.test());
        VisitGuarded(view.consequent(), PositiveGuards(view.test()));
        VisitGuarded(view.alternate(), NegativeGuards(view.test()));
        return;
      }
      case Kind::kBinary: {
        auto op = static_cast<BinaryOp>(ast_[id].op);
        auto view = ast_.As<Binary>(id);
        if (op == BinaryOp::kLogicalAnd) {
          VisitTest(view.left());
          VisitGuarded(view.right(), PositiveGuards(view.left()));
          return;
        }
        if (op == BinaryOp::kLogicalOr || op == BinaryOp::kCoalesce) {
          VisitTest(view.left());
          VisitGuarded(view.right(), NegativeGuards(view.left()));
          return;
        }
        break;
      }
      case Kind::kUnary:
        if (static_cast<UnaryOp>(ast_[id].op) == UnaryOp::kTypeOf ||
            static_cast<UnaryOp>(ast_[id].op) == UnaryOp::kNot) {
          VisitTest(ast_.As<Unary>(id).argument());
          return;
        }
        break;
      case Kind::kTry: {
        // What may be missing is often just tried.
        auto view = ast_.As<Try>(id);
        Visit(view.block());
        if (view.handler() != NodeId::kNone) {
          Visit(view.handler());
        }
        if (view.finalizer() != NodeId::kNone) {
          Visit(view.finalizer());
        }
        return;
      }
      case Kind::kCall:
        VisitCall(id);
        return;
      case Kind::kNew:
        VisitNew(id);
        return;
      case Kind::kAssign:
        VisitAssign(id);
        return;
      case Kind::kDeclarator:
        if (VisitDeclarator(id)) {
          return;
        }
        break;
      case Kind::kMember:
      case Kind::kIndex:
      case Kind::kIdentifier:
        if (AddUse(id, false, {})) {
          return;
        }
        break;
      default:
        break;
    }
    ForEachChild(ast_, id, [this](NodeId child) { Visit(child); });
  }

  // True when `id` is a use of a platform function. A name that is optional
  // (`wx.x?.()`) guards itself.
  bool AddUse(NodeId id, bool is_call, std::vector<std::string> options,
              bool optional = false) {
    std::optional<Alias> alias = AliasOf(id);
    if (!alias || alias->name.empty()) {
      return false;
    }
    ApiUse use;
    use.root = alias->root;
    use.name = alias->name;
    use.span = NameSpanOf(id);
    use.is_call = is_call;
    use.guarded = optional || IsGuarded(alias->name);
    use.options = std::move(options);
    facts_.apis.push_back(std::move(use));
    return true;
  }

  // `const {a, b} = wx` uses a and b where they are taken.
  bool VisitDeclarator(NodeId id) {
    auto view = ast_.As<Declarator>(id);
    if (view.value() == NodeId::kNone ||
        !ast_.Is(view.target(), Kind::kObjectPattern)) {
      return false;
    }
    std::optional<Alias> whole = AliasOf(view.value());
    if (!whole || !whole->name.empty()) {
      return false;
    }
    for (NodeId property :
         ast_.Items(ast_.As<ObjectPattern>(view.target()).properties())) {
      if (!ast_.Is(property, Kind::kProperty)) {
        continue;
      }
      auto pair = ast_.As<Property>(property);
      std::string name = KeyText(property, pair.key());
      if (!name.empty()) {
        ApiUse use;
        use.root = whole->root;
        use.name = std::move(name);
        use.span = ast_[pair.key()].span;
        // Taking a name is no call: the uses of the local name count.
        use.guarded = true;
        facts_.apis.push_back(std::move(use));
      }
    }
    return true;
  }

  void VisitAssign(NodeId id) {
    auto view = ast_.As<Assign>(id);
    if (ast_.Is(view.target(), Kind::kMember)) {
      auto member = ast_.As<Member>(view.target());
      if (ast_.Is(member.object(), Kind::kThis)) {
        facts_.assigned_to_this.emplace_back(ast_.TextOf(member.name()));
      }
      // `wx.x = …` puts it there: no use.
      if (AliasOf(view.target())) {
        Visit(view.value());
        return;
      }
    }
    Visit(view.target());
    Visit(view.value());
  }

  void VisitNew(NodeId id) {
    auto view = ast_.As<New>(id);
    if (IsGlobal(view.callee(), "Function")) {
      facts_.dynamic_code.push_back({"Function", ast_[view.callee()].span});
    }
    ForEachChild(ast_, id, [this](NodeId child) { Visit(child); });
  }

  void VisitCall(NodeId id) {
    auto view = ast_.As<Call>(id);
    auto arguments = ast_.Items(view.arguments());
    NodeId callee = view.callee();
    for (std::string_view name : {"eval", "Function"}) {
      if (IsGlobal(callee, name)) {
        facts_.dynamic_code.push_back({std::string(name), ast_[callee].span});
      }
    }
    AddDefinition(callee, arguments);
    AddSetData(callee, arguments);
    std::optional<Alias> alias = AliasOf(callee);
    if (alias && !alias->name.empty()) {
      NodeId options =
          !arguments.empty() && ast_.Is(arguments[0], Kind::kObject)
              ? arguments[0]
              : NodeId::kNone;
      AddRoute(alias->name, options);
      AddUse(callee, true, KeysOf(options), ast_[id].Has(flag::kOptional));
    } else {
      Visit(callee);
    }
    for (NodeId argument : arguments) {
      Visit(argument);
    }
  }

  bool IsGlobal(NodeId id, std::string_view name) const {
    return ast_.Is(id, Kind::kIdentifier) &&
           ast_.SymbolOf(id) == SymbolId::kNone && ast_.NameTextOf(id) == name;
  }

  // ---- Objects ----

  // The constant text of a property's key; empty when it is computed.
  std::string KeyText(NodeId property, NodeId key) const {
    bool computed = ast_[property].Has(flag::kComputed);
    switch (ast_.KindOf(key)) {
      case Kind::kName:
        return computed ? std::string() : std::string(ast_.NameTextOf(key));
      case Kind::kIdentifier:
        return computed ? std::string() : std::string(ast_.NameTextOf(key));
      case Kind::kString:
        return std::string(ast_.NameTextOf(key));
      default:
        return {};
    }
  }

  std::vector<std::string> KeysOf(NodeId object) const {
    std::vector<std::string> keys;
    if (object == NodeId::kNone) {
      return keys;
    }
    for (NodeId property : ast_.Items(ast_.As<Object>(object).properties())) {
      if (ast_.Is(property, Kind::kProperty)) {
        std::string key = KeyText(property, ast_.As<Property>(property).key());
        if (!key.empty()) {
          keys.push_back(std::move(key));
        }
      }
    }
    return keys;
  }

  // The names of an object written in place; `open` where there may be more.
  std::vector<NamedSpan> NamesOf(NodeId object, bool& open) const {
    std::vector<NamedSpan> names;
    if (!ast_.Is(object, Kind::kObject)) {
      open = true;
      return names;
    }
    for (NodeId property : ast_.Items(ast_.As<Object>(object).properties())) {
      if (!ast_.Is(property, Kind::kProperty)) {
        open = true;
        continue;
      }
      auto view = ast_.As<Property>(property);
      std::string key = KeyText(property, view.key());
      if (key.empty()) {
        open = true;
      } else {
        names.push_back({std::move(key), ast_[view.key()].span});
      }
    }
    return names;
  }

  void AddDefinition(NodeId callee, std::span<const NodeId> arguments) {
    static constexpr std::pair<std::string_view, DefinitionKind> kKinds[] = {
        {"App", DefinitionKind::kApp},
        {"Page", DefinitionKind::kPage},
        {"Component", DefinitionKind::kComponent},
        {"Behavior", DefinitionKind::kBehavior}};
    for (const auto& [name, kind] : kKinds) {
      if (!IsGlobal(callee, name)) {
        continue;
      }
      Definition definition;
      definition.kind = kind;
      definition.span = ast_[callee].span;
      if (arguments.empty() || !ast_.Is(arguments[0], Kind::kObject)) {
        definition.open_methods = definition.open_data = true;
      } else {
        ReadDefinition(arguments[0], definition);
      }
      facts_.definitions.push_back(std::move(definition));
      return;
    }
  }

  void ReadDefinition(NodeId object, Definition& definition) const {
    bool component = definition.kind == DefinitionKind::kComponent ||
                     definition.kind == DefinitionKind::kBehavior;
    for (NodeId property : ast_.Items(ast_.As<Object>(object).properties())) {
      if (!ast_.Is(property, Kind::kProperty)) {
        definition.open_methods = definition.open_data = true;
        continue;
      }
      auto view = ast_.As<Property>(property);
      std::string key = KeyText(property, view.key());
      if (key.empty()) {
        definition.open_methods = definition.open_data = true;
      } else if (key == "data") {
        definition.data = NamesOf(view.value(), definition.open_data);
      } else if (component && key == "properties") {
        definition.properties = NamesOf(view.value(), definition.open_data);
      } else if (component && key == "methods") {
        definition.methods = NamesOf(view.value(), definition.open_methods);
      } else if (key == "behaviors" || key == "mixins") {
        definition.open_methods = definition.open_data = true;
      } else if (!component) {
        definition.methods.push_back({std::move(key), ast_[view.key()].span});
      }
    }
  }

  void AddSetData(NodeId callee, std::span<const NodeId> arguments) {
    if (!ast_.Is(callee, Kind::kMember) ||
        ast_.TextOf(ast_.As<Member>(callee).name()) != "setData" ||
        arguments.empty()) {
      return;
    }
    SetDataCall call;
    call.span = ast_[callee].span;
    call.paths = NamesOf(arguments[0], call.open);
    facts_.set_data.push_back(std::move(call));
  }

  void AddRoute(std::string_view function, NodeId options) {
    static constexpr std::string_view kRoutes[] = {"navigateTo", "redirectTo",
                                                   "reLaunch", "switchTab"};
    if (options == NodeId::kNone ||
        std::find(std::begin(kRoutes), std::end(kRoutes), function) ==
            std::end(kRoutes)) {
      return;
    }
    for (NodeId property : ast_.Items(ast_.As<Object>(options).properties())) {
      if (!ast_.Is(property, Kind::kProperty)) {
        continue;
      }
      auto view = ast_.As<Property>(property);
      if (KeyText(property, view.key()) != "url") {
        continue;
      }
      // Of a template or a sum the part before the first unknown one is enough
      // when it has reached the query.
      std::string url = ConstantPrefix(view.value());
      bool whole = ast_.Is(view.value(), Kind::kString);
      if (whole || url.find('?') != std::string::npos) {
        facts_.routes.push_back(
            {std::string(function), std::move(url), ast_[view.value()].span});
      }
    }
  }

  std::string ConstantPrefix(NodeId id) const {
    switch (ast_.KindOf(id)) {
      case Kind::kString:
        return std::string(ast_.NameTextOf(id));
      case Kind::kTemplate: {
        auto quasis = ast_.Items(ast_.As<Template>(id).quasis());
        auto first = ast_.As<TemplateElement>(quasis[0]);
        return first.cooked() == NameId::kNone
                   ? std::string()
                   : std::string(ast_.TextOf(first.cooked()));
      }
      case Kind::kBinary:
        return ConstantPrefix(ast_.As<Binary>(id).left());
      default:
        return {};
    }
  }

  const Ast& ast_;
  ScriptFacts facts_;
  std::unordered_map<SymbolId, Alias> aliases_;
  // Names that hold the outcome of a test.
  std::unordered_map<SymbolId, Guards> tested_;
  Guards guards_;
};

}  // namespace

ScriptFacts CollectFacts(const Ast& ast) {
  return Collector(ast).Run();
}

}  // namespace fcc::js
