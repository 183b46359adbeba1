// SPDX-License-Identifier: Apache-2.0

#ifndef FCC_RUNTIME_BASE_BASE64_H_
#define FCC_RUNTIME_BASE_BASE64_H_

#include <string>
#include <string_view>

namespace fcc::base {

std::string EncodeBase64(std::string_view bytes);
// Skips what is no base64 digit; stops at `=`.
std::string DecodeBase64(std::string_view text);

}  // namespace fcc::base

#endif  // FCC_RUNTIME_BASE_BASE64_H_
