// SPDX-License-Identifier: Apache-2.0
//
// component_sweep PROJECT NAME THROWS: opens every page of the app that
// generate_app.py made, lets it take its component through all it can do, and
// then mounts and unmounts the component until what the app holds on to stands
// still. A view is fed on the way, and shows what the app has.
//
// THROWS names what the libraries' own code throws on values of the declared
// types, with the line that shows it. Exit code 1 when a component has any
// other error or leaves something behind, and when one of those is not thrown.

#include <algorithm>
#include <cstdio>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/driver/build_session.h"
#include "runtime/app/view_tree.h"
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

// What the code of a library throws itself.
struct KnownThrow {
  std::string page;
  // A part of the error's line.
  std::string part;
  bool seen = false;
};

// Lines of four fields between tabs: package, page, part, evidence.
std::vector<KnownThrow> ReadThrows(std::string_view text,
                                   std::string_view package) {
  std::vector<KnownThrow> known;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    std::vector<std::string_view> fields;
    for (size_t tab = line.find('\t'); tab != std::string_view::npos;
         tab = line.find('\t')) {
      fields.push_back(line.substr(0, tab));
      line.remove_prefix(tab + 1);
    }
    if (fields.size() == 3 && fields[0] == package) {
      known.push_back({std::string(fields[1]), std::string(fields[2]), false});
    }
  }
  return known;
}

class Sweep {
 public:
  Sweep(package::Bundle& bundle, std::vector<KnownThrow>& known)
      : session_(bundle, SessionLimits()), known_(known) {
    session_.host().KeepViews();
  }

  // Empty when the page's component is fine.
  std::string Run(const std::string& path) {
    problems_.clear();
    page_ = path;
    if (const base::Status status = session_.Restart("/" + path); !status) {
      return status.error().message + "\n";
    }
    int steps = 0;
    do {
      session_.Advance(kStepMs);
      TakeErrors();
      CheckView();
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

  // The view knows nothing but the messages it got.
  void CheckView() {
    const app::App& app = session_.RunningApp();
    const app::PageId page = app.CurrentPage()->id;
    const app::ViewMirror* view = session_.host().ViewOf(page);
    if (view == nullptr ||
        !view->Tree().DeepEquals(app::ViewTree(*app.PageRoot(page)))) {
      Add("the view shows something else\n");
    }
  }

  void Add(const std::string& line) {
    for (KnownThrow& known : known_) {
      if (known.page == page_ && line.find(known.part) != std::string::npos) {
        known.seen = true;
        return;
      }
    }
    if (problems_.find(line) == std::string::npos) {
      problems_ += line;
    }
  }

  void TakeErrors() {
    for (const app::ErrorReport& error : session_.host().errors()) {
      Add(base::format("{} ({}:{} {})\n", error.message, error.file, error.line,
                       error.where));
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
  std::vector<KnownThrow>& known_;
  std::string page_;
  std::string problems_;
};

int Main(const std::string& project, const char* name, const char* throws) {
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
  const base::Result<std::string> list =
      fs.ReadFile(throws, base::FileSystem::kDefaultMax);
  if (!list) {
    std::printf("%s\n", list.error().message.c_str());
    return 1;
  }
  std::vector<KnownThrow> known = ReadThrows(*list, name);
  Sweep sweep(**bundle, known);
  size_t fine = 0;
  for (const std::string& page : pages) {
    const std::string problems = sweep.Run(page);
    if (problems.empty()) {
      ++fine;
    } else {
      std::printf("%s %s:\n%s", name, page.c_str(), problems.c_str());
    }
    std::fflush(stdout);
  }
  bool stale = false;
  std::set<std::string_view> throwing;
  for (const KnownThrow& one : known) {
    throwing.insert(one.page);
    if (!one.seen) {
      std::printf("%s %s: does not throw any more: %s\n", name,
                  one.page.c_str(), one.part.c_str());
      stale = true;
    }
  }
  std::printf("%s: %zu of %zu components; the code of %zu throws itself\n",
              name, fine, pages.size(), throwing.size());
  return fine == pages.size() && !stale ? 0 : 1;
}

}  // namespace
}  // namespace fcc::scenario

int main(int argc, char** argv) {
  if (argc != 4) {
    std::fprintf(stderr, "usage: component_sweep PROJECT NAME THROWS\n");
    return 2;
  }
  return fcc::scenario::Main(argv[1], argv[2], argv[3]);
}
