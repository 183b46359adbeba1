// SPDX-License-Identifier: Apache-2.0
//
// The CPU time of a peer's whole process, measured in the same run as ours.

#ifndef FCC_BENCH_PEER_PROCESS_H_
#define FCC_BENCH_PEER_PROCESS_H_

#include <benchmark/benchmark.h>
#include <sys/resource.h>

#include <cstdlib>
#include <string>

namespace fcc::bench {

inline double ChildCpuSeconds() {
  rusage usage{};
  getrusage(RUSAGE_CHILDREN, &usage);
  return static_cast<double>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
         static_cast<double>(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) /
             1e6;
}

// Runs `command` once an iteration; a benchmark that calls it has
// UseManualTime(). False when it cannot be run or fails.
inline bool RunPeer(benchmark::State& state, const std::string& command) {
  for (auto _ : state) {
    const double before = ChildCpuSeconds();
    if (std::system((command + " >/dev/null 2>&1").c_str()) != 0) {
      state.SkipWithError("the peer failed");
      return false;
    }
    state.SetIterationTime(ChildCpuSeconds() - before);
  }
  return true;
}

}  // namespace fcc::bench

#endif  // FCC_BENCH_PEER_PROCESS_H_
