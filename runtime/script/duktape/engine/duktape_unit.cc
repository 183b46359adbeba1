// SPDX-License-Identifier: Apache-2.0
//
// The engine: the amended duktape.c, and behind it the functions that need to
// see its insides (engine/internals.h). Compiled as third-party code.

// duk_config.h chooses its system headers by it, and duktape.c sets it too
// late for us.
#define DUK_COMPILING_DUKTAPE
#include "runtime/script/duktape/engine/config.h"
#include "runtime/script/duktape/engine/hooks.h"
#include "runtime/script/duktape/engine/internals.h"

#include "duktape_amended.c"

#if DUK_VERSION != 20700L
#error unexpected Duktape
#endif

#include "runtime/script/duktape/engine/internals.inc"
