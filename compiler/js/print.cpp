// SPDX-License-Identifier: Apache-2.0
//
// Brackets come from precedence: every expression is printed with the level its
// place asks for, and put in brackets when its own is lower. Three places ask
// for more: the start of a statement (`{`, `function`, `class`, `let [`), the
// head of a `for` (`in`), and the callee of `new` (calls).

#include "compiler/js/print.h"

#include <cmath>
#include <optional>

#include "compiler/js/parse/text.h"
#include "compiler/js/print_internal.h"
#include "runtime/base/format.h"
#include "runtime/base/json.h"
#include "runtime/base/unicode.h"

namespace fcc::js {

namespace {

// Levels of the expression grammar, loosest first; binary operators have
// kCoalesce and on by ops.def.
enum Level : int {
  kSequence = 0,
  kAssignment = 1,
  kConditional = 2,
  kCoalesce = 3,
  kExponent = 14,
  kUnary = 15,
  kPostfix = 16,
  // `new X` without arguments.
  kNewLevel = 17,
  kCallLevel = 18,
  kMemberLevel = 19,
  kPrimary = 20,
};

}  // namespace

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

std::string PrintNumber(double value, bool compact) {
  std::string text = base::NumberToString(value);
  if (!compact) {
    return text;
  }
  if (text.substr(0, 2) == "0.") {
    text.erase(0, 1);
  }
  const size_t e = text.find("e+");
  if (e != std::string::npos) {
    text.erase(e + 1, 1);
  } else if (text.find_first_of(".e") == std::string::npos) {
    size_t zeros = 0;
    while (zeros + 1 < text.size() && text[text.size() - 1 - zeros] == '0') {
      ++zeros;
    }
    if (zeros > 2) {
      text = text.substr(0, text.size() - zeros) + "e" + std::to_string(zeros);
    }
  }
  return text;
}

static void AppendEscapedUnit(std::string& out, uint32_t unit) {
  out += base::format("\\u{:04x}", unit);
}

// Raw text, which may hold lone surrogates in three bytes where eval was handed
// such a string.
static std::string WithEscapedSurrogates(std::string_view text) {
  std::string out;
  for (size_t at = 0; at < text.size();) {
    if (text[at] == '\xED' && at + 2 < text.size() &&
        static_cast<unsigned char>(text[at + 1]) >= 0xA0) {
      AppendEscapedUnit(out, base::DecodeUtf8(text, at).code_point);
      at += 3;
    } else {
      out += text[at++];
    }
  }
  return out;
}

// What cannot stand as it is in a literal of that quote. Lone surrogates must
// be escaped: no UTF-8 text can hold them.
static void AppendLiteralText(std::string& out, std::string_view text,
                              char quote, bool ascii_only) {
  for (size_t at = 0; at < text.size();) {
    const unsigned char c = static_cast<unsigned char>(text[at]);
    if (c >= 0x20 && c < 0x7F && c != '\\' &&
        c != static_cast<unsigned char>(quote)) {
      // `</script` would end a script in a page.
      if (c == '<' && text.substr(at, 8) == "</script") {
        out += "<\\/script";
        at += 8;
        continue;
      }
      out += static_cast<char>(c);
      ++at;
      continue;
    }
    if (c == static_cast<unsigned char>(quote) || c == '\\') {
      out += '\\';
      out += static_cast<char>(c);
      ++at;
      continue;
    }
    if (c < 0x80) {
      ++at;
      switch (c) {
        case '\n':
          out += "\\n";
          break;
        case '\r':
          out += "\\r";
          break;
        case '\t':
          out += "\\t";
          break;
        case '\b':
          out += "\\b";
          break;
        case '\f':
          out += "\\f";
          break;
        case '\v':
          out += "\\v";
          break;
        case 0:
          out += at < text.size() && text[at] >= '0' && text[at] <= '9'
                     ? "\\x00"
                     : "\\0";
          break;
        default:
          out += base::format("\\x{:02x}", c);
          break;
      }
      continue;
    }
    const base::DecodedCodePoint decoded = base::DecodeUtf8(text, at);
    const uint32_t code_point = decoded.code_point;
    const bool must = (code_point >= 0xD800 && code_point <= 0xDFFF) ||
                      code_point == 0x2028 || code_point == 0x2029 ||
                      code_point == 0xFEFF;
    if (!must && !ascii_only) {
      out.append(text.substr(at, decoded.size));
    } else if (code_point > 0xFFFF) {
      AppendEscapedUnit(out, 0xD800 + ((code_point - 0x10000) >> 10));
      AppendEscapedUnit(out, 0xDC00 + ((code_point - 0x10000) & 0x3FF));
    } else {
      AppendEscapedUnit(out, code_point);
    }
    at += decoded.size;
  }
}

// The quote that needs fewer escapes; `"` when equal.
std::string QuoteString(std::string_view value, bool ascii_only) {
  size_t singles = 0;
  size_t doubles = 0;
  for (char c : value) {
    singles += c == '\'';
    doubles += c == '"';
  }
  const char quote = doubles > singles ? '\'' : '"';
  std::string out(1, quote);
  AppendLiteralText(out, value, quote, ascii_only);
  return out + quote;
}

namespace {

class Printer {
 public:
  Printer(const Ast& ast, const PrintOptions& options)
      : ast_(ast), options_(options), compact_(options.compact) {
    if (options.source_map) {
      map_.emplace(ast.file());
    }
  }

