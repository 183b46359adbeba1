// SPDX-License-Identifier: Apache-2.0
//
// fcc_runner FILE RUNS: loads a program and calls its run() so often, with the
// microtasks after it. Prints the milliseconds of the first call, of the
// fastest, the CPU time of the fastest, and what it returned (or result()).
//
// fcc_runner --heaps N: makes and ends N heaps; prints milliseconds a heap and
// how many KiB the process has grown by between the tenth heap and the last.

#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "runtime/base/file_system.h"
#include "runtime/script/heap.h"

namespace {

using fcc::script::Handle;
using fcc::script::Heap;
using fcc::script::Result;

double Ms(clockid_t clock) {
  timespec now{};
  clock_gettime(clock, &now);
  return static_cast<double>(now.tv_sec) * 1e3 +
         static_cast<double>(now.tv_nsec) / 1e6;
}

// Resident, without what is shared.
long OwnKib() {
  FILE* file = std::fopen("/proc/self/statm", "r");
  long size = 0;
  long resident = 0;
  long shared = 0;
  if (file != nullptr) {
    if (std::fscanf(file, "%ld %ld %ld", &size, &resident, &shared) != 3) {
      resident = shared = 0;
    }
    std::fclose(file);
  }
  return (resident - shared) * (sysconf(_SC_PAGESIZE) / 1024);
}

int RunHeaps(int count) {
  const double begin = Ms(CLOCK_PROCESS_CPUTIME_ID);
  long before = 0;
  for (int i = 0; i < count; ++i) {
    const auto heap = Heap::Create();
    const auto result = heap->Evaluate(
        "var m = new Map([[{}, new WeakRef({})]]), a = [];"
        "for (var i = 0; i < 1000; i++) a.push({i: i, f: function () {}});"
        "Promise.reject(1); setTimeout(function () {}, 1)",
        "x.js");
    if (!result) {
      return 1;
    }
    if (i == 9) {
      before = OwnKib();
    }
  }
  std::printf("%.3f %ld\n", (Ms(CLOCK_PROCESS_CPUTIME_ID) - begin) / count,
              OwnKib() - before);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fprintf(stderr, "usage: fcc_runner FILE RUNS | --heaps N\n");
    return 2;
  }
  const int runs = std::atoi(argv[2]);
  if (std::strcmp(argv[1], "--heaps") == 0) {
    return RunHeaps(runs);
  }
  fcc::base::RealFileSystem real;
  fcc::base::FileSystem& files = real;
  const auto program = files.ReadFile(argv[1]);
  if (!program) {
    std::fprintf(stderr, "no %s\n", argv[1]);
    return 2;
  }
  const auto heap = Heap::Create();
  if (const auto loaded = heap->RunScript(*program, argv[1]); !loaded) {
    std::fprintf(stderr, "%s\n", loaded.error().Describe().c_str());
    return 1;
  }
  double first = 0;
  double best = 1e9;
  double cpu = 1e9;
  Handle value;
  for (int i = 0; i < runs; ++i) {
    const double begin = Ms(CLOCK_MONOTONIC);
    const double cpu_begin = Ms(CLOCK_PROCESS_CPUTIME_ID);
    const Result<Handle> result = heap->CallMethod(heap->Global(), "run", {});
    heap->RunMicrotasks();
    const double ms = Ms(CLOCK_MONOTONIC) - begin;
    cpu = std::min(cpu, Ms(CLOCK_PROCESS_CPUTIME_ID) - cpu_begin);
    if (!result) {
      std::fprintf(stderr, "%s\n", result.error().Describe().c_str());
      return 1;
    }
    value = *result;
    first = i == 0 ? ms : first;
    best = std::min(best, ms);
  }
  const Result<bool> has_result = heap->Has(heap->Global(), "result");
  if (has_result && *has_result) {
    if (const auto result = heap->CallMethod(heap->Global(), "result", {})) {
      value = *result;
    }
  }
  std::printf("%.2f %.2f %.2f %s\n", first, best, cpu,
              heap->Inspect(value).c_str());
  return 0;
}
