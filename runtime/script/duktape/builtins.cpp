// SPDX-License-Identifier: Apache-2.0

#include "runtime/script/duktape/builtins.h"

#include "runtime/script/duktape/builtins/install.h"

namespace fcc::script {

void InstallBuiltins(Engine& engine) {
  duk_context* ctx = engine.ctx;
#define FCC_BUILTIN(name) Install##name(ctx);
#include "runtime/script/duktape/builtins/all.def"
#undef FCC_BUILTIN
}

}  // namespace fcc::script
