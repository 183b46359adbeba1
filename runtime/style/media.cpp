// SPDX-License-Identifier: Apache-2.0

#include "runtime/style/media.h"

#include <charconv>
#include <optional>
#include <string>

#include "runtime/style/tokenizer.h"

namespace fcc::style {

namespace {

// `not` of what is unknown is unknown, so there are three values.
enum class Truth { kFalse, kUnknown, kTrue };

class MediaReader {
 public:
  MediaReader(std::string_view text, const MediaEnvironment& environment)
      : text_(text), tokens_(text), environment_(environment) {
    Advance();
  }

  bool ReadList();

 private:
  void Advance();
  bool AtIdent(std::string_view word) const {
    return token_.kind == TokenKind::kIdent &&
           EqualsIgnoringCase(token_.span.In(text_), word);
  }
  Truth ReadQuery();
  Truth ReadCondition(int depth);
  Truth ReadInParens(int depth);
  Truth ReadFeature();
  void SkipToComma();
  std::optional<double> ReadNumber();
  Truth Compare(std::string_view feature, char relation, double value) const;
  std::optional<double> FeatureValue(std::string_view feature) const;
  Truth IsKeyword(std::string_view feature, std::string_view word) const;

  std::string_view text_;
  Tokenizer tokens_;
  const MediaEnvironment& environment_;
  Token token_;
};

}  // namespace

static Truth Not(Truth truth) {
  return truth == Truth::kUnknown
             ? truth
             : (truth == Truth::kTrue ? Truth::kFalse : Truth::kTrue);
}

static Truth And(Truth a, Truth b) {
  return a < b ? a : b;
}
static Truth Or(Truth a, Truth b) {
  return a < b ? b : a;
}

static Truth Of(bool boolean) {
  return boolean ? Truth::kTrue : Truth::kFalse;
}

void MediaReader::Advance() {
  do {
    token_ = tokens_.Next();
  } while (token_.kind == TokenKind::kWhitespace ||
           token_.kind == TokenKind::kComment);
}

void MediaReader::SkipToComma() {
  int open = 0;
  while (token_.kind != TokenKind::kEnd &&
         !(token_.kind == TokenKind::kComma && open == 0)) {
    open += token_.kind == TokenKind::kLeftParen ||
            token_.kind == TokenKind::kFunction;
    open -= token_.kind == TokenKind::kRightParen;
    Advance();
  }
}

// A number with a unit, in the unit that features are compared in: px, or dots
// per px; `16/9` is a number too.
std::optional<double> MediaReader::ReadNumber() {
  if (token_.kind != TokenKind::kNumber &&
      token_.kind != TokenKind::kDimension) {
    return std::nullopt;
  }
  const uint32_t end = token_.inner;
  std::string_view digits =
      text_.substr(token_.span.begin, end - token_.span.begin);
  digits.remove_prefix(digits[0] == '+' ? 1 : 0);
  double number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  const std::string_view unit = text_.substr(end, token_.span.end - end);
  Advance();
  if (EqualsIgnoringCase(unit, "em") || EqualsIgnoringCase(unit, "rem")) {
    number *= 16;
  } else if (EqualsIgnoringCase(unit, "dpi")) {
    number /= 96;
  } else if (EqualsIgnoringCase(unit, "dpcm")) {
    number *= 2.54 / 96;
  } else if (!unit.empty() && !EqualsIgnoringCase(unit, "px") &&
             !EqualsIgnoringCase(unit, "dppx") &&
             !EqualsIgnoringCase(unit, "x")) {
    return std::nullopt;
  }
  if (token_.kind == TokenKind::kDelim && token_.first == '/') {
    Advance();
    const std::optional<double> below = ReadNumber();
    if (!below || *below == 0) {
      return std::nullopt;
    }
    return number / *below;
  }
  return number;
}

std::optional<double> MediaReader::FeatureValue(
    std::string_view feature) const {
  const MediaEnvironment& env = environment_;
  if (feature == "width" || feature == "device-width") {
    return env.width;
  }
  if (feature == "height" || feature == "device-height") {
    return env.height;
  }
  if (feature == "aspect-ratio" || feature == "device-aspect-ratio") {
    return env.height == 0 ? 0 : env.width / env.height;
  }
  if (feature == "resolution" || feature == "-webkit-device-pixel-ratio" ||
      feature == "device-pixel-ratio") {
    return env.pixel_ratio;
  }
  if (feature == "color") {
    return 8;
  }
  if (feature == "monochrome" || feature == "grid") {
    return 0;
  }
  return std::nullopt;
}

Truth MediaReader::Compare(std::string_view feature, char relation,
                           double value) const {
  const std::optional<double> actual = FeatureValue(feature);
  if (!actual) {
    return Truth::kUnknown;
  }
  switch (relation) {
    case '<':
      return Of(*actual < value);
    case '>':
      return Of(*actual > value);
    case '[':
      return Of(*actual <= value);
    case ']':
      return Of(*actual >= value);
    default:
      return Of(*actual == value);
  }
}

Truth MediaReader::IsKeyword(std::string_view feature,
                             std::string_view word) const {
  const MediaEnvironment& env = environment_;
  if (feature == "orientation") {
    return Of(EqualsIgnoringCase(
        word, env.width > env.height ? "landscape" : "portrait"));
  }
  if (feature == "prefers-color-scheme") {
    return Of(EqualsIgnoringCase(word, env.is_dark ? "dark" : "light"));
  }
  if (feature == "hover" || feature == "any-hover") {
    return Of(EqualsIgnoringCase(word, "none"));
  }
  if (feature == "pointer" || feature == "any-pointer") {
    return Of(EqualsIgnoringCase(word, "coarse"));
  }
  if (feature == "prefers-reduced-motion") {
    return Of(EqualsIgnoringCase(word, "no-preference"));
  }
  return Truth::kUnknown;
}

// `width`, `min-width: 10px`, `orientation: portrait`, `width >= 10px`,
// `10px < width <= 20px`; up to the closing bracket, which is left.
Truth MediaReader::ReadFeature() {
  const auto read_relation = [this]() -> char {
    if (token_.kind != TokenKind::kDelim) {
      return 0;
    }
    char relation = token_.first;
    const uint32_t end = token_.span.end;
    Advance();
    const bool equals = token_.kind == TokenKind::kDelim &&
                        token_.first == '=' && token_.span.begin == end;
    if (equals) {
      Advance();
    }
    if (relation == '<') {
      return equals ? '[' : '<';
    }
    if (relation == '>') {
      return equals ? ']' : '>';
    }
    return relation == '=' ? '=' : '\0';
  };
  const auto mirrored = [](char relation) -> char {
    switch (relation) {
      case '<':
        return '>';
      case '>':
        return '<';
      case '[':
        return ']';
      case ']':
        return '[';
      default:
        return relation;
    }
  };
  Truth result = Truth::kTrue;
  char before = 0;
  double lower = 0;
  if (token_.kind != TokenKind::kIdent) {
    const std::optional<double> number = ReadNumber();
    before = number ? read_relation() : '\0';
    if (before == 0 || token_.kind != TokenKind::kIdent) {
      return Truth::kUnknown;
    }
    lower = *number;
  }
  std::string feature;
  for (char c : token_.span.In(text_)) {
    feature += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  }
  Advance();
  if (before != 0) {
    result = Compare(feature, mirrored(before), lower);
  }
  if (token_.kind == TokenKind::kRightParen) {
    if (before != 0) {
      return result;
    }
    const std::optional<double> value = FeatureValue(feature);
    return value ? Of(*value != 0) : Not(IsKeyword(feature, "none"));
  }
  if (token_.kind == TokenKind::kColon && before == 0) {
    Advance();
    if (token_.kind == TokenKind::kIdent) {
      const std::string_view word = token_.span.In(text_);
      Advance();
      return IsKeyword(feature, word);
    }
    char relation = '=';
    // -webkit-min-device-pixel-ratio keeps its prefix in front.
    for (std::string_view limit : {"min-", "max-"}) {
      const size_t at = feature.find(limit);
      if (at == 0 || (at == 8 && feature.starts_with("-webkit-"))) {
        feature.erase(at, limit.size());
        relation = limit == "min-" ? ']' : '[';
        break;
      }
    }
    const std::optional<double> number = ReadNumber();
    return number ? Compare(feature, relation, *number) : Truth::kUnknown;
  }
  const char after = read_relation();
  const std::optional<double> upper = ReadNumber();
  if (after == 0 || !upper) {
    return Truth::kUnknown;
  }
  return And(result, Compare(feature, after, *upper));
}

Truth MediaReader::ReadInParens(int depth) {
  constexpr int kMaxDepth = 32;
  if (token_.kind != TokenKind::kLeftParen || depth > kMaxDepth) {
    SkipToComma();
    return Truth::kUnknown;
  }
  Advance();
  Truth truth = token_.kind == TokenKind::kLeftParen || AtIdent("not")
                    ? ReadCondition(depth + 1)
                    : ReadFeature();
  // What could not be read of it.
  int open = 0;
  while (token_.kind != TokenKind::kEnd &&
         !(token_.kind == TokenKind::kRightParen && open == 0)) {
    truth = Truth::kUnknown;
    open += token_.kind == TokenKind::kLeftParen ||
            token_.kind == TokenKind::kFunction;
    open -= token_.kind == TokenKind::kRightParen;
    Advance();
  }
  Advance();
  return truth;
}

Truth MediaReader::ReadCondition(int depth) {
  if (AtIdent("not")) {
    Advance();
    return Not(ReadInParens(depth));
  }
  Truth truth = ReadInParens(depth);
  while (AtIdent("and") || AtIdent("or")) {
    const bool both = AtIdent("and");
    Advance();
    const Truth next = ReadInParens(depth);
    truth = both ? And(truth, next) : Or(truth, next);
  }
  return truth;
}

Truth MediaReader::ReadQuery() {
  bool negated = false;
  if (AtIdent("not") || AtIdent("only")) {
    negated = AtIdent("not");
    Advance();
    if (token_.kind == TokenKind::kLeftParen) {
      return negated ? Not(ReadInParens(0)) : Truth::kUnknown;
    }
  }
  if (token_.kind != TokenKind::kIdent) {
    return ReadCondition(0);
  }
  Truth truth = Of(AtIdent("screen") || AtIdent("all"));
  Advance();
  while (AtIdent("and")) {
    Advance();
    truth = And(truth, AtIdent("not") ? ReadCondition(0) : ReadInParens(0));
  }
  return negated ? Not(truth) : truth;
}

bool MediaReader::ReadList() {
  if (token_.kind == TokenKind::kEnd) {
    return true;
  }
  bool any = false;
  while (true) {
    const Truth truth = ReadQuery();
    const bool whole =
        token_.kind == TokenKind::kEnd || token_.kind == TokenKind::kComma;
    any |= truth == Truth::kTrue && whole;
    SkipToComma();
    if (token_.kind == TokenKind::kEnd) {
      return any;
    }
    Advance();
  }
}

bool MatchesMedia(std::string_view queries,
                  const MediaEnvironment& environment) {
  return MediaReader(queries, environment).ReadList();
}

}  // namespace fcc::style
