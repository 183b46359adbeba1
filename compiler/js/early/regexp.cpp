// SPDX-License-Identifier: Apache-2.0
//
// The grammar of regular expressions: with `u` or `v` the strict one, without
// the one of Annex B.1.2, where nearly everything has a meaning.

#include <algorithm>
#include <cmath>
#include <string>
#include <unordered_set>
#include <vector>

#include "compiler/js/early/checker.h"
#include "compiler/js/early/unicode_properties.h"
#include "compiler/js/parse/text.h"
#include "runtime/base/format.h"
#include "runtime/base/unicode.h"

namespace fcc::js {
namespace {

class RegExpReader {
 public:
  RegExpReader(std::string_view text, bool unicode, bool sets)
      : text_(text), unicode_(unicode), sets_(sets) {
    // Named groups anywhere make `\k` a reference everywhere.
    named_ = unicode || text.find("(?<") != std::string_view::npos;
    if (named_ && !unicode) {
      named_ = HasNamedGroup();
    }
    CountGroups();
  }

  std::string Read(uint32_t& at) {
    Disjunction(0);
    if (problem_.empty() && at_ < text_.size()) {
      Fail("unmatched `)`");
    }
    if (problem_.empty()) {
      for (const auto& [name, place] : references_) {
        if (!names_.contains(name)) {
          at_ = place;
          Fail(base::format("no group is called `{}`", name));
          break;
        }
      }
    }
    at = static_cast<uint32_t>(problem_at_);
    return problem_;
  }

 private:
  void Fail(std::string problem) {
    if (problem_.empty()) {
      problem_ = std::move(problem);
      problem_at_ = at_;
    }
  }
  bool Failed() const { return !problem_.empty(); }
  bool More() const { return at_ < text_.size(); }
  char Peek(size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }
  bool Take(std::string_view what) {
    if (text_.substr(at_, what.size()) == what) {
      at_ += what.size();
      return true;
    }
    return false;
  }

  bool HasNamedGroup() const {
    bool in_class = false;
    for (size_t i = 0; i + 3 < text_.size(); ++i) {
      if (text_[i] == '\\') {
        ++i;
      } else if (text_[i] == '[') {
        in_class = true;
      } else if (text_[i] == ']') {
        in_class = false;
      } else if (!in_class && text_.substr(i, 3) == "(?<" &&
                 text_[i + 3] != '=' && text_[i + 3] != '!') {
        return true;
      }
    }
    return false;
  }
  void CountGroups() {
    bool in_class = false;
    for (size_t i = 0; i < text_.size(); ++i) {
      if (text_[i] == '\\') {
        ++i;
      } else if (text_[i] == '[') {
        in_class = true;
      } else if (text_[i] == ']') {
        in_class = false;
      } else if (!in_class && text_[i] == '(' &&
                 (i + 1 >= text_.size() || text_[i + 1] != '?' ||
                  (text_.substr(i, 3) == "(?<" && i + 3 < text_.size() &&
                   text_[i + 3] != '=' && text_[i + 3] != '!'))) {
        ++groups_;
      }
    }
  }

  void Disjunction(int depth) {
    if (depth > 200) {
      Fail("groups are nested too deep");
      return;
    }
    while (!Failed() && More() && Peek() != ')') {
      if (!Take("|")) {
        Term(depth);
      }
    }
  }

  void Term(int depth) {
    switch (Peek()) {
      case '^':
      case '$':
        ++at_;
        if (More() && IsQuantifier()) {
          Fail("nothing to repeat");
        }
        return;
      case '(':
        Group(depth);
        return;
      case '*':
      case '+':
      case '?':
        Fail("nothing to repeat");
        return;
      case '{':
        if (unicode_ || IsBraces()) {
          Fail("nothing to repeat");
          return;
        }
        ++at_;
        break;
      case '}':
      case ']':
        if (unicode_) {
          Fail(base::format("`{}` must be escaped", Peek()));
          return;
        }
        ++at_;
        break;
      case '[':
        ++at_;
        Class(0);
        break;
      case '\\':
        ++at_;
        if (Peek() == 'b' || Peek() == 'B') {
          ++at_;
          if (IsQuantifier()) {
            Fail("nothing to repeat");
          }
          return;
        }
        Escape(false);
        break;
      default:
        Character();
        break;
    }
    Quantifier();
  }

