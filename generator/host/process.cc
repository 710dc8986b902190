// A short command through Boost.Process, in a process group of its own.
#include "host/process.h"

#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <utility>  // Boost 1.74 uses std::exchange without it

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wshadow"
#pragma GCC diagnostic ignored "-Wsign-conversion"
#include <boost/process/args.hpp>
#include <boost/process/child.hpp>
#include <boost/process/env.hpp>
#include <boost/process/error.hpp>
#include <boost/process/group.hpp>
#include <boost/process/io.hpp>
#include <boost/process/pipe.hpp>
#pragma GCC diagnostic pop

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <system_error>

namespace bp = boost::process;

namespace mlpgen {
namespace {

using Clock = std::chrono::steady_clock;
constexpr int kLook = 20;  // ms between two looks whether the command ended

bool has_ended(pid_t pid) {
  siginfo_t info{};
  return waitid(P_PID, static_cast<id_t>(pid), &info, WEXITED | WNOHANG | WNOWAIT) != 0 || info.si_pid == pid;
}

// Takes what is in the pipe now; false at its end.
bool take(int fd, std::string& text) {
  std::array<char, 1 << 14> block;
  ssize_t n = read(fd, block.data(), block.size());
  if (n <= 0) return n < 0 && errno == EINTR;
  text.append(block.data(), static_cast<size_t>(n));
  return true;
}

bool is_ready(int fd, int milliseconds) {
  pollfd ready{fd, POLLIN, 0};
  return poll(&ready, 1, milliseconds) > 0;
}

// Until the command ended and its output is taken; a child that it left may hold the pipe open. False when it took too
// long or printed too much.
bool follow(int fd, pid_t pid, int seconds, std::string& text) {
  Clock::time_point end = Clock::now() + std::chrono::seconds(seconds);
  bool open = true;
  while (Clock::now() < end && text.size() <= kMostOutput) {
    bool ended = has_ended(pid);
    if (open && is_ready(fd, ended ? 0 : kLook)) {
      open = take(fd, text);
    } else if (ended) {
      return true;
    } else if (!open) {
      usleep(1000);
    }
  }
  return false;
}

// Ends what left the command's process group: orphans come to this process while it is their subreaper.
class Orphans {
 public:
  Orphans() { prctl(PR_SET_CHILD_SUBREAPER, 1); }
  ~Orphans() {
    while (end_children()) waitpid(-1, nullptr, 0);
    prctl(PR_SET_CHILD_SUBREAPER, 0);
  }
  Orphans(const Orphans&) = delete;
  Orphans& operator=(const Orphans&) = delete;

 private:
  static bool end_children() {
    bool any = false;
    std::error_code why;
    for (std::filesystem::directory_iterator thread("/proc/self/task", why), end; !why && thread != end; thread.increment(why)) {
      std::ifstream list(thread->path() / "children");
      for (pid_t pid = 0; list >> pid; any = true) kill(pid, SIGKILL);
    }
    return any;
  }
};

}  // namespace

Output run_command(const std::vector<std::string>& argv, int seconds) {
  Output out;
  try {
    Orphans orphans;
    bp::environment env = boost::this_process::environment();
    env["LC_ALL"] = "C.UTF-8";
    std::vector<std::string> arguments(argv.begin() + 1, argv.end());
    bp::group group;
    bp::pipe pipe;
    std::error_code why;  // without it a fork that fails makes a child without a number, and no error
    bp::child child(argv.front(), bp::args(arguments), env, group, (bp::std_out & bp::std_err) > pipe, bp::std_in < bp::null, why);
    if (!why && child.id() <= 0) why.assign(errno, std::system_category());  // Boost says nothing of its own pipe
    if (why) throw std::system_error(why);
    close(pipe.native_sink());
    pipe.assign_sink(-1);
    bool done = follow(pipe.native_source(), child.id(), seconds, out.text);
    kill(-child.id(), SIGKILL);  // before it is waited for: until then its number is no other's
    child.wait();
    if (done) out.status = child.exit_code();
    out.too_long = !done && out.text.size() <= kMostOutput;
  } catch (const std::system_error& e) {
    out.text = e.what();
    out.not_started = e.code().value();
  } catch (const boost::system::system_error& e) {
    out.text = e.what();
    out.not_started = e.code().value();
  }
  return out;
}

}  // namespace mlpgen
