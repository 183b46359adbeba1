// SPDX-License-Identifier: Apache-2.0
//
// Links: template
//
// Templates, text in memory to template program: every .wxml below the folder
// that FCC_BENCH_TEMPLATES names (the unpacked npm packages
// tdesign-miniprogram 1.16.0, @vant/weapp 1.11.7, weui-miniprogram 1.5.6,
// wux-weapp 3.11.3, antd-mini 3.4.3). Excluded: reading files, script modules.

#include <benchmark/benchmark.h>

#include <cstdio>
#include <cstdlib>
#include <string>

#include "compiler/fxml/fxml.h"
#include "runtime/base/file_system.h"
#include "runtime/template/program.h"

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

template <typename T>
size_t Held(const std::vector<T>& table) {
  return table.capacity() * sizeof(T);
}

size_t BytesOf(const Unit& unit) {
  return Held(unit.strings) + Held(unit.numbers) + Held(unit.code) +
         Held(unit.paths) + Held(unit.reads) + Held(unit.expressions) +
         Held(unit.attrs) + Held(unit.nodes) + Held(unit.templates) +
         Held(unit.imports) + Held(unit.includes) + Held(unit.modules) +
         unit.arena.reserved_bytes();
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
  if (corpus.bytes != 0) {
    state.counters["held_bytes_per_byte"] =
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
      held += BytesOf(unit);
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
  SetFigures(state, last, size);
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

BENCHMARK(TextToUnits)->Unit(benchmark::kMillisecond);
BENCHMARK(TextToProgram)->Unit(benchmark::kMillisecond);
BENCHMARK(LoadProgram)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace fcc::fxml

BENCHMARK_MAIN();
