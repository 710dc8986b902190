#include "artifact/tree_digest.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include "base/test_folder.h"
#include "file/digest.h"

using namespace mlpgen;
namespace fs = std::filesystem;

namespace {

PathNote noted(const std::string& path) { return **note_of(path, path, {}, Hashing::kAllowed); }

bool known_without_hashing(const std::string& path, const PathNote& before) {
  const PathNote* known[] = {&before};
  return note_of(path, path, known, Hashing::kNever)->has_value();
}

}  // namespace

TEST_CASE("a tree digest changes with each thing that a command could see, and with nothing else") {
  TestFolder folder;
  folder.put("t/a", "1");
  folder.put("t/s/b", "2");
  fs::create_symlink("a", "t/link");
  std::string before = *tree_digest("t");
  auto changed = [&] { return *tree_digest("t") != before; };

  SUBCASE("bytes") {
    folder.put("t/s/b", "3");
    CHECK(changed());
  }
  SUBCASE("name") {
    fs::rename("t/a", "t/c");
    CHECK(changed());
  }
  SUBCASE("a new file") {
    folder.put("t/n", "");
    CHECK(changed());
  }
  SUBCASE("an empty folder") {
    fs::create_directory("t/e");
    CHECK(changed());
  }
  SUBCASE("the text of a link") {
    fs::remove("t/link"), fs::create_symlink("s/b", "t/link");
    CHECK(changed());
  }
  SUBCASE("executable") {
    chmod("t/a", 0755);
    CHECK(changed());
  }
  SUBCASE("mtime") {
    fs::last_write_time("t/a", fs::file_time_type::clock::now());
    CHECK_FALSE(changed());
  }
  SUBCASE("Python's cache") {
    folder.put("t/s/__pycache__/x.pyc", "x");
    CHECK_FALSE(changed());
  }
  SUBCASE("git's index") {
    folder.put("t/.git/HEAD", "h");
    before = *tree_digest("t");
    folder.put("t/.git/index", "x");
    CHECK_FALSE(changed());
  }
  SUBCASE("what the runner notes") {
    folder.put("t/.done", "x");
    CHECK_FALSE(changed());
  }
  SUBCASE("a file of that name further down") {
    folder.put("t/s/.done", "x");
    CHECK(changed());
  }
  SUBCASE("a name that swallows the next one") {
    fs::create_directory("u"), folder.put("u/a", "1"), folder.put("u/s/b2", "");
    CHECK(*tree_digest("u") != before);
  }
}

TEST_CASE("equal stamps spare the hashing; another mtime or inode does not") {
  TestFolder folder;
  folder.put("f", "text");
  PathNote before = noted("f");
  CHECK(before.digest == sha256("text"));
  CHECK(known_without_hashing("f", before));
  fs::copy_file("f", "g");
  fs::last_write_time("g", fs::last_write_time("f"));
  fs::rename("g", "f");  // the same bytes and mtime in another inode
  CHECK_FALSE(known_without_hashing("f", before));
  CHECK(noted("f").digest == before.digest);
}

TEST_CASE("a tree of which one file has changed hashes that one only") {
  TestFolder folder;
  folder.put("t/a", "1");
  folder.put("t/b", "2");
  PathNote before = noted("t");
  CHECK(known_without_hashing("t", before));
  before.files[0].digest = sha256("not a");  // shows that a is not hashed again
  usleep(20'000);
  folder.put("t/b", "3");
  CHECK_FALSE(known_without_hashing("t", before));
  const PathNote* known[] = {&before};
  PathNote now = **note_of("t", "t", known, Hashing::kAllowed);
  CHECK(now.files[0].digest == sha256("not a"));
  CHECK(now.files[1].digest == sha256("3"));
}

TEST_CASE("what is neither file nor folder nor link is refused") {
  TestFolder folder;
  fs::create_directory("t");
  REQUIRE(mkfifo("t/pipe", 0600) == 0);
  CHECK_FALSE(tree_digest("t").ok());
  CHECK_FALSE(tree_digest("absent").ok());
}
