// SPDX-License-Identifier: Apache-2.0
//
// Links: style
//
// Sheets, text in memory to style program: every .wxss below the folder that
// FCC_BENCH_SHEETS names (the unpacked npm packages tdesign-miniprogram 1.16.0,
// @vant/weapp 1.11.7, weui-miniprogram 1.5.6, wux-weapp 3.11.3, antd-mini
// 3.4.3). Excluded: reading files, minifying, prefixing.

#include <benchmark/benchmark.h>

#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>

#include "bench/peer_process.h"

#include "compiler/ftss/compile_ftss.h"
#include "runtime/base/file_system.h"

namespace fcc::ftss {
namespace {

struct Corpus {
  source::SourceSet sources;
  std::vector<const source::SourceFile*> files;
  size_t bytes = 0;
};

const Corpus& TheCorpus() {
  static const Corpus* corpus = [] {
    auto* made = new Corpus;
    const char* root = std::getenv("FCC_BENCH_SHEETS");
    if (root == nullptr) {
      std::fputs("set FCC_BENCH_SHEETS to a folder with sheets\n", stderr);
      return made;
    }
    base::RealFileSystem fs;
    const auto paths = fs.ListTree(root);
    for (const std::string& path :
         paths.ok() ? *paths : std::vector<std::string>()) {
      if (base::ExtensionOf(path) != ".wxss") {
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

void SetFigures(benchmark::State& state, size_t errors, size_t tree_bytes) {
  const Corpus& corpus = TheCorpus();
  state.SetBytesProcessed(static_cast<int64_t>(state.iterations()) *
                          static_cast<int64_t>(corpus.bytes));
  state.counters["files"] = static_cast<double>(corpus.files.size());
  state.counters["errors"] = static_cast<double>(errors);
  if (corpus.bytes != 0) {
    state.counters["tree_bytes_per_byte"] =
        static_cast<double>(tree_bytes) / static_cast<double>(corpus.bytes);
  }
}

void ParseOnly(benchmark::State& state) {
  size_t tree = 0;
  diagnostics::Sink sink;
  for (auto _ : state) {
    tree = 0;
    for (const source::SourceFile* file : TheCorpus().files) {
      const StyleSheet sheet = ParseFtss(*file, sink);
      tree += sheet.memory_bytes();
      benchmark::DoNotOptimize(sheet.rules.data());
    }
  }
  SetFigures(state, sink.CountOf(diagnostics::Severity::kError), tree);
}

void TextToProgram(benchmark::State& state) {
  size_t tree = 0;
  size_t errors = 0;
  for (auto _ : state) {
    diagnostics::Sink sink;
    SheetSet sheets;
    tree = 0;
    for (const source::SourceFile* file : TheCorpus().files) {
      tree += sheets.Add(*file, sink).memory_bytes();
    }
    ImportResolver resolver(sheets, sink);
    StyleProgramWriter writer;
    for (const source::SourceFile* file : TheCorpus().files) {
      const StyleSheet& sheet = *sheets.Find(file->path());
      const SheetGraph graph = resolver.Resolve(sheet);
      writer.Add(sheet, graph.imports.at(&sheet));
    }
    const std::string program = writer.Finish();
    benchmark::DoNotOptimize(program.data());
    errors = sink.CountOf(diagnostics::Severity::kError);
  }
  SetFigures(state, errors, tree);
}

void TextToCss(benchmark::State& state) {
  CssOptions options;
  options.class_prefix = "card--";
  options.minify = state.range(0) == 1;
  for (auto _ : state) {
    diagnostics::Sink sink;
    for (const source::SourceFile* file : TheCorpus().files) {
      const std::string css = PrintCss(ParseFtss(*file, sink), options);
      benchmark::DoNotOptimize(css.data());
    }
  }
  SetFigures(state, 0, 0);
}

// The reference compiler on the same files, whole process, CPU of the child:
// FCC_BENCH_WCSC names the program.
void Wcsc(benchmark::State& state) {
  const char* program = std::getenv("FCC_BENCH_WCSC");
  const char* root = std::getenv("FCC_BENCH_SHEETS");
  if (program == nullptr || root == nullptr) {
    state.SkipWithError("FCC_BENCH_WCSC is not set");
    return;
  }
  std::string command = "cd '" + std::string(root) + "' && '" + program +
                        "' -pc " + std::to_string(TheCorpus().files.size());
  for (const source::SourceFile* file : TheCorpus().files) {
    command += " './" + file->path() + "'";
  }
  if (bench::RunPeer(state, command)) {
    SetFigures(state, 0, 0);
  }
}

BENCHMARK(ParseOnly)->Unit(benchmark::kMillisecond);
BENCHMARK(TextToProgram)->Unit(benchmark::kMillisecond);
BENCHMARK(TextToCss)->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);
BENCHMARK(Wcsc)->UseManualTime()->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace fcc::ftss

BENCHMARK_MAIN();
