// SPDX-License-Identifier: Apache-2.0
//
// Right to left, with the outcomes that browsers use to cut backtracking short:
// a failure says how far up or along another try could still succeed, so a
// chain of n descendant combinators costs one walk, not n nested ones.

#include "runtime/style/match.h"

#include "runtime/style/nth.h"
#include "runtime/style/tokenizer.h"

namespace fcc::style {

namespace {

enum class Outcome : uint8_t {
  kMatched,
  // Another sibling or ancestor may do.
  kFailed,
  // No earlier sibling can do; an ancestor may.
  kFailedAmongSiblings,
  // No ancestor can do either.
  kFailedForGood,
};

class Matcher {
 public:
  explicit Matcher(const SelectorTable& table) : table_(table) {}

  // `anchor`: the element a relative selector of :has() starts from.
  bool MatchesSelector(const Selector& selector, const Element& element,
                       bool is_host, const Element* anchor);

  std::string_view pseudo_element;

 private:
  Outcome MatchFrom(const Selector& selector, uint32_t end,
                    const Element& element, bool is_host,
                    const Element* anchor);
  bool MatchCompound(uint32_t begin, uint32_t end, const Element& element,
                     bool is_host);
  bool MatchSimple(const SimpleSelector& simple, const Element& element,
                   bool is_host);
  bool MatchAttribute(const SimpleSelector& simple, const Element& element);
  bool MatchPseudo(const SimpleSelector& simple, const Element& element);
  bool MatchList(const SimpleSelector& simple, const Element& element,
                 bool is_host);
  bool MatchHas(const SimpleSelector& simple, const Element& element);
  bool AnyBelow(const Selector& selector, const Element& root,
                const Element& anchor);
  bool Anchored(const SimpleSelector* combinator, const Element& element,
                const Element& anchor);

  const SelectorTable& table_;
  int depth_ = 0;
};

}  // namespace

static bool MatchesText(std::string_view value, AttributeMatch match,
                        std::string_view wanted) {
  switch (match) {
    case AttributeMatch::kExists:
      return true;
    case AttributeMatch::kEquals:
      return value == wanted;
    case AttributeMatch::kWord: {
      if (wanted.empty() || wanted.find(' ') != std::string_view::npos) {
        return false;
      }
      size_t at = 0;
      while ((at = value.find(wanted, at)) != std::string_view::npos) {
        const size_t end = at + wanted.size();
        if ((at == 0 || value[at - 1] == ' ') &&
            (end == value.size() || value[end] == ' ')) {
          return true;
        }
        ++at;
      }
      return false;
    }
    case AttributeMatch::kDash:
      return value.starts_with(wanted) &&
             (value.size() == wanted.size() || value[wanted.size()] == '-');
    case AttributeMatch::kPrefix:
      return !wanted.empty() && value.starts_with(wanted);
    case AttributeMatch::kSuffix:
      return !wanted.empty() && value.ends_with(wanted);
    case AttributeMatch::kSubstring:
      return !wanted.empty() && value.find(wanted) != std::string_view::npos;
    case AttributeMatch::kCount:
      break;
  }
  return false;
}

static std::string Lowered(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  }
  return out;
}

bool Matcher::MatchAttribute(const SimpleSelector& simple,
                             const Element& element) {
  const auto value = element.Attribute(table_.NameOf(simple));
  if (!value) {
    return false;
  }
  const AttributeMatch match = static_cast<AttributeMatch>(simple.op);
  const std::string_view wanted = table_.ValueOf(simple);
  if ((simple.flags & kSelectorIgnoreCase) != 0) {
    return MatchesText(Lowered(*value), match, Lowered(wanted));
  }
  return MatchesText(*value, match, wanted);
}

// The place among siblings, from 1; of its tag only when `of_type`.
static int32_t PositionOf(const Element& element, bool from_end, bool of_type) {
  int32_t position = 1;
  const Element* at = &element;
  while (true) {
    at = from_end ? at->next_sibling() : at->previous_sibling();
    if (at == nullptr) {
      return position;
    }
    position += !of_type || at->tag() == element.tag();
  }
}

