// SPDX-License-Identifier: Apache-2.0

#include "runtime/script/duktape/regexp/translate.h"

#include <algorithm>
#include <optional>

#include "runtime/base/format.h"
#include "runtime/base/unicode.h"
#include "runtime/script/duktape/regexp/properties.h"

namespace fcc::script::regexp {

bool ParseFlags(std::string_view text, Flags& flags) {
  for (const char c : text) {
    bool* flag = nullptr;
    switch (c) {
      case 'd':
        flag = &flags.has_indices;
        break;
      case 'g':
        flag = &flags.global;
        break;
      case 'i':
        flag = &flags.ignore_case;
        break;
      case 'm':
        flag = &flags.multiline;
        break;
      case 's':
        flag = &flags.dot_all;
        break;
      case 'u':
        flag = &flags.unicode;
        break;
      case 'y':
        flag = &flags.sticky;
        break;
      default:
        return false;
    }
    if (std::exchange(*flag, true)) {
      return false;
    }
  }
  return true;
}

namespace {

// What goes into a PCRE2 class.
constexpr std::u16string_view kSpaceItems =
    u"\\t\\n\\x{0b}\\f\\r \\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}"
    u"\\x{2029}\\x{202f}\\x{205f}\\x{3000}\\x{feff}";
constexpr std::u16string_view kDigitItems = u"0-9";
constexpr std::u16string_view kWordItems = u"A-Za-z0-9_";
// The letters whose lower case is an ASCII letter; \w means them under iu.
constexpr std::u16string_view kWordFoldItems = u"A-Za-z0-9_\\x{17f}\\x{212a}";
constexpr std::u16string_view kNewlineItems = u"\\n\\r\\x{2028}\\x{2029}";

constexpr int kMaxDepth = 1000;
constexpr uint32_t kNoEnd = 0xFFFFFFFF;

struct SyntaxProblem {
  std::string message;
};

class Translator {
 public:
  Translator(std::u16string_view pattern, const Flags& flags)
      : in_(pattern), flags_(flags) {}

  base::Result<Translation> Run() {
    CountGroups();
    if (failed_) {
      return Failure();
    }
    if (flags_.unicode) {
      named_groups_ = true;
    }
    Disjunction(0);
    if (!failed_ && at_ < in_.size()) {
      Fail(in_[at_] == u')' ? "Unmatched ')'" : "Unexpected character");
    }
    if (failed_) {
      return Failure();
    }
    Translation result;
    result.pattern = std::move(out_);
    result.group_count = group_count_;
    result.names = std::move(names_);
    return result;
  }

 private:
  base::Error Failure() const {
    return {base::ErrorKind::kCorrupt, "Invalid regular expression: /" +
                                           base::FromUtf16(in_) +
                                           "/: " + problem_};
  }

  void Fail(std::string message) {
    if (!failed_) {
      failed_ = true;
      problem_ = std::move(message);
    }
    at_ = in_.size();
  }

  bool More() const { return at_ < in_.size(); }
  char16_t Peek(size_t ahead = 0) const {
    return at_ + ahead < in_.size() ? in_[at_ + ahead] : u'\0';
  }
  bool Eat(char16_t c) {
    if (More() && in_[at_] == c) {
      ++at_;
      return true;
    }
    return false;
  }
  bool Eat(std::u16string_view text) {
    if (in_.substr(at_).starts_with(text)) {
      at_ += text.size();
      return true;
    }
    return false;
  }

  // One character of the pattern: a code point with u, else a code unit.
  uint32_t Next() {
    const char16_t unit = in_[at_++];
    if (flags_.unicode && unit >= 0xD800 && unit < 0xDC00 && More() &&
        Peek() >= 0xDC00 && Peek() < 0xE000) {
      return 0x10000 + ((unit - 0xD800u) << 10) + (in_[at_++] - 0xDC00u);
    }
    return unit;
  }

  void Put(std::u16string_view text) { out_ += text; }
  void PutAscii(std::string_view text) {
    for (const char c : text) {
      out_ += static_cast<char16_t>(c);
    }
  }

