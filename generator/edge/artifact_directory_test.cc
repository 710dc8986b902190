#include "artifact/artifact_directory.h"

#include <doctest/doctest.h>

#include "base/test_folder.h"
#include "edge/check.h"
#include "edge/log.h"
#include "file/file.h"

using namespace mlpgen;
namespace fs = std::filesystem;

namespace {

Step sample(Mode mode = Mode::kWork) {
  Step s;
  s.identity = std::string(64, 'a');
  s.name = "app/x";
  s.directory = "out/app/aaaaaaaaaaaa";
  s.mode = mode;
  return s;
}

size_t in_trash() {
  std::error_code none;
  fs::directory_iterator at(".mlpgen/trash", none);
  return static_cast<size_t>(std::distance(at, fs::directory_iterator()));
}

}  // namespace

TEST_CASE("what Ninja makes of a directory is removed; a person's file is kept") {
  TestFolder folder;
  fs::create_directories("out/app/aaaaaaaaaaaa/sub/sub");
  REQUIRE(clear_place(sample(), false, "w").ok());
  CHECK_FALSE(exists("out/app/aaaaaaaaaaaa"));
  CHECK(in_trash() == 0);
  folder.put("out/app/aaaaaaaaaaaa/sub/mine", "x");
  REQUIRE(clear_place(sample(), false, "w").ok());
  CHECK_FALSE(exists("out/app/aaaaaaaaaaaa"));
  CHECK(in_trash() == 1);
}

TEST_CASE("an outdated artifact is removed, a measurement goes to the trash") {
  TestFolder folder;
  folder.put("out/app/aaaaaaaaaaaa/x", "x");
  REQUIRE(clear_place(sample(), true, "w").ok());
  CHECK(in_trash() == 0);
  folder.put("out/app/aaaaaaaaaaaa/x", "x");
  REQUIRE(clear_place(sample(Mode::kMeasure), true, "w").ok());
  CHECK(in_trash() == 1);
  CHECK_FALSE(exists("out/app/aaaaaaaaaaaa"));
}

TEST_CASE("leftovers of killed runs go, those of other artifacts stay, read-only ones too") {
  TestFolder folder;
  folder.put("out/app/aaaaaaaaaaaa.tmp.1/x/y", "x");
  folder.put("out/app/aaaaaaaaaaaa.tmp.2.old/x", "x");
  folder.put("out/app/bbbbbbbbbbbb.tmp.1/x", "x");
  fs::permissions("out/app/aaaaaaaaaaaa.tmp.1/x", fs::perms::owner_read);
  REQUIRE(remove_leftovers(sample()).ok());
  CHECK_FALSE(exists("out/app/aaaaaaaaaaaa.tmp.1"));
  CHECK_FALSE(exists("out/app/aaaaaaaaaaaa.tmp.2.old"));
  CHECK(exists("out/app/bbbbbbbbbbbb.tmp.1"));
}

TEST_CASE("the temporary directory is new: a link that waits in its place is not followed") {
  TestFolder folder;
  fs::create_directories("elsewhere");
  REQUIRE(make_temporary(sample()).ok());
  REQUIRE(remove_tree(temporary_directory(sample())).ok());
  fs::create_symlink("../../elsewhere", temporary_directory(sample()));
  CHECK_FALSE(make_temporary(sample()).ok());
}

TEST_CASE("outputs are what the step says: written, and a folder only where it says so") {
  TestFolder folder;
  folder.put("t/x", "x");
  folder.put("t/d/y", "y");
  Step s = sample();
  auto why = [&](std::vector<std::string> outputs) {
    s.outputs = std::move(outputs);
    Result<std::vector<PathNote>> notes = note_outputs(s, "t");
    return notes ? std::string() : notes.error().message;
  };
  CHECK(why({"x", "d/"}) == "");
  CHECK(why({"x", "z"}) == "the command ended well but its output z was not written");
  CHECK(why({"d"}) == "its output d is a folder, not a file");
  CHECK(why({"x/"}) == "its output x/ is a file, not a folder");
}

TEST_CASE("the last lines of a log") {
  TestFolder folder;
  folder.put("log", "1\n2\n3\n");
  CHECK(last_lines("log", 2) == "2\n3");
  CHECK(last_lines("log", 9) == "1\n2\n3");
  CHECK(last_lines("absent", 2) == "");
}
