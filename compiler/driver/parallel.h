// SPDX-License-Identifier: Apache-2.0

#ifndef FCC_COMPILER_DRIVER_PARALLEL_H_
#define FCC_COMPILER_DRIVER_PARALLEL_H_

#include <cstddef>
#include <functional>

namespace fcc::driver {

// Calls `work(0)` … `work(count - 1)` on up to `jobs` threads (0: as many as
// there are cores) and returns when all are done. The order is not fixed.
void ForEachParallel(int jobs, size_t count,
                     const std::function<void(size_t)>& work);

}  // namespace fcc::driver

#endif  // FCC_COMPILER_DRIVER_PARALLEL_H_
