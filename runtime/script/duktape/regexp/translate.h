// SPDX-License-Identifier: Apache-2.0
//
// JavaScript patterns for PCRE2. Goes through the pattern with the grammar of
// ECMA-262 (22.2.1 and annex B.1.2), reports its early errors, and writes a
// PCRE2 pattern that means the same:
//   * classes and escapes are spelled out, since \s, \w, \b, . and $ differ;
//   * `^` and `$` of multi-line patterns look around for all four of
//     JavaScript's line terminators;
//   * a back reference to a group that has not closed yet matches nothing;
//   * named groups are numbered, names are kept apart.
// Differs: captures inside a quantified group keep their value from one
// iteration to the next, as PCRE2 has it.

#ifndef FCC_RUNTIME_SCRIPT_DUKTAPE_REGEXP_TRANSLATE_H_
#define FCC_RUNTIME_SCRIPT_DUKTAPE_REGEXP_TRANSLATE_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/base/result.h"

namespace fcc::script::regexp {

struct Flags {
  bool has_indices = false;  // d
  bool global = false;       // g
  bool ignore_case = false;  // i
  bool multiline = false;    // m
  bool dot_all = false;      // s
  bool unicode = false;      // u
  bool sticky = false;       // y
};
// False when a letter is unknown or occurs twice.
bool ParseFlags(std::string_view text, Flags& flags);

struct Translation {
  std::u16string pattern;
  // Capturing groups without the whole match.
  uint32_t group_count = 0;
  std::vector<std::pair<std::u16string, uint32_t>> names;
};

// Fails with the text of a SyntaxError.
base::Result<Translation> Translate(std::u16string_view pattern,
                                    const Flags& flags);

}  // namespace fcc::script::regexp

#endif  // FCC_RUNTIME_SCRIPT_DUKTAPE_REGEXP_TRANSLATE_H_
