#include "base/file.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <filesystem>

using namespace mlpgen;

TEST_CASE("a file with the same bytes keeps its mtime") {
  std::string dir = std::filesystem::temp_directory_path() / ("mlpgen-file-" + std::to_string(getpid()));
  REQUIRE(make_directories(dir).ok());
  std::string path = dir + "/x";
  CHECK(*write_file_if_changed(path, "one"));
  FileStamp before = *stamp_of(path);
  CHECK_FALSE(*write_file_if_changed(path, "one"));
  CHECK(*stamp_of(path) == before);
  CHECK(*write_file_if_changed(path, "two"));
  CHECK(*read_file(path) == "two");
  CHECK_FALSE(write_file(dir + "/no/such", "x").ok());
  std::filesystem::remove_all(dir);
}
