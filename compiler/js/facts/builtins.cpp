// SPDX-License-Identifier: Apache-2.0

#include "compiler/js/facts/builtins.h"

#include <algorithm>
#include <set>

#include "compiler/js/facts/objects.h"
#include "runtime/base/format.h"

namespace fcc::js {

static constexpr BuiltinKind Global = BuiltinKind::kGlobal;
static constexpr BuiltinKind Method = BuiltinKind::kMethod;
static constexpr BuiltinKind Pattern = BuiltinKind::kPattern;
static constexpr BuiltinKind Static = BuiltinKind::kStatic;

static constexpr BuiltinRow kRows[] = {
#define FCC_BUILTIN(kind, name, ios, chrome) {kind, name, ios, chrome},
#include "compiler/js/facts/builtins.def"
#undef FCC_BUILTIN
};

const BuiltinRow* FindBuiltin(BuiltinKind kind, std::string_view name) {
  for (const BuiltinRow& row : kRows) {
    if (row.kind == kind && row.name == name) {
      return &row;
    }
  }
  return nullptr;
}

const BuiltinRow* FindBuiltin(std::string_view name) {
  for (const BuiltinRow& row : kRows) {
    if (row.name == name) {
      return &row;
    }
  }
  return nullptr;
}

namespace {

class Collector {
 public:
  Collector(const Ast& ast, ScriptFacts& facts) : ast_(ast), facts_(facts) {}

  void Run() {
    Visit(ast_.root());
    std::erase_if(facts_.builtins, [this](const NamedSpan& use) {
      return asked_.contains(use.name);
    });
  }

 private:
  void Visit(NodeId id) {
    switch (ast_.KindOf(id)) {
      case Kind::kCall: {
        const NodeId callee = ast_.As<Call>(id).callee();
        VisitDefinition(id);
        if (ast_.Is(callee, Kind::kMember) &&
            !ast_[callee].Has(flag::kOptional) &&
            !ast_[id].Has(flag::kOptional)) {
          auto member = ast_.As<Member>(callee);
          Add(callee, Kind::kCall);
          Visit(member.object());
          for (NodeId argument : ast_.Items(ast_.As<Call>(id).arguments())) {
            Visit(argument);
          }
          return;
        }
        break;
      }
      case Kind::kMember:
        Add(id, Kind::kMember);
        break;
      case Kind::kNew: {
        const NodeId callee = ast_.As<New>(id).callee();
        if (ast_.Is(callee, Kind::kIdentifier)) {
          AddGlobal(callee);
        }
        break;
      }
      case Kind::kUnary:
        // `typeof WeakRef` asks.
        if (ast_.Is(ast_.As<Unary>(id).argument(), Kind::kIdentifier)) {
          asked_.insert(ast_.NameTextOf(ast_.As<Unary>(id).argument()));
        }
        break;
      case Kind::kAssign: {
        const NodeId target = ast_.As<Assign>(id).target();
        if (ast_.Is(target, Kind::kMember)) {
          Define(ast_.TextOf(ast_.As<Member>(target).name()), target);
        }
        break;
      }
      case Kind::kRegExp: {
        const std::string_view pattern =
            ast_.TextOf(ast_.As<RegExp>(id).pattern());
        if (pattern.find("(?<=") != std::string_view::npos ||
            pattern.find("(?<!") != std::string_view::npos) {
          facts_.builtins.push_back({"lookbehind", ast_[id].span});
        }
        break;
      }
      default:
        break;
    }
    ForEachChild(ast_, id, [this](NodeId child) { Visit(child); });
  }

  std::string StaticName(NodeId member_id) const {
    auto member = ast_.As<Member>(member_id);
    const NodeId object = member.object();
    if (!ast_.Is(object, Kind::kIdentifier) ||
        !IsGlobal(ast_, object, ast_.NameTextOf(object))) {
      return {};
    }
    return base::format("{}.{}", ast_.NameTextOf(object),
                        ast_.TextOf(member.name()));
  }

  // A member that is called is used; one that is only named is asked about.
  void Add(NodeId id, Kind how) {
    const std::string_view name = ast_.TextOf(ast_.As<Member>(id).name());
    if (std::string whole = StaticName(id);
        !whole.empty() && FindBuiltin(BuiltinKind::kStatic, whole) != nullptr) {
      Note(std::move(whole), id, how);
    } else if (FindBuiltin(BuiltinKind::kMethod, name) != nullptr) {
      Note(std::string(name), id, how);
    }
  }

  void Note(std::string name, NodeId id, Kind how) {
    if (how != Kind::kCall) {
      asked_.insert(FindBuiltin(name)->name);
      return;
    }
    auto member = ast_.As<Member>(id);
    const uint32_t begin = member.name_begin();
    const uint32_t size =
        static_cast<uint32_t>(ast_.TextOf(member.name()).size());
    facts_.builtins.push_back(
        {std::move(name),
         begin == 0 ? ast_[id].span : base::Span{begin, begin + size}});
  }

  void AddGlobal(NodeId id) {
    const std::string_view name = ast_.NameTextOf(id);
    if (IsGlobal(ast_, id, name) &&
        FindBuiltin(BuiltinKind::kGlobal, name) != nullptr) {
      facts_.builtins.push_back({std::string(name), ast_[id].span});
    }
  }

  // `Array.prototype.flat = …`, `Object.fromEntries = …`.
  void Define(std::string_view name, NodeId target) {
    if (FindBuiltin(BuiltinKind::kMethod, name) != nullptr) {
      facts_.defined_builtins.emplace_back(name);
    } else if (std::string whole = StaticName(target);
               FindBuiltin(BuiltinKind::kStatic, whole) != nullptr) {
      facts_.defined_builtins.push_back(std::move(whole));
    }
  }

  // `Object.defineProperty(Array.prototype, 'flat', …)`.
  void VisitDefinition(NodeId call) {
    auto view = ast_.As<Call>(call);
    auto arguments = ast_.Items(view.arguments());
    if (!ast_.Is(view.callee(), Kind::kMember) || arguments.size() < 3 ||
        ast_.TextOf(ast_.As<Member>(view.callee()).name()) !=
            "defineProperty" ||
        !ast_.Is(arguments[1], Kind::kString)) {
      return;
    }
    const std::string_view name = ast_.NameTextOf(arguments[1]);
    if (FindBuiltin(BuiltinKind::kMethod, name) != nullptr) {
      facts_.defined_builtins.emplace_back(name);
    }
  }

  const Ast& ast_;
  ScriptFacts& facts_;
  std::set<std::string_view> asked_;
};

}  // namespace

void CollectBuiltins(const Ast& ast, ScriptFacts& facts) {
  Collector(ast, facts).Run();
}

}  // namespace fcc::js
