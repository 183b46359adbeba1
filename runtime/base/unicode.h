// SPDX-License-Identifier: Apache-2.0
//
// Text is UTF-8 in memory. JavaScript strings may hold lone surrogates; we keep
// those as their three-byte forms (WTF-8) and never keep a pair that way.

#ifndef FCC_RUNTIME_BASE_UNICODE_H_
#define FCC_RUNTIME_BASE_UNICODE_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace fcc::base {

// Any code point up to 0x10FFFF, surrogates included.
void AppendUtf8(std::string& out, uint32_t code_point);

struct DecodedCodePoint {
  // U+FFFD where the bytes are no UTF-8.
  uint32_t code_point = 0xFFFD;
  // Bytes taken, at least 1.
  uint32_t size = 1;
  bool valid = false;
};
// `at` must be inside `text`. Surrogates in three-byte form are valid here.
DecodedCodePoint DecodeUtf8(std::string_view text, size_t at);

// UTF-16 code units that JavaScript would count.
size_t Utf16Length(std::string_view text);
std::u16string ToUtf16(std::string_view text);
// Pairs are joined; lone surrogates are kept in three-byte form.
std::string FromUtf16(std::u16string_view text);

// Columns a terminal needs: 2 for wide East Asian characters and emoji, 0 for
// combining marks.
int TerminalWidth(std::string_view text);
int TerminalWidth(uint32_t code_point);

}  // namespace fcc::base

#endif  // FCC_RUNTIME_BASE_UNICODE_H_