  static std::u16string Spelled(uint32_t code_point) {
    const bool word = (code_point >= '0' && code_point <= '9') ||
                      (code_point >= 'A' && code_point <= 'Z') ||
                      (code_point >= 'a' && code_point <= 'z');
    if (word) {
      return std::u16string(1, static_cast<char16_t>(code_point));
    }
    const std::string text = base::format("\\x{{{:x}}}", code_point);
    return std::u16string(text.begin(), text.end());
  }

  void PutCharacter(uint32_t code_point) { Put(Spelled(code_point)); }

  // Group names and their number first: \k and \N may look ahead.
  void CountGroups() {
    bool in_class = false;
    for (size_t i = 0; i < in_.size(); ++i) {
      const char16_t c = in_[i];
      if (c == u'\\') {
        ++i;
      } else if (in_class) {
        in_class = c != u']';
      } else if (c == u'[') {
        in_class = true;
      } else if (c == u'(') {
        if (i + 1 >= in_.size() || in_[i + 1] != u'?') {
          ++total_groups_;
        } else if (i + 3 < in_.size() && in_[i + 2] == u'<' &&
                   in_[i + 3] != u'=' && in_[i + 3] != u'!') {
          ++total_groups_;
          named_groups_ = true;
          const size_t saved = std::exchange(at_, i + 3);
          const std::optional<std::u16string> name = GroupName();
          if (name) {
            for (const auto& known : names_) {
              if (known.first == *name) {
                Fail("Duplicate capture group name");
                return;
              }
            }
            names_.emplace_back(*name, total_groups_);
          } else {
            Fail("Invalid capture group name");
            return;
          }
          at_ = saved;
        }
      }
    }
  }

  // After `<`: a name and `>`.
  std::optional<std::u16string> GroupName() {
    std::u16string name;
    while (More() && Peek() != u'>') {
      uint32_t c = in_[at_++];
      if (c >= 0xD800 && c < 0xDC00 && Peek() >= 0xDC00 && Peek() < 0xE000) {
        c = 0x10000 + ((c - 0xD800) << 10) + (in_[at_++] - 0xDC00u);
      }
      if (c == u'\\') {
        if (!Eat(u'u')) {
          return std::nullopt;
        }
        const std::optional<uint32_t> escaped = UnicodeEscape(true);
        if (!escaped) {
          return std::nullopt;
        }
        c = *escaped;
      }
      if (!IsIdentifierCharacter(c, name.empty())) {
        return std::nullopt;
      }
      std::string utf8;
      base::AppendUtf8(utf8, c);
      name += base::ToUtf16(utf8);
    }
    if (name.empty() || !Eat(u'>')) {
      return std::nullopt;
    }
    return name;
  }

  // After `\u`. `unicode`: braces and surrogate pairs are known.
  std::optional<uint32_t> UnicodeEscape(bool unicode) {
    if (unicode && Eat(u'{')) {
      uint32_t value = 0;
      size_t digits = 0;
      while (More() && Peek() != u'}') {
        const int digit = HexDigit(in_[at_++]);
        value = value * 16 + static_cast<uint32_t>(digit);
        if (digit < 0 || value > 0x10FFFF) {
          return std::nullopt;
        }
        ++digits;
      }
      if (digits == 0 || !Eat(u'}')) {
        return std::nullopt;
      }
      return value;
    }
    const std::optional<uint32_t> lead = FixedHex(4);
    if (!lead || !unicode || *lead < 0xD800 || *lead >= 0xDC00) {
      return lead;
    }
    const size_t saved = at_;
    if (Eat(u"\\u")) {
      const std::optional<uint32_t> trail = FixedHex(4);
      if (trail && *trail >= 0xDC00 && *trail < 0xE000) {
        return 0x10000 + ((*lead - 0xD800) << 10) + (*trail - 0xDC00);
      }
      at_ = saved;
    }
    return lead;
  }

  static int HexDigit(char16_t c) {
    if (c >= u'0' && c <= u'9') {
      return c - u'0';
    }
    if (c >= u'a' && c <= u'f') {
      return c - u'a' + 10;
    }
    if (c >= u'A' && c <= u'F') {
      return c - u'A' + 10;
    }
    return -1;
  }

