// SPDX-License-Identifier: Apache-2.0
//
// Compiled regular expressions. A program is made from source and flags, kept
// in the heap's cache, and matched against UTF-16 text with a limit on the
// work: a pattern that backtracks without end is an error, not a hang.

#ifndef FCC_RUNTIME_SCRIPT_DUKTAPE_REGEXP_PROGRAM_H_
#define FCC_RUNTIME_SCRIPT_DUKTAPE_REGEXP_PROGRAM_H_

#define PCRE2_CODE_UNIT_WIDTH 0
#include <pcre2.h>

#include <cstdint>
#include <list>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "runtime/base/result.h"
#include "runtime/script/duktape/engine/internals.h"
#include "runtime/script/duktape/regexp/translate.h"

namespace fcc::script {

namespace regexp {

enum class MatchStatus { kMatch, kNoMatch, kTooMuchWork };

struct Span {
  // Both npos for a group that took no part.
  size_t begin = std::u16string_view::npos;
  size_t end = std::u16string_view::npos;
  bool matched() const { return begin != std::u16string_view::npos; }
};

// A text to match against, in code units and, for patterns with the u flag,
// in code points; spans are in code units always.
class Text {
 public:
  Text() = default;
  explicit Text(std::u16string units) : units_(std::move(units)) {}

  const std::u16string& units() const { return units_; }
  // Lone surrogates stand for themselves. Made when first asked for.
  const std::u32string& points();
  size_t PointAt(size_t unit) const;
  size_t UnitAt(size_t point) const;

 private:
  std::u16string units_;
  std::u32string points_;
  // Where each code point begins; empty while the two count the same.
  std::vector<uint32_t> starts_;
  bool has_points_ = false;
};

class Program {
 public:
  static base::Result<std::shared_ptr<Program>> Compile(
      std::u16string_view source, const Flags& flags);
  ~Program();
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  const Flags& flags() const { return flags_; }
  uint32_t group_count() const { return group_count_; }
  const std::vector<std::pair<std::u16string, uint32_t>>& names() const {
    return names_;
  }
  // `spans` gets the whole match and each group.
  MatchStatus Match(Text& text, size_t start, bool anchored,
                    std::vector<Span>& spans) const;

 private:
  Program() = default;
  void CompileToMachineCode() const;

  Flags flags_;
  uint32_t group_count_ = 0;
  std::vector<std::pair<std::u16string, uint32_t>> names_;
  // One pair of them, by the u flag.
  pcre2_code_16* code_ = nullptr;
  pcre2_match_data_16* data_ = nullptr;
  pcre2_code_32* wide_code_ = nullptr;
  pcre2_match_data_32* wide_data_ = nullptr;
  // How much it has been used; machine code is for those used much.
  mutable size_t work_ = 0;
  mutable bool compiled_ = false;
};

}  // namespace regexp

// One heap's programs, the least recently used dropped first, and the text
// that was matched last: a loop over exec() converts it once.
struct RegExpCache {
  struct Entry {
    std::string key;
    std::shared_ptr<regexp::Program> program;
  };
  std::list<Entry> entries;
  std::unordered_map<std::string_view, std::list<Entry>::iterator> by_key;

  // Programs by the addresses of source and flags, which roots hold.
  struct Recent {
    void* source = nullptr;
    void* flags = nullptr;
    uint32_t source_root = 0;
    uint32_t flags_root = 0;
    std::shared_ptr<regexp::Program> program;
  };
  Recent recent[64];

  // The string object the text came from, held by a root.
  void* text_string = nullptr;
  uint32_t text_root = 0;
  regexp::Text text;

  // The last match, for RegExp.$1 and its like; the string is held by a root.
  void* matched_string = nullptr;
  uint32_t matched_root = 0;
  std::vector<regexp::Span> matched;
  // The spans of a match under way.
  std::vector<regexp::Span> scratch;

  // The constructor's and the prototype's entries, as the library made them.
  void* constructor = nullptr;
  std::vector<internals::EntryMark> constructor_marks;
  std::vector<internals::EntryMark> prototype_marks;
};

}  // namespace fcc::script

#endif  // FCC_RUNTIME_SCRIPT_DUKTAPE_REGEXP_PROGRAM_H_
