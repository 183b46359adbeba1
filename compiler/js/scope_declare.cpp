// SPDX-License-Identifier: Apache-2.0
//
// The first walk: opens scopes and declares. A `var` may stand behind its uses,
// so nothing can be resolved before all of a function is seen.

#include <algorithm>
#include <string>
#include <unordered_map>
#include <vector>

#include "compiler/js/flat_map.h"
#include "compiler/js/scope_internal.h"

namespace fcc::js {

using DK = diagnostics::Kind;

static bool IsLexical(SymbolKind kind) {
  switch (kind) {
    case SymbolKind::kLet:
    case SymbolKind::kConst:
    case SymbolKind::kClass:
    case SymbolKind::kImport:
    case SymbolKind::kEnum:
    case SymbolKind::kNamespace:
      return true;
    case SymbolKind::kVar:
    case SymbolKind::kParameter:
    case SymbolKind::kFunction:
    case SymbolKind::kFunctionName:
    case SymbolKind::kClassName:
    case SymbolKind::kCatch:
    case SymbolKind::kPrivate:
    case SymbolKind::kTypeOnly:
    case SymbolKind::kTemporary:
      return false;
  }
  FCC_CHECK(false);
}

namespace {

class Declarer {
 public:
  Declarer(Ast& ast, Scopes& scopes, diagnostics::Sink& sink)
      : ast_(ast), scopes_(scopes), sink_(sink) {}

  void Run() {
    const NodeId root = ast_.root();
    const Node& program = ast_[root];
    module_ = program.Has(flag::kModule);
    script_ = !module_ && !program.Has(flag::kCommonJs);
    current_ = Open(ScopeKind::kProgram, root);
    scopes_.scopes[Index(current_)].strict = program.Has(flag::kStrict);
    WalkList(ast_.As<Program>(root).body());
    HoistBlockFunctions(current_);
  }

 private:
  static uint32_t Index(ScopeId id) { return static_cast<uint32_t>(id); }
  Scope& At(ScopeId id) { return scopes_.scopes[Index(id)]; }

  ScopeId Open(ScopeKind kind, NodeId node) {
    const ScopeId id{static_cast<uint32_t>(scopes_.scopes.size())};
    Scope scope;
    scope.kind = kind;
    scope.parent = current_;
    scope.node = node;
    const bool function =
        kind == ScopeKind::kProgram || kind == ScopeKind::kFunction ||
        kind == ScopeKind::kFunctionBody || kind == ScopeKind::kStaticBlock ||
        kind == ScopeKind::kField || kind == ScopeKind::kTsNamespace;
    if (current_ != ScopeId::kNone) {
      scope.function = At(current_).function;
      scope.strict = At(current_).strict;
    }
    if (function) {
      scope.function = id;
    }
    scope.inside_loop = !function && loop_depth_ > 0;
    scopes_.scopes.push_back(std::move(scope));
    scopes_.by_node[static_cast<uint32_t>(node)] = id;
    return id;
  }

  // ---- Declaring ----

  void Duplicate(NodeId name, SymbolId first) {
    auto report = sink_.Report(DK::kJsDuplicate, ast_.LocationOf(name),
                               std::string(ast_.NameTextOf(name)));
    const NodeId declaration = ast_[first].declaration;
    if (declaration != NodeId::kNone) {
      report.Label(ast_.LocationOf(declaration), "declared here");
    }
  }

  SymbolId Add(ScopeId scope, NodeId identifier, SymbolKind kind) {
    Symbol symbol;
    symbol.name = ast_.NameOf(identifier);
    symbol.kind = kind;
    symbol.scope = scope;
    symbol.declaration = identifier;
    if (script_ && At(scope).kind == ScopeKind::kProgram) {
      symbol.flags |= symbol_flag::kPinned;
    }
    const SymbolId id = ast_.NewSymbol(symbol);
    At(scope).symbols.push_back(id);
    names_.Set(Index(scope), static_cast<uint32_t>(symbol.name),
               static_cast<uint32_t>(id));
    return id;
  }
  SymbolId Find(ScopeId scope, NameId name) const {
    return SymbolId{names_.Find(Index(scope), static_cast<uint32_t>(name))};
  }

