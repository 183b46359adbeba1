// SPDX-License-Identifier: Apache-2.0
//
// Which constant texts of a script a checker wants to see: addresses, and what
// looks like a secret.

#ifndef FCC_COMPILER_JS_FACTS_TEXTS_H_
#define FCC_COMPILER_JS_FACTS_TEXTS_H_

#include <optional>
#include <string_view>

#include "compiler/js/facts/facts.h"

namespace fcc::js {

// `name`: what the text is given to (`appSecret: "…"`), or "". Nothing for
// ordinary texts.
std::optional<TextKind> ClassifyText(std::string_view text,
                                     std::string_view name);

}  // namespace fcc::js

#endif  // FCC_COMPILER_JS_FACTS_TEXTS_H_
