// SPDX-License-Identifier: Apache-2.0
//
// Unicode properties of patterns and identifiers.

#ifndef FCC_RUNTIME_SCRIPT_DUKTAPE_REGEXP_PROPERTIES_H_
#define FCC_RUNTIME_SCRIPT_DUKTAPE_REGEXP_PROPERTIES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace fcc::script::regexp {

// What stands between the braces of \p{…}, as items of a PCRE2 class; none
// when ECMA-262 does not know it or PCRE2 10.42 cannot express it.
std::optional<std::string> PcreProperty(std::string_view name);

// ID_Start or ID_Continue with $, _ and the joiners.
bool IsIdentifierCharacter(uint32_t code_point, bool first);

}  // namespace fcc::script::regexp

#endif  // FCC_RUNTIME_SCRIPT_DUKTAPE_REGEXP_PROPERTIES_H_
