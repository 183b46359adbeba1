// SPDX-License-Identifier: Apache-2.0
//
// let, const and functions in blocks → `var`. Names cannot clash (rename.h), so
// what is left is what a `var` does not do:
//
// - A round of a loop has bindings of its own. A binding that a function made
//   in the loop captures lives in a box, an object made anew for each round,
//   and such functions are made where the box of the round is a parameter:
//
//       for (let i = 0; i < 3; i++) f.push(() => i);
//     →
//       for (_box = {}, _box.i = 0; _box.i < 3;
//            _box = {i: _box.i}, _box.i++)
//         f.push(function (_box) {
//           return function () { return _box.i; };
//         }(_box));
//
//   So loops keep their body, and break, continue, return, yield and `this` in
//   it need nothing.
// - Without a value, a declaration in a loop sets undefined each time.
// - A binding that may be read before its declaration ran starts as
//   `_fcc_unset`, and doubtful reads check it, once on every way through a
//   function: a binding that lives stays alive. `_fcc_unset` is a function that
//   throws, so a call of the binding is a check.
// - Storing to a constant throws.

#include <algorithm>
#include <unordered_set>

#include "compiler/js/lower/passes.h"

namespace fcc::js {
namespace {

bool IsLoop(Kind kind) {
  return kind == Kind::kFor || kind == Kind::kForIn || kind == Kind::kForOf ||
         kind == Kind::kWhile || kind == Kind::kDoWhile;
}

bool IsLexical(const Ast& ast, NodeId id) {
  return ast.Is(id, Kind::kVariable) &&
         DeclarationKind{ast[id].op} != DeclarationKind::kVar;
}

// One binding of a let, a const or a function in a block.
struct Binding {
  NodeId function = NodeId::kNone;
  NodeId loop = NodeId::kNone;
  // Declared in the head of a `for (;;)`.
  bool in_head = false;
  bool in_switch = false;
  bool captured = false;
  // May be read before its declaration has run, for all that scopes tell.
  bool checked = false;
  // Some read is checked, so it must start as unset.
  bool has_check = false;
  // Where its declaration ends in the text.
  uint32_t end = 0;
  // From here to `end` nothing runs that could call a function: functions made
  // there find the binding alive. 0: from the start of the block.
  uint32_t quiet_from = UINT32_MAX;
  // Boxed: the box and the key there.
  SymbolId box = SymbolId::kNone;
  NameId key = NameId::kNone;
};

struct Boxes {
  SymbolId head = SymbolId::kNone;
  SymbolId body = SymbolId::kNone;
  std::vector<NameId> keys;
};

struct Bindings : std::unordered_map<SymbolId, Binding> {
  // Functions of blocks, which are there from the block's start.
  std::unordered_set<NodeId> hoisted;
};

// Turns functions in blocks into declarations at the start of the block, and
// finds every lexical binding.
class Survey : public Rewriter {
 public:
  Survey(Ast& tree, Bindings& bindings, bool dead_zones)
      : Rewriter(tree), bindings_(bindings), dead_zones_(dead_zones) {}

  NodeId Visit(NodeId id) override;

 private:
  void Declare(NodeId variable, bool in_head);
  ListId HoistFunctions(ListId body, std::vector<NodeId>* before);
  NodeId AsVariable(NodeId function);
  void VisitFunction(NodeId id);
  void VisitLoop(NodeId id);
  NodeId VisitSwitch(NodeId id);