  std::optional<uint32_t> FixedHex(int digits) {
    uint32_t value = 0;
    for (int i = 0; i < digits; ++i) {
      const int digit = HexDigit(Peek(static_cast<size_t>(i)));
      if (digit < 0) {
        return std::nullopt;
      }
      value = value * 16 + static_cast<uint32_t>(digit);
    }
    at_ += static_cast<size_t>(digits);
    return value;
  }

  void Disjunction(int depth) {
    if (depth > kMaxDepth) {
      Fail("Regular expression too large");
      return;
    }
    while (More() && Peek() != u')') {
      if (Eat(u'|')) {
        Put(u"|");
      } else {
        Term(depth);
      }
    }
  }

  void Term(int depth) {
    bool quantifiable = true;
    const char16_t c = Peek();
    switch (c) {
      case u'^':
        ++at_;
        Put(flags_.multiline ? u"(?<![^\\n\\r\\x{2028}\\x{2029}])" : u"\\A");
        quantifiable = false;
        break;
      case u'$':
        ++at_;
        Put(flags_.multiline ? u"(?![^\\n\\r\\x{2028}\\x{2029}])" : u"\\z");
        quantifiable = false;
        break;
      case u'(':
        quantifiable = Group(depth);
        break;
      case u'.':
        ++at_;
        if (flags_.dot_all) {
          Put(u"(?s:.)");
        } else {
          Put(u"[^");
          Put(kNewlineItems);
          Put(u"]");
        }
        break;
      case u'[':
        Class();
        break;
      case u'\\':
        quantifiable = AtomEscape();
        break;
      case u'*':
      case u'+':
      case u'?':
        Fail("Nothing to repeat");
        return;
      case u'{':
        if (flags_.unicode) {
          Fail("Nothing to repeat");
          return;
        }
        if (LooksLikeQuantifier()) {
          Fail("Nothing to repeat");
          return;
        }
        ++at_;
        PutCharacter(c);
        break;
      case u'}':
      case u']':
        if (flags_.unicode) {
          Fail("Lone quantifier brackets");
          return;
        }
        ++at_;
        PutCharacter(c);
        break;
      default:
        PutCharacter(Next());
    }
    if (!failed_) {
      Quantifier(quantifiable);
    }
  }

  // `{` begins {n}, {n,} or {n,m} here.
  bool LooksLikeQuantifier() const {
    size_t i = at_ + 1;
    const auto digits = [&] {
      const size_t before = i;
      while (i < in_.size() && in_[i] >= u'0' && in_[i] <= u'9') {
        ++i;
      }
      return i > before;
    };
    if (!digits()) {
      return false;
    }
    if (i < in_.size() && in_[i] == u',') {
      ++i;
      digits();
    }
    return i < in_.size() && in_[i] == u'}';
  }

  uint32_t Decimal() {
    uint64_t value = 0;
    while (More() && Peek() >= u'0' && Peek() <= u'9') {
      value = std::min<uint64_t>(value * 10 + (in_[at_++] - u'0'), kNoEnd - 1);
    }
    return static_cast<uint32_t>(value);
  }

  // Whatever an atom is written as, it is one item to PCRE2: a character, a
  // class or a group.
  void Quantifier(bool quantifiable) {
    uint32_t low = 0;
    uint32_t high = kNoEnd;
    if (Eat(u'*')) {
    } else if (Eat(u'+')) {
      low = 1;
    } else if (Eat(u'?')) {
      high = 1;
    } else if (Peek() == u'{' && LooksLikeQuantifier()) {
      ++at_;
      low = high = Decimal();
      if (Eat(u',')) {
        high = Peek() == u'}' ? kNoEnd : Decimal();
      }
      ++at_;
      if (low > high) {
        Fail("numbers out of order in {} quantifier");
        return;
      }
    } else {
      if (Peek() == u'{' && flags_.unicode) {
        Fail("Incomplete quantifier");
      }
      return;
    }
    if (!quantifiable) {
      Fail("Nothing to repeat");
      return;
    }
    const bool lazy = Eat(u'?');
    // PCRE2's largest count; a longer repetition means none that ends.
    static constexpr uint32_t kMaxCount = 65535;
    low = std::min(low, kMaxCount);
    if (high == kNoEnd || high > kMaxCount) {
      PutAscii(low == 0 ? "*" : low == 1 ? "+" : base::format("{{{},}}", low));
    } else {
      PutAscii(base::format("{{{},{}}}", low, high));
    }
    if (lazy) {
      Put(u"?");
    }
  }

