// SPDX-License-Identifier: Apache-2.0

#include "cli/tool_env/processes.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <utility>

#include "runtime/base/file_system.h"
#include "runtime/base/format.h"

namespace fcc::tool_env {

namespace {

// A file descriptor that is closed when it goes out of scope.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int value) : value_(value) {}
  Descriptor(Descriptor&& other) noexcept
      : value_(std::exchange(other.value_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    Close();
    value_ = std::exchange(other.value_, -1);
    return *this;
  }
  ~Descriptor() { Close(); }
  void Close() {
    if (value_ >= 0) {
      close(value_);
      value_ = -1;
    }
  }
  int get() const { return value_; }
  bool is_open() const { return value_ >= 0; }

 private:
  int value_ = -1;
};

struct Pipe {
  Descriptor read;
  Descriptor write;
};

}  // namespace

static base::Error SystemError(std::string_view what) {
  return {base::ErrorKind::kIo,
          base::format("{}: {}", what, std::strerror(errno))};
}

static base::Result<Pipe> MakePipe() {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) {
    return SystemError("cannot make a pipe");
  }
  return Pipe{Descriptor(ends[0]), Descriptor(ends[1])};
}

static int ExitCodeOf(int status) {
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static int WaitFor(pid_t child) {
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return ExitCodeOf(status);
}

static std::vector<char*> MakeArgv(const std::string& program,
                                   const std::vector<std::string>& arguments) {
  std::vector<char*> argv;
  argv.push_back(const_cast<char*>(program.c_str()));
  for (const std::string& argument : arguments) {
    argv.push_back(const_cast<char*>(argument.c_str()));
  }
  argv.push_back(nullptr);
  return argv;
}

// Moves bytes both ways until the child closed its outputs. False when the
// deadline came first.
static bool Exchange(Descriptor input, Descriptor out, Descriptor err,
                     const ProcessRequest& request, ProcessResult& result) {
  using Clock = std::chrono::steady_clock;
  const auto deadline =
      Clock::now() + std::chrono::milliseconds(request.timeout_ms);
  std::string_view pending = request.input;
  if (pending.empty()) {
    input.Close();
  } else {
    fcntl(input.get(), F_SETFL, O_NONBLOCK);
  }
  while (out.is_open() || err.is_open()) {
    int wait_ms = -1;
    if (request.timeout_ms > 0) {
      wait_ms = static_cast<int>(
          std::chrono::duration_cast<std::chrono::milliseconds>(deadline -
                                                                Clock::now())
              .count());
      if (wait_ms <= 0) {
        return false;
      }
    }
    // poll() passes over negative descriptors.
    std::array<pollfd, 3> polled{pollfd{out.get(), POLLIN, 0},
                                 pollfd{err.get(), POLLIN, 0},
                                 pollfd{input.get(), POLLOUT, 0}};
    if (poll(polled.data(), polled.size(), wait_ms) < 0 && errno != EINTR) {
      return true;
    }
    std::array<char, 65536> buffer;
    auto drain = [&](const pollfd& state, Descriptor& from, std::string& to) {
      if (!from.is_open() || state.revents == 0) {
        return;
      }
      const ssize_t size = read(from.get(), buffer.data(), buffer.size());
      if (size > 0) {
        to.append(buffer.data(), static_cast<size_t>(size));
      } else if (size == 0 || errno != EINTR) {
        from.Close();
      }
    };
    drain(polled[0], out, result.out);
    drain(polled[1], err, result.err);
    if (input.is_open() && polled[2].revents != 0) {
      const ssize_t size = write(input.get(), pending.data(), pending.size());
      if (size > 0) {
        pending.remove_prefix(static_cast<size_t>(size));
      }
      if (pending.empty() || (size < 0 && errno != EAGAIN && errno != EINTR)) {
        input.Close();
      }
    }
  }
  return true;
}

base::Result<ProcessResult> RealProcesses::Run(const ProcessRequest& request) {
  FCC_TRY_ASSIGN(Pipe input, MakePipe());
  FCC_TRY_ASSIGN(Pipe out, MakePipe());
  FCC_TRY_ASSIGN(Pipe err, MakePipe());
  // Closes on a successful exec; carries errno of a failed one.
  FCC_TRY_ASSIGN(Pipe started, MakePipe());
  std::vector<char*> argv = MakeArgv(request.program, request.arguments);
  const pid_t child = fork();
  if (child < 0) {
    return SystemError("cannot start a process");
  }
  if (child == 0) {
    dup2(input.read.get(), STDIN_FILENO);
    dup2(out.write.get(), STDOUT_FILENO);
    dup2(err.write.get(), STDERR_FILENO);
    std::signal(SIGPIPE, SIG_DFL);
    std::signal(SIGABRT, SIG_DFL);
    if (request.directory.empty() || chdir(request.directory.c_str()) == 0) {
      execvp(argv[0], argv.data());
    }
    const int reason = errno;
    [[maybe_unused]] ssize_t told =
        write(started.write.get(), &reason, sizeof reason);
    _exit(127);
  }
  input.read.Close();
  out.write.Close();
  err.write.Close();
  started.write.Close();
  int reason = 0;
  if (read(started.read.get(), &reason, sizeof reason) == sizeof reason) {
    WaitFor(child);
    return base::Error{
        reason == ENOENT ? base::ErrorKind::kNotFound : base::ErrorKind::kIo,
        base::format("cannot run `{}`: {}", request.program,
                     std::strerror(reason))};
  }
  ProcessResult result;
  if (!Exchange(std::move(input.write), std::move(out.read),
                std::move(err.read), request, result)) {
    kill(child, SIGKILL);
    WaitFor(child);
    return base::Error{base::ErrorKind::kTimeout,
                       base::format("`{}` did not end within {} ms",
                                    request.program, request.timeout_ms)};
  }
  result.exit_code = WaitFor(child);
  return result;
}

base::Result<std::string> RealProcesses::FindHelper(std::string_view helper) {
  const std::string_view folder = base::DirectoryOf(self_path_);
  for (std::string_view place : {"", "../libexec/fcc"}) {
    std::string path = base::JoinPath(base::JoinPath(folder, place), helper);
    if (access(path.c_str(), X_OK) == 0) {
      return path;
    }
  }
  return base::Error{
      base::ErrorKind::kNotFound,
      base::format("the program `{}` is missing beside `{}`; install fcc "
                   "again, or build it with `make`",
                   helper, self_path_)};
}

base::Result<int> RealProcesses::RunHelper(
    std::string_view helper, const std::vector<std::string>& arguments) {
  FCC_TRY_ASSIGN(const std::string path, FindHelper(helper));
  std::vector<char*> argv = MakeArgv(path, arguments);
  std::signal(SIGPIPE, SIG_DFL);
  std::signal(SIGABRT, SIG_DFL);
  execv(argv[0], argv.data());
  return SystemError(base::format("cannot run `{}`", path));
}

}  // namespace fcc::tool_env
