// SPDX-License-Identifier: Apache-2.0
//
// component_sweep PROJECT NAME: opens every page of the app that
// generate_app.py made, lets it take its component through all it can do, and
// then mounts and unmounts the component until what the app holds on to stands
// still. Exit code 1 when a component has an error or leaves something behind.

#include <cstdio>
#include <memory>
#include <string>
#include <string_view>

#include "compiler/driver/build_session.h"
#include "runtime/base/file_system.h"
#include "runtime/base/format.h"
#include "runtime/package/package.h"
#include "simulator/scenario/app_session.h"

namespace fcc::scenario {
namespace {

// Virtual time between two steps of a page, and the steps a page may take.
constexpr double kStepMs = 50;
constexpr int kMaxSteps = 5000;
// Mounts between two looks at the memory.
constexpr int kMounts = 20;
// What caches of the engine and of the library may grow by in that time.
constexpr uint64_t kSlackBytes = 2048;
constexpr int kRounds = 6;

class Sweep {
 public:
  explicit Sweep(package::Bundle& bundle) : session_(bundle, SessionLimits()) {}

  // Empty when the page's component is fine.
  std::string Run(const std::string& path) {
    problems_.clear();
    if (const base::Status status = session_.Restart("/" + path); !status) {
      return status.error().message + "\n";
    }
    int steps = 0;
    do {
      session_.Advance(kStepMs);
      TakeErrors();
      // A component that fails at each value has said enough.
      if (++steps == kMaxSteps) {
        problems_ += "did not come to its end\n";
        return problems_;
      }
    } while (Eval("page.done") != "true");
    CheckMemory();
    return problems_;
  }

 private:
  std::string Eval(std::string_view expression) {
    const app::ApiResult answer = session_.Await([&](app::ApiReply reply) {
      session_.RunningApp().CallFunctionMayRunScript(
          base::format("function() {{ var page = getCurrentPages().pop();"
                       " return {}; }}",
                       expression),
          {}, std::move(reply));
    });
    return answer.ok ? answer.value.ToDisplayString() : "!" + answer.message;
  }

  void TakeErrors() {
    for (const app::ErrorReport& error : session_.host().errors()) {
      const std::string line =
          base::format("{} ({}:{} {})\n", error.message, error.file, error.line,
                       error.where);
      if (problems_.find(line) == std::string::npos) {
        problems_ += line;
      }
    }
    session_.host().errors().clear();
  }

  // A first round may still fill caches; one that adds nothing is enough.
  void CheckMemory() {
    app::AppUsage before = session_.RunningApp().Usage();
    for (int round = 0; round < kRounds; ++round) {
      for (int i = 0; i < kMounts; ++i) {
        Eval("page.setData({on: true})");
        session_.Advance(kStepMs);
        Eval("page.setData({on: false})");
        session_.Advance(kStepMs);
      }
      // What the component has put off for seconds.
      session_.Advance(10000);
      TakeErrors();
      const app::AppUsage after = session_.RunningApp().Usage();
      if (after.nodes == before.nodes &&
          after.components == before.components &&
          after.heap_bytes <= before.heap_bytes + kSlackBytes) {
        return;
      }
      problems_ += round + 1 < kRounds
                       ? ""
                       : base::format(
                             "{} mounts leave {} nodes, {} components, {} "
                             "bytes\n",
                             kMounts, after.nodes - before.nodes,
                             after.components - before.components,
                             after.heap_bytes - before.heap_bytes);
      before = after;
    }
  }

  AppSession session_;
  std::string problems_;
};

int Main(const std::string& project, const char* name) {
  base::RealFileSystem fs;
  driver::BuildOptions options;
  options.project_dir = project;
  options.output = driver::Output::kPackages;
  options.check = false;
  driver::BuildSession build(fs, options);
  driver::BuildResult result = build.Build();
  for (const diagnostics::Diagnostic& diagnostic : result.diagnostics) {
    if (diagnostic.severity == diagnostics::Severity::kError) {
      std::printf("%s: %s\n", diagnostic.path.c_str(),
                  diagnostic.message.c_str());
    }
  }
  const std::vector<std::string> pages = result.pages;
  base::Result<std::unique_ptr<package::Bundle>> bundle =
      package::Bundle::Open(result.TakePackages());
  if (!bundle) {
    std::printf("%s\n", bundle.error().message.c_str());
    return 1;
  }
  Sweep sweep(**bundle);
  size_t fine = 0;
  for (const std::string& page : pages) {
    const std::string problems = sweep.Run(page);
    if (problems.empty()) {
      ++fine;
    } else {
      std::printf("%s %s:\n%s", name, page.c_str(), problems.c_str());
    }
  }
  std::printf("%s: %zu of %zu components\n", name, fine, pages.size());
  return fine == pages.size() ? 0 : 1;
}

}  // namespace
}  // namespace fcc::scenario

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fprintf(stderr, "usage: component_sweep PROJECT NAME\n");
    return 2;
  }
  return fcc::scenario::Main(argv[1], argv[2]);
}