  // True when a quantifier may follow.
  bool Group(int depth) {
    ++at_;
    if (!Eat(u'?')) {
      Capture(depth, u"(");
      return true;
    }
    bool quantifiable = true;
    if (Eat(u':')) {
      Put(u"(?:");
    } else if (Eat(u'=')) {
      Put(u"(?=");
      quantifiable = !flags_.unicode;
    } else if (Eat(u'!')) {
      Put(u"(?!");
      quantifiable = !flags_.unicode;
    } else if (Eat(u"<=")) {
      Put(u"(?<=");
      quantifiable = false;
    } else if (Eat(u"<!")) {
      Put(u"(?<!");
      quantifiable = false;
    } else if (Eat(u'<')) {
      GroupName();
      Capture(depth, u"(");
      return true;
    } else {
      Fail("Invalid group");
      return false;
    }
    Disjunction(depth + 1);
    Close();
    return quantifiable;
  }

  void Capture(int depth, std::u16string_view open) {
    const uint32_t number = ++group_count_;
    open_groups_.push_back(number);
    Put(open);
    Disjunction(depth + 1);
    Close();
    if (!open_groups_.empty()) {
      open_groups_.pop_back();
    }
  }

  void Close() {
    if (failed_) {
      return;
    }
    if (!Eat(u')')) {
      Fail("Unterminated group");
      return;
    }
    Put(u")");
  }

  void BackReference(uint32_t number) {
    // Inside its own group, or before it, a reference matches the empty text.
    const bool open = std::find(open_groups_.begin(), open_groups_.end(),
                                number) != open_groups_.end();
    if (open || number > group_count_) {
      Put(u"(?:)");
      return;
    }
    PutAscii(base::format("\\g{{{}}}", number));
  }

  bool AtomEscape() {
    ++at_;
    if (!More()) {
      Fail("\\ at end of pattern");
      return false;
    }
    const char16_t c = Peek();
    if (c == u'b' || c == u'B') {
      ++at_;
      const std::u16string word(
          flags_.unicode && flags_.ignore_case ? kWordFoldItems : kWordItems);
      const std::u16string before = u"(?<=[" + word + u"])";
      const std::u16string after = u"(?=[" + word + u"])";
      const std::u16string not_before = u"(?<![" + word + u"])";
      const std::u16string not_after = u"(?![" + word + u"])";
      if (c == u'b') {
        Put(u"(?:" + before + not_after + u"|" + not_before + after + u")");
      } else {
        Put(u"(?:" + before + after + u"|" + not_before + not_after + u")");
      }
      return false;
    }
    if (c >= u'1' && c <= u'9') {
      const size_t saved = at_;
      const uint32_t number = Decimal();
      if (number <= total_groups_) {
        BackReference(number);
        return true;
      }
      if (flags_.unicode) {
        Fail("Invalid escape");
        return false;
      }
      at_ = saved;
    }
    if (c == u'k' && named_groups_) {
      ++at_;
      std::optional<std::u16string> name;
      if (Eat(u'<')) {
        name = GroupName();
      }
      if (!name) {
        Fail("Invalid named reference");
        return false;
      }
      for (const auto& known : names_) {
        if (known.first == *name) {
          BackReference(known.second);
          return true;
        }
      }
      Fail("Invalid named capture referenced");
      return false;
    }
    std::u16string items;
    bool negated = false;
    if (ClassEscape(items, negated)) {
      Put(negated ? u"[^" : u"[");
      Put(items);
      Put(u"]");
      return true;
    }
    if (failed_) {
      return false;
    }
    const std::optional<uint32_t> character = CharacterEscape(false);
    if (character) {
      PutCharacter(*character);
    }
    return true;
  }

