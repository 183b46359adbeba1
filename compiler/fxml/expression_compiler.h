// SPDX-License-Identifier: Apache-2.0
//
// What stands between `{{` and `}}`, parsed in place and compiled to stack code
// in one pass, without a tree: precedence climbing emits operands before their
// operator. The grammar is spec section "Expressions" of FXML: JavaScript's
// operators and precedence, reserved words as names, plain object keys, calls
// of script modules; no assignment, `new`, `?.`, functions or templates.
//
// Of this room only.

#ifndef FCC_COMPILER_FXML_EXPRESSION_COMPILER_H_
#define FCC_COMPILER_FXML_EXPRESSION_COMPILER_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/diagnostics/diagnostic.h"
#include "compiler/fxml/unit_writer.h"
#include "compiler/source/source_file.h"

namespace fcc::fxml {

enum class ExpressionContext {
  // `{{a, b}}`, `{{x: 1}}` and `{{...o}}` are objects, all else is itself.
  kValue,
  // The same, and a lone name is an object too: `<template data="{{o}}">`.
  kTemplateData,
};

struct ParsedExpression {
  // Where parsing stopped: behind `}}` when ok, else at the problem.
  uint32_t end = 0;
  bool ok = false;
  // A name with members: a place that can be written to.
  bool is_path = false;
  bool is_empty = false;
  // The text ended where `}}` was needed; nothing was reported.
  bool missing_end = false;
};

class ExpressionCompiler {
 public:
  ExpressionCompiler(const source::SourceFile& source, UnitWriter& writer,
                     diagnostics::Sink& sink)
      : source_(source), text_(source.text()), writer_(writer), sink_(sink) {}

  // `begin` is just behind `{{`. Code for one value is emitted, also for what
  // is empty or wrong. Problems are reported unless `}}` is missing, which is
  // for the caller to say.
  ParsedExpression Compile(uint32_t begin, ExpressionContext context);

 private:
  enum class Token : uint8_t {
#define FCC_TOKEN(symbol, spelling) k##symbol,
#include "compiler/fxml/expression_tokens.def"
#undef FCC_TOKEN
  };

  void Next();
  void LexOperator(std::string_view rest);
  void LexNumber();
  void LexString(char quote);
  // Reports what is in the way at the current token.
  void Fail();
  void FailWith(diagnostics::Kind kind, base::Span span, std::string_view word);
  bool At(Token token) const {
    return token_ == token;
  }
  bool Take(Token token);
  bool Expect(Token token);
  base::Span span() const {
    return {token_begin_, token_end_};
  }
  std::string_view word() const {
    return span().In(text_);
  }

  bool ParseTop(ExpressionContext context, ParsedExpression& result);
  bool ParseExpression();
  bool ParseConditional();
  bool ParseBinary(int least_precedence);
  bool ParseUnary();
  bool ParsePostfix();
  bool ParsePrimary();
  bool ParseMembers(Token end);
  bool ParseItems();
  bool ParseArguments();
  bool IsMemberName() const;
  void FlushRead();

  const source::SourceFile& source_;
  std::string_view text_;
  UnitWriter& writer_;
  diagnostics::Sink& sink_;

  Token token_;
  uint32_t token_begin_ = 0;
  uint32_t token_end_ = 0;
  double number_ = 0;
  // The string token's value; a view into the source where nothing is escaped.
  std::string_view string_;
  std::string scratch_;

  int nesting_ = 0;
  // Object literals open inside the innermost bracket.
  int open_braces_ = 0;
  // An operator or bracket stands where a value should: for the message.
  bool value_wanted_ = true;
  bool failed_ = false;
  // The read path being collected.
  uint32_t read_root_ = tmpl::kNoId;
  std::vector<uint32_t> read_members_;
  // The value parsed last is a name with members and nothing else.
  bool path_ = false;
};

}  // namespace fcc::fxml

#endif  // FCC_COMPILER_FXML_EXPRESSION_COMPILER_H_
