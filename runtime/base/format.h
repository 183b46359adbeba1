// SPDX-License-Identifier: Apache-2.0
//
// Text formatting. <format> is not in our compilers; fmt stands in for it, and
// this header is the one place that says so.

#ifndef FCC_RUNTIME_BASE_FORMAT_H_
#define FCC_RUNTIME_BASE_FORMAT_H_

#include <fmt/format.h>

namespace fcc::base {

using fmt::format;
using fmt::format_to;

}  // namespace fcc::base

#endif  // FCC_RUNTIME_BASE_FORMAT_H_