  // \d \D \s \S \w \W \p{…} \P{…} as items of a class.
  bool ClassEscape(std::u16string& items, bool& negated) {
    const char16_t c = Peek();
    switch (c) {
      case u'd':
      case u'D':
        items = kDigitItems;
        negated = c == u'D';
        break;
      case u's':
      case u'S':
        items = kSpaceItems;
        negated = c == u'S';
        break;
      case u'w':
      case u'W':
        items =
            flags_.unicode && flags_.ignore_case ? kWordFoldItems : kWordItems;
        negated = c == u'W';
        break;
      case u'p':
      case u'P': {
        if (!flags_.unicode) {
          return false;
        }
        ++at_;
        const size_t end = in_.find(u'}', at_);
        if (!Eat(u'{') || end == std::u16string_view::npos) {
          Fail("Invalid property name");
          return false;
        }
        const std::u16string_view text = in_.substr(at_, end - at_);
        at_ = end + 1;
        const std::optional<std::string> property =
            PcreProperty(std::string(text.begin(), text.end()));
        if (!property) {
          Fail("Invalid property name");
          return false;
        }
        items = std::u16string(property->begin(), property->end());
        negated = c == u'P';
        return true;
      }
      default:
        return false;
    }
    ++at_;
    return true;
  }

  // After the backslash, one character.
  std::optional<uint32_t> CharacterEscape(bool in_class) {
    const char16_t c = Peek();
    switch (c) {
      case u't':
        ++at_;
        return '\t';
      case u'n':
        ++at_;
        return '\n';
      case u'v':
        ++at_;
        return 0x0B;
      case u'f':
        ++at_;
        return '\f';
      case u'r':
        ++at_;
        return '\r';
      case u'c': {
        const char16_t letter = Peek(1);
        const bool is_letter = (letter >= u'a' && letter <= u'z') ||
                               (letter >= u'A' && letter <= u'Z');
        const bool is_other =
            in_class && !flags_.unicode &&
            ((letter >= u'0' && letter <= u'9') || letter == u'_');
        if (is_letter || is_other) {
          at_ += 2;
          return letter % 32;
        }
        if (flags_.unicode) {
          Fail("Invalid unicode escape");
          return std::nullopt;
        }
        // The backslash stands for itself.
        return '\\';
      }
      case u'0':
        if (Peek(1) < u'0' || Peek(1) > u'9') {
          ++at_;
          return 0;
        }
        [[fallthrough]];
      case u'1':
      case u'2':
      case u'3':
      case u'4':
      case u'5':
      case u'6':
      case u'7': {
        if (flags_.unicode) {
          Fail("Invalid decimal escape");
          return std::nullopt;
        }
        uint32_t value = 0;
        for (int i = 0; i < 3 && Peek() >= u'0' && Peek() <= u'7'; ++i) {
          const uint32_t next = value * 8 + (Peek() - u'0');
          if (next > 0xFF) {
            break;
          }
          value = next;
          ++at_;
        }
        return value;
      }
      case u'x': {
        ++at_;
        const std::optional<uint32_t> value = FixedHex(2);
        if (value) {
          return value;
        }
        if (flags_.unicode) {
          Fail("Invalid escape");
          return std::nullopt;
        }
        return 'x';
      }
      case u'u': {
        ++at_;
        const size_t saved = at_;
        const std::optional<uint32_t> value = UnicodeEscape(flags_.unicode);
        if (value) {
          return value;
        }
        if (flags_.unicode) {
          Fail("Invalid Unicode escape");
          return std::nullopt;
        }
        at_ = saved;
        return 'u';
      }
      default:
        break;
    }
    if (flags_.unicode) {
      static constexpr std::u16string_view kSyntax = u"^$\\.*+?()[]{}|/";
      if (kSyntax.find(c) == std::u16string_view::npos &&
          !(in_class && c == u'-')) {
        Fail("Invalid escape");
        return std::nullopt;
      }
    } else if (c == u'k' && named_groups_) {
      Fail("Invalid named reference");
      return std::nullopt;
    }
    return Next();
  }

