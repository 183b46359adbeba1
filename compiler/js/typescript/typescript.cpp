// SPDX-License-Identifier: Apache-2.0
//
// What TypeScript has more than types, as JavaScript: enums and namespaces
// become objects, parameter properties stores, `import x = require()` and
// `export =` CommonJS, decorators (the legacy ones) calls after their class.
//
// As TypeScript does for the targets of mini programs, a field without a value
// makes no code, and one with a value is stored, not defined.

#include <algorithm>
#include <cmath>
#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <variant>

#include "compiler/js/lower/passes.h"
#include "runtime/base/json.h"

namespace fcc::js {
namespace {

using Constant = std::variant<double, std::string>;
// Members of an enum, with the values that are known.
using EnumValues = std::unordered_map<NameId, std::optional<Constant>>;

// A namespace or an enum: all declarations of it together.
struct Merged {
  // Names that any declaration of the namespace exports.
  std::unordered_set<NameId> exports;
  // Exported namespaces and enums among them, by their place in merged_.
  std::unordered_map<NameId, uint32_t> inner;
  EnumValues values;
};

class TypeScriptPass : public Pass {
 public:
  explicit TypeScriptPass(LowerContext& shared) : Pass(shared) {
    const std::string& path = ast.file().path();
    is_typescript_ = path.ends_with(".ts") || path.ends_with(".tsx") ||
                     path.ends_with(".mts") || path.ends_with(".cts");
  }

  void CollectAll() {
    for (uint32_t at = 1; at < ast.node_count(); ++at) {
      const Kind kind = ast.KindOf(NodeId{at});
      if (kind == Kind::kTsNamespace || kind == Kind::kTsEnum) {
        CollectMerged(ast.root(), 0, false);
        return;
      }
    }
  }

 protected:
  NodeId Lower(NodeId id) override;

 private:
  void CollectMerged(NodeId id, uint32_t owner, bool exported);
  NodeId LowerEnum(NodeId id, NodeId owner);
  std::optional<Constant> Evaluate(NodeId id) const;
  std::optional<Constant> EvaluateMember(NodeId object, NameId name) const;
  NodeId LowerNamespace(NodeId id, NodeId owner);
  bool MakesCode(NodeId id) const;
  NodeId LowerIdentifier(NodeId id);
  bool IsDeclaredIn(SymbolId symbol, ScopeId scope) const;
  // `object.name`, for an Identifier `name`.
  NodeId MemberOf(NodeId object, NodeId name) {
    const base::Span span = ast[name].span;
    return ast.New<Kind::kMember>(span, ast.CloneShallow(object),
                                  ast.NameOf(name), span.begin);
  }
  // `read || (target = {})`.
  NodeId KeptOrNew(base::Span span, NodeId read, NodeId target) {
    const NodeId made = ast.NewAssign(
        span, target, ast.New<Kind::kObject>(span, ListId::kEmpty));
    return ast.NewBinary(span, BinaryOp::kLogicalOr, read, made);
  }
  SymbolId AliasInside(NodeId class_id);
  bool HasDecorators(NodeId class_id, const std::vector<NodeId>& own) const;
  void CollectNamespaceNames(NodeId declaration, NodeId name);
  NodeId LowerNamespaceStatement(NodeId statement, NodeId name,
                                 std::vector<NodeId>& out);
  NodeId LowerClass(NodeId id);
  void LowerFields(NodeId class_id);
  void LowerParameters(NodeId constructor, NodeId class_id,
                       std::vector<NodeId>& decorators, bool derived);
  void TakeFields(NodeId class_id, std::vector<NodeId>& stores);
  void CollectParameterDecorators(NodeId function,
                                  std::vector<NodeId>& decorators);
  NodeId DecorateMember(NodeId member, NodeId target);
  std::vector<NodeId> DecoratorsOf(ListId list);

