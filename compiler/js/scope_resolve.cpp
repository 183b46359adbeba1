// SPDX-License-Identifier: Apache-2.0
//
// The second walk: resolves. For every name it keeps the symbol that the name
// means right now; entering a scope lays its symbols over, leaving it takes
// them off.

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "compiler/js/scope_internal.h"

namespace fcc::js {

using DK = diagnostics::Kind;

namespace {

class Resolver {
 public:
  Resolver(Ast& ast, Scopes& scopes, diagnostics::Sink& sink)
      : ast_(ast),
        scopes_(scopes),
        sink_(sink),
        meaning_(ast.names().size()),
        private_meaning_(ast.names().size()),
        is_global_(ast.names().size()) {}

  void Run(const std::vector<std::string>& private_names) {
    for (const std::string& name : private_names) {
      outer_private_.push_back(ast_.names().Find(name));
    }
    CollectTypes();
    Enter(ScopeId{1});
    WalkChildren(ast_.root());
    CheckExports();
    Leave(ScopeId{1});
    MarkHoistedReads();
  }

 private:
  struct Read {
    SymbolId symbol;
    uint32_t at;
    // The outermost function declaration between the read and the scope of the
    // symbol; none when there is none.
    SymbolId through;
  };

  void Enter(ScopeId id) {
    for (SymbolId symbol : scopes_[id].symbols) {
      const Symbol& data = ast_[symbol];
      auto& meaning =
          data.kind == SymbolKind::kPrivate ? private_meaning_ : meaning_;
      undo_.push_back({data.kind == SymbolKind::kPrivate, data.name,
                       meaning[static_cast<uint32_t>(data.name)]});
      meaning[static_cast<uint32_t>(data.name)] = symbol;
    }
    marks_.push_back(undo_.size() - scopes_[id].symbols.size());
    stack_.push_back(id);
  }
  void Leave(ScopeId) {
    stack_.pop_back();
    const size_t mark = marks_.back();
    marks_.pop_back();
    while (undo_.size() > mark) {
      const Undo& undo = undo_.back();
      auto& meaning = undo.is_private ? private_meaning_ : meaning_;
      meaning[static_cast<uint32_t>(undo.name)] = undo.symbol;
      undo_.pop_back();
    }
  }
  template <typename Fn>
  void Within(ScopeId id, Fn&& fn) {
    Enter(id);
    fn();
    Leave(id);
  }

  void CollectTypes() {
    for (NodeId id : ast_.Items(ast_.As<Program>(ast_.root()).body())) {
      const NodeId inner = ast_.Is(id, Kind::kExportDeclaration)
                               ? NodeId{ast_[id].slots[0]}
                               : id;
      if (ast_.Is(inner, Kind::kTsType)) {
        types_.push_back(ast_.NameOf(ast_.As<TsType>(inner).id()));
      }
    }
  }

  bool IsType(NameId name) const {
    return std::find(types_.begin(), types_.end(), name) != types_.end();
  }

  // ---- Names ----

  enum class Use : uint8_t { kRead, kWrite, kDeclare };

  void Resolve(NodeId identifier, Use use) {
    Node& node = ast_[identifier];
    const NameId name{node.slots[0]};
    const SymbolId symbol = meaning_[static_cast<uint32_t>(name)];
    node.slots[1] = static_cast<uint32_t>(symbol);
    if (symbol == SymbolId::kNone) {
      NoteGlobal(name);
      if (ast_.TextOf(name) == "arguments") {
        NoteFact(flag::kUsesArguments);
      }
      return;
    }
    Symbol& data = ast_[symbol];
    if (with_depth_ > 0) {
      data.flags |= symbol_flag::kPinned;
    }
    if (use == Use::kDeclare) {
      return;
    }
    data.flags |= symbol_flag::kReferenced;
    if (use == Use::kWrite) {
      data.flags |= symbol_flag::kReassigned;
    }
    const ScopeId home = scopes_[data.scope].function;
    if (scopes_[stack_.back()].function != home) {
      data.flags |= symbol_flag::kCaptured;
      if (scopes_[data.scope].inside_loop) {
        data.flags |= symbol_flag::kCapturedInLoop;
      }
    }
    NoteRead(identifier, symbol, data);
  }

