// SPDX-License-Identifier: Apache-2.0
//
// Units as JavaScript. Every unit becomes a function that appends nodes to its
// parent; expressions are read back from their stack code, whose jumps are
// always those of `&&`, `||`, `??` and `?:`, one inside the other.
//
// In what is printed s is the scope, r the node that takes the children, u the
// unit; the one-letter functions are in gfc_prelude.cpp.

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "compiler/fxml/attr_name.h"
#include "compiler/fxml/fxml.h"
#include "compiler/fxml/gfc_prelude.h"
#include "runtime/base/format.h"
#include "runtime/base/json.h"
#include "runtime/base/unicode.h"

namespace fcc::fxml {

using tmpl::AttrKind;
using tmpl::AttrRecord;
using tmpl::kNoId;
using tmpl::NodeKind;
using tmpl::NodeRecord;
using tmpl::Op;
using tmpl::ValueKind;

// A string literal that ES5 reads: line separators and lone surrogates are
// escaped.
static std::string Quote(std::string_view text) {
  std::string out = "\"";
  for (size_t at = 0; at < text.size();) {
    base::DecodedCodePoint decoded = base::DecodeUtf8(text, at);
    uint32_t c = decoded.code_point;
    if (c == '"' || c == '\\') {
      out += '\\';
      out += static_cast<char>(c);
    } else if (c == '\n') {
      out += "\\n";
    } else if (c < 0x20 || c == 0x2028 || c == 0x2029 ||
               (c >= 0xD800 && c <= 0xDFFF)) {
      out += base::format("\\u{:04x}", c);
    } else {
      out += text.substr(at, decoded.size);
    }
    at += decoded.size;
  }
  return out += '"';
}

namespace {

// What stands on the stack while code is read back: the text of a value, or an
// object or array still being filled.
struct Piece {
  enum class Kind : uint8_t { kValue, kObject, kArray };
  Kind kind = Kind::kValue;
  // Of a value. May be a script module's member, to be settled before use.
  std::string text;
  // What stands before the text, backwards: a chain of a thousand operators
  // wraps its first operand a thousand times, and must not copy it each time.
  std::string before_reversed;
  bool may_be_module = false;

  void Prepend(std::string_view word) {
    before_reversed.append(word.rbegin(), word.rend());
  }
  // Of an object or array: runs of members between spreads.
  std::vector<std::string> segments;
  std::string run;
  bool has_spread = false;
};

constexpr std::string_view BinaryOperator(Op op) {
  switch (op) {
    case Op::kAdd:
      return "+";
    case Op::kSubtract:
      return "-";
    case Op::kMultiply:
      return "*";
    case Op::kDivide:
      return "/";
    case Op::kRemainder:
      return "%";
    case Op::kShiftLeft:
      return "<<";
    case Op::kShiftRight:
      return ">>";
    case Op::kShiftRightUnsigned:
      return ">>>";
    case Op::kBitAnd:
      return "&";
    case Op::kBitOr:
      return "|";
    case Op::kBitXor:
      return "^";
    case Op::kLess:
      return "<";
    case Op::kGreater:
      return ">";
    case Op::kLessEqual:
      return "<=";
    case Op::kGreaterEqual:
      return ">=";
    case Op::kEqual:
      return "==";
    case Op::kNotEqual:
      return "!=";
    case Op::kStrictEqual:
      return "===";
    case Op::kStrictNotEqual:
      return "!==";
    default:
      return {};
  }
}

constexpr std::string_view UnaryOperator(Op op) {
  switch (op) {
    case Op::kPlus:
      return "+";
    case Op::kMinus:
      return "-";
    case Op::kNot:
      return "!";
    case Op::kBitNot:
      return "~";
    case Op::kTypeOf:
      return "typeof ";
    case Op::kVoid:
      return "void ";
    default:
      return {};
  }
}

class ExpressionPrinter {
 public:
  // `modules` are the names that some unit gives to a script module.
  ExpressionPrinter(const Unit& unit, const std::set<std::string_view>& modules)
      : unit_(unit), modules_(modules) {}

  // `settle` when a plain value is needed; attributes take module members too.
  std::string Print(uint32_t index, bool settle = true) {
    const tmpl::ExpressionRecord& expression = unit_.expressions[index];
    code_ = unit_.code.data() + expression.first_code;
    Piece piece = Run(0, expression.code_count);
    return settle ? Settled(std::move(piece)) : Finished(std::move(piece));
  }

