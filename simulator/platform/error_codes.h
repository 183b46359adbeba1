// SPDX-License-Identifier: Apache-2.0

#ifndef FCC_SIMULATOR_PLATFORM_ERROR_CODES_H_
#define FCC_SIMULATOR_PLATFORM_ERROR_CODES_H_

#include <string_view>

namespace fcc::platform {

enum class ErrorCode {
#define FCC_PLATFORM_ERROR(symbol, ...) k##symbol,
#include "simulator/platform/error_codes.def"
#undef FCC_PLATFORM_ERROR
};

struct ErrorCodeInfo {
  std::string_view code;
  int status;
  std::string_view meaning;
  std::string_view meaning_zh;
  std::string_view fix;
  std::string_view fix_zh;
};

inline constexpr ErrorCodeInfo kErrorCodes[] = {
#define FCC_PLATFORM_ERROR(symbol, ...) {__VA_ARGS__},
#include "simulator/platform/error_codes.def"
#undef FCC_PLATFORM_ERROR
};

constexpr const ErrorCodeInfo& InfoOf(ErrorCode code) {
  return kErrorCodes[static_cast<int>(code)];
}

// Null when the code is none of ours.
constexpr const ErrorCodeInfo* FindErrorCode(std::string_view code) {
  for (const ErrorCodeInfo& info : kErrorCodes) {
    if (info.code == code) {
      return &info;
    }
  }
  return nullptr;
}

}  // namespace fcc::platform

#endif  // FCC_SIMULATOR_PLATFORM_ERROR_CODES_H_