  PrintResult Finish() {
    if (!out_.empty() && out_.back() != '\n') {
      out_ += '\n';
    }
    PrintResult result;
    if (map_.has_value()) {
      result.map = map_->Take();
    }
    result.code = std::move(out_);
    return result;
  }

  void Statements(ListId list) {
    for (NodeId id : ast_.Items(list)) {
      Statement(id);
    }
  }
  void Statement(NodeId id);
  void Expression(NodeId id, int level);

 private:
  static bool IsWord(char c) {
    return static_cast<unsigned char>(c) >= 0x80 ||
           IsIdentifierPart(static_cast<unsigned char>(c));
  }
  // Whether `a` and `b` side by side would be read as something else.
  static bool Glues(char a, char b) {
    return (IsWord(a) && (IsWord(b) || b == '\\' || b == '#')) ||
           (a == '+' && b == '+') || (a == '-' && b == '-') ||
           (a == '/' && (b == '/' || b == '*')) || (a == '<' && b == '!') ||
           (a == '-' && b == '>');
  }
  // Whether a statement that begins so could be read on from the one before.
  static bool CouldContinue(char next) {
    return next == '(' || next == '[' || next == '`' || next == '+' ||
           next == '-' || next == '*' || next == '/' || next == ',' ||
           next == '.' || next == '<' || next == '=' || next == '?' ||
           next == ';';
  }

  // Pays what is owed before text that begins with `next`.
  void Settle(char next) {
    const Owed owed = owed_;
    owed_ = Owed::kNothing;
    if (owed != Owed::kNothing && !compact_) {
      out_ += '\n';
      out_.append(static_cast<size_t>(indent_) * 2, ' ');
    } else if (owed == Owed::kEnd) {
      if (next != '}') {
        out_ += CouldContinue(next) ? ';' : '\n';
      }
    } else if (!out_.empty() && Glues(out_.back(), next)) {
      out_ += ' ';
    }
  }
  void Put(std::string_view text) {
    if (!text.empty()) {
      Settle(text[0]);
      out_.append(text);
    }
  }
  // Text that comes from the place `at` of the file.
  void PutAt(uint32_t at, std::string_view text,
             std::string_view original_name = {}) {
    if (text.empty()) {
      return;
    }
    Settle(text[0]);
    if (map_.has_value()) {
      map_->Add(out_, at, original_name);
    }
    out_.append(text);
  }
  void PutAt(base::Span span, std::string_view text) {
    if (span.empty()) {
      Put(text);
    } else {
      PutAt(span.begin, text);
    }
  }
  void Blank() {
    if (!compact_ && owed_ == Owed::kNothing && !out_.empty() &&
        out_.back() != ' ' && out_.back() != '\n') {
      out_ += ' ';
    }
  }
  void Comma() {
    Put(",");
    Blank();
  }
  // After a statement that wants `;`, and after one that does not.
  void End() {
    if (!compact_) {
      out_ += ';';
    }
    owed_ = Owed::kEnd;
  }
  void EndOfBlock() { owed_ = Owed::kBreak; }

