#include "file/file.h"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>

#include "file/digest.h"

using namespace mlpgen;

TEST_CASE("a file with the same bytes keeps its mtime") {
  std::string dir =
      std::filesystem::temp_directory_path() / ("mlpgen-file-" + std::to_string(getpid()));
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

TEST_CASE("a text in pieces is written only where it differs, and from its beginning") {
  std::string dir =
      std::filesystem::temp_directory_path() / ("mlpgen-pieces-" + std::to_string(getpid()));
  REQUIRE(make_directories(dir).ok());
  std::string path = dir + "/x";
  auto text = [](std::vector<std::string> pieces) {
    return Pieces([pieces = std::move(pieces)](const Pieces::Take& take) {
      for (const std::string& p : pieces) take(p);
    });
  };
  CHECK(*write_file_if_changed(path, text({"one", "two", "three"})));
  CHECK(*read_file(path) == "onetwothree");
  FileStamp before = *stamp_of(path);
  CHECK_FALSE(*write_file_if_changed(path, text({"onet", "wothree"})));
  CHECK(*stamp_of(path) == before);
  CHECK(*write_file_if_changed(path, text({"one", "two", "four", "five"})));  // differs late
  CHECK(*read_file(path) == "onetwofourfive");
  CHECK(*write_file_if_changed(path, text({"one", "two"})));  // the old one is longer
  CHECK(*read_file(path) == "onetwo");
  CHECK(*write_file_if_changed(path, text({"one", "two", "more"})));  // the old one is shorter
  CHECK(*read_file(path) == "onetwomore");
  CHECK(*write_file_if_changed(path, text({})));
  CHECK(*read_file(path) == "");
  CHECK_FALSE(write_file_if_changed(dir + "/no/such", text({"x"})).ok());
  for (const auto& left : std::filesystem::directory_iterator(dir)) CHECK(left.path() == path);
  std::filesystem::remove_all(dir);
}

TEST_CASE("a link that waits at a temporary name that could be guessed is not written through") {
  std::string dir =
      std::filesystem::temp_directory_path() / ("mlpgen_file_link." + std::to_string(getpid()));
  std::filesystem::create_directory(dir);
  std::string path = dir + "/f";
  REQUIRE(write_file(dir + "/precious", "text").ok());
  std::filesystem::create_symlink("precious", path + ".tmp." + std::to_string(getpid()));
  REQUIRE(write_file(path, "new").ok());
  CHECK(*read_file(dir + "/precious") == "text");
  CHECK(*read_file(path) == "new");
  std::filesystem::remove_all(dir);
}

TEST_CASE("a FIFO and a device are refused and not waited for") {
  std::string dir =
      std::filesystem::temp_directory_path() / ("mlpgen-fifo-" + std::to_string(getpid()));
  REQUIRE(make_directories(dir).ok());
  std::string fifo = dir + "/fifo";
  REQUIRE(mkfifo(fifo.c_str(), 0600) == 0);
  CHECK(read_file(fifo).error().message == fifo + " cannot be read: it is a FIFO, not a file");
  CHECK(sha256_file(fifo).error().message == fifo + " cannot be read: it is a FIFO, not a file");
  CHECK(read_file("/dev/zero").error().message ==
        "/dev/zero cannot be read: it is a device, not a file");
  CHECK(sha256_file("/dev/zero").error().message ==
        "/dev/zero cannot be read: it is a device, not a file");
  CHECK(read_file(dir).error().message == dir + " cannot be read: Is a directory");
  CHECK(*write_file_if_changed(fifo, Pieces([](const Pieces::Take& take) { take("text"); })));
  CHECK(*read_file(fifo) == "text");
  std::filesystem::remove_all(dir);
}

TEST_CASE("only what is not there is nothing; what cannot be looked at is an error") {
  namespace fs = std::filesystem;
  std::string dir = fs::temp_directory_path() / ("mlpgen-look-" + std::to_string(getpid()));
  REQUIRE(make_directories(dir + "/folder").ok());
  REQUIRE(write_file(dir + "/file", "x").ok());
  fs::create_symlink("loop", dir + "/loop");
  fs::create_symlink("none", dir + "/dangling");
  CHECK(*look_at(dir + "/folder") == PathKind::kFolder);
  CHECK(*look_at(dir + "/file") == PathKind::kOther);
  for (const char* nothing : {"/none", "/none/x", "/file/x", "/dangling"})
    CHECK(*look_at(dir + nothing) == PathKind::kNothing);
  CHECK(look_at(dir + "/loop").error().number == ELOOP);
  CHECK(may_be_there(dir + "/loop"));
  CHECK_FALSE(may_be_there(dir + "/none"));
  CHECK(*folder_names(dir) == std::vector<std::string>{"dangling", "file", "folder", "loop"});
  CHECK(folder_names(dir + "/none")->empty());
  CHECK(folder_names(dir + "/loop").error().number == ELOOP);
  fs::create_directory(dir + "/a\x01");
  CHECK(folder_names(dir).error().message.find("control byte 01: a?") != std::string::npos);
  fs::remove_all(dir);
}
