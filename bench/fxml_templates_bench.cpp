// SPDX-License-Identifier: Apache-2.0
//
// Links: template
//
// Templates, text in memory to template program: every .wxml below the folder
// that FCC_BENCH_TEMPLATES names (the unpacked npm packages
// tdesign-miniprogram 1.16.0, @vant/weapp 1.11.7, weui-miniprogram 1.5.6,
// wux-weapp 3.11.3, antd-mini 3.4.3). Excluded: reading files, script modules.
// Beside it, where they are named, the whole processes of the peers: wcc
// (FCC_BENCH_WCC, a program) and glass-easel's compiler (FCC_BENCH_PEERS, a
// folder with node_modules/glass-easel-template-compiler). arena_bytes_per_byte
// is what the units of all files hold together, peak_bytes_per_byte all memory
// taken from the system, units and program.

#include <benchmark/benchmark.h>
#include <malloc.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <new>
#include <string>

#include "bench/peer_process.h"

#include "compiler/fxml/fxml.h"
#include "runtime/base/file_system.h"
#include "runtime/template/program.h"

namespace {

size_t live_bytes = 0;
size_t peak_bytes = 0;

}  // namespace

void* operator new(size_t size) {
  void* made = std::malloc(size);
  if (made == nullptr) {
    std::abort();
  }
  live_bytes += malloc_usable_size(made);
  peak_bytes = std::max(peak_bytes, live_bytes);
  return made;
}
void operator delete(void* at) noexcept {
  live_bytes -= malloc_usable_size(at);
  std::free(at);
}
void operator delete(void* at, size_t) noexcept {
  operator delete(at);
}

