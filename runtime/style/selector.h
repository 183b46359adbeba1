// SPDX-License-Identifier: Apache-2.0
//
// Selectors (Selectors Level 4 as far as mini programs use it): flat records,
// one parser for sheets and for the strings apps hand to selectComponent,
// createSelectorQuery or a test's `page.$()`.
//
// The records are plain bytes that the style program stores as they are; names
// are spans of one text that a SelectorTable carries beside them.

#ifndef FCC_RUNTIME_STYLE_SELECTOR_H_
#define FCC_RUNTIME_STYLE_SELECTOR_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/result.h"
#include "runtime/base/span.h"
#include "runtime/style/tokenizer.h"

namespace fcc::style {

enum class SelectorKind : uint8_t {
  kCombinator,
  kUniversal,
  // As written; `page` and `view` are tags like any other.
  kTag,
  kId,
  kClass,
  kAttribute,
  // Without arguments, or with arguments kept as text.
  kPseudoClass,
  // Arguments are a selector list: :not() :is() :where() :has() …
  kPseudoClassList,
  kPseudoElement,
  // ::slotted() and the like: arguments are a selector list.
  kPseudoElementList,
  kHost,
  // :host(list).
  kHostList,
  // `&`.
  kNesting,
  kCount,
};

enum class Combinator : uint8_t { kDescendant, kChild, kNext, kSubsequent };

enum class AttributeMatch : uint8_t {
  kExists,
  kEquals,
  kWord,
  kDash,
  kPrefix,
  kSuffix,
  kSubstring,
  kCount,
};

enum SelectorFlag : uint16_t {
  // The name (or the value) has escapes in it. Never set in a program.
  kSelectorEscaped = 1,
  // `[a=b i]`.
  kSelectorIgnoreCase = 2,
  // The attribute's value was quoted.
  kSelectorQuoted = 4,
  // A pseudo class or element with arguments, a list or text.
  kSelectorHasArguments = 8,
  // `:before`: a pseudo element with one colon.
  kSelectorOneColon = 16,
};

struct SimpleSelector {
  SelectorKind kind = SelectorKind::kUniversal;
  // A Combinator or an AttributeMatch.
  uint8_t op = 0;
  uint16_t flags = 0;
  // Of a tag, id, class, attribute or pseudo.
  base::Span name;
  // An attribute's value or a pseudo's arguments as text; for lists the range
  // of indices into SelectorTable::selectors.
  base::Span value;
};
static_assert(sizeof(SimpleSelector) == 20);

// One selector without commas: its simple selectors from left to right with
// combinators between the compounds.
struct Selector {
  uint32_t first = 0;
  uint32_t count = 0;
  // a, b, c of Selectors Level 4, section 17: ten bits each, saturating.
  uint32_t specificity = 0;
};
static_assert(sizeof(Selector) == 12);

struct SelectorTable {
  std::span<const SimpleSelector> simples;
  std::span<const Selector> selectors;
  std::string_view text;

  std::string_view NameOf(const SimpleSelector& simple) const {
    return simple.name.In(text);
  }
  std::string_view ValueOf(const SimpleSelector& simple) const {
    return simple.value.In(text);
  }
};

enum class SelectorProblem : uint8_t {
  kNone,
  // Nothing where a selector must be: `{}`, `,.a`, `.a,`, `.a >`.
  kEmpty,
  // `.`, `#`, `:` without a name.
  kNoName,
  // A token that no selector has.
  kUnexpected,
  kUnclosed,
  kTooDeep,
};

struct SelectorError {
  SelectorProblem problem = SelectorProblem::kNone;
  base::Span span;
};

// Parses lists into two growing arrays; the compiler keeps one for a sheet.
class SelectorParser {
 public:
  SelectorParser(std::vector<SimpleSelector>& simples,
                 std::vector<Selector>& selectors)
      : simples_(simples), selectors_(selectors) {}

  // Reads a list from `tokens` up to `{`, `;`, an unmatched closing bracket or
  // the end, which is left unread. The selectors of the list itself come to
  // stand at [first, selectors.size()). After an error nothing of the list is
  // kept and `tokens` stands somewhere inside it. A list may begin with a
  // combinator when `relative`.
  SelectorError Parse(Tokenizer& tokens, bool relative, uint32_t& first);

  static constexpr int kMaxDepth = 32;

 private:
  const Token& Peek();
  void Drop() { has_next_ = false; }
  bool Fail(SelectorProblem problem, base::Span span);
  bool FailAtNext();
  bool ParseList(int depth, bool relative, base::Span& range,
                 uint32_t& highest);
  bool ParseComplex(int depth, bool relative, Selector& out);
  bool ParseSimple(int depth, uint32_t& sum);
  bool ParseAttribute(SimpleSelector& simple);
  bool ParsePseudo(int depth, base::Span colon, SimpleSelector& simple,
                   uint32_t& sum);
  bool ParseArguments(int depth, SimpleSelector& simple, uint32_t& highest);

  std::vector<SimpleSelector>& simples_;
  std::vector<Selector>& selectors_;
  // What is read of the lists and selectors still open, innermost last.
  std::vector<SimpleSelector> open_simples_;
  std::vector<Selector> open_selectors_;
  Tokenizer* tokens_ = nullptr;
  SelectorError error_;
  Token next_;
  bool has_next_ = false;
};

// A parsed list that owns its text.
class SelectorList {
 public:
  // Fails with kCorrupt; the message says what is wrong and where.
  static base::Result<SelectorList> Parse(std::string_view text);

  SelectorTable table() const { return {simples_, selectors_, text_}; }
  // The selectors of the list itself (others belong to :not() and the like).
  base::Span top() const { return top_; }

 private:
  std::string text_;
  std::vector<SimpleSelector> simples_;
  std::vector<Selector> selectors_;
  base::Span top_;
};

// The same selectors with escapes undone, their names in `text`: what
// matching, which never looks at escapes, needs.
void UnescapeSelectors(std::span<SimpleSelector> simples, std::string& text);

}  // namespace fcc::style

#endif  // FCC_RUNTIME_STYLE_SELECTOR_H_
