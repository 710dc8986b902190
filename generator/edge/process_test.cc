#include "edge/process.h"

#include <doctest/doctest.h>
#include <signal.h>
#include <sys/wait.h>

#include "base/file.h"
#include "edge/test_folder.h"

using namespace mlpgen;

namespace {

Result<Outcome> shell(const std::string& script, std::string* shown = nullptr) {
  Command c{{"/bin/sh", "-c", script}, {"PATH=/usr/bin:/bin", "A=b"}, "", {}};
  return run_command(c, [&](std::string_view text) {
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
  Result<Outcome> o = run_command({{"/no/such/program"}, {}, "", {}}, [](std::string_view) {});
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
