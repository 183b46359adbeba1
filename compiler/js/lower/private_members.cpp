// SPDX-License-Identifier: Apache-2.0

#include "compiler/js/lower/private_members.h"

#include <string>
#include <unordered_set>

namespace fcc::js {

void PrivateMembers::Declare(NodeId class_id) {
  for (NodeId member : ast_.Items(ast_.As<Class>(class_id).members())) {
    if (ast_.Is(member, Kind::kStaticBlock)) {
      continue;
    }
    // Key is slot 1 of Method and of Field.
    const NodeId key{ast_[member].slots[1]};
    if (!ast_.Is(key, Kind::kPrivateName)) {
      continue;
    }
    const std::string name(ast_.NameTextOf(key));
    LoweredPrivate& known = privates_[ast_.SymbolOf(key)];
    if (known.table == SymbolId::kNone) {
      known.table = ast_.NewTemporary(name);
    }
    if (ast_.Is(member, Kind::kMethod)) {
      switch (MethodKind{ast_[member].op}) {
        case MethodKind::kGet:
          known.getter = ast_.NewTemporary("get_" + name);
          break;
        case MethodKind::kSet:
          known.setter = ast_.NewTemporary("set_" + name);
          break;
        case MethodKind::kMethod:
        case MethodKind::kConstructor:
          known.method = ast_.NewTemporary(name);
          break;
      }
    }
  }
}

void PrivateMembers::DeclareTables(NodeId class_id,
                                   std::vector<NodeId>& declarators) {
  std::unordered_set<SymbolId> done;
  for (NodeId member : ast_.Items(ast_.As<Class>(class_id).members())) {
    if (ast_.Is(member, Kind::kStaticBlock)) {
      continue;
    }
    const NodeId key{ast_[member].slots[1]};
    if (!ast_.Is(key, Kind::kPrivateName)) {
      continue;
    }
    const SymbolId table = privates_[ast_.SymbolOf(key)].table;
    if (!done.insert(table).second) {
      continue;
    }
    const base::Span span = ast_[key].span;
    declarators.push_back(ast_.New<Kind::kDeclarator>(
        span, Ref(span, table),
        ast_.New<Kind::kNew>(span, ast_.NewGlobal(span, "WeakMap"),
                             ListId::kEmpty)));
  }
}

NodeId PrivateMembers::Read(base::Span span, const LoweredPrivate& member,
                            NodeId object, const TwiceFn& twice) {
  if (member.method != SymbolId::kNone) {
    return context_.CallHelper(
        span, Helper::kPrivateUse,
        {Ref(span, member.table), object, Ref(span, member.method)});
  }
  if (!member.is_accessor()) {
    return context_.CallHelper(span, Helper::kPrivateGet,
                               {Ref(span, member.table), object});
  }
  const auto [first, again] = twice(object);
  return NewMethodCall(ast_, span,
                       context_.CallHelper(span, Helper::kPrivateUse,
                                           {Ref(span, member.table), first,
                                            Ref(span, member.getter)}),
                       "call", {again});
}

NodeId PrivateMembers::Store(base::Span span, const LoweredPrivate& member,
                             NodeId object, NodeId value, const TwiceFn& twice,
                             const TemporaryFn& temporary) {
  if (member.method != SymbolId::kNone) {
    const auto [first, again] = twice(object);
    return NewSequence(ast_, span,
                       {first, value,
                        context_.CallHelper(span, Helper::kPrivateUse,
                                            {Ref(span, member.table), again,
                                             ast_.NewUndefined(span)})});
  }
  if (!member.is_accessor()) {
    return context_.CallHelper(span, Helper::kPrivateSet,
                               {Ref(span, member.table), object, value});
  }
  const auto [first, again] = twice(object);
  const SymbolId kept = temporary("value");
  const NodeId use = context_.CallHelper(
      span, Helper::kPrivateUse,
      {Ref(span, member.table), first, Ref(span, member.setter)});
  return NewSequence(
      ast_, span,
      {NewMethodCall(ast_, span, use, "call",
                     {again, ast_.NewAssign(span, Ref(span, kept), value)}),
       Ref(span, kept)});
}

NodeId PrivateMembers::LowerUpdate(NodeId id, const VisitFn& visit,
                                   const TwiceFn& twice,
                                   const TemporaryFn& temporary) {
  Update update = ast_.As<Update>(id);
  const base::Span span = update.span();
  const NodeId target = update.argument();
  const LoweredPrivate& member = Of(target);
  const auto [first, again] =
      twice(visit(ast_.As<js::PrivateMember>(target).object()));
  const BinaryOp op = UpdateOp{ast_[id].op} == UpdateOp::kIncrement
                          ? BinaryOp::kAdd
                          : BinaryOp::kSubtract;
  const NodeId old =
      ast_.NewUnary(span, UnaryOp::kPlus, Read(span, member, again, twice));
  const NodeId one = ast_.NewNumber(span, 1);
  if (update.Has(flag::kPrefix)) {
    return Store(span, member, first, ast_.NewBinary(span, op, old, one), twice,
                 temporary);
  }
  const SymbolId kept = temporary("old");
  const NodeId keep = ast_.NewAssign(span, Ref(span, kept), old);
  return NewSequence(
      ast_, span,
      {Store(span, member, first, ast_.NewBinary(span, op, keep, one), twice,
             temporary),
       Ref(span, kept)});
}

NodeId PrivateMembers::LowerUse(NodeId id, const VisitFn& visit,
                                const TwiceFn& twice,
                                const TemporaryFn& temporary) {
  const base::Span span = ast_[id].span;
  switch (ast_.KindOf(id)) {
    case Kind::kPrivateMember:
      return Read(span, Of(id), visit(ast_.As<js::PrivateMember>(id).object()),
                  twice);
    case Kind::kCall: {
      Call call = ast_.As<Call>(id);
      const NodeId callee = call.callee();
      if (!ast_.Is(callee, Kind::kPrivateMember)) {
        return NodeId::kNone;
      }
      const auto [first, again] =
          twice(visit(ast_.As<js::PrivateMember>(callee).object()));
      const NodeId method = Read(span, Of(callee), first, twice);
      std::vector<NodeId> args{again};
      for (NodeId argument : ast_.Items(call.arguments())) {
        args.push_back(visit(argument));
      }
      return ast_.NewCall(span, ast_.NewMember(span, method, "call"), args);
    }
    case Kind::kAssign: {
      Assign assign = ast_.As<Assign>(id);
      const NodeId target = assign.target();
      if (!ast_.Is(target, Kind::kPrivateMember)) {
        return NodeId::kNone;
      }
      const NodeId object = visit(ast_.As<js::PrivateMember>(target).object());
      const AssignOp op{ast_[id].op};
      if (op == AssignOp::kAssign) {
        return Store(span, Of(target), object, visit(assign.value()), twice,
                     temporary);
      }
      const auto [first, again] = twice(object);
      const NodeId old = Read(span, Of(target), again, twice);
      return Store(
          span, Of(target), first,
          ast_.NewBinary(span, BinaryOf(op), old, visit(assign.value())), twice,
          temporary);
    }
    case Kind::kUpdate:
      return ast_.Is(ast_.As<Update>(id).argument(), Kind::kPrivateMember)
                 ? LowerUpdate(id, visit, twice, temporary)
                 : NodeId::kNone;
    case Kind::kBinary: {
      Binary binary = ast_.As<Binary>(id);
      if (!ast_.Is(binary.left(), Kind::kPrivateName)) {
        return NodeId::kNone;
      }
      return context_.CallHelper(
          span, Helper::kPrivateIn,
          {Ref(span, privates_[ast_.SymbolOf(binary.left())].table),
           visit(binary.right())});
    }
    default:
      return NodeId::kNone;
  }
}

}  // namespace fcc::js
