// SPDX-License-Identifier: Apache-2.0
//
// Object literals as ES5 knows them: methods become functions, shorthand gets
// its value. From the first property that ES5 cannot write (spread, computed
// key, `__proto__: x`) on, the object is built step by step:
//
//     {a, [b]: c, ...d}  →  _fcc_assign(_fcc_define({a: a}, b, c), d)
//
// A literal whose methods use `super` gets a name that they can refer to.

#include <algorithm>

#include "compiler/js/lower/destructuring.h"
#include "compiler/js/lower/passes.h"
#include "compiler/js/lower/super.h"

namespace fcc::js {
namespace {

class ObjectLiteralPass : public Pass {
 public:
  using Pass::Pass;

 protected:
  NodeId Lower(NodeId id) override {
    VisitChildren(id);
    return ast.Is(id, Kind::kObject) ? LowerObject(id) : id;
  }

 private:
  NodeId LowerObject(NodeId id);
  NodeId Build(NodeId id);
  void Simplify(NodeId property);
  bool IsPlain(NodeId property) const;
  // One step after the plain start; `object` is the object so far.
  NodeId Step(NodeId object, std::span<const NodeId> run, bool only_data);
  NodeId LowerComputed(NodeId object, Property property);
  NodeId MethodOf(NodeId property) const;
  NodeId LowerSuper(NodeId id);
};

// The key is written `__proto__`, in quotes or not.
bool SaysProto(const Ast& ast, NodeId key) {
  return (ast.Is(key, Kind::kName) || ast.Is(key, Kind::kString)) &&
         ast.NameTextOf(key) == "__proto__";
}

bool IsProto(const Ast& ast, const Property& property) {
  return PropertyKind{property.node->op} == PropertyKind::kInit &&
         !property.Has(flag::kComputed | flag::kShorthand) &&
         SaysProto(ast, property.key());
}

bool ObjectLiteralPass::IsPlain(NodeId id) const {
  if (!ast.Is(id, Kind::kProperty)) {
    return false;
  }
  const Property property = ast.As<Property>(id);
  return !property.Has(flag::kComputed) && !SaysProto(ast, property.key());
}

// Methods and shorthands are written out.
void ObjectLiteralPass::Simplify(NodeId id) {
  if (!ast.Is(id, Kind::kProperty)) {
    return;
  }
  Node& node = ast[id];
  if (PropertyKind{node.op} == PropertyKind::kMethod) {
    node.op = static_cast<uint8_t>(PropertyKind::kInit);
    // A method that is called `__proto__` is no prototype.
    Property property = ast.As<Property>(id);
    if (!property.Has(flag::kComputed) && SaysProto(ast, property.key())) {
      property.set_key(KeyExpression(ast, property.key()));
      node.flags |= flag::kComputed;
    }
  }
  if (node.Has(flag::kShorthand)) {
    Property property = ast.As<Property>(id);
    if (SaysProto(ast, property.key())) {
      property.set_key(KeyExpression(ast, property.key()));
      node.flags |= flag::kComputed;
    }
    node.flags &= ~flag::kShorthand;
  }
}

// Whether computing it can run code that a later key conversion would notice.
bool IsInert(const Ast& ast, NodeId id) {
  return IsPure(ast, id) || ast.Is(id, Kind::kFunction) ||
         ast.Is(id, Kind::kArrow);
}

bool IsAnonymous(const Ast& ast, const LowerContext& context, NodeId id) {
  switch (ast.KindOf(id)) {
    case Kind::kFunction:
      return ast.As<Function>(id).id() == NodeId::kNone;
    case Kind::kArrow:
      return true;
    case Kind::kClass:
      return ast.As<Class>(id).id() == NodeId::kNone &&
             !context.given_names.contains(id);
    default:
      return false;
  }
}

NodeId ObjectLiteralPass::LowerComputed(NodeId object, Property property) {
  const base::Span span = property.span();
  const PropertyKind kind{property.node->op};
  NodeId key = property.key();
  NodeId value = property.value();
  if (kind == PropertyKind::kGet || kind == PropertyKind::kSet) {
    return context.CallHelper(
        span, Helper::kAccessor,
        {object, KeyExpression(ast, key),
         ast.NewString(span, kind == PropertyKind::kGet ? "get" : "set"),
         value});
  }
  if (IsAnonymous(ast, context, value)) {
    if (!IsConstant(ast, key)) {
      key = context.CallHelper(span, Helper::kToKey, {key});
    }
    const Twice twice = UseTwice(key, "key");
    key = twice.first;
    value = context.CallHelper(span, Helper::kNamed, {value, twice.again});
  } else if (!IsConstant(ast, key) && !IsInert(ast, value)) {
    key = context.CallHelper(span, Helper::kToKey, {key});
  }
  return context.CallHelper(span, Helper::kDefine, {object, key, value});
}

NodeId ObjectLiteralPass::Step(NodeId object, std::span<const NodeId> run,
                               bool only_data) {
  const NodeId id = run[0];
  const base::Span span = ast[id].span;
  if (ast.Is(id, Kind::kSpread)) {
    return context.CallHelper(span, only_data ? Helper::kAssign : Helper::kCopy,
                              {object, ast.As<Spread>(id).argument()});
  }
  Property property = ast.As<Property>(id);
  if (IsProto(ast, property)) {
    return context.CallHelper(span, Helper::kProto, {object, property.value()});
  }
  if (IsPlain(id) && PropertyKind{ast[id].op} == PropertyKind::kInit) {
    if (run.size() == 1) {
      return context.CallHelper(
          span, Helper::kDefine,
          {object, KeyExpression(ast, property.key()), property.value()});
    }
    const NodeId more = ast.New<Kind::kObject>(span, ast.List(run));
    return context.CallHelper(span, only_data ? Helper::kAssign : Helper::kCopy,
                              {object, more});
  }
  return LowerComputed(object, property);
}

NodeId ObjectLiteralPass::Build(NodeId id) {
  Object object = ast.As<Object>(id);
  const base::Span span = object.span();
  std::span<NodeId> properties = ast.Items(object.properties());
  for (NodeId property : properties) {
    Simplify(property);
  }
  size_t at = 0;
  while (at < properties.size() && IsPlain(properties[at])) {
    ++at;
  }
  if (at == properties.size()) {
    return id;
  }
  auto is_data = [&](NodeId property) {
    return IsPlain(property) &&
           PropertyKind{ast[property].op} == PropertyKind::kInit;
  };
  bool only_data =
      std::all_of(properties.begin(), properties.begin() + at, is_data);
  const std::vector<NodeId> start(properties.begin(), properties.begin() + at);
  const std::vector<NodeId> rest(properties.begin() + at, properties.end());
  object.set_properties(ast.List(start));
  // Two steps nest; more go through a temporary, lest they nest too deep.
  NodeId result = id;
  std::vector<NodeId> steps;
  SymbolId symbol = SymbolId::kNone;
  if (rest.size() > 2) {
    symbol = Temporary("made");
    steps.push_back(ast.NewAssign(span, Ref(span, symbol), id));
  }
  for (size_t i = 0; i < rest.size();) {
    size_t length = 1;
    while (is_data(rest[i]) && i + length < rest.size() &&
           is_data(rest[i + length])) {
      ++length;
    }
    if (symbol != SymbolId::kNone) {
      steps.push_back(Step(Ref(span, symbol),
                           std::span(rest).subspan(i, length), only_data));
    } else {
      result = Step(result, std::span(rest).subspan(i, length), only_data);
    }
    const Node& first = ast[rest[i]];
    only_data = only_data &&
                (first.kind == Kind::kSpread ||
                 PropertyKind{first.op} == PropertyKind::kInit) &&
                !(first.kind == Kind::kProperty &&
                  IsProto(ast, ast.As<Property>(rest[i])));
    i += length;
  }
  if (symbol == SymbolId::kNone) {
    return result;
  }
  steps.push_back(Ref(span, symbol));
  return NewSequence(ast, span, steps);
}

// The function of a method, which may have got its name by a call.
NodeId ObjectLiteralPass::MethodOf(NodeId property) const {
  NodeId value = ast.As<Property>(property).value();
  if (ast.Is(value, Kind::kCall)) {
    const Call call = ast.As<Call>(value);
    const SymbolId named =
        context.helper_symbols[static_cast<size_t>(Helper::kNamed)];
    if (named != SymbolId::kNone && ast.Is(call.callee(), Kind::kIdentifier) &&
        ast.SymbolOf(call.callee()) == named) {
      value = ast.Items(call.arguments())[0];
    }
  }
  return ast.Is(value, Kind::kFunction) && ast[value].Has(flag::kMethod)
             ? value
             : NodeId::kNone;
}

// `(home => home = {…})()`, with every `super.x` of its methods looked up from
// `home`: each evaluation of the literal has its own.
NodeId ObjectLiteralPass::LowerSuper(NodeId id) {
  const base::Span span = ast[id].span;
  const bool suspends =
      Contains(ast, id, Kind::kYield) || Contains(ast, id, Kind::kAwait);
  const SymbolId home = suspends ? Temporary("home") : ast.NewTemporary("home");
  for (NodeId item : ast.Items(ast.As<Object>(id).properties())) {
    if (!ast.Is(item, Kind::kProperty)) {
      continue;
    }
    const NodeId method = MethodOf(item);
    if (method == NodeId::kNone) {
      continue;
    }
    std::vector<NodeId> declarators;
    LowerSuperAccess(
        context, method, ast[method].Has(flag::kStrict),
        [&](base::Span at) { return Ref(at, home); },
        [&](std::string_view hint) {
          const SymbolId symbol = ast.NewTemporary(hint);
          declarators.push_back(
              ast.New<Kind::kDeclarator>(span, Ref(span, symbol)));
          return symbol;
        });
    if (!declarators.empty()) {
      const NodeId variable =
          ast.NewVariable(span, DeclarationKind::kVar, declarators);
      PrependStatements(ast, method, std::span(&variable, 1));
    }
  }
  const NodeId named = ast.NewAssign(span, Ref(span, home), Build(id));
  if (suspends) {
    return named;
  }
  const NodeId parameter = Ref(span, home);
  const NodeId arrow =
      ast.New<Kind::kArrow>(span, ast.List({parameter}), named);
  return ast.NewCall(span, arrow, {});
}

NodeId ObjectLiteralPass::LowerObject(NodeId id) {
  bool uses_super = false;
  for (NodeId item : ast.Items(ast.As<Object>(id).properties())) {
    if (ast.Is(item, Kind::kProperty)) {
      const NodeId method = MethodOf(item);
      uses_super |=
          method != NodeId::kNone && ast[method].Has(flag::kUsesSuper);
    }
  }
  return uses_super ? LowerSuper(id) : Build(id);
}

}  // namespace

void LowerObjectLiterals(LowerContext& context) {
  ObjectLiteralPass(context).RunPassingLeaves();
}

}  // namespace fcc::js
