// SPDX-License-Identifier: Apache-2.0
//
// Defaults, patterns and rest parameters become statements at the start of the
// body. The parameters from the first default or rest on leave the list and are
// read from `arguments`, so that the function's `length` stays what it was.
//
// A generator evaluates its parameters when it is called, its body when it is
// first resumed: an Empty marked kSynthetic stands between the two for the
// generator pass. `arguments` written here is the function's own even in an
// arrow, which is why those Identifiers are marked kSynthetic too.

#include <algorithm>
#include <unordered_set>

#include "compiler/js/lower/destructuring.h"
#include "compiler/js/lower/passes.h"

namespace fcc::js {
namespace {

class ParametersPass : public Pass {
 public:
  using Pass::Pass;

 protected:
  NodeId Lower(NodeId id) override {
    if (ast.Is(id, Kind::kObject)) {
      NoteSetters(id);
    }
    VisitChildren(id);
    if (IsFunction(ast.KindOf(id))) {
      LowerFunction(id);
    }
    return id;
  }

 private:
  void NoteSetters(NodeId object);
  void LowerFunction(NodeId id);
  NodeId Argument(base::Span span, size_t index);
  void CopyShadowed(NodeId function, std::vector<NodeId>& statements);

  // Setters of object literals, which no engine takes without a parameter.
  std::unordered_set<NodeId> setters_;
};

NodeId Arguments(Ast& ast, base::Span span) {
  const NodeId id = ast.NewGlobal(span, "arguments");
  ast[id].flags |= flag::kSynthetic;
  return id;
}

NodeId ParametersPass::Argument(base::Span span, size_t index) {
  return ast.New<Kind::kIndex>(span, Arguments(ast, span),
                               ast.NewNumber(span, static_cast<double>(index)));
}

// Where parameters have expressions, the body's vars are bindings of their own
// that start with the value of the parameter of the same name.
void ParametersPass::CopyShadowed(NodeId function,
                                  std::vector<NodeId>& statements) {
  const ScopeId scope = context.scopes.Of(BodyOf(ast, function));
  if (scope == ScopeId::kNone ||
      context.scopes[scope].kind != ScopeKind::kFunctionBody) {
    return;
  }
  std::vector<SymbolId> names;
  for (NodeId parameter : ast.Items(ParametersOf(ast, function))) {
    CollectNames(ast, parameter, names);
  }
  const base::Span span = ast[function].span;
  for (SymbolId symbol : context.scopes[scope].symbols) {
    if (ast[symbol].kind != SymbolKind::kVar) {
      continue;
    }
    for (SymbolId name : names) {
      if (name != SymbolId::kNone && name != symbol &&
          ast[name].name == ast[symbol].name) {
        statements.push_back(ast.NewVariable(span, DeclarationKind::kVar,
                                             symbol, Ref(span, name)));
        break;
      }
    }
  }
}

void ParametersPass::NoteSetters(NodeId object) {
  for (NodeId member : ast.Items(ast.As<Object>(object).properties())) {
    if (ast.Is(member, Kind::kProperty) &&
        PropertyKind{ast[member].op} == PropertyKind::kSet) {
      setters_.insert(ast.As<Property>(member).value());
    }
  }
}

void ParametersPass::LowerFunction(NodeId id) {
  std::span<NodeId> parameters = ast.Items(ParametersOf(ast, id));
  if (std::all_of(parameters.begin(), parameters.end(), [&](NodeId parameter) {
        return ast.Is(parameter, Kind::kIdentifier);
      })) {
    return;
  }
  std::vector<NodeId> kept;
  std::vector<NodeId> statements;
  bool in_list = true;
  // A sloppy function with such parameters has an `arguments` that is no alias
  // of them; the function it becomes has.
  const bool unmaps =
      !ast[id].Has(flag::kStrict) && ast[id].Has(flag::kUsesArguments);
  for (size_t i = 0; i < parameters.size(); ++i) {
    NodeId parameter = parameters[i];
    const base::Span span = ast[parameter].span;
    if (ast.Is(parameter, Kind::kDefaultPattern)) {
      NodeId value = ast.As<DefaultPattern>(parameter).value();
      std::vector<SymbolId> later;
      for (NodeId other : parameters.subspan(i)) {
        CollectNames(ast, other, later);
      }
      ForbidNames(context, value, later, ForbidIn::kExpression);
      ast.As<DefaultPattern>(parameter).set_value(value);
    }
    const bool rest = ast.Is(parameter, Kind::kRest);
    in_list =
        in_list && !rest &&
        (!ast.Is(parameter, Kind::kDefaultPattern) || setters_.contains(id));
    if (in_list && ast.Is(parameter, Kind::kIdentifier) && !unmaps) {
      kept.push_back(parameter);
      continue;
    }
    NodeId value;
    if (rest) {
      value = NewMethodCall(
          ast, span,
          ast.NewMember(
              span,
              ast.NewMember(span, ast.NewGlobal(span, "Array"), "prototype"),
              "slice"),
          "call",
          {Arguments(ast, span), ast.NewNumber(span, static_cast<double>(i))});
    } else if (in_list) {
      const SymbolId symbol = ast.NewTemporary("param");
      kept.push_back(Ref(span, symbol));
      value = Ref(span, symbol);
    } else {
      value = Argument(span, i);
    }
    PatternWriter writer(context, PatternWriter::Form::kDeclarators, true, 0,
                         nullptr);
    writer.Write(parameter, value);
    statements.push_back(
        ast.NewVariable(span, DeclarationKind::kVar, writer.written()));
  }
  CopyShadowed(id, statements);
  if (ast[id].Has(flag::kGenerator)) {
    const NodeId border = ast.New<Kind::kEmpty>(ast[id].span);
    ast[border].flags |= flag::kSynthetic;
    statements.push_back(border);
  }
  const ListId list = ast.List(kept);
  if (ast.Is(id, Kind::kArrow)) {
    ast.As<Arrow>(id).set_parameters(list);
  } else {
    ast.As<Function>(id).set_parameters(list);
  }
  PrependStatements(ast, id, statements);
}

}  // namespace

void LowerParameters(LowerContext& context) {
  ParametersPass(context).RunPassingLeaves();
}

}  // namespace fcc::js
