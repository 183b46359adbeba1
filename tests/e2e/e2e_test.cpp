// SPDX-License-Identifier: Apache-2.0
//
// Runs tests/e2e/cases: the built program, in a folder of its own on the disk,
// with an environment that holds nothing but what the case says. `run` takes
// any program; times and the folder's own path are taken out of what they
// print.

#include <stdlib.h>
#include <unistd.h>

#include <regex>

#include "cli/tool_env/processes.h"
#include "runtime/base/file_system.h"
#include "runtime/base/format.h"
#include "tests/tools/golden/golden_case.h"

namespace fcc::golden {

namespace {

constexpr const char* kBinaries = FCC_BINARY_DIR "/bin";

class DiskWorld : public World {
 public:
  DiskWorld() {
    char name[] = "/tmp/fcc-e2e-XXXXXX";
    folder_ = mkdtemp(name) == nullptr ? "/tmp" : name;
    clearenv();
    setenv("PATH", "/usr/local/bin:/usr/bin:/bin", 1);
    setenv("HOME", folder_.c_str(), 1);
    setenv("LANG", "C.UTF-8", 1);
    // Leaks at exit are the unit tests' affair; here they would hide the code.
    setenv("ASAN_OPTIONS", "detect_leaks=0", 1);
  }

  ~DiskWorld() override {
    if (folder_.starts_with("/tmp/fcc-e2e-")) {
      (void)disk_.RemoveAll(folder_).ok();
    }
  }

  base::Status AddFile(std::string_view path, std::string_view bytes) override {
    return disk_.WriteFile(base::JoinPath(folder_, path), bytes);
  }

  base::Status CopyFolder(std::string_view from, std::string_view to) override {
    const std::string root = base::JoinPath(FCC_SOURCE_DIR, from);
    FCC_TRY_ASSIGN(const auto names, disk_.ListTree(root));
    for (const std::string& name : names) {
      FCC_TRY_ASSIGN(const std::string bytes,
                     disk_.ReadFile(base::JoinPath(root, name),
                                    base::FileSystem::kDefaultMax));
      FCC_TRY(AddFile(base::JoinPath(to, name), bytes));
    }
    return {};
  }

  void SetVariable(std::string name, std::string value) override {
    setenv(name.c_str(), Expand(value).c_str(), 1);
  }

  // Real programs are there.
  void SetProgram(std::string, std::string) override {}
  void UseTerminal() override {}

  StepResult Run(const std::vector<std::string>& words) override {
    if (words.empty()) {
      return {2, "", "nothing to run\n"};
    }
    tool_env::ProcessRequest request;
    request.program =
        words[0] == "fcc" ? std::string(kBinaries) + "/fcc" : words[0];
    for (size_t at = 1; at < words.size(); ++at) {
      request.arguments.push_back(Expand(words[at]));
    }
    request.directory = folder_;
    request.timeout_ms = 120000;
    const auto result = processes_.Run(request);
    if (!result) {
      return {3, "", result.error().message + "\n"};
    }
    return {result->exit_code, Normal(result->out), Normal(result->err)};
  }

  base::Result<std::string> ReadFile(std::string_view path) override {
    FCC_TRY_ASSIGN(const std::string bytes,
                   disk_.ReadFile(base::JoinPath(folder_, path),
                                  base::FileSystem::kDefaultMax));
    return Normal(bytes);
  }

  base::Result<std::vector<std::string>> ListTree(
      std::string_view path) override {
    return disk_.ListTree(base::JoinPath(folder_, path));
  }

 private:
  // `$BIN`: where the built programs are; `$SRC`: the repository.
  static std::string Expand(std::string text) {
    Replace(text, "$BIN", kBinaries);
    Replace(text, "$SRC", FCC_SOURCE_DIR);
    return text;
  }

  std::string Normal(std::string text) const {
    Replace(text, folder_, "$DIR");
    static const std::regex kTime(R"(\b\d+(\.\d+)? ?(ms|s)\b)");
    static const std::regex kSize(R"(\b\d+(\.\d+)? ?([kK]B|MB|B)\b)");
    // A size changes with every improvement of the compiler; the blanks before
    // it with its digits.
    static const std::regex kBlanks(R"( +N (ms|KB))");
    text = std::regex_replace(text, kTime, "N ms");
    text = std::regex_replace(text, kSize, "N KB");
    return std::regex_replace(text, kBlanks, " N $1");
  }

  static void Replace(std::string& text, std::string_view from,
                      std::string_view to) {
    for (size_t at = 0; (at = text.find(from, at)) != std::string::npos;
         at += to.size()) {
      text.replace(at, from.size(), to);
    }
  }

  std::string folder_;
  base::RealFileSystem disk_;
  tool_env::RealProcesses processes_{std::string(kBinaries) + "/fcc"};
};

}  // namespace

}  // namespace fcc::golden

int main(int argc, char** argv) {
  return fcc::golden::RunAllCases(
      argc, argv, FCC_SOURCE_DIR "/tests/e2e/cases",
      +[]() -> std::unique_ptr<fcc::golden::World> {
        return std::make_unique<fcc::golden::DiskWorld>();
      });
}