  uint32_t Character() {
    const base::DecodedCodePoint c = base::DecodeUtf8(text_, at_);
    if (c.code_point == '\n' || c.code_point == '\r' ||
        c.code_point == 0x2028 || c.code_point == 0x2029) {
      Fail("a line break ends the literal");
    }
    at_ += c.size;
    return c.code_point;
  }

  // `{1}`, `{1,}`, `{1,2}`.
  bool IsBraces() const {
    size_t i = at_ + 1;
    const size_t digits = i;
    while (i < text_.size() && text_[i] >= '0' && text_[i] <= '9') {
      ++i;
    }
    if (i == digits) {
      return false;
    }
    if (i < text_.size() && text_[i] == ',') {
      ++i;
      while (i < text_.size() && text_[i] >= '0' && text_[i] <= '9') {
        ++i;
      }
    }
    return i < text_.size() && text_[i] == '}';
  }
  bool IsQuantifier() const {
    const char c = Peek();
    return c == '*' || c == '+' || c == '?' || (c == '{' && IsBraces());
  }

  void Quantifier() {
    if (Failed() || !More()) {
      return;
    }
    if (!IsQuantifier()) {
      if (unicode_ && Peek() == '{') {
        Fail("incomplete quantifier");
      }
      return;
    }
    if (Peek() == '{') {
      const double least = Digits();
      double most = least;
      if (Peek() == ',') {
        most = HUGE_VAL;
        if (Peek(1) != '}') {
          most = Digits();
        } else {
          ++at_;
        }
      }
      ++at_;
      if (least > most) {
        Fail("the numbers of a quantifier are out of order");
      }
    } else {
      ++at_;
    }
    Take("?");
  }
  // The number behind the character at hand.
  double Digits() {
    double value = 0;
    for (++at_; Peek() >= '0' && Peek() <= '9'; ++at_) {
      value = value * 10 + (Peek() - '0');
    }
    return value;
  }

  std::string GroupName() {
    const size_t end = text_.find('>', at_);
    std::string name;
    if (end == std::string_view::npos ||
        !DecodeIdentifier(text_.substr(at_, end - at_), name)) {
      Fail("the name of a group is no name");
      return {};
    }
    at_ = end + 1;
    return name;
  }

  void Group(int depth) {
    ++at_;
    bool look = false;
    bool behind = false;
    if (Take("?=") || Take("?!")) {
      look = true;
    } else if (Take("?<=") || Take("?<!")) {
      look = true;
      behind = true;
    } else if (Take("?<")) {
      const std::string name = GroupName();
      if (!Failed() && !names_.insert(name).second) {
        Fail(base::format("group name `{}` is used twice", name));
      }
    } else if (!Take("?:") && Peek() == '?') {
      Fail("`(?` begins a group of no known kind");
      return;
    }
    Disjunction(depth + 1);
    if (Failed()) {
      return;
    }
    if (!Take(")")) {
      Fail("a group is not closed");
      return;
    }
    if (look && IsQuantifier() && (unicode_ || behind)) {
      Fail("nothing to repeat");
      return;
    }
    Quantifier();
  }

