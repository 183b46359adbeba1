// SPDX-License-Identifier: Apache-2.0

#include <algorithm>

#include "compiler/js/parse/converter.h"

namespace fcc::js {

using DK = diagnostics::Kind;

NodeId Converter::Expr(const CstNode& node) {
  NodeId id = NodeId::kNone;
  return Descend(node, &Converter::ExprInner, id) ? id : Broken(node.span);
}

NodeId Converter::ExprInner(const CstNode& node) {
  switch (node.kind) {
    case Cst::kIdentifier:
    case Cst::kUndefined:
    case Cst::kShorthandPropertyIdentifier:
      return IdentifierFrom(node);
    case Cst::kString:
      return StringLiteral(node);
    case Cst::kNumber:
      return NumberLiteral(node);
    case Cst::kMemberExpression:
    case Cst::kSubscriptExpression:
    case Cst::kCallExpression: {
      bool optional = false;
      const NodeId link = ChainLink(node, optional);
      return optional ? ast_.New<Kind::kChain>(node.span, link) : link;
    }
    case Cst::kThis:
      return ast_.New<Kind::kThis>(node.span);
    case Cst::kSuper:
      return ast_.New<Kind::kSuper>(node.span);
    case Cst::kNull:
      return ast_.New<Kind::kNull>(node.span);
    case Cst::kTrue:
      return ast_.NewBoolean(node.span, true);
    case Cst::kFalse:
      return ast_.NewBoolean(node.span, false);
    case Cst::kRegex:
      return RegExpLiteral(node);
    case Cst::kTemplateString:
      return TemplateLiteral(node, false);
    case Cst::kArray:
      return ArrayFrom(node);
    case Cst::kObject:
      return ObjectFrom(node);
    case Cst::kFunctionExpression:
    case Cst::kGeneratorFunction:
      return FunctionFrom(node, Kind::kFunction);
    case Cst::kArrowFunction:
      return ArrowFrom(node);
    case Cst::kClass:
      return ClassFrom(node, Kind::kClass, {});
    case Cst::kParenthesizedExpression:
      return Parenthesized(node);
    case Cst::kBinaryExpression:
      return BinaryFrom(node);
    case Cst::kUnaryExpression:
      return UnaryFrom(node);
    case Cst::kUpdateExpression:
      return UpdateFrom(node);
    case Cst::kAssignmentExpression:
    case Cst::kAugmentedAssignmentExpression:
      return AssignFrom(node);
    case Cst::kTernaryExpression: {
      Children children(*this, node);
      const NodeId test = Expr(children.Get(CstField::kCondition));
      const NodeId yes = Expr(children.Get(CstField::kConsequence));
      const NodeId no = Expr(children.Get(CstField::kAlternative));
      return ast_.New<Kind::kConditional>(node.span, test, yes, no);
    }
    case Cst::kSequenceExpression:
      return SequenceFrom(node);
    case Cst::kNewExpression:
      return NewFrom(node);
    case Cst::kYieldExpression:
      return YieldFrom(node);
    case Cst::kAwaitExpression:
      return AwaitFrom(node);
    case Cst::kMetaProperty:
      return MetaPropertyFrom(node);
    case Cst::kPrivatePropertyIdentifier:
      return PrivateNameFrom(node);
    case Cst::kAsExpression:
    case Cst::kSatisfiesExpression:
    case Cst::kInstantiationExpression:
    case Cst::kNonNullExpression: {
      Children children(*this, node);
      return Expr(children[0]);
    }
    case Cst::kTypeAssertion: {
      Children children(*this, node);
      return Expr(children[children.size() - 1]);
    }
    case Cst::kJsxElement:
    case Cst::kJsxSelfClosingElement:
      Error(DK::kJsJsx, {node.span.begin, node.span.begin + 1});
      return Broken(node.span);
    default:
      // Only broken text comes here, and tree-sitter has said so; or text that
      // it took for something we do not know, and then we say so.
      if (!node.has_error() && node.kind != Cst::kError) {
        ErrorUnexpected(node.span);
      }
      return Broken(node.span);
  }
}

static bool IsLink(Cst kind) {
  return kind == Cst::kMemberExpression || kind == Cst::kSubscriptExpression ||
         kind == Cst::kCallExpression;
}

NodeId Converter::ChainLink(const CstNode& node, bool& optional) {
  if (++depth_ > kMaxDepth) {
    --depth_;
    return Expr(node);
  }
  deepest_ = std::max(deepest_, depth_);
  const NodeId id =
      node.kind == Cst::kMemberExpression      ? MemberFrom(node, optional)
      : node.kind == Cst::kSubscriptExpression ? SubscriptFrom(node, optional)
                                               : CallFrom(node, optional);
  --depth_;
  return id;
}

// The object of a link belongs to the same chain unless it is in brackets.
// `a?.b!.c` goes on with it.
NodeId Converter::ChainObject(const CstNode& node, bool& optional) {
  if (IsLink(node.kind)) {
    return ChainLink(node, optional);
  }
  if (node.kind == Cst::kNonNullExpression) {
    Children children(*this, node);
    return ChainObject(children[0], optional);
  }
  return Expr(node);
}

NodeId Converter::MemberFrom(const CstNode& node, bool& optional) {
  Children children(*this, node);
  const CstNode object = children.Get(CstField::kObject);
  const CstNode property = children.Get(CstField::kProperty);
  if (object.kind == Cst::kImport) {
    // `import.meta` in places where the grammar sees a member.
    if (Text(property) != "meta") {
      ErrorUnexpected(property.span);
    }
    return ast_.New<Kind::kImportMeta>(node.span);
  }
  const bool cuts =
      children.Has(Cst::kOptionalChain) || children.Has(Cst::kTokenQuestionDot);
  const NodeId from = ChainObject(object, optional);
  NodeId id;
  if (property.kind == Cst::kPrivatePropertyIdentifier) {
    const NodeId name = PrivateNameFrom(property);
    id = ast_.New<Kind::kPrivateMember>(node.span, from, name);
  } else {
    id = ast_.New<Kind::kMember>(node.span, from, NameFrom(property.span),
                                 property.span.begin);
  }
  if (cuts) {
    optional = true;
    ast_[id].flags |= flag::kOptional;
  }
  return id;
}

NodeId Converter::SubscriptFrom(const CstNode& node, bool& optional) {
  Children children(*this, node);
  const bool cuts =
      children.Has(Cst::kOptionalChain) || children.Has(Cst::kTokenQuestionDot);
  const NodeId object = ChainObject(children.Get(CstField::kObject), optional);
  const NodeId index = Expr(children.Get(CstField::kIndex));
  const NodeId id = ast_.New<Kind::kIndex>(node.span, object, index);
  if (cuts) {
    optional = true;
    ast_[id].flags |= flag::kOptional;
  }
  return id;
}

NodeId Converter::CallFrom(const CstNode& node, bool& optional) {
  Children children(*this, node);
  const CstNode function = children.Get(CstField::kFunction);
  const CstNode arguments = children.Get(CstField::kArguments);
  if (arguments.kind == Cst::kTemplateString) {
    const NodeId tag = ChainObject(function, optional);
    if (optional) {
      Error(DK::kJsTaggedOptional, arguments.span);
    }
    const NodeId quasi = TemplateLiteral(arguments, true);
    return ast_.New<Kind::kTaggedTemplate>(node.span, tag, quasi);
  }
  if (function.kind == Cst::kImport) {
    const ListId list = ArgumentsFrom(arguments);
    const std::span<NodeId> items = ast_.Items(list);
    if (items.empty() || items.size() > 2) {
      Error(DK::kJsImportArguments, arguments.span);
    }
    for (NodeId item : items) {
      if (ast_.Is(item, Kind::kSpread)) {
        ErrorUnexpected({ast_[item].span.begin, ast_[item].span.begin + 3});
      }
    }
    return ast_.New<Kind::kImportCall>(node.span, list);
  }
  const bool cuts =
      children.Has(Cst::kOptionalChain) || children.Has(Cst::kTokenQuestionDot);
  const NodeId callee = ChainObject(function, optional);
  const NodeId id =
      ast_.New<Kind::kCall>(node.span, callee, ArgumentsFrom(arguments));
  if (cuts) {
    optional = true;
    ast_[id].flags |= flag::kOptional;
  }
  return id;
}

ListId Converter::ArgumentsFrom(const CstNode& node) {
  std::vector<NodeId> items;
  bool want_item = true;
  ForEachPart(node, [&](const CstNode& child) {
    if (child.kind == Cst::kTokenComma) {
      if (want_item) {
        ErrorUnexpected(child.span);
      }
      want_item = true;
    } else if (child.kind == Cst::kSpreadElement) {
      Children inside(*this, child);
      const NodeId argument = Expr(inside.FirstNamed());
      items.push_back(ast_.New<Kind::kSpread>(child.span, argument));
      want_item = false;
    } else if (child.is_named()) {
      items.push_back(Expr(child));
      want_item = false;
    }
  });
  return ast_.List(items);
}

NodeId Converter::NewFrom(const CstNode& node) {
  Children children(*this, node);
  const CstNode constructor = children.Get(CstField::kConstructor);
  if (constructor.kind == Cst::kImport) {
    ErrorUnexpected(constructor.span);
  }
  const NodeId callee = Expr(constructor);
  if (ast_.Is(callee, Kind::kChain) &&
      !ast_[callee].Has(flag::kParenthesized)) {
    Error(DK::kJsNewOptional, ast_[callee].span);
  }
  NodeId base = callee;
  while (!ast_[base].Has(flag::kParenthesized) &&
         (ast_.Is(base, Kind::kMember) || ast_.Is(base, Kind::kIndex) ||
          ast_.Is(base, Kind::kTaggedTemplate) ||
          ast_.Is(base, Kind::kPrivateMember))) {
    base = NodeId{ast_[base].slots[0]};
  }
  if (ast_.Is(base, Kind::kImportCall) &&
      !ast_[base].Has(flag::kParenthesized)) {
    Error(DK::kJsNewImport, ast_[base].span);
  }
  const ListId arguments =
      children.Has(CstField::kArguments)
          ? ArgumentsFrom(children.Get(CstField::kArguments))
          : ListId::kEmpty;
  return ast_.New<Kind::kNew>(node.span, callee, arguments);
}

NodeId Converter::Parenthesized(const CstNode& node) {
  Children children(*this, node);
  const CstNode inside = children.FirstNamed();
  if (children.Has(CstField::kType)) {
    ErrorUnexpected(children.Get(CstField::kType).span);
  }
  const NodeId id = Expr(inside);
  ast_[id].flags |= flag::kParenthesized;
  return id;
}

static BinaryOp BinaryOpFrom(std::string_view text) {
  static constexpr std::string_view kTexts[] = {
#define FCC_JS_BINARY(name, text, precedence) text,
#include "compiler/js/ops.def"
#undef FCC_JS_BINARY
  };
  for (size_t i = 0; i < std::size(kTexts); ++i) {
    if (kTexts[i] == text) {
      return static_cast<BinaryOp>(i);
    }
  }
  return BinaryOp::kAdd;
}

// tag<T>`…` is read as two comparisons, which nobody means in TypeScript.
bool Converter::IsTypeArguments(BinaryOp op, NodeId left, NodeId right) const {
  return options_.dialect != Dialect::kJavaScript && op == BinaryOp::kGreater &&
         ast_.Is(right, Kind::kTemplate) && ast_.Is(left, Kind::kBinary) &&
         !ast_[left].Has(flag::kParenthesized) &&
         BinaryOp{ast_[left].op} == BinaryOp::kLess;
}

// A chain of `+` leans left and may be long: it is walked, not descended.
NodeId Converter::BinaryFrom(const CstNode& node) {
  struct Link {
    CstNode node;
    CstNode op;
    CstNode right;
  };
  std::vector<Link> links;
  CstNode left = node;
  while (left.kind == Cst::kBinaryExpression) {
    Children children(*this, left);
    links.push_back({left, children.Get(CstField::kOperator),
                     children.Get(CstField::kRight)});
    left = children.Get(CstField::kLeft);
  }
  const int height = static_cast<int>(links.size());
  if (depth_ + height > kMaxDepth) {
    ReportTooDeep(node);
    return Broken(node.span);
  }
  NodeId id = Expr(left);
  depth_ += height;
  deepest_ = std::max(deepest_, depth_);
  for (size_t i = links.size(); i-- > 0;) {
    --depth_;
    const BinaryOp op = BinaryOpFrom(Text(links[i].op));
    if (ast_.Is(id, Kind::kPrivateName) && op != BinaryOp::kIn) {
      ErrorUnexpected(ast_[id].span);
    }
    const NodeId right = Expr(links[i].right);
    if (ast_.Is(right, Kind::kPrivateName)) {
      ErrorUnexpected(ast_[right].span);
    }
    if (IsTypeArguments(op, id, right)) {
      id = ast_.New<Kind::kTaggedTemplate>(links[i].node.span,
                                           ast_.As<Binary>(id).left(), right);
      continue;
    }
    id = ast_.NewBinary(links[i].node.span, op, id, right);
  }
  return id;
}

NodeId Converter::UnaryFrom(const CstNode& node) {
  Children children(*this, node);
  const std::string_view text = Text(children.Get(CstField::kOperator));
  static constexpr std::string_view kTexts[] = {
#define FCC_JS_UNARY(name, text) text,
#include "compiler/js/ops.def"
#undef FCC_JS_UNARY
  };
  size_t op = 0;
  while (op + 1 < std::size(kTexts) && kTexts[op] != text) {
    ++op;
  }
  const NodeId argument = Expr(children.Get(CstField::kArgument));
  return ast_.NewUnary(node.span, static_cast<UnaryOp>(op), argument);
}

NodeId Converter::UpdateFrom(const CstNode& node) {
  Children children(*this, node);
  const CstNode op = children.Get(CstField::kOperator);
  const CstNode argument = children.Get(CstField::kArgument);
  const bool prefix = op.span.begin < argument.span.begin;
  if (!prefix && HasLineBreak(argument.span.end, op.span.begin)) {
    ErrorUnexpected(op.span);
  }
  return ast_.NewUpdate(
      node.span, Text(op) == "++" ? UpdateOp::kIncrement : UpdateOp::kDecrement,
      Expr(argument), prefix ? flag::kPrefix : 0);
}

NodeId Converter::AssignFrom(const CstNode& node) {
  Children children(*this, node);
  if (children.Has(Cst::kTokenUsing)) {
    ErrorUnexpected(children.Get(Cst::kTokenUsing).span);
  }
  const CstNode left = children.Get(CstField::kLeft);
  AssignOp op = AssignOp::kAssign;
  if (children.Has(CstField::kOperator)) {
    static constexpr std::string_view kTexts[] = {
#define FCC_JS_ASSIGN(name, text, binary) text,
#include "compiler/js/ops.def"
#undef FCC_JS_ASSIGN
    };
    const std::string_view text = Text(children.Get(CstField::kOperator));
    for (size_t i = 0; i < std::size(kTexts); ++i) {
      if (kTexts[i] == text) {
        op = static_cast<AssignOp>(i);
      }
    }
  }
  const NodeId target = Target(left);
  const NodeId value = Expr(children.Get(CstField::kRight));
  return ast_.NewAssign(node.span, target, value, op);
}

// Where `yield` is a name, what tree-sitter took for its operand may be the
// other side of an operator.
NodeId Converter::YieldFrom(const CstNode& node) {
  const base::Span word{node.span.begin, node.span.begin + 5};
  Children children(*this, node);
  const bool star = children.Has(Cst::kTokenStar);
  CstNode argument;
  bool has_argument = false;
  for (size_t i = 1; i < children.size(); ++i) {
    if (children[i].is_named()) {
      argument = children[i];
      has_argument = true;
    }
  }
  if (context_.generator) {
    const uint32_t next = star
                              ? children.Get(Cst::kTokenStar).span.begin
                              : (has_argument ? argument.span.begin : word.end);
    if (HasLineBreak(word.end, next)) {
      if (star) {
        ErrorUnexpected(children.Get(Cst::kTokenStar).span);
      } else {
        split_at_ = argument;
        return ast_.New<Kind::kYield>(word, NodeId::kNone);
      }
    }
    const NodeId value = has_argument ? Expr(argument) : NodeId::kNone;
    const NodeId id = ast_.New<Kind::kYield>(node.span, value);
    if (star) {
      ast_[id].flags |= flag::kDelegate;
    }
    return id;
  }
  const NodeId name = WordAsIdentifier(word);
  if (!has_argument) {
    return name;
  }
  if (star) {
    return ast_.NewBinary(node.span, BinaryOp::kMultiply, name, Expr(argument));
  }
  return OperandOfName(node, name, argument, DK::kJsYieldOutside);
}

NodeId Converter::AwaitFrom(const CstNode& node) {
  Children children(*this, node);
  const CstNode argument = children[children.size() - 1];
  if (context_.async) {
    return ast_.New<Kind::kAwait>(node.span, Expr(argument));
  }
  if (!context_.await_is_name) {
    const base::Span word{node.span.begin, node.span.begin + 5};
    Error(DK::kJsAwaitOutside, word);
    return Expr(argument);
  }
  return OperandOfName(node,
                       WordAsIdentifier({node.span.begin, node.span.begin + 5}),
                       argument, DK::kJsAwaitOutside);
}

NodeId Converter::OperandOfName(const CstNode& node, NodeId name,
                                const CstNode& argument,
                                diagnostics::Kind otherwise) {
  Children children(*this, argument);
  switch (argument.kind) {
    case Cst::kParenthesizedExpression: {
      const NodeId inside = Expr(children.FirstNamed());
      if (ast_.Is(inside, Kind::kSequence) &&
          !ast_[inside].Has(flag::kParenthesized)) {
        return ast_.New<Kind::kCall>(node.span, name,
                                     ast_.As<Sequence>(inside).expressions());
      }
      return ast_.NewCall(node.span, name, {inside});
    }
    case Cst::kUnaryExpression: {
      const std::string_view op = Text(children.Get(CstField::kOperator));
      if (op == "+" || op == "-") {
        return ast_.NewBinary(node.span,
                              op == "+" ? BinaryOp::kAdd : BinaryOp::kSubtract,
                              name, Expr(children.Get(CstField::kArgument)));
      }
      break;
    }
    case Cst::kArray:
      if (children.size() == 3) {
        return ast_.New<Kind::kIndex>(node.span, name, Expr(children[1]));
      }
      break;
    case Cst::kTemplateString:
      return ast_.New<Kind::kTaggedTemplate>(node.span, name,
                                             TemplateLiteral(argument, true));
    default:
      break;
  }
  if (HasLineBreak(ast_[name].span.end, argument.span.begin)) {
    split_at_ = argument;
    return name;
  }
  Error(otherwise, ast_[name].span);
  return name;
}

NodeId Converter::ArrayFrom(const CstNode& node) {
  std::vector<NodeId> elements;
  bool want_item = true;
  ForEachPart(node, [&](const CstNode& child) {
    if (child.kind == Cst::kTokenComma) {
      if (want_item) {
        elements.push_back(ast_.New<Kind::kHole>(
            base::Span{child.span.begin, child.span.begin}));
      }
      want_item = true;
    } else if (child.kind == Cst::kSpreadElement) {
      Children inside(*this, child);
      const NodeId argument = Expr(inside.FirstNamed());
      elements.push_back(ast_.New<Kind::kSpread>(child.span, argument));
      want_item = false;
    } else if (child.is_named()) {
      elements.push_back(Expr(child));
      want_item = false;
    }
  });
  return ast_.New<Kind::kArray>(node.span, ast_.List(elements));
}

NodeId Converter::KeyFrom(const CstNode& node, uint16_t& flags) {
  switch (node.kind) {
    case Cst::kString:
      return StringLiteral(node);
    case Cst::kNumber:
      return NumberLiteral(node);
    case Cst::kPrivatePropertyIdentifier:
      return PrivateNameFrom(node);
    case Cst::kComputedPropertyName: {
      flags |= flag::kComputed;
      Children children(*this, node);
      return Expr(children.FirstNamed());
    }
    default:
      return ast_.New<Kind::kName>(node.span, NameFrom(node.span));
  }
}

NodeId Converter::ObjectFrom(const CstNode& node) {
  std::vector<NodeId> properties;
  Children children(*this, node);
  bool want_item = true;
  for (size_t i = 0; i < children.size(); ++i) {
    const CstNode child = children[i];
    if (child.kind == Cst::kTokenComma) {
      if (want_item) {
        ErrorUnexpected(child.span);
      }
      want_item = true;
      continue;
    }
    if (!child.is_named()) {
      continue;
    }
    want_item = false;
    if (child.kind == Cst::kPair) {
      Children pair(*this, child);
      uint16_t flags = 0;
      const NodeId key = KeyFrom(pair.Get(CstField::kKey), flags);
      const NodeId value = Expr(pair.Get(CstField::kValue));
      const NodeId id = ast_.New<Kind::kProperty>(child.span, key, value);
      ast_[id].flags = flags;
      properties.push_back(id);
    } else if (child.kind == Cst::kSpreadElement) {
      Children inside(*this, child);
      const NodeId argument = Expr(inside.FirstNamed());
      properties.push_back(ast_.New<Kind::kSpread>(child.span, argument));
    } else if (child.kind == Cst::kMethodDefinition) {
      const NodeId method = MethodFrom(child, MethodOf::kObject, {});
      const Method view = ast_.As<Method>(method);
      if (view.Has(flag::kStatic)) {
        ErrorUnexpected({child.span.begin, child.span.begin + 6});
      }
      const NodeId id =
          ast_.New<Kind::kProperty>(child.span, view.key(), view.value());
      switch (static_cast<MethodKind>(ast_[method].op)) {
        case MethodKind::kGet:
          ast_[id].op = static_cast<uint8_t>(PropertyKind::kGet);
          break;
        case MethodKind::kSet:
          ast_[id].op = static_cast<uint8_t>(PropertyKind::kSet);
          break;
        case MethodKind::kMethod:
        case MethodKind::kConstructor:
          ast_[id].op = static_cast<uint8_t>(PropertyKind::kMethod);
          break;
      }
      ast_[id].flags = ast_[method].flags & flag::kComputed;
      properties.push_back(id);
    } else {
      const NodeId value = IdentifierFrom(child);
      const NodeId key = ast_.New<Kind::kName>(child.span, ast_.NameOf(value));
      const NodeId id = ast_.New<Kind::kProperty>(child.span, key, value);
      ast_[id].flags = flag::kShorthand;
      properties.push_back(id);
    }
  }
  return ast_.New<Kind::kObject>(node.span, ast_.List(properties));
}

NodeId Converter::MetaPropertyFrom(const CstNode& node) {
  return Text(node)[0] == 'n' ? ast_.New<Kind::kNewTarget>(node.span)
                              : ast_.New<Kind::kImportMeta>(node.span);
}

NodeId Converter::SequenceFrom(const CstNode& node) {
  std::vector<NodeId> items;
  ForEachPart(node, [&](const CstNode& child) {
    if (child.is_named()) {
      items.push_back(Expr(child));
    }
  });
  return ast_.New<Kind::kSequence>(node.span, ast_.List(items));
}

}  // namespace fcc::js
