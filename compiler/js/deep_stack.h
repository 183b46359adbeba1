// SPDX-License-Identifier: Apache-2.0
//
// Every stage recurses, some passes deepen the tree, and sanitized builds have
// large frames: what is nested in earnest gets a stack of its own.

#ifndef FCC_COMPILER_JS_DEEP_STACK_H_
#define FCC_COMPILER_JS_DEEP_STACK_H_

#include <functional>

#include "compiler/js/ast.h"

namespace fcc::js {

// Calls `work` on a thread whose stack takes kMaxDepth levels in any stage, and
// waits for it.
void CallOnDeepStack(const std::function<void()>& work);

// Calls `work`, which walks the tree, on a stack that is large enough for it.
void CallOnStackFor(const Ast& ast, const std::function<void()>& work);

}  // namespace fcc::js

#endif  // FCC_COMPILER_JS_DEEP_STACK_H_
