#include "store/place.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <filesystem>

#include "file/file.h"
#include "store/temporary.h"

using namespace mlpgen;

namespace {

unsigned mode_of(const std::string& path) {
  struct stat st {};
  return stat(path.c_str(), &st) == 0 ? st.st_mode & 0777 : 0;
}

}  // namespace

TEST_CASE("a read-only file may share its inode, a writable one never does") {
  TemporaryFolder dir = std::move(
      *TemporaryFolder::make(std::filesystem::temp_directory_path() / "mlpgen-place-test"));
  std::string fixed = dir.path() + "/fixed", open = dir.path() + "/open";
  REQUIRE(write_file(fixed, "bytes", 0444).ok());
  REQUIRE(write_file(open, "bytes", 0755).ok());
  REQUIRE(place_file(fixed, dir.path() + "/a").ok());
  Result<Placement> how = place_file(open, dir.path() + "/b");
  REQUIRE(how.ok());
  CHECK(*how != Placement::kHardLink);
  Result<Placement> copied = copy_file(fixed, dir.path() + "/c");
  REQUIRE(copied.ok());
  CHECK(*copied != Placement::kHardLink);
  for (const char* name : {"/a", "/b", "/c"}) CHECK(*read_file(dir.path() + name) == "bytes");
  CHECK(stamp_of(dir.path() + "/b")->inode != stamp_of(open)->inode);
  CHECK(mode_of(dir.path() + "/a") == 0444);
  CHECK(mode_of(dir.path() + "/b") == 0755);
}

TEST_CASE("a name that is taken stays as it was") {
  TemporaryFolder dir = std::move(
      *TemporaryFolder::make(std::filesystem::temp_directory_path() / "mlpgen-place-test"));
  REQUIRE(write_file(dir.path() + "/from", "new", 0444).ok());
  REQUIRE(write_file(dir.path() + "/to", "old").ok());
  CHECK_FALSE(place_file(dir.path() + "/from", dir.path() + "/to").ok());
  CHECK(*read_file(dir.path() + "/to") == "old");
  CHECK_FALSE(place_file(dir.path() + "/absent", dir.path() + "/x").ok());
  CHECK_FALSE(exists(dir.path() + "/x"));
  CHECK_FALSE(place_file(dir.path(), dir.path() + "/x").ok());
}
