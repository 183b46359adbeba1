// SPDX-License-Identifier: Apache-2.0
//
// CSS Nesting taken apart: `.a { x: y; &:hover { … } }` becomes `.a { x: y }`
// and `.a:hover { … }`, because no web view older than 2023 reads it nested.
// Conditions inside a rule come to stand around it. Names stay spans of the
// source.
//
// Differs: the standard replaces `&` by `:is(parents)`; here every parent makes
// a selector of its own, which old web views read too and which differs in
// specificity only where parents of unlike specificity stand in one list.

#ifndef FCC_COMPILER_FTSS_LOWER_NESTING_H_
#define FCC_COMPILER_FTSS_LOWER_NESTING_H_

#include "compiler/diagnostics/diagnostic.h"
#include "compiler/ftss/style_sheet.h"

namespace fcc::ftss {

// Afterwards no rule stands inside a style rule. Lists in lists and `&` beside
// `&` multiply with every level; past kMaxNestedParts that is an error, and the
// rules that were left are dropped.
void LowerNesting(StyleSheet& sheet, diagnostics::Sink& sink);

// Simple selectors that the nested rules of one sheet may come to: more than a
// thousand times what the largest sheets of component libraries have.
inline constexpr size_t kMaxNestedParts = 1'000'000;

}  // namespace fcc::ftss

#endif  // FCC_COMPILER_FTSS_LOWER_NESTING_H_
