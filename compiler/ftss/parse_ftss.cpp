// SPDX-License-Identifier: Apache-2.0

#include "compiler/ftss/parse_ftss.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "compiler/ftss/lower_nesting.h"
#include "runtime/style/tokenizer.h"

namespace fcc::ftss {

using base::Span;
using diagnostics::Kind;
using style::RuleKind;
using style::Token;
using style::TokenKind;

namespace {

// What the block of an at-rule holds.
enum class AtRuleBody : uint8_t {
  kRules,
  kFrames,
  kDeclarations,
  kImport,
  // `@charset "…";` and what is kept as text.
  kStatement,
  kUnknown,
};

struct KnownAtRule {
  std::string_view name;
  AtRuleBody body;
};

// What a value is made of, gathered while its end is looked for.
struct Value {
  Span span;
  uint8_t flags = 0;
  uint8_t text_flags = 0;
  // A token in it makes the declaration void; it was reported.
  bool broken = false;
  // Ended at a `{` that no value has.
  bool at_brace = false;
};

class Parser {
 public:
  Parser(const source::SourceFile& file, diagnostics::Sink& sink,
         StyleSheet& sheet)
      : text_(file.text()),
        tokens_(file.text()),
        sink_(sink),
        sheet_(sheet),
        selectors_(sheet.simples, sheet.selectors) {}

  void ParseSheet();

 private:
  enum class Context : uint8_t { kTop, kGroup, kStyle };

  Token NextSignificant();
  Token SkipBlanks(Token token, uint8_t& text_flags);
  void NoteComment(const Token& token);

  void ParseRules(Context context, Span open_brace);
  void ParseQualifiedRule(const Token& first, Context context);
  void ParseStyleBlock(uint32_t owner, bool owner_takes_declarations,
                       Span open_brace);
  void ParseDeclarationOrRule(const Token& first, uint32_t owner,
                              uint32_t& holder);
  bool ParseDeclaration(const Token& name, uint32_t owner, uint32_t& holder);
  Value ParseValue(bool custom);
  void AddDeclaration(const Declaration& declaration, uint32_t owner,
                      uint32_t& holder);
  bool LooksLikeRule(uint32_t from);
  void SkipBadDeclaration(const Token& first);

  void ParseAtRule(const Token& keyword, Context context);
  void ParseImport(const Token& keyword, uint32_t rule);
  void ParseFrames(Span open_brace);
  // The tokens up to `{`, `;`, a `}` or the end, which is returned.
  Token ParsePrelude(Rule& rule, Context context);
  void SkipBlock(Span open_brace);

  uint32_t AddRule(RuleKind kind, uint32_t begin);
  // Forgets `rule` and what came after it.
  void DropRule(uint32_t rule);
  void CloseRule(uint32_t rule) {
    sheet_.rules[rule].end = static_cast<uint32_t>(sheet_.rules.size());
    sheet_.rules[rule].span.end = tokens_.position();
  }
  void AddUrl(const Token& token, Span whole);
  void ReportSelector(const style::SelectorError& error, Span prelude);
  void ReportUnclosed(Span open_brace);
  template <typename... Args>
  diagnostics::Report Report(Kind kind, Span span, const Args&... args) {
    return sink_.Report(kind, sheet_.At(span), args...);
  }
  std::string Quote(Span span) const;

