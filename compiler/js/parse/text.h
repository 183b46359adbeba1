// SPDX-License-Identifier: Apache-2.0
//
// The lexical grammar's small parts: identifiers, escapes, numbers.

#ifndef FCC_COMPILER_JS_PARSE_TEXT_H_
#define FCC_COMPILER_JS_PARSE_TEXT_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "runtime/base/span.h"

namespace fcc::js {

// ID_Start, `$`, `_`; and ID_Continue, `$`, U+200C, U+200D.
bool IsIdentifierStart(uint32_t c);
bool IsIdentifierPart(uint32_t c);
// True when `text` is an identifier name as it stands, without escapes.
bool IsIdentifierName(std::string_view text);
// Words that are never identifiers; not `let`, `yield`, `await`, and the words
// that are reserved in strict code only.
// Of an identifier; any byte beyond ASCII.
bool IsWordByte(char c);
// The word that ends right before `at`, blanks skipped; empty when none.
base::Span WordBefore(std::string_view text, uint32_t at);
// The word that begins at `at`; empty when none.
base::Span WordAt(std::string_view text, uint32_t at);

bool IsReservedWord(std::string_view word);
// `let`, `static`, `implements`, `interface`, `package`, `private`,
// `protected`, `public`, `yield`.
bool IsStrictReservedWord(std::string_view word);

// False when an escape is broken or a character may not stand there; what could
// be read is in `out` then.
bool DecodeIdentifier(std::string_view raw, std::string& out);

enum class EscapeMode : uint8_t { kString, kTemplate };

struct EscapeResult {
  bool bad = false;
  // \07, \8: refused in strict code (and always in templates, as bad).
  bool legacy_octal = false;
  // The bad escape in the raw text.
  uint32_t at = 0;
  uint32_t size = 0;
};
EscapeResult DecodeEscapes(std::string_view raw, EscapeMode mode,
                           std::string& out);

struct NumberText {
  double value = 0;
  bool bad = false;
  bool bigint = false;
  bool legacy_octal = false;
  // Of a BigInt: as written, without `_` and `n`.
  std::string digits;
};
NumberText ReadNumber(std::string_view raw);

}  // namespace fcc::js

#endif  // FCC_COMPILER_JS_PARSE_TEXT_H_
