// SPDX-License-Identifier: Apache-2.0
//
// framework_boot BOOT_JS DIR [RUNS [CACHE_DIR]]: boot.js on fcc's engine, over
// the package in DIR. Prints what it prints, and to standard error the
// milliseconds of the fastest run, from the making of the heap to its end:
// lowering left out, since packages ship lowered; compiling (or reading
// bytecode from CACHE_DIR) included.

#include <time.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>

#include "compiler/js/js.h"
#include "runtime/base/file_system.h"
#include "runtime/script/code_cache.h"
#include "runtime/script/heap.h"

namespace {

using fcc::script::CallInfo;
using fcc::script::Handle;
using fcc::script::Heap;
using fcc::script::Result;

double NowMs() {
  return std::chrono::duration<double, std::milli>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

// Of the process: what the machine does for others at the time is left out.
double CpuMs() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e3 +
         static_cast<double>(now.tv_nsec) / 1e6;
}

// Lowers each file once for all runs.
class Sources {
 public:
  const std::string& Lowered(const std::string& text, const std::string& file) {
    const auto found = lowered_.find(file);
    if (found != lowered_.end()) {
      return found->second;
    }
    fcc::source::SourceSet set;
    fcc::js::CompileOptions options;
    options.parse.goal = fcc::js::Goal::kScript;
    fcc::diagnostics::Sink sink;
    fcc::js::CompileResult result =
        fcc::js::Compile(set.Add(file, text), options, sink);
    if (!result.ok) {
      std::fprintf(stderr, "%s cannot be compiled\n", file.c_str());
      std::exit(1);
    }
    return lowered_.emplace(file, std::move(result.code)).first->second;
  }

 private:
  std::map<std::string, std::string> lowered_;
};

struct Run {
  std::string output;
  double ms = 0;
  double cpu_ms = 0;
  double lowering_ms = 0;
  double lowering_cpu_ms = 0;
  double compile_ms = 0;
};

Result<Handle> Boot(Heap& heap, const std::string& boot,
                    const std::string& directory, Sources& sources, Run& run) {
  const Handle host = heap.NewObject();
  fcc::base::RealFileSystem real;
  fcc::base::FileSystem& files = real;
  FCC_TRY(heap.DefineMethod(
      host, "read", 1, [&](const CallInfo& call) -> Result<Handle> {
        const auto text = files.ReadFile(
            directory + "/" + call.heap().AsString(call.argument(0)));
        return text ? call.heap().String(*text) : Handle();
      }));
  FCC_TRY(heap.DefineMethod(
      host, "compile", 2, [&](const CallInfo& call) -> Result<Handle> {
        const double begin = NowMs();
        const double cpu_begin = CpuMs();
        const std::string file = call.heap().AsString(call.argument(1));
        const std::string& code =
            sources.Lowered(call.heap().AsString(call.argument(0)), file);
        const double middle = NowMs();
        run.lowering_ms += middle - begin;
        run.lowering_cpu_ms += CpuMs() - cpu_begin;
        Result<Handle> function = call.heap().Evaluate(code, file);
        run.compile_ms += NowMs() - middle;
        return function;
      }));
  FCC_TRY(heap.DefineMethod(
      host, "print", 1, [&](const CallInfo& call) -> Result<Handle> {
        run.output += call.heap().AsString(call.argument(0)) + "\n";
        return Handle();
      }));
  FCC_TRY(heap.Set(heap.Global(), "host", host));
  FCC_TRY_ASSIGN(const Handle step, heap.Evaluate(boot, "boot.js"));
  for (bool more = true; more;) {
    const Result<Handle> result = heap.Call(step, {}, {});
    if (result) {
      more = heap.ToBoolean(*result);
    } else {
      run.output +=
          "threw " + result.error().name + ": " + result.error().message + "\n";
    }
    heap.RunMicrotasks();
  }
  return Handle();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::fprintf(stderr,
                 "usage: framework_boot BOOT_JS DIR [RUNS [CACHE_DIR]]\n");
    return 2;
  }
  fcc::base::RealFileSystem real;
  fcc::base::FileSystem& files = real;
  const auto boot = files.ReadFile(argv[1]);
  if (!boot) {
    std::fprintf(stderr, "no %s\n", argv[1]);
    return 2;
  }
  std::unique_ptr<fcc::script::CodeStore> cache;
  if (argc > 4) {
    auto opened = fcc::script::CodeStore::Open(files, argv[4]);
    if (!opened) {
      std::fprintf(stderr, "%s\n", opened.error().message.c_str());
      return 2;
    }
    cache = std::move(opened).value();
  }
  Sources sources;
  Run best;
  const int runs = argc > 3 ? std::atoi(argv[3]) : 1;
  for (int i = 0; i < runs; ++i) {
    Run run;
    const double begin = NowMs();
    const double cpu_begin = CpuMs();
    {
      const auto heap = Heap::Create({.web_globals = false});
      fcc::script::UseCodeCache(*heap, cache.get());
      if (const auto result = Boot(*heap, *boot, argv[2], sources, run);
          !result) {
        std::fprintf(stderr, "%s\n", result.error().Describe().c_str());
        return 1;
      }
    }
    run.ms = NowMs() - begin - run.lowering_ms;
    run.cpu_ms = CpuMs() - cpu_begin - run.lowering_cpu_ms;
    if (i == 0 || run.cpu_ms < best.cpu_ms) {
      best = std::move(run);
    }
  }
  std::fputs(best.output.c_str(), stdout);
  std::fprintf(stderr, "%.1f ms, cpu %.1f ms, of which compiling %.1f ms\n",
               best.ms, best.cpu_ms, best.compile_ms);
  return 0;
}
