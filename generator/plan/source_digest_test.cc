// Digests of sources, and the cache that spares hashing.
#include "plan/source_digest.h"

#include <cerrno>

#include "plan/test_bench.h"

using namespace mlpgen;

namespace {

// "" where nothing is there.
std::string digest_in(SourceDigests& digests, const std::string& path) {
  Result<std::optional<std::string>> digest = digests.of(path);
  REQUIRE(digest.ok());
  return digest->value_or("");
}

std::string digest_by(const std::string& cache, const std::string& path) {
  SourceDigests digests(cache);
  return digest_in(digests, path);
}

}  // namespace

TEST_CASE("a folder's digest depends on names and contents below it, and not on where it is") {
  Bench one, two;
  for (Bench* b : {&one, &two}) {
    b->write("src/a", "1");
    b->write("src/sub/b", "2");
  }
  SourceDigests d("");
  std::string digest = digest_in(d, one.folder + "/src");
  CHECK(digest_in(d, two.folder + "/src") == digest);
  std::filesystem::rename(two.folder + "/src/sub/b", two.folder + "/src/sub/c");
  CHECK(digest_by("", two.folder + "/src") != digest);
}

TEST_CASE("what is not there has no digest") { CHECK(digest_by("", "/nonexistent/path") == ""); }

TEST_CASE(
    "a digest is taken from the cache while size, mtime and inode are the same, and taken again "
    "after that") {
  Bench b;
  b.write("a", "one");
  std::string path = b.folder + "/a", cache = b.folder + "/cache.json", before;
  {
    SourceDigests d(cache);
    before = digest_in(d, path);
    d.save();
  }
  auto time = std::filesystem::last_write_time(path);
  b.write("a", "two");
  std::filesystem::last_write_time(path,
                                   time);  // the digest is that of the cache: only a stamp decides
  CHECK(digest_by(cache, path) == before);
  std::filesystem::last_write_time(path, time + std::chrono::seconds(1));
  CHECK(digest_by(cache, path) != before);
}

TEST_CASE("a damaged cache is no error") {
  Bench b;
  b.write("a", "one");
  for (const char* text : {"", "{", "[]", "{\"format\": 1}", "{\"format\": 1, \"files\": 3}",
                           "{\"format\": 1, \"files\": {\"x\": [1]}}",
                           "{\"format\": 1, \"files\": {\"x\": [\"a\", 1, 2, 3]}}"}) {
    CAPTURE(text);
    b.write("cache.json", text);
    CHECK(digest_by(b.folder + "/cache.json", b.folder + "/a") == digest_by("", b.folder + "/a"));
  }
}

TEST_CASE("no flipped bit of the cache gives another digest") {
  Bench b;
  b.write("a", "one");
  std::string path = b.folder + "/a", cache = b.folder + "/cache.json", right = digest_by("", path);
  {
    SourceDigests d(cache);
    digest_in(d, path);
    d.save();
  }
  const std::string text = *read_file(cache);
  for (size_t i = 0; i < text.size(); ++i) {
    std::string flipped = text;
    flipped[i] = static_cast<char>(flipped[i] ^ (1 << i % 7));
    b.write("cache.json", flipped);
    REQUIRE(digest_by(cache, path) == right);
  }
}

TEST_CASE("what is there and cannot be read is an error, not absent") {
  Bench b;
  b.write("src/a", "1");
  std::filesystem::create_symlink("loop", b.folder + "/src/loop");
  SourceDigests d("");
  CHECK(d.of(b.folder + "/src").error().message.find("loop cannot be looked at") !=
        std::string::npos);
  CHECK(d.of(b.folder + "/src/loop").error().number == ELOOP);
  CHECK(d.glob(b.folder + "/src/*").error().number == ELOOP);
}

TEST_CASE("a pattern gives files in sorted order, and its folder is watched") {
  Bench b;
  for (const char* name : {"src/b.cc", "src/a.cc", "src/a.h"}) b.write(name, "");
  SourceDigests d("");
  CHECK(*d.glob(b.folder + "/src/*.cc") ==
        std::vector<std::string>{b.folder + "/src/a.cc", b.folder + "/src/b.cc"});
  CHECK(d.seen() == std::vector<std::string>{b.folder + "/src"});
}
