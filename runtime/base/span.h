// SPDX-License-Identifier: Apache-2.0
//
// A half-open range of bytes [begin, end) in one text. Texts are limited to
// 4 GiB - 1 by the readers, so 32 bits do.

#ifndef FCC_RUNTIME_BASE_SPAN_H_
#define FCC_RUNTIME_BASE_SPAN_H_

#include <cstdint>
#include <string_view>

namespace fcc::base {

struct Span {
  uint32_t begin = 0;
  uint32_t end = 0;

  constexpr uint32_t size() const { return end - begin; }
  constexpr bool empty() const { return begin == end; }
  constexpr bool operator==(const Span&) const = default;
  // The part of `text` that this span covers; `text` must be the whole text.
  constexpr std::string_view In(std::string_view text) const {
    return text.substr(begin, end - begin);
  }
};

constexpr Span Join(Span first, Span last) {
  return {first.begin, last.end};
}

}  // namespace fcc::base

#endif  // FCC_RUNTIME_BASE_SPAN_H_