 private:
  static std::string Finished(Piece piece) {
    switch (piece.kind) {
      case Piece::Kind::kValue:
        piece.text.insert(0, std::string(piece.before_reversed.rbegin(),
                                         piece.before_reversed.rend()));
        return std::move(piece.text);
      case Piece::Kind::kObject:
        return Join(std::move(piece), "{", "}", "e");
      case Piece::Kind::kArray:
        return Join(std::move(piece), "[", "]", "f");
    }
    FCC_CHECK(false);
  }

  static std::string Join(Piece piece, std::string_view open,
                          std::string_view close, std::string_view spread) {
    if (!piece.has_spread) {
      return std::string(open) + piece.run + std::string(close);
    }
    CloseRun(piece, open, close);
    std::string out = std::string(spread) + "([";
    for (size_t i = 0; i < piece.segments.size(); ++i) {
      out += (i == 0 ? "" : ",") + piece.segments[i];
    }
    return out + "])";
  }

  static void CloseRun(Piece& piece, std::string_view open,
                       std::string_view close) {
    if (!piece.run.empty()) {
      piece.segments.push_back(std::string(open) + piece.run +
                               std::string(close));
      piece.run.clear();
    }
  }

  static std::string Settled(Piece piece) {
    return Finished(Settle(std::move(piece)));
  }

  // The same value as text still open in front.
  static Piece Settle(Piece piece) {
    if (piece.kind != Piece::Kind::kValue) {
      Piece value;
      value.text = Finished(std::move(piece));
      return value;
    }
    if (piece.may_be_module) {
      piece.may_be_module = false;
      piece.Prepend("v(");
      piece.text += ')';
    }
    return piece;
  }

  Piece Run(uint32_t begin, uint32_t end) {
    std::vector<Piece> stack;
    auto push = [&](std::string text, bool may_be_module = false) {
      Piece piece;
      piece.text = std::move(text);
      piece.may_be_module = may_be_module;
      stack.push_back(std::move(piece));
    };
    auto pop = [&] {
      Piece piece = std::move(stack.back());
      stack.pop_back();
      return piece;
    };
    auto pop_settled = [&] { return Settled(pop()); };
    auto string = [&](uint32_t id) { return Quote(unit_.strings[id]); };

    for (uint32_t at = begin; at < end; ++at) {
      const Op op = tmpl::OpOf(code_[at]);
      const uint32_t operand = tmpl::OperandOf(code_[at]);
      if (std::string_view sign = BinaryOperator(op); !sign.empty()) {
        std::string right = pop_settled();
        Piece left = Settle(pop());
        left.Prepend("(");
        left.text += sign;
        left.text += right;
        left.text += ')';
        stack.push_back(std::move(left));
        continue;
      }
      if (std::string_view sign = UnaryOperator(op); !sign.empty()) {
        Piece operand_piece = Settle(pop());
        operand_piece.Prepend("(" + std::string(sign));
        operand_piece.text += ')';
        stack.push_back(std::move(operand_piece));
        continue;
      }
      switch (op) {
        case Op::kUndefined:
          push("void 0");
          break;
        case Op::kNull:
          push("null");
          break;
        case Op::kTrue:
          push("true");
          break;
        case Op::kFalse:
          push("false");
          break;
        case Op::kInteger:
          push(std::to_string(operand));
          break;
        case Op::kNumber:
          push(base::NumberToString(unit_.numbers[operand]));
          break;
        case Op::kString:
          push(string(operand));
          break;
        case Op::kName: {
          bool may_be_module = modules_.contains(unit_.strings[operand]);
          push((may_be_module ? "N(s," : "n(s,") + string(operand) + ")",
               may_be_module);
          break;
        }
        case Op::kMember:
        case Op::kIndex: {
          std::string key = op == Op::kMember ? string(operand) : pop_settled();
          Piece object = pop();
          bool may_be_module = object.may_be_module;
          if (object.kind != Piece::Kind::kValue) {
            object = Settle(std::move(object));
          }
          object.Prepend(may_be_module ? "G(" : "g(");
          object.text += ',';
          object.text += key;
          object.text += ')';
          stack.push_back(std::move(object));
          break;
        }
        case Op::kCall: {
          std::vector<std::string> args(operand);
          for (uint32_t i = operand; i-- > 0;) {
            args[i] = pop_settled();
          }
          std::string text = "c(" + Finished(pop()) + ",[";
          for (uint32_t i = 0; i < operand; ++i) {
            text += (i == 0 ? "" : ",") + args[i];
          }
          push(text + "])");
          break;
        }
        case Op::kAnd:
        case Op::kOr: {
          std::string right = Settled(Run(at + 1, at + 1 + operand));
          Piece left = Settle(pop());
          left.Prepend("(");
          left.text += op == Op::kAnd ? "&&" : "||";
          left.text += right;
          left.text += ')';
          stack.push_back(std::move(left));
          at += operand;
          break;
        }
        case Op::kJumpIfFalse: {
          // condition, this, then, jump, else
          std::string condition = pop_settled();
          uint32_t otherwise = at + 1 + operand;
          uint32_t behind = otherwise + tmpl::OperandOf(code_[otherwise - 1]);
          std::string then = Settled(Run(at + 1, otherwise - 1));
          push("(" + condition + "?" + then + ":" +
               Settled(Run(otherwise, behind)) + ")");
          at = behind - 1;
          break;
        }
        case Op::kNewObject:
        case Op::kNewArray: {
          Piece piece;
          piece.kind =
              op == Op::kNewObject ? Piece::Kind::kObject : Piece::Kind::kArray;
          stack.push_back(std::move(piece));
          break;
        }
        case Op::kSetMember: {
          std::string value = pop_settled();
          std::string& run = stack.back().run;
          run += (run.empty() ? "" : ",") + string(operand) + ":" + value;
          break;
        }
        case Op::kAppend: {
          std::string value = pop_settled();
          std::string& run = stack.back().run;
          run += (run.empty() ? "" : ",") + value;
          break;
        }
        case Op::kSpreadMembers:
        case Op::kSpreadItems: {
          std::string value = pop_settled();
          Piece& piece = stack.back();
          bool object = op == Op::kSpreadMembers;
          CloseRun(piece, object ? "{" : "[", object ? "}" : "]");
          piece.segments.push_back(value);
          piece.has_spread = true;
          break;
        }
        case Op::kConcat: {
          std::vector<std::string> parts(operand);
          for (uint32_t i = operand; i-- > 0;) {
            std::string part = pop_settled();
            parts[i] =
                part[0] == '"' && IsLiteral(part) ? part : "t(" + part + ")";
          }
          std::string text = operand == 0 ? "\"\"" : "(";
          for (uint32_t i = 0; i < operand; ++i) {
            text += (i == 0 ? "" : "+") + parts[i];
          }
          push(operand == 0 ? text : text + ")");
          break;
        }
        default:
          // A lone jump: no code of ours has one.
          FCC_CHECK(false);
      }
    }
    FCC_CHECK(stack.size() == 1);
    return pop();
  }

