#include "machine/lock_holders.h"

#include <doctest/doctest.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/wait.h>

#include <functional>

#include "base/test_folder.h"
#include "file/file.h"
#include "file/lock_file.h"

using namespace mlpgen;

namespace {

// A process that takes the lock, starts `sleep` with it, and is killed; returns the sleep.
pid_t orphan_with(const std::string& path) {
  pid_t taker = fork();
  if (taker == 0) {
    Result<LockFile> lock = LockFile::acquire(path, LOCK_EX, [] {});
    if (fork() == 0) {
      setsid();
      for (int fd = 0; fd < 3; ++fd) close(fd);
      fcntl(lock->descriptor(), F_SETFD, 0);
      std::string me = std::to_string(getpid());
      (void)write_file("orphan", me);
      execl("/bin/sleep", "sleep", "1000", nullptr);
    }
    for (;;) pause();
  }
  while (!exists("orphan")) usleep(1000);
  kill(taker, SIGKILL);
  waitpid(taker, nullptr, 0);
  return std::stoi(*read_file("orphan"));
}

}  // namespace

TEST_CASE("who took a lock is known, and who waits for it is not one of them") {
  TestFolder folder;
  Result<LockFile> lock = LockFile::acquire("l", LOCK_SH, [] {});
  REQUIRE(lock.ok());
  CHECK(lock_takers(locked_file("l")) == std::vector<pid_t>{getpid()});
  pid_t waiter = fork();
  if (waiter == 0) {
    close(lock->descriptor());
    auto waiting = [] { (void)write_file("waits", ""); };
    (void)LockFile::acquire("l", LOCK_EX, waiting);
    _exit(0);
  }
  while (!exists("waits")) usleep(1000);
  CHECK(lock_takers(locked_file("l")) == std::vector<pid_t>{getpid()});
  end_orphans(locked_file("l"));  // this process lives: nothing is killed
  CHECK(LockFile::is_locked("l"));
  *lock = LockFile();
  int status = -1;
  waitpid(waiter, &status, 0);
  CHECK(status == 0);
  CHECK(lock_takers(locked_file("absent")).empty());
}

TEST_CASE("what a killed process left with its lock is killed by who waits for the lock") {
  TestFolder folder;
  pid_t orphan = orphan_with("l");
  CHECK(LockFile::is_locked("l"));
  Result<LockFile> lock = LockFile::acquire("l", LOCK_EX, [] { end_orphans(locked_file("l")); });
  REQUIRE(lock.ok());
  while (is_alive(orphan)) {  // until its new parent reaps it, which may be this process
    usleep(1000);
    waitpid(orphan, nullptr, WNOHANG);
  }
}
