// SPDX-License-Identifier: Apache-2.0
//
// The library, one subject a file under builtins/. Each Install function runs
// once for a heap, on an empty stack, in the order of builtins.cpp.

#ifndef FCC_RUNTIME_SCRIPT_DUKTAPE_BUILTINS_H_
#define FCC_RUNTIME_SCRIPT_DUKTAPE_BUILTINS_H_

#include "runtime/script/duktape/engine.h"

namespace fcc::script {

void InstallBuiltins(Engine& engine);

// Promises as C++ sees them (builtins/promise.cpp).
// [ ] -> [ promise resolve reject ]
void PushPromiseParts(duk_context* ctx);
// Runs one job; [ ] -> [ ]. False when it threw: [ ] -> [ error ].
bool RunMicrotask(Engine& engine);
// Reports promises that nobody handled.
void ReportRejections(Engine& engine);
// [ function ] -> [ ]
void QueueCallback(duk_context* ctx);

// [ value ] -> [ ]; as console.log shows it (builtins/inspect.cpp).
std::string InspectTop(duk_context* ctx);

// Maps and sets for conversions (builtins/map_set.cpp).
bool IsMapAt(duk_context* ctx, duk_idx_t index);
bool IsSetAt(duk_context* ctx, duk_idx_t index);

// What was thrown, on top, as an Exception; [ thrown ] -> [ ] (heap.cpp).
Exception TakeException(Engine& engine);

}  // namespace fcc::script

#endif  // FCC_RUNTIME_SCRIPT_DUKTAPE_BUILTINS_H_
