// SPDX-License-Identifier: Apache-2.0
//
// Functions and classes without a name take one from their place: `x = () =>
// 1`,
// `{f() {}}`, `(a = class {}) => a`. Engines that run ES5 do not infer it, and
// the places are gone once other passes have run, so this one is the first.
//
// A function expression gets its name as its id, unless that would hide another
// binding which the function refers to; then `_fcc_named` sets it when the code
// runs. Names of computed keys are set by the passes that lower those.

#include <algorithm>

#include "compiler/js/lower/passes.h"

namespace fcc::js {
namespace {

class InferNamesPass : public Pass {
 public:
  using Pass::Pass;

 protected:
  NodeId Lower(NodeId id) override;

 private:
  NodeId Name(NodeId value, NameId name, SymbolId binding);
  void NameOnlySafely(NodeId function, NodeId key);
  NodeId NameFor(NodeId value, NodeId target);
  bool Hides(NodeId function, NameId name, SymbolId binding) const;
};

// Some Identifier in `id` says `name` and means something declared outside
// `whole`, other than `binding`.
bool RefersTo(const Ast& ast, NodeId id, NameId name, SymbolId binding,
              base::Span whole) {
  if (ast.Is(id, Kind::kIdentifier)) {
    const SymbolId symbol = ast.SymbolOf(id);
    if (ast.NameOf(id) != name ||
        (symbol == binding && symbol != SymbolId::kNone)) {
      return false;
    }
    if (symbol == SymbolId::kNone || ast[symbol].declaration == NodeId::kNone) {
      return true;
    }
    const uint32_t at = ast[ast[symbol].declaration].span.begin;
    return at < whole.begin || at >= whole.end;
  }
  bool found = false;
  ForEachChild(ast, id, [&](NodeId child) {
    found = found || RefersTo(ast, child, name, binding, whole);
  });
  return found;
}

bool InferNamesPass::Hides(NodeId function, NameId name,
                           SymbolId binding) const {
  return RefersTo(ast, function, name, binding, ast[function].span);
}

NodeId InferNamesPass::NameFor(NodeId value, NodeId target) {
  if (!ast.Is(target, Kind::kIdentifier) ||
      ast[target].Has(flag::kParenthesized)) {
    return value;
  }
  return Name(value, ast.NameOf(target), ast.SymbolOf(target));
}

NodeId InferNamesPass::Name(NodeId value, NameId name, SymbolId binding) {
  const Kind kind = ast.KindOf(value);
  const bool is_class = kind == Kind::kClass;
  if (!is_class && kind != Kind::kFunction && kind != Kind::kArrow) {
    return value;
  }
  if ((is_class && ast.As<Class>(value).id() != NodeId::kNone) ||
      (kind == Kind::kFunction &&
       ast.As<Function>(value).id() != NodeId::kNone)) {
    return value;
  }
  GivenName given{name, SymbolId::kNone};
  const std::string_view text = ast.TextOf(name);
  // A variable that nothing but its declaration sets may be taken for the
  // function's own name: then the two are one symbol and cannot clash.
  if (binding != SymbolId::kNone &&
      (ast[binding].Has(symbol_flag::kReassigned | symbol_flag::kPinned |
                        symbol_flag::kCapturedInLoop |
                        symbol_flag::kExported) ||
       (ast[binding].kind != SymbolKind::kConst &&
        ast[binding].kind != SymbolKind::kLet))) {
    binding = SymbolId::kNone;
  }
  if (IsAsciiIdentifier(text) && !IsReservedName(text) &&
      !ast[value].Has(flag::kHasDirectEval) &&
      !Hides(value, name, is_class ? SymbolId::kNone : binding)) {
    if (!is_class && binding != SymbolId::kNone &&
        Hides(value, name, SymbolId::kNone)) {
      given.symbol = binding;
    } else {
      Symbol symbol;
      symbol.name = name;
      symbol.kind = SymbolKind::kFunctionName;
      given.symbol = ast.NewSymbol(symbol);
    }
  }
  if (kind == Kind::kFunction) {
    return ApplyGivenName(context, value, given);
  }
  context.given_names.emplace(value, given);
  return value;
}

void InferNamesPass::NameOnlySafely(NodeId function, NodeId key) {
  const NameId name = KeyName(ast, key);
  const std::string_view text = ast.TextOf(name);
  if (IsAsciiIdentifier(text) && !IsReservedName(text) &&
      !ast[function].Has(flag::kHasDirectEval) &&
      !Hides(function, name, SymbolId::kNone)) {
    Symbol symbol;
    symbol.name = name;
    symbol.kind = SymbolKind::kFunctionName;
    ast.As<Function>(function).set_id(
        ast.NewReference(ast[key].span, ast.NewSymbol(symbol)));
  }
}

NodeId InferNamesPass::Lower(NodeId id) {
  VisitChildren(id);
  switch (ast.KindOf(id)) {
    case Kind::kDeclarator: {
      Declarator declarator = ast.As<Declarator>(id);
      if (declarator.value() != NodeId::kNone) {
        declarator.set_value(NameFor(declarator.value(), declarator.target()));
      }
      return id;
    }
    case Kind::kAssign: {
      Assign assign = ast.As<Assign>(id);
      const AssignOp op{ast[id].op};
      if (op == AssignOp::kAssign || IsLogical(op)) {
        assign.set_value(NameFor(assign.value(), assign.target()));
      }
      return id;
    }
    case Kind::kDefaultPattern: {
      DefaultPattern pattern = ast.As<DefaultPattern>(id);
      pattern.set_value(NameFor(pattern.value(), pattern.target()));
      return id;
    }
    case Kind::kProperty: {
      Property property = ast.As<Property>(id);
      const PropertyKind kind{ast[id].op};
      // `[1]: x` is `1: x`; only `__proto__` means something else in brackets.
      if ((ast.Is(property.key(), Kind::kNumber) ||
           ast.Is(property.key(), Kind::kString)) &&
          ast.TextOf(KeyName(ast, property.key())) != "__proto__") {
        ast[id].flags &= ~flag::kComputed;
      }
      if (property.Has(flag::kComputed) ||
          (kind != PropertyKind::kInit && kind != PropertyKind::kMethod)) {
        return id;
      }
      const NameId name = KeyName(ast, property.key());
      if (kind == PropertyKind::kInit && ast.TextOf(name) == "__proto__") {
        return id;
      }
      const NodeId before = property.value();
      const bool had_name = !ast.Is(before, Kind::kFunction) ||
                            ast.As<Function>(before).id() != NodeId::kNone;
      property.set_value(Name(before, name, SymbolId::kNone));
      if (!had_name && ast.As<Function>(before).id() != NodeId::kNone) {
        // It is the key that gives the name.
        ast[ast.As<Function>(before).id()].span = ast[property.key()].span;
      }
      return id;
    }
    case Kind::kExportDefault: {
      ExportDefault exported = ast.As<ExportDefault>(id);
      exported.set_value(
          Name(exported.value(), ast.Intern("default"), SymbolId::kNone));
      return id;
    }
    case Kind::kMethod: {
      Method method = ast.As<Method>(id);
      // The class pass names the others when the class is made.
      if (!method.Has(flag::kComputed) &&
          MethodKind{ast[id].op} == MethodKind::kMethod &&
          !ast.Is(method.key(), Kind::kPrivateName)) {
        NameOnlySafely(method.value(), method.key());
      }
      return id;
    }
    case Kind::kField: {
      Field field = ast.As<Field>(id);
      if (field.value() != NodeId::kNone && !field.Has(flag::kComputed) &&
          !ast.Is(field.key(), Kind::kPrivateName)) {
        field.set_value(
            Name(field.value(), KeyName(ast, field.key()), SymbolId::kNone));
      }
      return id;
    }
    default:
      return id;
  }
}

}  // namespace

void InferNames(LowerContext& context) {
  InferNamesPass(context).RunPassingLeaves();
}

}  // namespace fcc::js
