// SPDX-License-Identifier: Apache-2.0

#ifndef FCC_COMPILER_JS_LOWER_SUPER_H_
#define FCC_COMPILER_JS_LOWER_SUPER_H_

#include <functional>

#include "compiler/js/lower/context.h"

namespace fcc::js {

// Replaces every `super.x` that belongs to the method `id` (or to the field
// value, the static block `id`): in arrows too, not in other functions and
// classes. `home` makes an expression for the object whose prototype is asked.
// `temporary` declares a variable where the method's body can see it.
void LowerSuperAccess(
    LowerContext& context, NodeId id, bool strict,
    const std::function<NodeId(base::Span)>& home,
    const std::function<SymbolId(std::string_view)>& temporary);

}  // namespace fcc::js

#endif  // FCC_COMPILER_JS_LOWER_SUPER_H_
