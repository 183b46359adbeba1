// SPDX-License-Identifier: Apache-2.0
//
// What the passes of one lowering share: the tree, which helpers the code calls
// by now, and facts that one pass leaves for a later one.

#ifndef FCC_COMPILER_JS_LOWER_CONTEXT_H_
#define FCC_COMPILER_JS_LOWER_CONTEXT_H_

#include <initializer_list>
#include <span>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "compiler/diagnostics/diagnostic.h"
#include "compiler/js/ast.h"
#include "compiler/js/lower/helpers.h"
#include "compiler/js/lower/lower.h"
#include "compiler/js/scope.h"

namespace fcc::js {

// The name that its place gives to an anonymous arrow or class.
struct GivenName {
  NameId name = NameId::kNone;
  // May stand as the function's own name inside it: the symbol to use, either
  // a fresh one or that of the never reassigned variable round it. kNone where
  // the name would hide another: then it is given when the code runs.
  SymbolId symbol = SymbolId::kNone;
};

struct LowerContext {
  LowerContext(Ast& tree, Scopes& tree_scopes, const LowerOptions& opts,
               diagnostics::Sink& problems)
      : ast(tree),
        scopes(tree_scopes),
        options(opts),
        sink(problems),
        helper_symbols(static_cast<size_t>(Helper::kCount)) {}

  Ast& ast;
  Scopes& scopes;
  const LowerOptions& options;
  diagnostics::Sink& sink;

  HelperSet used_helpers;
  std::vector<SymbolId> helper_symbols;
  // Of arrows and classes, which have no place for it in the tree.
  std::unordered_map<NodeId, GivenName> given_names;

  NodeId HelperRef(base::Span span, Helper helper);
  NodeId CallHelper(base::Span span, Helper helper,
                    std::span<const NodeId> args);
  NodeId CallHelper(base::Span span, Helper helper,
                    std::initializer_list<NodeId> args) {
    return CallHelper(span, helper,
                      std::span<const NodeId>(args.begin(), args.size()));
  }
};

// ---- Shapes that several passes ask for or make ----

// Evaluating it has no effect and always gives the same value until something
// is assigned: a literal, `this`, a local name.
bool IsPure(const Ast& ast, NodeId id);
// A literal or `void 0`.
bool IsConstant(const Ast& ast, NodeId id);
// A copy of something IsPure.
NodeId CopyPure(Ast& ast, NodeId id);
NodeId NewSequence(Ast& ast, base::Span span,
                   std::span<const NodeId> expressions);
inline NodeId NewSequence(Ast& ast, base::Span span,
                          std::initializer_list<NodeId> expressions) {
  return NewSequence(ast, span,
                     std::span(expressions.begin(), expressions.size()));
}
NodeId NewConditional(Ast& ast, base::Span span, NodeId test, NodeId yes,
                      NodeId no);
NodeId NewArray(Ast& ast, base::Span span, std::span<const NodeId> elements);
// `object.name(args…)`.
NodeId NewMethodCall(Ast& ast, base::Span span, NodeId object,
                     std::string_view name, std::initializer_list<NodeId> args);
// `object.key`, or `object[key]` for a key that is no Name.
NodeId NewAccess(Ast& ast, base::Span span, NodeId object, NodeId key);
// A key of a property as an expression: Name → String.
NodeId KeyExpression(Ast& ast, NodeId key);
// The text of a key that is not computed: `a`, `"a"`, `1`.
NameId KeyName(Ast& ast, NodeId key);
NodeId NewReturn(Ast& ast, base::Span span, NodeId argument);
NodeId NewDirective(Ast& ast, base::Span span, std::string_view text);
bool IsAsciiIdentifier(std::string_view text);
bool IsReservedName(std::string_view text);
// Puts statements at the start of a Function's, a Program's or a Block's body,
// behind its directives.
void PrependStatements(Ast& ast, NodeId owner, std::span<const NodeId> added);
// A function's body as a Block: an arrow's expression becomes a return.
NodeId BlockBody(Ast& ast, NodeId function);
// The body, whatever kind of function.
NodeId BodyOf(const Ast& ast, NodeId function);
ListId ParametersOf(const Ast& ast, NodeId function);
inline bool IsFunction(Kind kind) {
  return kind == Kind::kFunction || kind == Kind::kFunctionDeclaration ||
         kind == Kind::kArrow;
}
// The names that a pattern binds.
void CollectNames(const Ast& ast, NodeId pattern, std::vector<SymbolId>& names);
// Made of a function expression: `named` says which name it should have.
NodeId ApplyGivenName(LowerContext& context, NodeId function,
                      const GivenName& named);

// Reads of `names` in `expression` throw: their bindings do not live yet, or
// never will, and then in functions as well.
enum class ForbidIn : uint8_t { kExpression, kFunctionsToo };
void ForbidNames(LowerContext& context, NodeId& expression,
                 std::span<const SymbolId> names, ForbidIn where);

// A pass that may need temporaries: they become `var`s of the innermost
// function (or the program) that holds the place where they were asked for.
class Pass : public Rewriter {
 public:
  explicit Pass(LowerContext& shared) : Rewriter(shared.ast), context(shared) {}

  // The whole tree.
  void Run();
  // The same for a pass that does nothing to leaves.
  void RunPassingLeaves() {
    PassLeaves();
    Run();
  }
  // Takes care of the temporaries of functions; passes override Lower.
  NodeId Visit(NodeId id) final;

 protected:
  // As Rewriter::Visit.
  virtual NodeId Lower(NodeId id) = 0;
  // A temporary of the function round the node that is being lowered.
  SymbolId Temporary(std::string_view hint);
  // Declares a variable of that function as Temporary does.
  void DeclareInFunction(SymbolId symbol) { temporaries_.push_back(symbol); }
  NodeId Ref(base::Span span, SymbolId symbol) {
    return ast.NewReference(span, symbol);
  }
  // `value` to be used twice: as itself when pure, else kept in a temporary.
  // `first` is evaluated first.
  struct Twice {
    NodeId first;
    NodeId again;
  };
  Twice UseTwice(NodeId value, std::string_view hint);
  // The same for something assigned to as well as read: `first` may be a target
  // or a read, and so may `again`, which must come after it.
  Twice UseTargetTwice(NodeId target);
  NodeId current_function() const { return function_; }

  LowerContext& context;

 private:
  void DeclareTemporaries(NodeId owner);
  NodeId VisitField(NodeId id);
  void WrapFieldValue(NodeId field);

  NodeId function_ = NodeId::kNone;
  std::vector<SymbolId> temporaries_;
};

}  // namespace fcc::js

#endif  // FCC_COMPILER_JS_LOWER_CONTEXT_H_
