// SPDX-License-Identifier: Apache-2.0
//
// The walk that all early errors share: what stands round a node is in Context,
// each subject has a file of its own.

#ifndef FCC_COMPILER_JS_EARLY_CHECKER_H_
#define FCC_COMPILER_JS_EARLY_CHECKER_H_

#include <string>
#include <vector>

#include "compiler/js/early/early.h"

namespace fcc::js {

class EarlyChecker {
 public:
  EarlyChecker(const Ast& ast, const ParseOptions& options,
               diagnostics::Sink& sink);
  void Run();

 private:
  struct Label {
    NameId name;
    bool loop;
  };
  // Saved and restored at functions, classes and their parts.
  struct Context {
    bool strict = false;
    bool generator = false;
    // `await` is no name here.
    bool async = false;
    bool return_allowed = false;
    bool new_target = false;
    bool super_property = false;
    bool super_call = false;
    // Among parameters, where nothing may yield or await.
    bool parameters = false;
    // `arguments` is refused: values of fields, static blocks.
    bool no_arguments = false;
    int loops = 0;
    // Loops and switches: what a `break` without a label can leave.
    int breakables = 0;
    std::vector<Label> labels;
  };

  template <typename... Args>
  void Error(diagnostics::Kind kind, NodeId at, const Args&... args) {
    sink_.Report(kind, ast_.LocationOf(at), args...);
  }
  Node* Raw(NodeId id) const { return const_cast<Node*>(&ast_[id]); }
  bool Bare(NodeId id, Kind kind) const {
    return ast_.Is(id, kind) && !ast_[id].Has(flag::kParenthesized);
  }

  // ---- checker.cpp ----
  void Walk(NodeId id);
  void WalkChildren(NodeId id);
  void WalkList(ListId list);

  // ---- names.cpp ----
  void CheckName(NodeId identifier);
  void CheckWord(std::string_view word, NodeId at);
  void CheckBoundName(NodeId identifier);

  // ---- targets.cpp ----
  void WalkBinding(NodeId pattern);
  void WalkAssignment(NodeId target, bool patterns);
  void WalkPatternProperty(NodeId property, bool binding);

  // ---- operands.cpp ----
  void CheckOperand(NodeId id, int level);
  void CheckOperands(NodeId id);

  // ---- functions.cpp ----
  void WalkFunction(NodeId id);
  void WalkBody(NodeId function, ListId parameters, NodeId body);
  void CheckAccessor(NodeId function, bool setter);

  // ---- classes.cpp ----
  void WalkClass(NodeId id);
  void WalkSuper(NodeId id);
  void CheckDelete(NodeId argument);

  // ---- jumps.cpp ----
  void WalkJump(NodeId id);
  void WalkLabeled(NodeId id);

  // ---- statements.cpp ----
  void WalkSingle(NodeId statement, bool branch);
  void WalkLoop(NodeId id);
  void CheckNoIn(NodeId id);
  void WalkVariable(NodeId id, bool in_head);
  void WalkObject(NodeId id);
  void WalkModuleItem(NodeId id);

  const Ast& ast_;
  const ParseOptions& options_;
  diagnostics::Sink& sink_;
  const bool module_;
  // Inside a TypeScript namespace, where exports are at home.
  bool in_namespace_ = false;
  const bool typescript_;
  Context context_;
  bool top_level_ = false;
};

// The first thing wrong with a regular expression, empty when nothing is.
// `at`: where in the pattern.
std::string RegExpProblem(std::string_view pattern, std::string_view flags,
                          uint32_t& at);

}  // namespace fcc::js

#endif  // FCC_COMPILER_JS_EARLY_CHECKER_H_
