// SPDX-License-Identifier: Apache-2.0
//
// `let {a, b: [c = 1], ...d} = e` → one plain store a name.
//
// An array pattern of plain names takes its elements in one go: nothing that it
// does between them could be seen. Any other runs its stores inside a callback
// of `_fcc_destructure`, which closes the iterator when one of them throws.
//
// Takes ArrayPattern, ObjectPattern and DefaultPattern in declarations,
// assignments and catch; those of parameters are parameters.cpp's.

#include "compiler/js/lower/destructuring.h"

#include <algorithm>

#include "compiler/js/lower/passes.h"

namespace fcc::js {

bool IsPattern(const Ast& ast, NodeId id) {
  const Kind kind = ast.KindOf(id);
  return kind == Kind::kArrayPattern || kind == Kind::kObjectPattern;
}

bool Contains(const Ast& ast, NodeId id, Kind wanted) {
  const Kind kind = ast.KindOf(id);
  if (kind == wanted) {
    return true;
  }
  if (IsFunction(kind)) {
    return false;
  }
  bool found = false;
  ForEachChild(ast, id, [&](NodeId child) {
    found = found || Contains(ast, child, wanted);
  });
  return found;
}

static bool IsFunctionValue(const Ast& ast, NodeId id) {
  return ast.Is(id, Kind::kFunction) || ast.Is(id, Kind::kArrow);
}

// Making it cannot run code of the user: what array patterns may evaluate
// between two elements without anybody noticing.
static bool IsQuiet(const Ast& ast, NodeId id) {
  switch (ast.KindOf(id)) {
    case Kind::kArray:
      return ast.Items(ast.As<Array>(id).elements()).empty();
    case Kind::kObject:
      return ast.Items(ast.As<Object>(id).properties()).empty();
    default:
      return IsPure(ast, id) || IsFunctionValue(ast, id);
  }
}

// A local name: storing there runs no code.
static bool IsPlainName(const Ast& ast, NodeId id, bool initializes) {
  if (!ast.Is(id, Kind::kIdentifier)) {
    return false;
  }
  const SymbolId symbol = ast.SymbolOf(id);
  return initializes ||
         (symbol != SymbolId::kNone && ast[symbol].kind != SymbolKind::kConst &&
          !ast[symbol].Has(symbol_flag::kMayBeUninitialized |
                           symbol_flag::kPinned));
}

// The stores of a pattern that reads the name cannot be stores to it.
static bool NeverChanges(const Ast& ast, SymbolId symbol) {
  switch (ast[symbol].kind) {
    case SymbolKind::kTemporary:
    case SymbolKind::kConst:
      return true;
    case SymbolKind::kLet:
    case SymbolKind::kParameter:
      return !ast[symbol].Has(symbol_flag::kReassigned);
    default:
      return false;
  }
}

SymbolId PatternWriter::Temporary(std::string_view hint) {
  return form_ == Form::kDeclarators ? ast_.NewTemporary(hint)
                                     : temporary_(hint);
}

void PatternWriter::Store(NodeId target, NodeId value) {
  const base::Span span = ast_[target].span;
  if (form_ == Form::kDeclarators) {
    written_.push_back(ast_.New<Kind::kDeclarator>(span, target, value));
    return;
  }
  const NodeId store = ast_.NewAssign(span, target, value);
  if (initializes_) {
    ast_[store].flags |= flag::kSynthetic;
  }
  written_.push_back(store);
}

void PatternWriter::Effect(NodeId expression) {
  if (form_ == Form::kAssignments) {
    written_.push_back(expression);
    return;
  }
  const base::Span span = ast_[expression].span;
  written_.push_back(ast_.New<Kind::kDeclarator>(
      span, Ref(span, Temporary("unused")), expression));
}

NodeId PatternWriter::Keep(NodeId value, std::string_view hint) {
  const base::Span span = ast_[value].span;
  if (IsPure(ast_, value) && (!ast_.Is(value, Kind::kIdentifier) ||
                              NeverChanges(ast_, ast_.SymbolOf(value)))) {
    return value;
  }
  const SymbolId symbol = Temporary(hint);
  if (form_ == Form::kDeclarators) {
    written_.push_back(
        ast_.New<Kind::kDeclarator>(span, Ref(span, symbol), value));
  } else {
    written_.push_back(ast_.NewAssign(span, Ref(span, symbol), value));
  }
  return Ref(span, symbol);
}

NodeId PatternWriter::WithDefault(NodeId value, NodeId fallback) {
  const base::Span span = ast_[fallback].span;
  NodeId first = value;
  NodeId again = value;
  if (form_ == Form::kDeclarators) {
    first = Keep(value, "val");
    again = CopyPure(ast_, first);
  } else {
    // Inside the store itself: its target is evaluated before.
    const SymbolId symbol = Temporary("val");
    first = ast_.NewAssign(span, Ref(span, symbol), value);
    again = Ref(span, symbol);
  }
  return NewConditional(ast_, span,
                        ast_.NewBinary(span, BinaryOp::kStrictEqual, first,
                                       ast_.NewUndefined(span)),
                        fallback, again);
}

void PatternWriter::Write(NodeId target, NodeId value) {
  switch (ast_.KindOf(target)) {
    case Kind::kObjectPattern:
      WriteObject(target, value);
      return;
    case Kind::kArrayPattern:
      WriteArray(target, value);
      return;
    case Kind::kDefaultPattern: {
      DefaultPattern pattern = ast_.As<DefaultPattern>(target);
      Write(pattern.target(), WithDefault(value, pattern.value()));
      return;
    }
    case Kind::kRest:
      Write(ast_.As<Rest>(target).target(), value);
      return;
    case Kind::kTsParameter:
      Write(ast_.As<TsParameter>(target).target(), value);
      return;
    default:
      Store(target, value);
      return;
  }
}

void PatternWriter::WriteObject(NodeId pattern, NodeId value) {
  const base::Span span = ast_[pattern].span;
  std::span<NodeId> properties =
      ast_.Items(ast_.As<ObjectPattern>(pattern).properties());
  // Reading a property of undefined or null throws by itself; where no property
  // is read first it has to be done.
  bool check = true;
  if (!properties.empty() && ast_.Is(properties[0], Kind::kProperty)) {
    Property first = ast_.As<Property>(properties[0]);
    NodeId target = first.value();
    if (ast_.Is(target, Kind::kDefaultPattern)) {
      target = ast_.As<DefaultPattern>(target).target();
    }
    check = first.Has(flag::kComputed) ||
            !(ast_.Is(target, Kind::kIdentifier) || IsPattern(ast_, target));
  }
  if (check) {
    value = context_.CallHelper(span, Helper::kCoercible, {value});
  }
  if (properties.empty()) {
    Effect(value);
    return;
  }
  const bool has_rest = ast_.Is(properties.back(), Kind::kRest);
  const NodeId object = Keep(value, "object");
  std::vector<NodeId> excluded;
  bool first = true;
  auto use_object = [&] {
    const NodeId use = first ? object : CopyPure(ast_, object);
    first = false;
    return use;
  };
  for (NodeId id : properties) {
    if (ast_.Is(id, Kind::kRest)) {
      const NodeId left = context_.CallHelper(
          ast_[id].span, Helper::kOmit,
          {use_object(), NewArray(ast_, ast_[id].span, excluded)});
      Write(ast_.As<Rest>(id).target(), left);
      continue;
    }
    Property property = ast_.As<Property>(id);
    NodeId key = property.key();
    const base::Span at = property.span();
    if (!property.Has(flag::kComputed)) {
      if (has_rest) {
        excluded.push_back(ast_.New<Kind::kString>(at, KeyName(ast_, key)));
      }
    } else if (has_rest || !IsConstant(ast_, key)) {
      key = Keep(context_.CallHelper(at, Helper::kToKey, {key}), "key");
      if (has_rest) {
        excluded.push_back(CopyPure(ast_, key));
      }
    }
    Write(property.value(), NewAccess(ast_, at, use_object(), key));
  }
}

void PatternWriter::WriteArray(NodeId pattern, NodeId value) {
  std::span<NodeId> elements =
      ast_.Items(ast_.As<ArrayPattern>(pattern).elements());
  const bool simple =
      std::all_of(elements.begin(), elements.end(), [&](NodeId element) {
        switch (ast_.KindOf(element)) {
          case Kind::kHole:
            return true;
          case Kind::kRest:
            return IsPlainName(ast_, ast_.As<Rest>(element).target(),
                               initializes_);
          case Kind::kDefaultPattern: {
            DefaultPattern with = ast_.As<DefaultPattern>(element);
            return IsPlainName(ast_, with.target(), initializes_) &&
                   IsQuiet(ast_, with.value());
          }
          default:
            return IsPlainName(ast_, element, initializes_);
        }
      });
  if (simple) {
    WriteSimpleArray(elements, value);
  } else {
    WriteExactArray(elements, value);
  }
}

void PatternWriter::WriteSimpleArray(std::span<const NodeId> elements,
                                     NodeId value) {
  const base::Span span = ast_[value].span;
  const bool has_rest =
      !elements.empty() && ast_.Is(elements.back(), Kind::kRest);
  // `[a, b] = [b, a]` is how variables are swapped.
  bool literal =
      !initializes_ && ast_.Is(value, Kind::kArray) && !elements.empty();
  if (literal) {
    for (NodeId item : ast_.Items(ast_.As<Array>(value).elements())) {
      literal &= !ast_.Is(item, Kind::kSpread) && !ast_.Is(item, Kind::kHole);
    }
  }
  // A literal just made is its own list of elements, if nobody has changed how
  // arrays are iterated.
  if (!literal) {
    value = has_rest
                ? context_.CallHelper(span, Helper::kList, {value})
                : context_.CallHelper(
                      span, Helper::kTake,
                      {value, ast_.NewNumber(
                                  span, static_cast<double>(elements.size()))});
  }
  if (elements.empty()) {
    Effect(value);
    return;
  }
  const NodeId list = Keep(value, "list");
  for (size_t i = 0; i < elements.size(); ++i) {
    const NodeId element = elements[i];
    const base::Span at = ast_[element].span;
    const NodeId number = ast_.NewNumber(at, static_cast<double>(i));
    if (ast_.Is(element, Kind::kHole)) {
      continue;
    }
    if (ast_.Is(element, Kind::kRest)) {
      Write(element,
            NewMethodCall(ast_, at, CopyPure(ast_, list), "slice", {number}));
      continue;
    }
    Write(element, ast_.New<Kind::kIndex>(at, CopyPure(ast_, list), number));
  }
}

// The names a pattern binds, declared ahead of the callback that stores them.
void PatternWriter::DeclareNames(NodeId pattern) {
  switch (ast_.KindOf(pattern)) {
    case Kind::kIdentifier:
      written_.push_back(ast_.New<Kind::kDeclarator>(
          ast_[pattern].span, ast_.CloneShallow(pattern)));
      return;
    case Kind::kDefaultPattern:
      DeclareNames(ast_.As<DefaultPattern>(pattern).target());
      return;
    case Kind::kRest:
      DeclareNames(ast_.As<Rest>(pattern).target());
      return;
    case Kind::kProperty:
      DeclareNames(ast_.As<Property>(pattern).value());
      return;
    case Kind::kArrayPattern:
    case Kind::kObjectPattern:
      ForEachChild(ast_, pattern, [&](NodeId child) { DeclareNames(child); });
      return;
    default:
      return;
  }
}

void PatternWriter::WriteElements(std::span<const NodeId> elements,
                                  SymbolId iteration) {
  for (NodeId element : elements) {
    const base::Span at = ast_[element].span;
    const bool rest = ast_.Is(element, Kind::kRest);
    const NodeId next =
        NewMethodCall(ast_, at, Ref(at, iteration), rest ? "rest" : "take", {});
    if (ast_.Is(element, Kind::kHole)) {
      Effect(next);
    } else {
      Write(element, next);
    }
  }
}

void PatternWriter::WriteExactArray(std::span<const NodeId> elements,
                                    NodeId value) {
  const base::Span span = ast_[value].span;
  bool yields = false;
  bool awaits = false;
  for (NodeId element : elements) {
    yields = yields || Contains(ast_, element, Kind::kYield);
    awaits = awaits || Contains(ast_, element, Kind::kAwait);
  }
  const bool is_async = (function_flags_ & flag::kAsync) != 0;
  if (yields && is_async) {
    // Differs: the iterator is not closed when a store throws.
    const SymbolId iteration = Temporary("loop");
    const NodeId start = context_.CallHelper(span, Helper::kIterate, {value});
    if (form_ == Form::kDeclarators) {
      written_.push_back(
          ast_.New<Kind::kDeclarator>(span, Ref(span, iteration), start));
    } else {
      written_.push_back(ast_.NewAssign(span, Ref(span, iteration), start));
    }
    WriteElements(elements, iteration);
    Effect(NewMethodCall(ast_, span, Ref(span, iteration), "close", {}));
    return;
  }
  if (form_ == Form::kDeclarators) {
    for (NodeId element : elements) {
      DeclareNames(element);
    }
  }
  const SymbolId iteration = ast_.NewTemporary("loop");
  std::vector<NodeId> declarators;
  PatternWriter inner(context_, Form::kAssignments, initializes_,
                      function_flags_, [&](std::string_view hint) {
                        const SymbolId symbol = ast_.NewTemporary(hint);
                        declarators.push_back(ast_.New<Kind::kDeclarator>(
                            span, Ref(span, symbol)));
                        return symbol;
                      });
  inner.WriteElements(elements, iteration);
  std::vector<NodeId> body;
  if (!declarators.empty()) {
    body.push_back(ast_.NewVariable(span, DeclarationKind::kVar, declarators));
  }
  for (NodeId store : inner.written()) {
    body.push_back(ast_.NewStatement(store));
  }
  const NodeId parameter = Ref(span, iteration);
  const NodeId assign = ast_.New<Kind::kArrow>(span, ast_.List({parameter}),
                                               ast_.NewBlock(span, body));
  if (yields) {
    ast_[assign].flags |= flag::kGenerator;
    const NodeId run = ast_.New<Kind::kYield>(
        span,
        context_.CallHelper(span, Helper::kDestructureYield, {value, assign}));
    ast_[run].flags |= flag::kDelegate;
    Effect(run);
  } else if (awaits) {
    ast_[assign].flags |= flag::kAsync;
    Effect(ast_.New<Kind::kAwait>(
        span,
        context_.CallHelper(span, Helper::kDestructureAwait, {value, assign})));
  } else {
    Effect(context_.CallHelper(span, Helper::kDestructure, {value, assign}));
  }
}

namespace {

class DestructuringPass : public Pass {
 public:
  using Pass::Pass;

