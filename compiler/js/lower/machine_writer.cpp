// SPDX-License-Identifier: Apache-2.0

#include "compiler/js/lower/machine_writer.h"

#include <algorithm>

namespace fcc::js {

// A statement without a suspension stays whole, but `return` ends the machine
// and jumps to statements round it go through its switch.
class LeafRewriter : public Rewriter {
 public:
  LeafRewriter(Ast& tree, MachineWriter& writer)
      : Rewriter(tree), writer_(writer) {}

  NodeId Visit(NodeId id) override {
    const Kind kind = ast.KindOf(id);
    switch (kind) {
      case Kind::kFunction:
      case Kind::kFunctionDeclaration:
        return id;
      case Kind::kReturn:
        return writer_.ReturnInside(id, ast.As<Return>(id).argument());
      case Kind::kBreak:
      case Kind::kContinue:
        return Jump(id, kind == Kind::kBreak);
      case Kind::kLabeled:
        labels_.push_back(ast.As<Labeled>(id).label());
        VisitChildren(id);
        labels_.pop_back();
        return id;
      case Kind::kFor:
      case Kind::kForIn:
      case Kind::kWhile:
      case Kind::kDoWhile:
        ++loops_;
        ++breakables_;
        VisitChildren(id);
        --loops_;
        --breakables_;
        return id;
      case Kind::kSwitch:
        ++breakables_;
        VisitChildren(id);
        --breakables_;
        return id;
      default:
        VisitChildren(id);
        return id;
    }
  }

 private:
  NodeId Jump(NodeId id, bool is_break) {
    // Label is slot 0 of Break and of Continue.
    const NameId label{ast[id].slots[0]};
    const bool own =
        label == NameId::kNone
            ? (is_break ? breakables_ : loops_) > 0
            : std::find(labels_.begin(), labels_.end(), label) != labels_.end();
    const MachineWriter::Target* target =
        own ? nullptr : writer_.FindTarget(is_break, label);
    if (target == nullptr) {
      return id;
    }
    return writer_.JumpInside(
        ast[id].span, *target,
        is_break ? target->break_label : target->continue_label);
  }