  bool is_typescript_ = false;
  // Index 0 is nobody's.
  std::vector<Merged> merged_{1};
  std::unordered_map<NodeId, uint32_t> merged_of_;
  std::unordered_map<SymbolId, uint32_t> merged_by_symbol_;
  // The enum that is being read.
  uint32_t enum_ = 0;
  NodeId enum_name_ = NodeId::kNone;
  // Variables that a namespace exports, and the namespace's own name.
  std::unordered_map<SymbolId, NodeId> namespace_names_;
  struct Inside {
    uint32_t merged;
    NodeId name;
    ScopeId scope;
  };
  // The namespaces round what is being read.
  std::vector<Inside> inside_;
};

std::string ConstantText(const Constant& value) {
  return std::holds_alternative<double>(value)
             ? base::NumberToString(std::get<double>(value))
             : std::get<std::string>(value);
}

// Gives every namespace and enum below `id` its place in merged_. `exported`:
// `id` is a declaration that the namespace `owner` exports.
void TypeScriptPass::CollectMerged(NodeId id, uint32_t owner, bool exported) {
  const Kind kind = ast.KindOf(id);
  if (kind == Kind::kExportDeclaration && owner != 0) {
    const NodeId declaration = ast.As<ExportDeclaration>(id).declaration();
    std::vector<SymbolId> symbols;
    switch (ast.KindOf(declaration)) {
      case Kind::kVariable:
        for (NodeId item :
             ast.Items(ast.As<Variable>(declaration).declarators())) {
          CollectNames(ast, ast.As<Declarator>(item).target(), symbols);
        }
        break;
      case Kind::kFunctionDeclaration:
        symbols = {ast.SymbolOf(ast.As<Function>(declaration).id())};
        break;
      case Kind::kClassDeclaration:
        symbols = {ast.SymbolOf(ast.As<Class>(declaration).id())};
        break;
      case Kind::kTsEnum:
      case Kind::kTsNamespace:
        symbols = {ast.SymbolOf(NodeId{ast[declaration].slots[0]})};
        break;
      default:
        break;
    }
    for (SymbolId symbol : symbols) {
      merged_[owner].exports.insert(ast[symbol].name);
    }
    CollectMerged(declaration, owner, true);
    return;
  }
  if (kind == Kind::kTsImportEquals && owner != 0 &&
      ast[id].Has(flag::kExported)) {
    merged_[owner].exports.insert(ast.NameOf(ast.As<TsImportEquals>(id).id()));
  }
  uint32_t inner_owner = 0;
  if (kind == Kind::kTsNamespace || kind == Kind::kTsEnum) {
    const NodeId name{ast[id].slots[0]};
    uint32_t& place = exported ? merged_[owner].inner[ast.NameOf(name)]
                               : merged_by_symbol_[ast.SymbolOf(name)];
    if (place == 0) {
      place = static_cast<uint32_t>(merged_.size());
    }
    inner_owner = place;
    merged_of_[id] = place;
    merged_by_symbol_[ast.SymbolOf(name)] = inner_owner;
    if (inner_owner == merged_.size()) {
      merged_.emplace_back();
    }
  }
  ForEachChild(ast, id, [&](NodeId child) {
    CollectMerged(child, kind == Kind::kTsNamespace ? inner_owner : 0, false);
  });
}

std::optional<Constant> TypeScriptPass::EvaluateMember(NodeId object,
                                                       NameId name) const {
  if (!ast.Is(object, Kind::kIdentifier)) {
    return std::nullopt;
  }
  const auto place = merged_by_symbol_.find(ast.SymbolOf(object));
  if (place == merged_by_symbol_.end()) {
    return std::nullopt;
  }
  const EnumValues& values = merged_[place->second].values;
  auto found = values.find(name);
  return found == values.end() ? std::nullopt : found->second;
}

std::optional<Constant> TypeScriptPass::Evaluate(NodeId id) const {
  switch (ast.KindOf(id)) {
    case Kind::kNumber:
      return ast.NumberOf(id);
    case Kind::kString:
      return std::string(ast.NameTextOf(id));
    case Kind::kIdentifier: {
      const EnumValues& values = merged_[enum_].values;
      auto found = values.find(ast.NameOf(id));
      return found == values.end() ? std::nullopt : found->second;
    }
    case Kind::kMember:
      return EvaluateMember(ast.As<Member>(id).object(),
                            ast.As<Member>(id).name());
    case Kind::kIndex: {
      const Index index = ast.As<Index>(id);
      return ast.Is(index.index(), Kind::kString)
                 ? EvaluateMember(index.object(), ast.NameOf(index.index()))
                 : std::nullopt;
    }
    case Kind::kUnary: {
      const std::optional<Constant> value =
          Evaluate(ast.As<Unary>(id).argument());
      if (!value || !std::holds_alternative<double>(*value)) {
        return std::nullopt;
      }
      const double number = std::get<double>(*value);
      switch (UnaryOp{ast[id].op}) {
        case UnaryOp::kMinus:
          return -number;
        case UnaryOp::kPlus:
          return number;
        case UnaryOp::kBitNot:
          return static_cast<double>(
              ~static_cast<int32_t>(static_cast<int64_t>(number)));
        default:
          return std::nullopt;
      }
    }
    case Kind::kBinary: {
      const Binary binary = ast.As<Binary>(id);
      const std::optional<Constant> left = Evaluate(binary.left());
      const std::optional<Constant> right = Evaluate(binary.right());
      if (!left || !right) {
        return std::nullopt;
      }
      const BinaryOp op{ast[id].op};
      if (!std::holds_alternative<double>(*left) ||
          !std::holds_alternative<double>(*right)) {
        if (op != BinaryOp::kAdd) {
          return std::nullopt;
        }
        return ConstantText(*left) + ConstantText(*right);
      }
      const double a = std::get<double>(*left);
      const double b = std::get<double>(*right);
      const auto bits = [](double value) {
        return static_cast<uint32_t>(static_cast<int64_t>(value));
      };
      const auto number = [](uint32_t value) {
        return static_cast<double>(static_cast<int32_t>(value));
      };
      switch (op) {
        case BinaryOp::kAdd:
          return a + b;
        case BinaryOp::kSubtract:
          return a - b;
        case BinaryOp::kMultiply:
          return a * b;
        case BinaryOp::kDivide:
          return a / b;
        case BinaryOp::kRemainder:
          return std::fmod(a, b);
        case BinaryOp::kExponent:
          return std::pow(a, b);
        case BinaryOp::kBitOr:
          return number(bits(a) | bits(b));
        case BinaryOp::kBitAnd:
          return number(bits(a) & bits(b));
        case BinaryOp::kBitXor:
          return number(bits(a) ^ bits(b));
        case BinaryOp::kShiftLeft:
          return number(bits(a) << (bits(b) & 31));
        case BinaryOp::kShiftRight:
          return static_cast<double>(static_cast<int32_t>(bits(a)) >>
                                     (bits(b) & 31));
        case BinaryOp::kShiftRightUnsigned:
          return static_cast<double>(bits(a) >> (bits(b) & 31));
        default:
          return std::nullopt;
      }
    }
    case Kind::kTemplate: {
      const Template tmpl = ast.As<Template>(id);
      std::string text;
      for (size_t i = 0; i < ast.Items(tmpl.quasis()).size(); ++i) {
        if (i > 0) {
          const auto part = Evaluate(ast.Items(tmpl.expressions())[i - 1]);
          if (!part) {
            return std::nullopt;
          }
          text += ConstantText(*part);
        }
        const NodeId quasi = ast.Items(tmpl.quasis())[i];
        text += ast.TextOf(ast.As<TemplateElement>(quasi).cooked());
      }
      return text;
    }
    default:
      return std::nullopt;
  }
}

// In the value of a member, earlier members go by their bare names.
class MemberNames : public Rewriter {
 public:
  MemberNames(Ast& tree, const EnumValues& names, NodeId object)
      : Rewriter(tree), names_(names), object_(object) {}

