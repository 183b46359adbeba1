// SPDX-License-Identifier: Apache-2.0
//
// The printer itself: print.cpp has its expressions, print_statements.cpp its
// statements.

#ifndef FCC_COMPILER_JS_PRINTER_H_
#define FCC_COMPILER_JS_PRINTER_H_

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "compiler/js/parse/text.h"
#include "compiler/js/print.h"
#include "compiler/js/print_internal.h"

namespace fcc::js {

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

}  // namespace fcc::js

#endif  // FCC_COMPILER_JS_PRINTER_H_