  MachineWriter& writer_;
  std::vector<NameId> labels_;
  int loops_ = 0;
  int breakables_ = 0;
};

MachineWriter::MachineWriter(LowerContext& context, bool is_async,
                             bool is_generator)
    : context_(context),
      ast_(context.ast),
      is_async_(is_async),
      is_generator_(is_generator),
      machine_(context.ast.NewTemporary("context")),
      loop_label_(context.ast.Intern("_loop")) {
  parts_.push_back({0, {}});
}

bool MachineWriter::FindSuspending(NodeId id) {
  const Kind kind = ast_.KindOf(id);
  if (kind == Kind::kFunction || kind == Kind::kFunctionDeclaration) {
    return false;
  }
  bool found = kind == Kind::kYield || kind == Kind::kAwait;
  // In async generators `return x` waits for x.
  found |= kind == Kind::kReturn && is_async_ && is_generator_ &&
           ast_.As<Return>(id).argument() != NodeId::kNone;
  ForEachChild(ast_, id, [&](NodeId child) { found |= FindSuspending(child); });
  if (found) {
    suspending_.insert(id);
  }
  return found;
}

void MachineWriter::WriteBody(std::span<const NodeId> statements) {
  for (NodeId statement : statements) {
    FindSuspending(statement);
  }
  for (NodeId statement : statements) {
    WriteStatement(statement);
  }
}

SymbolId MachineWriter::Temporary(std::string_view hint) {
  variables_.push_back(ast_.NewTemporary(hint));
  return variables_.back();
}

void MachineWriter::Mark(int label) {
  parts_.push_back({label, {}});
}

void MachineWriter::Emit(NodeId statement) {
  parts_.back().statements.push_back(statement);
}

void MachineWriter::EmitExpression(NodeId expression) {
  Emit(ast_.NewStatement(expression));
}

NodeId MachineWriter::SetAt(base::Span span, int label) {
  return ast_.NewStatement(
      ast_.NewAssign(span, Field(span, "at"), Label(span, label)));
}

void MachineWriter::EmitJump(base::Span span, int label) {
  Emit(SetAt(span, label));
  Emit(ast_.New<Kind::kBreak>(span, NameId::kNone));
}

void MachineWriter::EmitJumpIf(NodeId test, int label) {
  const base::Span span = ast_[test].span;
  const NodeId jump[] = {SetAt(span, label),
                         ast_.New<Kind::kBreak>(span, NameId::kNone)};
  Emit(ast_.New<Kind::kIf>(span, test, ast_.NewBlock(span, jump)));
}

void MachineWriter::EmitJumpUnless(NodeId test, int label) {
  EmitJumpIf(ast_.NewUnary(ast_[test].span, UnaryOp::kNot, test), label);
}

bool MachineWriter::HasFinally(int from, int to) const {
  for (int at = from; at != to && at != 0; at = regions_[at - 1].parent) {
    if (regions_[at - 1].is_finally) {
      return true;
    }
  }
  return false;
}

void MachineWriter::SetRegion(base::Span span, int region) {
  EmitExpression(ast_.NewAssign(span, Field(span, "region"),
                                ast_.NewNumber(span, region)));
  region_ = region;
}

void MachineWriter::EmitLeave(base::Span span, const Target& target,
                              int label) {
  if (HasFinally(region_, target.region)) {
    EmitExpression(NewMethodCall(
        ast_, span, Context(span), "jump",
        {Label(span, label), ast_.NewNumber(span, target.region)}));
    Emit(ast_.New<Kind::kBreak>(span, NameId::kNone));
    return;
  }
  if (region_ != target.region) {
    EmitExpression(ast_.NewAssign(span, Field(span, "region"),
                                  ast_.NewNumber(span, target.region)));
  }
  EmitJump(span, label);
}

NodeId MachineWriter::ContinueLoop(base::Span span) {
  uses_loop_label_ = true;
  return ast_.New<Kind::kContinue>(span, loop_label_);
}

NodeId MachineWriter::JumpInside(base::Span span, const Target& target,
                                 int label) {
  std::vector<NodeId> statements;
  if (HasFinally(region_, target.region)) {
    statements.push_back(ast_.NewStatement(NewMethodCall(
        ast_, span, Context(span), "jump",
        {Label(span, label), ast_.NewNumber(span, target.region)})));
  } else {
    if (region_ != target.region) {
      statements.push_back(ast_.NewStatement(ast_.NewAssign(
          span, Field(span, "region"), ast_.NewNumber(span, target.region))));
    }
    statements.push_back(SetAt(span, label));
  }
  statements.push_back(ContinueLoop(span));
  return ast_.NewBlock(span, statements);
}

NodeId MachineWriter::ReturnInside(NodeId id, NodeId argument) {
  const base::Span span = ast_[id].span;
  std::vector<NodeId> args;
  if (argument != NodeId::kNone) {
    args.push_back(argument);
  }
  if (!HasFinally(region_, 0)) {
    return NewReturn(ast_, span, ast_.NewCall(span, Field(span, "end"), args));
  }
  const NodeId statements[] = {
      ast_.NewStatement(ast_.NewCall(span, Field(span, "exit"), args)),
      ContinueLoop(span)};
  return ast_.NewBlock(span, statements);
}

const MachineWriter::Target* MachineWriter::FindTarget(bool is_break,
                                                       NameId label) const {
  for (size_t i = targets_.size(); i-- > 0;) {
    const Target& target = targets_[i];
    if (label != NameId::kNone) {
      if (std::find(target.labels.begin(), target.labels.end(), label) !=
          target.labels.end()) {
        return &target;
      }
    } else if (is_break ? target.takes_bare_break
                        : target.continue_label >= 0) {
      return &target;
    }
  }
  return nullptr;
}

void MachineWriter::WriteList(ListId list) {
  for (NodeId statement : ast_.Items(list)) {
    WriteStatement(statement);
  }
}

void MachineWriter::WriteIf(NodeId id) {
  If view = ast_.As<If>(id);
  const NodeId alternate = view.alternate();
  const NodeId consequent = view.consequent();
  const NodeId test = Write(view.test());
  if (!Suspends(consequent) &&
      (alternate == NodeId::kNone || !Suspends(alternate))) {
    // Only the test suspends.
    view.set_test(test);
    LeafRewriter rewriter(ast_, *this);
    rewriter.VisitChildren(id);
    Emit(id);
    return;
  }
  const int other = NewLabel();
  const int end = alternate == NodeId::kNone ? other : NewLabel();
  EmitJumpUnless(test, other);
  WriteStatement(consequent);
  if (alternate != NodeId::kNone) {
    EmitJump(ast_[id].span, end);
    Mark(other);
    WriteStatement(alternate);
  }
  Mark(end);
}

void MachineWriter::WriteWhile(NodeId id, Target& target) {
  While loop = ast_.As<While>(id);
  target.continue_label = NewLabel();
  const int start = target.continue_label;
  const int end = target.break_label;
  targets_.push_back(target);
  Mark(start);
  EmitJumpUnless(Write(loop.test()), end);
  WriteStatement(loop.body());
  EmitJump(loop.span(), start);
  targets_.pop_back();
}

void MachineWriter::WriteDoWhile(NodeId id, Target& target) {
  DoWhile loop = ast_.As<DoWhile>(id);
  const int start = NewLabel();
  target.continue_label = NewLabel();
  const int next = target.continue_label;
  targets_.push_back(target);
  Mark(start);
  WriteStatement(loop.body());
  Mark(next);
  EmitJumpIf(Write(loop.test()), start);
  targets_.pop_back();
}

void MachineWriter::WriteFor(NodeId id, Target& target) {
  For loop = ast_.As<For>(id);
  if (loop.init() != NodeId::kNone) {
    EmitExpression(Write(loop.init()));
  }
  const int start = NewLabel();
  target.continue_label = NewLabel();
  const int next = target.continue_label;
  const int end = target.break_label;
  targets_.push_back(target);
  Mark(start);
  if (loop.test() != NodeId::kNone) {
    EmitJumpUnless(Write(loop.test()), end);
  }
  WriteStatement(loop.body());
  Mark(next);
  if (loop.update() != NodeId::kNone) {
    EmitExpression(Write(loop.update()));
  }
  EmitJump(loop.span(), start);
  targets_.pop_back();
}

void MachineWriter::WriteForIn(NodeId id, Target& target) {
  ForIn loop = ast_.As<ForIn>(id);
  const base::Span span = loop.span();
  const SymbolId keys = Temporary("keys");
  EmitExpression(ast_.NewAssign(
      span, Ref(span, keys),
      context_.CallHelper(span, Helper::kForIn, {Write(loop.right())})));
  target.continue_label = NewLabel();
  const int next = target.continue_label;
  const int end = target.break_label;
  targets_.push_back(target);
  Mark(next);
  EmitJumpUnless(NewMethodCall(ast_, span, Ref(span, keys), "step", {}), end);
  const NodeId left =
      Suspends(loop.left()) ? WriteAccess(loop.left(), true) : loop.left();
  EmitExpression(ast_.NewAssign(
      span, left, ast_.NewMember(span, Ref(span, keys), "value")));
  WriteStatement(loop.body());
  EmitJump(span, next);
  targets_.pop_back();
}

void MachineWriter::WriteSwitch(NodeId id, Target& target) {
  Switch view = ast_.As<Switch>(id);
  const base::Span span = view.span();
  const SymbolId value = Temporary("value");
  EmitExpression(
      ast_.NewAssign(span, Ref(span, value), Write(view.discriminant())));
  std::vector<int> labels;
  int otherwise = target.break_label;
  for (NodeId item : ast_.Items(view.cases())) {
    Case part = ast_.As<Case>(item);
    labels.push_back(NewLabel());
    if (part.test() == NodeId::kNone) {
      otherwise = labels.back();
      continue;
    }
    const NodeId test = Write(part.test());
    EmitJumpIf(ast_.NewBinary(ast_[item].span, BinaryOp::kStrictEqual,
                              Ref(span, value), test),
               labels.back());
  }
  EmitJump(span, otherwise);
  targets_.push_back(target);
  size_t at = 0;
  for (NodeId item : ast_.Items(view.cases())) {
    Mark(labels[at++]);
    WriteList(ast_.As<Case>(item).body());
  }
  targets_.pop_back();
}

void MachineWriter::WriteBreakable(NodeId id, std::vector<NameId> labels) {
  Target target;
  target.labels = std::move(labels);
  target.break_label = NewLabel();
  target.region = region_;
  target.takes_bare_break = true;
  const int end = target.break_label;
  switch (ast_.KindOf(id)) {
    case Kind::kFor:
      WriteFor(id, target);
      break;
    case Kind::kForIn:
      WriteForIn(id, target);
      break;
    case Kind::kWhile:
      WriteWhile(id, target);
      break;
    case Kind::kDoWhile:
      WriteDoWhile(id, target);
      break;
    case Kind::kSwitch:
      WriteSwitch(id, target);
      break;
    default:
      target.takes_bare_break = false;
      targets_.push_back(target);
      WriteStatement(id);
      targets_.pop_back();
      break;
  }
  Mark(end);
}

void MachineWriter::WriteLabeled(NodeId id) {
  std::vector<NameId> labels;
  while (ast_.Is(id, Kind::kLabeled)) {
    labels.push_back(ast_.As<Labeled>(id).label());
    id = ast_.As<Labeled>(id).body();
  }
  WriteBreakable(id, std::move(labels));
}

void MachineWriter::WriteTry(NodeId id) {
  Try view = ast_.As<Try>(id);
  const base::Span span = view.span();
  const int outer = region_;
  const int end = NewLabel();
  int finally_region = 0;
  int finally_label = 0;
  int finally_entry = 0;
  int around = outer;
  if (view.finalizer() != NodeId::kNone) {
    finally_label = NewLabel();
    finally_entry = NewLabel();
    regions_.push_back({outer, true, finally_label});
    finally_region = static_cast<int>(regions_.size());
    around = finally_region;
  }
  int catch_label = 0;
  if (view.handler() != NodeId::kNone) {
    catch_label = NewLabel();
    regions_.push_back({around, false, catch_label});
    SetRegion(span, static_cast<int>(regions_.size()));
  } else {
    SetRegion(span, finally_region);
  }
  WriteStatement(view.block());
  if (view.handler() != NodeId::kNone) {
    SetRegion(span, around);
    EmitJump(span, finally_region != 0 ? finally_entry : end);
    Mark(catch_label);
    Catch handler = ast_.As<Catch>(view.handler());
    if (handler.parameter() != NodeId::kNone) {
      variables_.push_back(ast_.SymbolOf(handler.parameter()));
      EmitExpression(
          ast_.NewAssign(span, handler.parameter(), Field(span, "sent")));
    }
    WriteStatement(handler.body());
  }
  if (finally_region != 0) {
    Mark(finally_entry);
    EmitExpression(NewMethodCall(ast_, span, Context(span), "enter",
                                 {ast_.NewNumber(span, finally_region)}));
    region_ = outer;
    Mark(finally_label);
    WriteStatement(view.finalizer());
    EmitExpression(NewMethodCall(
        ast_, span, Context(span), "finish",
        {ast_.NewNumber(span, finally_region), Label(span, end)}));
    Emit(ast_.New<Kind::kBreak>(span, NameId::kNone));
  }
  region_ = outer;
  Mark(end);
}

void MachineWriter::WriteReturn(NodeId id) {
  NodeId argument = ast_.As<Return>(id).argument();
  if (argument != NodeId::kNone) {
    const NodeId written = Write(argument);
    if (is_async_ && is_generator_) {
      const NodeId wait = ast_.New<Kind::kAwait>(ast_[argument].span, written);
      suspending_.insert(wait);
      argument = Write(wait);
    } else {
      argument = written;
    }
  }
  Emit(ReturnInside(id, argument));
}

void MachineWriter::WriteStatement(NodeId id) {
  if (!Suspends(id)) {
    LeafRewriter rewriter(ast_, *this);
    const NodeId whole = rewriter.Visit(id);
    if (!ast_.Is(whole, Kind::kEmpty)) {
      Emit(whole);
    }
    return;
  }
  switch (ast_.KindOf(id)) {
    case Kind::kBlock:
      WriteList(ast_.As<Block>(id).body());
      return;
    case Kind::kExpressionStatement: {
      const NodeId expression = ast_.As<ExpressionStatement>(id).expression();
      const NodeId rest = Write(expression);
      // The value sent in, which nobody wants.
      if (!ast_.Is(expression, Kind::kYield) &&
          !ast_.Is(expression, Kind::kAwait)) {
        EmitExpression(rest);
      }
      return;
    }
    case Kind::kIf:
      WriteIf(id);
      return;
    case Kind::kFor:
    case Kind::kForIn:
    case Kind::kWhile:
    case Kind::kDoWhile:
    case Kind::kSwitch:
      WriteBreakable(id, {});
      return;
    case Kind::kLabeled:
      WriteLabeled(id);
      return;
    case Kind::kTry:
      WriteTry(id);
      return;
    case Kind::kReturn:
      WriteReturn(id);
      return;
    case Kind::kThrow: {
      Throw view = ast_.As<Throw>(id);
      view.set_argument(Write(view.argument()));
      Emit(id);
      return;
    }
    default:
      // `with`, whose body cannot be entered in the middle.
      context_.sink.Report(diagnostics::Kind::kJsSuspendInWith,
                           ast_.LocationOf(id));
      Emit(id);
      return;
  }
}

NodeId MachineWriter::Machine(base::Span span) {
  Emit(NewReturn(ast_, span, ast_.NewCall(span, Field(span, "end"), {})));
  if (std::any_of(regions_.begin(), regions_.end(),
                  [](const Region& region) { return region.is_finally; })) {
    // Where a `return` ends that went through a finally.
    Mark(-1);
    Emit(NewReturn(ast_, span, Field(span, "result")));
  }
  std::vector<NodeId> cases;
  for (Part& part : parts_) {
    const NodeId test = part.label < 0
                            ? ast_.NewUnary(span, UnaryOp::kMinus,
                                            ast_.NewNumber(span, -part.label))
                            : Label(span, part.label);
    cases.push_back(
        ast_.New<Kind::kCase>(span, test, ast_.List(part.statements)));
  }
  const NodeId choice =
      ast_.New<Kind::kSwitch>(span, Field(span, "at"), ast_.List(cases));
  NodeId loop = ast_.New<Kind::kFor>(span, NodeId::kNone, NodeId::kNone,
                                     NodeId::kNone, choice);
  if (uses_loop_label_) {
    loop = ast_.New<Kind::kLabeled>(span, loop_label_, loop);
  }
  const NodeId parameter = Context(span);
  return ast_.NewFunction(span, std::span(&parameter, 1), std::span(&loop, 1));
}

NodeId MachineWriter::Regions(base::Span span) {
  if (regions_.empty()) {
    return NodeId::kNone;
  }
  std::vector<NodeId> numbers;
  for (const Region& region : regions_) {
    numbers.push_back(ast_.NewNumber(span, region.parent));
    numbers.push_back(ast_.NewNumber(span, region.is_finally ? 1 : 0));
    numbers.push_back(Label(span, region.label));
  }
  return NewArray(ast_, span, numbers);
}

}  // namespace fcc::js