  NodeId Visit(NodeId id) override {
    if (!ast.Is(id, Kind::kIdentifier)) {
      VisitChildren(id);
      return id;
    }
    const base::Span span = ast[id].span;
    return names_.contains(ast.NameOf(id))
               ? ast.New<Kind::kMember>(span, ast.CloneShallow(object_),
                                        ast.NameOf(id), span.begin)
               : id;
  }

 private:
  const EnumValues& names_;
  NodeId object_;
};

// `var E = function (E) { E[E["A"] = 0] = "A"; return E; }(E || {});`; one that
// a namespace exports lives there: `…}(N.E || (N.E = {}))`.
NodeId TypeScriptPass::LowerEnum(NodeId id, NodeId owner) {
  TsEnum view = ast.As<TsEnum>(id);
  const base::Span span = view.span();
  if (view.Has(flag::kDeclare)) {
    return NodeId::kNone;
  }
  const NodeId name = view.id();
  auto self = [&] { return ast.CloneShallow(name); };
  enum_ = merged_of_[id];
  enum_name_ = name;
  std::vector<NodeId> body;
  std::optional<Constant> previous = -1.0;
  for (NodeId item : ast.Items(view.members())) {
    TsEnumMember member = ast.As<TsEnumMember>(item);
    const base::Span at = member.span();
    const NameId key = KeyName(ast, member.key());
    std::optional<Constant> known;
    NodeId value = NodeId::kNone;
    if (member.value() != NodeId::kNone) {
      known = Evaluate(member.value());
      if (!known) {
        MemberNames rewriter(ast, merged_[enum_].values, name);
        value = Visit(rewriter.Visit(member.value()));
      }
    } else if (previous && std::holds_alternative<double>(*previous)) {
      known = std::get<double>(*previous) + 1;
    } else {
      // TypeScript refuses this; undefined is what is left.
      value = ast.NewUndefined(at);
    }
    merged_[enum_].values[key] = known;
    previous = known;
    auto key_node = [&] { return ast.New<Kind::kString>(at, key); };
    const bool is_string = known && std::holds_alternative<std::string>(*known);
    if (is_string) {
      value = ast.NewString(at, std::get<std::string>(*known));
    } else if (known) {
      const double number = std::get<double>(*known);
      value = std::signbit(number) ? ast.NewUnary(at, UnaryOp::kMinus,
                                                  ast.NewNumber(at, -number))
                                   : ast.NewNumber(at, number);
    }
    NodeId store =
        ast.NewAssign(at, ast.New<Kind::kIndex>(at, self(), key_node()), value);
    if (!is_string) {
      store = ast.NewAssign(at, ast.New<Kind::kIndex>(at, self(), store),
                            key_node());
    }
    body.push_back(ast.NewStatement(store));
  }
  enum_name_ = NodeId::kNone;
  body.push_back(NewReturn(ast, span, self()));
  const NodeId parameter = self();
  const NodeId start =
      owner == NodeId::kNone
          ? ast.NewBinary(span, BinaryOp::kLogicalOr, self(),
                          ast.New<Kind::kObject>(span, ListId::kEmpty))
          : KeptOrNew(span, MemberOf(owner, name), MemberOf(owner, name));
  const NodeId made = ast.NewCall(
      span, ast.NewFunction(span, std::span(&parameter, 1), body), {start});
  const NodeId declarator = ast.New<Kind::kDeclarator>(span, name, made);
  return ast.NewVariable(span, DeclarationKind::kVar,
                         std::span(&declarator, 1));
}

void TypeScriptPass::CollectNamespaceNames(NodeId declaration, NodeId name) {
  if (ast.Is(declaration, Kind::kIdentifier)) {
    namespace_names_[ast.SymbolOf(declaration)] = name;
    return;
  }
  auto collect = [&](auto&& self, NodeId target) -> void {
    switch (ast.KindOf(target)) {
      case Kind::kIdentifier:
        namespace_names_[ast.SymbolOf(target)] = name;
        return;
      case Kind::kProperty:
        self(self, ast.As<Property>(target).value());
        return;
      case Kind::kDefaultPattern:
        self(self, ast.As<DefaultPattern>(target).target());
        return;
      case Kind::kRest:
      case Kind::kArrayPattern:
      case Kind::kObjectPattern:
        ForEachChild(ast, target, [&](NodeId child) { self(self, child); });
        return;
      default:
        return;
    }
  };
  if (ast.Is(declaration, Kind::kVariable)) {
    for (NodeId item : ast.Items(ast.As<Variable>(declaration).declarators())) {
      collect(collect, ast.As<Declarator>(item).target());
    }
  }
}

// Types alone make none, nor do namespaces of nothing else.
bool TypeScriptPass::MakesCode(NodeId id) const {
  const TsNamespace view = ast.As<TsNamespace>(id);
  if (view.Has(flag::kDeclare)) {
    return false;
  }
  std::span<const NodeId> items = std::as_const(ast).Items(view.body());
  return std::any_of(items.begin(), items.end(), [&](NodeId item) {
    if (ast.Is(item, Kind::kExportDeclaration)) {
      item = ast.As<ExportDeclaration>(item).declaration();
    }
    return ast.Is(item, Kind::kTsNamespace)
               ? MakesCode(item)
               : !ast.Is(item, Kind::kTsType) && !ast.Is(item, Kind::kEmpty);
  });
}

bool TypeScriptPass::IsDeclaredIn(SymbolId symbol, ScopeId scope) const {
  if (symbol == SymbolId::kNone) {
    return false;
  }
  ScopeId at = ast[symbol].scope;
  while (at != ScopeId::kNone && at != scope) {
    at = context.scopes[at].parent;
  }
  return at == scope;
}

// What a namespace exports is found in its object, whichever of its
// declarations exports it, before anything that is declared further out.
NodeId TypeScriptPass::LowerIdentifier(NodeId id) {
  const SymbolId symbol = ast.SymbolOf(id);
  const auto found = namespace_names_.find(symbol);
  if (symbol != SymbolId::kNone && found != namespace_names_.end()) {
    return MemberOf(found->second, id);
  }
  for (size_t i = inside_.size(); i-- > 0;) {
    if (IsDeclaredIn(symbol, inside_[i].scope)) {
      break;
    }
    if (merged_[inside_[i].merged].exports.contains(ast.NameOf(id))) {
      return MemberOf(inside_[i].name, id);
    }
  }
  return id;
}

// Variables that are exported live in the namespace's object only; what else is
// exported is put there once it is declared.
NodeId TypeScriptPass::LowerNamespaceStatement(NodeId statement, NodeId name,
                                               std::vector<NodeId>& out) {
  if (ast.Is(statement, Kind::kTsImportEquals) &&
      ast[statement].Has(flag::kExported)) {
    const TsImportEquals import = ast.As<TsImportEquals>(statement);
    return ast.NewStatement(ast.NewAssign(
        import.span(), MemberOf(name, import.id()), Visit(import.value())));
  }
  if (!ast.Is(statement, Kind::kExportDeclaration)) {
    return Visit(statement);
  }
  const NodeId declaration = ast.As<ExportDeclaration>(statement).declaration();
  const base::Span span = ast[declaration].span;
  if (ast.Is(declaration, Kind::kVariable)) {
    std::vector<NodeId> stores;
    for (NodeId item : ast.Items(ast.As<Variable>(declaration).declarators())) {
      Declarator declarator = ast.As<Declarator>(item);
      if (declarator.value() != NodeId::kNone) {
        stores.push_back(Visit(ast.NewAssign(
            ast[item].span, declarator.target(), declarator.value())));
      }
    }
    return stores.empty() ? NodeId::kNone
                          : ast.NewStatement(NewSequence(ast, span, stores));
  }
  NodeId id = NodeId::kNone;
  switch (ast.KindOf(declaration)) {
    case Kind::kFunctionDeclaration:
      id = ast.As<Function>(declaration).id();
      break;
    case Kind::kClassDeclaration:
      id = ast.As<Class>(declaration).id();
      break;
    case Kind::kTsEnum:
      return LowerEnum(declaration, name);
    case Kind::kTsNamespace:
      return LowerNamespace(declaration, name);
    default:
      return Visit(declaration);
  }
  const NodeId lowered = Visit(declaration);
  if (lowered == NodeId::kNone) {
    return lowered;
  }
  out.push_back(lowered);
  return ast.NewStatement(
      ast.NewAssign(span, MemberOf(name, id), ast.CloneShallow(id)));
}

// `var N; (function (N) {…})(N || (N = {}));`, of one that a namespace exports
// `…(N = M.N || (M.N = {}));`: it is there before its body runs, and is what
// other declarations of it left.
NodeId TypeScriptPass::LowerNamespace(NodeId id, NodeId owner) {
  TsNamespace view = ast.As<TsNamespace>(id);
  const base::Span span = view.span();
  const NodeId name = view.id();
  std::span<NodeId> items = ast.Items(view.body());
  if (!MakesCode(id)) {
    return NodeId::kNone;
  }
  for (NodeId item : items) {
    if (ast.Is(item, Kind::kExportDeclaration)) {
      CollectNamespaceNames(ast.As<ExportDeclaration>(item).declaration(),
                            name);
    } else if (ast.Is(item, Kind::kTsImportEquals) &&
               ast[item].Has(flag::kExported)) {
      CollectNamespaceNames(ast.As<TsImportEquals>(item).id(), name);
    }
  }
  inside_.push_back({merged_of_[id], name, context.scopes.Of(id)});
  std::vector<NodeId> body;
  for (NodeId item : items) {
    const NodeId lowered = LowerNamespaceStatement(item, name, body);
    if (lowered != NodeId::kNone) {
      body.push_back(lowered);
    }
  }
  inside_.pop_back();
  const ListId statements = Unfold(body);
  const NodeId parameter = ast.CloneShallow(name);
  const NodeId function =
      ast.New<Kind::kFunction>(span, NodeId::kNone, ast.List({parameter}),
                               ast.New<Kind::kBlock>(span, statements));
  auto self = [&] { return ast.CloneShallow(name); };
  const NodeId start =
      owner == NodeId::kNone
          ? KeptOrNew(span, self(), self())
          : ast.NewAssign(
                span, self(),
                KeptOrNew(span, MemberOf(owner, name), MemberOf(owner, name)));
  const NodeId made = ast.NewStatement(ast.NewCall(span, function, {start}));
  // Merging with a function or class of that name: it is there already.
  const SymbolId symbol = ast.SymbolOf(name);
  if (symbol != SymbolId::kNone && (ast[symbol].kind == SymbolKind::kFunction ||
                                    ast[symbol].kind == SymbolKind::kClass)) {
    return made;
  }
  const NodeId declarator =
      ast.New<Kind::kDeclarator>(span, name, NodeId::kNone);
  return ast.New<Kind::kSplice>(
      span, ast.List({ast.NewVariable(span, DeclarationKind::kVar,
                                      std::span(&declarator, 1)),
                      made}));
}

std::vector<NodeId> TypeScriptPass::DecoratorsOf(ListId list) {
  std::vector<NodeId> decorators;
  for (NodeId item : ast.Items(list)) {
    decorators.push_back(ast.As<Decorator>(item).expression());
  }
  return decorators;
}

void TypeScriptPass::CollectParameterDecorators(
    NodeId function, std::vector<NodeId>& decorators) {
  double index = 0;
  for (NodeId parameter : ast.Items(ast.As<Function>(function).parameters())) {
    if (ast.Is(parameter, Kind::kTsParameter)) {
      for (NodeId decorator :
           DecoratorsOf(ast.As<TsParameter>(parameter).decorators())) {
        const base::Span span = ast[decorator].span;
        decorators.push_back(
            context.CallHelper(span, Helper::kDecorateParameter,
                               {ast.NewNumber(span, index), decorator}));
      }
    }
    ++index;
  }
}

bool IsSuperCallStatement(const Ast& ast, NodeId id) {
  if (!ast.Is(id, Kind::kExpressionStatement)) {
    return false;
  }
  const NodeId call = ast.As<ExpressionStatement>(id).expression();
  return ast.Is(call, Kind::kCall) &&
         ast.Is(ast.As<Call>(call).callee(), Kind::kSuper);
}

// Fields are stored after the properties that parameters make, which their
// values may read: so they become statements here, where they have plain names.
void TypeScriptPass::TakeFields(NodeId class_id, std::vector<NodeId>& stores) {
  Class view = ast.As<Class>(class_id);
  auto taken = [&](NodeId member) {
    return ast.Is(member, Kind::kField) && !ast[member].Has(flag::kStatic) &&
           ast[member].Has(flag::kSynthetic);
  };
  for (NodeId member : ast.Items(view.members())) {
    if (taken(member) && ast[member].Has(flag::kComputed)) {
      return;
    }
  }
  std::vector<NodeId> kept;
  for (NodeId member : ast.Items(view.members())) {
    if (!taken(member)) {
      kept.push_back(member);
      continue;
    }
    const Field field = ast.As<Field>(member);
    const base::Span span = field.span();
    stores.push_back(ast.NewStatement(ast.NewAssign(
        span, NewAccess(ast, span, ast.New<Kind::kThis>(span), field.key()),
        field.value())));
  }
  view.set_members(ast.List(kept));
}

// `constructor(private a)` stores `this.a = a` first of all, but after super().
void TypeScriptPass::LowerParameters(NodeId constructor, NodeId class_id,
                                     std::vector<NodeId>& decorators,
                                     bool derived) {
  CollectParameterDecorators(constructor, decorators);
  Function function = ast.As<Function>(constructor);
  std::vector<NodeId> stores;
  for (NodeId& parameter : ast.Items(function.parameters())) {
    if (!ast.Is(parameter, Kind::kTsParameter)) {
      continue;
    }
    const bool is_property = ast[parameter].Has(flag::kParameterProperty);
    parameter = ast.As<TsParameter>(parameter).target();
    NodeId name = parameter;
    if (ast.Is(name, Kind::kDefaultPattern)) {
      name = ast.As<DefaultPattern>(name).target();
    }
    if (!is_property || !ast.Is(name, Kind::kIdentifier)) {
      continue;
    }
    const base::Span span = ast[name].span;
    stores.push_back(ast.NewStatement(
        ast.NewAssign(span,
                      ast.New<Kind::kMember>(span, ast.New<Kind::kThis>(span),
                                             ast.NameOf(name), span.begin),
                      ast.CloneShallow(name))));
  }
  if (stores.empty()) {
    return;
  }
  Block body = ast.As<Block>(function.body());
  const std::span<NodeId> before = ast.Items(body.body());
  const bool calls_super =
      std::any_of(before.begin(), before.end(),
                  [&](NodeId item) { return IsSuperCallStatement(ast, item); });
  if (is_typescript_ && (!derived || calls_super)) {
    TakeFields(class_id, stores);
  }
  if (!derived) {
    PrependStatements(ast, constructor, stores);
    return;
  }
  std::vector<NodeId> items;
  for (NodeId item : before) {
    items.push_back(item);
    if (IsSuperCallStatement(ast, item)) {
      items.insert(items.end(), stores.begin(), stores.end());
      stores.clear();
    }
  }
  // Somewhere in an expression: done when the body is.
  items.insert(items.end(), stores.begin(), stores.end());
  body.set_body(ast.List(items));
}

void TypeScriptPass::LowerFields(NodeId class_id) {
  Class view = ast.As<Class>(class_id);
  std::vector<NodeId> kept;
  for (NodeId member : ast.Items(view.members())) {
    if (ast.Is(member, Kind::kField) &&
        !ast.Is(ast.As<Field>(member).key(), Kind::kPrivateName)) {
      if (ast.As<Field>(member).value() == NodeId::kNone ||
          ast[member].Has(flag::kDeclare)) {
        continue;
      }
      // Read by the class pass: stored, not defined.
      ast[member].flags |= flag::kSynthetic;
    }
    kept.push_back(member);
  }
  view.set_members(ast.List(kept));
}

// `_fcc_decorate([…], A.prototype, "m", null)`.
NodeId TypeScriptPass::DecorateMember(NodeId member, NodeId target) {
  std::vector<NodeId> decorators = DecoratorsOf(ListId{ast[member].slots[0]});
  const bool is_field = ast.Is(member, Kind::kField);
  if (!is_field) {
    const NodeId function = ast.As<Method>(member).value();
    CollectParameterDecorators(function, decorators);
    for (NodeId& parameter :
         ast.Items(ast.As<Function>(function).parameters())) {
      if (ast.Is(parameter, Kind::kTsParameter)) {
        parameter = ast.As<TsParameter>(parameter).target();
      }
    }
  }
  ast[member].slots[0] = static_cast<uint32_t>(ListId::kEmpty);
  if (decorators.empty()) {
    return NodeId::kNone;
  }
  const base::Span span = ast[member].span;
  NodeId key{ast[member].slots[1]};
  if (ast[member].Has(flag::kComputed) && !IsConstant(ast, key)) {
    const Twice twice =
        UseTwice(context.CallHelper(span, Helper::kToKey, {key}), "key");
    ast[member].slots[1] = static_cast<uint32_t>(twice.first);
    key = twice.again;
  } else {
    key = KeyExpression(ast, ast.CloneShallow(key));
  }
  if (!ast[member].Has(flag::kStatic)) {
    target = ast.NewMember(span, target, "prototype");
  }
  return ast.NewStatement(context.CallHelper(
      span, Helper::kDecorate,
      {NewArray(ast, span, decorators), target, key,
       is_field ? ast.NewUndefined(span) : ast.New<Kind::kNull>(span)}));
}

bool TypeScriptPass::HasDecorators(NodeId class_id,
                                   const std::vector<NodeId>& own) const {
  std::span<const NodeId> members =
      std::as_const(ast).Items(ast.As<Class>(class_id).members());
  return !own.empty() ||
         std::any_of(members.begin(), members.end(), [&](NodeId member) {
           // Slot 0 of fields and methods.
           return !ast.Is(member, Kind::kStaticBlock) &&
                  ListId{ast[member].slots[0]} != ListId::kEmpty;
         });
}

// What a decorated class calls itself is what its decorators made of it: the
// name inside becomes a variable that is stored to again. kNone when the class
// does not name itself.
SymbolId TypeScriptPass::AliasInside(NodeId class_id) {
  const ScopeId scope = context.scopes.Of(class_id);
  SymbolId inner = SymbolId::kNone;
  if (scope != ScopeId::kNone) {
    for (SymbolId symbol : context.scopes[scope].symbols) {
      if (ast[symbol].kind == SymbolKind::kClassName) {
        inner = symbol;
      }
    }
  }
  if (inner == SymbolId::kNone) {
    return inner;
  }
  SymbolId alias = SymbolId::kNone;
  auto replace = [&](auto&& self, NodeId id) -> void {
    if (ast.Is(id, Kind::kIdentifier) && ast.SymbolOf(id) == inner) {
      if (alias == SymbolId::kNone) {
        alias = Temporary("alias");
      }
      ast.As<Identifier>(id).set_symbol(alias);
    }
    ForEachChild(ast, id, [&](NodeId child) { self(self, child); });
  };
  Class view = ast.As<Class>(class_id);
  for (NodeId member : ast.Items(view.members())) {
    replace(replace, member);
  }
  if (alias != SymbolId::kNone) {
    const base::Span span = view.span();
    const NodeId store = ast.NewStatement(
        ast.NewAssign(span, Ref(span, alias), Ref(span, inner)));
    view.set_members(ast.Prepend(
        ast.New<Kind::kStaticBlock>(span, ast.List({store})), view.members()));
  }
  return alias;
}

NodeId TypeScriptPass::LowerClass(NodeId id) {
  Class view = ast.As<Class>(id);
  const base::Span span = view.span();
  const bool derived = view.super_class() != NodeId::kNone;
  std::vector<NodeId> of_class = DecoratorsOf(view.decorators());
  view.set_decorators(ListId::kEmpty);
  if (view.id() == NodeId::kNone && ast.Is(id, Kind::kClassDeclaration) &&
      HasDecorators(id, of_class)) {
    // `export default class`: the decorators need a name for it.
    Symbol symbol;
    symbol.name = ast.Intern("default_1");
    symbol.kind = SymbolKind::kClass;
    view.set_id(ast.NewReference(span, ast.NewSymbol(symbol)));
  }
  const NodeId name = view.id();
  std::vector<NodeId> after;
  NodeId constructor = NodeId::kNone;
  // Members of the class itself are decorated after those of its instances.
  for (const bool of_statics : {false, true}) {
    for (NodeId member : ast.Items(view.members())) {
      if (ast.Is(member, Kind::kStaticBlock) ||
          ast[member].Has(flag::kStatic) != of_statics) {
        continue;
      }
      const bool is_constructor =
          ast.Is(member, Kind::kMethod) &&
          MethodKind{ast[member].op} == MethodKind::kConstructor;
      if (is_constructor) {
        constructor = ast.As<Method>(member).value();
        continue;
      }
      const NodeId decorate =
          name == NodeId::kNone
              ? NodeId::kNone
              : DecorateMember(member, ast.CloneShallow(name));
      if (decorate != NodeId::kNone) {
        after.push_back(decorate);
      }
    }
  }
  if (is_typescript_) {
    LowerFields(id);
  }
  if (constructor != NodeId::kNone) {
    LowerParameters(constructor, id, of_class, derived);
  }
  if (!of_class.empty() && name != NodeId::kNone) {
    NodeId decorated = context.CallHelper(
        span, Helper::kDecorate,
        {NewArray(ast, span, of_class), ast.CloneShallow(name)});
    if (const SymbolId alias = AliasInside(id); alias != SymbolId::kNone) {
      decorated = ast.NewAssign(span, Ref(span, alias), decorated);
    }
    after.push_back(ast.NewStatement(
        ast.NewAssign(span, ast.CloneShallow(name), decorated)));
  }
  VisitChildren(id);
  if (after.empty() || !ast.Is(id, Kind::kClassDeclaration)) {
    return id;
  }
  for (NodeId& statement : after) {
    statement = Visit(statement);
  }
  after.insert(after.begin(), id);
  return ast.New<Kind::kSplice>(span, ast.List(after));
}

NodeId TypeScriptPass::Lower(NodeId id) {
  const base::Span span = ast[id].span;
  switch (ast.KindOf(id)) {
    case Kind::kTsType:
      return NodeId::kNone;
    case Kind::kTsEnum:
      return LowerEnum(id, NodeId::kNone);
    case Kind::kTsNamespace:
      return LowerNamespace(id, NodeId::kNone);
    case Kind::kTsImportEquals: {
      TsImportEquals import = ast.As<TsImportEquals>(id);
      const SymbolId symbol = ast.SymbolOf(import.id());
      const bool is_used =
          symbol == SymbolId::kNone || import.Has(flag::kExported) ||
          ast[symbol].Has(symbol_flag::kReferenced | symbol_flag::kExported);
      if (import.Has(flag::kTypeOnly) || !is_used) {
        return NodeId::kNone;
      }
      const NodeId declarator =
          ast.New<Kind::kDeclarator>(span, import.id(), Visit(import.value()));
      const NodeId variable = ast.NewVariable(span, DeclarationKind::kVar,
                                              std::span(&declarator, 1));
      return import.Has(flag::kExported)
                 ? ast.New<Kind::kExportDeclaration>(span, variable)
                 : variable;
    }
    case Kind::kTsExportAssignment: {
      const NodeId value = ast.As<TsExportAssignment>(id).value();
      return ast.NewStatement(ast.NewAssign(
          span, ast.NewMember(span, ast.NewGlobal(span, "module"), "exports"),
          Visit(value)));
    }
    case Kind::kTsParameter:
      return Visit(ast.As<TsParameter>(id).target());
    case Kind::kClass:
    case Kind::kClassDeclaration:
      return LowerClass(id);
    case Kind::kExportDeclaration:
    case Kind::kExportDefault: {
      // A class may bring statements along, and a type leave nothing. The
      // declaration is slot 0 of both.
      const NodeId declaration{ast[id].slots[0]};
      const NodeId lowered = Visit(declaration);
      if (lowered == NodeId::kNone) {
        return lowered;
      }
      if (ast.Is(lowered, Kind::kExpressionStatement)) {
        // A namespace that adds to what is exported already.
        return lowered;
      }
      if (!ast.Is(lowered, Kind::kSplice)) {
        ast[id].slots[0] = static_cast<uint32_t>(lowered);
        return id;
      }
      std::span<NodeId> items = ast.Items(ast.As<Splice>(lowered).body());
      ast[id].slots[0] = static_cast<uint32_t>(items[0]);
      items[0] = id;
      return lowered;
    }
    case Kind::kIdentifier:
      return LowerIdentifier(id);
    case Kind::kProperty:
      if (!namespace_names_.empty() || !inside_.empty()) {
        ast[id].flags &= ~flag::kShorthand;
      }
      VisitChildren(id);
      return id;
    default:
      VisitChildren(id);
      return id;
  }
}

}  // namespace

void LowerTypeScript(LowerContext& context) {
  TypeScriptPass pass(context);
  pass.CollectAll();
  pass.Run();
}

}  // namespace fcc::js
