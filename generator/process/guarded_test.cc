#include "process/guarded.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>

#include "base/test_folder.h"
#include "file/file.h"

using namespace mlpgen;

namespace {

Result<Outcome> shell(const std::string& script, std::string* shown = nullptr) {
  Command c{{"/bin/sh", "-c", script}, {"PATH=/usr/bin:/bin", "A=b"}, {}};
  return run_guarded(c, [&](std::string_view text) {
    if (shown) *shown += text;
  });
}

bool alive(const std::string& pid_file) {
  Result<std::string> pid = read_file(pid_file);
  // The shell makes the file before it writes the number.
  return pid && !pid->empty() && kill(std::stoi(*pid), 0) == 0;
}

}  // namespace

TEST_CASE("output of both streams comes, the environment is only what was given, stdin is empty") {
  std::string shown;
  Result<Outcome> o =
      shell("echo out; echo err >&2; env | grep -v -e PWD -e SHLVL -e '^_=' -e PATH; cat; exit 3",
            &shown);
  REQUIRE(o.ok());
  CHECK(shown == "out\nerr\nA=b\n");
  CHECK(describe_status(o->wait_status) == "exit status 3");
  CHECK(describe_status(shell("kill -9 $$")->wait_status) == "killed by signal 9 (Killed)");
}

TEST_CASE("cpu time and memory are those of the command") {
  Result<Outcome> o = shell("i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done");
  REQUIRE(o.ok());
  CHECK(o->cpu_s > 0.01);
  CHECK(o->max_rss_kib > 100);
}

TEST_CASE("a command that cannot start says why") {
  Result<Outcome> o = run_guarded({{"/no/such/program"}, {}, {}}, [](std::string_view) {});
  REQUIRE_FALSE(o.ok());
  CHECK(o.error().message == "/no/such/program cannot be started: No such file or directory");
}

TEST_CASE("nothing that a command started is left, not even what left its group") {
  TestFolder folder;
  Result<Outcome> o = shell(
      "sleep 100 & echo $! > one; setsid sh -c 'echo $$ > two; exec sleep 100' & "
      "while [ ! -s two ]; do :; done; exit 0");
  REQUIRE(o.ok());
  CHECK(o->ok());
  CHECK_FALSE(alive("one"));
  CHECK_FALSE(alive("two"));
}

