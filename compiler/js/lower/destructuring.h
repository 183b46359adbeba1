// SPDX-License-Identifier: Apache-2.0
//
// Patterns → stores, for the passes that meet patterns: declarations and
// assignments (destructuring.cpp) and parameters (parameters.cpp).

#ifndef FCC_COMPILER_JS_LOWER_DESTRUCTURING_H_
#define FCC_COMPILER_JS_LOWER_DESTRUCTURING_H_

#include <functional>
#include <string_view>
#include <vector>

#include "compiler/js/lower/context.h"

namespace fcc::js {

// Writes the stores of one pattern in the order the specification gives them.
class PatternWriter {
 public:
  enum class Form : uint8_t {
    // Declarators of one Variable; temporaries are declared there as well.
    kDeclarators,
    // Assignments, one after the other; temporaries come from `temporary`.
    kAssignments,
  };

  PatternWriter(LowerContext& context, Form form, bool initializes,
                uint16_t function_flags,
                std::function<SymbolId(std::string_view)> temporary)
      : context_(context),
        ast_(context.ast),
        form_(form),
        initializes_(initializes),
        function_flags_(function_flags),
        temporary_(std::move(temporary)) {}

  // `target = value`.
  void Write(NodeId target, NodeId value);
  // `value` kept where reading it again costs nothing and has no effect.
  NodeId Keep(NodeId value, std::string_view hint);

  // What was written so far: Declarators or expressions.
  std::vector<NodeId>& written() { return written_; }

 private:
  void WriteObject(NodeId pattern, NodeId value);
  void WriteArray(NodeId pattern, NodeId value);
  void WriteSimpleArray(std::span<const NodeId> elements, NodeId value);
  void WriteExactArray(std::span<const NodeId> elements, NodeId value);
  void WriteElements(std::span<const NodeId> elements, SymbolId iteration);
  void Store(NodeId target, NodeId value);
  void Effect(NodeId expression);
  void DeclareNames(NodeId pattern);
  SymbolId Temporary(std::string_view hint);
  NodeId WithDefault(NodeId value, NodeId fallback);
  NodeId Ref(base::Span span, SymbolId symbol) {
    return ast_.NewReference(span, symbol);
  }

  LowerContext& context_;
  Ast& ast_;
  Form form_;
  // The stores are the first ones of their bindings: constants take them.
  bool initializes_;
  // Of the function that the pattern stands in: it may be one that suspends.
  uint16_t function_flags_;
  std::function<SymbolId(std::string_view)> temporary_;
  std::vector<NodeId> written_;
};

bool IsPattern(const Ast& ast, NodeId id);
// Some node of that kind in `id`, functions inside left out.
bool Contains(const Ast& ast, NodeId id, Kind wanted);

}  // namespace fcc::js

#endif  // FCC_COMPILER_JS_LOWER_DESTRUCTURING_H_