  // After the backslash. Returns the character, or -1 for a class.
  int64_t Escape(bool in_class) {
    if (!More()) {
      Fail("`\\` at the end");
      return -1;
    }
    const char c = Peek();
    switch (c) {
      case 'd':
      case 'D':
      case 's':
      case 'S':
      case 'w':
      case 'W':
        ++at_;
        return -1;
      case 'p':
      case 'P':
        ++at_;
        if (unicode_) {
          Property(c == 'P');
          return -1;
        }
        return c;
      case 'f':
      case 'n':
      case 'r':
      case 't':
      case 'v':
        ++at_;
        return c == 'n'   ? '\n'
               : c == 'r' ? '\r'
               : c == 't' ? '\t'
               : c == 'f' ? '\f'
                          : '\v';
      case 'b':
        ++at_;
        return '\b';
      case 'c': {
        const char letter = static_cast<char>(Peek(1) | 0x20);
        if (letter >= 'a' && letter <= 'z') {
          at_ += 2;
          return letter - 'a' + 1;
        }
        if (unicode_) {
          Fail("`\\c` needs a letter");
          return -1;
        }
        // The backslash stands for itself.
        if (in_class && (IsDigit(Peek(1)) || Peek(1) == '_')) {
          at_ += 2;
        }
        return '\\';
      }
      case 'k':
        ++at_;
        if (in_class || !named_) {
          if (unicode_) {
            Fail("`\\k` is no escape here");
          }
          return 'k';
        }
        if (!Take("<")) {
          Fail("`\\k` needs the name of a group");
          return -1;
        }
        {
          const uint32_t place = static_cast<uint32_t>(at_);
          const std::string name = GroupName();
          if (!Failed()) {
            references_.emplace_back(name, place);
          }
        }
        return -1;
      case 'x':
        ++at_;
        return Hex(2, 'x');
      case 'u':
        ++at_;
        return Unicode();
      default:
        break;
    }
    if (IsDigit(c)) {
      return Number(in_class);
    }
    if (unicode_) {
      static constexpr std::string_view kSyntax = "^$\\.*+?()[]{}|/";
      if (kSyntax.find(c) == std::string_view::npos &&
          !(in_class && c == '-') &&
          !(in_class && sets_ &&
            std::string_view("&!#%,:;<=>@`~").find(c) !=
                std::string_view::npos)) {
        Fail("the escape has no meaning");
        return -1;
      }
    }
    return Character();
  }
  static bool IsDigit(char c) { return c >= '0' && c <= '9'; }

  int64_t Number(bool in_class) {
    if (unicode_) {
      if (Peek() == '0' && !IsDigit(Peek(1))) {
        ++at_;
        return 0;
      }
      if (in_class || Peek() == '0') {
        Fail("octal escapes are not allowed with `u`");
        return -1;
      }
      const size_t begin = at_;
      --at_;
      if (Digits() > groups_) {
        at_ = begin;
        Fail("there are not so many groups");
      }
      return -1;
    }
    int64_t value = 0;
    while (IsDigit(Peek())) {
      value = std::min<int64_t>(value * 8 + (Peek() - '0'), 0xFFFF);
      ++at_;
      if (in_class && value > 31) {
        break;
      }
    }
    return in_class ? std::min<int64_t>(value, 255) : -1;
  }

  int64_t Hex(int digits, char letter) {
    int64_t value = 0;
    for (int i = 0; i < digits; ++i) {
      const char c = Peek(static_cast<size_t>(i));
      const char lower = static_cast<char>(c | 0x20);
      if (!IsDigit(c) && !(lower >= 'a' && lower <= 'f')) {
        if (unicode_) {
          Fail(base::format("`\\{}` needs hexadecimal digits", letter));
        }
        return letter;
      }
      value = value * 16 + (IsDigit(c) ? c - '0' : lower - 'a' + 10);
    }
    at_ += static_cast<size_t>(digits);
    return value;
  }

  int64_t Unicode() {
    if (unicode_ && Peek() == '{') {
      const size_t end = text_.find('}', at_);
      int64_t value = 0;
      if (end == std::string_view::npos || end == at_ + 1) {
        Fail("`\\u{` needs hexadecimal digits and `}`");
        return -1;
      }
      for (++at_; at_ < end; ++at_) {
        const char c = Peek();
        const char lower = static_cast<char>(c | 0x20);
        if (!IsDigit(c) && !(lower >= 'a' && lower <= 'f')) {
          Fail("`\\u{` needs hexadecimal digits and `}`");
          return -1;
        }
        value = value * 16 + (IsDigit(c) ? c - '0' : lower - 'a' + 10);
        if (value > 0x10FFFF) {
          Fail("there is no such character");
          return -1;
        }
      }
      ++at_;
      return value;
    }
    const int64_t lead = Hex(4, 'u');
    if (unicode_ && lead >= 0xD800 && lead <= 0xDBFF && Peek() == '\\' &&
        Peek(1) == 'u') {
      const size_t before = at_;
      at_ += 2;
      const bool was_unicode = unicode_;
      unicode_ = false;
      const int64_t trail = Peek() == '{' ? 0 : Hex(4, 'u');
      unicode_ = was_unicode;
      if (trail >= 0xDC00 && trail <= 0xDFFF) {
        return 0x10000 + ((lead - 0xD800) << 10) + (trail - 0xDC00);
      }
      at_ = before;
    }
    return lead;
  }

