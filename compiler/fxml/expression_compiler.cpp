// SPDX-License-Identifier: Apache-2.0

#include "compiler/fxml/expression_compiler.h"

#include <charconv>
#include <cstdlib>
#include <utility>

#include "compiler/fxml/characters.h"
#include "runtime/base/unicode.h"

namespace fcc::fxml {

using diagnostics::Kind;
using tmpl::Op;

// Brackets, unary operators and `?:` inside each other.
static constexpr int kMaxNesting = 200;

static bool IsDigit(char c) {
  return IsOf(c, kDigit);
}
static bool IsNamePart(char c) {
  return IsOf(c, kNamePart);
}

// ---- Tokens ----

void ExpressionCompiler::Next() {
  const char* data = text_.data();
  const auto size = static_cast<uint32_t>(text_.size());
  uint32_t at = token_end_;
  for (;;) {
    while (at < size && IsOf(data[at], kBlank) && data[at] != '\f') {
      ++at;
    }
    if (at + 1 >= size || data[at] != '/' || data[at + 1] != '*') {
      break;
    }
    const size_t end = text_.find("*/", at + 2);
    if (end == std::string_view::npos) {
      break;
    }
    at = static_cast<uint32_t>(end) + 2;
  }
  token_begin_ = at;
  if (at >= size) {
    token_end_ = at;
    token_ = Token::kEndOfFile;
    return;
  }
  const char c = data[at];
  if (IsOf(c, kNameStart)) {
    do {
      ++at;
    } while (at < size && IsOf(data[at], kNamePart));
    token_end_ = at;
    token_ = Token::kName;
    return;
  }
  if (IsDigit(c) || (c == '.' && at + 1 < size && IsDigit(data[at + 1]))) {
    LexNumber();
    return;
  }
  if (c == '"' || c == '\'') {
    LexString(c);
    return;
  }
  LexOperator(text_.substr(at, 4));
}

// `rest` begins with it; it has at most four characters.
void ExpressionCompiler::LexOperator(std::string_view rest) {
  const auto next = [rest](size_t ahead) {
    return ahead < rest.size() ? rest[ahead] : '\0';
  };
  const auto take = [this](Token token, uint32_t length) {
    token_ = token;
    token_end_ = token_begin_ + length;
  };
  // `x`, or `x=` in its compound form.
  const auto or_assign = [&](Token token) {
    next(1) == '=' ? take(Token::kCompoundAssign, 2) : take(token, 1);
  };
  // `x`, `xx`, or one of them with `=` behind it.
  const auto or_doubled = [&](Token token, Token doubled) {
    if (next(1) != rest[0]) {
      or_assign(token);
    } else if (next(2) == '=') {
      take(Token::kCompoundAssign, 3);
    } else {
      take(doubled, 2);
    }
  };
  switch (rest[0]) {
    case '(':
      return take(Token::kOpenParen, 1);
    case ')':
      return take(Token::kCloseParen, 1);
    case '[':
      return take(Token::kOpenBracket, 1);
    case ']':
      return take(Token::kCloseBracket, 1);
    case '{':
      return take(Token::kOpenBrace, 1);
    case '}':
      // `{{ {x:{y:1}} }}`: while braces of objects are open, `}}` closes two of
      // them.
      return next(1) == '}' && open_braces_ == 0 ? take(Token::kEnd, 2)
                                                 : take(Token::kCloseBrace, 1);
    case ',':
      return take(Token::kComma, 1);
    case ':':
      return take(Token::kColon, 1);
    case '~':
      return take(Token::kBitNot, 1);
    case '`':
      return take(Token::kTemplateLiteral, 1);
    case ';':
      return take(Token::kSemicolon, 1);
    case '?':
      // `a?.5:b` is a conditional; `a?.b` is not of this language.
      if (next(1) == '.' && !IsDigit(next(2))) {
        return take(Token::kOptionalChain, 2);
      }
      return next(1) == '?' ? take(Token::kCoalesce, 2)
                            : take(Token::kQuestion, 1);
    case '.':
      return next(1) == '.' && next(2) == '.' ? take(Token::kEllipsis, 3)
                                              : take(Token::kDot, 1);
    case '!':
      return next(1) != '='   ? take(Token::kNot, 1)
             : next(2) == '=' ? take(Token::kStrictNotEqual, 3)
                              : take(Token::kNotEqual, 2);
    case '=':
      if (next(1) == '>') {
        return take(Token::kArrow, 2);
      }
      return next(1) != '='   ? take(Token::kAssign, 1)
             : next(2) == '=' ? take(Token::kStrictEqual, 3)
                              : take(Token::kEqual, 2);
    case '<':
      if (next(1) == '=') {
        return take(Token::kLessEqual, 2);
      }
      return or_doubled(Token::kLess, Token::kShiftLeft);
    case '>':
      if (next(1) == '=') {
        return take(Token::kGreaterEqual, 2);
      }
      if (next(1) == '>' && next(2) == '>') {
        return next(3) == '=' ? take(Token::kCompoundAssign, 4)
                              : take(Token::kShiftRightUnsigned, 3);
      }
      return or_doubled(Token::kGreater, Token::kShiftRight);
    case '&':
      return or_doubled(Token::kBitAnd, Token::kAnd);
    case '|':
      return or_doubled(Token::kBitOr, Token::kOr);
    case '*':
      return or_doubled(Token::kMultiply, Token::kPower);
    case '+':
      return next(1) == '+' ? take(Token::kIncrement, 2)
                            : or_assign(Token::kPlus);
    case '-':
      return or_assign(Token::kMinus);
    case '/':
      return or_assign(Token::kDivide);
    case '%':
      return or_assign(Token::kRemainder);
    case '^':
      return or_assign(Token::kBitXor);
    default:
      return take(Token::kBad, base::DecodeUtf8(text_, token_begin_).size);
  }
}

// So many digits are exact in a double.
static constexpr size_t kMaxExactDigits = 15;

static double ToInteger(std::string_view digits) {
  uint64_t number = 0;
  for (char c : digits) {
    number = number * 10 + static_cast<uint64_t>(c - '0');
  }
  return static_cast<double>(number);
}

void ExpressionCompiler::LexNumber() {
  uint32_t at = token_begin_;
  token_ = Token::kNumber;
  auto take_digits = [&](auto is_digit) {
    while (at < text_.size() && is_digit(text_[at])) {
      ++at;
    }
  };
  auto is_hex = [](char c) {
    return IsDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  };
  bool ok = true;
  if (text_[at] == '0' && at + 1 < text_.size() &&
      (text_[at + 1] == 'x' || text_[at + 1] == 'X')) {
    at += 2;
    uint32_t first = at;
    take_digits(is_hex);
    ok = at > first;
    number_ = 0;
    for (uint32_t i = first; i < at; ++i) {
      char c = text_[i];
      int digit = IsDigit(c) ? c - '0' : (c | 32) - 'a' + 10;
      number_ = number_ * 16 + digit;
    }
  } else {
    take_digits(IsDigit);
    std::string_view digits = text_.substr(token_begin_, at - token_begin_);
    bool octal = digits.size() > 1 && digits[0] == '0' &&
                 digits.find_first_of("89") == std::string_view::npos;
    if (octal) {
      number_ = 0;
      for (char c : digits) {
        number_ = number_ * 8 + (c - '0');
      }
    } else {
      // `5.` and `.5` are numbers, `1..x` is a member of `1.`.
      if (at < text_.size() && text_[at] == '.') {
        ++at;
        take_digits(IsDigit);
      }
      if (at < text_.size() && (text_[at] == 'e' || text_[at] == 'E')) {
        uint32_t mark = at++;
        if (at < text_.size() && (text_[at] == '+' || text_[at] == '-')) {
          ++at;
        }
        uint32_t first = at;
        take_digits(IsDigit);
        if (at == first) {
          at = mark;
        }
      }
      const std::string_view word =
          text_.substr(token_begin_, at - token_begin_);
      number_ = word == digits && digits.size() <= kMaxExactDigits
                    ? ToInteger(digits)
                    : std::strtod(std::string(word).c_str(), nullptr);
    }
  }
  if (at < text_.size() && IsNamePart(text_[at])) {
    take_digits(IsNamePart);
    ok = false;
  }
  token_end_ = at;
  if (!ok) {
    FailWith(Kind::kBadNumber, span(), word());
  }
}

void ExpressionCompiler::LexString(char quote) {
  uint32_t at = token_begin_ + 1;
  token_ = Token::kString;
  uint32_t first = at;
  while (at < text_.size() && text_[at] != quote && text_[at] != '\\') {
    ++at;
  }
  if (at < text_.size() && text_[at] == quote) {
    string_ = text_.substr(first, at - first);
    token_end_ = at + 1;
    return;
  }
  scratch_.assign(text_.substr(first, at - first));
  auto hex = [&](uint32_t begin, uint32_t count, uint32_t& code) {
    if (begin + count > text_.size()) {
      return false;
    }
    auto [end, error] = std::from_chars(text_.data() + begin,
                                        text_.data() + begin + count, code, 16);
    return error == std::errc() && end == text_.data() + begin + count;
  };
  while (at < text_.size() && text_[at] != quote) {
    if (text_[at] != '\\') {
      scratch_ += text_[at++];
      continue;
    }
    if (++at >= text_.size()) {
      break;
    }
    char c = text_[at++];
    uint32_t code = 0;
    switch (c) {
      case 'n':
        scratch_ += '\n';
        break;
      case 't':
        scratch_ += '\t';
        break;
      case 'r':
        scratch_ += '\r';
        break;
      case 'b':
        scratch_ += '\b';
        break;
      case 'f':
        scratch_ += '\f';
        break;
      case 'v':
        scratch_ += '\v';
        break;
      case '0':
        scratch_ += '\0';
        break;
      case 'x':
        if (hex(at, 2, code)) {
          base::AppendUtf8(scratch_, code);
          at += 2;
        } else {
          scratch_ += c;
        }
        break;
      case 'u':
        if (hex(at, 4, code)) {
          at += 4;
          uint32_t low = 0;
          if (code >= 0xD800 && code < 0xDC00 && at + 1 < text_.size() &&
              text_[at] == '\\' && text_[at + 1] == 'u' &&
              hex(at + 2, 4, low) && low >= 0xDC00 && low < 0xE000) {
            code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
            at += 6;
          }
          base::AppendUtf8(scratch_, code);
        } else {
          scratch_ += c;
        }
        break;
      case '\n':
        break;
      default:
        scratch_ += c;
        break;
    }
  }
  string_ = scratch_;
  if (at >= text_.size()) {
    token_end_ = at;
    FailWith(Kind::kUnclosedString, {token_begin_, token_begin_ + 1}, {});
    return;
  }
  token_end_ = at + 1;
}

// ---- Problems ----

void ExpressionCompiler::FailWith(Kind kind, base::Span where,
                                  std::string_view word) {
  if (failed_) {
    return;
  }
  failed_ = true;
  sink_.Report(kind, {source_.id(), where}, word);
}

void ExpressionCompiler::Fail() {
  switch (token_) {
    case Token::kEndOfFile:
      // A missing `}}`, which the caller reports.
      failed_ = true;
      return;
    case Token::kOptionalChain:
    case Token::kPower:
    case Token::kAssign:
    case Token::kCompoundAssign:
    case Token::kArrow:
    case Token::kIncrement:
    case Token::kTemplateLiteral:
    case Token::kSemicolon:
      FailWith(Kind::kNotInExpressions, span(), word());
      return;
    case Token::kEnd:
    case Token::kCloseParen:
    case Token::kCloseBracket:
    case Token::kCloseBrace:
    case Token::kComma:
    case Token::kColon:
    case Token::kMultiply:
    case Token::kDivide:
      FailWith(value_wanted_ ? Kind::kValueExpected : Kind::kUnexpectedToken,
               span(), word());
      return;
    default:
      FailWith(Kind::kUnexpectedToken, span(), word());
      return;
  }
}

bool ExpressionCompiler::Take(Token token) {
  if (!At(token)) {
    return false;
  }
  Next();
  return true;
}

bool ExpressionCompiler::Expect(Token token) {
  if (Take(token)) {
    return true;
  }
  value_wanted_ = false;
  Fail();
  return false;
}

// ---- Grammar ----

ParsedExpression ExpressionCompiler::Compile(uint32_t begin,
                                             ExpressionContext context) {
  ParsedExpression result;
  failed_ = false;
  nesting_ = 0;
  open_braces_ = 0;
  value_wanted_ = true;
  read_root_ = tmpl::kNoId;
  read_members_.clear();
  path_ = false;
  token_end_ = begin;
  Next();
  if (At(Token::kEnd)) {
    result.is_empty = true;
    result.ok = true;
    result.end = token_end_;
    writer_.Emit(Op::kString, writer_.Intern({}));
    sink_.Report(Kind::kEmptyExpression,
                 {source_.id(), {begin - 2, token_end_}});
    return result;
  }
  bool parsed = ParseTop(context, result);
  FlushRead();
  if (parsed && !At(Token::kEnd)) {
    value_wanted_ = false;
    Fail();
    parsed = false;
  }
  result.ok = parsed && !failed_;
  result.is_path = result.ok && path_;
  result.end = result.ok ? token_end_ : token_begin_;
  result.missing_end = !result.ok && At(Token::kEndOfFile);
  return result;
}

// A list of members without braces, or an expression.
bool ExpressionCompiler::ParseTop(ExpressionContext context,
                                  ParsedExpression&) {
  bool members = At(Token::kEllipsis);
  if (At(Token::kName)) {
    // Look at what follows the name: `a,`, `a:`; in template data also `a}}`.
    uint32_t begin = token_begin_;
    uint32_t end = token_end_;
    Next();
    members = At(Token::kComma) || At(Token::kColon) ||
              (context == ExpressionContext::kTemplateData && At(Token::kEnd));
    // `a ? b : c` has its colon behind the question mark: not reached here.
    token_begin_ = begin;
    token_end_ = end;
    token_ = Token::kName;
  }
  if (members) {
    writer_.Emit(Op::kNewObject);
    path_ = false;
    return ParseMembers(Token::kEnd);
  }
  return ParseExpression();
}

bool ExpressionCompiler::ParseExpression() {
  if (++nesting_ > kMaxNesting || writer_.stack_overflow()) {
    FailWith(Kind::kExpressionTooDeep, span(), {});
    return false;
  }
  bool ok = ParseConditional();
  --nesting_;
  return ok;
}

bool ExpressionCompiler::ParseConditional() {
  if (!ParseBinary(1)) {
    return false;
  }
  if (!At(Token::kQuestion)) {
    return true;
  }
  FlushRead();
  Next();
  value_wanted_ = true;
  uint32_t to_else = writer_.EmitJump(Op::kJumpIfFalse);
  int depth = writer_.depth();
  if (!ParseExpression()) {
    return false;
  }
  FlushRead();
  if (!Expect(Token::kColon)) {
    return false;
  }
  value_wanted_ = true;
  uint32_t to_end = writer_.EmitJump(Op::kJump);
  writer_.PatchJump(to_else);
  writer_.set_depth(depth);
  if (!ParseExpression()) {
    return false;
  }
  FlushRead();
  writer_.PatchJump(to_end);
  path_ = false;
  return true;
}

namespace {

struct BinaryRow {
  int precedence = 0;
  Op op = Op::kAdd;
};

}  // namespace

bool ExpressionCompiler::ParseBinary(int least_precedence) {
  if (!ParseUnary()) {
    return false;
  }
  for (;;) {
    BinaryRow row;
    switch (token_) {
      case Token::kCoalesce:
        // Differs: JavaScript asks for null and undefined; the platform takes
        // the right side for every value that is not truthy.
        row = {1, Op::kOr};
        break;
      case Token::kOr:
        row = {2, Op::kOr};
        break;
      case Token::kAnd:
        row = {3, Op::kAnd};
        break;
      case Token::kBitOr:
        row = {4, Op::kBitOr};
        break;
      case Token::kBitXor:
        row = {5, Op::kBitXor};
        break;
      case Token::kBitAnd:
        row = {6, Op::kBitAnd};
        break;
      case Token::kEqual:
        row = {7, Op::kEqual};
        break;
      case Token::kNotEqual:
        row = {7, Op::kNotEqual};
        break;
      case Token::kStrictEqual:
        row = {7, Op::kStrictEqual};
        break;
      case Token::kStrictNotEqual:
        row = {7, Op::kStrictNotEqual};
        break;
      case Token::kLess:
        row = {8, Op::kLess};
        break;
      case Token::kGreater:
        row = {8, Op::kGreater};
        break;
      case Token::kLessEqual:
        row = {8, Op::kLessEqual};
        break;
      case Token::kGreaterEqual:
        row = {8, Op::kGreaterEqual};
        break;
      case Token::kShiftLeft:
        row = {9, Op::kShiftLeft};
        break;
      case Token::kShiftRight:
        row = {9, Op::kShiftRight};
        break;
      case Token::kShiftRightUnsigned:
        row = {9, Op::kShiftRightUnsigned};
        break;
      case Token::kPlus:
        row = {10, Op::kAdd};
        break;
      case Token::kMinus:
        row = {10, Op::kSubtract};
        break;
      case Token::kMultiply:
        row = {11, Op::kMultiply};
        break;
      case Token::kDivide:
        row = {11, Op::kDivide};
        break;
      case Token::kRemainder:
        row = {11, Op::kRemainder};
        break;
      default:
        return true;
    }
    if (row.precedence < least_precedence) {
      return true;
    }
    FlushRead();
    path_ = false;
    Next();
    value_wanted_ = true;
    bool logical = row.op == Op::kAnd || row.op == Op::kOr;
    uint32_t jump = logical ? writer_.EmitJump(row.op) : 0;
    if (++nesting_ > kMaxNesting || writer_.stack_overflow()) {
      FailWith(Kind::kExpressionTooDeep, span(), {});
      return false;
    }
    bool ok = ParseBinary(row.precedence + 1);
    --nesting_;
    if (!ok) {
      return false;
    }
    FlushRead();
    path_ = false;
    if (logical) {
      writer_.PatchJump(jump);
    } else {
      writer_.Emit(row.op);
    }
  }
}

bool ExpressionCompiler::ParseUnary() {
  Op op;
  switch (token_) {
    case Token::kNot:
      op = Op::kNot;
      break;
    case Token::kMinus:
      op = Op::kMinus;
      break;
    case Token::kPlus:
      op = Op::kPlus;
      break;
    case Token::kBitNot:
      op = Op::kBitNot;
      break;
    case Token::kName:
      // Operators where a value follows, names where none does: `{{typeof}}`.
      if (word() == "typeof" || word() == "void") {
        uint32_t begin = token_begin_;
        uint32_t end = token_end_;
        op = word() == "typeof" ? Op::kTypeOf : Op::kVoid;
        Next();
        bool operand = At(Token::kName) || At(Token::kNumber) ||
                       At(Token::kString) || At(Token::kOpenParen) ||
                       At(Token::kOpenBracket) || At(Token::kOpenBrace) ||
                       At(Token::kNot) || At(Token::kBitNot);
        token_begin_ = begin;
        token_end_ = end;
        token_ = Token::kName;
        if (operand) {
          break;
        }
      }
      return ParsePostfix();
    default:
      return ParsePostfix();
  }
  Next();
  value_wanted_ = true;
  if (++nesting_ > kMaxNesting) {
    FailWith(Kind::kExpressionTooDeep, span(), {});
    return false;
  }
  bool ok = ParseUnary();
  --nesting_;
  if (!ok) {
    return false;
  }
  FlushRead();
  path_ = false;
  writer_.Emit(op);
  return true;
}

bool ExpressionCompiler::IsMemberName() const {
  return token_ == Token::kName;
}

// A path ends: it is a read of the expression.
void ExpressionCompiler::FlushRead() {
  if (read_root_ != tmpl::kNoId) {
    writer_.AddRead(read_root_, read_members_);
    read_root_ = tmpl::kNoId;
    read_members_.clear();
  }
}

bool ExpressionCompiler::ParsePostfix() {
  bool number = At(Token::kNumber);
  if (!ParsePrimary()) {
    return false;
  }
  for (;;) {
    if (At(Token::kDot)) {
      if (number) {
        // `1.5.x`: no implementation reads members of a literal.
        Fail();
        return false;
      }
      Next();
      if (!IsMemberName()) {
        value_wanted_ = true;
        Fail();
        return false;
      }
      uint32_t name = writer_.Intern(word());
      if (read_root_ != tmpl::kNoId) {
        read_members_.push_back(name);
      }
      writer_.Emit(Op::kMember, name);
      Next();
    } else if (At(Token::kOpenBracket)) {
      // The key is an expression of its own. The whole can still be written to.
      bool path = path_;
      const uint32_t root = std::exchange(read_root_, tmpl::kNoId);
      std::vector<uint32_t> members = std::exchange(read_members_, {});
      const uint32_t start = writer_.at();
      int braces = std::exchange(open_braces_, 0);
      Next();
      value_wanted_ = true;
      bool ok = ParseExpression();
      FlushRead();
      open_braces_ = braces;
      if (!ok || !Expect(Token::kCloseBracket)) {
        return false;
      }
      const uint32_t key =
          writer_.at() == start + 1 ? writer_.LiteralKeyName() : tmpl::kNoId;
      if (root != tmpl::kNoId && key != tmpl::kNoId) {
        read_root_ = root;
        read_members_ = std::move(members);
        read_members_.push_back(key);
      } else if (root != tmpl::kNoId) {
        // What is read of the object is known up to here.
        writer_.AddRead(root, members);
      }
      writer_.Emit(Op::kIndex);
      path_ = path;
    } else if (At(Token::kOpenParen)) {
      FlushRead();
      if (!ParseArguments()) {
        return false;
      }
      path_ = false;
    } else {
      value_wanted_ = false;
      return true;
    }
  }
}

bool ExpressionCompiler::ParseArguments() {
  Next();
  uint32_t count = 0;
  value_wanted_ = true;
  while (!At(Token::kCloseParen)) {
    if (!ParseExpression()) {
      return false;
    }
    FlushRead();
    ++count;
    if (!Take(Token::kComma)) {
      break;
    }
    value_wanted_ = true;
  }
  if (!Expect(Token::kCloseParen)) {
    return false;
  }
  writer_.Emit(Op::kCall, count);
  return true;
}

bool ExpressionCompiler::ParsePrimary() {
  path_ = false;
  switch (token_) {
    case Token::kName: {
      std::string_view name = word();
      if (name == "true") {
        writer_.Emit(Op::kTrue);
      } else if (name == "false") {
        writer_.Emit(Op::kFalse);
      } else if (name == "null") {
        writer_.Emit(Op::kNull);
      } else if (name == "undefined" || name == "__proto__") {
        // What comes from Object.prototype is hidden.
        writer_.Emit(Op::kUndefined);
      } else {
        uint32_t id = writer_.Intern(name);
        read_root_ = id;
        read_members_.clear();
        path_ = true;
        writer_.Emit(Op::kName, id);
        Next();
        // `new X` reads as two names in a row.
        if (name == "new" && At(Token::kName)) {
          FailWith(Kind::kNotInExpressions, span(), "new");
          return false;
        }
        return true;
      }
      Next();
      return true;
    }
    case Token::kNumber:
      if (failed_) {
        return false;
      }
      writer_.EmitNumber(number_);
      Next();
      return true;
    case Token::kString:
      if (failed_) {
        return false;
      }
      writer_.Emit(Op::kString, string_.data() == scratch_.data()
                                    ? writer_.InternCopy(string_)
                                    : writer_.Intern(string_));
      Next();
      return true;
    case Token::kOpenParen: {
      Next();
      value_wanted_ = true;
      if (!ParseExpression()) {
        return false;
      }
      // `(a).b` still reads a.b.
      return Expect(Token::kCloseParen);
    }
    case Token::kOpenBracket:
      return ParseItems();
    case Token::kOpenBrace:
      ++open_braces_;
      Next();
      writer_.Emit(Op::kNewObject);
      if (!ParseMembers(Token::kCloseBrace)) {
        return false;
      }
      // The brace itself was lexed while this object was open.
      --open_braces_;
      Next();
      path_ = false;
      return true;
    default:
      value_wanted_ = true;
      Fail();
      return false;
  }
}

// Up to `end`, which stays the current token. The object is on the stack.
bool ExpressionCompiler::ParseMembers(Token end) {
  while (!At(end)) {
    if (At(Token::kEllipsis)) {
      Next();
      value_wanted_ = true;
      if (!ParseExpression()) {
        return false;
      }
      FlushRead();
      writer_.Emit(Op::kSpreadMembers);
    } else if (At(Token::kName)) {
      uint32_t key = writer_.Intern(word());
      Next();
      if (Take(Token::kColon)) {
        value_wanted_ = true;
        if (!ParseExpression()) {
          return false;
        }
      } else {
        // Shorthand.
        read_root_ = key;
        read_members_.clear();
        writer_.Emit(Op::kName, key);
      }
      FlushRead();
      writer_.Emit(Op::kSetMember, key);
    } else if (At(Token::kString) || At(Token::kNumber) ||
               At(Token::kOpenBracket)) {
      FailWith(Kind::kBadObjectKey, span(), word());
      return false;
    } else {
      value_wanted_ = true;
      Fail();
      return false;
    }
    path_ = false;
    if (!At(Token::kComma)) {
      break;
    }
    Next();
  }
  if (!At(end)) {
    value_wanted_ = false;
    Fail();
    return false;
  }
  path_ = false;
  return true;
}

bool ExpressionCompiler::ParseItems() {
  int braces = std::exchange(open_braces_, 0);
  Next();
  writer_.Emit(Op::kNewArray);
  while (!At(Token::kCloseBracket)) {
    if (At(Token::kComma)) {
      // A hole.
      writer_.Emit(Op::kUndefined);
      writer_.Emit(Op::kAppend);
      Next();
      continue;
    }
    bool spread = Take(Token::kEllipsis);
    value_wanted_ = true;
    if (!ParseExpression()) {
      return false;
    }
    FlushRead();
    writer_.Emit(spread ? Op::kSpreadItems : Op::kAppend);
    if (!At(Token::kComma)) {
      break;
    }
    Next();
  }
  open_braces_ = braces;
  path_ = false;
  return Expect(Token::kCloseBracket);
}

}  // namespace fcc::fxml
