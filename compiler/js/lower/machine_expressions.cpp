// SPDX-License-Identifier: Apache-2.0
//
// Expressions that suspend: everything to the left of a suspension is computed
// into temporaries, in order, then the machine returns; what is left of the
// expression reads the temporaries and what was sent in.

#include "compiler/js/lower/machine_writer.h"

namespace fcc::js {

NodeId MachineWriter::Keep(NodeId value) {
  if (IsConstant(ast_, value)) {
    return value;
  }
  const base::Span span = ast_[value].span;
  const SymbolId symbol = Temporary("kept");
  EmitExpression(ast_.NewAssign(span, Ref(span, symbol), value));
  return Ref(span, symbol);
}

NodeId MachineWriter::WriteSuspension(NodeId id) {
  const base::Span span = ast_[id].span;
  const bool is_yield = ast_.Is(id, Kind::kYield);
  NodeId value =
      is_yield ? ast_.As<Yield>(id).argument() : ast_.As<Await>(id).argument();
  value = value == NodeId::kNone ? ast_.NewUndefined(span) : Write(value);
  if (is_yield && ast_[id].Has(flag::kDelegate)) {
    value = NewMethodCall(
        ast_, span, Context(span), "delegate",
        {context_.CallHelper(
            span, is_async_ ? Helper::kAsyncIterator : Helper::kSyncIterator,
            {value})});
  } else if (is_yield && is_async_) {
    // `yield x` waits for x first.
    const NodeId wait = ast_.New<Kind::kAwait>(span, value);
    suspending_.insert(wait);
    value = NewMethodCall(ast_, span, Context(span), "emit", {Write(wait)});
  }
  const int next = NewLabel();
  Emit(SetAt(span, next));
  Emit(NewReturn(ast_, span, value));
  Mark(next);
  return Field(span, "sent");
}

NodeId MachineWriter::WriteLogical(NodeId id) {
  Binary binary = ast_.As<Binary>(id);
  const base::Span span = binary.span();
  const BinaryOp op{ast_[id].op};
  if (!Suspends(binary.right())) {
    binary.set_left(Write(binary.left()));
    return id;
  }
  const SymbolId result = Temporary("value");
  const int end = NewLabel();
  EmitExpression(ast_.NewAssign(span, Ref(span, result), Write(binary.left())));
  if (op == BinaryOp::kLogicalAnd) {
    EmitJumpUnless(Ref(span, result), end);
  } else {
    EmitJumpIf(Ref(span, result), end);
  }
  EmitExpression(
      ast_.NewAssign(span, Ref(span, result), Write(binary.right())));
  Mark(end);
  return Ref(span, result);
}

NodeId MachineWriter::WriteConditional(NodeId id) {
  Conditional view = ast_.As<Conditional>(id);
  const base::Span span = view.span();
  if (!Suspends(view.consequent()) && !Suspends(view.alternate())) {
    view.set_test(Write(view.test()));
    return id;
  }
  const SymbolId result = Temporary("value");
  const int other = NewLabel();
  const int end = NewLabel();
  EmitJumpUnless(Write(view.test()), other);
  EmitExpression(
      ast_.NewAssign(span, Ref(span, result), Write(view.consequent())));
  EmitJump(span, end);
  Mark(other);
  EmitExpression(
      ast_.NewAssign(span, Ref(span, result), Write(view.alternate())));
  Mark(end);
  return Ref(span, result);
}

NodeId MachineWriter::WriteAccess(NodeId id, bool keep) {
  const base::Span span = ast_[id].span;
  if (ast_.Is(id, Kind::kMember)) {
    Member member = ast_.As<Member>(id);
    NodeId object = Write(member.object());
    return ast_.New<Kind::kMember>(span, keep ? Keep(object) : object,
                                   member.name(), member.name_begin());
  }
  Index index = ast_.As<Index>(id);
  NodeId object = Write(index.object());
  if (keep || Suspends(index.index())) {
    object = Keep(object);
  }
  NodeId key = Write(index.index());
  if (keep) {
    key = Keep(key);
  }
  return ast_.New<Kind::kIndex>(span, object, key);
}

NodeId MachineWriter::WriteAssign(NodeId id) {
  Assign assign = ast_.As<Assign>(id);
  const base::Span span = assign.span();
  const AssignOp op{ast_[id].op};
  const bool is_name = ast_.Is(assign.target(), Kind::kIdentifier);
  const bool value_suspends = Suspends(assign.value());
  const NodeId target =
      is_name ? assign.target() : WriteAccess(assign.target(), value_suspends);
  if (op == AssignOp::kAssign || !value_suspends) {
    assign.set_value(Write(assign.value()));
    assign.set_target(target);
    return id;
  }
  const NodeId old = Keep(ast_.CloneDeep(target));
  const NodeId value = Write(assign.value());
  return ast_.NewAssign(span, target,
                        ast_.NewBinary(span, BinaryOf(op), old, value));
}

std::vector<NodeId> MachineWriter::WriteItems(ListId list) {
  std::span<NodeId> items = ast_.Items(list);
  size_t last = 0;
  for (size_t i = 0; i < items.size(); ++i) {
    if (Suspends(items[i])) {
      last = i;
    }
  }
  std::vector<NodeId> written;
  for (size_t i = 0; i < items.size(); ++i) {
    if (ast_.Is(items[i], Kind::kHole)) {
      written.push_back(items[i]);
      continue;
    }
    const NodeId item = Write(items[i]);
    written.push_back(i < last ? Keep(item) : item);
  }
  return written;
}

NodeId MachineWriter::WriteCall(NodeId id) {
  const bool is_new = ast_.Is(id, Kind::kNew);
  // Callee and arguments are slots 0 and 1 of Call and of New.
  const NodeId callee{ast_[id].slots[0]};
  const ListId arguments{ast_[id].slots[1]};
  const base::Span span = ast_[id].span;
  bool args_suspend = false;
  for (NodeId argument : ast_.Items(arguments)) {
    args_suspend |= Suspends(argument);
  }
  const bool is_access =
      ast_.Is(callee, Kind::kMember) || ast_.Is(callee, Kind::kIndex);
  if (!args_suspend) {
    ast_[id].slots[0] = static_cast<uint32_t>(
        is_access ? WriteAccess(callee, false) : Write(callee));
    return id;
  }
  if (is_new || !is_access) {
    const NodeId function = Keep(Write(callee));
    const std::vector<NodeId> args = WriteItems(arguments);
    if (is_new) {
      return ast_.New<Kind::kNew>(span, function, ast_.List(args));
    }
    return ast_.NewCall(span, function, args);
  }
  const NodeId access = WriteAccess(callee, true);
  const NodeId self = ast_.CloneDeep(NodeId{ast_[access].slots[0]});
  const NodeId function = Keep(access);
  std::vector<NodeId> args{self};
  for (NodeId argument : WriteItems(arguments)) {
    args.push_back(argument);
  }
  return ast_.NewCall(span, ast_.NewMember(span, function, "call"), args);
}

NodeId MachineWriter::WriteSequence(NodeId id) {
  std::span<NodeId> items = ast_.Items(ast_.As<Sequence>(id).expressions());
  for (size_t i = 0; i + 1 < items.size(); ++i) {
    EmitExpression(Write(items[i]));
  }
  return Write(items.back());
}

NodeId MachineWriter::WriteObject(NodeId id) {
  std::span<NodeId> properties = ast_.Items(ast_.As<Object>(id).properties());
  size_t last = 0;
  for (size_t i = 0; i < properties.size(); ++i) {
    if (Suspends(properties[i])) {
      last = i;
    }
  }
  for (size_t i = 0; i <= last; ++i) {
    Property property = ast_.As<Property>(properties[i]);
    const PropertyKind kind{ast_[properties[i]].op};
    if (kind == PropertyKind::kGet || kind == PropertyKind::kSet) {
      continue;
    }
    const NodeId value = Write(property.value());
    property.set_value(i < last ? Keep(value) : value);
  }
  return id;
}

NodeId MachineWriter::Write(NodeId id) {
  if (!Suspends(id)) {
    return id;
  }
  switch (ast_.KindOf(id)) {
    case Kind::kYield:
    case Kind::kAwait:
      return WriteSuspension(id);
    case Kind::kBinary: {
      if (IsLogical(BinaryOp{ast_[id].op})) {
        return WriteLogical(id);
      }
      Binary binary = ast_.As<Binary>(id);
      NodeId left = Write(binary.left());
      if (Suspends(binary.right())) {
        left = Keep(left);
      }
      binary.set_right(Write(binary.right()));
      binary.set_left(left);
      return id;
    }
    case Kind::kConditional:
      return WriteConditional(id);
    case Kind::kAssign:
      return WriteAssign(id);
    case Kind::kMember:
    case Kind::kIndex:
      return WriteAccess(id, false);
    case Kind::kCall:
    case Kind::kNew:
      return WriteCall(id);
    case Kind::kSequence:
      return WriteSequence(id);
    case Kind::kUnary: {
      Unary unary = ast_.As<Unary>(id);
      unary.set_argument(Write(unary.argument()));
      return id;
    }
    case Kind::kUpdate: {
      Update update = ast_.As<Update>(id);
      update.set_argument(WriteAccess(update.argument(), false));
      return id;
    }
    case Kind::kArray: {
      Array array = ast_.As<Array>(id);
      array.set_elements(ast_.List(WriteItems(array.elements())));
      return id;
    }
    case Kind::kObject:
      return WriteObject(id);
    default:
      FCC_CHECK(false);
  }
}

}  // namespace fcc::js
