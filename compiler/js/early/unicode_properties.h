// SPDX-License-Identifier: Apache-2.0

#ifndef FCC_COMPILER_JS_EARLY_UNICODE_PROPERTIES_H_
#define FCC_COMPILER_JS_EARLY_UNICODE_PROPERTIES_H_

#include <cstdint>
#include <string_view>

namespace fcc::js {

enum class UnicodeProperty : uint8_t { kNone, kOfCharacters, kOfStrings };

// What `\p{name}` or `\p{name=value}` of a regular expression means.
UnicodeProperty FindUnicodeProperty(std::string_view name,
                                    std::string_view value);

}  // namespace fcc::js

#endif  // FCC_COMPILER_JS_EARLY_UNICODE_PROPERTIES_H_
