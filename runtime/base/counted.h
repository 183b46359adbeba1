// SPDX-License-Identifier: Apache-2.0
//
// "1 page", "2 pages": a number with an English noun whose plural has an s.

#ifndef FCC_RUNTIME_BASE_COUNTED_H_
#define FCC_RUNTIME_BASE_COUNTED_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "runtime/base/format.h"

namespace fcc::base {

inline std::string Counted(uint64_t count, std::string_view one) {
  return format("{} {}{}", count, one, count == 1 ? "" : "s");
}

}  // namespace fcc::base

#endif  // FCC_RUNTIME_BASE_COUNTED_H_
