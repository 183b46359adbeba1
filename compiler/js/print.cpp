// SPDX-License-Identifier: Apache-2.0
//
// Brackets come from precedence: every expression is printed with the level its
// place asks for, and put in brackets when its own is lower. Three places ask
// for more: the start of a statement (`{`, `function`, `class`, `let [`), the
// head of a `for` (`in`), and the callee of `new` (calls).

#include "compiler/js/print.h"

#include <cmath>

#include "compiler/js/printer.h"
#include "runtime/base/format.h"
#include "runtime/base/unicode.h"

namespace fcc::js {

static int PrecedenceOf(BinaryOp op) {
  static constexpr int kLevels[] = {
#define FCC_JS_BINARY(name, text, precedence) precedence,
#include "compiler/js/ops.def"
#undef FCC_JS_BINARY
  };
  return kLevels[static_cast<size_t>(op)];
}

static int LevelOf(const Ast& ast, NodeId id) {
  const Node& node = ast[id];
  switch (node.kind) {
    case Kind::kSequence:
      return kSequence;
    case Kind::kAssign:
    case Kind::kArrow:
    case Kind::kYield:
    case Kind::kSpread:
      return kAssignment;
    case Kind::kConditional:
      return kConditional;
    case Kind::kBinary:
      return PrecedenceOf(static_cast<BinaryOp>(node.op));
    case Kind::kUnary:
    case Kind::kAwait:
      return kUnary;
    case Kind::kUpdate:
      return node.Has(flag::kPrefix) ? kUnary : kPostfix;
    case Kind::kNumber:
      // -1 made by a pass prints as a unary minus.
      return std::signbit(ast.NumberOf(id)) ? kUnary : kPrimary;
    case Kind::kNew:
      return kMemberLevel;
    case Kind::kCall:
    case Kind::kImportCall:
      return kCallLevel;
    case Kind::kChain:
      // As an object or a callee it needs its brackets: `(a?.b).c`.
      return kNewLevel;
    case Kind::kMember:
    case Kind::kIndex:
    case Kind::kPrivateMember:
    case Kind::kTaggedTemplate:
      return kMemberLevel;
    default:
      return kPrimary;
  }
}

// ---- Small parts ----

void Printer::IdentifierText(std::string_view text, base::Span at,
                             std::string_view original) {
  auto put = [&](std::string_view shown) {
    if (at.empty()) {
      Put(shown);
    } else {
      PutAt(at.begin, shown, original);
    }
  };
  if (!options_.ascii_only) {
    put(text);
    return;
  }
  std::string escaped;
  for (size_t i = 0; i < text.size();) {
    const base::DecodedCodePoint c = base::DecodeUtf8(text, i);
    if (c.code_point < 0x80) {
      escaped += text[i];
    } else if (c.code_point > 0xFFFF) {
      escaped += base::format("\\u{{{:x}}}", c.code_point);
    } else {
      AppendEscapedUnit(escaped, c.code_point);
    }
    i += c.size;
  }
  put(escaped);
}

void Printer::PrintIdentifier(NodeId id) {
  const Node& node = ast_[id];
  const NameId written{node.slots[0]};
  const SymbolId symbol{node.slots[1]};
  const NameId printed =
      symbol == SymbolId::kNone ? written : ast_[symbol].name;
  const std::string_view text = ast_.TextOf(printed);
  // A name that a pass made up stands nowhere in the file.
  const bool has_original = printed != written && symbol != SymbolId::kNone &&
                            ast_[symbol].declaration != NodeId::kNone;
  IdentifierText(text, node.span,
                 has_original ? ast_.TextOf(written) : std::string_view());
}

void Printer::KeyOf(const Node& owner, NodeId key) {
  const Node& node = ast_[key];
  if (owner.Has(flag::kComputed)) {
    Put("[");
    Expression(key, kAssignment);
    Put("]");
    return;
  }
  if (node.kind == Kind::kName) {
    IdentifierText(ast_.NameTextOf(key), node.span, {});
    return;
  }
  Expression(key, kPrimary);
}

void Printer::MethodTail(NodeId id) {
  const Function function = ast_.As<Function>(id);
  Parameters(function.parameters());
  Blank();
  BlockOf(function.body());
}

static void AppendMethodHead(std::string& head, const Node& function) {
  if (function.Has(flag::kAsync)) {
    head += "async ";
  }
  if (function.Has(flag::kGenerator)) {
    head += "*";
  }
}

void Printer::PropertyOf(NodeId id) {
  const Node& node = ast_[id];
  if (node.kind != Kind::kProperty) {
    Expression(id, kAssignment);
    return;
  }
  const Property property = Property{const_cast<Node*>(&node)};
  const NodeId value = property.value();
  switch (static_cast<PropertyKind>(node.op)) {
    case PropertyKind::kInit:
      break;
    case PropertyKind::kGet:
      PutAt(node.span, "get ");
      KeyOf(node, property.key());
      MethodTail(value);
      return;
    case PropertyKind::kSet:
      PutAt(node.span, "set ");
      KeyOf(node, property.key());
      MethodTail(value);
      return;
    case PropertyKind::kMethod: {
      std::string head;
      AppendMethodHead(head, ast_[value]);
      PutAt(node.span, head);
      KeyOf(node, property.key());
      MethodTail(value);
      return;
    }
  }
  if (node.Has(flag::kShorthand)) {
    const NodeId name = ast_.Is(value, Kind::kDefaultPattern)
                            ? ast_.As<DefaultPattern>(value).target()
                            : value;
    if (ast_.Is(name, Kind::kIdentifier)) {
      const SymbolId symbol = ast_.SymbolOf(name);
      const NameId printed =
          symbol == SymbolId::kNone ? ast_.NameOf(name) : ast_[symbol].name;
      if (printed == ast_.NameOf(property.key())) {
        Expression(value, kAssignment);
        return;
      }
    }
  }
  KeyOf(node, property.key());
  Put(":");
  Blank();
  Expression(value, kAssignment);
}

void Printer::CommaList(ListId list, int level) {
  bool first = true;
  for (NodeId id : ast_.Items(list)) {
    if (!first) {
      Comma();
    }
    first = false;
    Expression(id, level);
  }
}

// Elements of an array or a pattern: a hole at the end needs a comma more.
void Printer::ElementList(ListId list) {
  Put("[");
  const std::span<const NodeId> items = ast_.Items(list);
  for (size_t i = 0; i < items.size(); ++i) {
    if (i != 0) {
      Comma();
    }
    if (!ast_.Is(items[i], Kind::kHole)) {
      Expression(items[i], kAssignment);
    } else if (i + 1 == items.size()) {
      Put(",");
    }
  }
  Put("]");
}

void Printer::Parameters(ListId list) {
  Put("(");
  CommaList(list, kAssignment);
  Put(")");
}

void Printer::FunctionOf(NodeId id) {
  const Node& node = ast_[id];
  const Function function{const_cast<Node*>(&node)};
  std::string head = node.Has(flag::kAsync) ? "async function" : "function";
  if (node.Has(flag::kGenerator)) {
    head += '*';
  }
  PutAt(node.span, head);
  if (function.id() != NodeId::kNone) {
    Blank();
    PrintIdentifier(function.id());
  } else if (!compact_) {
    Blank();
  }
  Parameters(function.parameters());
  Blank();
  BlockOf(function.body());
}

void Printer::ArrowOf(NodeId id, int) {
  const Node& node = ast_[id];
  const Arrow arrow{const_cast<Node*>(&node)};
  if (node.Has(flag::kAsync)) {
    PutAt(node.span, "async");
    Blank();
  }
  const std::span<const NodeId> parameters = ast_.Items(arrow.parameters());
  if (compact_ && parameters.size() == 1 &&
      ast_.Is(parameters[0], Kind::kIdentifier)) {
    PrintIdentifier(parameters[0]);
  } else {
    PutAt(node.span, "(");
    CommaList(arrow.parameters(), kAssignment);
    Put(")");
  }
  Blank();
  Put("=>");
  Blank();
  if (ast_.Is(arrow.body(), Kind::kBlock)) {
    BlockOf(arrow.body());
  } else {
    const NodeId outer = bracket_;
    bracket_ = BadStart(arrow.body(), true);
    Expression(arrow.body(), kAssignment);
    bracket_ = outer;
  }
}

void Printer::Decorators(ListId list) {
  for (NodeId id : ast_.Items(list)) {
    PutAt(ast_[id].span, "@");
    Expression(ast_.As<Decorator>(id).expression(), kCallLevel);
    if (compact_) {
      Put(" ");
    } else {
      Blank();
    }
  }
}

void Printer::ClassOf(NodeId id) {
  const Node& node = ast_[id];
  const Class view{const_cast<Node*>(&node)};
  Decorators(view.decorators());
  PutAt(node.span, "class");
  if (view.id() != NodeId::kNone) {
    Blank();
    PrintIdentifier(view.id());
  }
  if (view.super_class() != NodeId::kNone) {
    Blank();
    Put("extends");
    Blank();
    Expression(view.super_class(), kNewLevel);
  }
  Blank();
  OpenBrace();
  for (NodeId member : ast_.Items(view.members())) {
    Member_(member);
  }
  CloseBrace(node.span);
}

void Printer::Member_(NodeId id) {
  const Node& node = ast_[id];
  if (node.kind == Kind::kStaticBlock) {
    PutAt(node.span, "static");
    Blank();
    OpenBrace();
    Statements(ast_.As<StaticBlock>(id).body());
    CloseBrace(node.span);
    EndOfBlock();
    return;
  }
  // Method and Field have the same first slots.
  Decorators(ListId{node.slots[0]});
  const NodeId key{node.slots[1]};
  const NodeId value{node.slots[2]};
  std::string head = node.Has(flag::kStatic) ? "static " : "";
  if (node.kind == Kind::kField) {
    if (node.Has(flag::kAccessor)) {
      head += "accessor ";
    }
    PutAt(node.span, head);
    KeyOf(node, key);
    if (value != NodeId::kNone) {
      Blank();
      Put("=");
      Blank();
      Expression(value, kAssignment);
    }
    // A line break would not always end it: `get` above a method.
    Put(";");
    EndOfBlock();
    return;
  }
  switch (static_cast<MethodKind>(node.op)) {
    case MethodKind::kGet:
      head += "get ";
      break;
    case MethodKind::kSet:
      head += "set ";
      break;
    case MethodKind::kMethod:
    case MethodKind::kConstructor:
      AppendMethodHead(head, ast_[value]);
      break;
  }
  PutAt(node.span, head);
  KeyOf(node, key);
  MethodTail(value);
  EndOfBlock();
}

void Printer::TemplateOf(NodeId id) {
  const Template view = ast_.As<Template>(id);
  const std::span<const NodeId> quasis = ast_.Items(view.quasis());
  const std::span<const NodeId> expressions = ast_.Items(view.expressions());
  PutAt(view.span(), "`");
  for (size_t i = 0; i < quasis.size(); ++i) {
    out_.append(ast_.TextOf(ast_.As<TemplateElement>(quasis[i]).raw()));
    if (i < expressions.size()) {
      out_ += "${";
      Expression(expressions[i], kSequence);
      out_ += '}';
    }
  }
  out_ += '`';
}

void Printer::RegExpOf(NodeId id) {
  const RegExp view = ast_.As<RegExp>(id);
  std::string text = "/";
  const std::string_view pattern = ast_.TextOf(view.pattern());
  text += pattern.empty() ? "(?:)" : WithEscapedSurrogates(pattern);
  text += '/';
  text += ast_.TextOf(view.regexp_flags());
  if (!out_.empty() && out_.back() == '<' && text.substr(0, 7) == "/script") {
    out_ += ' ';
  }
  PutAt(view.span(), text);
}

// ---- Expressions ----

// The node that stands first in the text of `id` and that a statement must not
// begin with, kNone when all is well.
NodeId Printer::BadStart(NodeId id, bool object_only) const {
  while (true) {
    const Node& node = ast_[id];
    switch (node.kind) {
      case Kind::kObject:
        return id;
      case Kind::kFunction:
      case Kind::kClass:
        return object_only ? NodeId::kNone : id;
      case Kind::kIdentifier:
        return !object_only && ast_.NameTextOf(id) == "let" ? id
                                                            : NodeId::kNone;
      case Kind::kAssign:
        if (ast_.Is(NodeId{node.slots[0]}, Kind::kObjectPattern)) {
          return id;
        }
        id = NodeId{node.slots[0]};
        break;
      case Kind::kUpdate:
        if (node.Has(flag::kPrefix)) {
          return NodeId::kNone;
        }
        id = NodeId{node.slots[0]};
        break;
      case Kind::kSequence:
        id = ast_.Items(ListId{node.slots[0]})[0];
        break;
      case Kind::kBinary:
      case Kind::kConditional:
      case Kind::kMember:
      case Kind::kIndex:
      case Kind::kPrivateMember:
      case Kind::kCall:
      case Kind::kTaggedTemplate:
      case Kind::kChain:
        id = NodeId{node.slots[0]};
        break;
      default:
        return NodeId::kNone;
    }
  }
}

bool Printer::CallsInside(NodeId id) const {
  while (true) {
    const Node& node = ast_[id];
    switch (node.kind) {
      case Kind::kCall:
      case Kind::kImportCall:
      case Kind::kChain:
        return true;
      case Kind::kMember:
      case Kind::kIndex:
      case Kind::kPrivateMember:
      case Kind::kTaggedTemplate:
        id = NodeId{node.slots[0]};
        break;
      default:
        return false;
    }
  }
}

void Printer::Expression(NodeId id, int level) {
  const Node& node = ast_[id];
  const bool in_in_head = no_in_ && node.kind == Kind::kBinary &&
                          static_cast<BinaryOp>(node.op) == BinaryOp::kIn;
  if (LevelOf(ast_, id) < level || id == bracket_ || in_in_head) {
    const NodeId outer = bracket_;
    const bool outer_no_in = no_in_;
    bracket_ = NodeId::kNone;
    no_in_ = false;
    Put("(");
    ExpressionInner(id, kSequence);
    Put(")");
    bracket_ = outer;
    no_in_ = outer_no_in;
    return;
  }
  ExpressionInner(id, level);
}

// Left-leaning chains are walked, not descended.
void Printer::BinaryChain(NodeId id) {
  std::vector<NodeId> chain;
  NodeId at = id;
  while (true) {
    const Node& node = ast_[at];
    chain.push_back(at);
    const NodeId left{node.slots[0]};
    const BinaryOp op = static_cast<BinaryOp>(node.op);
    const Node& left_node = ast_[left];
    if (left_node.kind != Kind::kBinary || op == BinaryOp::kExponent ||
        left == bracket_ ||
        PrecedenceOf(static_cast<BinaryOp>(left_node.op)) < PrecedenceOf(op) ||
        (op == BinaryOp::kCoalesce &&
         static_cast<BinaryOp>(left_node.op) != BinaryOp::kCoalesce &&
         IsLogical(static_cast<BinaryOp>(left_node.op))) ||
        (no_in_ && static_cast<BinaryOp>(left_node.op) == BinaryOp::kIn)) {
      break;
    }
    at = left;
  }
  for (size_t i = chain.size(); i-- > 0;) {
    const Node& node = ast_[chain[i]];
    const Binary binary{const_cast<Node*>(&node)};
    const BinaryOp op = static_cast<BinaryOp>(node.op);
    const int precedence = PrecedenceOf(op);
    auto operand_level = [&](NodeId operand, int wanted) {
      const bool mixed =
          op == BinaryOp::kCoalesce && ast_.Is(operand, Kind::kBinary) &&
          IsLogical(static_cast<BinaryOp>(ast_[operand].op)) &&
          static_cast<BinaryOp>(ast_[operand].op) != BinaryOp::kCoalesce;
      return mixed ? static_cast<int>(kPrimary) : wanted;
    };
    if (i + 1 == chain.size()) {
      const NodeId left = binary.left();
      Expression(left, operand_level(left, op == BinaryOp::kExponent
                                               ? static_cast<int>(kPostfix)
                                               : precedence));
    }
    Blank();
    Put(TextOf(op));
    Blank();
    const NodeId right = binary.right();
    Expression(right, operand_level(right, op == BinaryOp::kExponent
                                               ? precedence
                                               : precedence + 1));
  }
}

void Printer::ExpressionInner(NodeId id, int level) {
  const Node& node = ast_[id];
  Node* raw = const_cast<Node*>(&node);
  switch (node.kind) {
    case Kind::kIdentifier:
      PrintIdentifier(id);
      return;
    case Kind::kName:
      IdentifierText(ast_.NameTextOf(id), node.span, {});
      return;
    case Kind::kPrivateName: {
      const SymbolId symbol = ast_.SymbolOf(id);
      const NameId name =
          symbol == SymbolId::kNone ? ast_.NameOf(id) : ast_[symbol].name;
      PutAt(node.span, base::format("#{}", ast_.TextOf(name)));
      return;
    }
    case Kind::kThis:
      PutAt(node.span, "this");
      return;
    case Kind::kSuper:
      PutAt(node.span, "super");
      return;
    case Kind::kNull:
      PutAt(node.span, "null");
      return;
    case Kind::kBoolean:
      PutAt(node.span, node.op ? "true" : "false");
      return;
    case Kind::kNumber:
      PutAt(node.span, PrintNumber(ast_.NumberOf(id), compact_));
      return;
    case Kind::kBigInt:
      PutAt(node.span, base::format("{}n", ast_.NameTextOf(id)));
      return;
    case Kind::kString:
      PutAt(node.span, QuoteString(ast_.NameTextOf(id), options_.ascii_only));
      return;
    case Kind::kRegExp:
      RegExpOf(id);
      return;
    case Kind::kTemplate:
      TemplateOf(id);
      return;
    case Kind::kTaggedTemplate:
      Expression(TaggedTemplate{raw}.tag(), kCallLevel);
      TemplateOf(TaggedTemplate{raw}.quasi());
      return;
    case Kind::kArray:
      PutAt(node.span, "");
      ElementList(Array{raw}.elements());
      return;
    case Kind::kArrayPattern:
      ElementList(ArrayPattern{raw}.elements());
      return;
    case Kind::kObject:
    case Kind::kObjectPattern: {
      const std::span<const NodeId> items = ast_.Items(ListId{node.slots[0]});
      // Long literals of readable text have a line for each property.
      const bool broken = !compact_ && items.size() > 3;
      Put("{");
      if (broken) {
        ++indent_;
      }
      for (size_t i = 0; i < items.size(); ++i) {
        if (i != 0) {
          Put(",");
        }
        if (broken) {
          owed_ = Owed::kBreak;
        } else {
          Blank();
        }
        PropertyOf(items[i]);
      }
      if (broken) {
        --indent_;
        owed_ = Owed::kBreak;
      } else if (!items.empty()) {
        Blank();
      }
      Put("}");
      return;
    }
    case Kind::kDefaultPattern:
      Expression(DefaultPattern{raw}.target(), kAssignment);
      Blank();
      Put("=");
      Blank();
      Expression(DefaultPattern{raw}.value(), kAssignment);
      return;
    case Kind::kSpread:
    case Kind::kRest:
      PutAt(node.span, "...");
      Expression(NodeId{node.slots[0]}, kAssignment);
      return;
    case Kind::kFunction:
    case Kind::kFunctionDeclaration:
      FunctionOf(id);
      return;
    case Kind::kArrow:
      ArrowOf(id, level);
      return;
    case Kind::kClass:
    case Kind::kClassDeclaration:
      ClassOf(id);
      return;
    case Kind::kUnary:
      PutAt(node.span, TextOf(static_cast<UnaryOp>(node.op)));
      if (static_cast<UnaryOp>(node.op) >= UnaryOp::kTypeOf) {
        Blank();
      }
      Expression(Unary{raw}.argument(), kUnary);
      return;
    case Kind::kUpdate: {
      const std::string_view op =
          static_cast<UpdateOp>(node.op) == UpdateOp::kIncrement ? "++" : "--";
      if (node.Has(flag::kPrefix)) {
        PutAt(node.span, op);
        Expression(Update{raw}.argument(), kUnary);
      } else {
        Expression(Update{raw}.argument(), kNewLevel);
        Put(op);
      }
      return;
    }
    case Kind::kBinary:
      BinaryChain(id);
      return;
    case Kind::kAssign:
      Expression(Assign{raw}.target(), kNewLevel);
      Blank();
      Put(TextOf(static_cast<AssignOp>(node.op)));
      Blank();
      Expression(Assign{raw}.value(), kAssignment);
      return;
    case Kind::kConditional:
      Expression(Conditional{raw}.test(), kCoalesce);
      Blank();
      Put("?");
      Blank();
      Expression(Conditional{raw}.consequent(), kAssignment);
      Blank();
      Put(":");
      Blank();
      Expression(Conditional{raw}.alternate(), kAssignment);
      return;
    case Kind::kCall:
      Expression(Call{raw}.callee(), kCallLevel);
      if (node.Has(flag::kOptional)) {
        Put("?.");
      }
      Put("(");
      CommaList(Call{raw}.arguments(), kAssignment);
      Put(")");
      return;
    case Kind::kNew: {
      PutAt(node.span, "new");
      Blank();
      const NodeId callee = New{raw}.callee();
      if (CallsInside(callee)) {
        Put("(");
        ExpressionInner(callee, kSequence);
        Put(")");
      } else {
        Expression(callee, kMemberLevel);
      }
      if (!compact_ || level > kNewLevel ||
          !ast_.Items(New{raw}.arguments()).empty()) {
        Put("(");
        CommaList(New{raw}.arguments(), kAssignment);
        Put(")");
      }
      return;
    }
    case Kind::kMember: {
      const Member member{raw};
      if (ast_.Is(member.object(), Kind::kNumber)) {
        Put("(");
        Expression(member.object(), kSequence);
        Put(")");
      } else {
        Expression(member.object(), kCallLevel);
      }
      Put(node.Has(flag::kOptional) ? "?." : ".");
      // What a helper brought along keeps the place in its own text.
      IdentifierText(ast_.TextOf(member.name()),
                     node.span.empty()
                         ? base::Span{}
                         : base::Span{member.name_begin(), node.span.end},
                     {});
      return;
    }
    case Kind::kIndex:
      Expression(Index{raw}.object(), kCallLevel);
      Put(node.Has(flag::kOptional) ? "?.[" : "[");
      Expression(Index{raw}.index(), kSequence);
      Put("]");
      return;
    case Kind::kPrivateMember:
      Expression(PrivateMember{raw}.object(), kCallLevel);
      Put(node.Has(flag::kOptional) ? "?." : ".");
      Expression(PrivateMember{raw}.name(), kPrimary);
      return;
    case Kind::kChain:
      ExpressionInner(Chain{raw}.expression(), level);
      return;
    case Kind::kSequence:
      CommaList(Sequence{raw}.expressions(), kAssignment);
      return;
    case Kind::kYield:
      PutAt(node.span, node.Has(flag::kDelegate) ? "yield*" : "yield");
      if (Yield{raw}.argument() != NodeId::kNone) {
        Blank();
        Expression(Yield{raw}.argument(), kAssignment);
      }
      return;
    case Kind::kAwait:
      PutAt(node.span, "await");
      Blank();
      Expression(Await{raw}.argument(), kUnary);
      return;
    case Kind::kImportCall:
      PutAt(node.span, "import(");
      CommaList(ImportCall{raw}.arguments(), kAssignment);
      Put(")");
      return;
    case Kind::kImportMeta:
      PutAt(node.span, "import.meta");
      return;
    case Kind::kNewTarget:
      PutAt(node.span, "new.target");
      return;
    case Kind::kTsParameter:
      Decorators(TsParameter{raw}.decorators());
      if (node.Has(flag::kParameterProperty)) {
        Put("public ");
      }
      Expression(TsParameter{raw}.target(), kAssignment);
      return;
    case Kind::kVariable:
      Declarators(id);
      return;
    case Kind::kHole:
      return;
    default:
      // Statements are Statement's.
      FCC_CHECK(false);
  }
}

PrintResult Print(const Ast& ast, const PrintOptions& options) {
  Printer printer(ast, options);
  printer.Statements(ast.As<Program>(ast.root()).body());
  return printer.Finish();
}

std::string PrintNode(const Ast& ast, NodeId id) {
  PrintOptions options;
  Printer printer(ast, options);
  printer.Statement(id);
  std::string text = printer.Finish().code;
  text.pop_back();
  return text;
}

}  // namespace fcc::js
