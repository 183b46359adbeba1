// SPDX-License-Identifier: Apache-2.0
//
// `#x`: each private name of a class is a weak table of the objects that have
// it. A field's table holds its values; methods and accessors are variables,
// and the table only says who has them.

#ifndef FCC_COMPILER_JS_LOWER_PRIVATE_MEMBERS_H_
#define FCC_COMPILER_JS_LOWER_PRIVATE_MEMBERS_H_

#include <functional>
#include <unordered_map>
#include <utility>
#include <vector>

#include "compiler/js/lower/context.h"

namespace fcc::js {

// What became of one private name.
struct LoweredPrivate {
  SymbolId table = SymbolId::kNone;
  // All kNone for a field.
  SymbolId method = SymbolId::kNone;
  SymbolId getter = SymbolId::kNone;
  SymbolId setter = SymbolId::kNone;
  // Objects get it already (getter and setter share one table).
  bool has_store = false;

  bool is_accessor() const {
    return getter != SymbolId::kNone || setter != SymbolId::kNone;
  }
};

class PrivateMembers {
 public:
  explicit PrivateMembers(LowerContext& context)
      : context_(context), ast_(context.ast) {}

  using VisitFn = std::function<NodeId(NodeId)>;
  // (first use, use after it) of one value.
  using TwiceFn = std::function<std::pair<NodeId, NodeId>(NodeId)>;
  using TemporaryFn = std::function<SymbolId(std::string_view)>;

  // Makes the names of a class known; before its body is walked.
  void Declare(NodeId class_id);
  // `table = new WeakMap()` for each of them.
  void DeclareTables(NodeId class_id, std::vector<NodeId>& declarators);
  LoweredPrivate& Get(SymbolId name) { return privates_[name]; }

  // What `id` becomes if it reads, stores to, calls or asks for a private
  // member, else kNone and nothing has been visited.
  NodeId LowerUse(NodeId id, const VisitFn& visit, const TwiceFn& twice,
                  const TemporaryFn& temporary);

 private:
  NodeId Read(base::Span span, const LoweredPrivate& member, NodeId object,
              const TwiceFn& twice);
  NodeId Store(base::Span span, const LoweredPrivate& member, NodeId object,
               NodeId value, const TwiceFn& twice,
               const TemporaryFn& temporary);
  NodeId LowerUpdate(NodeId id, const VisitFn& visit, const TwiceFn& twice,
                     const TemporaryFn& temporary);
  NodeId Ref(base::Span span, SymbolId symbol) {
    return symbol == SymbolId::kNone ? ast_.NewUndefined(span)
                                     : ast_.NewReference(span, symbol);
  }
  const LoweredPrivate& Of(NodeId private_member) {
    return privates_[ast_.SymbolOf(
        ast_.As<js::PrivateMember>(private_member).name())];
  }

  LowerContext& context_;
  Ast& ast_;
  std::unordered_map<SymbolId, LoweredPrivate> privates_;
};

}  // namespace fcc::js

#endif  // FCC_COMPILER_JS_LOWER_PRIVATE_MEMBERS_H_
