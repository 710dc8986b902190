// The runner's side: starts the guard, passes output on, passes signals down.
#include "edge/process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "edge/guard.h"

namespace mlpgen {
namespace {

// The signals that stop a run, taken as something to read while this lives.
class StopSignals {
 public:
  StopSignals() {
    sigset_t set;
    sigemptyset(&set);
    for (int s : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&set, s);
    sigprocmask(SIG_BLOCK, &set, &before_);
    descriptor_ = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
  }
  ~StopSignals() {
    close(descriptor_);
    sigprocmask(SIG_SETMASK, &before_, nullptr);
  }
  StopSignals(const StopSignals&) = delete;
  StopSignals& operator=(const StopSignals&) = delete;

  int descriptor() const { return descriptor_; }
  int next() const {
    struct signalfd_siginfo info {};
    return read(descriptor_, &info, sizeof info) == sizeof info ? static_cast<int>(info.ssi_signo)
                                                                : 0;
  }

 private:
  int descriptor_ = -1;
  sigset_t before_{};
};

struct Pipe {
  int ends[2] = {-1, -1};
  bool open() { return pipe2(ends, O_CLOEXEC) == 0; }
  void close_end(int i) {
    if (ends[i] >= 0) close(ends[i]);
    ends[i] = -1;
  }
  ~Pipe() {
    close_end(0);
    close_end(1);
  }
};

Error cannot_start(const std::string& what, int why) {
  Error e{what + " cannot be started: " + std::strerror(why), ""};
  if (why == ENOENT) e.help = "is it installed? `ls -l " + what + "`";
  if (why == EACCES) e.help = "check that it may be executed: `ls -l " + what + "`";
  return e;
}

// Reads until the command's output has ended; stops the command when this process is told to stop.
void pass_on(int output_end, pid_t guard, const StopSignals& signals, Outcome& outcome,
             const std::function<void(std::string_view)>& output) {
  char buffer[1 << 16];
  for (;;) {
    struct pollfd fds[2] = {{output_end, POLLIN, 0}, {signals.descriptor(), POLLIN, 0}};
    if (poll(fds, 2, -1) < 0) continue;
    if (fds[1].revents) {
      if (int s = signals.next()) {
        kill(guard, SIGTERM);
        outcome.interrupted_by = s;
      }
    }
    if (!fds[0].revents) continue;
    ssize_t n = read(output_end, buffer, sizeof buffer);
    if (n == 0) return;
    if (n > 0) output({buffer, static_cast<size_t>(n)});
  }
}

}  // namespace

Result<Outcome> run_command(const Command& command,
                            const std::function<void(std::string_view)>& output) {
  Pipe out, report;
  if (!out.open() || !report.open()) return cannot_start(command.argv[0], errno);
  StopSignals signals;
  pid_t runner = getpid();
  pid_t guard = fork();
  if (guard < 0) return cannot_start(command.argv[0], errno);
  if (guard == 0) {
    out.close_end(0);
    report.close_end(0);
    guard_command(command, runner, out.ends[1], report.ends[1]);
  }
  out.close_end(1);
  report.close_end(1);
  Outcome outcome;
  pass_on(out.ends[0], guard, signals, outcome, output);
  GuardReport r;
  bool told = read(report.ends[0], &r, sizeof r) == sizeof r;
  int guard_status = 0;
  while (waitpid(guard, &guard_status, 0) < 0 && errno == EINTR) {
  }
  if (int s = signals.next()) outcome.interrupted_by = s;
  if (told && r.exec_error) return cannot_start(command.argv[0], r.exec_error);
  outcome.wait_status =
      told ? r.wait_status : SIGKILL;  // the guard was killed, and the command with it
  outcome.cpu_s = r.cpu_s;
  outcome.max_rss_kib = r.max_rss_kib;
  return outcome;
}

std::string describe_status(int wait_status) {
  if (!WIFSIGNALED(wait_status)) return "exit status " + std::to_string(WEXITSTATUS(wait_status));
  int s = WTERMSIG(wait_status);
  return "killed by signal " + std::to_string(s) + " (" + strsignal(s) + ")";
}

}  // namespace mlpgen
