// SPDX-License-Identifier: Apache-2.0
//
// What builtins.cpp calls, in its order. [ ] -> [ ] each.

#ifndef FCC_RUNTIME_SCRIPT_DUKTAPE_BUILTINS_INSTALL_H_
#define FCC_RUNTIME_SCRIPT_DUKTAPE_BUILTINS_INSTALL_H_

#include "runtime/script/duktape/engine.h"

namespace fcc::script {

#define FCC_BUILTIN(name) void Install##name(duk_context* ctx);
#include "runtime/script/duktape/builtins/all.def"
#undef FCC_BUILTIN

}  // namespace fcc::script

#endif  // FCC_RUNTIME_SCRIPT_DUKTAPE_BUILTINS_INSTALL_H_
