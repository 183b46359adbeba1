// SPDX-License-Identifier: Apache-2.0
//
// Array.prototype's methods that typed arrays have too, once their receiver
// has been found to be one.

#ifndef FCC_RUNTIME_SCRIPT_DUKTAPE_BUILTINS_ARRAY_METHODS_H_
#define FCC_RUNTIME_SCRIPT_DUKTAPE_BUILTINS_ARRAY_METHODS_H_

#include "runtime/script/duktape/engine.h"

namespace fcc::script::array_methods {

// Magic numbers of SomeEvery, Find (combined) and Reduce.
enum Quantifier { kSome, kEvery };
enum FindKind { kFind = 0, kFindIndex = 1, kLast = 2 };
enum Direction { kFromLeft, kFromRight };

int At(duk_context* ctx);
int CopyWithin(duk_context* ctx);
int Find(duk_context* ctx);
int ForEach(duk_context* ctx);
int Includes(duk_context* ctx);
int IndexOf(duk_context* ctx);
// Magic: IterationKind.
int Iterate(duk_context* ctx);
int Join(duk_context* ctx);
int LastIndexOf(duk_context* ctx);
int Reduce(duk_context* ctx);
int Reverse(duk_context* ctx);
int SomeEvery(duk_context* ctx);
int ToLocaleString(duk_context* ctx);

}  // namespace fcc::script::array_methods

#endif  // FCC_RUNTIME_SCRIPT_DUKTAPE_BUILTINS_ARRAY_METHODS_H_
