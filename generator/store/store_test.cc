#include "store/store.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <filesystem>
#include <thread>

#include "file/digest.h"
#include "store/temporary.h"

using namespace mlpgen;

namespace {

// A store of its own, removed at the end.
struct Bench {
  TemporaryFolder dir = std::move(
      *TemporaryFolder::make(std::filesystem::temp_directory_path() / "mlpgen-store-test"));
  Store store = *Store::open(dir.path() + "/store");

  std::string file(const std::string& bytes) {
    std::string path = dir.path() + "/file";
    REQUIRE(write_file(path, bytes).ok());
    return path;
  }
  Object put(const std::string& bytes) {
    return *store.put(file(bytes), {sha256(bytes), "data.bin", "test"});
  }
  // Other bytes in an object, as a broken disk or a careless program leaves them.
  void damage(const Object& object, const std::string& bytes) {
    chmod(object.path.c_str(), 0644);
    REQUIRE(write_file(object.path, bytes).ok());
  }
};

}  // namespace

TEST_CASE("what is put is found, read-only, and placed") {
  Bench b;
  Object object = b.put("hello");
  CHECK(object.path == b.store.root() + "/objects/sha256/2c/" + sha256("hello") + "/data.bin");
  Result<std::optional<Object>> found = b.store.find(sha256("hello"));
  REQUIRE((found.ok() && *found));
  CHECK((*found)->size == 5);
  CHECK((*found)->from == "test");
  struct stat st {};
  REQUIRE(stat(object.path.c_str(), &st) == 0);
  CHECK((st.st_mode & 0777) == 0444);
  REQUIRE(b.store.get(object, b.dir.path() + "/placed").ok());
  CHECK(*read_file(b.dir.path() + "/placed") == "hello");
  CHECK(exists(b.dir.path() + "/file"));
  CHECK_FALSE(b.store.find(sha256("other"))->has_value());
}

TEST_CASE("bytes with another digest are refused and leave nothing") {
  Bench b;
  Result<Object> object = b.store.put(b.file("hello"), {sha256("other"), "x", "here"});
  REQUIRE_FALSE(object.ok());
  CHECK(object.error().id == "digest-differs");
  CHECK(object.error().message.find(sha256("hello")) != std::string::npos);
  CHECK(b.store.list()->empty());
  CHECK(std::filesystem::is_empty(b.store.root() + "/tmp"));
  CHECK_FALSE(b.store.put(b.file("x"), {"", "../x", ""}).ok());
}

TEST_CASE("a damaged object is moved to the trash and not found; the next put brings it back") {
  Bench b;
  Object object = b.put("hello");
  b.damage(object, "h3llo");
  CHECK_FALSE(b.store.find(object.sha256)->has_value());
  CHECK_FALSE(exists(object.path));
  CHECK_FALSE(std::filesystem::is_empty(b.store.root() + "/trash"));
  b.put("hello");
  CHECK(b.store.find(object.sha256)->has_value());
}

TEST_CASE(
    "a touched or rewritten object with equal bytes is noted anew; a lost note is made again") {
  Bench b;
  Object object = b.put("hello");
  b.damage(object, "hello");
  Object again = **b.store.find(object.sha256);
  CHECK(again.stamp == *stamp_of(object.path));
  CHECK_FALSE(again.stamp == object.stamp);
  std::filesystem::remove(std::filesystem::path(object.path).parent_path() / ".object.json");
  CHECK((**b.store.find(object.sha256)).name == "data.bin");
  CHECK((**b.store.find(object.sha256)).stamp == again.stamp);
}

TEST_CASE(
    "verify reads all bytes and names what is damaged, with what it has; set_aside takes it away") {
  Bench b;
  Object good = b.put("good"), bad = b.put("bad"), gone = b.put("gone");
  b.damage(bad, "evil");
  std::filesystem::remove(gone.path);
  size_t damaged = 0;
  std::vector<Object> objects = *b.store.list();
  for (const Object& object : objects) {
    std::optional<Damage> damage = b.store.verify(object);
    CHECK(damage.has_value() == (object.sha256 != good.sha256));
    if (!damage) continue;
    ++damaged;
    CHECK(damage->actual == (damage->sha256 == bad.sha256 ? sha256("evil") : ""));
    REQUIRE(b.store.set_aside(*damage).ok());
  }
  CHECK(damaged == 2);
  REQUIRE(b.store.list()->size() == 1);
  CHECK((*b.store.list())[0].sha256 == good.sha256);
}

TEST_CASE("many put the same bytes at once: one object, and each gets it") {
  Bench b;
  std::string bytes(1 << 18, 'x');
  std::string path = b.file(bytes);
  std::vector<std::thread> threads;
  std::vector<char> done(8, 0);
  for (size_t i = 0; i < done.size(); ++i)
    threads.emplace_back([&, i] { done[i] = b.store.put(path, {sha256(bytes), "x", ""}).ok(); });
  for (std::thread& thread : threads) thread.join();
  for (char one : done) CHECK(one == 1);
  CHECK(b.store.list()->size() == 1);
}

TEST_CASE("a store below a plain file says what to set") {
  Bench b;
  Result<Store> store = Store::open(b.file("x") + "/store");
  REQUIRE_FALSE(store.ok());
  CHECK(store.error().id == "store-not-writable");
  CHECK(store.error().help.find("MLPGEN_STORE") != std::string::npos);
}

TEST_CASE("a store of a newer mlpgen is not touched") {
  Bench b;
  REQUIRE(write_file(b.store.root() + "/format.json", "{\"format\": 2}\n").ok());
  Result<Store> store = Store::open(b.store.root());
  REQUIRE_FALSE(store.ok());
  CHECK(store.error().id == "newer-format");
}