  // One string literal and nothing behind it.
  static bool IsLiteral(std::string_view text) {
    for (size_t at = 1; at < text.size(); ++at) {
      if (text[at] == '\\') {
        ++at;
      } else if (text[at] == '"') {
        return at + 1 == text.size();
      }
    }
    return false;
  }

  const Unit& unit_;
  const std::set<std::string_view>& modules_;
  const uint32_t* code_ = nullptr;
};

class UnitPrinter {
 public:
  UnitPrinter(const Unit& unit, const std::set<std::string_view>& modules,
              std::function<std::string(const Reference&)> resolve)
      : unit_(unit),
        expressions_(unit, modules),
        resolve_(std::move(resolve)) {}

  // Appends the statements that define the unit. `module_paths` go with
  // unit.modules; empty where there is no such module.
  void Print(const std::vector<std::string>& module_paths, std::string& out) {
    std::string path = Quote("./" + unit_.path);
    out += "(function(u){u.p=" + path + ";u.m={";
    std::string separator;
    for (size_t i = 0; i < unit_.modules.size(); ++i) {
      if (!module_paths[i].empty()) {
        out += separator + Quote(unit_.modules[i].name) + ":" +
               Quote(module_paths[i]);
        separator = ",";
      }
    }
    out += "};u.i=[";
    separator.clear();
    for (const Reference& import : unit_.imports) {
      std::string target = resolve_(import);
      if (!target.empty()) {
        out += separator + Quote("./" + target);
        separator = ",";
      }
    }
    out += "];u.t={};\n";
    for (const TemplateDefinition& definition : unit_.templates) {
      out +=
          "u.t[" + Quote(unit_.strings[definition.name]) + "]=function(s,r){";
      Nodes(definition.node + 1, unit_.nodes[definition.node].end, "r", out);
      out += "};\n";
    }
    out += "u.f=function(s,r){";
    Nodes(0, static_cast<uint32_t>(unit_.nodes.size()), "r", out);
    out += "}})(U[" + path + "]={});\n";
  }

