// SPDX-License-Identifier: Apache-2.0
//
// `a${b}c` → `"a".concat(b, "c")`: concat converts as templates do, `+` does
// not (it asks an object for its primitive value, templates for its string).
// Each part is converted before the next is evaluated, so a part that could
// tell starts a call of its own.
//
// A tagged template calls its tag with a frozen strings object that is made
// once for its place in the text.

#include "compiler/js/lower/passes.h"

namespace fcc::js {
namespace {

class TemplatePass : public Pass {
 public:
  using Pass::Pass;

 protected:
  NodeId Lower(NodeId id) override {
    switch (ast.KindOf(id)) {
      case Kind::kTemplate:
        VisitChildren(id);
        return LowerTemplate(id);
      case Kind::kTaggedTemplate:
        return LowerTagged(id);
      case Kind::kProgram:
        VisitChildren(id);
        DeclareCaches(id);
        return id;
      default:
        VisitChildren(id);
        return id;
    }
  }

 private:
  NodeId LowerTemplate(NodeId id);
  NodeId Join(base::Span span, std::span<const NodeId> pieces);
  NodeId LowerTagged(NodeId id);
  NodeId Strings(base::Span span, NodeId quasi);
  void DeclareCaches(NodeId program);

  std::vector<NodeId> caches_;
};

NodeId TemplatePass::LowerTemplate(NodeId id) {
  Template tmpl = ast.As<Template>(id);
  const base::Span span = tmpl.span();
  std::span<NodeId> quasis = ast.Items(tmpl.quasis());
  std::span<NodeId> expressions = ast.Items(tmpl.expressions());
  auto text = [&](size_t at) {
    TemplateElement element = ast.As<TemplateElement>(quasis[at]);
    return ast.New<Kind::kString>(element.span(), element.cooked());
  };
  // A chain is as deep as it is long: of a long one the pieces are joined.
  constexpr size_t kMaxChain = 24;
  std::vector<NodeId> pieces;
  size_t links = 0;
  NodeId result = text(0);
  std::vector<NodeId> args;
  for (size_t i = 0; i < expressions.size(); ++i) {
    if (++links > kMaxChain) {
      pieces.push_back(
          ast.NewCall(span, ast.NewMember(span, result, "concat"), args));
      args.clear();
      result = ast.New<Kind::kString>(span, NameId::kEmpty);
      links = 0;
    }
    if (!args.empty() && !IsPure(ast, expressions[i])) {
      result = ast.NewCall(span, ast.NewMember(span, result, "concat"), args);
      args.clear();
    }
    args.push_back(expressions[i]);
    if (ast.NameOf(text(i + 1)) != NameId::kEmpty) {
      args.push_back(text(i + 1));
    }
  }
  if (args.empty()) {
    return result;
  }
  result = ast.NewCall(span, ast.NewMember(span, result, "concat"), args);
  if (pieces.empty()) {
    return result;
  }
  pieces.push_back(result);
  return Join(span, pieces);
}

// Texts to one, in order; in a tree, because engines take only so many
// arguments.
NodeId TemplatePass::Join(base::Span span, std::span<const NodeId> pieces) {
  constexpr size_t kMost = 64;
  std::vector<NodeId> level(pieces.begin(), pieces.end());
  while (level.size() > 1) {
    std::vector<NodeId> joined;
    for (size_t at = 0; at < level.size(); at += kMost) {
      const std::span<const NodeId> part =
          std::span<const NodeId>(level).subspan(
              at, std::min(kMost, level.size() - at));
      joined.push_back(
          part.size() == 1
              ? part[0]
              : ast.NewCall(span, ast.NewMember(span, part[0], "concat"),
                            std::vector<NodeId>(part.begin() + 1, part.end())));
    }
    level = std::move(joined);
  }
  return level[0];
}

NodeId TemplatePass::Strings(base::Span span, NodeId quasi) {
  std::vector<NodeId> cooked;
  std::vector<NodeId> raw;
  bool same = true;
  for (NodeId id : ast.Items(ast.As<Template>(quasi).quasis())) {
    TemplateElement element = ast.As<TemplateElement>(id);
    same &= element.cooked() == element.raw();
    cooked.push_back(
        element.cooked() == NameId::kNone
            ? ast.NewUndefined(element.span())
            : ast.New<Kind::kString>(element.span(), element.cooked()));
    raw.push_back(ast.New<Kind::kString>(element.span(), element.raw()));
  }
  std::vector<NodeId> args{NewArray(ast, span, cooked)};
  if (!same) {
    args.push_back(NewArray(ast, span, raw));
  }
  return context.CallHelper(span, Helper::kTemplateObject, args);
}

NodeId TemplatePass::LowerTagged(NodeId id) {
  TaggedTemplate tagged = ast.As<TaggedTemplate>(id);
  const base::Span span = tagged.span();
  const NodeId tag = Visit(tagged.tag());
  const NodeId quasi = tagged.quasi();
  Template tmpl = ast.As<Template>(quasi);
  tmpl.set_expressions(VisitList(tmpl.expressions()));
  const bool in_eval = context.options.keep_completion_value;
  const SymbolId cache = ast.NewTemporary(
      in_eval ? "template" : "template" + context.options.own_suffix);
  // Every run of an eval has templates of its own.
  caches_.push_back(ast.New<Kind::kDeclarator>(
      span, Ref(span, cache),
      in_eval ? ast.NewUndefined(span) : NodeId::kNone));
  std::vector<NodeId> args{ast.NewBinary(
      span, BinaryOp::kLogicalOr, Ref(span, cache),
      ast.NewAssign(span, Ref(span, cache), Strings(span, quasi)))};
  for (NodeId expression : ast.Items(tmpl.expressions())) {
    args.push_back(expression);
  }
  return ast.NewCall(span, tag, args);
}

void TemplatePass::DeclareCaches(NodeId program) {
  if (!caches_.empty()) {
    const NodeId variable =
        ast.NewVariable(ast[caches_[0]].span, DeclarationKind::kVar, caches_);
    PrependStatements(ast, program, std::span(&variable, 1));
  }
}

}  // namespace

void LowerTemplates(LowerContext& context) {
  TemplatePass(context).RunPassingLeaves();
}

}  // namespace fcc::js
