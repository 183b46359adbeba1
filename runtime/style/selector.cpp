// SPDX-License-Identifier: Apache-2.0

#include "runtime/style/selector.h"

#include <algorithm>
#include <utility>

#include "runtime/base/format.h"

namespace fcc::style {

static constexpr uint32_t kIdWeight = 1u << 20;
static constexpr uint32_t kClassWeight = 1u << 10;
static constexpr uint32_t kTagWeight = 1;

// Component by component, each up to 1023.
static uint32_t AddSpecificity(uint32_t a, uint32_t b) {
  uint32_t sum = 0;
  for (int shift : {0, 10, 20}) {
    const uint32_t part = ((a >> shift) & 1023u) + ((b >> shift) & 1023u);
    sum |= std::min(part, 1023u) << shift;
  }
  return sum;
}

static bool IsLegacyPseudoElement(std::string_view name) {
  return EqualsIgnoringCase(name, "before") ||
         EqualsIgnoringCase(name, "after") ||
         EqualsIgnoringCase(name, "first-line") ||
         EqualsIgnoringCase(name, "first-letter");
}

static bool TakesSelectorList(std::string_view name) {
  for (std::string_view known : {"not", "is", "where", "has", "matches", "any",
                                 "-webkit-any", "-moz-any", "host-context"}) {
    if (EqualsIgnoringCase(name, known)) {
      return true;
    }
  }
  return false;
}

const Token& SelectorParser::Peek() {
  while (!has_next_) {
    next_ = tokens_->Next();
    has_next_ = next_.kind != TokenKind::kComment;
  }
  return next_;
}

bool SelectorParser::Fail(SelectorProblem problem, base::Span span) {
  error_ = {problem, span};
  return false;
}

bool SelectorParser::FailAtNext() {
  const Token& token = Peek();
  return Fail(token.kind == TokenKind::kEnd ? SelectorProblem::kUnclosed
                                            : SelectorProblem::kUnexpected,
              token.span);
}

static bool EndsSelector(TokenKind kind) {
  switch (kind) {
    case TokenKind::kEnd:
    case TokenKind::kComma:
    case TokenKind::kSemicolon:
    case TokenKind::kLeftBrace:
    case TokenKind::kRightBrace:
    case TokenKind::kRightParen:
    case TokenKind::kRightBracket:
      return true;
    default:
      return false;
  }
}

// `[name]`, `[name op value]`, `[name op value i]`; `[` is read.
bool SelectorParser::ParseAttribute(SimpleSelector& simple) {
  const auto skip_blanks = [this] {
    while (Peek().kind == TokenKind::kWhitespace) {
      Drop();
    }
  };
  simple.kind = SelectorKind::kAttribute;
  skip_blanks();
  if (Peek().kind != TokenKind::kIdent) {
    return FailAtNext();
  }
  simple.name = next_.span;
  simple.flags |= next_.escaped ? kSelectorEscaped : 0;
  Drop();
  skip_blanks();
  if (Peek().kind == TokenKind::kRightBracket) {
    Drop();
    return true;
  }
  if (next_.kind != TokenKind::kDelim) {
    return FailAtNext();
  }
  constexpr std::string_view kOperators = "~|^$*";
  constexpr AttributeMatch kMatches[] = {
      AttributeMatch::kWord, AttributeMatch::kDash, AttributeMatch::kPrefix,
      AttributeMatch::kSuffix, AttributeMatch::kSubstring};
  AttributeMatch match = AttributeMatch::kEquals;
  const size_t op = kOperators.find(next_.first);
  if (op != std::string_view::npos) {
    match = kMatches[op];
    Drop();
  }
  if (Peek().kind != TokenKind::kDelim || next_.first != '=') {
    return FailAtNext();
  }
  Drop();
  simple.op = static_cast<uint8_t>(match);
  skip_blanks();
  if (Peek().kind == TokenKind::kString) {
    const std::string_view inner = InnerText(next_, tokens_->text());
    simple.value = {next_.inner,
                    next_.inner + static_cast<uint32_t>(inner.size())};
    simple.flags |= kSelectorQuoted;
  } else if (next_.kind == TokenKind::kIdent) {
    simple.value = next_.span;
  } else {
    return FailAtNext();
  }
  simple.flags |= next_.escaped ? kSelectorEscaped : 0;
  Drop();
  skip_blanks();
  if (Peek().kind == TokenKind::kIdent && next_.span.size() == 1 &&
      (next_.first | 0x20) == 'i') {
    simple.flags |= kSelectorIgnoreCase;
    Drop();
    skip_blanks();
  } else if (next_.kind == TokenKind::kIdent && next_.span.size() == 1 &&
             (next_.first | 0x20) == 's') {
    Drop();
    skip_blanks();
  }
  if (Peek().kind != TokenKind::kRightBracket) {
    return FailAtNext();
  }
  Drop();
  return true;
}

// The text up to the `)` that belongs to a `name(` just read.
bool SelectorParser::ParseArguments(int depth, SimpleSelector& simple,
                                    uint32_t& highest) {
  if (simple.kind == SelectorKind::kPseudoClassList ||
      simple.kind == SelectorKind::kPseudoElementList ||
      simple.kind == SelectorKind::kHostList) {
    const bool relative =
        EqualsIgnoringCase(simple.name.In(tokens_->text()), "has");
    if (!ParseList(depth + 1, relative, simple.value, highest)) {
      return false;
    }
    if (Peek().kind != TokenKind::kRightParen) {
      return FailAtNext();
    }
    Drop();
    return true;
  }
  while (Peek().kind == TokenKind::kWhitespace) {
    Drop();
  }
  base::Span span = {next_.span.begin, next_.span.begin};
  int open = 0;
  while (true) {
    const Token& token = Peek();
    switch (token.kind) {
      case TokenKind::kEnd:
      case TokenKind::kLeftBrace:
      case TokenKind::kRightBrace:
      case TokenKind::kSemicolon:
        return Fail(SelectorProblem::kUnclosed, simple.name);
      case TokenKind::kFunction:
      case TokenKind::kLeftParen:
        ++open;
        break;
      case TokenKind::kRightParen:
        if (open-- == 0) {
          Drop();
          simple.value = span;
          return true;
        }
        break;
      default:
        break;
    }
    if (token.kind != TokenKind::kWhitespace) {
      span.end = token.span.end;
    }
    Drop();
  }
}

// After the first `:`.
bool SelectorParser::ParsePseudo(int depth, base::Span colon,
                                 SimpleSelector& simple, uint32_t& sum) {
  bool is_element = false;
  if (Peek().kind == TokenKind::kColon) {
    is_element = true;
    Drop();
  }
  const Token name = Peek();
  if (name.kind != TokenKind::kIdent && name.kind != TokenKind::kFunction) {
    return Fail(SelectorProblem::kNoName, colon);
  }
  Drop();
  const bool has_arguments = name.kind == TokenKind::kFunction;
  const std::string_view word = InnerText(name, tokens_->text());
  simple.name = {name.inner, name.inner + static_cast<uint32_t>(word.size())};
  simple.flags |= name.escaped ? kSelectorEscaped : 0;
  simple.flags |= has_arguments ? kSelectorHasArguments : 0;
  uint32_t weight = kClassWeight;
  if (is_element) {
    weight = kTagWeight;
    simple.kind = has_arguments && EqualsIgnoringCase(word, "slotted")
                      ? SelectorKind::kPseudoElementList
                      : SelectorKind::kPseudoElement;
  } else if (!has_arguments && IsLegacyPseudoElement(word)) {
    weight = kTagWeight;
    simple.kind = SelectorKind::kPseudoElement;
    simple.flags |= kSelectorOneColon;
  } else if (EqualsIgnoringCase(word, "host")) {
    simple.kind = has_arguments ? SelectorKind::kHostList : SelectorKind::kHost;
  } else if (has_arguments && TakesSelectorList(word)) {
    simple.kind = SelectorKind::kPseudoClassList;
    weight = 0;
  } else {
    simple.kind = SelectorKind::kPseudoClass;
  }
  uint32_t highest = 0;
  if (has_arguments && !ParseArguments(depth, simple, highest)) {
    return false;
  }
  if (EqualsIgnoringCase(word, "where")) {
    highest = 0;
  }
  sum = AddSpecificity(sum, AddSpecificity(weight, highest));
  return true;
}

bool SelectorParser::ParseSimple(int depth, uint32_t& sum) {
  const Token token = Peek();
  SimpleSelector simple;
  simple.name = token.span;
  simple.flags = token.escaped ? kSelectorEscaped : 0;
  switch (token.kind) {
    case TokenKind::kIdent:
      Drop();
      simple.kind = SelectorKind::kTag;
      sum = AddSpecificity(sum, kTagWeight);
      break;
    case TokenKind::kHash:
      Drop();
      simple.kind = SelectorKind::kId;
      simple.name.begin = token.inner;
      sum = AddSpecificity(sum, kIdWeight);
      break;
    case TokenKind::kLeftBracket:
      Drop();
      sum = AddSpecificity(sum, kClassWeight);
      if (!ParseAttribute(simple)) {
        return false;
      }
      break;
    case TokenKind::kColon:
      Drop();
      if (!ParsePseudo(depth, token.span, simple, sum)) {
        return false;
      }
      break;
    case TokenKind::kDelim:
      if (token.first == '*') {
        Drop();
        simple.kind = SelectorKind::kUniversal;
        break;
      }
      if (token.first == '&') {
        Drop();
        simple.kind = SelectorKind::kNesting;
        break;
      }
      if (token.first == '#') {
        return Fail(SelectorProblem::kNoName, token.span);
      }
      if (token.first == '.') {
        Drop();
        const Token name = Peek();
        if (name.kind != TokenKind::kIdent ||
            name.span.begin != token.span.end) {
          return Fail(SelectorProblem::kNoName, token.span);
        }
        Drop();
        simple.kind = SelectorKind::kClass;
        simple.name = name.span;
        simple.flags = name.escaped ? kSelectorEscaped : 0;
        sum = AddSpecificity(sum, kClassWeight);
        break;
      }
      return FailAtNext();
    default:
      return FailAtNext();
  }
  open_simples_.push_back(simple);
  return true;
}

static bool IsCombinator(const Token& token, Combinator& combinator) {
  if (token.kind != TokenKind::kDelim) {
    return false;
  }
  switch (token.first) {
    case '>':
      combinator = Combinator::kChild;
      return true;
    case '+':
      combinator = Combinator::kNext;
      return true;
    case '~':
      combinator = Combinator::kSubsequent;
      return true;
    default:
      return false;
  }
}

bool SelectorParser::ParseComplex(int depth, bool relative, Selector& out) {
  const size_t base = open_simples_.size();
  const auto push_combinator = [this](Combinator combinator, base::Span span) {
    SimpleSelector simple;
    simple.kind = SelectorKind::kCombinator;
    simple.op = static_cast<uint8_t>(combinator);
    simple.name = span;
    open_simples_.push_back(simple);
  };
  // Whether the last one pushed is a combinator, or nothing is pushed yet.
  bool wants_compound = true;
  bool blank = false;
  while (!EndsSelector(Peek().kind)) {
    Combinator combinator = Combinator::kDescendant;
    if (next_.kind == TokenKind::kWhitespace) {
      blank = true;
      Drop();
    } else if (IsCombinator(next_, combinator)) {
      const bool leads = open_simples_.size() == base;
      if (wants_compound && !(relative && leads)) {
        return FailAtNext();
      }
      push_combinator(combinator, next_.span);
      Drop();
      wants_compound = true;
      blank = false;
    } else {
      if (!wants_compound) {
        if (blank) {
          push_combinator(Combinator::kDescendant,
                          {next_.span.begin, next_.span.begin});
        } else if (next_.kind == TokenKind::kIdent ||
                   (next_.kind == TokenKind::kDelim && next_.first == '*')) {
          // A tag stands first in its compound, except after `&`.
          if (open_simples_.back().kind != SelectorKind::kNesting) {
            return FailAtNext();
          }
        }
      }
      if (!ParseSimple(depth, out.specificity)) {
        return false;
      }
      wants_compound = false;
      blank = false;
    }
  }
  if (wants_compound) {
    return Fail(SelectorProblem::kEmpty, next_.span);
  }
  out.first = static_cast<uint32_t>(simples_.size());
  out.count = static_cast<uint32_t>(open_simples_.size() - base);
  simples_.insert(simples_.end(),
                  open_simples_.begin() + static_cast<ptrdiff_t>(base),
                  open_simples_.end());
  open_simples_.resize(base);
  return true;
}

bool SelectorParser::ParseList(int depth, bool relative, base::Span& range,
                               uint32_t& highest) {
  if (depth > kMaxDepth) {
    return Fail(SelectorProblem::kTooDeep, Peek().span);
  }
  const size_t base = open_selectors_.size();
  while (true) {
    Selector selector;
    if (!ParseComplex(depth, relative, selector)) {
      return false;
    }
    highest = std::max(highest, selector.specificity);
    open_selectors_.push_back(selector);
    if (Peek().kind != TokenKind::kComma) {
      break;
    }
    Drop();
  }
  range.begin = static_cast<uint32_t>(selectors_.size());
  selectors_.insert(selectors_.end(),
                    open_selectors_.begin() + static_cast<ptrdiff_t>(base),
                    open_selectors_.end());
  range.end = static_cast<uint32_t>(selectors_.size());
  open_selectors_.resize(base);
  return true;
}

SelectorError SelectorParser::Parse(Tokenizer& tokens, bool relative,
                                    uint32_t& first) {
  tokens_ = &tokens;
  has_next_ = false;
  error_ = {};
  const size_t simple_count = simples_.size();
  const size_t selector_count = selectors_.size();
  base::Span range;
  uint32_t highest = 0;
  if (ParseList(0, relative, range, highest)) {
    first = range.begin;
  } else {
    simples_.resize(simple_count);
    selectors_.resize(selector_count);
    open_simples_.clear();
    open_selectors_.clear();
  }
  if (has_next_) {
    tokens.Rewind(next_.span.begin);
  }
  return error_;
}

static std::string_view ProblemText(SelectorProblem problem) {
  switch (problem) {
    case SelectorProblem::kNone:
      return "nothing";
    case SelectorProblem::kEmpty:
      return "a selector is missing";
    case SelectorProblem::kNoName:
      return "a name is missing";
    case SelectorProblem::kUnexpected:
      return "this cannot stand in a selector";
    case SelectorProblem::kUnclosed:
      return "a bracket is not closed";
    case SelectorProblem::kTooDeep:
      return "brackets are nested too deep";
  }
  FCC_CHECK(false);
}

void UnescapeSelectors(std::span<SimpleSelector> simples, std::string& text) {
  for (SimpleSelector& simple : simples) {
    if ((simple.flags & kSelectorEscaped) == 0) {
      continue;
    }
    const auto replace = [&text](base::Span& span) {
      const std::string name = Unescape(span.In(text));
      span.begin = static_cast<uint32_t>(text.size());
      text += name;
      span.end = static_cast<uint32_t>(text.size());
    };
    replace(simple.name);
    if (simple.kind == SelectorKind::kAttribute) {
      replace(simple.value);
    }
    simple.flags &= static_cast<uint16_t>(~kSelectorEscaped);
  }
}

base::Result<SelectorList> SelectorList::Parse(std::string_view text) {
  SelectorList list;
  list.text_ = text;
  SelectorParser parser(list.simples_, list.selectors_);
  Tokenizer tokens(list.text_);
  uint32_t first = 0;
  SelectorError error = parser.Parse(tokens, false, first);
  if (error.problem == SelectorProblem::kNone &&
      tokens.position() != text.size()) {
    error = {SelectorProblem::kUnexpected,
             {tokens.position(), tokens.position() + 1}};
  }
  if (error.problem != SelectorProblem::kNone) {
    return base::Error{
        base::ErrorKind::kCorrupt,
        base::format("selector `{}`: {} at character {}", text,
                     ProblemText(error.problem), error.span.begin + 1)};
  }
  list.top_ = {first, static_cast<uint32_t>(list.selectors_.size())};
  UnescapeSelectors(list.simples_, list.text_);
  return list;
}

}  // namespace fcc::style