  void OpenBrace() {
    Put("{");
    ++indent_;
    owed_ = Owed::kBreak;
  }
  void CloseBrace(base::Span span) {
    --indent_;
    if (out_.back() == '{') {
      owed_ = Owed::kNothing;
    }
    if (span.empty()) {
      Put("}");
    } else {
      PutAt(span.end - 1, "}");
    }
  }

  // `at` is empty for a name that no text of the file stands for.
  void IdentifierText(std::string_view text, base::Span at,
                      std::string_view original);
  void PrintIdentifier(NodeId id);
  void KeyOf(const Node& owner, NodeId key);
  void PropertyOf(NodeId id);
  void MethodTail(NodeId function);
  void Member_(NodeId id);
  void Parameters(ListId list);
  void FunctionOf(NodeId id);
  void ArrowOf(NodeId id, int level);
  void ClassOf(NodeId id);
  void BlockOf(NodeId id);
  void Body(NodeId id);
  void CommaList(ListId list, int level);
  void ElementList(ListId list);
  void Declarators(NodeId id);
  void Decorators(ListId list);
  void TemplateOf(NodeId id);
  void BinaryChain(NodeId id);
  void Source(NodeId source, NodeId attributes);
  void ModuleStatement(NodeId id);
  void TypeScriptStatement(NodeId id);
  void ExpressionInner(NodeId id, int level);
  void ExpressionStatementOf(NodeId expression, bool object_only);
  void IfOf(NodeId id);
  void ForOf_(NodeId id);
  void TryOf(NodeId id);
  void SwitchOf(NodeId id);
  void RegExpOf(NodeId id);

  NodeId BadStart(NodeId id, bool object_only) const;
  bool EndsInOpenIf(NodeId id) const;
  bool CallsInside(NodeId callee) const;

  enum class Owed : uint8_t {
    kNothing,
    // A line break if the text is readable.
    kBreak,
    // A line break that stands for `;`.
    kEnd,
  };