 protected:
  NodeId Lower(NodeId id) override;

 private:
  NodeId LowerVariable(NodeId id);
  NodeId LowerAssign(NodeId id, bool value_used);
  NodeId LowerCatch(NodeId id);
  uint16_t FunctionFlags() const { return ast[current_function()].flags; }
};

NodeId DestructuringPass::LowerVariable(NodeId id) {
  VisitChildren(id);
  Variable variable = ast.As<Variable>(id);
  std::span<NodeId> declarators = ast.Items(variable.declarators());
  const bool has_pattern =
      std::any_of(declarators.begin(), declarators.end(), [&](NodeId item) {
        return IsPattern(ast, ast.As<Declarator>(item).target()) &&
               ast.As<Declarator>(item).value() != NodeId::kNone;
      });
  if (!has_pattern) {
    return id;
  }
  const bool is_var = DeclarationKind{ast[id].op} == DeclarationKind::kVar;
  PatternWriter writer(context, PatternWriter::Form::kDeclarators, true,
                       FunctionFlags(), nullptr);
  for (NodeId item : declarators) {
    Declarator declarator = ast.As<Declarator>(item);
    if (declarator.value() == NodeId::kNone ||
        !IsPattern(ast, declarator.target())) {
      writer.written().push_back(item);
    } else {
      writer.Write(declarator.target(), declarator.value());
    }
  }
  variable.set_declarators(ast.List(writer.written()));
  if (!is_var) {
    // Names that a callback stores to are declared without a value.
    ast[id].op = static_cast<uint8_t>(DeclarationKind::kLet);
  }
  return id;
}

NodeId DestructuringPass::LowerAssign(NodeId id, bool value_used) {
  VisitChildren(id);
  Assign assign = ast.As<Assign>(id);
  if (!IsPattern(ast, assign.target())) {
    return id;
  }
  PatternWriter writer(
      context, PatternWriter::Form::kAssignments, false, FunctionFlags(),
      [this](std::string_view hint) { return Temporary(hint); });
  NodeId value = assign.value();
  NodeId result = NodeId::kNone;
  if (value_used) {
    value = writer.Keep(value, "val");
    result = CopyPure(ast, value);
  }
  writer.Write(assign.target(), value);
  if (value_used) {
    writer.written().push_back(result);
  }
  return NewSequence(ast, assign.span(), writer.written());
}

NodeId DestructuringPass::LowerCatch(NodeId id) {
  VisitChildren(id);
  Catch handler = ast.As<Catch>(id);
  const NodeId pattern = handler.parameter();
  if (pattern == NodeId::kNone) {
    // Optional catch binding.
    const base::Span span = handler.span();
    handler.set_parameter(Ref(span, ast.NewTemporary("err")));
    return id;
  }
  if (!IsPattern(ast, pattern)) {
    return id;
  }
  const base::Span span = ast[pattern].span;
  const SymbolId error = ast.NewTemporary("err");
  PatternWriter writer(context, PatternWriter::Form::kDeclarators, true,
                       FunctionFlags(), nullptr);
  writer.Write(pattern, Ref(span, error));
  const NodeId variable =
      ast.NewVariable(span, DeclarationKind::kLet, writer.written());
  handler.set_parameter(Ref(span, error));
  PrependStatements(ast, handler.body(), std::span(&variable, 1));
  return id;
}

NodeId DestructuringPass::Lower(NodeId id) {
  switch (ast.KindOf(id)) {
    case Kind::kVariable:
      return LowerVariable(id);
    case Kind::kAssign:
      return LowerAssign(id, true);
    case Kind::kExpressionStatement: {
      ExpressionStatement statement = ast.As<ExpressionStatement>(id);
      const NodeId expression = statement.expression();
      statement.set_expression(ast.Is(expression, Kind::kAssign) &&
                                       !context.options.keep_completion_value
                                   ? LowerAssign(expression, false)
                                   : Visit(expression));
      return id;
    }
    case Kind::kCatch:
      return LowerCatch(id);
    default:
      VisitChildren(id);
      return id;
  }
}

}  // namespace

void LowerDestructuring(LowerContext& context) {
  DestructuringPass(context).RunPassingLeaves();
}

}  // namespace fcc::js
