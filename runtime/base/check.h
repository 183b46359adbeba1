// SPDX-License-Identifier: Apache-2.0
//
// FCC_CHECK: states that only a bug of ours can reach. Stops the process with
// the place; the command line turns that into exit code 70.

#ifndef FCC_RUNTIME_BASE_CHECK_H_
#define FCC_RUNTIME_BASE_CHECK_H_

namespace fcc::base {

[[noreturn]] void CheckFailed(const char* condition, const char* file,
                              int line);

}  // namespace fcc::base

#define FCC_CHECK(condition)                                    \
  do {                                                          \
    if (!(condition)) [[unlikely]] {                            \
      ::fcc::base::CheckFailed(#condition, __FILE__, __LINE__); \
    }                                                           \
  } while (false)

#endif  // FCC_RUNTIME_BASE_CHECK_H_