  // TypeScript lets these share a name: function or class or enum with a
  // namespace, enum with enum, class with a namespace.
  static bool Merges(SymbolKind a, SymbolKind b) {
    auto mergeable = [](SymbolKind kind) {
      return kind == SymbolKind::kNamespace || kind == SymbolKind::kEnum ||
             kind == SymbolKind::kClass || kind == SymbolKind::kFunction;
    };
    const bool is_ts = a == SymbolKind::kNamespace ||
                       b == SymbolKind::kNamespace ||
                       (a == SymbolKind::kEnum && b == SymbolKind::kEnum);
    return is_ts && mergeable(a) && mergeable(b);
  }

  // Names that a lexical declaration in `scope` must not repeat although they
  // stand in the scope round it: parameters, what a `catch` binds.
  SymbolId FindAround(ScopeId scope, NameId name) {
    const Scope& inner = At(scope);
    if (inner.kind == ScopeKind::kFunctionBody ||
        (inner.kind == ScopeKind::kBlock && inner.parent != ScopeId::kNone &&
         At(inner.parent).kind == ScopeKind::kCatch)) {
      return Find(inner.parent, name);
    }
    return SymbolId::kNone;
  }

  void DeclareLexical(NodeId identifier, SymbolKind kind) {
    const NameId name = ast_.NameOf(identifier);
    if (ast_.TextOf(name) == "let" && kind != SymbolKind::kFunction) {
      sink_.Report(DK::kJsLetLet, ast_.LocationOf(identifier));
      return;
    }
    SymbolId old = Find(current_, name);
    if (old == SymbolId::kNone) {
      old = SymbolId{
          passing_vars_.Find(Index(current_), static_cast<uint32_t>(name))};
    }
    if (old == SymbolId::kNone) {
      old = FindAround(current_, name);
    }
    if (old == SymbolId::kNone) {
      Add(current_, identifier, kind);
      return;
    }
    const SymbolKind old_kind = ast_[old].kind;
    if (Merges(kind, old_kind)) {
      return;
    }
    // Two plain functions of one sloppy block.
    if (kind == SymbolKind::kFunction && old_kind == SymbolKind::kFunction &&
        !At(current_).strict && IsPlainFunction(identifier) &&
        IsPlainFunction(ast_[old].declaration)) {
      return;
    }
    Duplicate(identifier, old);
  }

  bool IsPlainFunction(NodeId identifier) const {
    return std::find(special_functions_.begin(), special_functions_.end(),
                     identifier) == special_functions_.end();
  }

  void DeclareVar(NodeId identifier, SymbolKind kind) {
    const NameId name = ast_.NameOf(identifier);
    const ScopeId function = At(current_).function;
    for (ScopeId scope = current_;; scope = At(scope).parent) {
      const SymbolId old = Find(scope, name);
      if (old != SymbolId::kNone) {
        const SymbolKind old_kind = ast_[old].kind;
        const bool lexical =
            IsLexical(old_kind) ||
            (old_kind == SymbolKind::kFunction &&
             (scope != function ||
              (module_ && At(scope).kind == ScopeKind::kProgram))) ||
            (module_ && At(scope).kind == ScopeKind::kProgram &&
             kind == SymbolKind::kFunction);
        const bool pattern_catch =
            old_kind == SymbolKind::kCatch &&
            (!simple_catch_.Find(Index(scope), 0xFFFFFFFFu) || in_for_of_);
        if ((lexical && !Merges(kind, old_kind)) || pattern_catch) {
          Duplicate(identifier, old);
          return;
        }
        if (scope == function) {
          if (kind == SymbolKind::kFunction && old_kind == SymbolKind::kVar) {
            ast_[old].kind = SymbolKind::kFunction;
          }
          return;
        }
      }
      if (scope == function) {
        break;
      }
    }
    const SymbolId made = Add(function, identifier, kind);
    for (ScopeId scope = current_; scope != function;
         scope = At(scope).parent) {
      if (passing_vars_.Find(Index(scope), static_cast<uint32_t>(name)) == 0) {
        passing_vars_.Set(Index(scope), static_cast<uint32_t>(name),
                          static_cast<uint32_t>(made));
      }
    }
  }

