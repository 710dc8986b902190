// Digests of sources, and the cache that spares hashing.
#include "plan/source_digest.h"

#include "plan/test_bench.h"

using namespace mlpgen;

TEST_CASE("a folder's digest depends on names and contents below it, and not on where it is") {
  Bench one, two;
  for (Bench* b : {&one, &two}) {
    b->write("src/a", "1");
    b->write("src/sub/b", "2");
  }
  SourceDigests d("");
  std::string digest = *d.of(one.folder + "/src");
  CHECK(d.of(two.folder + "/src") == digest);
  std::filesystem::rename(two.folder + "/src/sub/b", two.folder + "/src/sub/c");
  CHECK(SourceDigests("").of(two.folder + "/src") != digest);
}

TEST_CASE("what is not there has no digest") { CHECK_FALSE(SourceDigests("").of("/nonexistent/path")); }

TEST_CASE("a digest is taken from the cache while size, mtime and inode are the same, and taken again after that") {
  Bench b;
  b.write("a", "one");
  std::string path = b.folder + "/a", cache = b.folder + "/cache.json", before;
  {
    SourceDigests d(cache);
    before = *d.of(path);
    d.save();
  }
  auto time = std::filesystem::last_write_time(path);
  b.write("a", "two");
  std::filesystem::last_write_time(path, time);  // the digest is that of the cache: only a stamp decides
  CHECK(SourceDigests(cache).of(path) == before);
  std::filesystem::last_write_time(path, time + std::chrono::seconds(1));
  CHECK(SourceDigests(cache).of(path) != before);
}

TEST_CASE("a damaged cache is no error") {
  Bench b;
  b.write("a", "one");
  for (const char* text : {"", "{", "[]", "{\"format\": 1}", "{\"format\": 1, \"files\": 3}", "{\"format\": 1, \"files\": {\"x\": [1]}}", "{\"format\": 1, \"files\": {\"x\": [\"a\", 1, 2, 3]}}"}) {
    CAPTURE(text);
    b.write("cache.json", text);
    CHECK(SourceDigests(b.folder + "/cache.json").of(b.folder + "/a") == SourceDigests("").of(b.folder + "/a"));
  }
}

TEST_CASE("a pattern gives files in sorted order, and its folder is watched") {
  Bench b;
  for (const char* name : {"src/b.cc", "src/a.cc", "src/a.h"}) b.write(name, "");
  SourceDigests d("");
  CHECK(d.glob(b.folder + "/src/*.cc") == std::vector<std::string>{b.folder + "/src/a.cc", b.folder + "/src/b.cc"});
  CHECK(d.seen() == std::vector<std::string>{b.folder + "/src"});
}
