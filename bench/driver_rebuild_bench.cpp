// SPDX-License-Identifier: Apache-2.0
//
// `fcc check` of a file that was just saved, in a session that has checked the
// app before: CPU time of BuildSession::Rebuild, all rules included. The apps
// are the folders in FCC_BENCH_APPS, separated by colons, read into memory
// once; and a generated one of 200 pages.
//
// Every edit is one of another file of its kind, from all over the app:
// `comment` adds one at the file's end, `front` at its beginning, so that
// every place moves, `code` adds what rules look at. The median and the worst
// of all edits are told, in milliseconds, and by how much the process grew.

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <map>
#include <memory>
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

enum class Edit : uint8_t { kComment, kFront, kCode };

std::string Edited(const std::string& text, std::string_view extension,
                   Edit edit, int count) {
  if (extension == ".json") {
    const size_t brace = text.find('{');
    if (brace == std::string::npos) {
      return text;
    }
    return edit == Edit::kComment
               ? text + base::format(" // {}", count)
               : text.substr(0, brace + 1) +
                     (edit == Edit::kFront
                          ? base::format("/* {} */", count)
                          : base::format("\"unheardOf\": {}{}", count,
                                         text.find(':') == std::string::npos
                                             ? ""
                                             : ", ")) +
                     text.substr(brace + 1);
  }
  const std::string comment = extension == ".wxml"
                                  ? base::format("<!-- {} -->\n", count)
                                  : base::format("/* {} */\n", count);
  switch (edit) {
    case Edit::kComment:
      return text + "\n" + comment;
    case Edit::kFront:
      return comment + text;
    case Edit::kCode:
      break;
  }
  if (extension == ".js") {
    return text + base::format(
                      "\nwx.setStorageSync('k{0}', '/images/p{0}.png');\n"
                      "function added{0}(page) {{ page.setData({{n{0}: 1}}); "
                      "page.triggerEvent('e{0}'); }}\n",
                      count);
  }
  return text + (extension == ".wxml"
                     ? base::format("\n<view class=\"added{0}\" "
                                    "bindtap=\"tap{0}\">{{{{added{0}}}}}"
                                    "</view>\n",
                                    count)
                     : base::format("\n.added{} {{ inset: 0 }}\n", count));
}

double CpuMilliseconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e3 +
         static_cast<double>(now.tv_nsec) / 1e6;
}

double ResidentMegabytes() {
  std::ifstream file("/proc/self/statm");
  size_t all = 0;
  size_t resident = 0;
  file >> all >> resident;
  return static_cast<double>(resident) * 4096 / 1e6;
}

// Files of pages and components, spread over the app.
std::vector<std::string> FilesToEdit(const BuildSession& session,
                                     const std::string& root,
                                     base::FileSystem& fs,
                                     std::string_view extension) {
  std::vector<std::string> all;
  for (const project::Component& component :
       session.program()->project.components) {
    std::string path =
        base::JoinPath(root, component.path + std::string(extension));
    if (fs.IsFile(path)) {
      all.push_back(std::move(path));
    }
  }
  static constexpr size_t kMost = 100;
  std::vector<std::string> some;
  for (size_t i = 0; i < std::min(all.size(), kMost); ++i) {
    some.push_back(all[i * all.size() / std::min(all.size(), kMost)]);
  }
  return some;
}

void Rebuild(benchmark::State& state, const Files& app,
             const std::string& extension, Edit edit) {
  base::MemoryFileSystem fs(app);
  BuildOptions options;
  options.project_dir = "/p";
  options.output = Output::kNone;
  options.jobs = 1;
  options.rules.preset = check::Preset::kRecommended;
  BuildSession session(fs, options);
  const BuildResult first = session.Build();
  const std::vector<std::string> paths =
      FilesToEdit(session, first.root, fs, extension);
  std::vector<double> times;
  int count = 0;
  const double before = ResidentMegabytes();
  for (auto _ : state) {
    for (const std::string& path : paths) {
      const std::string text =
          *fs.ReadFile(path, base::FileSystem::kDefaultMax);
      static_cast<void>(
          fs.WriteFile(path, Edited(text, extension, edit, ++count)));
      const double begin = CpuMilliseconds();
      benchmark::DoNotOptimize(session.Rebuild({path}));
      times.push_back(CpuMilliseconds() - begin);
      state.SetIterationTime(times.back() / 1e3);
      // The next edit is one of the app as it was.
      static_cast<void>(fs.WriteFile(path, text));
      session.Rebuild({path});
    }
  }
  if (times.empty()) {
    state.SkipWithError("no such file");
    return;
  }
  std::ranges::sort(times);
  state.counters["median_ms"] = times[times.size() / 2];
  state.counters["p95_ms"] = times[times.size() * 95 / 100];
  state.counters["worst_ms"] = times.back();
  state.counters["edited"] = static_cast<double>(paths.size());
  state.counters["files"] = static_cast<double>(first.source_files);
  state.counters["grew_mb"] = ResidentMegabytes() - before;
}

void Register(const std::string& name, Files files) {
  const auto app = std::make_shared<const Files>(std::move(files));
  for (const std::string extension : {".js", ".wxml", ".wxss", ".json"}) {
    for (const auto& [word, edit] :
         {std::pair("comment", Edit::kComment),
          std::pair("front", Edit::kFront), std::pair("code", Edit::kCode)}) {
      const Edit each = edit;
      benchmark::RegisterBenchmark(
          (name + "/" + extension + "/" + word).c_str(),
          [app, extension, each](benchmark::State& state) {
            Rebuild(state, *app, extension, each);
          })
          ->Unit(benchmark::kMillisecond)
          ->UseManualTime()
          ->Iterations(1);
    }
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
      if (path.starts_with("node_modules/")) {
        continue;
      }
      auto text = disk.ReadFile(base::JoinPath(folder, path),
                                base::FileSystem::kDefaultMax);
      files["/p/" + path] = text ? *std::move(text) : "";
    }
    Register(std::string(base::BaseName(folder)), std::move(files));
  }
}

}  // namespace
}  // namespace fcc::driver

int main(int argc, char** argv) {
  fcc::driver::RegisterAll();
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
}
