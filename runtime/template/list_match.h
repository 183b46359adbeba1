// SPDX-License-Identifier: Apache-2.0
//
// Which items of a keyed list go on as which, and which of them stay in their
// place. Of this room only.

#ifndef FCC_RUNTIME_TEMPLATE_LIST_MATCH_H_
#define FCC_RUNTIME_TEMPLATE_LIST_MATCH_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "runtime/value/value.h"

namespace fcc::tmpl {

using KeyAt = std::function<value::Value(size_t)>;

// For every new item the old one that it goes on, or kNoId. By key; the nth of
// equal keys goes on the nth.
std::vector<uint32_t> MatchKeys(size_t old_count, const KeyAt& old_key,
                                size_t new_count, const KeyAt& new_key);

// Which of `positions` belong to a longest increasing subsequence; entries of
// kNoId never do. As glass-easel's, also where there are several.
std::vector<bool> LongestIncreasing(const std::vector<uint32_t>& positions);

}  // namespace fcc::tmpl

#endif  // FCC_RUNTIME_TEMPLATE_LIST_MATCH_H_
