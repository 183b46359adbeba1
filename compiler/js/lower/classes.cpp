// SPDX-License-Identifier: Apache-2.0
//
//     class A extends B { x = 1; constructor() { super(); } m() {} static s()
//     {} }
//
// becomes a function that makes the class and is called at once:
//
//     let A = function (_super) {
//       function A() {
//         _fcc_classCheck(this, A);
//         var _this = _fcc_superCall(A, this, []);
//         _fcc_define(_this, "x", 1);
//         return _this;
//       }
//       _fcc_extend(A, _super);
//       _fcc_members(A, [0, "m", function m() {}, 1, "s", function s() {}]);
//       return A;
//     }(B);
//
// The heritage and computed keys are arguments: they belong to the code round
// the class, with its `this`, `yield` and `await`. Field values stand in the
// constructor where that is certain to run them once, else in a function of
// their own. Static fields and blocks run in order at the end, their `this`
// being A. Private names are in private_members.cpp.

#include <algorithm>

#include "compiler/js/lower/arguments_array.h"
#include "compiler/js/lower/passes.h"
#include "compiler/js/lower/private_members.h"
#include "compiler/js/lower/super.h"

namespace fcc::js {
namespace {

// Replaces what `make` answers for, in arrows too, not in other functions.
class OwnRewriter : public Rewriter {
 public:
  OwnRewriter(Ast& tree, std::function<NodeId(OwnRewriter&, NodeId)> make)
      : Rewriter(tree), make_(std::move(make)) {}

  NodeId Visit(NodeId id) override {
    const Kind kind = ast.KindOf(id);
    if (kind == Kind::kFunction || kind == Kind::kFunctionDeclaration) {
      return id;
    }
    const NodeId made = make_(*this, id);
    if (made != NodeId::kNone) {
      return made;
    }
    if (kind == Kind::kArrow) {
      ++arrows_;
      VisitChildren(id);
      --arrows_;
      return id;
    }
    VisitChildren(id);
    return id;
  }
  bool in_arrow() const { return arrows_ != 0; }

 private:
  std::function<NodeId(OwnRewriter&, NodeId)> make_;
  int arrows_ = 0;
};

// Some node of `kind` in `id`, arrows looked into, other functions not.
bool Contains(const Ast& ast, NodeId id, Kind kind) {
  if (ast.Is(id, kind)) {
    return true;
  }
  if (ast.Is(id, Kind::kFunction) || ast.Is(id, Kind::kFunctionDeclaration)) {
    return false;
  }
  bool found = false;
  ForEachChild(ast, id, [&](NodeId child) {
    found = found || Contains(ast, child, kind);
  });
  return found;
}

bool IsSuperCall(const Ast& ast, NodeId id) {
  return ast.Is(id, Kind::kCall) &&
         ast.Is(ast.As<Call>(id).callee(), Kind::kSuper);
}

class ClassPass : public Pass {
 public:
  explicit ClassPass(LowerContext& shared) : Pass(shared), privates_(shared) {}

 protected:
  NodeId Lower(NodeId id) override;

 private:
  // One class while it is being lowered.
  struct State {
    base::Span span;
    SymbolId self = SymbolId::kNone;
    bool derived = false;
    // Of the function that makes the class.
    std::vector<NodeId> parameters;
    std::vector<NodeId> arguments;
    std::vector<NodeId> declarators;
    std::vector<NodeId> statements;
    // Flags, key, function of every member, flat.
    std::vector<NodeId> members;
    std::vector<NodeId> instance;
    std::vector<NodeId> statics;
    NodeId constructor = NodeId::kNone;
  };

