// SPDX-License-Identifier: Apache-2.0
//
// The script engine: creating heaps, and small programs that stress one thing
// each. Lowered to ES5 by hand where it matters, so that `node` can run the
// same sources: each benchmark's counter `node_us` is what node takes for one
// run of its source after 20 runs to warm up, 0 where there is no node.

#include <benchmark/benchmark.h>

#include <cstdio>
#include <cstdlib>
#include <string>

#include "runtime/script/heap.h"

namespace {

using fcc::script::Handle;
using fcc::script::Heap;
using fcc::script::Result;

struct Workload {
  const char* name;
  const char* source;
};

constexpr Workload kWorkloads[] = {
    {"append",
     "var s = ''; for (var i = 0; i < 200000; i++) s += 'x';"
     "return s.length"},
    {"map_set",
     "var m = new Map(); for (var i = 0; i < 20000; i++)"
     " m.set('k' + i, i); var n = 0; m.forEach(function (v) {"
     " n += v }); return n"},
    {"objects",
     "var a = []; for (var i = 0; i < 20000; i++)"
     " a.push({id: i, name: 'n' + i}); return a.map(function (x) {"
     " return x.id }).filter(function (x) { return x & 1 }).length"},
    {"sort",
     "var a = []; for (var i = 0; i < 5000; i++)"
     " a.push((i * 7919) % 5003); return a.sort(function (x, y) {"
     " return x - y })[10]"},
    {"json",
     "var a = []; for (var i = 0; i < 2000; i++)"
     " a.push({id: i, tags: ['a', 'b'], price: i / 3});"
     "return JSON.parse(JSON.stringify(a)).length"},
    {"regexp",
     "var n = 0, r = /(\\w+)@(\\w+)\\.com/g, s ="
     " new Array(500).join('joe@example.com, '); var m;"
     "while ((m = r.exec(s))) n += m[1].length; return n"},
    {"proxy",
     "var p = new Proxy({a: 1}, {get: function (t, k, r) {"
     " return Reflect.get(t, k, r) }}); var n = 0;"
     "for (var i = 0; i < 20000; i++) n += p.a; return n"},
    {"calls",
     "function f(n) { return n < 2 ? n : f(n - 1) + f(n - 2) }"
     "return f(20)"},
};

double NodeMicroseconds(const char* source) {
  const std::string script =
      "const f = new Function(process.argv[1]);"
      "for (let i = 0; i < 20; i++) f();"
      "const t = process.hrtime.bigint(); f();"
      "console.log(Number(process.hrtime.bigint() - t) / 1000)";
  std::string quoted;
  for (const char* c = source; *c != '\0'; ++c) {
    quoted += *c == '\'' ? std::string("'\\''") : std::string(1, *c);
  }
  const std::string command =
      "node -e '" + script + "' '" + quoted + "' 2>/dev/null";
  FILE* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) {
    return 0;
  }
  char line[64] = {};
  const bool read = std::fgets(line, sizeof(line), pipe) != nullptr;
  pclose(pipe);
  return read ? std::atof(line) : 0;
}

void CreateHeap(benchmark::State& state) {
  for (auto _ : state) {
    benchmark::DoNotOptimize(Heap::Create());
  }
}
BENCHMARK(CreateHeap)->Unit(benchmark::kMicrosecond);

void RunWorkload(benchmark::State& state, const Workload& workload) {
  const auto heap = Heap::Create();
  const Result<Handle> function =
      heap->CompileFunction(workload.source, workload.name, {});
  if (!function) {
    state.SkipWithError(function.error().Summary().c_str());
    return;
  }
  for (auto _ : state) {
    if (!heap->Call(*function, {}, {})) {
      state.SkipWithError("the workload threw");
      return;
    }
  }
  state.counters["node_us"] = NodeMicroseconds(workload.source);
}

const bool registered = [] {
  for (const Workload& workload : kWorkloads) {
    benchmark::RegisterBenchmark(workload.name, RunWorkload, workload)
        ->Unit(benchmark::kMicrosecond);
  }
  return true;
}();

}  // namespace

BENCHMARK_MAIN();
