// SPDX-License-Identifier: Apache-2.0

#include "compiler/js/modules/effects.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace fcc::js {
namespace {

class EffectFinder {
 public:
  explicit EffectFinder(const Ast& ast) : ast_(ast) {}

  bool IsFreeStatement(NodeId id) const;

 private:
  bool IsFree(NodeId id) const;
  bool IsFreeOrNone(NodeId id) const {
    return id == NodeId::kNone || IsFree(id);
  }
  bool AreFree(ListId list) const {
    const std::span<const NodeId> items = ast_.Items(list);
    return std::all_of(items.begin(), items.end(),
                       [this](NodeId item) { return IsFree(item); });
  }
  bool IsPrimitive(NodeId id) const;
  bool IsFreeVariable(NodeId id) const;
  bool IsFreeClass(NodeId id) const;
  bool IsFreeMember(NodeId id) const;
  bool IsFreeEnum(NodeId id) const;
  bool IsFreeProperty(NodeId id) const;
  bool IsFreeCall(NodeId id) const;
  bool IsMarked(NodeId id) const;
  bool IsGlobal(NodeId id, std::string_view name) const {
    return ast_.Is(id, Kind::kIdentifier) &&
           ast_.SymbolOf(id) == SymbolId::kNone && ast_.NameTextOf(id) == name;
  }