  void MarkPassing(NodeId identifier) {
    const NameId name = ast_.NameOf(identifier);
    const ScopeId function = At(current_).function;
    const SymbolId symbol = Find(function, name);
    for (ScopeId scope = current_;
         scope != function && symbol != SymbolId::kNone;
         scope = At(scope).parent) {
      passing_vars_.Set(Index(scope), static_cast<uint32_t>(name),
                        static_cast<uint32_t>(symbol));
    }
  }

  void DeclareFunction(NodeId node) {
    const NodeId id = ast_.As<Function>(node).id();
    if (id == NodeId::kNone) {
      return;
    }
    if (ast_[node].Has(flag::kAsync | flag::kGenerator)) {
      special_functions_.push_back(id);
    }
    const Scope& scope = At(current_);
    const bool top = current_ == scope.function;
    if (top && !(module_ && scope.kind == ScopeKind::kProgram)) {
      DeclareVar(id, SymbolKind::kFunction);
    } else {
      DeclareLexical(id, SymbolKind::kFunction);
      if (!top && !scope.strict && IsPlainFunction(id) && !module_) {
        hoistable_.push_back({current_, id});
      }
    }
  }

  // Annex B.3.2: a function of a sloppy block is a `var` of its function too,
  // where a `var` of that name would be no error.
  void HoistBlockFunctions(ScopeId function) {
    size_t kept = 0;
    for (size_t i = 0; i < hoistable_.size(); ++i) {
      const auto [scope, identifier] = hoistable_[i];
      if (At(scope).function != function) {
        hoistable_[kept++] = hoistable_[i];
        continue;
      }
      const NameId name = ast_.NameOf(identifier);
      const SymbolId own = Find(scope, name);
      bool allowed = own != SymbolId::kNone;
      for (ScopeId at = At(scope).parent; allowed; at = At(at).parent) {
        const SymbolId old = Find(at, name);
        if (old != SymbolId::kNone) {
          const SymbolKind kind = ast_[old].kind;
          allowed = !IsLexical(kind) && kind != SymbolKind::kParameter &&
                    (kind != SymbolKind::kFunction || at == function ||
                     ast_[old].scope == function) &&
                    (kind != SymbolKind::kCatch ||
                     simple_catch_.Find(Index(at), 0xFFFFFFFFu) != 0);
        }
        if (at == function) {
          break;
        }
      }
      // Parameters of a function whose body is a scope of its own.
      if (allowed && At(function).kind == ScopeKind::kFunctionBody) {
        allowed = Find(At(function).parent, name) == SymbolId::kNone;
      }
      if (!allowed || ast_[own].scope != scope) {
        continue;
      }
      SymbolId outer = Find(function, name);
      if (outer == SymbolId::kNone) {
        outer = Add(function, identifier, SymbolKind::kVar);
      }
      for (SymbolId& symbol : At(scope).symbols) {
        if (symbol == own) {
          symbol = outer;
        }
      }
      names_.Set(Index(scope), static_cast<uint32_t>(name),
                 static_cast<uint32_t>(outer));
    }
    hoistable_.resize(kept);
  }

