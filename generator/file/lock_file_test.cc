#include "file/lock_file.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

using namespace mlpgen;
namespace fs = std::filesystem;

namespace {

struct Folder {
  std::string path = (fs::temp_directory_path() / "mlpgen-lock-XXXXXX").string();
  Folder() { REQUIRE(mkdtemp(path.data())); }
  ~Folder() { fs::remove_all(path); }
  std::string operator/(const std::string& name) const { return path + "/" + name; }
};

std::string why_not(const std::string& path, LockedBy by) {
  Result<LockFile> lock = LockFile::try_acquire(path, LOCK_EX, by);
  return lock ? "" : lock.error().message;
}

bool free(const std::string& path) { return LockFile::try_acquire(path, LOCK_EX)->held(); }

}  // namespace

TEST_CASE("one holds a lock, and a file that is not there is not made to see who does") {
  Folder folder;
  CHECK_FALSE(LockFile::is_locked(folder / "l"));
  CHECK_FALSE(fs::exists(folder / "l"));
  {
    Result<LockFile> lock = LockFile::acquire(folder / "l", LOCK_EX, [] {});
    REQUIRE(lock.ok());
    CHECK(LockFile::is_locked(folder / "l"));
    CHECK_FALSE(free(folder / "l"));
  }
  CHECK(free(folder / "l"));
}

TEST_CASE("the folder of a lock is made, also when several make it at the same moment") {
  Folder folder;
  for (int round = 0; round < 200; ++round) {
    int gate[2];
    REQUIRE(pipe(gate) == 0);
    std::string place = folder / std::to_string(round);
    for (int i = 0; i < 4; ++i)
      if (fork() == 0) {
        close(gate[1]);
        char c;
        (void)!read(gate[0], &c, 1);
        _exit(LockFile::try_acquire(place + "/a/b/" + std::to_string(i), LOCK_EX).ok() ? 0 : 1);
      }
    close(gate[0]);
    close(gate[1]);
    int bad = 0;
    for (int status = 0; wait(&status) > 0;) bad += status != 0;
    REQUIRE(bad == 0);
  }
}

TEST_CASE("a symbolic link is never followed, neither to a file nor to nothing") {
  Folder folder;
  std::ofstream(folder / "precious") << "text";
  fs::create_symlink("precious", folder / "l");
  fs::create_symlink("nothing", folder / "dangling");
  for (LockedBy by : {LockedBy::kUser, LockedBy::kEveryUser}) {
    CHECK(why_not(folder / "l", by).ends_with("is a symbolic link, not a lock"));
    CHECK(why_not(folder / "dangling", by).ends_with("is a symbolic link, not a lock"));
  }
  CHECK_FALSE(fs::exists(folder / "nothing"));
}

TEST_CASE("only a regular file is a lock, and for all users only one with a single name") {
  Folder folder;
  REQUIRE(mkfifo((folder / "fifo").c_str(), 0666) == 0);
  CHECK(why_not(folder / "fifo", LockedBy::kEveryUser)
            .ends_with("is not a regular file, so it is no lock"));
  CHECK_FALSE(why_not(folder.path, LockedBy::kEveryUser).empty());
  std::ofstream(folder / "file") << "text";
  fs::create_hard_link(folder / "file", folder / "l");
  CHECK(why_not(folder / "l", LockedBy::kEveryUser).find("hard link") != std::string::npos);
  CHECK(why_not(folder / "l", LockedBy::kUser) == "");
}

TEST_CASE("the lock of all users may be taken by all, whatever the umask") {
  Folder folder;
  mode_t before = umask(077);
  (void)LockFile::try_acquire(folder / "all", LOCK_EX, LockedBy::kEveryUser);
  (void)LockFile::try_acquire(folder / "own", LOCK_EX);
  umask(before);
  auto mode = [&](const char* name) {
    return static_cast<unsigned>(fs::status(folder / name).permissions());
  };
  CHECK(mode("all") == 0666);
  CHECK(mode("own") == 0600);
}

TEST_CASE("who waited for a file that was removed meanwhile takes the one that stands there now") {
  Folder folder;
  Result<LockFile> first = LockFile::acquire(folder / "l", LOCK_EX, [] {});
  REQUIRE(first->stands_at(folder / "l"));
  bool waited = false;
  auto waiting = [&] {
    waited = true;
    fs::remove(folder / "l");
    *first = LockFile();
  };
  Result<LockFile> second = LockFile::acquire(folder / "l", LOCK_EX, waiting);
  REQUIRE(second.ok());
  CHECK(waited);
  CHECK(second->stands_at(folder / "l"));
  CHECK_FALSE(free(folder / "l"));
  fs::remove(folder / "l");
  CHECK_FALSE(second->stands_at(folder / "l"));
}
