// fork, exec, wait, and kill what is left.
#include "process/guard.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <string>

#include "process/spawn.h"

namespace mlpgen {
namespace {

[[noreturn]] void report_and_exit(int report, GuardReport r) {
  r.ended = true;
  [[maybe_unused]] ssize_t n = write(report, &r, sizeof r);
  _exit(0);
}

// Ends without a report.
[[noreturn]] void end_with_children(pid_t group) {
  kill_children(group);
  _exit(1);
}

// Looks for the command's end; true when it has ended and `r` says how. Where the system does not
// say, the guard ends with all its children, as if it were killed.
bool reap(pid_t child, GuardReport& r) {
  for (;;) {
    int status = 0;
    struct rusage used {};
    pid_t pid = wait4(-1, &status, WNOHANG, &used);
    if (pid < 0 && errno == EINTR) continue;
    if (pid < 0) end_with_children(child);
    if (pid == 0) return false;
    if (pid != child) continue;
    auto seconds = [](const struct timeval& t) {
      return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) * 1e-6;
    };
    r.wait_status = status;
    r.cpu_s = seconds(used.ru_utime) + seconds(used.ru_stime);
    r.max_rss_kib = used.ru_maxrss;
    return true;
  }
}

void wait_for(pid_t child, pid_t runner, const sigset_t& watched, GuardReport& r) {
  while (!reap(child, r)) {
    int sig = sigwaitinfo(&watched, nullptr);
    bool runner_died = getppid() != runner;
    if (runner_died) end_with_children(child);
    if (sig == SIGTERM) kill(-child, SIGTERM);
  }
}

}  // namespace

void kill_children(pid_t group) {
  std::string children = "/proc/self/task/" + std::to_string(getpid()) + "/children";
  for (;;) {
    if (group > 0) kill(-group, SIGKILL);
    std::ifstream list(children);
    bool known = list.is_open();
    pid_t child = 0;
    while (list >> child) kill(child, SIGKILL);
    int status = 0;
    if (!known && waitpid(-1, &status, WNOHANG) <= 0) return;
    if (known && waitpid(-1, &status, 0) < 0 && errno != EINTR) return;
  }
}

void guard_command(const Command& command, pid_t runner, const GuardPipes& pipes) {
  sigset_t watched;
  sigfillset(&watched);
  sigprocmask(SIG_SETMASK, &watched, nullptr);
  prctl(PR_SET_NAME, kGuardName);
  setpgid(0, 0);  // a kill of the runner's whole group leaves the guard to do its work
  prctl(PR_SET_PDEATHSIG, SIGTERM);
  prctl(PR_SET_CHILD_SUBREAPER, 1);
  if (getppid() != runner) _exit(1);
  GuardReport r;
  pid_t child = 0;
  r.exec_error = spawn({command, pipes.output, pipes.output, true, pipes.life}, child);
  if (r.exec_error) report_and_exit(pipes.report, r);
  close(pipes.output);
  r.group = child;
  [[maybe_unused]] ssize_t n = write(pipes.report, &r, sizeof r);
  sigset_t reasons;
  sigemptyset(&reasons);
  sigaddset(&reasons, SIGCHLD);
  sigaddset(&reasons, SIGTERM);
  wait_for(child, runner, reasons, r);
  kill_children(child);
  report_and_exit(pipes.report, r);
}

}  // namespace mlpgen