  // Every Identifier that a pattern binds.
  template <typename Fn>
  void EachBound(NodeId pattern, Fn&& fn) {
    const Node& node = ast_[pattern];
    switch (node.kind) {
      case Kind::kIdentifier:
        fn(pattern);
        return;
      case Kind::kDefaultPattern:
      case Kind::kRest:
        EachBound(NodeId{node.slots[0]}, fn);
        return;
      case Kind::kTsParameter:
      case Kind::kProperty:
        EachBound(NodeId{node.slots[1]}, fn);
        return;
      case Kind::kArrayPattern:
      case Kind::kObjectPattern:
        for (NodeId item : ast_.Items(ListId{node.slots[0]})) {
          EachBound(item, fn);
        }
        return;
      default:
        return;
    }
  }

  void DeclareVariable(NodeId node) {
    const DeclarationKind kind = static_cast<DeclarationKind>(ast_[node].op);
    for (NodeId item : ast_.Items(ast_.As<Variable>(node).declarators())) {
      EachBound(ast_.As<Declarator>(item).target(), [&](NodeId name) {
        if (kind == DeclarationKind::kVar) {
          DeclareVar(name, SymbolKind::kVar);
          MarkPassing(name);
        } else {
          DeclareLexical(name, kind == DeclarationKind::kLet
                                   ? SymbolKind::kLet
                                   : SymbolKind::kConst);
        }
      });
    }
  }

  // ---- Walking ----

  void WalkList(ListId list) {
    for (NodeId id : ast_.Items(list)) {
      Walk(id);
    }
  }
  void WalkChildren(NodeId id) {
    ForEachChild(ast_, id, [this](NodeId child) { Walk(child); });
  }

  template <typename Fn>
  void Within(ScopeKind kind, NodeId node, Fn&& fn) {
    const ScopeId outer = current_;
    current_ = Open(kind, node);
    fn();
    current_ = outer;
  }

  void WalkFunction(NodeId id, ListId parameters, NodeId body) {
    const Node& node = ast_[id];
    const bool simple = node.Has(flag::kSimpleParameters);
    const bool unique = !simple || node.Has(flag::kStrict) ||
                        node.Has(flag::kMethod) || node.kind == Kind::kArrow;
    const int outer_loops = loop_depth_;
    loop_depth_ = 0;
    const ScopeId outer = current_;
    current_ = Open(ScopeKind::kFunction, id);
    At(current_).strict = node.Has(flag::kStrict);
    for (NodeId parameter : ast_.Items(parameters)) {
      EachBound(parameter, [&](NodeId name) {
        const SymbolId old = Find(current_, ast_.NameOf(name));
        if (old == SymbolId::kNone) {
          Add(current_, name, SymbolKind::kParameter);
        } else if (unique) {
          Duplicate(name, old);
        }
      });
    }
    WalkList(parameters);
    const ScopeId function = current_;
    if (ast_.Is(body, Kind::kBlock)) {
      if (!simple) {
        current_ = Open(ScopeKind::kFunctionBody, body);
      }
      WalkList(ast_.As<Block>(body).body());
    } else {
      Walk(body);
    }
    HoistBlockFunctions(At(current_).function);
    if (!simple && current_ == function) {
      // An arrow with an expression: no body scope was opened.
    }
    current_ = outer;
    loop_depth_ = outer_loops;
  }

  void WalkClass(NodeId id) {
    const Class view = ast_.As<Class>(id);
    WalkList(view.decorators());
    Within(ScopeKind::kClass, id, [&] {
      At(current_).strict = true;
      if (view.id() != NodeId::kNone) {
        Add(current_, view.id(), SymbolKind::kClassName);
      }
      DeclarePrivateNames(view.members());
      if (view.super_class() != NodeId::kNone) {
        Walk(view.super_class());
      }
      for (NodeId member : ast_.Items(view.members())) {
        WalkMember(member);
      }
    });
  }

