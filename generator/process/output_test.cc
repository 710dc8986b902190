#include "process/output.h"

#include <doctest/doctest.h>
#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>

using namespace mlpgen;

namespace {

Output shell(const std::string& script, int seconds = 600) {
  return *run_command({"/bin/sh", "-c", script}, seconds);
}

bool is_there(const std::string& pid) { return kill(std::atoi(pid.c_str()), 0) == 0; }

}  // namespace

TEST_CASE("a command's output and exit status are taken") {
  CHECK(shell("echo out; echo err >&2; exit 3").text == "out\nerr\n");
  CHECK(shell("exit 3").status == 3);
  CHECK(shell("kill -9 $$").signal == SIGKILL);
  CHECK(shell("exec >&- 2>&-; sleep 0.1; exit 4").status == 4);  // its output ends before it does
}

TEST_CASE("a command that cannot be started is an error that says why") {
  CHECK(run_command({"/no/such/program"}).error().number == ENOENT);
  CHECK(run_command({"/"}).error().number == EACCES);
  CHECK(run_command({"/etc/hostname/program"}).error().message ==
        "/etc/hostname/program cannot be started: Not a directory");
}

TEST_CASE("a command that never ends is ended with its children") {
  Output out = shell("sleep 1000 & echo $!; exec sleep 1000", 1);
  CHECK(out.status == -1);
  CHECK(out.too_long);
  CHECK_FALSE(out.text.empty());
  CHECK_FALSE(is_there(out.text));
  out = shell("setsid sh -c 'echo $$; exec sleep 1000' & exec sleep 1000", 1);  // it left the group
  CHECK(out.status == -1);
  CHECK_FALSE(out.text.empty());
  CHECK_FALSE(is_there(out.text));
}

TEST_CASE("a child that holds the output open is not waited for") {
  Output out = shell("sleep 1000 & echo $!");
  CHECK(out.status == 0);
  CHECK_FALSE(out.text.empty());
  CHECK_FALSE(is_there(out.text));
}

TEST_CASE("a command that prints without end is ended") {
  Output out = *run_command({"/bin/cat", "/dev/zero"}, 600);
  CHECK(out.status == -1);
  CHECK(out.text.size() < 2 * kMostOutput);
  CHECK_FALSE(out.too_long);
}
