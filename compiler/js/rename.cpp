// SPDX-License-Identifier: Apache-2.0
//
// One walk finds the scopes that are in the tree now, the scope each symbol is
// declared in, and, for every scope, the outer symbols and globals that are
// used somewhere inside it. Then, from the outermost scope inwards, each
// scope's own symbols get names that none of those have: an inner declaration
// can then never hide an outer one that is needed.

#include "compiler/js/rename.h"

#include <algorithm>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "compiler/js/obfuscate/passes.h"
#include "compiler/js/parse/text.h"

namespace fcc::js {
namespace {

struct NameScope {
  uint32_t parent = 0;
  uint32_t depth = 0;
  // The scope that takes the `var`s declared here.
  uint32_t function = 0;
  std::vector<SymbolId> declared;
  // Used here or further in, declared further out.
  std::vector<SymbolId> outer;
  std::vector<NameId> globals;
};

class Renamer {
 public:
  Renamer(Ast& ast, const RenameOptions& options)
      : ast_(ast),
        options_(options),
        homes_(ast.symbol_count(), 0),
        uses_(ast.symbol_count(), 0) {
    scopes_.emplace_back();
    if (options.seed != 0) {
      // Digits stay at the end: no name starts with one.
      Random random(options.seed);
      std::vector<char> starts(alphabet_.begin(), alphabet_.end() - 10);
      random.Shuffle(starts);
      std::copy(starts.begin(), starts.end(), alphabet_.begin());
    }
  }

  void Run() {
    Walk(ast_.root(), 0, Place::kReference);
    FindOuter();
    // Parents come before children.
    for (size_t scope = 1; scope < scopes_.size(); ++scope) {
      NameSymbols(scopes_[scope]);
    }
  }

 private:
  // What an Identifier is where the walk stands.
  enum class Place : uint8_t { kReference, kVar, kLexical };
  struct Use {
    uint32_t scope;
    SymbolId symbol;
    NameId name;
  };

  uint32_t Open(uint32_t parent, bool is_function);
  void Declare(uint32_t scope, SymbolId symbol);
  void Walk(NodeId id, uint32_t scope, Place place);
  void WalkChildren(NodeId id, uint32_t scope);
  void WalkList(ListId list, uint32_t scope, Place place);
  void WalkFunction(NodeId id, uint32_t scope);
  void WalkClass(NodeId id, uint32_t scope);
  void WalkIdentifier(NodeId id, uint32_t scope, Place place);
  void FindOuter();
  void NameSymbols(NameScope& scope);
  NameId FreeName(SymbolId symbol, const std::unordered_set<NameId>& taken);
  NameId ShortName(const std::unordered_set<NameId>& taken, uint32_t& next);
  bool MustKeep(SymbolId symbol) const {
    return ast_[symbol].Has(symbol_flag::kPinned) ||
           ast_[symbol].kind == SymbolKind::kPrivate;
  }