  NodeId LowerClass(NodeId id);
  void NameClass(NodeId id, State& state);
  void HoistKeys(NodeId id, State& state);
  void LowerSupers(NodeId member, State& state);
  void LowerMethod(NodeId id, State& state);
  void LowerField(NodeId id, State& state);
  void LowerPrivateMethod(NodeId id, State& state);
  NodeId FieldStore(NodeId id, NodeId object);
  NodeId MakeConstructor(State& state);
  void MakeBase(NodeId function, State& state);
  void MakeDerived(NodeId function, State& state);
  void MakeDefaultDerived(NodeId function, State& state);
  bool IsSimpleDerived(NodeId function) const;
  NodeId SuperCall(NodeId call, SymbolId self, NodeId init, bool once,
                   State& state);
  void ReplaceThis(NodeId id, SymbolId self);
  NodeId Self(base::Span span, State& state) { return Ref(span, state.self); }
  bool NeedsDirective() const;

  PrivateMembers privates_;
  int classes_ = 0;
};

bool ClassPass::NeedsDirective() const {
  if (classes_ > 1 || ast[ast.root()].Has(flag::kStrict | flag::kModule)) {
    return false;
  }
  const NodeId function = current_function();
  return function == NodeId::kNone || !ast[function].Has(flag::kStrict);
}

void ClassPass::NameClass(NodeId id, State& state) {
  Class view = ast.As<Class>(id);
  const ScopeId scope = context.scopes.Of(id);
  if (scope != ScopeId::kNone &&
      context.scopes[scope].kind == ScopeKind::kClass) {
    for (SymbolId symbol : context.scopes[scope].symbols) {
      if (ast[symbol].kind == SymbolKind::kClassName) {
        state.self = symbol;
        return;
      }
    }
  }
  auto given = context.given_names.find(id);
  if (view.id() != NodeId::kNone) {
    Symbol symbol;
    symbol.name = ast.NameOf(view.id());
    symbol.kind = SymbolKind::kClassName;
    state.self = ast.NewSymbol(symbol);
    return;
  }
  if (given != context.given_names.end() &&
      given->second.symbol != SymbolId::kNone) {
    state.self = given->second.symbol;
    return;
  }
  state.self = ast.NewTemporary("class");
  const NameId name =
      given != context.given_names.end() ? given->second.name : NameId::kEmpty;
  state.statements.push_back(ast.NewStatement(context.CallHelper(
      state.span, Helper::kNamed,
      {Self(state.span, state), ast.New<Kind::kString>(state.span, name)})));
}

// Computed keys are evaluated in order, once, before the class is there.
void ClassPass::HoistKeys(NodeId id, State& state) {
  for (NodeId member : ast.Items(ast.As<Class>(id).members())) {
    if (ast.Is(member, Kind::kStaticBlock) ||
        !ast[member].Has(flag::kComputed)) {
      continue;
    }
    // Key is slot 1 of Method and of Field.
    NodeId key{ast[member].slots[1]};
    if (IsConstant(ast, key)) {
      continue;
    }
    const base::Span span = ast[key].span;
    const SymbolId symbol = ast.NewTemporary("key");
    state.parameters.push_back(Ref(span, symbol));
    state.arguments.push_back(context.CallHelper(span, Helper::kToKey, {key}));
    ast[member].slots[1] = static_cast<uint32_t>(Ref(span, symbol));
  }
}

void ClassPass::LowerSupers(NodeId member, State& state) {
  const bool is_static =
      ast.Is(member, Kind::kStaticBlock) || ast[member].Has(flag::kStatic);
  const NodeId where =
      ast.Is(member, Kind::kMethod) ? ast.As<Method>(member).value() : member;
  std::vector<NodeId> own;
  LowerSuperAccess(
      context, where, true,
      [&](base::Span span) {
        const NodeId self = Self(span, state);
        return is_static ? self : ast.NewMember(span, self, "prototype");
      },
      [&](std::string_view hint) {
        const SymbolId symbol = ast.NewTemporary(hint);
        const NodeId declarator =
            ast.New<Kind::kDeclarator>(state.span, Ref(state.span, symbol));
        if (where == member) {
          state.declarators.push_back(declarator);
        } else {
          own.push_back(declarator);
        }
        return symbol;
      });
  if (!own.empty()) {
    const NodeId variable =
        ast.NewVariable(state.span, DeclarationKind::kVar, own);
    PrependStatements(ast, where, std::span(&variable, 1));
  }
}

void ClassPass::LowerMethod(NodeId id, State& state) {
  Method method = ast.As<Method>(id);
  const MethodKind kind{ast[id].op};
  const NodeId function = method.value();
  if (kind == MethodKind::kConstructor) {
    state.constructor = function;
    return;
  }
  const base::Span span = method.span();
  int flags = method.Has(flag::kStatic) ? 1 : 0;
  if (kind == MethodKind::kGet) {
    flags |= 2;
  } else if (kind == MethodKind::kSet) {
    flags |= 4;
  } else if (ast.As<Function>(function).id() == NodeId::kNone) {
    flags |= 8;
  }
  state.members.push_back(ast.NewNumber(span, flags));
  state.members.push_back(KeyExpression(ast, method.key()));
  state.members.push_back(function);
}

void ClassPass::LowerPrivateMethod(NodeId id, State& state) {
  Method method = ast.As<Method>(id);
  const base::Span span = method.span();
  const MethodKind kind{ast[id].op};
  LoweredPrivate& member = privates_.Get(ast.SymbolOf(method.key()));
  SymbolId symbol = member.method;
  std::vector<NodeId> args{
      method.value(),
      ast.NewString(span, "#" + std::string(ast.NameTextOf(method.key())))};
  if (kind == MethodKind::kGet) {
    symbol = member.getter;
    args.push_back(ast.NewString(span, "get"));
  } else if (kind == MethodKind::kSet) {
    symbol = member.setter;
    args.push_back(ast.NewString(span, "set"));
  }
  state.declarators.push_back(ast.New<Kind::kDeclarator>(
      span, Ref(span, symbol), context.CallHelper(span, Helper::kNamed, args)));
  if (member.has_store) {
    return;
  }
  member.has_store = true;
  const bool is_static = method.Has(flag::kStatic);
  std::vector<NodeId>& where = is_static ? state.statics : state.instance;
  // Before every field, whatever stands first in the text.
  where.insert(
      where.begin(),
      ast.NewStatement(context.CallHelper(
          span, Helper::kPrivateAdd,
          {Ref(span, member.table),
           is_static ? Self(span, state) : ast.New<Kind::kThis>(span)})));
}

NodeId ClassPass::FieldStore(NodeId id, NodeId object) {
  Field field = ast.As<Field>(id);
  const base::Span span = field.span();
  NodeId value = field.value();
  const NodeId key = field.key();
  if (value == NodeId::kNone) {
    value = ast.NewUndefined(span);
  }
  if (ast.Is(key, Kind::kPrivateName)) {
    const bool anonymous = (ast.Is(value, Kind::kFunction) &&
                            ast.As<Function>(value).id() == NodeId::kNone) ||
                           (ast.Is(value, Kind::kArrow));
    if (anonymous) {
      value = context.CallHelper(
          span, Helper::kNamed,
          {value, ast.NewString(span, "#" + std::string(ast.NameTextOf(key)))});
    }
    return context.CallHelper(
        span, Helper::kPrivateAdd,
        {Ref(span, privates_.Get(ast.SymbolOf(key)).table), object, value});
  }
  const bool anonymous =
      ast.Is(value, Kind::kFunction)
          ? ast.As<Function>(value).id() == NodeId::kNone
          : ast.Is(value, Kind::kArrow) && !context.given_names.contains(value);
  if (anonymous && field.Has(flag::kComputed)) {
    value =
        context.CallHelper(span, Helper::kNamed, {value, ast.CloneDeep(key)});
  }
  if (field.Has(flag::kSynthetic)) {
    return ast.NewAssign(span, NewAccess(ast, span, object, key), value);
  }
  return context.CallHelper(span, Helper::kDefine,
                            {object, KeyExpression(ast, key), value});
}

void ClassPass::LowerField(NodeId id, State& state) {
  const base::Span span = ast[id].span;
  const bool is_static = ast[id].Has(flag::kStatic);
  const NodeId object =
      is_static ? Self(span, state) : ast.New<Kind::kThis>(span);
  const NodeId store = ast.NewStatement(FieldStore(id, object));
  (is_static ? state.statics : state.instance).push_back(store);
}

void ClassPass::ReplaceThis(NodeId id, SymbolId self) {
  OwnRewriter rewriter(ast, [&](OwnRewriter&, NodeId node) {
    return ast.Is(node, Kind::kThis) ? Ref(ast[node].span, self)
                                     : NodeId::kNone;
  });
  rewriter.VisitChildren(id);
}

// super() stands as a statement of its own at the top, alone, and nothing
// before it could ask for `this`.
bool ClassPass::IsSimpleDerived(NodeId function) const {
  const NodeId body = ast.As<Function>(function).body();
  bool found = false;
  for (NodeId statement : ast.Items(ast.As<Block>(body).body())) {
    if (!found && ast.Is(statement, Kind::kExpressionStatement) &&
        IsSuperCall(ast, ast.As<ExpressionStatement>(statement).expression())) {
      const NodeId call = ast.As<ExpressionStatement>(statement).expression();
      for (NodeId argument : ast.Items(ast.As<Call>(call).arguments())) {
        if (Contains(ast, argument, Kind::kThis) ||
            Contains(ast, argument, Kind::kSuper)) {
          return false;
        }
      }
      found = true;
      continue;
    }
    if (Contains(ast, statement, Kind::kSuper) ||
        (!found && (Contains(ast, statement, Kind::kThis) ||
                    Contains(ast, statement, Kind::kReturn)))) {
      return false;
    }
  }
  return found;
}

NodeId ClassPass::SuperCall(NodeId call, SymbolId self, NodeId init, bool once,
                            State& state) {
  const base::Span span = ast[call].span;
  const NodeId own = ast.New<Kind::kThis>(span);
  NodeId value = context.CallHelper(
      span, Helper::kSuperCall,
      {Self(span, state), own,
       ArgumentsArray(context, span, ast.As<Call>(call).arguments())});
  if (once) {
    // The check comes after the call, so the call is the first argument.
    value = context.CallHelper(
        span, Helper::kOnce,
        {value, ast.New<Kind::kArrow>(span, ListId::kEmpty, Ref(span, self))});
  }
  const NodeId store = ast.NewAssign(span, Ref(span, self), value);
  if (init == NodeId::kNone) {
    return store;
  }
  return NewSequence(
      ast, span,
      {store, NewMethodCall(ast, span, init, "call", {Ref(span, self)}),
       Ref(span, self)});
}

void ClassPass::MakeDerived(NodeId function, State& state) {
  const SymbolId self = ast.NewTemporary("this");
  const NodeId body = ast.As<Function>(function).body();
  Block block = ast.As<Block>(body);
  const bool simple = IsSimpleDerived(function);
  NodeId init = NodeId::kNone;
  std::vector<NodeId> statements;
  if (simple) {
    // Field values join the body: their `this` is replaced with its.
    for (NodeId statement : ast.Items(block.body())) {
      statements.push_back(statement);
      if (ast.Is(statement, Kind::kExpressionStatement) &&
          IsSuperCall(ast,
                      ast.As<ExpressionStatement>(statement).expression())) {
        statements.insert(statements.end(), state.instance.begin(),
                          state.instance.end());
      }
    }
    block.set_body(ast.List(statements));
  } else if (!state.instance.empty()) {
    const SymbolId fields = ast.NewTemporary("fields");
    state.declarators.push_back(ast.New<Kind::kDeclarator>(
        state.span, Ref(state.span, fields),
        ast.NewFunction(state.span, {}, state.instance)));
    init = Ref(state.span, fields);
  }
  OwnRewriter rewriter(ast, [&](OwnRewriter& walk, NodeId id) {
    const base::Span span = ast[id].span;
    auto checked = [&] {
      const NodeId ref = Ref(span, self);
      return simple ? ref : context.CallHelper(span, Helper::kSelf, {ref});
    };
    if (ast.Is(id, Kind::kThis)) {
      return checked();
    }
    if (IsSuperCall(ast, id)) {
      Call call = ast.As<Call>(id);
      call.set_arguments(walk.VisitList(call.arguments()));
      const NodeId fresh =
          init == NodeId::kNone ? init : ast.CloneShallow(init);
      return SuperCall(id, self, fresh, !simple, state);
    }
    if (ast.Is(id, Kind::kReturn) && !walk.in_arrow()) {
      Return statement = ast.As<Return>(id);
      if (statement.argument() == NodeId::kNone) {
        statement.set_argument(checked());
      } else {
        statement.set_argument(context.CallHelper(
            span, Helper::kResult,
            {walk.Visit(statement.argument()),
             // Looked at only once the value is known.
             ast.New<Kind::kArrow>(span, ListId::kEmpty, Ref(span, self))}));
      }
      return id;
    }
    return NodeId::kNone;
  });
  rewriter.VisitChildren(body);
  const NodeId last = Ref(state.span, self);
  const NodeId result = NewReturn(
      ast, state.span,
      simple ? last : context.CallHelper(state.span, Helper::kSelf, {last}));
  block.set_body(ast.Append(block.body(), result));
  const NodeId declare =
      ast.NewVariable(state.span, DeclarationKind::kVar, self, NodeId::kNone);
  PrependStatements(ast, body, std::span(&declare, 1));
}

void ClassPass::MakeDefaultDerived(NodeId function, State& state) {
  const base::Span span = state.span;
  const NodeId arguments = ast.NewGlobal(span, "arguments");
  ast[arguments].flags |= flag::kSynthetic;
  const NodeId call = context.CallHelper(
      span, Helper::kSuperCall,
      {Self(span, state), ast.New<Kind::kThis>(span), arguments});
  const NodeId body = ast.As<Function>(function).body();
  if (state.instance.empty()) {
    const NodeId result = NewReturn(ast, span, call);
    ast.As<Block>(body).set_body(ast.List({result}));
    return;
  }
  const SymbolId self = ast.NewTemporary("this");
  ast.As<Block>(body).set_body(ast.List(state.instance));
  ReplaceThis(body, self);
  const NodeId declare =
      ast.NewVariable(span, DeclarationKind::kVar, self, call);
  PrependStatements(ast, body, std::span(&declare, 1));
  ast.As<Block>(body).set_body(ast.Append(
      ast.As<Block>(body).body(), NewReturn(ast, span, Ref(span, self))));
}

void ClassPass::MakeBase(NodeId function, State& state) {
  PrependStatements(ast, function, state.instance);
}

NodeId ClassPass::MakeConstructor(State& state) {
  const base::Span span = state.span;
  NodeId function = state.constructor;
  if (function == NodeId::kNone) {
    function = ast.NewFunction(span, {}, {});
    if (state.derived) {
      MakeDefaultDerived(function, state);
    } else {
      MakeBase(function, state);
    }
  } else if (state.derived) {
    MakeDerived(function, state);
  } else {
    MakeBase(function, state);
  }
  const NodeId check = ast.NewStatement(
      context.CallHelper(span, Helper::kClassCheck,
                         {ast.New<Kind::kThis>(span), Self(span, state)}));
  PrependStatements(ast, function, std::span(&check, 1));
  Function view = ast.As<Function>(function);
  view.set_id(Self(span, state));
  ast[function].kind = Kind::kFunctionDeclaration;
  ast[function].flags &= ~flag::kMethod;
  ast[function].flags |= flag::kClassConstructor;
  return function;
}

NodeId ClassPass::LowerClass(NodeId id) {
  Class view = ast.As<Class>(id);
  State state;
  state.span = view.span();
  state.derived = view.super_class() != NodeId::kNone;
  ++classes_;
  privates_.Declare(id);
  VisitChildren(id);
  NameClass(id, state);
  const base::Span span = state.span;
  NodeId heritage = NodeId::kNone;
  if (state.derived) {
    const SymbolId parent = ast.NewTemporary("super");
    state.parameters.push_back(Ref(span, parent));
    state.arguments.push_back(view.super_class());
    heritage = ast.NewStatement(context.CallHelper(
        span, Helper::kExtend, {Self(span, state), Ref(span, parent)}));
  }
  HoistKeys(id, state);
  privates_.DeclareTables(id, state.declarators);
  for (NodeId member : ast.Items(view.members())) {
    LowerSupers(member, state);
    switch (ast.KindOf(member)) {
      case Kind::kMethod:
        if (ast.Is(ast.As<Method>(member).key(), Kind::kPrivateName)) {
          LowerPrivateMethod(member, state);
        } else {
          LowerMethod(member, state);
        }
        break;
      case Kind::kField:
        LowerField(member, state);
        break;
      case Kind::kStaticBlock:
        state.statics.push_back(ast.New<Kind::kBlock>(
            ast[member].span, ast.As<StaticBlock>(member).body()));
        break;
      default:
        break;
    }
  }
  const NodeId constructor = MakeConstructor(state);
  std::vector<NodeId> body;
  if (NeedsDirective()) {
    body.push_back(NewDirective(ast, span, "use strict"));
  }
  body.push_back(constructor);
  if (heritage != NodeId::kNone) {
    body.push_back(heritage);
  }
  body.insert(body.end(), state.statements.begin(), state.statements.end());
  body.push_back(ast.NewStatement(context.CallHelper(
      span, Helper::kMembers,
      {Self(span, state), NewArray(ast, span, state.members)})));
  if (!state.declarators.empty()) {
    body.push_back(
        ast.NewVariable(span, DeclarationKind::kVar, state.declarators));
  }
  if (!state.statics.empty()) {
    const NodeId block = ast.NewBlock(span, state.statics);
    ReplaceThis(block, state.self);
    for (NodeId statement : ast.Items(ast.As<Block>(block).body())) {
      body.push_back(statement);
    }
  }
  body.push_back(NewReturn(ast, span, Self(span, state)));
  --classes_;
  const NodeId make = ast.NewFunction(span, state.parameters, body);
  ast[make].flags |= flag::kStrict;
  return ast.NewCall(span, make, state.arguments);
}

NodeId ClassPass::Lower(NodeId id) {
  switch (ast.KindOf(id)) {
    case Kind::kClass:
      return LowerClass(id);
    case Kind::kClassDeclaration: {
      const base::Span span = ast[id].span;
      const NodeId name = ast.As<Class>(id).id();
      const NodeId made = LowerClass(id);
      const NodeId declarator = ast.New<Kind::kDeclarator>(span, name, made);
      return ast.NewVariable(span, DeclarationKind::kLet,
                             std::span(&declarator, 1));
    }
    default:
      break;
  }
  if (const NodeId made = privates_.LowerUse(
          id, [this](NodeId child) { return Visit(child); },
          [this](NodeId value) {
            const Twice twice = UseTwice(value, "object");
            return std::pair{twice.first, twice.again};
          },
          [this](std::string_view hint) { return Temporary(hint); });
      made != NodeId::kNone) {
    return made;
  }
  VisitChildren(id);
  return id;
}

}  // namespace

void LowerClasses(LowerContext& context) {
  ClassPass(context).RunPassingLeaves();
}

}  // namespace fcc::js
