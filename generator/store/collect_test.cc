#include "store/collect.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/stat.h>

#include <ctime>
#include <filesystem>
#include <thread>

#include "file/digest.h"
#include "store/object.h"
#include "store/removal_lock.h"
#include "store/temporary.h"
#include "text/text.h"

using namespace mlpgen;

namespace {

const Asker kAsker{"get-model", {"get"}, {}};

struct Bench {
  TemporaryFolder dir = std::move(
      *TemporaryFolder::make(std::filesystem::temp_directory_path() / "mlpgen-collect-test"));
  Store store = *Store::open(dir.path() + "/store");

  void put(const std::string& bytes) {
    REQUIRE(write_file(dir.path() + "/file", bytes).ok());
    REQUIRE(store.put(dir.path() + "/file", {"", bytes, ""}).ok());
  }
  std::string run(const std::string& name) {
    std::string run = dir.path() + "/" + name;
    REQUIRE(make_directories(run + "/.mlpgen").ok());
    REQUIRE(write_file(run + "/.mlpgen/plan", "").ok());
    register_run(store.root(), run);
    return run;
  }
  void uses(const std::vector<std::pair<std::string, std::string>>& all, const std::string& when) {
    std::vector<Use> uses;
    for (const auto& [run, bytes] : all)
      uses.push_back({kAsker, run, "", ThingKind::kFile, when, {sha256(bytes)}});
    REQUIRE(write_uses(store.root(), uses).ok());
  }
  std::string left() {
    std::vector<std::string> names;
    Inventory inventory = *take_inventory(store);
    for (const Thing& thing : inventory.things) names.push_back(thing.name);
    return join(names, " ");
  }
};

std::string names_of(const std::vector<Thing>& things) {
  std::vector<std::string> names;
  for (const Thing& thing : things) names.push_back(thing.name);
  return join(names, " ");
}

}  // namespace

TEST_CASE("what no run directory that is still there uses goes; what nobody knows of stays") {
  Bench b;
  for (const char* bytes : {"used", "left", "strange"}) b.put(bytes);
  std::string run = b.run("run"), gone = b.run("gone");
  b.uses({{run, "used"}, {gone, "left"}}, now_utc());
  std::filesystem::remove_all(gone);
  CollectRequest dry;
  dry.dry_run = true;
  CHECK(names_of(collect(b.store, dry)->removed) == "left");
  CHECK(b.left() == "left strange used");
  Result<Collected> done = collect(b.store, {});
  REQUIRE(done.ok());
  CHECK(names_of(done->removed) == "left");
  CHECK(done->used == 1);
  CHECK(done->unknown == 1);
  CHECK(b.left() == "strange used");
  CHECK(std::filesystem::is_empty(b.store.root() + "/trash"));
  CHECK(*runs_of(b.store.root()) == std::vector<std::string>{run});
  CollectRequest all;
  all.unknown = true;
  CHECK(names_of(collect(b.store, all)->removed) == "strange");
  std::filesystem::remove_all(run);
  CHECK(names_of(collect(b.store, {})->removed) == "used");
}

TEST_CASE("older_than_days keeps what was used lately") {
  Bench b;
  b.put("left");
  CollectRequest old;
  old.older_than_days = 30;
  b.uses({{"/gone", "left"}}, now_utc());
  CHECK(collect(b.store, old)->young == 1);
  CHECK(b.left() == "left");
  old.older_than_days = 0;
  CHECK(names_of(collect(b.store, old)->removed) == "left");
}

TEST_CASE("stopped transfers go a day later, the trash at once, and what is being fetched stays") {
  Bench b;
  std::string old = std::string(64, 'a'), busy = std::string(64, 'b'), young = std::string(64, 'c');
  for (const std::string& key : {old, busy, young}) {
    REQUIRE(write_file(b.store.partial(key), "half").ok());
    timespec times[2] = {{time(nullptr) - 2 * 24 * 3600, 0}, {time(nullptr) - 2 * 24 * 3600, 0}};
    if (key != young) REQUIRE(utimensat(AT_FDCWD, b.store.partial(key).c_str(), times, 0) == 0);
  }
  REQUIRE(write_file(b.store.root() + "/trash/x", "bad").ok());
  Result<LockFile> lock = b.store.lock(busy, "a file");
  REQUIRE(lock.ok());
  Result<Collected> done = collect(b.store, {});
  REQUIRE(done.ok());
  CHECK(join(done->left_overs, " ") == "partial/" + old + " trash/x");
  CHECK(done->left_over_bytes == 7);
  CHECK(exists(b.store.partial(busy)));
  CHECK(exists(b.store.partial(young)));
  CHECK_FALSE(exists(b.store.partial(old)));
}

TEST_CASE("remove_things takes out files and repositories") {
  Bench b;
  b.put("one");
  b.put("two");
  std::string repository = b.store.root() + "/git/" + sha256("https://h/r.git");
  REQUIRE(make_directories(repository).ok());
  REQUIRE(write_file(repository + "/description", "https://h/r.git\n").ok());
  CHECK(b.left() == "one r two");
  std::vector<Thing> things = take_inventory(b.store)->things;
  things.pop_back();
  REQUIRE(remove_things(b.store, things).ok());
  CHECK(b.left() == "two");
  CHECK(std::filesystem::is_empty(b.store.root() + "/trash"));
}

// What another process that holds the lock for a while sees.
constexpr std::chrono::milliseconds kWhile{50};

TEST_CASE(
    "damaged notes are made again once nobody writes: good lines and what run directories say") {
  Bench b;
  std::string run = b.run("run"), damaged = "{\"recipe\": \n";
  b.uses({{"", "left"}}, now_utc());
  REQUIRE(write_file(b.store.root() + "/uses.jsonl",
                     damaged + *read_file(b.store.root() + "/uses.jsonl"))
              .ok());
  REQUIRE(write_file(
              run + "/" + kAskersFile,
              askers_text({{"edge", {{kAsker, "", "", ThingKind::kFile, "", {sha256("used")}}}}}))
              .ok());
  size_t bad = 0;
  std::thread rebuild;
  {
    LockFile writes = removal_lock_shared(b.store.root());
    rebuild = std::thread([&] { (void)rebuild_notes(b.store.root()); });
    std::this_thread::sleep_for(kWhile);
    CHECK(read_uses(b.store.root(), &bad)->size() == 1);
    CHECK(bad == 1);
  }
  rebuild.join();
  std::vector<Use> uses = *read_uses(b.store.root(), &bad);
  CHECK(bad == 0);
  REQUIRE(uses.size() == 2);
  CHECK(uses[0].keys == std::vector<std::string>{sha256("left")});
  CHECK(uses[1].keys == std::vector<std::string>{sha256("used")});
  CHECK(uses[1].run == run);
}

TEST_CASE("a run directory is made known once what removes is done") {
  Bench b;
  std::thread registers;
  {
    LockFile removes = removal_lock_exclusive(b.store.root());
    registers = std::thread([&] { b.run("run"); });
    std::this_thread::sleep_for(kWhile);
    CHECK(runs_of(b.store.root())->empty());
  }
  registers.join();
  CHECK(runs_of(b.store.root())->size() == 1);
}
