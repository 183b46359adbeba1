// SPDX-License-Identifier: Apache-2.0

#include "compiler/js/facts/facts.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "compiler/js/facts/aliases.h"
#include "compiler/js/facts/builtins.h"
#include "compiler/js/facts/guards.h"
#include "compiler/js/facts/objects.h"
#include "compiler/js/facts/texts.h"

namespace fcc::js {

namespace {

class Collector {
 public:
  explicit Collector(const Ast& ast)
      : ast_(ast), aliases_(ast), tests_(ast, aliases_) {}

  ScriptFacts Run() {
    Visit(ast_.root());
    CollectBuiltins(ast_, facts_);
    return std::move(facts_);
  }

 private:
  std::optional<Alias> AliasOf(NodeId id) const { return aliases_.Of(id); }

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
  void VisitTest(NodeId test) { VisitGuarded(test, tests_.Mentioned(test)); }

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
          Guards more = tests_.Negative(view.test());
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
        VisitGuarded(view.consequent(), tests_.Positive(view.test()));
        VisitGuarded(view.alternate(), tests_.Negative(view.test()));
        return;
      }
      case Kind::kConditional: {
        auto view = ast_.As<Conditional>(id);
        VisitTest(view.test());
        VisitGuarded(view.consequent(), tests_.Positive(view.test()));
        VisitGuarded(view.alternate(), tests_.Negative(view.test()));
        return;
      }
      case Kind::kBinary: {
        auto op = static_cast<BinaryOp>(ast_[id].op);
        auto view = ast_.As<Binary>(id);
        if (op == BinaryOp::kLogicalAnd) {
          VisitTest(view.left());
          VisitGuarded(view.right(), tests_.Positive(view.left()));
          return;
        }
        if (op == BinaryOp::kLogicalOr || op == BinaryOp::kCoalesce) {
          VisitTest(view.left());
          VisitGuarded(view.right(), tests_.Negative(view.left()));
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
        const int caught = view.handler() != NodeId::kNone ? 1 : 0;
        tries_ += caught;
        Visit(view.block());
        tries_ -= caught;
        if (view.handler() != NodeId::kNone) {
          Visit(view.handler());
        }
        if (view.finalizer() != NodeId::kNone) {
          Visit(view.finalizer());
        }
        return;
      }
      case Kind::kImport:
        // Names that it declares are no uses.
        return;
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
        if (!VisitDeclarator(id)) {
          VisitGiven(ast_.As<Declarator>(id).target(),
                     ast_.As<Declarator>(id).value());
        }
        return;
      case Kind::kMember:
      case Kind::kIndex:
        if (AddUse(id) || AddDataRead(id)) {
          return;
        }
        break;
      case Kind::kIdentifier:
        if (AddUse(id)) {
          return;
        }
        break;
      case Kind::kString:
        AddText(id, ast_.NameTextOf(id));
        return;
      case Kind::kTemplate:
        AddText(id, ConstantPrefix(ast_, id));
        break;
      case Kind::kProperty:
        VisitProperty(id);
        return;
      case Kind::kFunction:
      case Kind::kFunctionDeclaration:
      case Kind::kArrow:
        VisitFunction(id);
        return;
      case Kind::kFor:
      case Kind::kForIn:
      case Kind::kForOf:
      case Kind::kWhile:
      case Kind::kDoWhile:
        ++loops_;
        ForEachChild(ast_, id, [this](NodeId child) { Visit(child); });
        --loops_;
        return;
      default:
        break;
    }
    ForEachChild(ast_, id, [this](NodeId child) { Visit(child); });
  }

  // ---- Where the walk is ----

  bool OnStart() const {
    return functions_ == 0 || (functions_ == 1 && method_ == "onLaunch");
  }

  void VisitFunction(NodeId id) {
    const int loops = std::exchange(loops_, 0);
    const int tries = std::exchange(tries_, 0);
    ++functions_;
    ForEachChild(ast_, id, [this](NodeId child) { Visit(child); });
    --functions_;
    loops_ = loops;
    tries_ = tries;
  }

  void VisitProperty(NodeId id) {
    auto view = ast_.As<Property>(id);
    std::string key = ConstantKey(ast_, id, view.key());
    if (key.empty()) {
      Visit(view.key());
    }
    if (key == "extApi") {
      ReadHostFunctions(ast_, view.value(), facts_.host_functions);
    }
    std::string before =
        functions_ == 0 ? std::exchange(method_, key) : method_;
    std::string name = std::exchange(given_to_, std::move(key));
    Visit(view.value());
    given_to_ = std::move(name);
    method_ = std::move(before);
  }

  // ---- Texts ----

  void AddText(NodeId id, std::string_view text) {
    if (std::optional<TextKind> kind = ClassifyText(text, given_to_)) {
      facts_.texts.push_back(
          {*kind, std::string(text), given_to_, ast_[id].span});
    }
  }

  // ---- Reads of data ----