namespace fcc::fxml {
namespace {

struct Corpus {
  source::SourceSet sources;
  std::vector<const source::SourceFile*> files;
  size_t bytes = 0;
};

const Corpus& TheCorpus() {
  static const Corpus* corpus = [] {
    auto* made = new Corpus;
    const char* root = std::getenv("FCC_BENCH_TEMPLATES");
    if (root == nullptr) {
      std::fputs("set FCC_BENCH_TEMPLATES to a folder with templates\n",
                 stderr);
      return made;
    }
    base::RealFileSystem fs;
    const auto paths = fs.ListTree(root);
    for (const std::string& path :
         paths.ok() ? *paths : std::vector<std::string>()) {
      if (base::ExtensionOf(path) != ".wxml") {
        continue;
      }
      auto text = fs.ReadFile(base::JoinPath(root, path),
                              base::FileSystem::kDefaultMax);
      if (text.ok()) {
        made->bytes += text->size();
        made->files.push_back(&made->sources.Add(path, *std::move(text)));
      }
    }
    return made;
  }();
  return *corpus;
}

std::vector<Unit> CompileAll(diagnostics::Sink& sink) {
  std::vector<Unit> units;
  units.reserve(TheCorpus().files.size());
  for (const source::SourceFile* file : TheCorpus().files) {
    units.push_back(CompileFxml(*file, {}, sink));
  }
  return units;
}

void SetFigures(benchmark::State& state, const diagnostics::Sink& sink,
                size_t held) {
  const Corpus& corpus = TheCorpus();
  state.SetBytesProcessed(static_cast<int64_t>(state.iterations()) *
                          static_cast<int64_t>(corpus.bytes));
  state.counters["files"] = static_cast<double>(corpus.files.size());
  state.counters["errors"] =
      static_cast<double>(sink.CountOf(diagnostics::Severity::kError));
  if (held != 0 && corpus.bytes != 0) {
    state.counters["arena_bytes_per_byte"] =
        static_cast<double>(held) / static_cast<double>(corpus.bytes);
  }
}

void TextToUnits(benchmark::State& state) {
  size_t held = 0;
  diagnostics::Sink last;
  for (auto _ : state) {
    diagnostics::Sink sink;
    std::vector<Unit> units = CompileAll(sink);
    state.PauseTiming();
    held = 0;
    for (const Unit& unit : units) {
      held += unit.arena.reserved_bytes();
    }
    last = std::move(sink);
    units.clear();
    state.ResumeTiming();
  }
  SetFigures(state, last, held);
}

void TextToProgram(benchmark::State& state) {
  diagnostics::Sink last;
  size_t size = 0;
  const size_t live_before = live_bytes;
  peak_bytes = live_bytes;
  for (auto _ : state) {
    diagnostics::Sink sink;
    std::vector<Unit> units = CompileAll(sink);
    std::vector<const Unit*> pointers;
    for (const Unit& unit : units) {
      pointers.push_back(&unit);
    }
    // The modules are not compiled here: what the linker misses is no news.
    diagnostics::Sink missing;
    const std::string program = LinkTemplates(pointers, {}, missing);
    size = program.size();
    last = std::move(sink);
  }
  SetFigures(state, last, 0);
  const auto input =
      static_cast<double>(std::max<size_t>(TheCorpus().bytes, 1));
  state.counters["program_bytes_per_byte"] = static_cast<double>(size) / input;
  state.counters["peak_bytes_per_byte"] =
      static_cast<double>(peak_bytes - live_before) / input;
}

void LoadProgram(benchmark::State& state) {
  diagnostics::Sink sink;
  std::vector<Unit> units = CompileAll(sink);
  std::vector<const Unit*> pointers;
  for (const Unit& unit : units) {
    pointers.push_back(&unit);
  }
  const std::string program = LinkTemplates(pointers, {}, sink);
  for (auto _ : state) {
    auto loaded = tmpl::Program::Load(program);
    benchmark::DoNotOptimize(loaded.ok());
  }
  state.SetBytesProcessed(static_cast<int64_t>(state.iterations()) *
                          static_cast<int64_t>(program.size()));
}

// The files that a peer is to compile, as its arguments.
std::string InCorpus(const std::string& program) {
  std::string command = "cd '" +
                        std::string(std::getenv("FCC_BENCH_TEMPLATES")) +
                        "' && " + program;
  for (const source::SourceFile* file : TheCorpus().files) {
    command += " './" + file->path() + "'";
  }
  return command;
}

void Wcc(benchmark::State& state) {
  const char* program = std::getenv("FCC_BENCH_WCC");
  if (program == nullptr || TheCorpus().files.empty()) {
    state.SkipWithError("FCC_BENCH_WCC is not set");
    return;
  }
  // Its modules are files of their own there, so it is given them too.
  if (bench::RunPeer(state, InCorpus("'" + std::string(program) + "' -d") +
                                " $(find . -name '*.wxs')")) {
    SetFigures(state, {}, 0);
  }
}

void GlassEasel(benchmark::State& state) {
  const char* peers = std::getenv("FCC_BENCH_PEERS");
  if (peers == nullptr || TheCorpus().files.empty()) {
    state.SkipWithError("FCC_BENCH_PEERS is not set");
    return;
  }
  const std::string script =
      "const fs = require(\"fs\"), {TmplGroup} = require(\"" +
      std::string(peers) +
      "/node_modules/glass-easel-template-compiler\"), group = new "
      "TmplGroup(); for (const file of process.argv.slice(1)) "
      "group.addTmpl(file, fs.readFileSync(file, \"utf8\")); "
      "group.getTmplGenObjectGroups()";
  if (bench::RunPeer(state, InCorpus("node -e '" + script + "'"))) {
    SetFigures(state, {}, 0);
  }
}

BENCHMARK(TextToUnits)->Unit(benchmark::kMillisecond);
BENCHMARK(TextToProgram)->Unit(benchmark::kMillisecond);
BENCHMARK(LoadProgram)->Unit(benchmark::kMillisecond);
BENCHMARK(Wcc)->UseManualTime()->Unit(benchmark::kMillisecond);
BENCHMARK(GlassEasel)->UseManualTime()->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace fcc::fxml

BENCHMARK_MAIN();
