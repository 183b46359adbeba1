// SPDX-License-Identifier: Apache-2.0
//
// The passes of Obfuscate, in its order, and the numbers they draw.

#ifndef FCC_COMPILER_JS_OBFUSCATE_PASSES_H_
#define FCC_COMPILER_JS_OBFUSCATE_PASSES_H_

#include <utility>
#include <vector>

#include "compiler/js/ast.h"

namespace fcc::js {

// SplitMix64: the same numbers on every machine, unlike <random>'s
// distributions.
class Random {
 public:
  explicit Random(uint64_t seed) : state_(seed) {}

  uint64_t Next() {
    uint64_t z = (state_ += 0x9E3779B97F4A7C15);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
    return z ^ (z >> 31);
  }
  uint32_t Below(uint32_t limit) {
    return static_cast<uint32_t>(Next() % limit);
  }
  template <typename T>
  void Shuffle(std::vector<T>& items) {
    for (size_t i = items.size(); i > 1; --i) {
      std::swap(items[i - 1], items[Below(static_cast<uint32_t>(i))]);
    }
  }

 private:
  uint64_t state_;
};

// The bodies of functions as state machines: of all, or of every other one.
void FlattenFunctions(Ast& ast, bool all, Random& random);
// Texts, and names of members when asked for, by their index in a table.
void HideStrings(Ast& ast, bool members, Random& random);

}  // namespace fcc::js

#endif  // FCC_COMPILER_JS_OBFUSCATE_PASSES_H_