  void NoteGlobal(NameId name) {
    const uint32_t at = static_cast<uint32_t>(name);
    if (!is_global_[at]) {
      is_global_[at] = true;
      scopes_.globals.push_back(name);
    }
  }

  static bool HasDeadZone(SymbolKind kind) {
    return kind == SymbolKind::kLet || kind == SymbolKind::kConst ||
           kind == SymbolKind::kClass || kind == SymbolKind::kClassName;
  }

  void NoteRead(NodeId identifier, SymbolId symbol, Symbol& data) {
    const uint32_t at = ast_[identifier].span.begin;
    // Functions are noted too: who calls them early matters.
    const bool dead_zone = HasDeadZone(data.kind);
    if (!dead_zone && data.kind != SymbolKind::kFunction) {
      return;
    }
    if (dead_zone && data.Has(symbol_flag::kMayBeUninitialized)) {
      return;
    }
    SymbolId through = SymbolId::kNone;
    for (size_t i = functions_.size(); i-- > 0;) {
      if (functions_[i].depth <= DepthOf(data.scope)) {
        break;
      }
      if (functions_[i].hoisted != SymbolId::kNone) {
        through = functions_[i].hoisted;
      }
    }
    if (data.kind == SymbolKind::kClassName) {
      // Inside the class; before its end the name is dead.
      const bool in_function =
          scopes_[stack_.back()].function != scopes_[data.scope].function;
      if (!in_function) {
        data.flags |= symbol_flag::kMayBeUninitialized;
      }
      return;
    }
    if (dead_zone) {
      const uint32_t ready = ReadyAt(symbol, data);
      if (at < ready ||
          (scopes_[data.scope].kind == ScopeKind::kSwitch && at >= case_end_)) {
        data.flags |= symbol_flag::kMayBeUninitialized;
        // `const a = a || 1`. What is read elsewhere above may never run:
        // uni-app writes `Math || a(); const a = …`.
        if (data.declaration == initialised_ &&
            scopes_[stack_.back()].function == scopes_[data.scope].function) {
          sink_.Report(
              DK::kJsReadBeforeDeclaration, ast_.LocationOf(identifier),
              std::string(ast_.TextOf(NameId{ast_[identifier].slots[0]})));
        }
        return;
      }
      if (scopes_[data.scope].kind == ScopeKind::kSwitch &&
          ready < case_begin_) {
        data.flags |= symbol_flag::kMayBeUninitialized;
        return;
      }
      if (through == SymbolId::kNone) {
        return;
      }
    }
    reads_.push_back({symbol, at, through});
  }

  // Where the text has passed the declaration, its value included.
  uint32_t ReadyAt(SymbolId symbol, const Symbol& data) {
    const uint32_t index = static_cast<uint32_t>(symbol);
    if (index < ready_.size() && ready_[index] != 0) {
      return ready_[index];
    }
    // Not passed yet.
    (void)data;
    return 0xFFFFFFFFu;
  }
  void MakeReady(NodeId pattern, uint32_t at) {
    const Node& node = ast_[pattern];
    if (node.kind == Kind::kIdentifier) {
      const uint32_t index = node.slots[1];
      if (index >= ready_.size()) {
        ready_.resize(ast_.symbol_count());
      }
      ready_[index] = at;
      return;
    }
    ForEachChild(ast_, pattern, [&](NodeId child) { MakeReady(child, at); });
  }

