// SPDX-License-Identifier: Apache-2.0
//
// The table read along a chain of members and calls: which row
// `wx.createMapContext().addMarkers` means.

#ifndef FCC_RUNTIME_API_CHAIN_H_
#define FCC_RUNTIME_API_CHAIN_H_

#include <string_view>

#include "runtime/api/table.h"

namespace fcc::api {

// The object that a method or a member hands out, "" when none is known; of a
// function of ft. itself Row::object tells.
std::string_view ResultOf(std::string_view name);
// The row that a chain means, "createMapContext().addMarkers" or
// "worklet.derived"; null where the chain leads to nothing that has one.
const Row* FindChain(std::string_view chain);

}  // namespace fcc::api

#endif  // FCC_RUNTIME_API_CHAIN_H_
