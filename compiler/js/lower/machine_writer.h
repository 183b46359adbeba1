// SPDX-License-Identifier: Apache-2.0
//
// The body of a function that yields or awaits, as a state machine:
//
//     function (_context) {
//       _loop: for (;;) switch (_context.at) {
//         case 0:
//           …
//           _context.at = 1;
//           return value;            suspends
//         case 1:
//           x = _context.sent;       goes on
//           …
//         return _context.end(result);
//       }
//     }
//
// Statements and expressions without a suspension stay as they are; the others
// are taken apart into cases and jumps. What an expression has computed before
// it suspends is kept in temporaries. `try` becomes regions, numbered from 1:
// _context.region says in which the machine is, and the table of regions (for
// each its parent, whether it is a finally, the case to go to) is handed to the
// machine of helpers.def, which finds handlers.

#ifndef FCC_COMPILER_JS_LOWER_MACHINE_WRITER_H_
#define FCC_COMPILER_JS_LOWER_MACHINE_WRITER_H_

#include <unordered_set>
#include <vector>

#include "compiler/js/lower/context.h"

namespace fcc::js {

class MachineWriter {
 public:
  // Locals must be declared outside of the body by then (no Variable in it).
  MachineWriter(LowerContext& context, bool is_async, bool is_generator);

  void WriteBody(std::span<const NodeId> statements);

  // The function, once the body is written.
  NodeId Machine(base::Span span);
  // The table of regions; kNone when there is none.
  NodeId Regions(base::Span span);
  // Temporaries and names to be declared round the machine.
  const std::vector<SymbolId>& variables() const { return variables_; }

 private:
  // A statement that break or continue may name.
  struct Target {
    std::vector<NameId> labels;
    int break_label = -1;
    // -1 where continue does not apply.
    int continue_label = -1;
    int region = 0;
    // What a bare `break` means; not so for a labelled block.
    bool takes_bare_break = false;
  };
  struct Region {
    int parent = 0;
    bool is_finally = false;
    int label = 0;
  };
  struct Part {
    int label;
    std::vector<NodeId> statements;
  };

  // ---- machine_writer.cpp: statements ----
  void WriteStatement(NodeId id);
  void WriteList(ListId list);
  void WriteIf(NodeId id);
  void WriteFor(NodeId id, Target& target);
  void WriteForIn(NodeId id, Target& target);
  void WriteWhile(NodeId id, Target& target);
  void WriteDoWhile(NodeId id, Target& target);
  void WriteSwitch(NodeId id, Target& target);
  void WriteLabeled(NodeId id);
  void WriteTry(NodeId id);
  void WriteBreakable(NodeId id, std::vector<NameId> labels);
  void WriteReturn(NodeId id);
  // The same for statements inside one that stays whole.
  friend class LeafRewriter;
  NodeId ReturnInside(NodeId id, NodeId argument);
  NodeId JumpInside(base::Span span, const Target& target, int label);
  const Target* FindTarget(bool is_break, NameId label) const;

  int NewLabel() { return next_label_++; }
  void Mark(int label);
  void Emit(NodeId statement);
  void EmitExpression(NodeId expression);
  void EmitJump(base::Span span, int label);
  void EmitLeave(base::Span span, const Target& target, int label);
  void EmitJumpIf(NodeId test, int label);
  void EmitJumpUnless(NodeId test, int label);
  bool HasFinally(int from, int to) const;
  void SetRegion(base::Span span, int region);

  // ---- machine_expressions.cpp ----
  // Writes the suspensions of `id`; returns what has its value afterwards, to
  // be used before anything else is written.
  NodeId Write(NodeId id);
  NodeId WriteSuspension(NodeId id);
  NodeId WriteLogical(NodeId id);
  NodeId WriteConditional(NodeId id);
  NodeId WriteAssign(NodeId id);
  NodeId WriteCall(NodeId id);
  NodeId WriteSequence(NodeId id);
  NodeId WriteObject(NodeId id);
  // An access with its parts written; kept in temporaries if `keep`.
  NodeId WriteAccess(NodeId id, bool keep);
  std::vector<NodeId> WriteItems(ListId items);
  NodeId Keep(NodeId value);
  bool Suspends(NodeId id) const { return suspending_.contains(id); }
  bool FindSuspending(NodeId id);

  SymbolId Temporary(std::string_view hint);
  NodeId Ref(base::Span span, SymbolId symbol) {
    return ast_.NewReference(span, symbol);
  }
  NodeId Context(base::Span span) { return Ref(span, machine_); }
  NodeId Field(base::Span span, std::string_view name) {
    return ast_.NewMember(span, Context(span), name);
  }
  NodeId Label(base::Span span, int label) {
    return ast_.NewNumber(span, label);
  }
  NodeId SetAt(base::Span span, int label);
  NodeId ContinueLoop(base::Span span);

  LowerContext& context_;
  Ast& ast_;
  bool is_async_;
  bool is_generator_;
  SymbolId machine_;
  NameId loop_label_;
  bool uses_loop_label_ = false;
  std::unordered_set<NodeId> suspending_;
  std::vector<SymbolId> variables_;
  std::vector<Part> parts_;
  std::vector<Target> targets_;
  std::vector<Region> regions_;
  int region_ = 0;
  int next_label_ = 1;
};

}  // namespace fcc::js

#endif  // FCC_COMPILER_JS_LOWER_MACHINE_WRITER_H_
