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
#include <variant>

#include "compiler/js/lower/passes.h"
#include "runtime/base/json.h"

namespace fcc::js {
namespace {

using Constant = std::variant<double, std::string>;

class TypeScriptPass : public Pass {
 public:
  explicit TypeScriptPass(LowerContext& shared) : Pass(shared) {
    const std::string& path = ast.file().path();
    is_typescript_ = path.ends_with(".ts") || path.ends_with(".tsx") ||
                     path.ends_with(".mts") || path.ends_with(".cts");
  }

 protected:
  NodeId Lower(NodeId id) override;

 private:
  NodeId LowerEnum(NodeId id);
  std::optional<Constant> Evaluate(NodeId id) const;
  NodeId LowerNamespace(NodeId id);
  void CollectNamespaceNames(NodeId declaration, NodeId name);
  NodeId LowerNamespaceStatement(NodeId statement, NodeId name,
                                 std::vector<NodeId>& out);
  NodeId LowerClass(NodeId id);
  void LowerFields(NodeId class_id);
  void LowerParameters(NodeId constructor, std::vector<NodeId>& decorators,
                       bool derived);
  void CollectParameterDecorators(NodeId function,
                                  std::vector<NodeId>& decorators);
  NodeId DecorateMember(NodeId member, NodeId target);
  std::vector<NodeId> DecoratorsOf(ListId list);

  bool is_typescript_ = false;
  // Members of the enum that is being read, with the values known so far.
  std::unordered_map<NameId, std::optional<Constant>> members_;
  NodeId enum_name_ = NodeId::kNone;
  // Names that a namespace exports, and the namespace's own name.
  std::unordered_map<SymbolId, NodeId> namespace_names_;
};

std::optional<Constant> TypeScriptPass::Evaluate(NodeId id) const {
  switch (ast.KindOf(id)) {
    case Kind::kNumber:
      return ast.NumberOf(id);
    case Kind::kString:
      return std::string(ast.NameTextOf(id));
    case Kind::kIdentifier: {
      auto found = members_.find(ast.NameOf(id));
      return found == members_.end() ? std::nullopt : found->second;
    }
    case Kind::kMember: {
      const Member member = ast.As<Member>(id);
      auto found = members_.find(member.name());
      if (!ast.Is(member.object(), Kind::kIdentifier) ||
          enum_name_ == NodeId::kNone ||
          ast.NameOf(member.object()) != ast.NameOf(enum_name_)) {
        return std::nullopt;
      }
      return found == members_.end() ? std::nullopt : found->second;
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
        auto text = [](const Constant& value) {
          return std::holds_alternative<double>(value)
                     ? base::NumberToString(std::get<double>(value))
                     : std::get<std::string>(value);
        };
        return text(*left) + text(*right);
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
      if (!ast.Items(tmpl.expressions()).empty()) {
        return std::nullopt;
      }
      const NodeId quasi = ast.Items(tmpl.quasis())[0];
      return std::string(ast.TextOf(ast.As<TemplateElement>(quasi).cooked()));
    }
    default:
      return std::nullopt;
  }
}

// In the value of a member, earlier members go by their bare names.
class MemberNames : public Rewriter {
 public:
  MemberNames(Ast& tree, const std::vector<NameId>& names, NodeId object)
      : Rewriter(tree), names_(names), object_(object) {}

  NodeId Visit(NodeId id) override {
    if (!ast.Is(id, Kind::kIdentifier)) {
      VisitChildren(id);
      return id;
    }
    const bool is_member =
        std::find(names_.begin(), names_.end(), ast.NameOf(id)) != names_.end();
    const base::Span span = ast[id].span;
    return is_member ? ast.New<Kind::kMember>(span, ast.CloneShallow(object_),
                                              ast.NameOf(id), span.begin)
                     : id;
  }

 private:
  const std::vector<NameId>& names_;
  NodeId object_;
};

// `var E = function (E) { E[E["A"] = 0] = "A"; return E; }(E || {});`
NodeId TypeScriptPass::LowerEnum(NodeId id) {
  TsEnum view = ast.As<TsEnum>(id);
  const base::Span span = view.span();
  if (view.Has(flag::kDeclare)) {
    return NodeId::kNone;
  }
  const NodeId name = view.id();
  auto self = [&] { return ast.CloneShallow(name); };
  members_.clear();
  enum_name_ = name;
  std::vector<NameId> names;
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
        MemberNames rewriter(ast, names, name);
        value = Visit(rewriter.Visit(member.value()));
      }
    } else if (previous && std::holds_alternative<double>(*previous)) {
      known = std::get<double>(*previous) + 1;
    } else {
      // TypeScript refuses this; undefined is what is left.
      value = ast.NewUndefined(at);
    }
    members_[key] = known;
    names.push_back(key);
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
      ast.NewBinary(span, BinaryOp::kLogicalOr, self(),
                    ast.New<Kind::kObject>(span, ListId::kEmpty));
  const NodeId made = ast.NewCall(
      span, ast.NewFunction(span, std::span(&parameter, 1), body), {start});
  const NodeId declarator = ast.New<Kind::kDeclarator>(span, name, made);
  return ast.NewVariable(span, DeclarationKind::kVar,
                         std::span(&declarator, 1));
}

