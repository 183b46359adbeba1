// SPDX-License-Identifier: Apache-2.0

#include "compiler/js/parse/converter.h"

namespace fcc::js {

using DK = diagnostics::Kind;

NodeId Converter::DecoratorFrom(const CstNode& node) {
  Children children(*this, node);
  const NodeId expression = Expr(children[children.size() - 1]);
  return ast_.New<Kind::kDecorator>(node.span, expression);
}

NodeId Converter::ClassFrom(const CstNode& node, Kind kind,
                            std::vector<NodeId> decorators) {
  const Context outer = context_;
  // All of a class is strict code, its heritage included.
  context_.strict = true;
  Children children(*this, node);
  NodeId super_class = NodeId::kNone;
  NodeId id = NodeId::kNone;
  uint16_t flags = 0;
  for (size_t i = 0; i < children.size(); ++i) {
    const CstNode child = children[i];
    if (child.kind == Cst::kDecorator) {
      decorators.push_back(DecoratorFrom(child));
    } else if (child.kind == Cst::kTokenAbstract) {
      flags |= flag::kAbstract;
    } else if (child.field == CstField::kName) {
      id = IdentifierFrom(child);
    } else if (child.kind == Cst::kClassHeritage) {
      Children heritage(*this, child);
      if (heritage.Has(Cst::kExtendsClause)) {
        Children clause(*this, heritage.Get(Cst::kExtendsClause));
        super_class = Expr(clause.Get(CstField::kValue));
      } else if (!heritage.Has(Cst::kImplementsClause)) {
        super_class = Expr(heritage.FirstNamed());
      }
    }
  }
  std::vector<NodeId> members;
  Children body(*this, children.Get(CstField::kBody));
  std::vector<NodeId> pending;
  for (size_t i = 0; i < body.size(); ++i) {
    if (body[i].is_named() && !body[i].has_error()) {
      MemberOfClass(body[i], super_class != NodeId::kNone, pending, members);
    }
  }
  context_ = outer;
  const NodeId made = ast_.AddNode(kind, node.span);
  Node& view = ast_[made];
  view.flags = flags;
  view.slots[0] = static_cast<uint32_t>(ast_.List(decorators));
  view.slots[1] = static_cast<uint32_t>(id);
  view.slots[2] = static_cast<uint32_t>(super_class);
  view.slots[3] = static_cast<uint32_t>(ast_.List(members));
  return made;
}

// `pending`: decorators that stand before their member as siblings, as the
// TypeScript grammar has them.
void Converter::MemberOfClass(const CstNode& node, bool derived,
                              std::vector<NodeId>& pending,
                              std::vector<NodeId>& members) {
  std::vector<NodeId> decorators;
  switch (node.kind) {
    case Cst::kDecorator:
      pending.push_back(DecoratorFrom(node));
      return;
    case Cst::kMethodDefinition: {
      // `async` at the end of a line is a field of that name.
      Children children(*this, node);
      for (size_t i = 0; i + 1 < children.size(); ++i) {
        const CstNode child = children[i];
        if (child.kind == Cst::kTokenAsync && child.field == CstField::kNone &&
            HasLineBreak(child.span.end, children[i + 1].span.begin)) {
          const NodeId key = ast_.NewName(child.span, "async");
          members.push_back(ast_.New<Kind::kField>(child.span, ListId::kEmpty,
                                                   key, NodeId::kNone));
        }
      }
      decorators.swap(pending);
      members.push_back(
          MethodFrom(node, derived ? MethodOf::kDerivedClass : MethodOf::kClass,
                     std::move(decorators)));
      return;
    }
    case Cst::kFieldDefinition:
    case Cst::kPublicFieldDefinition: {
      decorators.swap(pending);
      const NodeId field = FieldFrom(node, std::move(decorators));
      if (field != NodeId::kNone) {
        members.push_back(field);
      }
      bool line_break = false;
      const uint32_t next = SkipTrivia(node.span.end, line_break);
      if (!line_break && next < text_.size() && text_[next] != ';' &&
          text_[next] != '}' && !(typescript_ && text_[next] == ',')) {
        Error(DK::kJsExpectedSemicolon, {next, next + 1});
      }
      return;
    }
    case Cst::kClassStaticBlock: {
      const Context outer = context_;
      context_.generator = false;
      context_.async = false;
      context_.await_is_name = false;
      Children children(*this, node);
      Children body(*this, children.Get(CstField::kBody));
      const ListId statements = Statements(body, 0, false);
      context_ = outer;
      members.push_back(ast_.New<Kind::kStaticBlock>(node.span, statements));
      return;
    }
    default:
      // Signatures: types only.
      pending.clear();
      return;
  }
}

NodeId Converter::MethodFrom(const CstNode& node, MethodOf owner,
                             std::vector<NodeId> decorators) {
  Children children(*this, node);
  uint16_t member_flags = 0;
  uint16_t function_flags = flag::kMethod;
  MethodKind kind = MethodKind::kMethod;
  for (size_t i = 0; i < children.size(); ++i) {
    const CstNode child = children[i];
    if (child.field == CstField::kName) {
      break;
    }
    switch (child.kind) {
      case Cst::kDecorator:
        decorators.push_back(DecoratorFrom(child));
        break;
      case Cst::kTokenStatic:
        member_flags |= flag::kStatic;
        break;
      case Cst::kTokenStaticGet:
        member_flags |= flag::kStatic;
        kind = MethodKind::kGet;
        break;
      case Cst::kTokenAsync:
        if (HasLineBreak(child.span.end, children[i + 1].span.begin)) {
          // A class has made a field of it (MemberOfClass); an object cannot.
          if (owner == MethodOf::kObject) {
            ErrorUnexpected(children[i + 1].span);
          }
        } else {
          function_flags |= flag::kAsync;
        }
        break;
      case Cst::kTokenStar:
        function_flags |= flag::kGenerator;
        break;
      case Cst::kTokenGet:
        kind = MethodKind::kGet;
        break;
      case Cst::kTokenSet:
        kind = MethodKind::kSet;
        break;
      default:
        break;
    }
  }
  if (kind != MethodKind::kMethod) {
    function_flags |= flag::kAccessor;
    if ((function_flags & flag::kAsync) != 0) {
      ErrorUnexpected(children.Get(CstField::kName).span);
    }
  }
  const NodeId key = KeyFrom(children.Get(CstField::kName), member_flags);
  const bool plain_key =
      ast_.Is(key, Kind::kName) || ast_.Is(key, Kind::kString);
  if (owner != MethodOf::kObject &&
      (member_flags & (flag::kStatic | flag::kComputed)) == 0 && plain_key &&
      ast_.NameTextOf(key) == "constructor") {
    if (kind != MethodKind::kMethod ||
        (function_flags & (flag::kAsync | flag::kGenerator)) != 0) {
      Error(DK::kJsBadConstructor, ast_[key].span);
    } else {
      kind = MethodKind::kConstructor;
      function_flags |= flag::kClassConstructor;
      if (owner == MethodOf::kDerivedClass) {
        function_flags |= flag::kDerivedConstructor;
      }
    }
  }
  const CstNode parameters = children.Get(CstField::kParameters);
  const NodeId function = MethodFunction(
      children, {parameters.span.begin, node.span.end}, function_flags);
  const NodeId id =
      ast_.New<Kind::kMethod>(node.span, ast_.List(decorators), key, function);
  ast_[id].op = static_cast<uint8_t>(kind);
  ast_[id].flags = member_flags;
  return id;
}

NodeId Converter::MethodFunction(const Children& children, base::Span span,
                                 uint16_t flags) {
  const CstNode body = children.Get(CstField::kBody);
  const Context outer = context_;
  context_.generator = (flags & flag::kGenerator) != 0;
  context_.async = (flags & flag::kAsync) != 0;
  context_.await_is_name = !module_;
  context_.strict |= OpensStrict(body);
  bool simple = true;
  const CstNode list = children.Get(CstField::kParameters);
  const ListId parameters = ParametersFrom(list, simple);
  const NodeId block = FunctionBody(body);
  if (context_.strict) {
    flags |= flag::kStrict;
  }
  if (simple) {
    flags |= flag::kSimpleParameters;
  }
  context_ = outer;
  const NodeId id =
      ast_.New<Kind::kFunction>(span, NodeId::kNone, parameters, block);
  ast_[id].flags = flags;
  return id;
}

NodeId Converter::FieldFrom(const CstNode& node,
                            std::vector<NodeId> decorators) {
  Children children(*this, node);
  uint16_t flags = 0;
  CstNode name;
  for (size_t i = 0; i < children.size(); ++i) {
    const CstNode child = children[i];
    if (child.field == CstField::kProperty || child.field == CstField::kName) {
      name = child;
      break;
    }
    switch (child.kind) {
      case Cst::kDecorator:
        decorators.push_back(DecoratorFrom(child));
        break;
      case Cst::kTokenStatic:
        flags |= flag::kStatic;
        break;
      case Cst::kTokenDeclare:
      case Cst::kTokenAbstract:
        return NodeId::kNone;
      case Cst::kTokenAccessor:
        flags |= flag::kAccessor;
        break;
      default:
        break;
    }
  }
  const NodeId key = KeyFrom(name, flags);
  NodeId value = NodeId::kNone;
  if (children.Has(CstField::kValue)) {
    const Context outer = context_;
    context_.generator = false;
    context_.async = false;
    context_.await_is_name = !module_;
    value = Expr(children.Get(CstField::kValue));
    context_ = outer;
  }
  const NodeId id =
      ast_.New<Kind::kField>(node.span, ast_.List(decorators), key, value);
  ast_[id].flags = flags;
  return id;
}

}  // namespace fcc::js
