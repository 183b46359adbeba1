// SPDX-License-Identifier: Apache-2.0

#ifndef FCC_COMPILER_JS_LOWER_ARGUMENTS_ARRAY_H_
#define FCC_COMPILER_JS_LOWER_ARGUMENTS_ARRAY_H_

#include "compiler/js/lower/context.h"

namespace fcc::js {

// The items of an Array or of arguments, Spreads among them, as an expression
// that makes one fresh array.
NodeId ArgumentsArray(LowerContext& context, base::Span span, ListId list);

}  // namespace fcc::js

#endif  // FCC_COMPILER_JS_LOWER_ARGUMENTS_ARRAY_H_
