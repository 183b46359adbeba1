// SPDX-License-Identifier: Apache-2.0

#include "compiler/js/lower/context.h"

#include <algorithm>
#include <array>

#include "runtime/base/json.h"

namespace fcc::js {

NodeId LowerContext::HelperRef(base::Span span, Helper helper) {
  const size_t at = static_cast<size_t>(helper);
  used_helpers.set(at);
  if (helper_symbols[at] == SymbolId::kNone) {
    Symbol symbol;
    symbol.name = ast.Intern(HelperName(helper));
    symbol.kind = SymbolKind::kTemporary;
    helper_symbols[at] = ast.NewSymbol(symbol);
  }
  return ast.NewReference(span, helper_symbols[at]);
}

NodeId LowerContext::CallHelper(base::Span span, Helper helper,
                                std::span<const NodeId> args) {
  return ast.NewCall(span, HelperRef(span, helper), args);
}

bool IsConstant(const Ast& ast, NodeId id) {
  switch (ast.KindOf(id)) {
    case Kind::kNull:
    case Kind::kBoolean:
    case Kind::kNumber:
    case Kind::kString:
      return true;
    case Kind::kUnary:
      return ast[id].op == static_cast<uint8_t>(UnaryOp::kVoid) &&
             ast.Is(ast.As<Unary>(id).argument(), Kind::kNumber);
    default:
      return false;
  }
}

bool IsPure(const Ast& ast, NodeId id) {
  switch (ast.KindOf(id)) {
    case Kind::kThis:
      return true;
    case Kind::kIdentifier: {
      const SymbolId symbol = ast.SymbolOf(id);
      return symbol != SymbolId::kNone &&
             !ast[symbol].Has(symbol_flag::kMayBeUninitialized |
                              symbol_flag::kPinned) &&
             ast[symbol].kind != SymbolKind::kImport;
    }
    default:
      return IsConstant(ast, id);
  }
}

NodeId CopyPure(Ast& ast, NodeId id) {
  return ast.CloneDeep(id);
}

NodeId NewSequence(Ast& ast, base::Span span,
                   std::span<const NodeId> expressions) {
  if (expressions.size() == 1) {
    return expressions[0];
  }
  return ast.New<Kind::kSequence>(span, ast.List(expressions));
}

NodeId NewConditional(Ast& ast, base::Span span, NodeId test, NodeId yes,
                      NodeId no) {
  return ast.New<Kind::kConditional>(span, test, yes, no);
}

NodeId NewArray(Ast& ast, base::Span span, std::span<const NodeId> elements) {
  return ast.New<Kind::kArray>(span, ast.List(elements));
}

NodeId NewMethodCall(Ast& ast, base::Span span, NodeId object,
                     std::string_view name,
                     std::initializer_list<NodeId> args) {
  return ast.NewCall(span, ast.NewMember(span, object, name), args);
}

NodeId NewAccess(Ast& ast, base::Span span, NodeId object, NodeId key) {
  if (ast.Is(key, Kind::kName)) {
    return ast.New<Kind::kMember>(span, object, ast.NameOf(key),
                                  ast[key].span.begin);
  }
  return ast.New<Kind::kIndex>(span, object, key);
}

NodeId KeyExpression(Ast& ast, NodeId key) {
  if (ast.Is(key, Kind::kName)) {
    return ast.New<Kind::kString>(ast[key].span, ast.NameOf(key));
  }
  return key;
}

NameId KeyName(Ast& ast, NodeId key) {
  if (ast.Is(key, Kind::kNumber)) {
    return ast.Intern(base::NumberToString(ast.NumberOf(key)));
  }
  return ast.NameOf(key);
}

NodeId NewReturn(Ast& ast, base::Span span, NodeId argument) {
  return ast.New<Kind::kReturn>(span, argument);
}

NodeId NewDirective(Ast& ast, base::Span span, std::string_view text) {
  return ast.New<Kind::kDirective>(span, ast.Intern(text));
}

bool IsReservedName(std::string_view text) {
  // Of ES5 in strict code, and what would mean something else as a name.
  static constexpr auto kWords = std::to_array<std::string_view>(
      {"arguments",  "await",     "break",      "case",      "catch",
       "class",      "const",     "continue",   "debugger",  "default",
       "delete",     "do",        "else",       "enum",      "eval",
       "export",     "extends",   "false",      "finally",   "for",
       "function",   "if",        "implements", "import",    "in",
       "instanceof", "interface", "let",        "new",       "null",
       "package",    "private",   "protected",  "public",    "return",
       "static",     "super",     "switch",     "this",      "throw",
       "true",       "try",       "typeof",     "undefined", "var",
       "void",       "while",     "with",       "yield"});
  return std::binary_search(kWords.begin(), kWords.end(), text);
}

bool IsAsciiIdentifier(std::string_view text) {
  if (text.empty() || (text[0] >= '0' && text[0] <= '9')) {
    return false;
  }
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9') || c == '_' || c == '$';
  });
}