  bool IsDataMember(NodeId id) const {
    if (!ast_.Is(id, Kind::kMember)) {
      return false;
    }
    std::string_view name = ast_.TextOf(ast_.As<Member>(id).name());
    return name == "data" || name == "properties";
  }

  // `x.data.name`; `x.data` alone, of `this` or something like it, may be read
  // for any name.
  bool AddDataRead(NodeId id) {
    if (ast_.Is(id, Kind::kMember) &&
        IsDataMember(ast_.As<Member>(id).object())) {
      auto member = ast_.As<Member>(id);
      facts_.data_reads.emplace_back(ast_.TextOf(member.name()));
      Visit(ast_.As<Member>(member.object()).object());
      return true;
    }
    if (ast_.Is(id, Kind::kIndex) &&
        IsDataMember(ast_.As<Index>(id).object())) {
      auto index = ast_.As<Index>(id);
      if (ast_.Is(index.index(), Kind::kString)) {
        facts_.data_reads.emplace_back(ast_.NameTextOf(index.index()));
      } else {
        facts_.data_reads_open = true;
      }
      return false;
    }
    if (IsDataMember(id)) {
      NodeId object = ast_.As<Member>(id).object();
      facts_.data_reads_open = facts_.data_reads_open ||
                               ast_.Is(object, Kind::kThis) ||
                               ast_.Is(object, Kind::kIdentifier);
    }
    return false;
  }

  // `const {a, b} = this.data`.
  bool VisitDataPattern(NodeId pattern, NodeId value) {
    if (!IsDataMember(value)) {
      return false;
    }
    for (NodeId property :
         ast_.Items(ast_.As<ObjectPattern>(pattern).properties())) {
      std::string key =
          ast_.Is(property, Kind::kProperty)
              ? ConstantKey(ast_, property, ast_.As<Property>(property).key())
              : std::string();
      if (key.empty()) {
        facts_.data_reads_open = true;
      } else {
        facts_.data_reads.push_back(std::move(key));
      }
    }
    Visit(pattern);
    return true;
  }

  // True when `id` is a use of a platform function. A name that is optional
  // (`wx.x?.()`) guards itself.
  bool AddUse(NodeId id, const std::span<const NodeId>* arguments = nullptr,
              bool optional = false) {
    std::optional<Alias> alias = AliasOf(id);
    if (!alias || !alias->IsPart()) {
      return false;
    }
    const size_t end =
        std::min(alias->path.find_first_of(".("), alias->path.size());
    ApiUse use;
    use.root = alias->root;
    use.name = alias->path.substr(0, end);
    use.rest = alias->path.substr(end);
    use.span = NameSpanOf(id);
    use.is_call = arguments != nullptr;
    use.caught = tries_ > 0;
    // `wx.x?.y` asks for wx.x.
    use.guarded = optional || IsGuarded(use.name) || IsGuarded(alias->path) ||
                  (!use.rest.empty() && ast_[id].Has(flag::kOptional));
    use.on_start = OnStart();
    if (arguments != nullptr) {
      ReadArguments(ast_, *arguments, use);
    }
    facts_.apis.push_back(std::move(use));
    VisitHolder(id);
    return true;
  }

  // What a name was taken from, where that does something: the call in
  // `wx.createMapContext().addMarkers`.
  void VisitHolder(NodeId id) {
    while (true) {
      switch (ast_.KindOf(id)) {
        case Kind::kMember:
          id = ast_.As<Member>(id).object();
          break;
        case Kind::kIndex:
          id = ast_.As<Index>(id).object();
          break;
        case Kind::kChain:
          id = ast_.As<Chain>(id).expression();
          break;
        case Kind::kIdentifier:
        case Kind::kThis:
          return;
        default:
          Visit(id);
          return;
      }
    }
  }

  // `const {a, b} = wx`.
  bool VisitDeclarator(NodeId id) {
    auto view = ast_.As<Declarator>(id);
    if (view.value() == NodeId::kNone ||
        !ast_.Is(view.target(), Kind::kObjectPattern)) {
      return false;
    }
    std::optional<Alias> whole = AliasOf(view.value());
    if (!whole || !whole->IsWhole()) {
      return VisitDataPattern(view.target(), view.value());
    }
    // Taking a name is no use: those of the local name count.
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
    VisitGiven(view.target(), view.value());
  }

  // A value, with the name of what it is given to.
  void VisitGiven(NodeId target, NodeId value) {
    if (ast_.Is(target, Kind::kIdentifier)) {
      // `const add = wx.addCard`: the uses of the local name count.
      std::optional<Alias> alias = AliasOf(target);
      if (alias && alias->IsPart() && IsPartOnly(alias) &&
          value != NodeId::kNone && AliasOf(value) == alias) {
        return;
      }
    } else if (!ast_.Is(target, Kind::kObjectPattern) ||
               value == NodeId::kNone || !AliasOf(value)) {
      // `const {shared} = wx.worklet` takes names and uses none.
      Visit(target);
    }
    if (value == NodeId::kNone) {
      return;
    }
    std::string name;
    if (ast_.Is(target, Kind::kIdentifier)) {
      name = ast_.NameTextOf(target);
    } else if (ast_.Is(target, Kind::kMember)) {
      name = ast_.TextOf(ast_.As<Member>(target).name());
    }
    std::string before = std::exchange(given_to_, std::move(name));
    Visit(value);
    given_to_ = std::move(before);
  }

