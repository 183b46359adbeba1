// SPDX-License-Identifier: Apache-2.0
//
// The parts that RegExp.prototype is put together from.

#ifndef FCC_RUNTIME_SCRIPT_DUKTAPE_BUILTINS_REGEXP_METHODS_H_
#define FCC_RUNTIME_SCRIPT_DUKTAPE_BUILTINS_REGEXP_METHODS_H_

#include "runtime/script/duktape/engine.h"

namespace fcc::script {

// [ ] -> [ this ], which must be an object; gives its place.
duk_idx_t PushRegExpReceiver(duk_context* ctx);

// [ object ] -> [ object ]
void DefineRegExpSymbols(duk_context* ctx);
// RegExp.$1 and its like: [ constructor ] -> [ constructor ].
void DefineRegExpLegacyStatics(duk_context* ctx);

void InstallRegExpStringIterator(duk_context* ctx);

}  // namespace fcc::script

#endif  // FCC_RUNTIME_SCRIPT_DUKTAPE_BUILTINS_REGEXP_METHODS_H_
