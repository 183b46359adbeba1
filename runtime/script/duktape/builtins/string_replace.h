// SPDX-License-Identifier: Apache-2.0

#ifndef FCC_RUNTIME_SCRIPT_DUKTAPE_BUILTINS_STRING_REPLACE_H_
#define FCC_RUNTIME_SCRIPT_DUKTAPE_BUILTINS_STRING_REPLACE_H_

#include <string>
#include <string_view>

#include "runtime/script/duktape/engine.h"

namespace fcc::script {

// What GetSubstitution (ECMA-262, 22.1.3.19.1) is given; captures, the object
// of named ones and the replacement text are on the stack.
struct Substitution {
  std::u16string_view matched;
  std::u16string_view text;
  size_t position = 0;
  duk_idx_t first_capture = 0;
  duk_idx_t end_capture = 0;
  // -1 for none; may be undefined.
  duk_idx_t names = -1;
  duk_idx_t replacement = 0;
};
std::u16string Substitute(duk_context* ctx, const Substitution& substitution);

bool IsRegExpAt(duk_context* ctx, duk_idx_t index);

}  // namespace fcc::script

#endif  // FCC_RUNTIME_SCRIPT_DUKTAPE_BUILTINS_STRING_REPLACE_H_