static ListId WithPrepended(Ast& ast, ListId body,
                            std::span<const NodeId> added) {
  std::span<NodeId> old = ast.Items(body);
  size_t at = 0;
  while (at < old.size() && ast.Is(old[at], Kind::kDirective)) {
    ++at;
  }
  std::vector<NodeId> items(old.begin(), old.begin() + at);
  items.insert(items.end(), added.begin(), added.end());
  items.insert(items.end(), old.begin() + at, old.end());
  return ast.List(items);
}

NodeId BodyOf(const Ast& ast, NodeId function) {
  return ast.Is(function, Kind::kArrow) ? ast.As<Arrow>(function).body()
                                        : ast.As<Function>(function).body();
}

ListId ParametersOf(const Ast& ast, NodeId function) {
  return ast.Is(function, Kind::kArrow)
             ? ast.As<Arrow>(function).parameters()
             : ast.As<Function>(function).parameters();
}

NodeId BlockBody(Ast& ast, NodeId function) {
  const NodeId body = BodyOf(ast, function);
  if (ast.Is(body, Kind::kBlock)) {
    return body;
  }
  const NodeId result = NewReturn(ast, ast[body].span, body);
  const NodeId block =
      ast.NewBlock(ast[body].span, std::span<const NodeId>(&result, 1));
  ast.As<Arrow>(function).set_body(block);
  return block;
}

void PrependStatements(Ast& ast, NodeId owner, std::span<const NodeId> added) {
  if (added.empty()) {
    return;
  }
  if (ast.Is(owner, Kind::kProgram)) {
    Program program = ast.As<Program>(owner);
    program.set_body(WithPrepended(ast, program.body(), added));
    return;
  }
  Block block = ast.As<Block>(
      ast.Is(owner, Kind::kBlock) ? owner : BlockBody(ast, owner));
  block.set_body(WithPrepended(ast, block.body(), added));
}

NodeId ApplyGivenName(LowerContext& context, NodeId function,
                      const GivenName& named) {
  Ast& ast = context.ast;
  if (named.name == NameId::kNone) {
    return function;
  }
  Function view = ast.As<Function>(function);
  if (view.id() != NodeId::kNone) {
    return function;
  }
  const base::Span span = view.span();
  if (named.symbol != SymbolId::kNone) {
    view.set_id(ast.NewReference(span, named.symbol));
    return function;
  }
  return context.CallHelper(
      span, Helper::kNamed,
      {function, ast.New<Kind::kString>(span, named.name)});
}

void CollectNames(const Ast& ast, NodeId pattern,
                  std::vector<SymbolId>& names) {
  switch (ast.KindOf(pattern)) {
    case Kind::kIdentifier:
      names.push_back(ast.SymbolOf(pattern));
      return;
    case Kind::kProperty:
      CollectNames(ast, ast.As<Property>(pattern).value(), names);
      return;
    case Kind::kDefaultPattern:
      CollectNames(ast, ast.As<DefaultPattern>(pattern).target(), names);
      return;
    case Kind::kRest:
    case Kind::kArrayPattern:
    case Kind::kObjectPattern:
    case Kind::kTsParameter:
      ForEachChild(ast, pattern,
                   [&](NodeId child) { CollectNames(ast, child, names); });
      return;
    default:
      return;
  }
}

void ForbidNames(LowerContext& context, NodeId& expression,
                 std::span<const SymbolId> names, ForbidIn where) {
  Ast& ast = context.ast;
  if (ast.Is(expression, Kind::kIdentifier)) {
    const SymbolId symbol = ast.SymbolOf(expression);
    if (symbol != SymbolId::kNone &&
        std::find(names.begin(), names.end(), symbol) != names.end()) {
      const base::Span span = ast[expression].span;
      expression = context.CallHelper(
          span, Helper::kUninitialized,
          {ast.New<Kind::kString>(span, ast.NameOf(expression))});
    }
    return;
  }
  // Stores are targets, not reads.
  if ((IsFunction(ast.KindOf(expression)) && where == ForbidIn::kExpression) ||
      ast.Is(expression, Kind::kAssign) || ast.Is(expression, Kind::kUpdate)) {
    return;
  }
  ForEachChild(ast, expression, [&](NodeId& child) {
    ForbidNames(context, child, names, where);
  });
}

