#include "machine/machine_lock.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>

#include "base/test_folder.h"
#include "file/file.h"
#include "file/lock_file.h"
#include "machine/lock_holders.h"
#include "machine/network_file_system.h"
#include "machine/turnstile.h"

using namespace mlpgen;

namespace {

// The machine lock in the test's folder, so that a test never waits for the machine's real one.
struct Machine {
  TestFolder folder;
  std::string path = folder.path() + "/locks/machine";
  Machine() {
    setenv("MLPGEN_MACHINE_LOCK", path.c_str(), 1);
    unsetenv(kHeldVariable);
  }
  ~Machine() {
    unsetenv("MLPGEN_MACHINE_LOCK");
    unsetenv(kHeldVariable);
  }
  bool is_free(int kind) const { return LockFile::try_acquire(path, kind)->held(); }
  bool turnstile_is_free() const { return LockFile::try_acquire(path + ".turn", LOCK_EX)->held(); }
};

pid_t in_child(const std::function<void()>& work) {
  pid_t pid = fork();
  if (pid == 0) {
    work();
    _exit(0);
  }
  return pid;
}

}  // namespace

TEST_CASE("work shares the machine, a measurement does not") {
  Machine m;
  Result<MachineLock> work = MachineLock::acquire(Hold::kShared, "work");
  REQUIRE(work.ok());
  CHECK(m.is_free(LOCK_SH));
  CHECK_FALSE(m.is_free(LOCK_EX));
  work->release();
  Result<MachineLock> measurement = MachineLock::acquire(Hold::kExclusive, "measurement");
  CHECK_FALSE(m.is_free(LOCK_SH));
  measurement->release();
  CHECK(m.is_free(LOCK_EX));
}

TEST_CASE(
    "who holds the lock is known, whatever another user wrote beside it; there is no other file") {
  Machine m;
  Result<MachineLock> lock = MachineLock::acquire(Hold::kExclusive, "app/performance");
  std::string number = std::to_string(getpid());
  std::vector<std::string> holders = machine_lock_holders(m.path);
  REQUIRE(holders.size() == 1);
  CHECK(holders[0].starts_with("app/performance (process " + number + ", since "));
  int turn = open((m.path + ".turn").c_str(), O_RDWR);
  std::string rubbish(1 << 20, '\x1b');
  REQUIRE(write(turn, rubbish.data(), rubbish.size()) > 0);
  close(turn);
  CHECK(machine_lock_holders(m.path) == std::vector<std::string>{"process " + number});
  size_t files = 0;
  for ([[maybe_unused]] const auto& file : std::filesystem::directory_iterator("locks")) ++files;
  CHECK(files == 2);
  lock->release();
  CHECK(machine_lock_holders(m.path).empty());
}

TEST_CASE("a lock file that was removed is noticed by its holder and by who comes next") {
  Machine m;
  Result<MachineLock> first = MachineLock::acquire(Hold::kExclusive, "first");
  CHECK(first->stands().ok());
  std::filesystem::remove(m.path);
  Status gone = first->stands();
  REQUIRE_FALSE(gone.ok());
  CHECK(gone.error().message.find("was removed while this measurement ran") != std::string::npos);
  pid_t later = in_child([&] {
    close(first->descriptor());
    Result<MachineLock> lock = MachineLock::acquire(Hold::kExclusive, "later");
    _exit(exists("measured") ? 0 : 1);
  });
  usleep(200'000);
  m.folder.put("measured", "");
  first->release();
  int status = -1;
  waitpid(later, &status, 0);
  CHECK(status == 0);
}

TEST_CASE("another user notices that both files were removed while they were held") {
  if (getuid() != 0) return;  // only root can become another user
  Machine m;
  Result<MachineLock> first = MachineLock::acquire(Hold::kExclusive, "first");
  REQUIRE(first.ok());
  for (const char* folder : {".", "locks"}) REQUIRE(chmod(folder, 0777) == 0);
  std::filesystem::remove(m.path);
  std::filesystem::remove(m.path + ".turn");
  pid_t later = in_child([&] {
    close(first->descriptor());
    if (setgid(65534) != 0 || setuid(65534) != 0) _exit(2);
    Result<MachineLock> lock = MachineLock::acquire(Hold::kExclusive, "later");
    _exit(!lock.ok() ? 3 : exists("measured") ? 0 : 1);
  });
  while (!exists(m.path + ".turn")) usleep(1000);
  usleep(200'000);
  m.folder.put("measured", "");
  first->release();
  int status = -1;
  waitpid(later, &status, 0);
  CHECK(WEXITSTATUS(status) == 0);
}

TEST_CASE("a relative path is refused: it would be another lock in each run directory") {
  Machine m;
  setenv("MLPGEN_MACHINE_LOCK", "m", 1);
  for (Hold hold : {Hold::kShared, Hold::kExclusive}) {
    Result<MachineLock> refused = MachineLock::acquire(hold, "x");
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().message ==
          "MLPGEN_MACHINE_LOCK is 'm', which names another file in each run directory");
  }
  CHECK_FALSE(exists("m"));
}

TEST_CASE("a symbolic link in the place of either file is refused and not written through") {
  for (const char* file : {"machine", "machine.turn"}) {
    Machine m;
    m.folder.put("precious", "text");
    std::filesystem::create_directory("locks");
    std::filesystem::create_symlink("../precious", std::string("locks/") + file);
    CHECK_FALSE(MachineLock::acquire(Hold::kShared, "x").ok());
    CHECK_FALSE(MachineLock::acquire(Hold::kExclusive, "x").ok());
    CHECK(*read_file("precious") == "text");
  }
}

TEST_CASE("a run inside a lock takes none; a measurement inside shared work is refused") {
  Machine m;
  setenv(kHeldVariable, "shared", 1);
  CHECK_FALSE(MachineLock::acquire(Hold::kShared, "x")->held());
  Result<MachineLock> refused = MachineLock::acquire(Hold::kExclusive, "x");
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().message.find("inside work") != std::string::npos);
  setenv(kHeldVariable, "exclusive", 1);
  CHECK(MachineLock::acquire(Hold::kExclusive, "x").ok());
  CHECK_FALSE(exists(m.path));
}

