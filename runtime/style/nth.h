// SPDX-License-Identifier: Apache-2.0
//
// The An+B of :nth-child() and its kin (CSS Syntax Level 3, section 6).

#ifndef FCC_RUNTIME_STYLE_NTH_H_
#define FCC_RUNTIME_STYLE_NTH_H_

#include <cstdint>
#include <optional>
#include <string_view>

namespace fcc::style {

struct Nth {
  int32_t step = 0;
  int32_t offset = 0;

  // `position` counts from 1.
  bool Contains(int32_t position) const;
};

// `odd`, `even`, `3`, `2n+1`, `-n + 3`; nothing for other texts.
std::optional<Nth> ParseNth(std::string_view text);

}  // namespace fcc::style

#endif  // FCC_RUNTIME_STYLE_NTH_H_
