// SPDX-License-Identifier: Apache-2.0

#include "runtime/base/check.h"

#include <cstdio>
#include <cstdlib>

namespace fcc::base {

void CheckFailed(const char* condition, const char* file, int line) {
  std::fprintf(stderr,
               "fcc: internal error: `%s` does not hold (%s:%d)\n"
               "This is a bug of fcc, not of your project.\n",
               condition, file, line);
  std::abort();
}

}  // namespace fcc::base