  void VisitNew(NodeId id) {
    auto view = ast_.As<New>(id);
    if (IsGlobal(ast_, view.callee(), "Function")) {
      facts_.dynamic_code.push_back({"Function", ast_[view.callee()].span});
    }
    ForEachChild(ast_, id, [this](NodeId child) { Visit(child); });
  }

  void VisitCall(NodeId id) {
    auto view = ast_.As<Call>(id);
    auto arguments = ast_.Items(view.arguments());
    NodeId callee = view.callee();
    for (std::string_view name : {"eval", "Function"}) {
      if (IsGlobal(ast_, callee, name)) {
        facts_.dynamic_code.push_back({std::string(name), ast_[callee].span});
      }
    }
    if (std::optional<Definition> definition =
            ReadDefinition(ast_, callee, arguments)) {
      facts_.definitions.push_back(*std::move(definition));
    }
    if (std::optional<SetDataCall> call =
            ReadSetData(ast_, callee, arguments)) {
      call->in_loop = loops_ > 0;
      facts_.set_data.push_back(*std::move(call));
    }
    AddNamedCall(id, callee, arguments);
    std::optional<Alias> alias = AliasOf(callee);
    if (alias && alias->IsPart()) {
      NodeId options =
          !arguments.empty() && ast_.Is(arguments[0], Kind::kObject)
              ? arguments[0]
              : NodeId::kNone;
      AddRoute(alias->path, options);
      AddUse(callee, &arguments, ast_[id].Has(flag::kOptional));
    } else {
      Visit(callee);
    }
    // What forEach is given runs once an item.
    const bool each = ast_.Is(callee, Kind::kMember) &&
                      ast_.TextOf(ast_.As<Member>(callee).name()) == "forEach";
    for (NodeId argument : arguments) {
      Kind kind = ast_.KindOf(argument);
      if (each && (kind == Kind::kFunction || kind == Kind::kArrow)) {
        const int loops = std::exchange(loops_, 1);
        ++functions_;
        ForEachChild(ast_, argument, [this](NodeId child) { Visit(child); });
        --functions_;
        loops_ = loops;
      } else {
        Visit(argument);
      }
    }
  }

  // Calls that are told by their name alone.
  void AddNamedCall(NodeId id, NodeId callee,
                    std::span<const NodeId> arguments) {
    if (IsGlobal(ast_, callee, "setInterval")) {
      facts_.intervals.push_back({"setInterval", ast_[callee].span});
    } else if (IsGlobal(ast_, callee, "clearInterval")) {
      facts_.clears_intervals = true;
    }
    if (!ast_.Is(callee, Kind::kMember)) {
      return;
    }
    std::string_view name = ast_.TextOf(ast_.As<Member>(callee).name());
    if (name == "createPath2D" || name == "closeTwoLevel" ||
        name == "triggerTwoLevel") {
      facts_.telling_calls.push_back({std::string(name), NameSpanOf(callee)});
    }
    if (arguments.empty()) {
      return;
    }
    const bool constant = ast_.Is(arguments[0], Kind::kString);
    if (name == "triggerEvent" || name == "$emit") {
      if (constant) {
        facts_.triggered.emplace_back(ast_.NameTextOf(arguments[0]));
      } else {
        facts_.triggered_open = true;
      }
    } else if (name == "getContext" && constant) {
      facts_.canvas_contexts.push_back(
          {std::string(ast_.NameTextOf(arguments[0])), ast_[id].span});
    }
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
      if (ConstantKey(ast_, property, view.key()) != "url") {
        continue;
      }
      // Of a template or a sum the part before the first unknown one is enough
      // when it has reached the query.
      std::string url = ConstantPrefix(ast_, view.value());
      bool whole = ast_.Is(view.value(), Kind::kString);
      if (whole || url.find('?') != std::string::npos) {
        facts_.routes.push_back(
            {std::string(function), std::move(url), ast_[view.value()].span});
      }
    }
  }

  const Ast& ast_;
  Aliases aliases_;
  Tests tests_;
  ScriptFacts facts_;
  Guards guards_;
  // Functions round the walk; loops, and `try` with a handler, round it in the
  // innermost one.
  int functions_ = 0;
  int loops_ = 0;
  int tries_ = 0;
  // Key of the outermost function; name that the value at hand is given to.
  std::string method_;
  std::string given_to_;
};

}  // namespace

ScriptFacts CollectFacts(const Ast& ast) {
  return Collector(ast).Run();
}

}  // namespace fcc::js
