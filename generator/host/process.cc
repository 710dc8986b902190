// A short command through posix_spawn, in a process group of its own.
#include "host/process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "base/descriptor.h"

namespace mlpgen {
namespace {

using Clock = std::chrono::steady_clock;
constexpr int kLook = 20;  // ms between two looks whether the command ended

Error failed(const std::string& program, const std::string& what, int number) {
  bool of_file = number == ENOENT || number == ENOEXEC || number == EACCES || number == ELIBBAD;
  return Error{program + " cannot be " + what + ": " + std::strerror(number),
               of_file ? "look at it, and at the program that its first line names: `ls -l " + program + "`"
                       : "see `ulimit -a`, and what else runs on this machine",
               number};
}

// A command that was started, until it was waited for.
class Started {
 public:
  Started(const std::string& program, pid_t pid, int output) : program_(program), pid_(pid), output_(output) {}

  // Takes what it prints until it ended; a child that it left may hold the pipe open. False when it
  // took too long or printed too much.
  Result<bool> follow(int seconds, std::string& text) const {
    Clock::time_point end = Clock::now() + std::chrono::seconds(seconds);
    bool open = true;
    while (Clock::now() < end && text.size() <= kMostOutput) {
      Result<bool> ended = has_ended();
      if (!ended) return ended;
      Result<bool> ready = open ? is_ready(*ended ? 0 : kLook) : false;
      if (!ready) return ready;
      if (*ready) {
        Result<bool> more = take(text);
        if (!more) return more;
        open = *more;
      } else if (*ended) {
        return true;
      } else if (!open) {
        usleep(1000);
      }
    }
    return false;
  }

  // Its wait status, after its whole group was killed: until it is waited for its number is no other's.
  Result<int> end() const {
    kill(-pid_, SIGKILL);
    int status = 0;
    while (waitpid(pid_, &status, 0) < 0)
      if (errno != EINTR) return failed(program_, "waited for", errno);
    return status;
  }

 private:
  Result<bool> has_ended() const {
    siginfo_t info{};
    if (waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED | WNOHANG | WNOWAIT) == 0) return info.si_pid == pid_;
    if (errno == EINTR) return false;
    return failed(program_, "waited for", errno);
  }

  Result<bool> is_ready(int milliseconds) const {
    pollfd ready{output_, POLLIN, 0};
    int count = poll(&ready, 1, milliseconds);
    if (count >= 0 || errno == EINTR) return count > 0;
    return failed(program_, "waited for", errno);
  }

  // Takes what is in the pipe now; false at its end.
  Result<bool> take(std::string& text) const {
    std::array<char, 1 << 14> block;
    ssize_t n = read(output_, block.data(), block.size());
    if (n > 0) text.append(block.data(), static_cast<size_t>(n));
    if (n >= 0 || errno == EINTR) return n != 0;
    return failed(program_, "listened to", errno);
  }

  const std::string& program_;
  pid_t pid_;
  int output_;
};

// Ends what left the command's process group: orphans come to this process while it is their subreaper.
class Orphans {
 public:
  Orphans() { prctl(PR_SET_CHILD_SUBREAPER, 1); }
  ~Orphans() {
    while (end_children())
      if (waitpid(-1, nullptr, 0) < 0 && errno != EINTR) break;
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

std::vector<char*> pointers(std::vector<std::string>& words) {
  std::vector<char*> all;
  for (std::string& word : words) all.push_back(word.data());
  all.push_back(nullptr);
  return all;
}

std::vector<std::string> environment_in_english() {
  std::vector<std::string> all = {"LC_ALL=C.UTF-8"};
  for (char** variable = environ; *variable; ++variable)
    if (std::strncmp(*variable, "LC_ALL=", 7) != 0) all.emplace_back(*variable);
  return all;
}

// Its output goes to `output`; errno where it could not be started, else 0.
int spawn(std::vector<std::string> argv, int output, pid_t& pid) {
  std::vector<std::string> env = environment_in_english();
  posix_spawn_file_actions_t files;
  posix_spawnattr_t group;
  posix_spawn_file_actions_init(&files);
  posix_spawnattr_init(&group);
  posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&files, output, STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&files, output, STDERR_FILENO);
  posix_spawnattr_setflags(&group, POSIX_SPAWN_SETPGROUP);
  int why = posix_spawn(&pid, argv[0].c_str(), &files, &group, pointers(argv).data(), pointers(env).data());
  posix_spawnattr_destroy(&group);
  posix_spawn_file_actions_destroy(&files);
  return why;
}

}  // namespace

Result<Output> run_command(const std::vector<std::string>& argv, int seconds) {
  const std::string& program = argv.front();
  Orphans orphans;
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return failed(program, "started", errno);
  Descriptor source(ends[0]), sink(ends[1]);
  pid_t pid = 0;
  if (int why = spawn(argv, sink.fd, pid); why != 0) return failed(program, "started", why);
  sink.close_now();
  Output out;
  Started started(program, pid, source.fd);
  Result<bool> done = started.follow(seconds, out.text);
  Result<int> status = started.end();
  if (!done) return done.error();
  if (!status) return status.error();
  if (*done && WIFEXITED(*status)) out.status = WEXITSTATUS(*status);
  if (*done && WIFSIGNALED(*status)) out.signal = WTERMSIG(*status);
  out.too_long = !*done && out.text.size() <= kMostOutput;
  return out;
}

}  // namespace mlpgen
