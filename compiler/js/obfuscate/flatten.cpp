// SPDX-License-Identifier: Apache-2.0
//
//     a(); if (b) c(); d();
//
// becomes a loop over a switch, its cases in no order:
//
//     var state = 3;
//     while (state) switch (state) {
//       case 2: c(); state = 1; break;
//       case 3: a(); state = b ? 2 : 1; break;
//       case 1: d(); state = 0; break;
//     }
//
// Only the statements of a body itself and the branches of its `if`s are taken
// apart, so a `break` or `continue` of the program never meets the new switch.

#include "compiler/js/lower/context.h"
#include "compiler/js/obfuscate/passes.h"

namespace fcc::js {
namespace {

class Flattener : public Rewriter {
 public:
  Flattener(Ast& tree, bool all, Random& random)
      : Rewriter(tree), all_(all), random_(random) {}

  NodeId Visit(NodeId id) override;

 private:
  // One case: what runs, and which case comes next.
  struct Case {
    std::vector<NodeId> body;
    // Of an `if`: its test; `next` is where it is true.
    NodeId test = NodeId::kNone;
    uint32_t next = 0;
    uint32_t otherwise = 0;
    // The body never ends normally.
    bool leaves = false;
  };

  ListId Flatten(ListId list, base::Span span);
  bool CanMove(std::span<const NodeId> items) const;
  bool Takes(NodeId branch) const;
  std::span<const NodeId> StatementsOf(const NodeId& branch) const;
  uint32_t AddCases(std::span<const NodeId> items, uint32_t next);
  NodeId Write(base::Span span, uint32_t entry);
  uint32_t NewCase(Case made) {
    cases_.push_back(std::move(made));
    return static_cast<uint32_t>(cases_.size());
  }