bool Matcher::MatchPseudo(const SimpleSelector& simple,
                          const Element& element) {
  const std::string name = Lowered(table_.NameOf(simple));
  if (name == "root") {
    return element.parent() == nullptr && element.host() == nullptr;
  }
  if (name == "empty") {
    return element.first_child() == nullptr;
  }
  const bool of_type = name.ends_with("-of-type");
  const std::string_view place =
      std::string_view(name).substr(0, name.find('-'));
  if (name == "first-child" || name == "first-of-type") {
    return PositionOf(element, false, of_type) == 1;
  }
  if (name == "last-child" || name == "last-of-type") {
    return PositionOf(element, true, of_type) == 1;
  }
  if (name == "only-child" || name == "only-of-type") {
    return PositionOf(element, false, of_type) == 1 &&
           PositionOf(element, true, of_type) == 1;
  }
  if (place == "nth") {
    const bool from_end = name.starts_with("nth-last-");
    const std::optional<Nth> nth = ParseNth(table_.ValueOf(simple));
    return nth && nth->Contains(PositionOf(element, from_end, of_type));
  }
  return element.HasState(name);
}

// Whether the leftmost compound of a relative selector stands where its leading
// combinator says; without one, below the anchor.
bool Matcher::Anchored(const SimpleSelector* combinator, const Element& element,
                       const Element& anchor) {
  const Combinator kind = combinator == nullptr
                              ? Combinator::kDescendant
                              : static_cast<Combinator>(combinator->op);
  switch (kind) {
    case Combinator::kDescendant:
      for (const Element* at = element.parent(); at != nullptr;
           at = at->parent()) {
        if (at == &anchor) {
          return true;
        }
      }
      return false;
    case Combinator::kChild:
      return element.parent() == &anchor;
    case Combinator::kNext:
      return element.previous_sibling() == &anchor;
    case Combinator::kSubsequent:
      for (const Element* at = element.previous_sibling(); at != nullptr;
           at = at->previous_sibling()) {
        if (at == &anchor) {
          return true;
        }
      }
      return false;
  }
  return false;
}

// Walks the tree below `root` without recursion: trees may be deep.
bool Matcher::AnyBelow(const Selector& selector, const Element& root,
                       const Element& anchor) {
  const Element* at = root.first_child();
  while (at != nullptr) {
    if (MatchesSelector(selector, *at, false, &anchor)) {
      return true;
    }
    if (const Element* child = at->first_child()) {
      at = child;
      continue;
    }
    while (at != nullptr && at != &root && at->next_sibling() == nullptr) {
      at = at->parent();
    }
    if (at == nullptr || at == &root) {
      return false;
    }
    at = at->next_sibling();
  }
  return false;
}

bool Matcher::MatchHas(const SimpleSelector& simple, const Element& element) {
  for (uint32_t i = simple.value.begin; i < simple.value.end; ++i) {
    const Selector& selector = table_.selectors[i];
    const SimpleSelector& first = table_.simples[selector.first];
    const bool among_siblings =
        first.kind == SelectorKind::kCombinator &&
        (first.op == static_cast<uint8_t>(Combinator::kNext) ||
         first.op == static_cast<uint8_t>(Combinator::kSubsequent));
    if (!among_siblings) {
      if (AnyBelow(selector, element, element)) {
        return true;
      }
      continue;
    }
    for (const Element* at = element.next_sibling(); at != nullptr;
         at = at->next_sibling()) {
      if (MatchesSelector(selector, *at, false, &element) ||
          AnyBelow(selector, *at, element)) {
        return true;
      }
    }
  }
  return false;
}

bool Matcher::MatchList(const SimpleSelector& simple, const Element& element,
                        bool is_host) {
  const std::string name = Lowered(table_.NameOf(simple));
  if (name == "has") {
    return MatchHas(simple, element);
  }
  const auto any = [&](const Element& one, bool one_is_host) {
    for (uint32_t i = simple.value.begin; i < simple.value.end; ++i) {
      if (MatchesSelector(table_.selectors[i], one, one_is_host, nullptr)) {
        return true;
      }
    }
    return false;
  };
  if (name == "host-context") {
    for (const Element* at = is_host ? &element : nullptr; at != nullptr;
         at = at->parent() != nullptr ? at->parent() : at->host()) {
      if (any(*at, false)) {
        return true;
      }
    }
    return false;
  }
  return any(element, is_host) != (name == "not");
}