  size_t DepthOf(ScopeId scope) const {
    // Scopes are numbered in the order they open, and so is the stack.
    size_t low = 0;
    size_t high = stack_.size();
    while (low < high) {
      const size_t middle = (low + high) / 2;
      if (static_cast<uint32_t>(stack_[middle]) <
          static_cast<uint32_t>(scope)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  // A function declaration may run before what stands above it is initialised
  // when something calls it by name so early.
  void MarkHoistedReads() {
    std::vector<uint32_t> earliest(ast_.symbol_count(), 0xFFFFFFFFu);
    bool changed = true;
    while (changed) {
      changed = false;
      for (const Read& read : reads_) {
        const uint32_t at = read.through == SymbolId::kNone
                                ? read.at
                                : earliest[static_cast<uint32_t>(read.through)];
        uint32_t& known = earliest[static_cast<uint32_t>(read.symbol)];
        if (at < known) {
          known = at;
          changed = true;
        }
      }
    }
    for (const Read& read : reads_) {
      Symbol& data = ast_[read.symbol];
      if (read.through != SymbolId::kNone && HasDeadZone(data.kind) &&
          earliest[static_cast<uint32_t>(read.through)] <
              ReadyAt(read.symbol, data)) {
        data.flags |= symbol_flag::kMayBeUninitialized;
      }
    }
  }

  // ---- Facts ----

  void NoteFact(uint16_t fact) {
    for (size_t i = functions_.size(); i-- > 0;) {
      Node& node = ast_[functions_[i].node];
      if (node.kind != Kind::kField && node.kind != Kind::kStaticBlock) {
        node.flags |= fact;
      }
      if (node.kind != Kind::kArrow) {
        return;
      }
    }
    if (fact == flag::kUsesThis) {
      ast_[ast_.root()].flags |= fact;
    }
  }

  void NoteSuspend() {
    if (functions_.empty()) {
      ast_[ast_.root()].flags |= flag::kHasTopLevelAwait;
    } else if (Node& node = ast_[functions_.back().node];
               node.kind != Kind::kField && node.kind != Kind::kStaticBlock) {
      node.flags |= flag::kSuspends;
    }
  }

  void NoteDirectEval() {
    for (const FunctionFrame& frame : functions_) {
      Node& node = ast_[frame.node];
      if (node.kind != Kind::kField && node.kind != Kind::kStaticBlock) {
        node.flags |= flag::kHasDirectEval;
      }
    }
    ast_[ast_.root()].flags |= flag::kHasDirectEval;
    for (ScopeId id : stack_) {
      scopes_.scopes[static_cast<uint32_t>(id)].has_direct_eval = true;
      for (SymbolId symbol : scopes_[id].symbols) {
        ast_[symbol].flags |= symbol_flag::kPinned | symbol_flag::kReferenced |
                              symbol_flag::kReassigned | symbol_flag::kCaptured;
      }
    }
    NoteFact(flag::kUsesThis);
    NoteFact(flag::kUsesArguments);
    NoteFact(flag::kUsesNewTarget);
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

  // A pattern: its identifiers are written to or declared, its defaults and
  // computed keys are read.
  void WalkTarget(NodeId id, Use use) {
    const Node& node = ast_[id];
    switch (node.kind) {
      case Kind::kIdentifier:
        Resolve(id, use);
        return;
      case Kind::kDefaultPattern:
        WalkTarget(NodeId{node.slots[0]}, use);
        Walk(NodeId{node.slots[1]});
        return;
      case Kind::kRest:
        WalkTarget(NodeId{node.slots[0]}, use);
        return;
      case Kind::kTsParameter:
        WalkList(ListId{node.slots[0]});
        WalkTarget(NodeId{node.slots[1]}, use);
        return;
      case Kind::kProperty:
        if (node.Has(flag::kComputed)) {
          Walk(NodeId{node.slots[0]});
        }
        WalkTarget(NodeId{node.slots[1]}, use);
        return;
      case Kind::kArrayPattern:
      case Kind::kObjectPattern:
        for (NodeId item : ast_.Items(ListId{node.slots[0]})) {
          WalkTarget(item, use);
        }
        return;
      default:
        Walk(id);
        return;
    }
  }

  void WalkFunction(NodeId id, ListId parameters, NodeId body,
                    SymbolId hoisted) {
    const ScopeId scope = scopes_.Of(id);
    functions_.push_back({id, stack_.size(), hoisted});
    Within(scope, [&] {
      for (NodeId parameter : ast_.Items(parameters)) {
        WalkTarget(parameter, Use::kDeclare);
      }
      if (!ast_.Is(body, Kind::kBlock)) {
        Walk(body);
      } else if (scopes_.Of(body) != ScopeId::kNone) {
        Within(scopes_.Of(body),
               [&] { WalkList(ast_.As<Block>(body).body()); });
      } else {
        WalkList(ast_.As<Block>(body).body());
      }
    });
    functions_.pop_back();
  }

  void WalkVariable(NodeId id, uint32_t end) {
    const bool is_var =
        static_cast<DeclarationKind>(ast_[id].op) == DeclarationKind::kVar;
    for (NodeId item : ast_.Items(ast_.As<Variable>(id).declarators())) {
      const Declarator view = ast_.As<Declarator>(item);
      WalkTarget(view.target(), Use::kDeclare);
      if (view.value() != NodeId::kNone) {
        const NodeId outer = std::exchange(initialised_, view.target());
        Walk(view.value());
        initialised_ = outer;
      }
      if (is_var) {
        // `var x = 1` twice writes twice; the passes want to know.
        continue;
      }
      MakeReady(view.target(), end != 0 ? end : ast_[item].span.end);
    }
  }

  void WalkClass(NodeId id) {
    const Class view = ast_.As<Class>(id);
    WalkList(view.decorators());
    const bool declares = ast_.Is(id, Kind::kClassDeclaration);
    if (view.id() != NodeId::kNone && declares) {
      Resolve(view.id(), Use::kDeclare);
    }
    Within(scopes_.Of(id), [&] {
      if (view.id() != NodeId::kNone && !declares) {
        Resolve(view.id(), Use::kDeclare);
      }
      if (view.super_class() != NodeId::kNone) {
        // What a class extends does not see the class's private names.
        SwapPrivateNames();
        Walk(view.super_class());
        SwapPrivateNames();
      }
      for (NodeId member : ast_.Items(view.members())) {
        WalkMember(member);
      }
    });
    if (view.id() != NodeId::kNone && declares) {
      MakeReady(view.id(), ast_[id].span.end);
    }
  }

  // Takes the private names of the innermost scope off, or puts them back.
  void SwapPrivateNames() {
    for (size_t i = undo_.size(); i-- > marks_.back();) {
      if (undo_[i].is_private) {
        std::swap(private_meaning_[static_cast<uint32_t>(undo_[i].name)],
                  undo_[i].symbol);
      }
    }
  }

  void WalkMember(NodeId member) {
    const Node& node = ast_[member];
    switch (node.kind) {
      case Kind::kStaticBlock:
        functions_.push_back({member, stack_.size(), SymbolId::kNone});
        Within(scopes_.Of(member),
               [&] { WalkList(ast_.As<StaticBlock>(member).body()); });
        functions_.pop_back();
        return;
      case Kind::kField: {
        const Field field = ast_.As<Field>(member);
        WalkList(field.decorators());
        Walk(field.key());
        if (field.value() != NodeId::kNone) {
          functions_.push_back({member, stack_.size(), SymbolId::kNone});
          Within(scopes_.Of(member), [&] { Walk(field.value()); });
          functions_.pop_back();
        }
        return;
      }
      default:
        WalkChildren(member);
        return;
    }
  }

  void ResolvePrivate(NodeId id) {
    Node& node = ast_[id];
    const NameId name{node.slots[0]};
    const SymbolId symbol = private_meaning_[static_cast<uint32_t>(name)];
    node.slots[1] = static_cast<uint32_t>(symbol);
    if (symbol == SymbolId::kNone &&
        std::find(outer_private_.begin(), outer_private_.end(), name) ==
            outer_private_.end()) {
      sink_.Report(DK::kJsUndeclaredPrivate, ast_.LocationOf(id),
                   std::string(ast_.TextOf(name)));
    }
  }

  void WalkCall(NodeId id) {
    const Call view = ast_.As<Call>(id);
    if (ast_.Is(view.callee(), Kind::kIdentifier) &&
        ast_.NameTextOf(view.callee()) == "eval" &&
        meaning_[static_cast<uint32_t>(ast_.NameOf(view.callee()))] ==
            SymbolId::kNone) {
      NoteDirectEval();
    }
    WalkChildren(id);
  }

  void Walk(NodeId id) {
    const Node& node = ast_[id];
    switch (node.kind) {
      case Kind::kIdentifier:
        Resolve(id, Use::kRead);
        return;
      case Kind::kMember:
        Walk(NodeId{node.slots[0]});
        return;
      case Kind::kPrivateName:
        ResolvePrivate(id);
        return;
      case Kind::kThis:
        NoteFact(flag::kUsesThis);
        return;
      case Kind::kSuper:
        NoteFact(flag::kUsesSuper);
        NoteFact(flag::kUsesThis);
        return;
      case Kind::kNewTarget:
        NoteFact(flag::kUsesNewTarget);
        return;
      case Kind::kYield:
      case Kind::kAwait:
        NoteSuspend();
        WalkChildren(id);
        return;
      case Kind::kCall:
        WalkCall(id);
        return;
      case Kind::kAssign:
        WalkTarget(NodeId{node.slots[0]}, Use::kWrite);
        Walk(NodeId{node.slots[1]});
        return;
      case Kind::kUpdate:
        WalkTarget(NodeId{node.slots[0]}, Use::kWrite);
        return;
      case Kind::kVariable:
        WalkVariable(id, 0);
        return;
      case Kind::kFunctionDeclaration: {
        const Function view = ast_.As<Function>(id);
        SymbolId hoisted = SymbolId::kNone;
        if (view.id() != NodeId::kNone) {
          Resolve(view.id(), Use::kDeclare);
          hoisted = ast_.SymbolOf(view.id());
        }
        WalkFunction(id, view.parameters(), view.body(), hoisted);
        return;
      }
      case Kind::kFunction: {
        const Function view = ast_.As<Function>(id);
        if (view.id() == NodeId::kNone) {
          WalkFunction(id, view.parameters(), view.body(), SymbolId::kNone);
          return;
        }
        Within(scopes_[scopes_.Of(id)].parent, [&] {
          Resolve(view.id(), Use::kDeclare);
          WalkFunction(id, view.parameters(), view.body(), SymbolId::kNone);
        });
        return;
      }
      case Kind::kArrow: {
        const Arrow view = ast_.As<Arrow>(id);
        WalkFunction(id, view.parameters(), view.body(), SymbolId::kNone);
        return;
      }
      case Kind::kClass:
      case Kind::kClassDeclaration:
        WalkClass(id);
        return;
      case Kind::kBlock:
        Within(scopes_.Of(id), [&] { WalkChildren(id); });
        return;
      case Kind::kFor:
        Within(scopes_.Of(id), [&] { WalkChildren(id); });
        return;
      case Kind::kForIn:
      case Kind::kForOf:
        Within(scopes_.Of(id), [&] {
          const ForOf view{const_cast<Node*>(&node)};
          if (node.kind == Kind::kForOf && node.Has(flag::kAwait)) {
            NoteSuspend();
          }
          if (ast_.Is(view.left(), Kind::kVariable)) {
            // What is iterated is read while the names are still dead.
            Walk(view.right());
            WalkVariable(view.left(), ast_[view.right()].span.end);
          } else {
            WalkTarget(view.left(), Use::kWrite);
            Walk(view.right());
          }
          Walk(view.body());
        });
        return;
      case Kind::kCatch: {
        const Catch view = ast_.As<Catch>(id);
        Within(scopes_.Of(id), [&] {
          if (view.parameter() != NodeId::kNone) {
            WalkTarget(view.parameter(), Use::kDeclare);
          }
          Walk(view.body());
        });
        return;
      }
      case Kind::kSwitch: {
        const Switch view = ast_.As<Switch>(id);
        Walk(view.discriminant());
        const uint32_t outer_begin = case_begin_;
        const uint32_t outer_end = case_end_;
        Within(scopes_.Of(id), [&] {
          for (NodeId clause : ast_.Items(view.cases())) {
            case_begin_ = ast_[clause].span.begin;
            case_end_ = ast_[clause].span.end;
            WalkChildren(clause);
          }
        });
        case_begin_ = outer_begin;
        case_end_ = outer_end;
        return;
      }
      case Kind::kWith: {
        const With view = ast_.As<With>(id);
        Walk(view.object());
        ++with_depth_;
        Within(scopes_.Of(id), [&] { Walk(view.body()); });
        --with_depth_;
        return;
      }
      case Kind::kImportSpecifier:
        Resolve(ast_.As<ImportSpecifier>(id).local(), Use::kDeclare);
        return;
      case Kind::kImportDefault:
      case Kind::kImportNamespace:
        Resolve(NodeId{node.slots[0]}, Use::kDeclare);
        return;
      case Kind::kExportDeclaration:
        NoteExported(NodeId{node.slots[0]});
        WalkChildren(id);
        return;
      case Kind::kExportDefault:
        NoteExportName("default", id);
        WalkChildren(id);
        return;
      case Kind::kExportAll:
        if (NodeId{node.slots[0]} != NodeId::kNone) {
          NoteExportName(ast_.NameTextOf(NodeId{node.slots[0]}),
                         NodeId{node.slots[0]});
        }
        return;
      case Kind::kExportNamed:
        WalkExportNamed(id);
        return;
      case Kind::kTsEnum:
        Resolve(ast_.As<TsEnum>(id).id(), Use::kDeclare);
        Within(scopes_.Of(id), [&] {
          for (NodeId item : ast_.Items(ast_.As<TsEnum>(id).members())) {
            const NodeId value = ast_.As<TsEnumMember>(item).value();
            if (value != NodeId::kNone) {
              Walk(value);
            }
          }
        });
        return;
      case Kind::kTsNamespace:
        Resolve(ast_.As<TsNamespace>(id).id(), Use::kDeclare);
        Within(scopes_.Of(id),
               [&] { WalkList(ast_.As<TsNamespace>(id).body()); });
        return;
      case Kind::kTsImportEquals:
        Resolve(ast_.As<TsImportEquals>(id).id(), Use::kDeclare);
        Walk(ast_.As<TsImportEquals>(id).value());
        return;
      case Kind::kTsType:
        return;
      default:
        WalkChildren(id);
        return;
    }
  }

  // ---- Exports ----

  void NoteExportName(std::string_view name, NodeId at) {
    for (const auto& [known, place] : exported_) {
      if (known == name) {
        sink_
            .Report(DK::kJsDuplicateExport, ast_.LocationOf(at),
                    std::string(name))
            .Label(ast_.LocationOf(place), "exported here");
        return;
      }
    }
    exported_.emplace_back(name, at);
  }

  void NoteExportedPattern(NodeId pattern) {
    const Node& node = ast_[pattern];
    switch (node.kind) {
      case Kind::kIdentifier:
        NoteExportName(ast_.NameTextOf(pattern), pattern);
        late_exports_.push_back(pattern);
        return;
      case Kind::kDefaultPattern:
      case Kind::kRest:
        NoteExportedPattern(NodeId{node.slots[0]});
        return;
      case Kind::kProperty:
        NoteExportedPattern(NodeId{node.slots[1]});
        return;
      case Kind::kArrayPattern:
      case Kind::kObjectPattern:
        for (NodeId item : ast_.Items(ListId{node.slots[0]})) {
          NoteExportedPattern(item);
        }
        return;
      default:
        return;
    }
  }

  void NoteExported(NodeId declaration) {
    if (stack_.size() > 1) {
      // Of a TypeScript namespace.
      return;
    }
    const Node& node = ast_[declaration];
    switch (node.kind) {
      case Kind::kVariable:
        for (NodeId item :
             ast_.Items(ast_.As<Variable>(declaration).declarators())) {
          NoteExportedPattern(ast_.As<Declarator>(item).target());
        }
        return;
      case Kind::kFunctionDeclaration:
        NoteExportedPattern(NodeId{node.slots[0]});
        return;
      case Kind::kClassDeclaration:
        NoteExportedPattern(NodeId{node.slots[1]});
        return;
      case Kind::kTsEnum:
      case Kind::kTsNamespace:
        late_exports_.push_back(NodeId{node.slots[0]});
        return;
      default:
        return;
    }
  }

  void WalkExportNamed(NodeId id) {
    const ExportNamed view = ast_.As<ExportNamed>(id);
    for (NodeId item : ast_.Items(view.specifiers())) {
      const ExportSpecifier specifier = ast_.As<ExportSpecifier>(item);
      NoteExportName(ast_.NameTextOf(specifier.exported()),
                     specifier.exported());
      if (view.source() != NodeId::kNone) {
        continue;
      }
      const NodeId local = specifier.local();
      const NameId name = ast_.NameOf(local);
      if (meaning_[static_cast<uint32_t>(name)] == SymbolId::kNone) {
        if (!IsType(name)) {
          sink_.Report(DK::kJsExportUndeclared, ast_.LocationOf(local),
                       std::string(ast_.TextOf(name)));
        }
        continue;
      }
      Resolve(local, Use::kDeclare);
      late_exports_.push_back(local);
    }
  }

  void CheckExports() {
    for (NodeId identifier : late_exports_) {
      const SymbolId symbol = ast_.SymbolOf(identifier);
      if (symbol != SymbolId::kNone) {
        ast_[symbol].flags |= symbol_flag::kExported | symbol_flag::kReferenced;
      }
    }
  }

  struct Undo {
    bool is_private;
    NameId name;
    SymbolId symbol;
  };
  struct FunctionFrame {
    NodeId node;
    size_t depth;
    SymbolId hoisted;
  };

  Ast& ast_;
  Scopes& scopes_;
  diagnostics::Sink& sink_;
  // The target of the declaration whose value is walked.
  NodeId initialised_ = NodeId::kNone;
  // By name: what it means where the walk is.
  std::vector<SymbolId> meaning_;
  std::vector<SymbolId> private_meaning_;
  std::vector<bool> is_global_;
  std::vector<Undo> undo_;
  std::vector<size_t> marks_;
  std::vector<ScopeId> stack_;
  std::vector<FunctionFrame> functions_;
  std::vector<NameId> types_;
  std::vector<NameId> outer_private_;
  std::vector<std::pair<std::string_view, NodeId>> exported_;
  std::vector<NodeId> late_exports_;
  // By symbol: where the text has passed its declaration; 0 not yet.
  std::vector<uint32_t> ready_;
  std::vector<Read> reads_;
  uint32_t case_begin_ = 0;
  uint32_t case_end_ = 0xFFFFFFFFu;
  int with_depth_ = 0;
};

}  // namespace

void ResolveNames(Ast& ast, Scopes& scopes,
                  const std::vector<std::string>& private_names,
                  diagnostics::Sink& sink) {
  Resolver(ast, scopes, sink).Run(private_names);
}

}  // namespace fcc::js