  bool all_;
  Random& random_;
  // Case number n is cases_[n - 1]; 0 is the end.
  std::vector<Case> cases_;
};

NodeId Flattener::Visit(NodeId id) {
  VisitChildren(id);
  const Kind kind = ast.KindOf(id);
  if (ast[id].Has(flag::kHasDirectEval)) {
    return id;
  }
  if (kind == Kind::kFunction || kind == Kind::kFunctionDeclaration) {
    Block body = ast.As<Block>(ast.As<Function>(id).body());
    body.set_body(Flatten(body.body(), body.span()));
  } else if (kind == Kind::kProgram &&
             ast[id].Has(flag::kModule | flag::kCommonJs)) {
    Program program = ast.As<Program>(id);
    program.set_body(Flatten(program.body(), program.span()));
  }
  return id;
}

// What is declared for its block, and what only stands at the top of a file,
// cannot go into a case.
bool Flattener::CanMove(std::span<const NodeId> items) const {
  for (NodeId item : items) {
    switch (ast.KindOf(item)) {
      case Kind::kClassDeclaration:
      case Kind::kFunctionDeclaration:
      case Kind::kImport:
      case Kind::kExportDeclaration:
      case Kind::kExportNamed:
      case Kind::kExportDefault:
      case Kind::kExportAll:
        return false;
      case Kind::kVariable:
        if (DeclarationKind{ast[item].op} != DeclarationKind::kVar) {
          return false;
        }
        break;
      default:
        break;
    }
  }
  return true;
}

std::span<const NodeId> Flattener::StatementsOf(const NodeId& branch) const {
  if (ast.Is(branch, Kind::kBlock)) {
    return ast.Items(ast.As<Block>(branch).body());
  }
  return {&branch, 1};
}

bool Flattener::Takes(NodeId branch) const {
  return branch == NodeId::kNone || CanMove(StatementsOf(branch));
}

// From the last statement to the first, since each has to know what follows.
uint32_t Flattener::AddCases(std::span<const NodeId> items, uint32_t next) {
  Case open;
  bool has_open = false;
  open.next = next;
  auto close = [&] {
    if (has_open) {
      std::vector<NodeId> forward(open.body.rbegin(), open.body.rend());
      open.body = std::move(forward);
      next = NewCase(std::move(open));
    }
    open = Case();
    open.next = next;
    has_open = false;
  };
  for (size_t i = items.size(); i-- > 0;) {
    const NodeId item = items[i];
    if (ast.Is(item, Kind::kIf)) {
      const If view = ast.As<If>(item);
      const NodeId consequent = view.consequent();
      const NodeId alternate = view.alternate();
      if (Takes(consequent) && Takes(alternate)) {
        close();
        const uint32_t after = next;
        open.test = view.test();
        open.next = AddCases(StatementsOf(consequent), after);
        open.otherwise = alternate == NodeId::kNone
                             ? after
                             : AddCases(StatementsOf(alternate), after);
        has_open = true;
        continue;
      }
    }
    if (has_open && open.test == NodeId::kNone && open.body.size() > 1 &&
        random_.Below(2) == 0) {
      close();
    }
    const Kind kind = ast.KindOf(item);
    if (kind == Kind::kReturn || kind == Kind::kThrow) {
      // What stands behind it never runs, but may declare.
      close();
      open.leaves = true;
    }
    open.body.push_back(item);
    has_open = true;
  }
  close();
  return next;
}

NodeId Flattener::Write(base::Span span, uint32_t entry) {
  const SymbolId state = ast.NewTemporary("state");
  // Numbers that say nothing, in an order that says nothing.
  std::vector<double> numbers;
  for (size_t i = 0; i < cases_.size(); ++i) {
    numbers.push_back(static_cast<double>(i + 1));
  }
  random_.Shuffle(numbers);
  auto number = [&](uint32_t at) {
    return ast.NewNumber(span, at == 0 ? 0 : numbers[at - 1]);
  };
  std::vector<NodeId> written;
  for (uint32_t at = 1; at <= cases_.size(); ++at) {
    Case& made = cases_[at - 1];
    std::vector<NodeId> body = std::move(made.body);
    if (!made.leaves) {
      NodeId next = number(made.next);
      if (made.test != NodeId::kNone) {
        next = ast.New<Kind::kConditional>(ast[made.test].span, made.test, next,
                                           number(made.otherwise));
      }
      body.push_back(ast.NewStatement(
          ast.NewAssign(ast[next].span, ast.NewReference(span, state), next)));
      body.push_back(ast.New<Kind::kBreak>(span, NameId::kNone));
    }
    written.push_back(ast.New<Kind::kCase>(span, number(at), ast.List(body)));
  }
  random_.Shuffle(written);
  const NodeId choose = ast.New<Kind::kSwitch>(
      span, ast.NewReference(span, state), ast.List(written));
  const NodeId loop =
      ast.New<Kind::kWhile>(span, ast.NewReference(span, state), choose);
  const NodeId declare =
      ast.NewVariable(span, DeclarationKind::kVar, state, number(entry));
  return ast.New<Kind::kSplice>(span, ast.List({declare, loop}));
}

ListId Flattener::Flatten(ListId list, base::Span span) {
  std::vector<NodeId> kept;
  std::vector<NodeId> moved;
  for (NodeId item : ast.Items(list)) {
    // Functions are there before anything runs, wherever they stand.
    const bool stays = ast.Is(item, Kind::kDirective) ||
                       ast.Is(item, Kind::kFunctionDeclaration);
    (stays ? kept : moved).push_back(item);
  }
  if (moved.size() < 3 || !CanMove(moved) || (!all_ && random_.Below(2) == 0)) {
    return list;
  }
  cases_.clear();
  const uint32_t entry = AddCases(moved, 0);
  kept.push_back(Write(span, entry));
  return Unfold(kept);
}

}  // namespace

void FlattenFunctions(Ast& ast, bool all, Random& random) {
  Flattener(ast, all, random).Visit(ast.root());
}

}  // namespace fcc::js
