// SPDX-License-Identifier: Apache-2.0

#ifndef FCC_RUNTIME_SCRIPT_DUKTAPE_BUILTINS_ITERATOR_H_
#define FCC_RUNTIME_SCRIPT_DUKTAPE_BUILTINS_ITERATOR_H_

#include "runtime/script/duktape/engine.h"

namespace fcc::script {

enum class IterationKind { kKeys, kValues, kEntries };

// [ array-like ] -> [ iterator ]
void PushArrayIterator(duk_context* ctx, IterationKind kind);

}  // namespace fcc::script

#endif  // FCC_RUNTIME_SCRIPT_DUKTAPE_BUILTINS_ITERATOR_H_
