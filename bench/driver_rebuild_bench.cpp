// SPDX-License-Identifier: Apache-2.0
//
// `fcc check` of a file that was just saved, in a session that has checked the
// app before: CPU time of BuildSession::Rebuild, all rules included, with one
// script, template or sheet changed. The apps are the folders in
// FCC_BENCH_APPS, separated by colons, read into memory once; and a generated
// one of 200 pages.

#include <benchmark/benchmark.h>

#include <cstdlib>
#include <map>
#include <string>
#include <vector>

#include "compiler/driver/build_session.h"
#include "runtime/base/format.h"

namespace fcc::driver {
namespace {

using Files = std::map<std::string, std::string>;

Files GeneratedApp(int pages) {
  Files files;
  std::string routes;
  for (int i = 0; i < pages; ++i) {
    const std::string page = base::format("/p/pages/p{0}/p{0}", i);
    routes += base::format("{}\"pages/p{}/p{}\"", i == 0 ? "" : ",", i, i);
    std::string methods;
    std::string views;
    std::string rules;
    for (int j = 0; j < 20; ++j) {
      methods += base::format(
          "  tap{0}(event) {{\n    const {{id}} = "
          "event.currentTarget.dataset;\n"
          "    this.setData({{n{0}: this.data.n{0} + id}});\n  }},\n",
          j);
      views += base::format(
          "<view class=\"row c{0}\" data-id=\"{{{{item.id}}}}\" "
          "bindtap=\"tap{0}\">{{{{n{0}}}}}</view>\n",
          j);
      rules += base::format(".c{} {{ color: red; width: 10rpx }}\n", j);
    }
    std::string data;
    for (int j = 0; j < 20; ++j) {
      data += base::format("n{}: {}, ", j, j);
    }
    files[page + ".js"] = base::format(
        "Page({{\n  data: {{{}list: []}},\n{}}})\n", data, methods);
    files[page + ".wxml"] = base::format(
        "<block wx:for=\"{{{{list}}}}\" wx:key=\"id\">\n{}</block>\n", views);
    files[page + ".wxss"] = rules;
    files[page + ".json"] = "{}";
  }
  files["/p/app.json"] = base::format("{{\"pages\": [{}]}}", routes);
  files["/p/app.js"] = "App({})\n";
  return files;
}

void Rebuild(benchmark::State& state, const Files& app,
             const std::string& extension) {
  base::MemoryFileSystem fs(app);
  BuildOptions options;
  options.project_dir = "/p";
  options.output = Output::kNone;
  options.jobs = 1;
  BuildSession session(fs, options);
  const BuildResult first = session.Build();
  // The page in the middle that has such a file.
  std::string path;
  for (size_t i = 0; i < first.pages.size(); ++i) {
    const size_t at = (first.pages.size() / 2 + i) % first.pages.size();
    const std::string candidate =
        base::JoinPath(first.root, first.pages[at] + extension);
    if (fs.IsFile(candidate)) {
      path = candidate;
      break;
    }
  }
  const auto text = fs.ReadFile(path, base::FileSystem::kDefaultMax);
  if (!text) {
    state.SkipWithError("no such file");
    return;
  }
  int edit = 0;
  for (auto _ : state) {
    state.PauseTiming();
    const char* comment = extension == ".wxml" ? "<!-- {} -->" : "/* {} */";
    static_cast<void>(
        fs.WriteFile(path, *text + fmt::format(fmt::runtime(comment), ++edit)));
    state.ResumeTiming();
    benchmark::DoNotOptimize(session.Rebuild({path}));
  }
  state.counters["files"] = static_cast<double>(first.source_files);
  state.counters["file_bytes"] = static_cast<double>(text->size());
}

void Register(const std::string& name, const Files& app) {
  for (const std::string extension : {".js", ".wxml", ".wxss"}) {
    benchmark::RegisterBenchmark((name + "/" + extension).c_str(),
                                 [app, extension](benchmark::State& state) {
                                   Rebuild(state, app, extension);
                                 })
        ->Unit(benchmark::kMillisecond);
  }
}

void RegisterAll() {
  Register("generated", GeneratedApp(200));
  const char* apps = std::getenv("FCC_BENCH_APPS");
  std::string_view rest = apps == nullptr ? "" : apps;
  while (!rest.empty()) {
    const size_t end = std::min(rest.find(':'), rest.size());
    const std::string folder(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
    base::RealFileSystem disk;
    const auto paths = disk.ListTree(folder);
    Files files;
    for (const std::string& path :
         paths ? *paths : std::vector<std::string>()) {
      auto text = disk.ReadFile(base::JoinPath(folder, path),
                                base::FileSystem::kDefaultMax);
      files["/p/" + path] = text ? *std::move(text) : "";
    }
    Register(std::string(base::BaseName(folder)), files);
  }
}

}  // namespace
}  // namespace fcc::driver

int main(int argc, char** argv) {
  fcc::driver::RegisterAll();
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
}