  // `{Name}` or `{Name=Value}`.
  void Property(bool negated) {
    const size_t end = Take("{") ? text_.find('}', at_) : std::string::npos;
    if (end == std::string_view::npos || end == at_) {
      Fail("`\\p` needs a property in braces");
      return;
    }
    const std::string_view all = text_.substr(at_, end - at_);
    const size_t equals = all.find('=');
    UnicodeProperty property = UnicodeProperty::kNone;
    if (equals == std::string_view::npos) {
      property = FindUnicodeProperty(all, {});
    } else if (equals + 1 < all.size()) {
      property =
          FindUnicodeProperty(all.substr(0, equals), all.substr(equals + 1));
    }
    if (property == UnicodeProperty::kNone ||
        (property == UnicodeProperty::kOfStrings && !sets_)) {
      Fail("there is no such property");
    } else if (property == UnicodeProperty::kOfStrings) {
      ++strings_;
      if (negated) {
        Fail("a property of strings has no opposite");
      }
    }
    at_ = end + 1;
  }

  void Class(int depth) {
    if (depth > 200) {
      Fail("classes are nested too deep");
      return;
    }
    const bool negated = Take("^");
    const int strings = strings_;
    bool has_operator = false;
    while (!Failed()) {
      if (!More()) {
        Fail("a class is not closed");
        return;
      }
      if (Take("]")) {
        if (negated && !has_operator && strings_ != strings) {
          Fail("a property of strings has no opposite");
        }
        return;
      }
      if (sets_) {
        if (Take("[")) {
          Class(depth + 1);
          continue;
        }
        if (Take("--") || Take("&&")) {
          has_operator = true;
          continue;
        }
        if (Take("\\q{")) {
          const size_t end = text_.find('}', at_);
          if (end == std::string_view::npos) {
            Fail("`\\q{` is not closed");
            return;
          }
          at_ = end + 1;
          continue;
        }
        static constexpr std::string_view kReserved = "(){}/|";
        if (kReserved.find(Peek()) != std::string_view::npos) {
          Fail(base::format("`{}` must be escaped", Peek()));
          return;
        }
      }
      const int64_t first = ClassAtom();
      if (Failed() || Peek() != '-' || Peek(1) == ']' || !More() ||
          (sets_ && Peek(1) == '-')) {
        continue;
      }
      ++at_;
      if (!More()) {
        continue;
      }
      const int64_t second = ClassAtom();
      if (Failed()) {
        return;
      }
      if (first < 0 || second < 0) {
        if (unicode_) {
          Fail("a range has ends that are classes");
        }
      } else if (first > second) {
        Fail("a range is out of order");
      }
    }
  }
  int64_t ClassAtom() {
    if (Take("\\")) {
      return Escape(true);
    }
    return Character();
  }

  std::string_view text_;
  bool unicode_;
  const bool sets_;
  bool named_ = false;
  double groups_ = 0;
  size_t at_ = 0;
  std::unordered_set<std::string> names_;
  std::vector<std::pair<std::string, uint32_t>> references_;
  std::string problem_;
  size_t problem_at_ = 0;
  // Properties of strings so far.
  int strings_ = 0;
};

}  // namespace

std::string RegExpProblem(std::string_view pattern, std::string_view flags,
                          uint32_t& at) {
  at = static_cast<uint32_t>(pattern.size());
  for (size_t i = 0; i < flags.size(); ++i) {
    if (std::string_view("dgimsuvy").find(flags[i]) == std::string_view::npos) {
      return base::format("`{}` is no flag", flags[i]);
    }
    if (flags.find(flags[i], i + 1) != std::string_view::npos) {
      return base::format("flag `{}` stands twice", flags[i]);
    }
  }
  const bool sets = flags.find('v') != std::string_view::npos;
  const bool unicode = flags.find('u') != std::string_view::npos;
  if (sets && unicode) {
    return "flags `u` and `v` exclude each other";
  }
  return RegExpReader(pattern, unicode || sets, sets).Read(at);
}

}  // namespace fcc::js