  // One atom of a class: a character, or items (\d and the like).
  struct ClassAtom {
    std::optional<uint32_t> character;
    std::u16string items;
    bool negated = false;
  };

  ClassAtom NextClassAtom() {
    ClassAtom atom;
    if (Peek() != u'\\') {
      atom.character = Next();
      return atom;
    }
    ++at_;
    if (!More()) {
      Fail("\\ at end of pattern");
      return atom;
    }
    if (Peek() == u'b') {
      ++at_;
      atom.character = 0x08;
      return atom;
    }
    if (flags_.unicode && Peek() == u'-') {
      ++at_;
      atom.character = u'-';
      return atom;
    }
    if (ClassEscape(atom.items, atom.negated) || failed_) {
      return atom;
    }
    if (Peek() == u'c') {
      const size_t saved = at_;
      atom.character = CharacterEscape(true);
      if (atom.character == uint32_t{'\\'}) {
        at_ = saved;
      }
      return atom;
    }
    atom.character = CharacterEscape(true);
    return atom;
  }

  void PutClassAtom(const ClassAtom& atom, std::u16string& positive,
                    std::vector<std::u16string>& negatives) {
    if (atom.character) {
      positive += Spelled(*atom.character);
    } else if (atom.negated) {
      negatives.push_back(atom.items);
    } else {
      positive += atom.items;
    }
  }

  void Class() {
    ++at_;
    const bool negated = Eat(u'^');
    std::u16string positive;
    std::vector<std::u16string> negatives;
    while (More() && Peek() != u']') {
      const ClassAtom low = NextClassAtom();
      if (failed_) {
        return;
      }
      if (Peek() != u'-' || Peek(1) == u']' || at_ + 1 >= in_.size()) {
        PutClassAtom(low, positive, negatives);
        continue;
      }
      ++at_;
      const ClassAtom high = NextClassAtom();
      if (failed_) {
        return;
      }
      if (!low.character || !high.character) {
        if (flags_.unicode) {
          Fail("Invalid character class");
          return;
        }
        PutClassAtom(low, positive, negatives);
        positive += u"\\-";
        PutClassAtom(high, positive, negatives);
        continue;
      }
      if (*low.character > *high.character) {
        Fail("Range out of order in character class");
        return;
      }
      PutRange(*low.character, *high.character, positive);
    }
    if (!Eat(u']')) {
      Fail("Unterminated character class");
      return;
    }
    EmitClass(negated, positive, negatives);
  }

  void PutRange(uint32_t low, uint32_t high, std::u16string& out) {
    out += Spelled(low) + u"-" + Spelled(high);
  }

  // [^\D\S] and the like need classes inside classes, which PCRE2 has not:
  // written as alternatives of classes, or none of them and one character.
  void EmitClass(bool negated, const std::u16string& positive,
                 const std::vector<std::u16string>& negatives) {
    if (negatives.empty()) {
      if (positive.empty()) {
        Put(negated ? u"(?s:.)" : u"(?!)");
        return;
      }
      Put(negated ? u"[^" : u"[");
      Put(positive);
      Put(u"]");
      return;
    }
    Put(negated ? u"(?:(?!" : u"(?:");
    bool first = true;
    if (!positive.empty()) {
      Put(u"[" + positive + u"]");
      first = false;
    }
    for (const std::u16string& items : negatives) {
      Put(first ? u"[^" : u"|[^");
      Put(items + u"]");
      first = false;
    }
    Put(negated ? u")(?s:.))" : u")");
  }

  std::u16string_view in_;
  size_t at_ = 0;
  Flags flags_;
  std::u16string out_;
  uint32_t group_count_ = 0;
  uint32_t total_groups_ = 0;
  bool named_groups_ = false;
  std::vector<std::pair<std::u16string, uint32_t>> names_;
  std::vector<uint32_t> open_groups_;
  bool failed_ = false;
  std::string problem_;
};

}  // namespace

base::Result<Translation> Translate(std::u16string_view pattern,
                                    const Flags& flags) {
  return Translator(pattern, flags).Run();
}

}  // namespace fcc::script::regexp
