// SPDX-License-Identifier: Apache-2.0

#ifndef FCC_COMPILER_JS_PARSE_MASK_TYPESCRIPT_H_
#define FCC_COMPILER_JS_PARSE_MASK_TYPESCRIPT_H_

#include <cstdint>
#include <string>

namespace fcc::js {

// Changes TypeScript that the grammar does not know yet to text of the same
// length that makes the same code, near `at`, the token it stops at, or
// wherever the same stands. False when nothing was found to change.
bool MaskTypeScript(std::string& masked, uint32_t at);

// `sql<Row>`…``: tags have no arguments in the grammar, which reads comparisons
// and shifts there.
void MaskTagArguments(std::string& masked);

}  // namespace fcc::js

#endif  // FCC_COMPILER_JS_PARSE_MASK_TYPESCRIPT_H_
