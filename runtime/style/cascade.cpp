// SPDX-License-Identifier: Apache-2.0

#include "runtime/style/cascade.h"

#include <algorithm>
#include <array>
#include <optional>
#include <tuple>
#include <utility>

#include "runtime/style/instantiate_css.h"
#include "runtime/style/tokenizer.h"

namespace fcc::style {

static std::string_view Trimmed(std::string_view text) {
  const size_t first = text.find_first_not_of(" \t\r\n\f");
  if (first == std::string_view::npos) {
    return "";
  }
  return text.substr(first, text.find_last_not_of(" \t\r\n\f") - first + 1);
}

// `value !important` → `value`, and true.
static bool TakeImportant(std::string_view& value) {
  constexpr std::string_view kWord = "important";
  if (value.size() <= kWord.size() ||
      !EqualsIgnoringCase(value.substr(value.size() - kWord.size()), kWord)) {
    return false;
  }
  const std::string_view rest =
      Trimmed(value.substr(0, value.size() - kWord.size()));
  if (!rest.ends_with('!')) {
    return false;
  }
  value = Trimmed(rest.substr(0, rest.size() - 1));
  return true;
}

std::vector<DeclarationText> ParseInlineStyle(std::string_view text) {
  std::vector<DeclarationText> out;
  Tokenizer tokens(text);
  uint32_t begin = 0;
  uint32_t colon = UINT32_MAX;
  int open = 0;
  const auto end_declaration = [&](uint32_t end) {
    if (colon != UINT32_MAX) {
      DeclarationText one;
      one.name = Trimmed(text.substr(begin, colon - begin));
      one.value = Trimmed(text.substr(colon + 1, end - colon - 1));
      one.important = TakeImportant(one.value);
      Tokenizer name(one.name);
      const Token token = name.Next();
      if (token.kind == TokenKind::kIdent &&
          name.Next().kind == TokenKind::kEnd &&
          (!one.value.empty() || one.name.starts_with("--"))) {
        out.push_back(one);
      }
    }
    colon = UINT32_MAX;
  };
  while (true) {
    const Token token = tokens.Next();
    switch (token.kind) {
      case TokenKind::kEnd:
        end_declaration(token.span.begin);
        return out;
      case TokenKind::kSemicolon:
        if (open == 0) {
          end_declaration(token.span.begin);
          begin = token.span.end;
        }
        break;
      case TokenKind::kColon:
        if (open == 0 && colon == UINT32_MAX) {
          colon = token.span.begin;
        }
        break;
      case TokenKind::kFunction:
      case TokenKind::kLeftParen:
      case TokenKind::kLeftBracket:
      case TokenKind::kLeftBrace:
        ++open;
        break;
      case TokenKind::kRightParen:
      case TokenKind::kRightBracket:
      case TokenKind::kRightBrace:
        open -= open > 0;
        break;
      default:
        break;
    }
  }
}

// `(display: grid)` is taken to hold: a host's view is newer than any sheet's
// fallback; only a leading `not` turns it round.
static bool MatchesSupports(std::string_view condition) {
  return !Trimmed(condition).starts_with("not");
}

bool RuleSet::Applies(const StyleProgram& program,
                      const RuleRecord& rule) const {
  const std::string_view name = program.Text(rule.name);
  if (EqualsIgnoringCase(name, "media")) {
    return MatchesMedia(program.Text(rule.prelude), environment_);
  }
  if (EqualsIgnoringCase(name, "supports")) {
    return MatchesSupports(program.Text(rule.prelude));
  }
  // Containers have no size before layout; layers count as written in place.
  return EqualsIgnoringCase(name, "layer");
}

void RuleSet::Index(const Entry& entry) {
  const SelectorTable table = entry.program->selectors();
  const Selector& selector = table.selectors[entry.selector];
  std::string key;
  for (uint32_t i = selector.first + selector.count; i-- > selector.first;) {
    const SimpleSelector& simple = table.simples[i];
    if (simple.kind == SelectorKind::kCombinator) {
      break;
    }
    const std::string name(table.NameOf(simple));
    if (simple.kind == SelectorKind::kClass) {
      key = "." + name;
      break;
    }
    if (simple.kind == SelectorKind::kId) {
      key = "#" + name;
    } else if (simple.kind == SelectorKind::kTag && key.empty() &&
               !name.starts_with("wx-") && !EqualsIgnoringCase(name, "page")) {
      key = name;
    }
  }
  if (key.empty()) {
    others_.push_back(entry);
    return;
  }
  std::vector<Entry>& entries = by_name_[key];
  if (entries.empty() && key[0] == '.') {
    class_keys_.push_back(key);
  }
  entries.push_back(entry);
}

void RuleSet::AddRules(
    const StyleProgram& program, uint32_t begin, uint32_t end,
    const std::function<const StyleProgram*(std::string_view)>& find_program,
    int depth) {
  for (uint32_t i = begin; i < end; i = program.rules()[i].end) {
    const RuleRecord& rule = program.rules()[i];
    switch (rule.kind) {
      case RuleKind::kStyle:
        for (uint32_t k = rule.selectors.begin; k < rule.selectors.end; ++k) {
          Index({&program, &rule, k, next_order_});
        }
        ++next_order_;
        break;
      case RuleKind::kGroup:
        if (Applies(program, rule)) {
          AddRules(program, i + 1, rule.end, find_program, depth + 1);
        }
        break;
      case RuleKind::kImport: {
        // Programs are foreign bytes: a chain of imports has an end here.
        constexpr int kMaxDepth = 200;
        const std::string_view path = program.Text(rule.prelude);
        const StyleProgram* owner = &program;
        if (program.FindSheet(path) == nullptr && find_program) {
          owner = find_program(path);
        }
        const SheetRecord* sheet =
            owner == nullptr ? nullptr : owner->FindSheet(path);
        if (sheet != nullptr && depth < kMaxDepth &&
            std::find(added_.begin(), added_.end(), sheet) == added_.end()) {
          added_.push_back(sheet);
          AddRules(*owner, sheet->rules.begin, sheet->rules.end, find_program,
                   depth + 1);
        }
        break;
      }
      case RuleKind::kKeyframes:
      case RuleKind::kKeyframe:
      case RuleKind::kDeclarations:
      case RuleKind::kOther:
      case RuleKind::kCount:
        break;
    }
  }
}

bool RuleSet::Add(
    const StyleProgram& program, std::string_view path,
    const std::function<const StyleProgram*(std::string_view)>& find_program) {
  const SheetRecord* sheet = program.FindSheet(path);
  if (sheet == nullptr) {
    return false;
  }
  if (std::find(added_.begin(), added_.end(), sheet) == added_.end()) {
    added_.push_back(sheet);
    AddRules(program, sheet->rules.begin, sheet->rules.end, find_program, 0);
  }
  return true;
}

std::vector<MatchedRule> RuleSet::RulesFor(
    const Element& element, const MatchContext& context,
    std::string_view pseudo_element) const {
  std::vector<MatchedRule> out;
  const auto try_all = [&](const std::vector<Entry>& entries) {
    for (const Entry& entry : entries) {
      std::string_view pseudo;
      const SelectorTable table = entry.program->selectors();
      if (Matches(table, entry.selector, element, context, pseudo) &&
          pseudo == pseudo_element) {
        out.push_back({entry.program, entry.rule,
                       table.selectors[entry.selector].specificity,
                       entry.order});
      }
    }
  };
  const auto try_key = [&](const std::string& key) {
    if (const auto at = by_name_.find(key); at != by_name_.end()) {
      try_all(at->second);
    }
  };
  for (const std::string& key : class_keys_) {
    if (element.HasClass(std::string_view(key).substr(1))) {
      try_all(by_name_.at(key));
    }
  }
  if (!element.id().empty()) {
    try_key("#" + std::string(element.id()));
  }
  try_key(std::string(element.tag()));
  try_all(others_);
  std::sort(out.begin(), out.end(),
            [](const MatchedRule& a, const MatchedRule& b) {
              return std::tie(a.specificity, a.order) <
                     std::tie(b.specificity, b.order);
            });
  return out;
}

bool IsInherited(std::string_view property) {
  static constexpr std::string_view kInherited[] = {
      "border-collapse", "caret-color",    "color",         "cursor",
      "direction",       "font",           "font-family",   "font-size",
      "font-style",      "font-variant",   "font-weight",   "letter-spacing",
      "line-height",     "list-style",     "overflow-wrap", "pointer-events",
      "quotes",          "tab-size",       "text-align",    "text-indent",
      "text-shadow",     "text-transform", "user-select",   "visibility",
      "white-space",     "word-break",     "word-spacing",  "word-wrap",
      "writing-mode",
  };
  return property.starts_with("--") ||
         std::binary_search(std::begin(kInherited), std::end(kInherited),
                            property);
}

namespace {

using Values = std::map<std::string, std::string, std::less<>>;

// The declarations of one element, strongest last.
class Declarer {
 public:
  void Declare(std::string_view name, std::string_view value);
  Values Take() { return std::move(values_); }