  Ast& ast_;
  const RenameOptions& options_;
  std::string alphabet_ =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ$_0123456789";
  std::vector<NameScope> scopes_;
  // By symbol: its outermost declaring scope, how often it is used, whether it
  // has its final name.
  std::vector<uint32_t> homes_;
  std::vector<uint32_t> uses_;
  std::vector<Use> found_;
};

uint32_t Renamer::Open(uint32_t parent, bool is_function) {
  const uint32_t id = static_cast<uint32_t>(scopes_.size());
  NameScope scope;
  scope.parent = parent;
  scope.depth = scopes_[parent].depth + 1;
  scope.function = is_function ? id : scopes_[parent].function;
  scopes_.push_back(std::move(scope));
  return id;
}

void Renamer::Declare(uint32_t scope, SymbolId symbol) {
  uint32_t& home = homes_[static_cast<uint32_t>(symbol)];
  if (home == 0 || scopes_[scope].depth < scopes_[home].depth) {
    home = scope;
  }
}

void Renamer::WalkIdentifier(NodeId id, uint32_t scope, Place place) {
  const SymbolId symbol = ast_.SymbolOf(id);
  found_.push_back({scope, symbol, ast_.NameOf(id)});
  if (symbol == SymbolId::kNone) {
    return;
  }
  ++uses_[static_cast<uint32_t>(symbol)];
  if (place == Place::kVar) {
    Declare(scopes_[scope].function, symbol);
  } else if (place == Place::kLexical) {
    Declare(scope, symbol);
  }
}

void Renamer::WalkList(ListId list, uint32_t scope, Place place) {
  for (NodeId item : ast_.Items(list)) {
    Walk(item, scope, place);
  }
}

void Renamer::WalkChildren(NodeId id, uint32_t scope) {
  ForEachChild(ast_, id,
               [&](NodeId child) { Walk(child, scope, Place::kReference); });
}

void Renamer::WalkFunction(NodeId id, uint32_t scope) {
  const bool is_arrow = ast_.Is(id, Kind::kArrow);
  if (!is_arrow && ast_.As<Function>(id).id() != NodeId::kNone) {
    const NodeId name = ast_.As<Function>(id).id();
    if (ast_.Is(id, Kind::kFunction)) {
      scope = Open(scope, true);
    }
    Walk(name, scope, Place::kLexical);
  }
  const uint32_t inner = Open(scope, true);
  const ListId parameters = is_arrow ? ast_.As<Arrow>(id).parameters()
                                     : ast_.As<Function>(id).parameters();
  const NodeId body =
      is_arrow ? ast_.As<Arrow>(id).body() : ast_.As<Function>(id).body();
  WalkList(parameters, inner, Place::kVar);
  // The body's list is the function's own scope.
  if (ast_.Is(body, Kind::kBlock)) {
    WalkList(ast_.As<Block>(body).body(), inner, Place::kReference);
  } else {
    Walk(body, inner, Place::kReference);
  }
}

void Renamer::WalkClass(NodeId id, uint32_t scope) {
  Class view = ast_.As<Class>(id);
  WalkList(view.decorators(), scope, Place::kReference);
  if (ast_.Is(id, Kind::kClassDeclaration) && view.id() != NodeId::kNone) {
    Walk(view.id(), scope, Place::kLexical);
  }
  const uint32_t inner = Open(scope, false);
  if (view.id() != NodeId::kNone) {
    Walk(view.id(), inner, Place::kLexical);
  }
  if (view.super_class() != NodeId::kNone) {
    Walk(view.super_class(), inner, Place::kReference);
  }
  WalkList(view.members(), inner, Place::kReference);
}

void Renamer::Walk(NodeId id, uint32_t scope, Place place) {
  switch (ast_.KindOf(id)) {
    case Kind::kIdentifier:
      WalkIdentifier(id, scope, place);
      return;
    case Kind::kProgram:
      WalkChildren(id, Open(scope, true));
      return;
    case Kind::kFunction:
    case Kind::kFunctionDeclaration:
    case Kind::kArrow:
      WalkFunction(id, scope);
      return;
    case Kind::kClass:
    case Kind::kClassDeclaration:
      WalkClass(id, scope);
      return;
    case Kind::kStaticBlock:
      WalkChildren(id, Open(scope, true));
      return;
    case Kind::kBlock:
    case Kind::kSwitch:
    case Kind::kFor:
    case Kind::kForIn:
    case Kind::kForOf:
      WalkChildren(id, Open(scope, false));
      return;
    case Kind::kCatch: {
      Catch handler = ast_.As<Catch>(id);
      const uint32_t inner = Open(scope, false);
      if (handler.parameter() != NodeId::kNone) {
        Walk(handler.parameter(), inner, Place::kLexical);
      }
      Walk(handler.body(), inner, Place::kReference);
      return;
    }
    case Kind::kVariable: {
      const bool is_var = DeclarationKind{ast_[id].op} == DeclarationKind::kVar;
      for (NodeId item : ast_.Items(ast_.As<Variable>(id).declarators())) {
        Declarator declarator = ast_.As<Declarator>(item);
        Walk(declarator.target(), scope,
             is_var ? Place::kVar : Place::kLexical);
        if (declarator.value() != NodeId::kNone) {
          Walk(declarator.value(), scope, Place::kReference);
        }
      }
      return;
    }
    case Kind::kImportSpecifier:
      Walk(ast_.As<ImportSpecifier>(id).local(), scope, Place::kLexical);
      return;
    case Kind::kImportDefault:
    case Kind::kImportNamespace:
      // Local is slot 0 of both.
      Walk(NodeId{ast_[id].slots[0]}, scope, Place::kLexical);
      return;
    case Kind::kDefaultPattern: {
      DefaultPattern pattern = ast_.As<DefaultPattern>(id);
      Walk(pattern.target(), scope, place);
      Walk(pattern.value(), scope, Place::kReference);
      return;
    }
    case Kind::kProperty: {
      Property property = ast_.As<Property>(id);
      if (property.Has(flag::kComputed)) {
        Walk(property.key(), scope, Place::kReference);
      }
      Walk(property.value(), scope, place);
      return;
    }
    case Kind::kArrayPattern:
    case Kind::kObjectPattern:
    case Kind::kRest:
      ForEachChild(ast_, id, [&](NodeId child) { Walk(child, scope, place); });
      return;
    default:
      WalkChildren(id, scope);
      return;
  }
}

void Renamer::FindOuter() {
  // One bit of memory a pair: what was put into a scope is in all scopes
  // between it and the declaration as well.
  std::unordered_set<uint64_t> known;
  for (const Use& use : found_) {
    const bool is_global = use.symbol == SymbolId::kNone;
    const uint32_t home =
        is_global ? 0 : homes_[static_cast<uint32_t>(use.symbol)];
    const uint64_t what =
        is_global ? (uint64_t{1} << 31) | static_cast<uint32_t>(use.name)
                  : static_cast<uint32_t>(use.symbol);
    for (uint32_t at = use.scope; at != home && at != 0;
         at = scopes_[at].parent) {
      if (!known.insert((uint64_t{at} << 32) | what).second) {
        break;
      }
      if (is_global) {
        scopes_[at].globals.push_back(use.name);
      } else {
        scopes_[at].outer.push_back(use.symbol);
      }
    }
  }
  for (uint32_t symbol = 1; symbol < homes_.size(); ++symbol) {
    if (homes_[symbol] != 0) {
      scopes_[homes_[symbol]].declared.push_back(SymbolId{symbol});
    }
  }
}

NameId Renamer::FreeName(SymbolId symbol,
                         const std::unordered_set<NameId>& taken) {
  const NameId wanted = ast_[symbol].name;
  if (!taken.contains(wanted)) {
    return wanted;
  }
  const std::string base(ast_.TextOf(wanted));
  for (uint32_t number = 2;; ++number) {
    const NameId name = ast_.Intern(base + std::to_string(number));
    if (!taken.contains(name)) {
      return name;
    }
  }
}

NameId Renamer::ShortName(const std::unordered_set<NameId>& taken,
                          uint32_t& next) {
  static constexpr uint32_t kStarts = 54;
  static constexpr uint32_t kParts = 64;
  for (;;) {
    uint32_t number = next++;
    std::string text(1, alphabet_[number % kStarts]);
    number /= kStarts;
    while (number > 0) {
      --number;
      text += alphabet_[number % kParts];
      number /= kParts;
    }
    if (IsReservedWord(text)) {
      continue;
    }
    const NameId name = ast_.Intern(text);
    if (!taken.contains(name)) {
      return name;
    }
  }
}

void Renamer::NameSymbols(NameScope& scope) {
  std::unordered_set<NameId> taken(scope.globals.begin(), scope.globals.end());
  for (SymbolId symbol : scope.outer) {
    taken.insert(ast_[symbol].name);
  }
  std::vector<SymbolId> order;
  for (SymbolId symbol : scope.declared) {
    if (MustKeep(symbol)) {
      taken.insert(ast_[symbol].name);
    } else {
      order.push_back(symbol);
    }
  }
  // What the user wrote keeps its name before what a pass made up; the names of
  // functions can be seen when the program runs, so they come first of all.
  auto rank = [&](SymbolId symbol) {
    const SymbolKind kind = ast_[symbol].kind;
    return kind == SymbolKind::kTemporary ? 2
           : kind == SymbolKind::kFunctionName || kind == SymbolKind::kClassName
               ? 0
               : 1;
  };
  std::stable_sort(order.begin(), order.end(), [&](SymbolId a, SymbolId b) {
    if (options_.mangle) {
      return uses_[static_cast<uint32_t>(a)] > uses_[static_cast<uint32_t>(b)];
    }
    return rank(a) < rank(b);
  });
  uint32_t next = 0;
  for (SymbolId symbol : order) {
    const NameId name =
        options_.mangle ? ShortName(taken, next) : FreeName(symbol, taken);
    ast_[symbol].name = name;
    taken.insert(name);
  }
}

}  // namespace

void Rename(Ast& ast, const RenameOptions& options) {
  Renamer(ast, options).Run();
}

}  // namespace fcc::js