  Bindings& bindings_;
  const bool dead_zones_;
  NodeId function_ = NodeId::kNone;
  NodeId loop_ = NodeId::kNone;
  bool in_switch_ = false;
};

NodeId Survey::AsVariable(NodeId id) {
  Function view = ast.As<Function>(id);
  const base::Span span = view.span();
  const NodeId name = view.id();
  const SymbolId symbol = ast.SymbolOf(name);
  SymbolId own = symbol;
  if (symbol == SymbolId::kNone || ast[symbol].Has(symbol_flag::kReassigned)) {
    Symbol fresh;
    fresh.name = ast.NameOf(name);
    fresh.kind = SymbolKind::kFunctionName;
    own = ast.NewSymbol(fresh);
  }
  bindings_.hoisted.insert(id);
  ast[id].kind = Kind::kFunction;
  view.set_id(ast.NewReference(span, own));
  const NodeId declarator = ast.New<Kind::kDeclarator>(span, name, id);
  return ast.NewVariable(span, DeclarationKind::kLet,
                         std::span(&declarator, 1));
}

ListId Survey::HoistFunctions(ListId body, std::vector<NodeId>* before) {
  std::span<NodeId> items = ast.Items(body);
  auto is_function = [&](NodeId id) {
    return ast.Is(id, Kind::kFunctionDeclaration);
  };
  if (std::none_of(items.begin(), items.end(), is_function)) {
    return body;
  }
  std::vector<NodeId> hoisted;
  std::vector<NodeId> rest;
  for (NodeId item : items) {
    if (is_function(item)) {
      hoisted.push_back(AsVariable(item));
    } else {
      rest.push_back(item);
    }
  }
  if (before != nullptr) {
    before->insert(before->end(), hoisted.begin(), hoisted.end());
    return ast.List(rest);
  }
  hoisted.insert(hoisted.end(), rest.begin(), rest.end());
  return ast.List(hoisted);
}

void Survey::Declare(NodeId variable, bool in_head) {
  for (NodeId item : ast.Items(ast.As<Variable>(variable).declarators())) {
    const NodeId target = ast.As<Declarator>(item).target();
    if (!ast.Is(target, Kind::kIdentifier)) {
      continue;
    }
    const SymbolId symbol = ast.SymbolOf(target);
    if (symbol == SymbolId::kNone) {
      continue;
    }
    Binding& binding = bindings_[symbol];
    binding.function = function_;
    binding.loop = loop_;
    binding.in_head = in_head;
    binding.in_switch = in_switch_;
    binding.end = ast[item].span.end;
    binding.checked = dead_zones_ &&
                      ast[symbol].Has(symbol_flag::kMayBeUninitialized) &&
                      ast[symbol].kind != SymbolKind::kFunction;
  }
}

void Survey::VisitFunction(NodeId id) {
  const NodeId function = function_;
  const NodeId loop = loop_;
  const bool in_switch = in_switch_;
  function_ = id;
  loop_ = NodeId::kNone;
  in_switch_ = false;
  // The body's list itself is no block: its functions stay declarations.
  if (ast.Is(id, Kind::kProgram)) {
    VisitChildren(id);
  } else {
    VisitChildren(BodyOf(ast, id));
  }
  function_ = function;
  loop_ = loop;
  in_switch_ = in_switch;
}

void Survey::VisitLoop(NodeId id) {
  const NodeId outer = loop_;
  loop_ = id;
  if (ast.Is(id, Kind::kFor)) {
    const NodeId init = ast.As<For>(id).init();
    if (init != NodeId::kNone && IsLexical(ast, init)) {
      Declare(init, true);
    }
  } else if (ast.Is(id, Kind::kForIn) &&
             IsLexical(ast, ast.As<ForIn>(id).left())) {
    Declare(ast.As<ForIn>(id).left(), false);
  }
  VisitChildren(id);
  loop_ = outer;
}

NodeId Survey::VisitSwitch(NodeId id) {
  Switch view = ast.As<Switch>(id);
  view.set_discriminant(Visit(view.discriminant()));
  std::vector<NodeId> before;
  const bool outer = in_switch_;
  for (NodeId item : ast.Items(view.cases())) {
    Case part = ast.As<Case>(item);
    part.set_body(HoistFunctions(part.body(), &before));
  }
  for (NodeId& hoisted : before) {
    hoisted = Visit(hoisted);
  }
  in_switch_ = true;
  view.set_cases(VisitList(view.cases()));
  in_switch_ = outer;
  if (before.empty()) {
    return id;
  }
  before.push_back(id);
  return ast.New<Kind::kSplice>(view.span(), ast.List(before));
}

NodeId Survey::Visit(NodeId id) {
  const Kind kind = ast.KindOf(id);
  if (IsFunction(kind) || kind == Kind::kProgram) {
    VisitFunction(id);
    return id;
  }
  if (IsLoop(kind)) {
    VisitLoop(id);
    return id;
  }
  switch (kind) {
    case Kind::kSwitch:
      return VisitSwitch(id);
    case Kind::kBlock: {
      Block block = ast.As<Block>(id);
      block.set_body(HoistFunctions(block.body(), nullptr));
      const bool outer = in_switch_;
      in_switch_ = false;
      VisitChildren(id);
      in_switch_ = outer;
      return id;
    }
    case Kind::kFunctionDeclaration:
      return id;
    case Kind::kVariable:
      if (IsLexical(ast, id) &&
          !(loop_ != NodeId::kNone && ast.Is(loop_, Kind::kFor) &&
            ast.As<For>(loop_).init() == id)) {
        Declare(id, false);
      }
      VisitChildren(id);
      return id;
    default:
      VisitChildren(id);
      return id;
  }
}

// Which bindings a function other than their own refers to.
class Captures {
 public:
  Captures(Ast& ast, Bindings& bindings) : ast_(ast), bindings_(bindings) {}

  void Walk(NodeId id, NodeId function) {
    const Kind kind = ast_.KindOf(id);
    if (kind == Kind::kIdentifier) {
      auto found = bindings_.find(ast_.SymbolOf(id));
      if (found != bindings_.end() && found->second.function != function) {
        found->second.captured = true;
      }
      return;
    }
    if (IsFunction(kind)) {
      // Not the name: it is no use of the binding that it may share.
      Walk(BodyOf(ast_, id), id);
      return;
    }
    ForEachChild(ast_, id, [&](NodeId child) {
      Walk(child, kind == Kind::kProgram ? id : function);
    });
  }

 private:
  Ast& ast_;
  Bindings& bindings_;
};

class BlockScopingPass : public Pass {
 public:
  BlockScopingPass(LowerContext& shared, Bindings& bindings)
      : Pass(shared), bindings_(bindings) {
    AssignBoxes();
  }

 protected:
  NodeId Lower(NodeId id) override;

 private:
  void AssignBoxes();
  const Binding* Find(NodeId identifier) const;
  NodeId Use(NodeId identifier, const Binding& binding);
  NodeId BoxOf(base::Span span, SymbolId box);
  bool IsSafe(NodeId reference, SymbolId symbol, const Binding& binding) const;
  bool IsQuiet(NodeId expression) const;
  bool IsQuietStatement(NodeId statement) const;
  void FindQuiet(std::span<NodeId> statements);
  void MarkParts(NodeId value, SymbolId symbol);
  NodeId Live(NodeId identifier);
  bool ChecksByCall(NodeId callee, ListId arguments) const;
  bool Prove(SymbolId symbol);
  void ForgetSince(size_t mark);
  NodeId VisitMaybe(NodeId id);