  std::string_view text_;
  style::Tokenizer tokens_;
  diagnostics::Sink& sink_;
  StyleSheet& sheet_;
  style::SelectorParser selectors_;
  int depth_ = 0;
  // Bad selectors of rules inside rules. Where a `}` is missing above, the next
  // rule is read as one of these, and the missing brace is all there is to say.
  struct DoubtfulSelector {
    style::SelectorError error;
    Span prelude;
  };
  std::vector<DoubtfulSelector> doubtful_;
  bool has_unclosed_block_ = false;
};

}  // namespace

static constexpr KnownAtRule kAtRules[] = {
    {"media", AtRuleBody::kRules},
    {"supports", AtRuleBody::kRules},
    {"layer", AtRuleBody::kRules},
    {"container", AtRuleBody::kRules},
    {"scope", AtRuleBody::kRules},
    {"starting-style", AtRuleBody::kRules},
    {"document", AtRuleBody::kRules},
    {"keyframes", AtRuleBody::kFrames},
    {"font-face", AtRuleBody::kDeclarations},
    {"page", AtRuleBody::kDeclarations},
    {"viewport", AtRuleBody::kDeclarations},
    {"counter-style", AtRuleBody::kDeclarations},
    {"property", AtRuleBody::kDeclarations},
    {"import", AtRuleBody::kImport},
    {"charset", AtRuleBody::kStatement},
    {"namespace", AtRuleBody::kStatement},
    {"font-feature-values", AtRuleBody::kStatement},
};

// `-webkit-keyframes` is a keyframes rule too.
static AtRuleBody BodyOf(std::string_view name) {
  if (!name.empty() && name[0] == '-') {
    const size_t dash = name.find('-', 1);
    name.remove_prefix(dash == std::string_view::npos ? 0 : dash + 1);
  }
  for (const KnownAtRule& known : kAtRules) {
    if (style::EqualsIgnoringCase(name, known.name)) {
      return known.body;
    }
  }
  return AtRuleBody::kUnknown;
}

// The user's words, cut where they grow long.
std::string Parser::Quote(Span span) const {
  constexpr size_t kMax = 40;
  std::string_view words = span.In(text_);
  const size_t line = words.find_first_of("\r\n");
  words = words.substr(0, std::min(line, words.size()));
  while (!words.empty() && words.back() == ' ') {
    words.remove_suffix(1);
  }
  if (words.size() <= kMax) {
    return std::string(words);
  }
  size_t end = kMax;
  // Not inside a character.
  while (end > 0 && (static_cast<unsigned char>(words[end]) & 0xC0) == 0x80) {
    --end;
  }
  return std::string(words.substr(0, end)) + "…";
}

void Parser::NoteComment(const Token& token) {
  if (token.line_comment) {
    std::string body(token.span.In(text_).substr(2));
    diagnostics::Report report =
        Report(Kind::kStyleLineComment, {token.span.begin, token.inner + 2});
    if (body.find("*/") == std::string::npos) {
      report.Fix({"write it as a comment of CSS", "改为 CSS 注释"},
                 sheet_.At(token.span), "/*" + body + " */",
                 diagnostics::FixSafety::kSafe);
    }
  } else if (token.unterminated) {
    Report(Kind::kStyleUnclosedComment,
           {token.span.begin, token.span.begin + 2});
  }
}

Token Parser::NextSignificant() {
  while (true) {
    const Token token = tokens_.Next();
    if (token.kind == TokenKind::kComment) {
      if (token.line_comment || token.unterminated) [[unlikely]] {
        NoteComment(token);
      }
    } else if (token.kind != TokenKind::kWhitespace) {
      return token;
    }
  }
}

uint32_t Parser::AddRule(RuleKind kind, uint32_t begin) {
  Rule& rule = sheet_.rules.emplace_back();
  rule.kind = kind;
  rule.span.begin = begin;
  const uint32_t declarations =
      static_cast<uint32_t>(sheet_.declarations.size());
  rule.declarations = {declarations, declarations};
  return static_cast<uint32_t>(sheet_.rules.size() - 1);
}

void Parser::DropRule(uint32_t rule) {
  sheet_.declarations.resize(sheet_.rules[rule].declarations.begin);
  while (!sheet_.urls.empty() &&
         sheet_.urls.back().span.begin >= sheet_.rules[rule].span.begin) {
    sheet_.urls.pop_back();
  }
  while (!sheet_.imports.empty() && sheet_.imports.back() >= rule) {
    sheet_.imports.pop_back();
  }
  sheet_.rules.resize(rule);
}

void Parser::ReportUnclosed(Span open_brace) {
  has_unclosed_block_ = true;
  Report(Kind::kStyleUnclosedBlock, open_brace);
}

// To the brace that closes a block just opened.
void Parser::SkipBlock(Span open_brace) {
  int open = 1;
  while (open > 0) {
    const Token token = NextSignificant();
    if (token.kind == TokenKind::kEnd) {
      ReportUnclosed(open_brace);
      return;
    }
    open += token.kind == TokenKind::kLeftBrace;
    open -= token.kind == TokenKind::kRightBrace;
  }
}

void Parser::AddUrl(const Token& token, Span whole) {
  const std::string_view inner = style::InnerText(token, text_);
  sheet_.urls.push_back(
      {whole,
       {token.inner, token.inner + static_cast<uint32_t>(inner.size())}});
}

void Parser::ReportSelector(const style::SelectorError& error, Span prelude) {
  switch (error.problem) {
    case style::SelectorProblem::kNone:
      break;
    case style::SelectorProblem::kEmpty:
      Report(Kind::kStyleMissingSelector, error.span, Quote(error.span));
      break;
    case style::SelectorProblem::kUnclosed:
      Report(Kind::kStyleUnclosedParen, prelude, Quote(prelude));
      break;
    case style::SelectorProblem::kNoName:
    case style::SelectorProblem::kUnexpected:
      Report(Kind::kStyleBadSelector, error.span, Quote(error.span));
      break;
    case style::SelectorProblem::kTooDeep:
      Report(Kind::kStyleTooDeep, error.span, style::SelectorParser::kMaxDepth);
      break;
  }
}

// Section 5.4.3. `first` is the rule's first token.
void Parser::ParseQualifiedRule(const Token& first, Context context) {
  const uint32_t begin = first.span.begin;
  tokens_.Rewind(begin);
  uint32_t first_selector = 0;
  style::SelectorError error =
      selectors_.Parse(tokens_, context == Context::kStyle, first_selector);
  uint32_t prelude_end = tokens_.position();
  Token token = NextSignificant();
  if (error.problem == style::SelectorProblem::kNone &&
      (token.kind == TokenKind::kRightParen ||
       token.kind == TokenKind::kRightBracket)) {
    error = {style::SelectorProblem::kUnexpected, token.span};
  }
  if (error.problem != style::SelectorProblem::kNone) {
    if (token.kind != TokenKind::kEnd || first.kind == TokenKind::kLeftBrace) {
      if (context == Context::kStyle) {
        doubtful_.push_back({error, {begin, prelude_end}});
      } else {
        ReportSelector(error, {begin, prelude_end});
      }
    }
    while (
        token.kind != TokenKind::kEnd && token.kind != TokenKind::kLeftBrace &&
        !(token.kind == TokenKind::kRightBrace && context != Context::kTop)) {
      token = NextSignificant();
      prelude_end = token.span.begin;
    }
  }
  if (token.kind != TokenKind::kLeftBrace) {
    Report(Kind::kStyleMissingBlock, {begin, std::max(begin, prelude_end)},
           Quote({begin, prelude_end}));
    if (token.kind == TokenKind::kRightBrace) {
      tokens_.Rewind(token.span.begin);
    }
    return;
  }
  const uint32_t rule = AddRule(RuleKind::kStyle, begin);
  Rule& added = sheet_.rules.back();
  added.prelude = {begin, prelude_end};
  added.nested_in_style = context == Context::kStyle;
  sheet_.has_nesting |= added.nested_in_style;
  added.selectors = {first_selector,
                     static_cast<uint32_t>(sheet_.selectors.size())};
  ParseStyleBlock(rule, true, token.span);
  CloseRule(rule);
  if (error.problem != style::SelectorProblem::kNone) {
    DropRule(rule);
  }
}

// Section 5.4.1, for the sheet and for blocks of rules.
void Parser::ParseRules(Context context, Span open_brace) {
  while (true) {
    const Token token = NextSignificant();
    switch (token.kind) {
      case TokenKind::kEnd:
        if (context != Context::kTop) {
          ReportUnclosed(open_brace);
        }
        return;
      case TokenKind::kRightBrace:
        if (context != Context::kTop) {
          return;
        }
        Report(Kind::kStyleStrayBrace, token.span);
        break;
      case TokenKind::kSemicolon:
        Report(Kind::kStyleStraySemicolon, token.span)
            .Fix({"remove it", "删除"}, sheet_.At(token.span), "",
                 diagnostics::FixSafety::kSafe);
        break;
      case TokenKind::kCdo:
      case TokenKind::kCdc:
        break;
      case TokenKind::kAtKeyword:
        ParseAtRule(token, context);
        break;
      default:
        ParseQualifiedRule(token, context);
        break;
    }
  }
}

// The declarations of `owner` stay together: what comes after a nested rule,
// or in a block that holds none of its own, gets a rule without selectors.
void Parser::AddDeclaration(const Declaration& declaration, uint32_t owner,
                            uint32_t& holder) {
  if (holder == UINT32_MAX) {
    holder = AddRule(RuleKind::kStyle, declaration.name.begin);
    sheet_.rules[holder].nested_in_style = true;
    sheet_.has_nesting = true;
    sheet_.rules[holder].end = holder + 1;
  }
  sheet_.declarations.push_back(declaration);
  Rule& rule = sheet_.rules[holder];
  rule.declarations.end = static_cast<uint32_t>(sheet_.declarations.size());
  if (holder != owner) {
    rule.span.end = declaration.value.end;
  }
}

// Section 5.4.4: declarations, at-rules and, since CSS Nesting, rules.
void Parser::ParseStyleBlock(uint32_t owner, bool owner_takes_declarations,
                             Span open_brace) {
  uint32_t holder = owner_takes_declarations ? owner : UINT32_MAX;
  while (true) {
    const Token token = NextSignificant();
    switch (token.kind) {
      case TokenKind::kEnd:
        ReportUnclosed(open_brace);
        return;
      case TokenKind::kRightBrace:
        return;
      case TokenKind::kSemicolon:
        break;
      case TokenKind::kAtKeyword:
        holder = UINT32_MAX;
        sheet_.has_nesting = true;
        ParseAtRule(token, Context::kStyle);
        break;
      default:
        ParseDeclarationOrRule(token, owner, holder);
        break;
    }
  }
}

// Whether a `{` comes before the declaration would end.
bool Parser::LooksLikeRule(uint32_t from) {
  const uint32_t here = tokens_.position();
  tokens_.Rewind(from);
  bool found = false;
  int open = 0;
  while (true) {
    const Token token = tokens_.Next();
    if (token.kind == TokenKind::kLeftBrace) {
      found = true;
      break;
    }
    if (token.kind == TokenKind::kEnd || token.kind == TokenKind::kRightBrace ||
        (token.kind == TokenKind::kSemicolon && open == 0)) {
      break;
    }
    open += token.kind == TokenKind::kLeftParen ||
            token.kind == TokenKind::kFunction;
    open -= token.kind == TokenKind::kRightParen && open > 0;
  }
  tokens_.Rewind(here);
  return found;
}

void Parser::SkipBadDeclaration(const Token& first) {
  tokens_.Rewind(first.span.begin);
  const size_t url_count = sheet_.urls.size();
  const Value rest = ParseValue(true);
  sheet_.urls.resize(url_count);
  Span span = {first.span.begin, std::max(rest.span.end, first.span.end)};
  if (!rest.broken) {
    Report(Kind::kStyleBadDeclaration, span, Quote(span));
  }
}

void Parser::ParseDeclarationOrRule(const Token& first, uint32_t owner,
                                    uint32_t& holder) {
  if (first.kind == TokenKind::kIdent &&
      ParseDeclaration(first, owner, holder)) {
    return;
  }
  if (!LooksLikeRule(first.span.begin)) {
    SkipBadDeclaration(first);
    return;
  }
  if (++depth_ > style::StyleProgram::kMaxNesting) {
    Report(Kind::kStyleTooDeep, first.span, style::StyleProgram::kMaxNesting);
    tokens_.Rewind(first.span.begin);
    Token token = tokens_.Next();
    while (token.kind != TokenKind::kLeftBrace) {
      token = tokens_.Next();
    }
    SkipBlock(token.span);
  } else {
    holder = UINT32_MAX;
    ParseQualifiedRule(first, Context::kStyle);
  }
  --depth_;
}

// Section 5.4.6. False, with nothing read or reported, when it is none.
bool Parser::ParseDeclaration(const Token& name, uint32_t owner,
                              uint32_t& holder) {
  Declaration declaration;
  declaration.name = name.span;
  const bool custom = name.span.size() > 2 && name.first == '-' &&
                      text_[name.span.begin + 1] == '-';
  Token token = tokens_.Next();
  while (token.kind == TokenKind::kWhitespace ||
         token.kind == TokenKind::kComment) {
    token = tokens_.Next();
  }
  if (token.kind != TokenKind::kColon) {
    tokens_.Rewind(name.span.end);
    return false;
  }
  const size_t url_count = sheet_.urls.size();
  const Value value = ParseValue(custom);
  if (value.at_brace) {
    // `a:hover {`: a rule after all.
    sheet_.urls.resize(url_count);
    tokens_.Rewind(name.span.end);
    return false;
  }
  declaration.value = value.span;
  declaration.text_flags = value.text_flags;
  declaration.flags = value.flags;
  if (custom) {
    declaration.flags |= style::kDeclarationCustom;
  }
  if (value.broken) {
    return true;
  }
  if (value.span.empty() && !custom) {
    Report(Kind::kStyleEmptyValue, name.span, Quote(name.span));
    return true;
  }
  AddDeclaration(declaration, owner, holder);
  return true;
}

// Up to the `;` (read) or the `}` (not read) that ends a declaration. A custom
// property's value may hold blocks in braces.
Value Parser::ParseValue(bool custom) {
  Value value;
  // The brackets open now; the innermost one is last.
  std::string open;
  Span outermost;
  // Where `!` stands when only `important` can follow it.
  uint32_t bang = UINT32_MAX;
  bool important = false;
  value.span = {UINT32_MAX, 0};
  // A blank counts only when something follows it.
  bool folded_blank = false;
  bool wants_url = false;
  Span url_function;
  while (true) {
    const Token token = tokens_.Next();
    bool opens = false;
    switch (token.kind) {
      case TokenKind::kWhitespace:
        folded_blank |= token.span.size() > 1 || token.first != ' ';
        continue;
      case TokenKind::kComment:
        NoteComment(token);
        if (value.span.begin != UINT32_MAX) {
          value.text_flags |= kTextComment;
        }
        continue;
      case TokenKind::kSemicolon:
        if (!open.empty()) {
          break;
        }
        goto done;
      case TokenKind::kEnd:
      case TokenKind::kRightBrace:
        if (token.kind == TokenKind::kRightBrace && !open.empty() &&
            open.back() == '}') {
          open.pop_back();
          break;
        }
        if (!open.empty()) {
          Report(Kind::kStyleUnclosedParen, outermost, Quote(outermost));
          value.broken = true;
        }
        tokens_.Rewind(token.span.begin);
        goto done;
      case TokenKind::kLeftBrace:
        if (!custom && open.empty()) {
          value.at_brace = true;
          goto done;
        }
        open.push_back('}');
        opens = true;
        break;
      case TokenKind::kFunction: {
        const std::string_view name = style::InnerText(token, text_);
        if (style::EqualsIgnoringCase(name, "var")) {
          value.flags |= style::kDeclarationVar;
        } else if (style::EqualsIgnoringCase(name, "url")) {
          wants_url = true;
          url_function = token.span;
        }
        open.push_back(')');
        opens = true;
        break;
      }
      case TokenKind::kLeftParen:
        open.push_back(')');
        opens = true;
        break;
      case TokenKind::kLeftBracket:
        open.push_back(']');
        opens = true;
        break;
      case TokenKind::kRightParen:
      case TokenKind::kRightBracket:
        if (!open.empty() && open.back() == token.first) {
          open.pop_back();
        } else if (!value.broken) {
          Report(Kind::kStyleStrayParen, token.span,
                 std::string(1, token.first));
          value.broken = true;
        }
        break;
      case TokenKind::kString:
        if (wants_url) {
          AddUrl(token, {url_function.begin, token.span.end});
          value.text_flags |= kTextUrl;
        }
        if (token.unterminated) {
          Report(Kind::kStyleUnclosedString, token.span);
          value.broken = true;
        }
        break;
      case TokenKind::kBadString:
        // Web views skip the declaration; the reference compiler takes it.
        Report(Kind::kStyleUnclosedString, token.span)
            .As(diagnostics::Severity::kWarning);
        value.broken = true;
        break;
      case TokenKind::kUrl:
        AddUrl(token, token.span);
        if (text_[token.inner - 1] != '(' ||
            sheet_.urls.back().address.end + 1 != token.span.end) {
          value.text_flags |= kTextUrl;
        }
        if (token.unterminated) {
          Report(Kind::kStyleUnclosedParen, {token.span.begin, token.inner},
                 "url(");
          value.broken = true;
        }
        break;
      case TokenKind::kBadUrl:
        Report(Kind::kStyleBadUrl, token.span);
        break;
      case TokenKind::kDimension:
        if (style::IsRpx(token, text_)) {
          value.flags |= style::kDeclarationRpx;
        } else if (token.span.end - token.inner == 3 &&
                   style::EqualsIgnoringCase(text_.substr(token.inner, 3),
                                             "rpx") &&
                   text_[token.inner] == 'R') {
          Report(Kind::kStyleUpperCaseRpx, token.span, Quote(token.span));
        }
        break;
      default:
        break;
    }
    if (opens && open.size() == 1) {
      outermost = token.span;
    }
    if (token.kind != TokenKind::kFunction) {
      wants_url = false;
    }
    if (value.span.begin == UINT32_MAX) {
      value.span.begin = token.span.begin;
    } else if (folded_blank) {
      value.text_flags |= kTextBlanks;
    }
    folded_blank = false;
    if (open.empty() && token.kind == TokenKind::kDelim && token.first == '!') {
      bang = token.span.begin;
      important = false;
    } else if (bang != UINT32_MAX) {
      important = !important && token.kind == TokenKind::kIdent &&
                  style::EqualsIgnoringCase(token.span.In(text_), "important");
      bang = important ? bang : UINT32_MAX;
    }
    value.span.end = token.span.end;
  }
done:
  if (value.span.begin == UINT32_MAX) {
    value.span = {tokens_.position(), tokens_.position()};
  }
  if (important) {
    value.flags |= style::kDeclarationImportant;
    uint32_t end = bang;
    while (end > value.span.begin &&
           (text_[end - 1] == ' ' || text_[end - 1] == '\n' ||
            text_[end - 1] == '\t' || text_[end - 1] == '\r')) {
      --end;
    }
    value.span.end = end;
  }
  return value;
}

Token Parser::ParsePrelude(Rule& rule, Context context) {
  rule.prelude = {UINT32_MAX, 0};
  bool folded_blank = false;
  int open = 0;
  Token token;
  while (true) {
    token = tokens_.Next();
    if (token.kind == TokenKind::kWhitespace) {
      folded_blank |= token.span.size() > 1 || token.first != ' ';
      continue;
    }
    if (token.kind == TokenKind::kComment) {
      NoteComment(token);
      rule.text_flags |= kTextComment;
      continue;
    }
    if (token.kind == TokenKind::kEnd || token.kind == TokenKind::kLeftBrace ||
        (token.kind == TokenKind::kSemicolon && open == 0) ||
        (token.kind == TokenKind::kRightBrace && context != Context::kTop)) {
      break;
    }
    open += token.kind == TokenKind::kLeftParen ||
            token.kind == TokenKind::kFunction;
    open -= token.kind == TokenKind::kRightParen && open > 0;
    if (token.kind == TokenKind::kDimension && style::IsRpx(token, text_)) {
      Report(Kind::kStyleRpxInCondition, token.span,
             std::string(rule.name.In(text_)));
    }
    if (rule.prelude.begin == UINT32_MAX) {
      rule.prelude.begin = token.span.begin;
    } else if (folded_blank) {
      rule.text_flags |= kTextBlanks;
    }
    folded_blank = false;
    rule.prelude.end = token.span.end;
  }
  if (rule.prelude.begin == UINT32_MAX) {
    rule.prelude = {token.span.begin, token.span.begin};
  }
  return token;
}

// `@import "path";`, also as url() and with a media query, which becomes a
// group around the import.
void Parser::ParseImport(const Token& keyword, uint32_t rule) {
  Token token = NextSignificant();
  Span path;
  bool closes_function = false;
  if (token.kind == TokenKind::kFunction &&
      style::EqualsIgnoringCase(style::InnerText(token, text_), "url")) {
    closes_function = true;
    token = NextSignificant();
  }
  if ((token.kind != TokenKind::kString && token.kind != TokenKind::kUrl) ||
      token.unterminated) {
    Report(Kind::kStyleImportSyntax, keyword.span);
    DropRule(rule);
    tokens_.Rewind(token.span.begin);
    token = tokens_.Next();
    while (token.kind != TokenKind::kEnd &&
           token.kind != TokenKind::kSemicolon) {
      token = tokens_.Next();
    }
    return;
  }
  const std::string_view inner = style::InnerText(token, text_);
  path = {token.inner, token.inner + static_cast<uint32_t>(inner.size())};
  const uint32_t path_end = token.span.end;
  if (closes_function) {
    token = NextSignificant();
    if (token.kind != TokenKind::kRightParen) {
      tokens_.Rewind(token.span.begin);
    }
  }
  Rule condition;
  condition.name = sheet_.rules[rule].name;
  const Token end = ParsePrelude(condition, Context::kGroup);
  uint32_t import = rule;
  if (end.kind == TokenKind::kLeftBrace || end.kind == TokenKind::kRightBrace) {
    // The semicolon was forgotten and the next rule read as the condition.
    Report(Kind::kStyleImportSemicolon, {keyword.span.begin, path_end})
        .Fix({"end the import", "加上分号"}, sheet_.At({path_end, path_end}),
             ";", diagnostics::FixSafety::kSafe);
    tokens_.Rewind(path_end);
  } else if (!condition.prelude.empty()) {
    sheet_.rules[rule].kind = RuleKind::kGroup;
    sheet_.rules[rule].prelude = condition.prelude;
    sheet_.rules[rule].text_flags = condition.text_flags;
    import = AddRule(RuleKind::kImport, keyword.span.begin);
    sheet_.rules[import].name = sheet_.rules[rule].name;
  }
  sheet_.rules[import].kind = RuleKind::kImport;
  sheet_.rules[import].prelude = path;
  sheet_.imports.push_back(import);
  CloseRule(import);
}

// The frames of @keyframes; their preludes are kept as text.
void Parser::ParseFrames(Span open_brace) {
  while (true) {
    Token token = NextSignificant();
    if (token.kind == TokenKind::kEnd) {
      ReportUnclosed(open_brace);
      return;
    }
    if (token.kind == TokenKind::kRightBrace) {
      return;
    }
    const uint32_t frame = AddRule(RuleKind::kKeyframe, token.span.begin);
    tokens_.Rewind(token.span.begin);
    Rule prelude;
    token = ParsePrelude(prelude, Context::kGroup);
    sheet_.rules[frame].prelude = prelude.prelude;
    sheet_.rules[frame].text_flags = prelude.text_flags;
    if (token.kind != TokenKind::kLeftBrace) {
      Report(Kind::kStyleMissingBlock, prelude.prelude, Quote(prelude.prelude));
      DropRule(frame);
      if (token.kind == TokenKind::kRightBrace) {
        tokens_.Rewind(token.span.begin);
      }
      continue;
    }
    if (prelude.prelude.empty()) {
      Report(Kind::kStyleMissingSelector, token.span, Quote(token.span));
    }
    ParseStyleBlock(frame, true, token.span);
    CloseRule(frame);
  }
}

// Section 5.4.2.
void Parser::ParseAtRule(const Token& keyword, Context context) {
  const uint32_t index = AddRule(RuleKind::kOther, keyword.span.begin);
  sheet_.rules[index].name = {keyword.inner, keyword.span.end};
  sheet_.rules[index].nested_in_style = context == Context::kStyle;
  const AtRuleBody body = BodyOf(style::InnerText(keyword, text_));
  if (body == AtRuleBody::kImport) {
    ParseImport(keyword, index);
    if (index < sheet_.rules.size()) {
      CloseRule(index);
    }
    return;
  }
  Rule prelude;
  prelude.name = sheet_.rules[index].name;
  const Token token = ParsePrelude(prelude, context);
  sheet_.rules[index].prelude = prelude.prelude;
  sheet_.rules[index].text_flags = prelude.text_flags;
  if (body == AtRuleBody::kUnknown) {
    Report(Kind::kStyleUnknownAtRule, keyword.span,
           std::string(style::InnerText(keyword, text_)));
  }
  if (token.kind != TokenKind::kLeftBrace) {
    if (token.kind == TokenKind::kRightBrace) {
      tokens_.Rewind(token.span.begin);
    }
    if (body == AtRuleBody::kFrames || body == AtRuleBody::kDeclarations) {
      Report(Kind::kStyleMissingBlock, keyword.span, Quote(keyword.span));
      DropRule(index);
      return;
    }
    CloseRule(index);
    return;
  }
  if (++depth_ > style::StyleProgram::kMaxNesting) {
    Report(Kind::kStyleTooDeep, keyword.span, style::StyleProgram::kMaxNesting);
    SkipBlock(token.span);
    DropRule(index);
    --depth_;
    return;
  }
  switch (body) {
    case AtRuleBody::kRules:
      sheet_.rules[index].kind = RuleKind::kGroup;
      if (context == Context::kStyle) {
        ParseStyleBlock(index, false, token.span);
      } else {
        ParseRules(Context::kGroup, token.span);
      }
      break;
    case AtRuleBody::kFrames:
      sheet_.rules[index].kind = RuleKind::kKeyframes;
      ParseFrames(token.span);
      break;
    case AtRuleBody::kDeclarations:
      sheet_.rules[index].kind = RuleKind::kDeclarations;
      ParseStyleBlock(index, true, token.span);
      break;
    case AtRuleBody::kImport:
    case AtRuleBody::kStatement:
    case AtRuleBody::kUnknown:
      SkipBlock(token.span);
      sheet_.rules[index].has_block = true;
      sheet_.rules[index].prelude.end = tokens_.position();
      sheet_.rules[index].text_flags = kTextBlanks | kTextComment;
      break;
  }
  --depth_;
  CloseRule(index);
}

void Parser::ParseSheet() {
  // Measured on the sheets of five libraries: bytes a record.
  const size_t size = text_.size();
  sheet_.rules.reserve(size / 64 + 4);
  sheet_.simples.reserve(size / 36 + 4);
  sheet_.selectors.reserve(size / 64 + 4);
  sheet_.declarations.reserve(size / 32 + 4);
  ParseRules(Context::kTop, {});
  if (!has_unclosed_block_) {
    for (const DoubtfulSelector& one : doubtful_) {
      ReportSelector(one.error, one.prelude);
    }
  }
}

StyleSheet ParseFtss(const source::SourceFile& file, diagnostics::Sink& sink) {
  StyleSheet sheet;
  sheet.file = &file;
  Parser(file, sink, sheet).ParseSheet();
  if (sheet.has_nesting) {
    LowerNesting(sheet, sink);
  }
  return sheet;
}

std::string_view StyleSheet::AtNameOf(const Rule& rule) const {
  const std::string_view name = rule.name.In(text());
  return rule.kind == RuleKind::kGroup &&
                 style::EqualsIgnoringCase(name, "import")
             ? "media"
             : name;
}

size_t StyleSheet::memory_bytes() const {
  return rules.capacity() * sizeof(Rule) +
         simples.capacity() * sizeof(style::SimpleSelector) +
         selectors.capacity() * sizeof(style::Selector) +
         declarations.capacity() * sizeof(Declaration) +
         urls.capacity() * sizeof(UrlReference) +
         imports.capacity() * sizeof(uint32_t);
}

}  // namespace fcc::ftss
