// SPDX-License-Identifier: Apache-2.0
//
// Values and preludes as they go out: comments gone, blanks folded, and in the
// minified form everything shortened that cannot change the meaning.

#ifndef FCC_COMPILER_FTSS_PRINT_VALUE_H_
#define FCC_COMPILER_FTSS_PRINT_VALUE_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace fcc::ftss {

// `text_flags` (TextFlag) say what is there to do; 0 copies.
void AppendFolded(std::string& out, std::string_view text, uint8_t text_flags);

// Shorter numbers and colours, no blanks beside commas and brackets. A zero
// loses its unit only outside functions and where `property` takes bare zeros.
void AppendMinifiedValue(std::string& out, std::string_view property,
                         std::string_view value);
// The condition of an at-rule: blanks beside commas, colons and brackets go.
void AppendMinifiedPrelude(std::string& out, std::string_view prelude);

}  // namespace fcc::ftss

#endif  // FCC_COMPILER_FTSS_PRINT_VALUE_H_