TEST_CASE("work that comes after a waiting measurement goes behind it") {
  Machine m;
  Result<MachineLock> first = MachineLock::acquire(Hold::kShared, "first");
  pid_t measurement = in_child([&] {
    close(first->descriptor());
    Result<MachineLock> lock = MachineLock::acquire(Hold::kExclusive, "measurement");
    m.folder.put("measured", "");
    usleep(100'000);
  });
  while (m.turnstile_is_free()) usleep(1000);
  pid_t later = in_child([&] {
    close(first->descriptor());
    Result<MachineLock> lock = MachineLock::acquire(Hold::kShared, "later");
    _exit(exists("measured") ? 0 : 1);
  });
  usleep(100'000);
  first->release();
  int status = -1;
  waitpid(measurement, nullptr, 0);
  waitpid(later, &status, 0);
  CHECK(status == 0);
}

TEST_CASE("work gives the machine to a waiting measurement, and has it again only behind it") {
  Machine m;
  Result<MachineLock> fetch = MachineLock::acquire(Hold::kShared, "fetch");
  CHECK_FALSE(fetch->is_wanted());
  pid_t measurement = in_child([&] {
    close(fetch->descriptor());
    Result<MachineLock> lock = MachineLock::acquire(Hold::kExclusive, "measurement");
    m.folder.put("measures", "");
    while (!exists("go")) usleep(1000);
  });
  while (m.turnstile_is_free()) usleep(1000);
  CHECK(fetch->is_wanted());
  CHECK_FALSE(fetch->take_back());
  fetch->lend();
  while (!exists("measures")) usleep(1000);
  CHECK_FALSE(fetch->take_back());
  m.folder.put("go", "");
  waitpid(measurement, nullptr, 0);
  CHECK(fetch->take_back());
  CHECK_FALSE(m.is_free(LOCK_EX));  // it has the lock again
  CHECK_FALSE(fetch->is_wanted());
}

TEST_CASE("network file systems are known by their magic numbers, local ones pass") {
  CHECK(network_file_system(0x6969) == "NFS");
  CHECK(network_file_system(0xff534d42) == "CIFS");
  CHECK(network_file_system(0xfe534d42) == "SMB2");
  CHECK(network_file_system(0x0bd00bd0) == "Lustre");
  CHECK(network_file_system(0xffffffffff534d42) == "CIFS");  // as a 32-bit f_type is sign-extended
  CHECK(network_file_system(0x01021994) == "");              // tmpfs
  CHECK(network_file_system(0xef53) == "");                  // ext4
  CHECK(network_file_system(0x9123683e) == "");              // btrfs
  CHECK(network_file_system(0x794c7630) == "");              // overlay
  CHECK(fuse_over_network("fuse.sshfs"));
  CHECK_FALSE(fuse_over_network("fuse.ntfs-3g"));
}
