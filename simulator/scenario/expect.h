// SPDX-License-Identifier: Apache-2.0
//
// `expect(value).toEqual(…)` and its kin, as native functions of a test's heap.
// A failing one throws an Error whose message says what was expected and what
// was there.

#ifndef FCC_SIMULATOR_SCENARIO_EXPECT_H_
#define FCC_SIMULATOR_SCENARIO_EXPECT_H_

#include <cstdint>

#include "runtime/script/heap.h"

namespace fcc::scenario {

// Puts `expect` on the heap's global object. `assertions` counts the calls of
// matchers; it must outlive the heap.
void DefineExpect(script::Heap& heap, uint64_t* assertions);

// Recursive equality as toEqual has it: members that are undefined count as
// missing, NaN equals NaN, matchers like expect.any() decide for themselves.
// With `strict`, as toStrictEqual. `subset`: the right side's members suffice.
enum class Equality : uint8_t { kEqual, kStrict, kSubset };
script::Result<bool> DeepEqual(script::Heap& heap, const script::Handle& left,
                               const script::Handle& right, Equality equality);

}  // namespace fcc::scenario

#endif  // FCC_SIMULATOR_SCENARIO_EXPECT_H_