  const Ast& ast_;
};

// A value that is no object, so that no operator on it runs code.
bool EffectFinder::IsPrimitive(NodeId id) const {
  switch (ast_.KindOf(id)) {
    case Kind::kNull:
    case Kind::kBoolean:
    case Kind::kNumber:
    case Kind::kString:
      return true;
    case Kind::kTemplate: {
      const std::span<const NodeId> parts =
          ast_.Items(ast_.As<Template>(id).expressions());
      return std::all_of(parts.begin(), parts.end(),
                         [this](NodeId part) { return IsPrimitive(part); });
    }
    case Kind::kUnary: {
      const NodeId argument = ast_.As<Unary>(id).argument();
      switch (static_cast<UnaryOp>(ast_[id].op)) {
        case UnaryOp::kTypeOf:
        case UnaryOp::kVoid:
        case UnaryOp::kNot:
          return IsFree(argument);
        case UnaryOp::kDelete:
          return false;
        default:
          return IsPrimitive(argument);
      }
    }
    case Kind::kBinary: {
      const BinaryOp op = static_cast<BinaryOp>(ast_[id].op);
      return op != BinaryOp::kIn && op != BinaryOp::kInstanceOf &&
             IsPrimitive(ast_.As<Binary>(id).left()) &&
             IsPrimitive(ast_.As<Binary>(id).right());
    }
    default:
      return false;
  }
}

// `/*#__PURE__*/` before the call, as compilers and minifiers write it.
bool EffectFinder::IsMarked(NodeId id) const {
  std::string_view before = ast_.file().text().substr(0, ast_[id].span.begin);
  while (!before.empty() && (before.back() == ' ' || before.back() == '\n' ||
                             before.back() == '\r' || before.back() == '\t' ||
                             before.back() == '(')) {
    before.remove_suffix(1);
  }
  if (!before.ends_with("*/")) {
    return false;
  }
  const std::string_view comment = before.substr(before.rfind("/*"));
  return comment.find("#__PURE__") != std::string_view::npos ||
         comment.find("@__PURE__") != std::string_view::npos;
}

bool EffectFinder::IsFreeCall(NodeId id) const {
  // New has the slots of Call.
  const bool is_new = ast_.Is(id, Kind::kNew);
  const NodeId callee{ast_[id].slots[0]};
  const ListId list{ast_[id].slots[1]};
  const std::span<const NodeId> arguments = ast_.Items(list);
  if (IsMarked(id)) {
    return AreFree(list);
  }
  if (is_new) {
    static constexpr std::array<std::string_view, 4> kCollections = {
        "Map", "Set", "WeakMap", "WeakSet"};
    return arguments.empty() &&
           std::any_of(
               kCollections.begin(), kCollections.end(),
               [&](std::string_view name) { return IsGlobal(callee, name); });
  }
  const bool primitive =
      std::all_of(arguments.begin(), arguments.end(),
                  [this](NodeId item) { return IsPrimitive(item); });
  if (ast_.Is(callee, Kind::kMember)) {
    const Member member = ast_.As<Member>(callee);
    const std::string_view name = ast_.TextOf(member.name());
    return (IsGlobal(member.object(), "Symbol") && name == "for" &&
            primitive) ||
           (IsGlobal(member.object(), "Object") && name == "freeze" &&
            arguments.size() == 1 &&
            (ast_.Is(arguments[0], Kind::kObject) ||
             ast_.Is(arguments[0], Kind::kArray)) &&
            IsFree(arguments[0]));
  }
  return IsGlobal(callee, "Symbol") && primitive;
}

bool EffectFinder::IsFreeProperty(NodeId id) const {
  if (!ast_.Is(id, Kind::kProperty)) {
    return false;
  }
  const Property property = ast_.As<Property>(id);
  return (!property.Has(flag::kComputed) || IsPrimitive(property.key())) &&
         IsFree(property.value());
}

bool EffectFinder::IsFreeMember(NodeId id) const {
  if (ast_.Is(id, Kind::kMethod)) {
    const Method method = ast_.As<Method>(id);
    return ast_.Items(method.decorators()).empty() &&
           (!method.Has(flag::kComputed) || IsPrimitive(method.key()));
  }
  if (!ast_.Is(id, Kind::kField)) {
    return false;
  }
  const Field field = ast_.As<Field>(id);
  return ast_.Items(field.decorators()).empty() &&
         (!field.Has(flag::kComputed) || IsPrimitive(field.key())) &&
         (!field.Has(flag::kStatic) || IsFreeOrNone(field.value()));
}

bool EffectFinder::IsFreeClass(NodeId id) const {
  const Class view = ast_.As<Class>(id);
  const std::span<const NodeId> members = ast_.Items(view.members());
  return ast_.Items(view.decorators()).empty() &&
         IsFreeOrNone(view.super_class()) &&
         std::all_of(members.begin(), members.end(),
                     [this](NodeId member) { return IsFreeMember(member); });
}

// Members of an enumeration may name those before them, which are numbers and
// texts.
bool EffectFinder::IsFreeEnum(NodeId id) const {
  for (NodeId member : ast_.Items(ast_.As<TsEnum>(id).members())) {
    const NodeId value = ast_.As<TsEnumMember>(member).value();
    if (value != NodeId::kNone && !IsPrimitive(value) &&
        !ast_.Is(value, Kind::kIdentifier)) {
      return false;
    }
  }
  return true;
}

bool EffectFinder::IsFree(NodeId id) const {
  switch (ast_.KindOf(id)) {
    case Kind::kThis:
    case Kind::kBigInt:
    case Kind::kRegExp:
    case Kind::kFunction:
    case Kind::kArrow:
    case Kind::kHole:
      return true;
    case Kind::kIdentifier:
      // A global that is not there throws.
      return ast_.SymbolOf(id) != SymbolId::kNone ||
             IsGlobal(id, "undefined") || IsGlobal(id, "NaN") ||
             IsGlobal(id, "Infinity");
    case Kind::kArray:
      return AreFree(ast_.As<Array>(id).elements());
    case Kind::kObject: {
      const std::span<const NodeId> properties =
          ast_.Items(ast_.As<Object>(id).properties());
      return std::all_of(
          properties.begin(), properties.end(),
          [this](NodeId property) { return IsFreeProperty(property); });
    }
    case Kind::kClass:
      return IsFreeClass(id);
    case Kind::kConditional: {
      const Conditional view = ast_.As<Conditional>(id);
      return IsFree(view.test()) && IsFree(view.consequent()) &&
             IsFree(view.alternate());
    }
    case Kind::kSequence:
      return AreFree(ast_.As<Sequence>(id).expressions());
    case Kind::kBinary: {
      const BinaryOp op = static_cast<BinaryOp>(ast_[id].op);
      if (IsLogical(op) || op == BinaryOp::kStrictEqual ||
          op == BinaryOp::kStrictNotEqual) {
        return IsFree(ast_.As<Binary>(id).left()) &&
               IsFree(ast_.As<Binary>(id).right());
      }
      return IsPrimitive(id);
    }
    case Kind::kCall:
    case Kind::kNew:
      return IsFreeCall(id);
    default:
      return IsPrimitive(id);
  }
}

bool EffectFinder::IsFreeVariable(NodeId id) const {
  for (NodeId item : ast_.Items(ast_.As<Variable>(id).declarators())) {
    const Declarator declarator = ast_.As<Declarator>(item);
    if (!ast_.Is(declarator.target(), Kind::kIdentifier) ||
        !IsFreeOrNone(declarator.value())) {
      return false;
    }
  }
  return true;
}

bool EffectFinder::IsFreeStatement(NodeId id) const {
  switch (ast_.KindOf(id)) {
    case Kind::kImport:
    case Kind::kExportNamed:
    case Kind::kExportAll:
    case Kind::kDirective:
    case Kind::kEmpty:
    case Kind::kTsType:
    case Kind::kFunctionDeclaration:
      return true;
    case Kind::kClassDeclaration:
      return IsFreeClass(id);
    case Kind::kVariable:
      return IsFreeVariable(id);
    case Kind::kTsEnum:
      return IsFreeEnum(id);
    case Kind::kExportDeclaration:
      return IsFreeStatement(ast_.As<ExportDeclaration>(id).declaration());
    case Kind::kExportDefault: {
      const NodeId value = ast_.As<ExportDefault>(id).value();
      return ast_.Is(value, Kind::kFunctionDeclaration) ||
                     ast_.Is(value, Kind::kClassDeclaration)
                 ? IsFreeStatement(value)
                 : IsFree(value);
    }
    default:
      return false;
  }
}

}  // namespace

bool IsEffectFree(const Ast& ast) {
  const EffectFinder finder(ast);
  const std::span<const NodeId> body =
      ast.Items(ast.As<Program>(ast.root()).body());
  return std::all_of(body.begin(), body.end(), [&](NodeId statement) {
    return finder.IsFreeStatement(statement);
  });
}

}  // namespace fcc::js