void TypeScriptPass::CollectNamespaceNames(NodeId declaration, NodeId name) {
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

// Variables that are exported live in the namespace's object only; what else is
// exported is put there once it is declared.
NodeId TypeScriptPass::LowerNamespaceStatement(NodeId statement, NodeId name,
                                               std::vector<NodeId>& out) {
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
      id = ast.As<TsEnum>(declaration).id();
      break;
    case Kind::kTsNamespace:
      id = ast.As<TsNamespace>(declaration).id();
      break;
    default:
      return Visit(declaration);
  }
  const NodeId lowered = Visit(declaration);
  if (lowered == NodeId::kNone) {
    return lowered;
  }
  out.push_back(lowered);
  return ast.NewStatement(
      ast.NewAssign(span,
                    ast.New<Kind::kMember>(span, ast.CloneShallow(name),
                                           ast.NameOf(id), span.begin),
                    ast.CloneShallow(id)));
}

NodeId TypeScriptPass::LowerNamespace(NodeId id) {
  TsNamespace view = ast.As<TsNamespace>(id);
  const base::Span span = view.span();
  const NodeId name = view.id();
  std::span<NodeId> items = ast.Items(view.body());
  const bool makes_code =
      std::any_of(items.begin(), items.end(), [&](NodeId item) {
        return !ast.Is(item, Kind::kTsType) && !ast.Is(item, Kind::kEmpty);
      });
  if (!makes_code || view.Has(flag::kDeclare)) {
    return NodeId::kNone;
  }
  for (NodeId item : items) {
    if (ast.Is(item, Kind::kExportDeclaration)) {
      CollectNamespaceNames(ast.As<ExportDeclaration>(item).declaration(),
                            name);
    }
  }
  std::vector<NodeId> body;
  for (NodeId item : items) {
    const NodeId lowered = LowerNamespaceStatement(item, name, body);
    if (lowered != NodeId::kNone) {
      body.push_back(lowered);
    }
  }
  body.push_back(NewReturn(ast, span, ast.CloneShallow(name)));
  const ListId statements = Unfold(body);
  const NodeId parameter = ast.CloneShallow(name);
  const NodeId function =
      ast.New<Kind::kFunction>(span, NodeId::kNone, ast.List({parameter}),
                               ast.New<Kind::kBlock>(span, statements));
  const NodeId start =
      ast.NewBinary(span, BinaryOp::kLogicalOr, ast.CloneShallow(name),
                    ast.New<Kind::kObject>(span, ListId::kEmpty));
  const NodeId made = ast.NewCall(span, function, {start});
  // Merging with a function or class of that name: it is there already.
  const SymbolId symbol = ast.SymbolOf(name);
  if (symbol != SymbolId::kNone && (ast[symbol].kind == SymbolKind::kFunction ||
                                    ast[symbol].kind == SymbolKind::kClass)) {
    return ast.NewStatement(made);
  }
  const NodeId declarator = ast.New<Kind::kDeclarator>(span, name, made);
  return ast.NewVariable(span, DeclarationKind::kVar,
                         std::span(&declarator, 1));
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

// `constructor(private a)` stores `this.a = a` first of all, but after super().
void TypeScriptPass::LowerParameters(NodeId constructor,
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
  if (!derived) {
    PrependStatements(ast, constructor, stores);
    return;
  }
  Block body = ast.As<Block>(function.body());
  std::vector<NodeId> items;
  for (NodeId item : ast.Items(body.body())) {
    items.push_back(item);
    if (IsSuperCallStatement(ast, item)) {
      items.insert(items.end(), stores.begin(), stores.end());
      stores.clear();
    }
  }
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

NodeId TypeScriptPass::LowerClass(NodeId id) {
  Class view = ast.As<Class>(id);
  const base::Span span = view.span();
  const bool derived = view.super_class() != NodeId::kNone;
  std::vector<NodeId> of_class = DecoratorsOf(view.decorators());
  view.set_decorators(ListId::kEmpty);
  const NodeId name = view.id();
  std::vector<NodeId> after;
  for (NodeId member : ast.Items(view.members())) {
    if (ast.Is(member, Kind::kStaticBlock)) {
      continue;
    }
    const bool is_constructor =
        ast.Is(member, Kind::kMethod) &&
        MethodKind{ast[member].op} == MethodKind::kConstructor;
    if (is_constructor) {
      LowerParameters(ast.As<Method>(member).value(), of_class, derived);
      continue;
    }
    const NodeId target =
        name == NodeId::kNone ? NodeId::kNone : ast.CloneShallow(name);
    const NodeId decorate = target == NodeId::kNone
                                ? NodeId::kNone
                                : DecorateMember(member, target);
    if (decorate != NodeId::kNone) {
      after.push_back(decorate);
    }
  }
  if (is_typescript_) {
    LowerFields(id);
  }
  if (!of_class.empty() && name != NodeId::kNone) {
    after.push_back(ast.NewStatement(ast.NewAssign(
        span, ast.CloneShallow(name),
        context.CallHelper(
            span, Helper::kDecorate,
            {NewArray(ast, span, of_class), ast.CloneShallow(name)}))));
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
      return LowerEnum(id);
    case Kind::kTsNamespace:
      return LowerNamespace(id);
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
      if (!ast.Is(lowered, Kind::kSplice)) {
        ast[id].slots[0] = static_cast<uint32_t>(lowered);
        return id;
      }
      std::span<NodeId> items = ast.Items(ast.As<Splice>(lowered).body());
      ast[id].slots[0] = static_cast<uint32_t>(items[0]);
      items[0] = id;
      return lowered;
    }
    case Kind::kIdentifier: {
      const SymbolId symbol = ast.SymbolOf(id);
      auto found = namespace_names_.find(symbol);
      if (symbol == SymbolId::kNone || found == namespace_names_.end()) {
        return id;
      }
      return ast.New<Kind::kMember>(span, ast.CloneShallow(found->second),
                                    ast.NameOf(id), span.begin);
    }
    case Kind::kProperty:
      if (!namespace_names_.empty()) {
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
  TypeScriptPass(context).Run();
}

}  // namespace fcc::js
