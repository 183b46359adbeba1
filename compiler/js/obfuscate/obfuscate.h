// SPDX-License-Identifier: Apache-2.0
//
// Code that does the same and is harder to read. What it costs is kept small:
// size grows by the table of strings and the state machines, nothing is
// executed twice, and no name that the program can see is touched.
//
//   level 1  texts go to a table, encoded; names are short and shuffled
//   level 2  and half of the functions of three statements and more become
//            state machines
//   level 3  and all of them; names of members go to the table too
//
// Same input, level and seed: same output.

#ifndef FCC_COMPILER_JS_OBFUSCATE_OBFUSCATE_H_
#define FCC_COMPILER_JS_OBFUSCATE_OBFUSCATE_H_

#include <cstdint>

#include "compiler/js/ast.h"

namespace fcc::js {

inline constexpr int kMaxObfuscation = 3;

struct ObfuscateOptions {
  int level = 1;
  uint64_t seed = 0;
};

// Wants a lowered tree; names are Rename's work.
void Obfuscate(Ast& ast, const ObfuscateOptions& options);

}  // namespace fcc::js

#endif  // FCC_COMPILER_JS_OBFUSCATE_OBFUSCATE_H_