 private:
  Values values_;
};

}  // namespace

// Top-level words of a value: `1px calc(1px + 2px)` → 2.
static std::vector<std::string_view> Words(std::string_view value) {
  std::vector<std::string_view> words;
  Tokenizer tokens(value);
  int open = 0;
  uint32_t begin = UINT32_MAX;
  uint32_t end = 0;
  const auto flush = [&] {
    if (begin != UINT32_MAX) {
      words.push_back(value.substr(begin, end - begin));
    }
    begin = UINT32_MAX;
  };
  while (true) {
    const Token token = tokens.Next();
    if (token.kind == TokenKind::kEnd) {
      flush();
      return words;
    }
    if (open == 0 && (token.kind == TokenKind::kWhitespace ||
                      token.kind == TokenKind::kComment)) {
      flush();
      continue;
    }
    open += token.kind == TokenKind::kFunction ||
            token.kind == TokenKind::kLeftParen;
    open -= token.kind == TokenKind::kRightParen && open > 0;
    begin = begin == UINT32_MAX ? token.span.begin : begin;
    end = token.span.end;
  }
}

// The sides of a box in the order in which CSS lists them.
static bool ExpandSides(std::string_view name, std::string_view value,
                        Values& values) {
  struct Shorthand {
    std::string_view name;
    std::string_view before;
    std::string_view after;
  };
  static constexpr Shorthand kShorthands[] = {
      {"margin", "margin-", ""},
      {"padding", "padding-", ""},
      {"border-width", "border-", "-width"},
      {"border-style", "border-", "-style"},
      {"border-color", "border-", "-color"},
      {"inset", "", ""},
  };
  const auto shorthand =
      std::find_if(std::begin(kShorthands), std::end(kShorthands),
                   [name](const Shorthand& one) { return one.name == name; });
  if (shorthand == std::end(kShorthands)) {
    return false;
  }
  const std::vector<std::string_view> words = Words(value);
  if (words.empty() || words.size() > 4) {
    return true;
  }
  static constexpr std::array<std::string_view, 4> kSides = {"top", "right",
                                                             "bottom", "left"};
  // Which word a side takes when 1, 2, 3 or 4 are given.
  static constexpr std::array<std::array<size_t, 4>, 4> kWords = {
      {{0, 0, 0, 0}, {0, 1, 0, 1}, {0, 1, 2, 1}, {0, 1, 2, 3}}};
  for (size_t side = 0; side < 4; ++side) {
    std::string longhand(shorthand->before);
    longhand += kSides[side];
    longhand += shorthand->after;
    values[longhand] = words[kWords[words.size() - 1][side]];
  }
  return true;
}

void Declarer::Declare(std::string_view name, std::string_view value) {
  std::string key(name);
  if (!name.starts_with("--")) {
    for (char& c : key) {
      c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    }
    // A shorthand of a custom property cannot be taken apart before that is
    // known.
    if (value.find("var(") == std::string_view::npos &&
        ExpandSides(key, value, values_)) {
      return;
    }
  }
  values_[std::move(key)] = value;
}

// `value` with every var() put in; nothing when one is missing or they refer
// to each other in a circle: the declaration is void then.
static std::optional<std::string> Substitute(std::string_view value,
                                             const Values& own,
                                             const Values* inherited, int depth,
                                             int& budget) {
  constexpr int kMaxDepth = 32;
  constexpr size_t kMaxSize = 1 << 16;
  if (value.find("var(") == std::string_view::npos) {
    return std::string(value);
  }
  // Properties may refer to each other in circles and in bushes.
  if (depth > kMaxDepth || --budget < 0) {
    return std::nullopt;
  }
  std::string out;
  Tokenizer tokens(value);
  while (true) {
    Token token = tokens.Next();
    if (token.kind == TokenKind::kEnd) {
      return out.size() > kMaxSize ? std::nullopt : std::optional(out);
    }
    if (token.kind != TokenKind::kFunction ||
        !EqualsIgnoringCase(InnerText(token, value), "var")) {
      out += token.span.In(value);
      continue;
    }
    do {
      token = tokens.Next();
    } while (token.kind == TokenKind::kWhitespace);
    const std::string_view name = token.span.In(value);
    uint32_t fallback = UINT32_MAX;
    int open = 1;
    while (open > 0 && token.kind != TokenKind::kEnd) {
      token = tokens.Next();
      open += token.kind == TokenKind::kFunction ||
              token.kind == TokenKind::kLeftParen;
      open -= token.kind == TokenKind::kRightParen;
      if (open == 1 && token.kind == TokenKind::kComma &&
          fallback == UINT32_MAX) {
        fallback = token.span.end;
      }
    }
    const std::string* found = nullptr;
    if (const auto at = own.find(name); at != own.end()) {
      found = &at->second;
    } else if (inherited != nullptr) {
      if (const auto above = inherited->find(name); above != inherited->end()) {
        found = &above->second;
      }
    }
    std::optional<std::string> put;
    if (found != nullptr) {
      put = Substitute(*found, own, inherited, depth + 1, budget);
    }
    if (!put && fallback != UINT32_MAX) {
      put = Substitute(
          Trimmed(value.substr(fallback, token.span.begin - fallback)), own,
          inherited, depth + 1, budget);
    }
    if (!put || out.size() + put->size() > kMaxSize) {
      return std::nullopt;
    }
    out += *put;
  }
}

std::string_view ComputedStyle::Get(std::string_view property) const {
  const auto at = values_.find(property);
  return at == values_.end() ? "" : std::string_view(at->second);
}

ComputedStyle ComputeStyle(std::span<const MatchedRule> rules,
                           std::string_view inline_style,
                           const ComputedStyle* parent,
                           const MediaEnvironment& environment) {
  Declarer declarer;
  const std::vector<DeclarationText> own = ParseInlineStyle(inline_style);
  for (bool important : {false, true}) {
    for (const MatchedRule& matched : rules) {
      const base::Span range = matched.rule->declarations;
      for (uint32_t i = range.begin; i < range.end; ++i) {
        const DeclarationRecord& one = matched.program->declarations()[i];
        if (((one.flags & kDeclarationImportant) != 0) == important) {
          declarer.Declare(matched.program->Text(one.name),
                           matched.program->Text(one.value));
        }
      }
    }
    for (const DeclarationText& one : own) {
      if (one.important == important) {
        declarer.Declare(one.name, one.value);
      }
    }
  }
  const Values declared = declarer.Take();
  const Values* inherited = parent == nullptr ? nullptr : &parent->values_;
  ComputedStyle style;
  if (inherited != nullptr) {
    for (const auto& [name, value] : *inherited) {
      if (IsInherited(name)) {
        style.values_[name] = value;
      }
    }
  }
  for (const auto& [name, value] : declared) {
    int budget = 1000;
    std::optional<std::string> put =
        Substitute(value, declared, inherited, 0, budget);
    const bool inherits =
        put && (*put == "inherit" || (*put == "unset" && IsInherited(name)));
    if (!put || *put == "initial" || (*put == "unset" && !inherits)) {
      style.values_.erase(name);
      continue;
    }
    if (inherits) {
      if (inherited != nullptr && inherited->contains(name)) {
        style.values_[name] = inherited->at(name);
      }
      continue;
    }
    if (put->find("rpx") != std::string::npos) {
      put = ResolveRpx(*put, environment.width, environment.pixel_ratio,
                       environment.is_ios);
    }
    if (!ExpandSides(name, *put, style.values_)) {
      style.values_[name] = *std::move(put);
    }
  }
  return style;
}

}  // namespace fcc::style