 private:
  // `parent` is the variable that takes the nodes.
  void Nodes(uint32_t begin, uint32_t end, const std::string& parent,
             std::string& out) {
    for (uint32_t at = begin; at < end; at = unit_.nodes[at].end) {
      Node(at, parent, out);
    }
  }

  std::string Variable() { return "a" + std::to_string(next_variable_++); }

  std::string ValueOf(ValueKind kind, uint32_t value, bool settle = true) {
    switch (kind) {
      case ValueKind::kNone:
        return "true";
      case ValueKind::kString:
        return Quote(unit_.strings[value]);
      case ValueKind::kExpression:
        return expressions_.Print(value, settle);
    }
    FCC_CHECK(false);
  }

  void Node(uint32_t at, const std::string& parent, std::string& out) {
    const NodeRecord& node = unit_.nodes[at];
    switch (node.kind) {
      case NodeKind::kElement:
        Element(at, node, parent, out);
        break;
      case NodeKind::kText:
        out += parent + ".children.push(" +
               ValueOf(node.value_kind, node.value) + ");";
        break;
      case NodeKind::kBlock:
        Nodes(at + 1, node.end, parent, out);
        break;
      case NodeKind::kIf:
        If(at, node, parent, out);
        break;
      case NodeKind::kFor: {
        std::string key = (node.flags & tmpl::kForKeyIsItem) != 0 ? "\"*this\""
                          : node.key == kNoId                     ? "\"\""
                                              : Quote(unit_.strings[node.key]);
        out += "L(s," + parent + "," + ValueOf(node.value_kind, node.value) +
               "," + Quote(unit_.strings[node.name]) + "," +
               Quote(unit_.strings[node.extra]) + "," + key + ",function(s,r){";
        Nodes(at + 1, node.end, "r", out);
        out += "});";
        break;
      }
      case NodeKind::kTemplateUse:
        out += "T(u," + ValueOf(node.value_kind, node.value) + "," +
               (node.extra == kNoId ? "{}" : expressions_.Print(node.extra)) +
               "," + parent + ");";
        break;
      case NodeKind::kInclude: {
        const Reference* reference =
            node.extra == kNoId ? nullptr : &unit_.includes[node.extra];
        if (reference != nullptr) {
          std::string target = resolve_(*reference);
          out += "I(" +
                 Quote(target.empty() ? std::string(reference->src)
                                      : "./" + target) +
                 ",s," + parent + ");";
        }
        break;
      }
      case NodeKind::kDefinition:
        break;
      case NodeKind::kBranch:
      case NodeKind::kCount:
        FCC_CHECK(false);
    }
  }

  void If(uint32_t at, const NodeRecord& node, const std::string& parent,
          std::string& out) {
    std::string holder = Variable();
    out += "var " + holder + "=V(" + parent + ");" + holder + ".wxXCkey=1;";
    int number = 0;
    for (uint32_t branch = at + 1; branch < node.end;
         branch = unit_.nodes[branch].end) {
      const NodeRecord& record = unit_.nodes[branch];
      out += number++ == 0 ? "" : "else ";
      if (record.value_kind != ValueKind::kNone) {
        out += "if(" + ValueOf(record.value_kind, record.value) + ")";
      } else if (number == 1) {
        out += "if(true)";
      }
      out += "{" + holder + ".wxVkey=" + std::to_string(number) + ";";
      Nodes(branch + 1, record.end, holder, out);
      out += "}";
      if (record.value_kind == ValueKind::kNone) {
        break;
      }
    }
  }

  // The attribute as the SDK knows it.
  std::string KeyOf(const AttrRecord& attr) const {
    switch (attr.kind) {
      case AttrKind::kPlain:
      case AttrKind::kModel:
        return std::string(unit_.strings[attr.name]);
      case AttrKind::kEvent:
        return (attr.flags & tmpl::kEventNoColon) != 0
                   ? CamelCase(unit_.strings[attr.key])
                   : std::string(unit_.strings[attr.key]);
      default:
        return std::string(unit_.strings[attr.key]);
    }
  }

