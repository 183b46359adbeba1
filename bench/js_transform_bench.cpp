// SPDX-License-Identifier: Apache-2.0
//
// Scripts to ES5, text in memory to text: the file that FCC_BENCH_SCRIPT names
// (React's vendors of a Taro build, 139 KB), by stage and as a whole. Excluded:
// reading the file. bench/js_transform_peers.sh sets whole processes beside
// each other: fcc, SWC, Babel.

#include <benchmark/benchmark.h>

#include <cstdio>
#include <cstdlib>
#include <string>

#include "compiler/js/js.h"
#include "compiler/js/print.h"
#include "compiler/js/scope.h"
#include "runtime/base/file_system.h"

namespace fcc::js {
namespace {

const source::SourceFile& TheFile() {
  static source::SourceSet sources;
  static const source::SourceFile* file = [] {
    const char* path = std::getenv("FCC_BENCH_SCRIPT");
    if (path == nullptr) {
      std::fputs("set FCC_BENCH_SCRIPT to a script\n", stderr);
      std::exit(2);
    }
    base::RealFileSystem fs;
    auto text = fs.ReadFile(path, base::FileSystem::kDefaultMax);
    if (!text.ok()) {
      std::fprintf(stderr, "%s\n", text.error().message.c_str());
      std::exit(2);
    }
    return &sources.Add(path, *std::move(text));
  }();
  return *file;
}

void SetBytes(benchmark::State& state) {
  state.SetBytesProcessed(static_cast<int64_t>(state.iterations()) *
                          static_cast<int64_t>(TheFile().text().size()));
}

void BM_Parse(benchmark::State& state) {
  for (auto _ : state) {
    diagnostics::Sink sink;
    benchmark::DoNotOptimize(Parse(TheFile(), {}, sink));
  }
  SetBytes(state);
}
BENCHMARK(BM_Parse)->Unit(benchmark::kMillisecond);

void BM_ParseAndBind(benchmark::State& state) {
  for (auto _ : state) {
    diagnostics::Sink sink;
    const std::unique_ptr<Ast> ast = Parse(TheFile(), {}, sink);
    benchmark::DoNotOptimize(BindScopes(*ast, sink));
  }
  SetBytes(state);
}
BENCHMARK(BM_ParseAndBind)->Unit(benchmark::kMillisecond);

void BM_Print(benchmark::State& state) {
  diagnostics::Sink sink;
  const std::unique_ptr<Ast> ast = Parse(TheFile(), {}, sink);
  PrintOptions options;
  options.compact = true;
  for (auto _ : state) {
    benchmark::DoNotOptimize(Print(*ast, options));
  }
  SetBytes(state);
}
BENCHMARK(BM_Print)->Unit(benchmark::kMillisecond);

void BM_Compile(benchmark::State& state) {
  CompileOptions options;
  options.compact = true;
  options.source_map = state.range(0) != 0;
  for (auto _ : state) {
    diagnostics::Sink sink;
    benchmark::DoNotOptimize(Compile(TheFile(), options, sink));
  }
  SetBytes(state);
}
BENCHMARK(BM_Compile)
    ->ArgName("map")
    ->Arg(0)
    ->Arg(1)
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace fcc::js

BENCHMARK_MAIN();