TEST_CASE("SIGTERM stops a command, also one that does not listen") {
  TestFolder folder;
  pid_t runner = fork();
  if (runner == 0) {
    Result<Outcome> o = shell("trap '' TERM; echo $$ > pid; while :; do sleep 1; done");
    _exit(o && o->interrupted_by == SIGTERM && !o->ok() ? 0 : 1);
  }
  while (!alive("pid")) usleep(10'000);
  kill(runner, SIGTERM);
  int status = -1;
  waitpid(runner, &status, 0);
  CHECK(status == 0);
  CHECK_FALSE(alive("pid"));
}

TEST_CASE("a command dies with a runner that is killed, and so do its children") {
  TestFolder folder;
  pid_t runner = fork();
  if (runner == 0) {
    [[maybe_unused]] Result<Outcome> o =
        shell("sh -c 'echo $$ > inner; exec sleep 100' & echo $$ > outer; wait");
    _exit(0);
  }
  while (!alive("inner") || !alive("outer")) usleep(10'000);
  kill(runner, SIGKILL);
  waitpid(runner, nullptr, 0);
  for (int i = 0; i < 500 && (alive("inner") || alive("outer")); ++i) usleep(10'000);
  CHECK_FALSE(alive("inner"));
  CHECK_FALSE(alive("outer"));
}

namespace {

// The processes of a command that starts a child in its group and one that left it, with their
// runner and guard. `script` is what the command does then.
struct Chain {
  TestFolder folder;
  pid_t runner = -1;

  explicit Chain(const std::string& script = "wait") {
    runner = fork();
    if (runner == 0) {
      Result<Outcome> o = shell(
          "echo $PPID > guard; sleep 1000 & echo $! > child; "
          "setsid sh -c 'echo $$ > left; exec sleep 1000' & "
          "echo $$ > command; " +
          script);
      _exit(o && !o->ok() ? (o->interrupted_by ? 2 : 3) : 0);
    }
    for (const char* name : {"guard", "child", "left", "command"})
      while (!alive(name)) usleep(1000);
  }
  pid_t process(const char* name) const { return std::stoi(*read_file(name)); }
  int wait() const {
    int status = -1;
    waitpid(runner, &status, 0);
    return status;
  }
  bool nothing_is_left() const {
    return !alive("child") && !alive("left") && !alive("command") && !alive("guard");
  }
};

}  // namespace

TEST_CASE("where the guard is killed the runner ends, and nothing is left") {
  Chain chain;
  kill(chain.process("guard"), SIGKILL);
  CHECK(WEXITSTATUS(chain.wait()) == 3);
  CHECK(chain.nothing_is_left());
}

TEST_CASE("a signal stops the command also where the guard is stopped, or the command") {
  for (const char* stopped : {"guard", "command"}) {
    Chain chain;
    kill(chain.process(stopped), SIGSTOP);
    kill(chain.runner, SIGINT);
    CHECK(WEXITSTATUS(chain.wait()) == 2);
    CHECK(chain.nothing_is_left());
  }
}

TEST_CASE("the runner itself ends the group of a command that does not listen") {
  Chain chain("trap '' TERM; while :; do sleep 1; done");
  kill(chain.process("guard"), SIGSTOP);
  kill(chain.runner, SIGTERM);
  CHECK(WEXITSTATUS(chain.wait()) == 2);
  CHECK(chain.nothing_is_left());
}

TEST_CASE("runner and guard killed together: the kernel kills the group") {
  Chain chain;
  kill(chain.process("guard"), SIGSTOP);  // neither can do anything any more
  kill(chain.runner, SIGKILL);
  kill(chain.process("guard"), SIGKILL);
  chain.wait();
  for (int i = 0; i < 2000 && (alive("child") || alive("command")); ++i) {
    usleep(10'000);
    while (waitpid(-1, nullptr, WNOHANG) > 0) {  // run_guarded made this process a subreaper
    }
  }
  CHECK_FALSE(alive("child"));
  CHECK_FALSE(alive("command"));
  kill(chain.process("left"), SIGKILL);
}

// This program as a command: its child waits between vfork and what would be exec, then it goes on
// alone until there is a file `go`.
[[maybe_unused]] const bool kIsCommand = [] {
  if (!std::getenv("VFORK_AND_WAIT")) return false;
  std::ofstream("parent") << getpid();
  pid_t child = vfork();
  if (child == 0) {
    close(open("child", O_CREAT | O_WRONLY | O_CLOEXEC, 0644));
    poll(nullptr, 0, 400);
    _exit(0);
  }
  while (!exists("go")) usleep(1000);
  _exit(0);
}();

TEST_CASE("one that waits for its child in the kernel counts as stopped when it is stopped") {
  TestFolder folder;
  std::string state;
  Pauses pauses{[&] { return state.empty() && exists("child"); },
                [&] {
                  std::ifstream stat("/proc/" + *read_file("parent") + "/stat");
                  std::string line;
                  std::getline(stat, line);
                  state = line.substr(line.rfind(") ") + 2, 1);
                },
                [&] {
                  folder.put("go", "");
                  return true;
                }};
  Command c{{"/proc/self/exe"}, {"VFORK_AND_WAIT=yes"}, {}};
  Result<Outcome> o = run_guarded(
      c, [](std::string_view) {}, pauses);
  REQUIRE(o.ok());
  CHECK(o->ok());
  CHECK(state == "T");
}

TEST_CASE("a command stops while another needs the machine, whatever it started, and goes on") {
  TestFolder folder;
  bool wanted = true, stopped = false;
  int looks = 0;
  Pauses pauses{[&] { return wanted && exists("child"); },
                [&] {
                  stopped = true;
                  wanted = false;
                },
                [&] {
                  if (++looks == 1) folder.put("go", "");  // which nothing sees that is stopped
                  return looks == 4 && !exists("seen");
                }};
  Command c{{"/bin/sh", "-c",
             "sh -c 'echo > child; while [ ! -e go ]; do sleep 0.01; done; echo > seen' & wait"},
            {"PATH=/usr/bin:/bin"},
            {}};
  Result<Outcome> o = run_guarded(
      c, [](std::string_view) {}, pauses);
  REQUIRE(o.ok());
  CHECK(o->ok());
  CHECK(o->pauses == 1);
  CHECK(stopped);
  CHECK(looks == 4);
  CHECK(exists("seen"));
}