bool Matcher::MatchSimple(const SimpleSelector& simple, const Element& element,
                          bool is_host) {
  switch (simple.kind) {
    case SelectorKind::kUniversal:
      return true;
    case SelectorKind::kTag: {
      const std::string_view name = table_.NameOf(simple);
      const std::string_view tag = element.tag();
      return name == tag ||
             (name.starts_with("wx-") && name.substr(3) == tag) ||
             (tag == "page" && EqualsIgnoringCase(name, "page"));
    }
    case SelectorKind::kId:
      return element.id() == table_.NameOf(simple);
    case SelectorKind::kClass:
      return element.HasClass(table_.NameOf(simple));
    case SelectorKind::kAttribute:
      return MatchAttribute(simple, element);
    case SelectorKind::kPseudoClass:
      return MatchPseudo(simple, element);
    case SelectorKind::kPseudoClassList:
      return MatchList(simple, element, is_host);
    case SelectorKind::kPseudoElement:
      pseudo_element = table_.NameOf(simple);
      return true;
    case SelectorKind::kHost:
      return is_host;
    case SelectorKind::kHostList:
      if (is_host) {
        for (uint32_t i = simple.value.begin; i < simple.value.end; ++i) {
          if (MatchesSelector(table_.selectors[i], element, false, nullptr)) {
            return true;
          }
        }
      }
      return false;
    case SelectorKind::kPseudoElementList:
    case SelectorKind::kNesting:
    case SelectorKind::kCombinator:
    case SelectorKind::kCount:
      return false;
  }
  return false;
}

bool Matcher::MatchCompound(uint32_t begin, uint32_t end,
                            const Element& element, bool is_host) {
  bool names_host = false;
  for (uint32_t i = begin; i < end; ++i) {
    const SimpleSelector& simple = table_.simples[i];
    names_host |= simple.kind == SelectorKind::kHost ||
                  simple.kind == SelectorKind::kHostList ||
                  (simple.kind == SelectorKind::kPseudoClassList &&
                   table_.NameOf(simple) == "host-context");
    if (!MatchSimple(simple, element, is_host)) {
      return false;
    }
  }
  return !is_host || names_host;
}

Outcome Matcher::MatchFrom(const Selector& selector, uint32_t end,
                           const Element& element, bool is_host,
                           const Element* anchor) {
  uint32_t begin = end;
  while (begin > selector.first &&
         table_.simples[begin - 1].kind != SelectorKind::kCombinator) {
    --begin;
  }
  if (!MatchCompound(begin, end, element, is_host)) {
    return Outcome::kFailed;
  }
  const bool leftmost = begin <= selector.first + 1 &&
                        (begin == selector.first || anchor != nullptr);
  if (leftmost && anchor != nullptr) {
    return Anchored(begin == selector.first ? nullptr
                                            : &table_.simples[selector.first],
                    element, *anchor)
               ? Outcome::kMatched
               : Outcome::kFailed;
  }
  if (leftmost) {
    return Outcome::kMatched;
  }
  const Combinator combinator =
      static_cast<Combinator>(table_.simples[begin - 1].op);
  const bool among_siblings =
      combinator == Combinator::kNext || combinator == Combinator::kSubsequent;
  const Element* at = &element;
  bool at_host = is_host;
  while (true) {
    if (among_siblings) {
      at = at->previous_sibling();
    } else if (at_host) {
      at = nullptr;
    } else {
      const Element* parent = at->parent();
      at_host = parent == nullptr;
      at = at_host ? at->host() : parent;
    }
    if (at == nullptr) {
      return among_siblings ? Outcome::kFailedAmongSiblings
                            : Outcome::kFailedForGood;
    }
    const Outcome outcome =
        MatchFrom(selector, begin - 1, *at, at_host, anchor);
    if (outcome == Outcome::kMatched || outcome == Outcome::kFailedForGood) {
      return outcome;
    }
    if (combinator == Combinator::kNext) {
      return outcome;
    }
    if (combinator == Combinator::kChild) {
      // Siblings have the same parent.
      return Outcome::kFailedAmongSiblings;
    }
    if (among_siblings && outcome == Outcome::kFailedAmongSiblings) {
      return outcome;
    }
  }
}

bool Matcher::MatchesSelector(const Selector& selector, const Element& element,
                              bool is_host, const Element* anchor) {
  // Lists nest no deeper than the parser and the verifier let them.
  if (depth_ > 2 * SelectorParser::kMaxDepth) {
    return false;
  }
  ++depth_;
  const Outcome outcome = MatchFrom(selector, selector.first + selector.count,
                                    element, is_host, anchor);
  --depth_;
  return outcome == Outcome::kMatched;
}

bool Matches(const SelectorTable& table, uint32_t selector,
             const Element& element, const MatchContext& context,
             std::string_view& pseudo_element) {
  Matcher matcher(table);
  if (!matcher.MatchesSelector(table.selectors[selector], element,
                               context.scope_is_host, nullptr)) {
    return false;
  }
  pseudo_element = matcher.pseudo_element;
  return true;
}

bool Matches(const SelectorList& list, const Element& element) {
  for (uint32_t i = list.top().begin; i < list.top().end; ++i) {
    std::string_view pseudo_element;
    if (Matches(list.table(), i, element, {}, pseudo_element) &&
        pseudo_element.empty()) {
      return true;
    }
  }
  return false;
}

}  // namespace fcc::style