  const Ast& ast_;
  const PrintOptions& options_;
  const bool compact_;
  // When one is asked for.
  std::optional<MapWriter> map_;
  std::string out_;
  int indent_ = 0;
  Owed owed_ = Owed::kNothing;
  // In the head of a `for`: `in` needs brackets.
  bool no_in_ = false;
  // The node that begins a statement and must not do so bare.
  NodeId bracket_ = NodeId::kNone;
};

}  // namespace

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

// ---- Statements ----

void Printer::BlockOf(NodeId id) {
  OpenBrace();
  Statements(ast_.As<Block>(id).body());
  CloseBrace(ast_[id].span);
}

void Printer::Declarators(NodeId id) {
  const Variable view = ast_.As<Variable>(id);
  PutAt(view.span(), TextOf(static_cast<DeclarationKind>(ast_[id].op)));
  Blank();
  bool first = true;
  for (NodeId item : ast_.Items(view.declarators())) {
    if (!first) {
      Comma();
    }
    first = false;
    const Declarator declarator = ast_.As<Declarator>(item);
    Expression(declarator.target(), kAssignment);
    if (declarator.value() != NodeId::kNone) {
      Blank();
      Put("=");
      Blank();
      Expression(declarator.value(), kAssignment);
    }
  }
}

void Printer::ExpressionStatementOf(NodeId expression, bool object_only) {
  const NodeId outer = bracket_;
  bracket_ = BadStart(expression, object_only);
  Expression(expression, kSequence);
  bracket_ = outer;
}

// The body of a loop or a branch.
void Printer::Body(NodeId id) {
  if (ast_.Is(id, Kind::kBlock)) {
    Blank();
    BlockOf(id);
    EndOfBlock();
  } else if (ast_.Is(id, Kind::kEmpty)) {
    Put(";");
    EndOfBlock();
  } else {
    ++indent_;
    EndOfBlock();
    Statement(id);
    --indent_;
  }
}

// Whether an `else` after the statement would be taken by an `if` inside it.
bool Printer::EndsInOpenIf(NodeId id) const {
  while (true) {
    const Node& node = ast_[id];
    switch (node.kind) {
      case Kind::kIf:
        if (NodeId{node.slots[2]} == NodeId::kNone) {
          return true;
        }
        id = NodeId{node.slots[2]};
        break;
      case Kind::kFor:
        id = NodeId{node.slots[3]};
        break;
      case Kind::kForIn:
      case Kind::kForOf:
        id = NodeId{node.slots[2]};
        break;
      case Kind::kWhile:
      case Kind::kWith:
      case Kind::kLabeled:
        id = NodeId{node.slots[1]};
        break;
      default:
        return false;
    }
  }
}

void Printer::IfOf(NodeId id) {
  const If view = ast_.As<If>(id);
  PutAt(view.span(), "if");
  Blank();
  Put("(");
  Expression(view.test(), kSequence);
  Put(")");
  if (view.alternate() == NodeId::kNone) {
    Body(view.consequent());
    return;
  }
  if (EndsInOpenIf(view.consequent())) {
    Blank();
    OpenBrace();
    Statement(view.consequent());
    CloseBrace({});
    EndOfBlock();
  } else {
    Body(view.consequent());
  }
  if (!compact_ && out_.back() == '}') {
    owed_ = Owed::kNothing;
    Blank();
  }
  Put("else");
  if (ast_.Is(view.alternate(), Kind::kIf)) {
    Put(" ");
    IfOf(view.alternate());
  } else {
    Body(view.alternate());
  }
}

void Printer::ForOf_(NodeId id) {
  const Node& node = ast_[id];
  PutAt(node.span, "for");
  Blank();
  if (node.kind == Kind::kFor) {
    const For view = ast_.As<For>(id);
    Put("(");
    no_in_ = true;
    if (view.init() != NodeId::kNone) {
      if (ast_.Is(view.init(), Kind::kVariable)) {
        Declarators(view.init());
      } else {
        ExpressionStatementOf(view.init(), false);
      }
    }
    no_in_ = false;
    Put(";");
    if (view.test() != NodeId::kNone) {
      Blank();
      Expression(view.test(), kSequence);
    }
    Put(";");
    if (view.update() != NodeId::kNone) {
      Blank();
      Expression(view.update(), kSequence);
    }
    Put(")");
    Body(view.body());
    return;
  }
  const ForOf view{const_cast<Node*>(&node)};
  if (node.kind == Kind::kForOf && node.Has(flag::kAwait)) {
    Put("await");
    Blank();
  }
  Put("(");
  no_in_ = true;
  const NodeId outer = bracket_;
  bracket_ = NodeId::kNone;
  if (ast_.Is(view.left(), Kind::kIdentifier)) {
    const std::string_view name = ast_.NameTextOf(view.left());
    if (name == "let" || (name == "async" && node.kind == Kind::kForOf)) {
      bracket_ = view.left();
    }
  }
  if (ast_.Is(view.left(), Kind::kVariable)) {
    Declarators(view.left());
  } else {
    Expression(view.left(), kNewLevel);
  }
  bracket_ = outer;
  no_in_ = false;
  Put(node.kind == Kind::kForOf ? " of " : " in ");
  Expression(view.right(), node.kind == Kind::kForOf ? kAssignment : kSequence);
  Put(")");
  Body(view.body());
}

void Printer::TryOf(NodeId id) {
  const Try view = ast_.As<Try>(id);
  PutAt(view.span(), "try");
  Blank();
  BlockOf(view.block());
  if (view.handler() != NodeId::kNone) {
    const Catch handler = ast_.As<Catch>(view.handler());
    Blank();
    PutAt(handler.span(), "catch");
    Blank();
    if (handler.parameter() != NodeId::kNone) {
      Put("(");
      Expression(handler.parameter(), kAssignment);
      Put(")");
      Blank();
    }
    BlockOf(handler.body());
  }
  if (view.finalizer() != NodeId::kNone) {
    Blank();
    Put("finally");
    Blank();
    BlockOf(view.finalizer());
  }
  EndOfBlock();
}

void Printer::SwitchOf(NodeId id) {
  const Switch view = ast_.As<Switch>(id);
  PutAt(view.span(), "switch");
  Blank();
  Put("(");
  Expression(view.discriminant(), kSequence);
  Put(")");
  Blank();
  OpenBrace();
  for (NodeId item : ast_.Items(view.cases())) {
    const Case clause = ast_.As<Case>(item);
    if (clause.test() == NodeId::kNone) {
      PutAt(clause.span(), "default");
    } else {
      PutAt(clause.span(), "case");
      Blank();
      Expression(clause.test(), kSequence);
    }
    Put(":");
    ++indent_;
    EndOfBlock();
    Statements(clause.body());
    --indent_;
    if (owed_ == Owed::kNothing) {
      EndOfBlock();
    }
  }
  CloseBrace(view.span());
  EndOfBlock();
}

void Printer::Statement(NodeId id) {
  const Node& node = ast_[id];
  Node* raw = const_cast<Node*>(&node);
  switch (node.kind) {
    case Kind::kExpressionStatement:
      ExpressionStatementOf(ExpressionStatement{raw}.expression(), false);
      End();
      return;
    case Kind::kDirective: {
      const std::string text =
          WithEscapedSurrogates(ast_.TextOf(Directive{raw}.raw()));
      const char* quote = text.find('"') == std::string::npos ? "\"" : "'";
      PutAt(node.span, base::format("{}{}{}", quote, text, quote));
      End();
      return;
    }
    case Kind::kVariable:
      Declarators(id);
      End();
      return;
    case Kind::kFunctionDeclaration:
      FunctionOf(id);
      EndOfBlock();
      return;
    case Kind::kClassDeclaration:
      ClassOf(id);
      EndOfBlock();
      return;
    case Kind::kBlock:
      BlockOf(id);
      EndOfBlock();
      return;
    case Kind::kEmpty:
      Put(";");
      EndOfBlock();
      return;
    case Kind::kIf:
      IfOf(id);
      return;
    case Kind::kFor:
    case Kind::kForIn:
    case Kind::kForOf:
      ForOf_(id);
      return;
    case Kind::kWhile:
      PutAt(node.span, "while");
      Blank();
      Put("(");
      Expression(While{raw}.test(), kSequence);
      Put(")");
      Body(While{raw}.body());
      return;
    case Kind::kDoWhile:
      PutAt(node.span, "do");
      Body(DoWhile{raw}.body());
      if (!compact_ && out_.back() == '}') {
        owed_ = Owed::kNothing;
        Blank();
      }
      Put("while");
      Blank();
      Put("(");
      Expression(DoWhile{raw}.test(), kSequence);
      Put(")");
      End();
      return;
    case Kind::kReturn:
    case Kind::kThrow: {
      PutAt(node.span, node.kind == Kind::kReturn ? "return" : "throw");
      const NodeId argument{node.slots[0]};
      if (argument != NodeId::kNone) {
        Blank();
        Expression(argument, kSequence);
      }
      End();
      return;
    }
    case Kind::kBreak:
    case Kind::kContinue: {
      PutAt(node.span, node.kind == Kind::kBreak ? "break" : "continue");
      const NameId label{node.slots[0]};
      if (label != NameId::kNone) {
        Put(" ");
        Put(ast_.TextOf(label));
      }
      End();
      return;
    }
    case Kind::kTry:
      TryOf(id);
      return;
    case Kind::kSwitch:
      SwitchOf(id);
      return;
    case Kind::kLabeled:
      PutAt(node.span, ast_.TextOf(Labeled{raw}.label()));
      Put(":");
      Blank();
      Statement(Labeled{raw}.body());
      return;
    case Kind::kDebugger:
      PutAt(node.span, "debugger");
      End();
      return;
    case Kind::kWith:
      PutAt(node.span, "with");
      Blank();
      Put("(");
      Expression(With{raw}.object(), kSequence);
      Put(")");
      Body(With{raw}.body());
      return;
    case Kind::kImport:
    case Kind::kExportDeclaration:
    case Kind::kExportNamed:
    case Kind::kExportDefault:
    case Kind::kExportAll:
      ModuleStatement(id);
      return;
    case Kind::kTsEnum:
    case Kind::kTsNamespace:
    case Kind::kTsImportEquals:
    case Kind::kTsExportAssignment:
    case Kind::kTsType:
      TypeScriptStatement(id);
      return;
    case Kind::kSplice:
      Statements(Splice{raw}.body());
      return;
    default:
      // An expression printed by PrintNode.
      Expression(id, kSequence);
      return;
  }
}

void Printer::Source(NodeId source, NodeId attributes) {
  Expression(source, kPrimary);
  if (attributes != NodeId::kNone) {
    Put(" with ");
    Expression(attributes, kPrimary);
  }
  End();
}

void Printer::ModuleStatement(NodeId id) {
  const Node& node = ast_[id];
  Node* raw = const_cast<Node*>(&node);
  switch (node.kind) {
    case Kind::kImport: {
      const Import view{raw};
      PutAt(node.span, "import");
      Blank();
      bool braces = false;
      bool first = true;
      for (NodeId item : ast_.Items(view.specifiers())) {
        if (!first) {
          Comma();
        }
        first = false;
        if (ast_.Is(item, Kind::kImportDefault)) {
          PrintIdentifier(ast_.As<ImportDefault>(item).local());
          continue;
        }
        if (ast_.Is(item, Kind::kImportNamespace)) {
          Put("* as ");
          PrintIdentifier(ast_.As<ImportNamespace>(item).local());
          continue;
        }
        if (!braces) {
          Put("{");
          braces = true;
        }
        const ImportSpecifier specifier = ast_.As<ImportSpecifier>(item);
        const SymbolId symbol = ast_.SymbolOf(specifier.local());
        const NameId local = symbol == SymbolId::kNone
                                 ? ast_.NameOf(specifier.local())
                                 : ast_[symbol].name;
        if (!ast_.Is(specifier.imported(), Kind::kName) ||
            ast_.NameOf(specifier.imported()) != local) {
          Expression(specifier.imported(), kPrimary);
          Put(" as ");
        }
        PrintIdentifier(specifier.local());
      }
      if (braces) {
        Put("}");
      } else if (first && !node.Has(flag::kBare)) {
        Put("{}");
      }
      if (!node.Has(flag::kBare)) {
        Blank();
        Put("from");
        Blank();
      }
      Source(view.source(), view.attributes());
      return;
    }
    case Kind::kExportDeclaration:
      PutAt(node.span, "export ");
      Statement(ExportDeclaration{raw}.declaration());
      return;
    case Kind::kExportDefault: {
      PutAt(node.span, "export default ");
      const NodeId value = ExportDefault{raw}.value();
      if (ast_.Is(value, Kind::kFunctionDeclaration) ||
          ast_.Is(value, Kind::kClassDeclaration)) {
        Statement(value);
        // Readers differ in whether a nameless one needs an end.
        owed_ = Owed::kEnd;
        return;
      }
      const NodeId outer = bracket_;
      bracket_ = BadStart(value, false);
      if (bracket_ != NodeId::kNone && ast_.Is(bracket_, Kind::kObject)) {
        bracket_ = NodeId::kNone;
      }
      Expression(value, kAssignment);
      bracket_ = outer;
      End();
      return;
    }
    case Kind::kExportNamed: {
      const ExportNamed view{raw};
      PutAt(node.span, "export");
      Blank();
      Put("{");
      bool first = true;
      for (NodeId item : ast_.Items(view.specifiers())) {
        if (!first) {
          Comma();
        }
        first = false;
        const ExportSpecifier specifier = ast_.As<ExportSpecifier>(item);
        const NodeId local = specifier.local();
        NameId name = ast_.NameOf(local);
        if (ast_.Is(local, Kind::kIdentifier) &&
            ast_.SymbolOf(local) != SymbolId::kNone) {
          name = ast_[ast_.SymbolOf(local)].name;
        }
        Expression(local, kPrimary);
        if (name != ast_.NameOf(specifier.exported()) ||
            ast_.Is(local, Kind::kString) !=
                ast_.Is(specifier.exported(), Kind::kString)) {
          Put(" as ");
          Expression(specifier.exported(), kPrimary);
        }
      }
      Put("}");
      if (view.source() == NodeId::kNone) {
        End();
        return;
      }
      Blank();
      Put("from");
      Blank();
      Source(view.source(), view.attributes());
      return;
    }
    case Kind::kExportAll: {
      const ExportAll view{raw};
      PutAt(node.span, "export*");
      if (view.exported() != NodeId::kNone) {
        Put(" as ");
        Expression(view.exported(), kPrimary);
      }
      Blank();
      Put("from");
      Blank();
      Source(view.source(), view.attributes());
      return;
    }
    default:
      FCC_CHECK(false);
  }
}

// What a file says in TypeScript alone; printed when nothing lowered it.
void Printer::TypeScriptStatement(NodeId id) {
  const Node& node = ast_[id];
  Node* raw = const_cast<Node*>(&node);
  switch (node.kind) {
    case Kind::kTsEnum:
      PutAt(node.span, node.Has(flag::kConst) ? "const enum " : "enum ");
      PrintIdentifier(TsEnum{raw}.id());
      Put("{");
      for (NodeId item : ast_.Items(TsEnum{raw}.members())) {
        const TsEnumMember member = ast_.As<TsEnumMember>(item);
        KeyOf(ast_[item], member.key());
        if (member.value() != NodeId::kNone) {
          Put("=");
          Expression(member.value(), kAssignment);
        }
        Put(",");
      }
      Put("}");
      EndOfBlock();
      return;
    case Kind::kTsNamespace:
      PutAt(node.span, "namespace ");
      PrintIdentifier(TsNamespace{raw}.id());
      OpenBrace();
      Statements(TsNamespace{raw}.body());
      CloseBrace(node.span);
      EndOfBlock();
      return;
    case Kind::kTsImportEquals:
      PutAt(node.span,
            node.Has(flag::kExported) ? "export import " : "import ");
      PrintIdentifier(TsImportEquals{raw}.id());
      Put("=");
      Expression(TsImportEquals{raw}.value(), kCallLevel);
      End();
      return;
    case Kind::kTsExportAssignment:
      PutAt(node.span, "export=");
      Expression(TsExportAssignment{raw}.value(), kAssignment);
      End();
      return;
    default:
      return;
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