  void Element(uint32_t at, const NodeRecord& node, const std::string& parent,
               std::string& out) {
    std::string attrs;
    std::string generics;
    std::string raw;
    for (uint32_t i = 0; i < node.attr_count; ++i) {
      const AttrRecord& attr = unit_.attrs[node.first_attr + i];
      std::string value = ValueOf(attr.value_kind, attr.value, false);
      if (attr.kind == AttrKind::kGeneric) {
        generics += (generics.empty() ? "" : ",") +
                    Quote(unit_.strings[attr.name]) + "," + value;
        continue;
      }
      attrs += (attrs.empty() ? "" : ",") + Quote(KeyOf(attr)) + "," + value;
      if (attr.kind == AttrKind::kModel &&
          attr.value_kind == ValueKind::kExpression) {
        raw += (raw.empty() ? "" : ",") +
               Quote("model:" + std::string(unit_.strings[attr.name])) + ":" +
               Quote("{{" + PathText(attr.value) + "}}");
      }
    }
    std::string call = "E(" + parent + "," + Quote(unit_.strings[node.name]) +
                       ",[" + attrs + "]" +
                       (generics.empty() ? "" : ",[" + generics + "]") + ")";
    bool has_children = node.end > at + 1;
    if (!has_children && raw.empty()) {
      out += call + ";";
      return;
    }
    std::string variable = Variable();
    out += "var " + variable + "=" + call + ";";
    if (!raw.empty()) {
      out += variable + ".rawAttr={" + raw + "};";
    }
    Nodes(at + 1, node.end, variable, out);
  }

  // The place that a two-way binding writes to, as it was written.
  std::string PathText(uint32_t index) const {
    const tmpl::ExpressionRecord& expression = unit_.expressions[index];
    std::string text;
    for (uint32_t i = 0; i < expression.read_count && i < 1; ++i) {
      const tmpl::ReadRecord& read = unit_.reads[expression.first_read + i];
      text += unit_.strings[read.root];
      for (uint32_t m = 0; m < read.member_count; ++m) {
        std::string_view member =
            unit_.strings[unit_.paths[read.first_member + m]];
        bool index_like =
            !member.empty() && member[0] >= '0' && member[0] <= '9';
        text += index_like ? "[" + std::string(member) + "]"
                           : "." + std::string(member);
      }
    }
    return text;
  }

  const Unit& unit_;
  ExpressionPrinter expressions_;
  std::function<std::string(const Reference&)> resolve_;
  int next_variable_ = 0;
};

}  // namespace

std::string PrintGfc(std::span<const Unit* const> units,
                     std::span<const ModuleSource> modules,
                     const GfcOptions& options) {
  std::set<std::string, std::less<>> unit_paths;
  std::set<std::string_view> module_names;
  for (const Unit* unit : units) {
    unit_paths.insert(unit->path);
    for (const ModuleDeclaration& module : unit->modules) {
      module_names.insert(module.name);
    }
  }
  std::set<std::string, std::less<>> module_paths;
  std::string out = "var " + std::string(options.function) + "=(function(){\n";
  out += GfcPrelude();
  for (const ModuleSource& module : modules) {
    module_paths.insert(module.path);
    out += "P[" + Quote(module.path) + "]=function(module,require){" +
           module.code + "\n};\n";
  }
  auto is_unit = [&](std::string_view path) {
    return unit_paths.contains(path);
  };
  auto is_module = [&](std::string_view path) {
    return module_paths.contains(path);
  };
  for (const Unit* unit : units) {
    std::vector<std::string> paths;
    for (const ModuleDeclaration& module : unit->modules) {
      std::string path =
          module.is_inline()
              ? InlineModulePath(unit->path, module.name)
              : ResolveModulePath(unit->path, module.src.src, is_module);
      paths.push_back(is_module(path) ? path : "");
    }
    UnitPrinter(*unit, module_names, [&](const Reference& reference) {
      return ResolveTemplatePath(unit->path, reference.src, is_unit);
    }).Print(paths, out);
  }
  // The web view's engine version says whether it wants the virtual nodes.
  out +=
      "return function(p){var u=U[p];return u&&function(d){"
      "var r={tag:\"wx-page\",children:[]},"
      "w=typeof window===\"undefined\"?0:window.__webview_engine_version__;"
      "u.f({d:d,l:null,m:u.m,c:null},r);"
      "return w>=0.01?r:O(r)}}\n})();\n";
  return out;
}

}  // namespace fcc::fxml
