// SPDX-License-Identifier: Apache-2.0

#ifndef FCC_RUNTIME_SCRIPT_DUKTAPE_BUILTINS_ARRAY_SORT_H_
#define FCC_RUNTIME_SCRIPT_DUKTAPE_BUILTINS_ARRAY_SORT_H_

#include "runtime/script/duktape/engine.h"

namespace fcc::script {

// Sorts the dense array at `items` in place, stably, as Array.prototype.sort
// orders values: undefined last, the others by the comparator at `comparator`
// or, if that is undefined, as strings. A comparator that throws leaves the
// array as it was; one that lies gives some order and ends.
void SortItems(duk_context* ctx, duk_idx_t items, duk_idx_t comparator);

}  // namespace fcc::script

#endif  // FCC_RUNTIME_SCRIPT_DUKTAPE_BUILTINS_ARRAY_SORT_H_
