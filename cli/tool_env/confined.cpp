// SPDX-License-Identifier: Apache-2.0
//
// Work in a child process that the system holds to what an app needs. The
// script engine keeps an app within its limits by itself; this is for the day
// when a package finds a way past it: what ends is a child, which the parent
// tells, and until then the child can start no program, open no socket and look
// into no other process.

#include <fcntl.h>
#include <seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>

#include "cli/tool_env/processes.h"
#include "runtime/base/format.h"

namespace fcc::tool_env {

// By name: a system call that an architecture does not have is passed over.
static constexpr std::array<const char*, 28> kDenied = {
    "execve",
    "execveat",
    "socket",
    "socketpair",
    "connect",
    "bind",
    "listen",
    "accept",
    "accept4",
    "ptrace",
    "process_vm_readv",
    "process_vm_writev",
    "mount",
    "umount2",
    "pivot_root",
    "chroot",
    "unshare",
    "setns",
    "bpf",
    "perf_event_open",
    "userfaultfd",
    "io_uring_setup",
    "keyctl",
    "add_key",
    "init_module",
    "finit_module",
    "kexec_load",
    "reboot",
};

// A kernel without seccomp, or a container that forbids it, leaves the child
// with the other limits: an app runs there all the same.
static void DenySystemCalls() {
  scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
  if (filter == nullptr) {
    return;
  }
  for (const char* name : kDenied) {
    const int number = seccomp_syscall_resolve_name(name);
    if (number >= 0) {
      static_cast<void>(
          seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), number, 0));
    }
  }
  static_cast<void>(seccomp_load(filter));
  seccomp_release(filter);
}

static void Limit(int resource, rlim_t value) {
  const rlimit limit{value, value};
  static_cast<void>(
      setrlimit(static_cast<__rlimit_resource>(resource), &limit));
}

static void Confine(const Confinement& confinement, pid_t parent) {
  // Whatever ends the parent ends the child.
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) {
    _exit(0);
  }
  Limit(RLIMIT_CORE, 0);
#ifndef FCC_SANITIZED
  // A sanitizer reserves terabytes of addresses.
  if (confinement.memory_bytes != 0) {
    Limit(RLIMIT_AS, confinement.memory_bytes);
  }
#else
  static_cast<void>(confinement);
#endif
  DenySystemCalls();
}

base::Result<ConfinedEnd> Processes::RunConfined(
    const Confinement&, const std::function<int()>& work) {
  return ConfinedEnd{work(), 0};
}

base::Result<ConfinedEnd> RealProcesses::RunConfined(
    const Confinement& confinement, const std::function<int()>& work) {
  const pid_t parent = getpid();
  const pid_t child = fork();
  if (child < 0) {
    return base::Error{
        base::ErrorKind::kIo,
        base::format("cannot start a process: {}", std::strerror(errno))};
  }
  if (child == 0) {
    Confine(confinement, parent);
    // Not exit(): what the parent registered is the parent's to run.
    _exit(work());
  }
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (WIFSIGNALED(status)) {
    return ConfinedEnd{0, WTERMSIG(status)};
  }
  return ConfinedEnd{WEXITSTATUS(status), 0};
}

}  // namespace fcc::tool_env