void Pass::Run() {
  const NodeId root = ast.root();
  ast.set_root(Visit(root));
}

Pass::Twice Pass::UseTargetTwice(NodeId target) {
  const base::Span span = ast[target].span;
  if (ast.Is(target, Kind::kIdentifier)) {
    return {target, ast.CloneShallow(target)};
  }
  // Slot 0 is the object of Member, Index and PrivateMember alike.
  const NodeId object{ast[target].slots[0]};
  const Twice base = ast.Is(object, Kind::kSuper)
                         ? Twice{object, ast.CloneShallow(object)}
                         : UseTwice(object, "object");
  const NodeId again = ast.CloneShallow(target);
  ast[target].slots[0] = static_cast<uint32_t>(base.first);
  ast[again].slots[0] = static_cast<uint32_t>(base.again);
  if (ast.Is(target, Kind::kIndex)) {
    NodeId key = ast.As<Index>(target).index();
    if (!IsConstant(ast, key)) {
      key = context.CallHelper(
          span, Helper::kToKey,
          ast.Is(object, Kind::kSuper)
              ? std::vector<NodeId>{key}
              : std::vector<NodeId>{key, ast.CloneDeep(base.again)});
    }
    const Twice index = UseTwice(key, "key");
    ast.As<Index>(target).set_index(index.first);
    ast.As<Index>(again).set_index(index.again);
  }
  return {target, again};
}

void Pass::WrapFieldValue(NodeId field) {
  // A field's value is a function of its own as far as `this` goes, but has no
  // body that could declare anything: an arrow called at once has one.
  const NodeId value = ast.As<Field>(field).value();
  const base::Span span = ast[value].span;
  const NodeId arrow = ast.New<Kind::kArrow>(span, ListId::kEmpty, value);
  DeclareTemporaries(arrow);
  ast.As<Field>(field).set_value(ast.NewCall(span, arrow, {}));
}

NodeId Pass::Visit(NodeId id) {
  const Kind kind = ast.KindOf(id);
  if (kind == Kind::kField) {
    return VisitField(id);
  }
  if (!IsFunction(kind) && kind != Kind::kProgram &&
      kind != Kind::kStaticBlock) {
    return Lower(id);
  }
  const NodeId outer_function = function_;
  std::vector<SymbolId> outer_temporaries = std::move(temporaries_);
  temporaries_.clear();
  function_ = id;
  const NodeId result = Lower(id);
  if (!temporaries_.empty()) {
    DeclareTemporaries(id);
  }
  temporaries_ = std::move(outer_temporaries);
  function_ = outer_function;
  return result;
}

NodeId Pass::VisitField(NodeId id) {
  Field field = ast.As<Field>(id);
  field.set_decorators(VisitList(field.decorators()));
  if (field.Has(flag::kComputed)) {
    field.set_key(Visit(field.key()));
  }
  if (field.value() == NodeId::kNone) {
    return id;
  }
  const NodeId outer_function = function_;
  std::vector<SymbolId> outer_temporaries = std::move(temporaries_);
  temporaries_.clear();
  function_ = id;
  field.set_value(Visit(field.value()));
  if (!temporaries_.empty()) {
    WrapFieldValue(id);
  }
  temporaries_ = std::move(outer_temporaries);
  function_ = outer_function;
  return id;
}

SymbolId Pass::Temporary(std::string_view hint) {
  const SymbolId symbol = ast.NewTemporary(hint);
  temporaries_.push_back(symbol);
  return symbol;
}

Pass::Twice Pass::UseTwice(NodeId value, std::string_view hint) {
  const base::Span span = ast[value].span;
  if (IsPure(ast, value)) {
    return {value, CopyPure(ast, value)};
  }
  const SymbolId symbol = Temporary(hint);
  return {ast.NewAssign(span, Ref(span, symbol), value), Ref(span, symbol)};
}

void Pass::DeclareTemporaries(NodeId owner) {
  const base::Span span{ast[owner].span.begin, ast[owner].span.begin};
  std::vector<NodeId> declarators;
  for (SymbolId symbol : temporaries_) {
    declarators.push_back(
        ast.New<Kind::kDeclarator>(span, Ref(span, symbol), NodeId::kNone));
  }
  const NodeId variable =
      ast.NewVariable(span, DeclarationKind::kVar, declarators);
  if (ast.Is(owner, Kind::kStaticBlock)) {
    StaticBlock block = ast.As<StaticBlock>(owner);
    block.set_body(ast.Prepend(variable, block.body()));
    return;
  }
  PrependStatements(ast, owner, std::span<const NodeId>(&variable, 1));
}

}  // namespace fcc::js
