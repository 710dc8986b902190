// The runner's side: starts the guard, passes output on, passes signals down.
#include "process/guarded.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <utility>

#include "process/guard.h"
#include "process/spawn.h"

namespace mlpgen {
namespace {

int64_t now_ns() {
  return std::chrono::nanoseconds(std::chrono::steady_clock::now().time_since_epoch()).count();
}

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

// The runner's part in one command: passes its output on, hears what the guard tells, and stops the
// command when this process is told to stop. Nothing here waits for the guard alone: it may have
// been killed or stopped.
class Watch {
 public:
  Watch(const Command& command, pid_t guard, int output, int report, const StopSignals& signals,
        const std::function<void(std::string_view)>& take, const Pauses& pauses)
      : most_output_(command.most_output),
        end_ns_(command.seconds ? now_ns() + command.seconds * int64_t{1'000'000'000} : 0),
        guard_(guard),
        output_(output),
        report_(report),
        signals_(signals),
        take_(take),
        pause_(pauses) {
    fcntl(output_, F_SETFL, O_NONBLOCK);
  }

  // Returns when the guard has gone, and with it every process of the command. One that ended while
  // it was being stopped for another has the machine again, unless this process is told to end.
  void follow() {
    while (!trouble_ && (!guard_gone_ || !(pause_.running() || interrupted_by_))) {
      struct pollfd fds[3] = {{signals_.descriptor(), POLLIN, 0},
                              {guard_gone_ ? -1 : report_, POLLIN, 0},
                              {output_ended_ ? -1 : output_, POLLIN, 0}};
      if (poll(fds, 3, milliseconds_to_wait()) < 0) {
        note_trouble();
        continue;
      }
      if (fds[0].revents) stop(signals_.next());
      if (milliseconds_to_next_step() == 0) stop_harder();
      look_for_end();
      look_for_pause();
      if (fds[2].revents) pass_on();
      if (fds[1].revents) hear();
    }
    if (trouble_) kill(guard_, SIGKILL);
    while (waitpid(guard_, nullptr, 0) < 0 && note_trouble()) {
    }
    if (!last_.ended) kill_children(last_.group);  // the guard could not; its children are ours now
    pass_on();
    stop(signals_.next());
  }

  const GuardReport& report() const { return last_; }
  int trouble() const { return trouble_; }  // errno, where the command could not be waited for

  void add_to(Outcome& outcome) const {
    outcome.interrupted_by = interrupted_by_;
    outcome.pauses = pause_.count();
    outcome.too_long = too_long_;
    outcome.too_much = too_much_;
  }

 private:
  // After SIGTERM to the group: SIGKILL, then the guard itself, which may be stopped.
  static constexpr int64_t kGrace_ns[] = {2'000'000'000, 1'000'000'000};

  // Whether the call that failed just now was only interrupted.
  bool note_trouble() {
    if (errno != EINTR) trouble_ = errno;
    return errno == EINTR;
  }

  static int milliseconds_to(int64_t moment_ns) {
    if (moment_ns == 0) return -1;
    return static_cast<int>(std::max<int64_t>(0, moment_ns - now_ns()) / 1'000'000);
  }
  int milliseconds_to_next_step() const { return milliseconds_to(next_step_ns_); }

  int milliseconds_to_wait() const {
    if (next_step_ns_) return milliseconds_to_next_step();
    return pause_.possible() ? Pause::kLookEvery_ms : milliseconds_to(end_ns_);
  }

  // Nothing is asked of a command that took too long, or said too much.
  void look_for_end() {
    if (next_step_ns_ || guard_gone_) return;
    too_long_ = milliseconds_to(end_ns_) == 0;
    too_much_ = !too_long_ && most_output_ && came_ > most_output_;
    if (too_long_ || too_much_) stop_harder();
  }

  void look_for_pause() {
    if (!pause_.possible() || interrupted_by_) return;
    int64_t now = now_ns();
    if (now < next_look_ns_) return;
    pause_.look(last_.group);
    next_look_ns_ = now + Pause::kLookEvery_ms * 1'000'000;
  }

  // What is stopped does not go on beside a measurement, to end itself.
  void stop(int signal_number) {
    if (!signal_number) return;
    interrupted_by_ = signal_number;
    if (next_step_ns_ || guard_gone_) return;
    if (last_.group) kill(-last_.group, pause_.running() ? SIGTERM : SIGKILL);
    next_step_ns_ = now_ns() + kGrace_ns[0];
  }

  void stop_harder() {
    bool again = std::exchange(group_killed_, true);
    if (last_.group) kill(-last_.group, SIGKILL);
    if (again) kill(guard_, SIGKILL);
    next_step_ns_ = now_ns() + kGrace_ns[1];
  }

  void hear() {
    GuardReport r;
    ssize_t n = read(report_, &r, sizeof r);
    if (n < 0 && errno == EINTR) return;
    if (n == sizeof r) {
      last_ = r;
      if (interrupted_by_ && !r.ended) kill(-r.group, SIGTERM);
    } else {
      guard_gone_ = true;
    }
  }

  void pass_on() {
    char buffer[1 << 16];
    while (!output_ended_) {
      ssize_t n = read(output_, buffer, sizeof buffer);
      if (n < 0 && errno == EAGAIN) return;
      if (n < 0 && note_trouble()) continue;
      if (n < 0) return;
      if (n == 0) output_ended_ = true;
      came_ += static_cast<size_t>(n);
      take_({buffer, static_cast<size_t>(n)});
      if (n > 0 && !guard_gone_) return;  // one that writes without end must not hide a signal
    }
  }

  size_t most_output_, came_ = 0;  // bytes
  int64_t end_ns_;                 // when it has taken too long; 0: never
  bool too_long_ = false, too_much_ = false;
  pid_t guard_;
  int output_, report_;
  const StopSignals& signals_;
  const std::function<void(std::string_view)>& take_;
  GuardReport last_;
  bool guard_gone_ = false, output_ended_ = false, group_killed_ = false;
  int interrupted_by_ = 0, trouble_ = 0;
  int64_t next_step_ns_ = 0;  // when to stop harder; 0: not told to stop
  int64_t next_look_ns_ = 0;  // when to ask again whether another needs the machine
  Pause pause_;
};

}  // namespace

Result<Outcome> run_guarded(const Command& command,
                            const std::function<void(std::string_view)>& output,
                            const Pauses& pauses) {
  Pipe out, report, life;
  if (!out.open() || !report.open() || !life.open())
    return cannot_be(command.argv[0], "started", errno);
  StopSignals signals;
  prctl(PR_SET_CHILD_SUBREAPER, 1);  // what a guard leaves that was killed comes to this process
  pid_t runner = getpid();
  pid_t guard = fork();
  if (guard < 0) return cannot_be(command.argv[0], "started", errno);
  if (guard == 0) {
    out.close_end(0);
    report.close_end(0);
    guard_command(command, runner, {out.ends[1], report.ends[1], life.ends[0]});
  }
  out.close_end(1);
  report.close_end(1);
  life.close_end(0);
  Watch watch(command, guard, out.ends[0], report.ends[0], signals, output, pauses);
  watch.follow();
  const GuardReport& r = watch.report();
  if (watch.trouble()) return cannot_be(command.argv[0], "waited for", watch.trouble());
  if (r.ended && r.exec_error) return cannot_be(command.argv[0], "started", r.exec_error);
  Outcome outcome;
  watch.add_to(outcome);
  outcome.wait_status =
      r.ended ? r.wait_status : SIGKILL;  // the guard was killed, and the command with it
  outcome.cpu_s = r.cpu_s;
  outcome.max_rss_kib = r.max_rss_kib;
  return outcome;
}

void end_by_signal(int signal_number) {
  signal(signal_number, SIG_DFL);
  raise(signal_number);
  _exit(128 + signal_number);
}

}  // namespace mlpgen