  void DeclarePrivateNames(ListId members) {
    // The members that have a name: one, or a getter and a setter.
    struct Taken {
      SymbolId symbol;
      MethodKind kind;
      bool accessor;
      bool is_static;
      bool paired = false;
    };
    std::unordered_map<NameId, Taken> taken;
    for (NodeId member : ast_.Items(members)) {
      const Node& node = ast_[member];
      if (node.kind == Kind::kStaticBlock) {
        continue;
      }
      const NodeId key{node.slots[1]};
      if (!ast_.Is(key, Kind::kPrivateName)) {
        continue;
      }
      if (ast_.NameTextOf(key) == "constructor") {
        sink_.Report(DK::kJsPrivateConstructor, ast_.LocationOf(key));
        continue;
      }
      const MethodKind kind = node.kind == Kind::kMethod
                                  ? static_cast<MethodKind>(node.op)
                                  : MethodKind::kMethod;
      const bool accessor =
          kind == MethodKind::kGet || kind == MethodKind::kSet;
      const bool is_static = node.Has(flag::kStatic);
      const auto found = taken.find(ast_.NameOf(key));
      if (found != taken.end()) {
        Taken& other = found->second;
        if (!other.paired && accessor && other.accessor && kind != other.kind &&
            other.is_static == is_static) {
          other.paired = true;
          continue;
        }
        Duplicate(key, other.symbol);
        continue;
      }
      Symbol made;
      made.name = ast_.NameOf(key);
      made.kind = SymbolKind::kPrivate;
      made.scope = current_;
      made.declaration = key;
      const SymbolId symbol = ast_.NewSymbol(made);
      At(current_).symbols.push_back(symbol);
      taken.emplace(made.name, Taken{symbol, kind, accessor, is_static});
    }
  }

  void WalkMember(NodeId member) {
    const Node& node = ast_[member];
    const int outer_loops = loop_depth_;
    switch (node.kind) {
      case Kind::kStaticBlock:
        loop_depth_ = 0;
        Within(ScopeKind::kStaticBlock, member, [&] {
          WalkList(ast_.As<StaticBlock>(member).body());
          HoistBlockFunctions(current_);
        });
        loop_depth_ = outer_loops;
        return;
      case Kind::kField: {
        const Field field = ast_.As<Field>(member);
        WalkList(field.decorators());
        Walk(field.key());
        if (field.value() != NodeId::kNone) {
          loop_depth_ = 0;
          Within(ScopeKind::kField, member, [&] { Walk(field.value()); });
          loop_depth_ = outer_loops;
        }
        return;
      }
      default:
        WalkChildren(member);
        return;
    }
  }

  void WalkLoop(NodeId id) {
    ++loop_depth_;
    Within(ScopeKind::kLoop, id, [&] {
      ForEachChild(ast_, id, [&](NodeId child) {
        if (ast_.Is(child, Kind::kVariable)) {
          in_for_of_ = ast_.Is(id, Kind::kForOf);
          DeclareVariable(child);
          in_for_of_ = false;
          WalkChildren(child);
        } else {
          Walk(child);
        }
      });
    });
    --loop_depth_;
  }

  void WalkCatch(NodeId id) {
    const Catch view = ast_.As<Catch>(id);
    Within(ScopeKind::kCatch, id, [&] {
      if (view.parameter() != NodeId::kNone) {
        if (ast_.Is(view.parameter(), Kind::kIdentifier)) {
          simple_catch_.Insert(Index(current_), 0xFFFFFFFFu);
        }
        EachBound(view.parameter(), [&](NodeId name) {
          const SymbolId old = Find(current_, ast_.NameOf(name));
          if (old != SymbolId::kNone) {
            Duplicate(name, old);
          } else {
            Add(current_, name, SymbolKind::kCatch);
          }
        });
        Walk(view.parameter());
      }
      Walk(view.body());
    });
  }

