// SPDX-License-Identifier: Apache-2.0

#ifndef FCC_RUNTIME_SCRIPT_DUKTAPE_BUILTINS_STRING_SIZE_H_
#define FCC_RUNTIME_SCRIPT_DUKTAPE_BUILTINS_STRING_SIZE_H_

#include <cstddef>

#include "runtime/script/duktape/engine.h"

namespace fcc::script {

// RangeError for a string of that many bytes (or code units) that the heap
// could not hold. For text that is put together outside of the heap, before it
// grows: the heap's limit would not see it.
void CheckStringSize(duk_context* ctx, size_t size);

}  // namespace fcc::script

#endif  // FCC_RUNTIME_SCRIPT_DUKTAPE_BUILTINS_STRING_SIZE_H_