  NodeId LowerIdentifier(NodeId id);
  NodeId LowerFunction(NodeId id);
  NodeId LowerVariable(NodeId id);
  NodeId LowerFor(NodeId id);
  NodeId LowerForIn(NodeId id);
  NodeId LowerStore(NodeId id);
  NodeId LowerObject(NodeId id);
  void LowerList(NodeId owner);
  NodeId Init(NodeId declarator, bool in_loop);
  NodeId NewRound(base::Span span, NodeId loop);
  void PutRound(NodeId loop);
  NodeId ReadOnly(base::Span span, NodeId identifier);

  Bindings& bindings_;
  std::unordered_map<NodeId, Boxes> boxes_;
  // Of each box, the function whose variable it is.
  std::unordered_map<SymbolId, NodeId> box_owner_;
  // Boxes used since the innermost function began, in order of first use.
  std::vector<SymbolId> used_;
  // Functions that only the value of a binding leads to.
  std::unordered_map<NodeId, SymbolId> part_of_;
  // Functions round the node, outermost first; true for a declaration.
  std::vector<std::pair<NodeId, bool>> functions_;

  // A check that has run before the node that is being visited, whatever way
  // led there. Nodes are visited in the order of evaluation; what may be left
  // out is visited by VisitMaybe, which forgets its checks.
  struct Proof {
    SymbolId symbol = SymbolId::kNone;
    // What was known of it before, an index of `proofs_` and one more.
    uint32_t hidden = 0;
  };
  std::vector<Proof> proofs_;
  // The latest proof of a symbol, an index and one more.
  std::unordered_map<SymbolId, uint32_t> proof_of_;
  // A function declaration may run before all that stands round it: in it only
  // the proofs from here on count.
  size_t first_proof_ = 0;
};

void BlockScopingPass::AssignBoxes() {
  // In the order of the symbols, so that the same text gives the same names.
  std::vector<SymbolId> symbols;
  for (auto& [symbol, binding] : bindings_) {
    if (binding.captured && binding.loop != NodeId::kNone) {
      symbols.push_back(symbol);
    }
  }
  std::sort(symbols.begin(), symbols.end());
  for (SymbolId symbol : symbols) {
    Binding& binding = bindings_[symbol];
    Boxes& boxes = boxes_[binding.loop];
    SymbolId& box = binding.in_head ? boxes.head : boxes.body;
    if (box == SymbolId::kNone) {
      box = ast.NewTemporary("box");
      box_owner_[box] = binding.function;
    }
    binding.box = box;
    std::string key(ast.TextOf(ast[symbol].name));
    if (key == "__proto__") {
      key = "proto";
    }
    NameId name = ast.Intern(key);
    for (int i = 2; std::find(boxes.keys.begin(), boxes.keys.end(), name) !=
                    boxes.keys.end();
         ++i) {
      name = ast.Intern(key + std::to_string(i));
    }
    boxes.keys.push_back(name);
    binding.key = name;
  }
}

const Binding* BlockScopingPass::Find(NodeId identifier) const {
  if (!ast.Is(identifier, Kind::kIdentifier)) {
    return nullptr;
  }
  const SymbolId symbol = ast.SymbolOf(identifier);
  if (symbol == SymbolId::kNone) {
    return nullptr;
  }
  auto found = bindings_.find(symbol);
  return found == bindings_.end() ? nullptr : &found->second;
}

NodeId BlockScopingPass::BoxOf(base::Span span, SymbolId box) {
  if (std::find(used_.begin(), used_.end(), box) == used_.end()) {
    used_.push_back(box);
  }
  return Ref(span, box);
}

// The binding itself, unchecked.
NodeId BlockScopingPass::Use(NodeId identifier, const Binding& binding) {
  if (binding.box == SymbolId::kNone) {
    return identifier;
  }
  const base::Span span = ast[identifier].span;
  return ast.New<Kind::kMember>(span, BoxOf(span, binding.box), binding.key,
                                span.begin);
}

// Evaluating it runs no code of a user and cannot fail.
bool BlockScopingPass::IsQuiet(NodeId id) const {
  switch (ast.KindOf(id)) {
    case Kind::kString:
    case Kind::kNumber:
    case Kind::kBoolean:
    case Kind::kNull:
    case Kind::kRegExp:
    case Kind::kFunction:
    case Kind::kThis:
    case Kind::kHole:
      return true;
    case Kind::kIdentifier: {
      const Binding* binding = Find(id);
      return ast.SymbolOf(id) != SymbolId::kNone &&
             (binding == nullptr || !binding->checked);
    }
    case Kind::kUnary: {
      const UnaryOp op{ast[id].op};
      return (op == UnaryOp::kNot || op == UnaryOp::kVoid ||
              op == UnaryOp::kTypeOf ||
              (op == UnaryOp::kMinus &&
               ast.Is(ast.As<Unary>(id).argument(), Kind::kNumber))) &&
             IsQuiet(ast.As<Unary>(id).argument());
    }
    case Kind::kConditional:
    case Kind::kArray: {
      bool quiet = true;
      ForEachChild(ast, id, [&](NodeId child) { quiet &= IsQuiet(child); });
      return quiet;
    }
    case Kind::kObject: {
      bool quiet = true;
      for (NodeId item : ast.Items(ast.As<Object>(id).properties())) {
        quiet &= ast.Is(item, Kind::kProperty) &&
                 !ast[item].Has(flag::kComputed) &&
                 IsQuiet(ast.As<Property>(item).value());
      }
      return quiet;
    }
    case Kind::kCall: {
      Call call = ast.As<Call>(id);
      const SymbolId named =
          context.helper_symbols[static_cast<size_t>(Helper::kNamed)];
      bool quiet = named != SymbolId::kNone &&
                   ast.Is(call.callee(), Kind::kIdentifier) &&
                   ast.SymbolOf(call.callee()) == named;
      for (NodeId item : ast.Items(call.arguments())) {
        quiet &= IsQuiet(item);
      }
      return quiet;
    }
    default:
      return false;
  }
}

bool BlockScopingPass::IsQuietStatement(NodeId id) const {
  switch (ast.KindOf(id)) {
    case Kind::kFunctionDeclaration:
    case Kind::kEmpty:
      return true;
    case Kind::kExpressionStatement:
      return IsQuiet(ast.As<ExpressionStatement>(id).expression());
    case Kind::kVariable: {
      bool quiet = true;
      for (NodeId item : ast.Items(ast.As<Variable>(id).declarators())) {
        Declarator declarator = ast.As<Declarator>(item);
        quiet &= ast.Is(declarator.target(), Kind::kIdentifier) &&
                 ast.SymbolOf(declarator.target()) != SymbolId::kNone &&
                 (declarator.value() == NodeId::kNone ||
                  IsQuiet(declarator.value()));
      }
      return quiet;
    }
    default:
      return false;
  }
}

// Functions that are parts of the value of `symbol` and go nowhere else: they
// run when it is there.
void BlockScopingPass::MarkParts(NodeId value, SymbolId symbol) {
  switch (ast.KindOf(value)) {
    case Kind::kFunction:
      part_of_[value] = symbol;
      break;
    case Kind::kConditional:
      MarkParts(ast.As<Conditional>(value).consequent(), symbol);
      MarkParts(ast.As<Conditional>(value).alternate(), symbol);
      break;
    case Kind::kArray:
      ForEachChild(ast, value, [&](NodeId child) { MarkParts(child, symbol); });
      break;
    case Kind::kObject:
      for (NodeId item : ast.Items(ast.As<Object>(value).properties())) {
        if (ast.Is(item, Kind::kProperty)) {
          MarkParts(ast.As<Property>(item).value(), symbol);
        }
      }
      break;
    case Kind::kCall: {
      Call call = ast.As<Call>(value);
      const SymbolId named =
          context.helper_symbols[static_cast<size_t>(Helper::kNamed)];
      if (named != SymbolId::kNone &&
          ast.Is(call.callee(), Kind::kIdentifier) &&
          ast.SymbolOf(call.callee()) == named) {
        MarkParts(ast.Items(call.arguments())[0], symbol);
      }
      break;
    }
    default:
      break;
  }
}

void BlockScopingPass::FindQuiet(std::span<NodeId> statements) {
  uint32_t from = 0;
  for (NodeId statement : statements) {
    const bool is_quiet = IsQuietStatement(statement);
    if (!is_quiet) {
      from = UINT32_MAX;
    } else if (from == UINT32_MAX) {
      from = ast[statement].span.begin;
    }
    if (!IsLexical(ast, statement)) {
      continue;
    }
    for (NodeId item : ast.Items(ast.As<Variable>(statement).declarators())) {
      Declarator declarator = ast.As<Declarator>(item);
      if (!ast.Is(declarator.target(), Kind::kIdentifier)) {
        continue;
      }
      const SymbolId symbol = ast.SymbolOf(declarator.target());
      auto found = bindings_.find(symbol);
      if (found == bindings_.end() || !found->second.checked) {
        continue;
      }
      found->second.quiet_from = from;
      if (declarator.value() != NodeId::kNone) {
        MarkParts(declarator.value(), symbol);
      }
    }
  }
}

// The declaration has run wherever this reference can be evaluated. That is
// decided by the outermost function between the two: whether it can be called
// before.
bool BlockScopingPass::IsSafe(NodeId reference, SymbolId symbol,
                              const Binding& binding) const {
  if (!binding.checked) {
    return true;
  }
  if (binding.in_switch) {
    return false;
  }
  size_t at = functions_.size();
  while (at > 0 && functions_[at - 1].first != binding.function) {
    --at;
  }
  if (at == functions_.size()) {
    return ast[reference].span.begin >= binding.end;
  }
  const auto [function, is_declaration] = functions_[at];
  if (binding.quiet_from == 0) {
    return true;
  }
  if (is_declaration || bindings_.hoisted.count(function) != 0) {
    return false;
  }
  const uint32_t begin = ast[function].span.begin;
  if (begin >= std::min(binding.quiet_from, binding.end)) {
    return true;
  }
  const auto part = part_of_.find(function);
  return part != part_of_.end() && part->second == symbol;
}

// True when a check of this binding is not needed any more; else counts it as
// made.
bool BlockScopingPass::Prove(SymbolId symbol) {
  uint32_t& latest = proof_of_[symbol];
  if (latest > first_proof_) {
    return true;
  }
  proofs_.push_back({symbol, latest});
  latest = static_cast<uint32_t>(proofs_.size());
  return false;
}

// The call itself is the check that its callee needs: what is computed between
// the two changes nothing.
bool BlockScopingPass::ChecksByCall(NodeId callee, ListId arguments) const {
  const Binding* binding = Find(callee);
  if (binding == nullptr || binding->in_switch ||
      IsSafe(callee, ast.SymbolOf(callee), *binding)) {
    return false;
  }
  for (NodeId argument : ast.Items(arguments)) {
    while (ast.Is(argument, Kind::kMember)) {
      argument = ast.As<Member>(argument).object();
    }
    if (!IsQuiet(argument)) {
      return false;
    }
  }
  return true;
}

void BlockScopingPass::ForgetSince(size_t mark) {
  while (proofs_.size() > mark) {
    proof_of_[proofs_.back().symbol] = proofs_.back().hidden;
    proofs_.pop_back();
  }
}

// Something that does not always run, or not to its end.
NodeId BlockScopingPass::VisitMaybe(NodeId id) {
  const size_t mark = proofs_.size();
  id = VisitOptional(id);
  ForgetSince(mark);
  return id;
}

NodeId BlockScopingPass::Live(NodeId identifier) {
  if (Prove(ast.SymbolOf(identifier))) {
    return Use(identifier, *Find(identifier));
  }
  bindings_[ast.SymbolOf(identifier)].has_check = true;
  const base::Span span = ast[identifier].span;
  const NodeId name = ast.New<Kind::kString>(span, ast.NameOf(identifier));
  return context.CallHelper(span, Helper::kLive,
                            {Use(identifier, *Find(identifier)), name});
}

NodeId BlockScopingPass::LowerIdentifier(NodeId id) {
  const Binding* binding = Find(id);
  if (binding == nullptr) {
    return id;
  }
  return IsSafe(id, ast.SymbolOf(id), *binding) ? Use(id, *binding) : Live(id);
}

NodeId BlockScopingPass::ReadOnly(base::Span span, NodeId identifier) {
  return context.CallHelper(
      span, Helper::kReadOnly,
      {ast.New<Kind::kString>(span, ast.NameOf(identifier))});
}

// An assignment or update whose target is a name.
NodeId BlockScopingPass::LowerStore(NodeId id) {
  const bool is_update = ast.Is(id, Kind::kUpdate);
  const base::Span span = ast[id].span;
  // Slot 0 of Assign and of Update is what is stored to.
  const NodeId target{ast[id].slots[0]};
  const SymbolId symbol = ast.Is(target, Kind::kIdentifier)
                              ? ast.SymbolOf(target)
                              : SymbolId::kNone;
  if (symbol == SymbolId::kNone) {
    VisitChildren(id);
    return id;
  }
  const Binding* binding = Find(target);
  const bool first = ast[id].Has(flag::kSynthetic);
  bool check =
      !first && binding != nullptr && !IsSafe(target, symbol, *binding);
  const SymbolKind kind = ast[symbol].kind;
  if (!first &&
      (kind == SymbolKind::kConst || kind == SymbolKind::kClassName)) {
    const NodeId fails = ReadOnly(span, target);
    if (is_update) {
      return NewSequence(
          ast, span,
          {ast.NewUnary(span, UnaryOp::kPlus, Visit(target)), fails});
    }
    Assign assign = ast.As<Assign>(id);
    NodeId value = Visit(assign.value());
    const AssignOp op{ast[id].op};
    if (op != AssignOp::kAssign) {
      value = ast.NewBinary(span, BinaryOf(op), Visit(target), value);
    } else if (check) {
      value = NewSequence(ast, span, {value, Live(ast.CloneShallow(target))});
    }
    return NewSequence(ast, span, {value, fails});
  }
  if (!is_update) {
    Assign assign = ast.As<Assign>(id);
    assign.set_value(Visit(assign.value()));
  }
  if (binding == nullptr) {
    return id;
  }
  check = check && proof_of_[symbol] <= first_proof_;
  const NodeId live = check ? Live(ast.CloneShallow(target)) : NodeId::kNone;
  ast[id].slots[0] = static_cast<uint32_t>(Use(target, *binding));
  return check ? NewSequence(ast, span, {live, id}) : id;
}

// `name = value` of one declarator, as an expression; kNone when there is
// nothing to do.
NodeId BlockScopingPass::Init(NodeId id, bool in_loop) {
  Declarator declarator = ast.As<Declarator>(id);
  const Binding* binding = Find(declarator.target());
  const base::Span span = declarator.span();
  NodeId value = declarator.value() == NodeId::kNone
                     ? NodeId::kNone
                     : Visit(declarator.value());
  if (value == NodeId::kNone) {
    if (!in_loop && (binding == nullptr ||
                     (!binding->checked && binding->box == SymbolId::kNone))) {
      return NodeId::kNone;
    }
    value = ast.NewUndefined(span);
  }
  const NodeId target = binding == nullptr ? declarator.target()
                                           : Use(declarator.target(), *binding);
  return ast.NewAssign(span, target, value);
}

NodeId BlockScopingPass::LowerVariable(NodeId id) {
  Variable variable = ast.As<Variable>(id);
  const base::Span span = variable.span();
  std::vector<NodeId> statements;
  std::vector<NodeId> declarators;
  auto flush = [&] {
    if (!declarators.empty()) {
      statements.push_back(
          ast.NewVariable(span, DeclarationKind::kVar, declarators));
      declarators.clear();
    }
  };
  for (NodeId item : ast.Items(variable.declarators())) {
    Declarator declarator = ast.As<Declarator>(item);
    const Binding* binding = Find(declarator.target());
    const NodeId store =
        Init(item, binding != nullptr && binding->loop != NodeId::kNone);
    if (binding != nullptr && binding->box != SymbolId::kNone) {
      flush();
      statements.push_back(ast.NewStatement(store));
      continue;
    }
    declarator.set_value(
        store == NodeId::kNone ? NodeId::kNone : ast.As<Assign>(store).value());
    declarators.push_back(item);
  }
  flush();
  if (statements.size() == 1) {
    return statements[0];
  }
  return ast.New<Kind::kSplice>(span, ast.List(statements));
}

// `_box = {}`.
NodeId BlockScopingPass::NewRound(base::Span span, NodeId loop) {
  const SymbolId box = boxes_[loop].body;
  return ast.NewStatement(ast.NewAssign(
      span, BoxOf(span, box), ast.New<Kind::kObject>(span, ListId::kEmpty)));
}

// The body of `loop` starts with a new box if it has one.
void BlockScopingPass::PutRound(NodeId loop) {
  auto found = boxes_.find(loop);
  if (found == boxes_.end() || found->second.body == SymbolId::kNone) {
    return;
  }
  const base::Span span = ast[loop].span;
  auto block = [&](NodeId body) {
    return ast.Is(body, Kind::kBlock) ? body
                                      : ast.NewBlock(span, std::span(&body, 1));
  };
  NodeId body = NodeId::kNone;
  switch (ast.KindOf(loop)) {
    case Kind::kFor:
      body = block(ast.As<For>(loop).body());
      ast.As<For>(loop).set_body(body);
      break;
    case Kind::kForIn:
      body = block(ast.As<ForIn>(loop).body());
      ast.As<ForIn>(loop).set_body(body);
      break;
    case Kind::kWhile:
      body = block(ast.As<While>(loop).body());
      ast.As<While>(loop).set_body(body);
      break;
    case Kind::kDoWhile:
      body = block(ast.As<DoWhile>(loop).body());
      ast.As<DoWhile>(loop).set_body(body);
      break;
    default:
      FCC_CHECK(false);
  }
  const NodeId start = NewRound(span, loop);
  PrependStatements(ast, body, std::span(&start, 1));
}

NodeId BlockScopingPass::LowerFor(NodeId id) {
  For loop = ast.As<For>(id);
  const base::Span span = loop.span();
  const NodeId init = loop.init();
  if (init == NodeId::kNone || !IsLexical(ast, init)) {
    loop.set_init(VisitOptional(init));
    loop.set_test(VisitOptional(loop.test()));
    loop.set_update(VisitMaybe(loop.update()));
    loop.set_body(VisitMaybe(loop.body()));
    PutRound(id);
    return id;
  }
  auto found = boxes_.find(id);
  const SymbolId box =
      found == boxes_.end() ? SymbolId::kNone : found->second.head;
  std::span<NodeId> declarators =
      ast.Items(ast.As<Variable>(init).declarators());
  if (box == SymbolId::kNone) {
    for (NodeId item : declarators) {
      Declarator declarator = ast.As<Declarator>(item);
      const NodeId store = Init(item, true);
      declarator.set_value(ast.As<Assign>(store).value());
    }
    ast[init].op = static_cast<uint8_t>(DeclarationKind::kVar);
    loop.set_test(VisitOptional(loop.test()));
    loop.set_update(VisitMaybe(loop.update()));
    loop.set_body(VisitMaybe(loop.body()));
    PutRound(id);
    return id;
  }
  // `_box = {i: _box.i, …}`.
  auto copy = [&] {
    std::vector<NodeId> properties;
    for (NodeId item : declarators) {
      const Binding* binding = Find(ast.As<Declarator>(item).target());
      if (binding != nullptr && binding->box == box) {
        properties.push_back(ast.New<Kind::kProperty>(
            span, ast.New<Kind::kName>(span, binding->key),
            ast.New<Kind::kMember>(span, BoxOf(span, box), binding->key,
                                   span.begin)));
      }
    }
    return ast.NewAssign(span, BoxOf(span, box),
                         ast.New<Kind::kObject>(span, ast.List(properties)));
  };
  std::vector<NodeId> start{ast.NewAssign(
      span, BoxOf(span, box), ast.New<Kind::kObject>(span, ListId::kEmpty))};
  for (NodeId item : declarators) {
    start.push_back(Init(item, true));
    const NodeId target = ast.As<Declarator>(item).target();
    const Binding* binding = Find(target);
    if (binding == nullptr || binding->box == SymbolId::kNone) {
      DeclareInFunction(ast.SymbolOf(target));
    }
  }
  // A function made in the head keeps the bindings of before the first round.
  start.push_back(copy());
  loop.set_init(NewSequence(ast, span, start));
  loop.set_test(VisitOptional(loop.test()));
  NodeId update = copy();
  if (loop.update() != NodeId::kNone) {
    update = NewSequence(ast, span, {update, VisitMaybe(loop.update())});
  }
  loop.set_update(update);
  loop.set_body(VisitMaybe(loop.body()));
  PutRound(id);
  return id;
}

NodeId BlockScopingPass::LowerForIn(NodeId id) {
  ForIn loop = ast.As<ForIn>(id);
  const base::Span span = loop.span();
  const NodeId left = loop.left();
  if (!IsLexical(ast, left)) {
    loop.set_right(Visit(loop.right()));
    loop.set_left(VisitMaybe(left));
    loop.set_body(VisitMaybe(loop.body()));
    PutRound(id);
    return id;
  }
  loop.set_right(Visit(loop.right()));
  loop.set_body(VisitMaybe(loop.body()));
  const NodeId item = ast.Items(ast.As<Variable>(left).declarators())[0];
  const NodeId target = ast.As<Declarator>(item).target();
  const Binding* binding = Find(target);
  if (binding == nullptr || binding->box == SymbolId::kNone) {
    ast[left].op = static_cast<uint8_t>(DeclarationKind::kVar);
    PutRound(id);
    return id;
  }
  const SymbolId key = Temporary("key");
  loop.set_left(Ref(span, key));
  const NodeId store = ast.NewStatement(
      ast.NewAssign(span, Use(target, *binding), Ref(span, key)));
  if (!ast.Is(loop.body(), Kind::kBlock)) {
    const NodeId body = loop.body();
    loop.set_body(ast.NewBlock(span, std::span(&body, 1)));
  }
  PrependStatements(ast, loop.body(), std::span(&store, 1));
  PutRound(id);
  return id;
}

NodeId BlockScopingPass::LowerFunction(NodeId id) {
  std::vector<SymbolId> outer = std::move(used_);
  used_.clear();
  const bool is_declaration = ast.Is(id, Kind::kFunctionDeclaration);
  const size_t mark = proofs_.size();
  const size_t first_proof = first_proof_;
  if (is_declaration) {
    first_proof_ = mark;
  }
  functions_.emplace_back(id, is_declaration);
  LowerList(ast.As<Function>(id).body());
  functions_.pop_back();
  ForgetSince(mark);
  first_proof_ = first_proof;
  for (SymbolId box : used_) {
    if (box_owner_[box] == id) {
      DeclareInFunction(box);
    }
  }
  // Boxes of the function round this one, whose variables change with every
  // round: bound here. Others are some outer function's business.
  const NodeId around =
      functions_.empty() ? NodeId::kNone : functions_.back().first;
  std::vector<NodeId> parameters;
  std::vector<NodeId> arguments;
  const base::Span span = ast[id].span;
  for (SymbolId box : used_) {
    const NodeId owner = box_owner_[box];
    if (owner == id) {
      continue;
    }
    if (std::find(outer.begin(), outer.end(), box) == outer.end()) {
      outer.push_back(box);
    }
    if (owner == around && ast.Is(id, Kind::kFunction)) {
      parameters.push_back(Ref(span, box));
      arguments.push_back(Ref(span, box));
    }
  }
  used_ = std::move(outer);
  if (parameters.empty()) {
    return id;
  }
  const NodeId result = NewReturn(ast, span, id);
  return ast.NewCall(span,
                     ast.NewFunction(span, parameters, std::span(&result, 1)),
                     arguments);
}

// An accessor whose function had to be made by a call is set afterwards.
NodeId BlockScopingPass::LowerObject(NodeId id) {
  VisitChildren(id);
  Object object = ast.As<Object>(id);
  std::vector<NodeId> kept;
  std::vector<NodeId> moved;
  for (NodeId item : ast.Items(object.properties())) {
    const bool is_accessor =
        ast.Is(item, Kind::kProperty) &&
        PropertyKind{ast[item].op} >= PropertyKind::kGet &&
        !ast.Is(ast.As<Property>(item).value(), Kind::kFunction);
    (is_accessor ? moved : kept).push_back(item);
  }
  if (moved.empty()) {
    return id;
  }
  object.set_properties(ast.List(kept));
  NodeId result = id;
  for (NodeId item : moved) {
    Property property = ast.As<Property>(item);
    const base::Span span = property.span();
    const bool get = PropertyKind{ast[item].op} == PropertyKind::kGet;
    result = context.CallHelper(
        span, Helper::kAccessor,
        {result, KeyExpression(ast, property.key()),
         ast.NewString(span, get ? "get" : "set"), property.value()});
  }
  return result;
}

// A list of statements: bindings that are checked start as unset.
void BlockScopingPass::LowerList(NodeId owner) {
  std::span<NodeId> items = ast.Is(owner, Kind::kProgram)
                                ? ast.Items(ast.As<Program>(owner).body())
                                : ast.Items(ast.As<Block>(owner).body());
  std::vector<NodeId> targets;
  auto collect = [&](std::span<NodeId> statements) {
    for (NodeId statement : statements) {
      if (!IsLexical(ast, statement)) {
        continue;
      }
      for (NodeId item : ast.Items(ast.As<Variable>(statement).declarators())) {
        const NodeId target = ast.As<Declarator>(item).target();
        const Binding* binding = Find(target);
        if (binding != nullptr && binding->checked) {
          targets.push_back(ast.CloneShallow(target));
        }
      }
    }
  };
  for (NodeId statement : items) {
    if (ast.Is(statement, Kind::kSwitch)) {
      for (NodeId part : ast.Items(ast.As<Switch>(statement).cases())) {
        collect(ast.Items(ast.As<Case>(part).body()));
      }
    }
  }
  collect(items);
  FindQuiet(items);
  VisitChildren(owner);
  // All of them at once: `a = b = _fcc_unset`, in pieces that are not too deep.
  constexpr size_t kMaxChain = 64;
  std::vector<NodeId> start;
  size_t count = 0;
  for (NodeId target : targets) {
    const Binding& binding = *Find(target);
    if (!binding.has_check) {
      continue;
    }
    const base::Span span = ast[target].span;
    const NodeId name = Use(target, binding);
    if (count++ % kMaxChain == 0) {
      start.push_back(ast.NewStatement(
          ast.NewAssign(span, name, context.HelperRef(span, Helper::kUnset))));
      continue;
    }
    ExpressionStatement last = ast.As<ExpressionStatement>(start.back());
    last.set_expression(ast.NewAssign(span, name, last.expression()));
  }
  PrependStatements(ast, owner, start);
}

NodeId BlockScopingPass::Lower(NodeId id) {
  switch (ast.KindOf(id)) {
    case Kind::kProgram:
      functions_.emplace_back(id, false);
      LowerList(id);
      functions_.pop_back();
      for (SymbolId box : used_) {
        DeclareInFunction(box);
      }
      return id;
    case Kind::kBlock:
      LowerList(id);
      return id;
    case Kind::kFunction:
    case Kind::kFunctionDeclaration:
      return LowerFunction(id);
    case Kind::kIdentifier:
      return LowerIdentifier(id);
    case Kind::kAssign:
    case Kind::kUpdate:
      return LowerStore(id);
    case Kind::kNew:
    case Kind::kCall: {
      // `f()` of a boxed f calls without a `this`. Slots 0 and 1 of both
      // kinds are callee and arguments.
      const NodeId callee{ast[id].slots[0]};
      const bool is_name = ast.Is(callee, Kind::kIdentifier);
      if (is_name && ChecksByCall(callee, ListId{ast[id].slots[1]})) {
        ast[id].slots[0] = static_cast<uint32_t>(Use(callee, *Find(callee)));
        const ListId arguments = VisitList(ListId{ast[id].slots[1]});
        ast[id].slots[1] = static_cast<uint32_t>(arguments);
        bindings_[ast.SymbolOf(callee)].has_check = true;
        Prove(ast.SymbolOf(callee));
      } else {
        VisitChildren(id);
      }
      if (ast.Is(id, Kind::kNew)) {
        return id;
      }
      Call call = ast.As<Call>(id);
      if (is_name && ast.Is(call.callee(), Kind::kMember)) {
        const base::Span span = ast[call.callee()].span;
        call.set_callee(
            NewSequence(ast, span, {ast.NewNumber(span, 0), call.callee()}));
      }
      return id;
    }
    case Kind::kVariable:
      if (IsLexical(ast, id)) {
        return LowerVariable(id);
      }
      VisitChildren(id);
      return id;
    case Kind::kObject:
      return LowerObject(id);
    case Kind::kFor:
      return LowerFor(id);
    case Kind::kForIn:
      return LowerForIn(id);
    case Kind::kWhile: {
      While loop = ast.As<While>(id);
      loop.set_test(Visit(loop.test()));
      loop.set_body(VisitMaybe(loop.body()));
      PutRound(id);
      return id;
    }
    case Kind::kDoWhile: {
      DoWhile loop = ast.As<DoWhile>(id);
      loop.set_body(VisitMaybe(loop.body()));
      loop.set_test(VisitMaybe(loop.test()));
      PutRound(id);
      return id;
    }
    case Kind::kIf: {
      If view = ast.As<If>(id);
      view.set_test(Visit(view.test()));
      view.set_consequent(VisitMaybe(view.consequent()));
      view.set_alternate(VisitMaybe(view.alternate()));
      return id;
    }
    case Kind::kConditional: {
      Conditional view = ast.As<Conditional>(id);
      view.set_test(Visit(view.test()));
      view.set_consequent(VisitMaybe(view.consequent()));
      view.set_alternate(VisitMaybe(view.alternate()));
      return id;
    }
    case Kind::kBinary: {
      Binary view = ast.As<Binary>(id);
      const bool is_logical = IsLogical(BinaryOp{ast[id].op});
      view.set_left(Visit(view.left()));
      view.set_right(is_logical ? VisitMaybe(view.right())
                                : Visit(view.right()));
      return id;
    }
    case Kind::kLabeled:
    case Kind::kCase:
    case Kind::kCatch: {
      const size_t mark = proofs_.size();
      VisitChildren(id);
      ForgetSince(mark);
      return id;
    }
    case Kind::kTry: {
      Try view = ast.As<Try>(id);
      view.set_block(VisitMaybe(view.block()));
      view.set_handler(VisitMaybe(view.handler()));
      view.set_finalizer(VisitOptional(view.finalizer()));
      return id;
    }
    default:
      VisitChildren(id);
      return id;
  }
}

}  // namespace

void LowerBlockScoping(LowerContext& context) {
  Bindings bindings;
  Survey survey(context.ast, bindings, context.options.dead_zones);
  context.ast.set_root(survey.Visit(context.ast.root()));
  Captures(context.ast, bindings).Walk(context.ast.root(), NodeId::kNone);
  BlockScopingPass(context, bindings).Run();
}

}  // namespace fcc::js