  void Walk(NodeId id) {
    const Node& node = ast_[id];
    switch (node.kind) {
      case Kind::kIdentifier:
      case Kind::kMember:
      case Kind::kString:
      case Kind::kNumber:
        // The commonest, which declare nothing.
        if (node.kind == Kind::kMember) {
          Walk(NodeId{node.slots[0]});
        }
        return;
      case Kind::kVariable:
        DeclareVariable(id);
        WalkChildren(id);
        return;
      case Kind::kFunctionDeclaration: {
        DeclareFunction(id);
        const Function view = ast_.As<Function>(id);
        WalkFunction(id, view.parameters(), view.body());
        return;
      }
      case Kind::kFunction: {
        const Function view = ast_.As<Function>(id);
        if (view.id() == NodeId::kNone) {
          WalkFunction(id, view.parameters(), view.body());
          return;
        }
        Within(ScopeKind::kFunctionName, id, [&] {
          Add(current_, view.id(), SymbolKind::kFunctionName);
          WalkFunction(id, view.parameters(), view.body());
        });
        return;
      }
      case Kind::kArrow: {
        const Arrow view = ast_.As<Arrow>(id);
        WalkFunction(id, view.parameters(), view.body());
        return;
      }
      case Kind::kClassDeclaration:
        if (ast_.As<Class>(id).id() != NodeId::kNone) {
          DeclareLexical(ast_.As<Class>(id).id(), SymbolKind::kClass);
        }
        WalkClass(id);
        return;
      case Kind::kClass:
        WalkClass(id);
        return;
      case Kind::kBlock:
        Within(ScopeKind::kBlock, id, [&] { WalkChildren(id); });
        return;
      case Kind::kFor:
      case Kind::kForIn:
      case Kind::kForOf:
        WalkLoop(id);
        return;
      case Kind::kWhile:
      case Kind::kDoWhile:
        ++loop_depth_;
        WalkChildren(id);
        --loop_depth_;
        return;
      case Kind::kCatch:
        WalkCatch(id);
        return;
      case Kind::kSwitch: {
        const Switch view = ast_.As<Switch>(id);
        Walk(view.discriminant());
        Within(ScopeKind::kSwitch, id, [&] { WalkList(view.cases()); });
        return;
      }
      case Kind::kWith: {
        const With view = ast_.As<With>(id);
        Walk(view.object());
        Within(ScopeKind::kWith, id, [&] { Walk(view.body()); });
        return;
      }
      case Kind::kImportSpecifier:
        DeclareLexical(ast_.As<ImportSpecifier>(id).local(),
                       SymbolKind::kImport);
        return;
      case Kind::kImportDefault:
      case Kind::kImportNamespace:
        DeclareLexical(NodeId{node.slots[0]}, SymbolKind::kImport);
        return;
      case Kind::kTsEnum:
        DeclareLexical(ast_.As<TsEnum>(id).id(), SymbolKind::kEnum);
        Within(ScopeKind::kTsEnum, id, [&] { WalkChildren(id); });
        return;
      case Kind::kTsNamespace:
        DeclareLexical(ast_.As<TsNamespace>(id).id(), SymbolKind::kNamespace);
        Within(ScopeKind::kTsNamespace, id,
               [&] { WalkList(ast_.As<TsNamespace>(id).body()); });
        return;
      case Kind::kTsImportEquals:
        DeclareLexical(ast_.As<TsImportEquals>(id).id(), SymbolKind::kImport);
        return;
      default:
        WalkChildren(id);
        return;
    }
  }

  struct Hoistable {
    ScopeId scope;
    NodeId identifier;
  };

  Ast& ast_;
  Scopes& scopes_;
  diagnostics::Sink& sink_;
  ScopeId current_ = ScopeId::kNone;
  bool module_ = false;
  bool script_ = false;
  bool in_for_of_ = false;
  int loop_depth_ = 0;
  // (scope, name) → symbol.
  FlatMap names_;
  // (scope, name) → the `var` that is declared inside and goes through.
  FlatMap passing_vars_;
  // (scope, all ones): a catch whose parameter is a plain name.
  FlatMap simple_catch_;
  // Names of async functions and generators.
  std::vector<NodeId> special_functions_;
  std::vector<Hoistable> hoistable_;
};

}  // namespace

void DeclareNames(Ast& ast, Scopes& scopes, diagnostics::Sink& sink) {
  Declarer(ast, scopes, sink).Run();
}

}  // namespace fcc::js
