// SPDX-License-Identifier: Apache-2.0

#include "runtime/style/nth.h"

#include <charconv>
#include <string>

#include "runtime/style/tokenizer.h"

namespace fcc::style {

bool Nth::Contains(int32_t position) const {
  const int64_t distance = int64_t{position} - offset;
  if (step == 0) {
    return distance == 0;
  }
  return distance % step == 0 && distance / step >= 0;
}

// A whole decimal number with an optional sign.
static std::optional<int32_t> ParseInteger(std::string_view text) {
  if (text.starts_with('+')) {
    text.remove_prefix(1);
    if (text.starts_with('-')) {
      return std::nullopt;
    }
  }
  int32_t number = 0;
  const char* end = text.data() + text.size();
  const auto [at, error] = std::from_chars(text.data(), end, number);
  if (text.empty() || at != end || error != std::errc()) {
    return std::nullopt;
  }
  return number;
}

std::optional<Nth> ParseNth(std::string_view text) {
  // Blanks may stand around the sign between the parts and at the ends. Inside
  // a number they would join digits, so they are dropped only where a sign or
  // an end is beside them.
  std::string packed;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c != ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f') {
      packed += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
      continue;
    }
    const size_t next = text.find_first_not_of(" \t\n\r\f", i);
    const bool sign_beside = next == std::string_view::npos || packed.empty() ||
                             text[next] == '+' || text[next] == '-' ||
                             packed.back() == '+' || packed.back() == '-';
    if (!sign_beside) {
      return std::nullopt;
    }
  }
  if (packed == "odd") {
    return Nth{2, 1};
  }
  if (packed == "even") {
    return Nth{2, 0};
  }
  const size_t n = packed.find('n');
  if (n == std::string::npos) {
    const std::optional<int32_t> offset = ParseInteger(packed);
    return offset ? std::optional(Nth{0, *offset}) : std::nullopt;
  }
  const std::string_view step = std::string_view(packed).substr(0, n);
  const std::string_view offset = std::string_view(packed).substr(n + 1);
  Nth nth;
  if (step.empty() || step == "+") {
    nth.step = 1;
  } else if (step == "-") {
    nth.step = -1;
  } else if (const std::optional<int32_t> number = ParseInteger(step)) {
    nth.step = *number;
  } else {
    return std::nullopt;
  }
  if (offset.empty()) {
    return nth;
  }
  const std::optional<int32_t> number = ParseInteger(offset);
  if (!number || (offset[0] != '+' && offset[0] != '-')) {
    return std::nullopt;
  }
  nth.offset = *number;
  return nth;
}

}  // namespace fcc::style
