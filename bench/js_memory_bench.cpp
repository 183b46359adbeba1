// SPDX-License-Identifier: Apache-2.0
//
// What compiling the script that FCC_BENCH_SCRIPT names asks of the heap, and
// what of its time goes to tree-sitter. Every allocation of the process is
// counted by its usable size; the text and what was there before are excluded.
//
//   input     bytes of the text
//   tree      bytes freed with tree-sitter's tree
//   peak      most bytes in use at once
//   late      most bytes in use at once after tree-sitter's tree was freed
//   ratio     (peak - tree) / input: what we add to tree-sitter's tree
//   late_ratio  late / input
//   ts_share  time in tree-sitter's parser / time of the whole
//
// glibc only: malloc is replaced, and tree-sitter's parser and the end of what
// it allocated (~TreeMemory) are wrapped by the linker (bench/CMakeLists.txt).

#include <benchmark/benchmark.h>
#include <malloc.h>
#include <tree_sitter/api.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "compiler/js/js.h"
#include "runtime/base/file_system.h"

namespace {

// One thread compiles; others of the process are idle.
std::atomic<size_t> live{0};
std::atomic<size_t> peak{0};
size_t tree_bytes = 0;
size_t peak_with_tree = 0;
std::chrono::steady_clock::duration in_tree_sitter{};

void* Count(void* memory) {
  if (memory != nullptr) {
    const size_t now = live += malloc_usable_size(memory);
    if (now > peak) {
      peak = now;
    }
  }
  return memory;
}

}  // namespace

extern "C" {

void* __libc_malloc(size_t size);
void* __libc_calloc(size_t count, size_t size);
void* __libc_realloc(void* memory, size_t size);
void* __libc_memalign(size_t alignment, size_t size);
void __libc_free(void* memory);

void* malloc(size_t size) {
  return Count(__libc_malloc(size));
}
void* calloc(size_t count, size_t size) {
  return Count(__libc_calloc(count, size));
}
void free(void* memory) {
  if (memory != nullptr) {
    live -= malloc_usable_size(memory);
    __libc_free(memory);
  }
}
void* realloc(void* memory, size_t size) {
  const size_t old = memory == nullptr ? 0 : malloc_usable_size(memory);
  void* moved = __libc_realloc(memory, size);
  if (moved != nullptr || size == 0) {
    live -= old;
  }
  return Count(moved);
}
void* memalign(size_t alignment, size_t size) {
  return Count(__libc_memalign(alignment, size));
}
void* aligned_alloc(size_t alignment, size_t size) {
  return Count(__libc_memalign(alignment, size));
}
int posix_memalign(void** memory, size_t alignment, size_t size) {
  *memory = Count(__libc_memalign(alignment, size));
  return *memory == nullptr ? ENOMEM : 0;
}

TSTree* __real_ts_parser_parse(TSParser* parser, const TSTree* old,
                               TSInput input);
// ~TreeMemory.
void __real__ZN3fcc2js10TreeMemoryD1Ev(void* memory);

TSTree* __wrap_ts_parser_parse(TSParser* parser, const TSTree* old,
                               TSInput input) {
  const auto begin = std::chrono::steady_clock::now();
  TSTree* tree = __real_ts_parser_parse(parser, old, input);
  in_tree_sitter += std::chrono::steady_clock::now() - begin;
  return tree;
}
void __wrap__ZN3fcc2js10TreeMemoryD1Ev(void* memory) {
  const size_t before = live;
  __real__ZN3fcc2js10TreeMemoryD1Ev(memory);
  // Lowering parses the texts of its helpers: small trees.
  const size_t freed = before - live;
  if (freed > tree_bytes) {
    tree_bytes = freed;
    peak_with_tree = std::max(peak_with_tree, peak.load());
    peak = live.load();
  }
}

}  // extern "C"

namespace fcc::js {
namespace {

void BM_Memory(benchmark::State& state, const CompileOptions& options) {
  const char* path = std::getenv("FCC_BENCH_SCRIPT");
  base::RealFileSystem fs;
  auto text = path == nullptr
                  ? base::Result<std::string>(base::Error{})
                  : fs.ReadFile(path, base::FileSystem::kDefaultMax);
  if (!text.ok()) {
    state.SkipWithError("set FCC_BENCH_SCRIPT to a script");
    return;
  }
  source::SourceSet sources;
  const source::SourceFile& file = sources.Add(path, *std::move(text));
  const double input = static_cast<double>(file.text().size());
  std::chrono::steady_clock::duration whole{};
  in_tree_sitter = {};
  for (auto _ : state) {
    const size_t before = live;
    peak = before;
    peak_with_tree = 0;
    tree_bytes = 0;
    const auto begin = std::chrono::steady_clock::now();
    diagnostics::Sink sink;
    benchmark::DoNotOptimize(Compile(file, options, sink));
    whole += std::chrono::steady_clock::now() - begin;
    const double early = static_cast<double>(peak_with_tree - before);
    const double late = static_cast<double>(peak - before);
    const double tree = static_cast<double>(tree_bytes);
    state.counters["input"] = input;
    state.counters["tree"] = tree;
    state.counters["peak"] = std::max(early, late);
    state.counters["late"] = late;
    state.counters["ratio"] = (std::max(early, late) - tree) / input;
    state.counters["late_ratio"] = late / input;
  }
  state.counters["ts_share"] =
      std::chrono::duration<double>(in_tree_sitter).count() /
      std::chrono::duration<double>(whole).count();
}

CompileOptions Options(bool map, bool minify) {
  CompileOptions options;
  options.compact = true;
  options.source_map = map;
  options.minify = minify;
  return options;
}

BENCHMARK_CAPTURE(BM_Memory, compact, Options(false, false))
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(BM_Memory, compact_map, Options(true, false))
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(BM_Memory, minify_map, Options(true, true))
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace fcc::js

BENCHMARK_MAIN();
