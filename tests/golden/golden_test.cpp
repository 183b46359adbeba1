// SPDX-License-Identifier: Apache-2.0
//
// Runs tests/golden: every command in this process, over a memory file system,
// a clock that stands still and terminals that only remember.

#include "cli/commands/command.h"
#include "cli/publish/publish_command.h"
#include "simulator/platform/platform.h"
#include "tests/tools/golden/golden_case.h"

namespace fcc::golden {

namespace {

// The folder in which a case's command runs.
constexpr std::string_view kHome = "/project";

// What a case publishes to: a platform in this process behind every URL, except
// those of the host `down`, where nobody answers. Its secret is SECRET.
class CaseNetwork : public net::HttpTransport {
 public:
  CaseNetwork(base::FileSystem& fs, base::Clock& clock)
      : fs_(fs), clock_(clock) {}

  base::Result<net::HttpResponse> Send(
      const net::HttpRequest& request) override {
    if (request.url.starts_with("http://down/")) {
      return base::Error{base::ErrorKind::kNetwork,
                         "cannot reach down: connection refused"};
    }
    if (platform_ == nullptr) {
      FCC_TRY_ASSIGN(platform_, platform::Platform::Open({.token = "SECRET"},
                                                         fs_, clock_));
    }
    return net::HandlerTransport([this](const net::HttpRequest& received) {
             return platform_->Handle(received);
           })
        .Send(request);
  }

 private:
  base::FileSystem& fs_;
  base::Clock& clock_;
  std::unique_ptr<platform::Platform> platform_;
};

// Answers what the case says, and knows no other program; helpers run here.
class CaseProcesses : public tool_env::Processes {
 public:
  explicit CaseProcesses(net::HttpTransport& network) : network_(network) {}

  base::Result<tool_env::ProcessResult> Run(
      const tool_env::ProcessRequest& request) override {
    std::string line = request.program;
    for (const std::string& argument : request.arguments) {
      line += " " + argument;
    }
    auto found = answers.find(line);
    if (found == answers.end()) {
      return base::Error{base::ErrorKind::kNotFound,
                         base::format("cannot run `{}`: the case has no "
                                      "`=== program {}`",
                                      request.program, line)};
    }
    return tool_env::ProcessResult{.out = found->second};
  }

  base::Result<int> RunHelper(
      std::string_view helper,
      const std::vector<std::string>& arguments) override {
    if (helper != "fcc-net" || arguments.empty() || arguments[0] != "publish") {
      return base::Error{base::ErrorKind::kNotFound,
                         base::format("no helper `{}` in a test", helper)};
    }
    FCC_TRY_ASSIGN(const auto parsed,
                   tool_env::ParseCommandLine(*env, publish::kPublishSpec,
                                              std::span(arguments).subspan(1)));
    return publish::RunPublishStep(
        *env, parsed.arguments, {.transport = network_, .sleep = [](int) {}});
  }

  base::Result<std::string> FindHelper(std::string_view helper) override {
    return base::format("/usr/bin/{}", helper);
  }

  tool_env::ToolEnv* env = nullptr;
  std::map<std::string, std::string, std::less<>> answers;

 private:
  net::HttpTransport& network_;
};

class MemoryWorld : public World {
 public:
  base::Status AddFile(std::string_view path, std::string_view bytes) override {
    return fs_.WriteFile(base::JoinPath(kHome, path), bytes);
  }

  base::Status CopyFolder(std::string_view from, std::string_view to) override {
    base::RealFileSystem disk;
    const std::string root = base::JoinPath(FCC_SOURCE_DIR, from);
    FCC_TRY_ASSIGN(const auto names, disk.ListTree(root));
    for (const std::string& name : names) {
      FCC_TRY_ASSIGN(const std::string bytes,
                     disk.ReadFile(base::JoinPath(root, name),
                                   base::FileSystem::kDefaultMax));
      FCC_TRY(AddFile(base::JoinPath(to, name), bytes));
    }
    return {};
  }

  void SetVariable(std::string name, std::string value) override {
    environment_[std::move(name)] = std::move(value);
  }

  void SetProgram(std::string line, std::string output) override {
    processes_.answers[std::move(line)] = std::move(output);
  }

  void UseTerminal() override { is_tty_ = true; }

  StepResult Run(const std::vector<std::string>& words) override {
    tool_env::StringTerminal out;
    tool_env::StringTerminal err;
    out.is_tty = err.is_tty = is_tty_;
    tool_env::ToolEnv env{.fs = fs_,
                          .clock = clock_,
                          .processes = processes_,
                          .out = out,
                          .err = err,
                          .environment = environment_,
                          .cwd = std::string(kHome)};
    env.language = tool_env::LanguageOf(environment_);
    processes_.env = &env;
    if (words.empty() || words[0] != "fcc") {
      return {tool_env::kExitUsage, "", "a case runs `fcc …`\n"};
    }
    const int code = commands::RunTool(env, std::span(words).subspan(1));
    return {code, out.text(), err.text()};
  }

  base::Result<std::string> ReadFile(std::string_view path) override {
    return fs_.ReadFile(base::JoinPath(kHome, path),
                        base::FileSystem::kDefaultMax);
  }

  base::Result<std::vector<std::string>> ListTree(
      std::string_view path) override {
    return fs_.ListTree(base::JoinPath(kHome, path));
  }

 private:
  base::MemoryFileSystem fs_;
  // 2024-01-01T00:00:00Z.
  base::VirtualClock clock_{1704067200000.0};
  CaseNetwork network_{fs_, clock_};
  CaseProcesses processes_{network_};
  std::map<std::string, std::string, std::less<>> environment_;
  bool is_tty_ = false;
};

}  // namespace

}  // namespace fcc::golden

int main(int argc, char** argv) {
  return fcc::golden::RunAllCases(
      argc, argv, FCC_SOURCE_DIR "/tests/golden",
      +[]() -> std::unique_ptr<fcc::golden::World> {
        return std::make_unique<fcc::golden::MemoryWorld>();
      });
}
