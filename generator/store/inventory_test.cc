#include "store/inventory.h"

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>

#include "file/digest.h"
#include "store/temporary.h"

using namespace mlpgen;

namespace {

const Asker kModel{"get-model", {"get", "ml-model"}, {"onnx"}};
const Asker kData{"get-data", {"get", "dataset"}, {}};

struct Bench {
  TemporaryFolder dir = std::move(
      *TemporaryFolder::make(std::filesystem::temp_directory_path() / "mlpgen-inventory-test"));
  Store store = *Store::open(dir.path() + "/store");

  void put(const std::string& bytes) {
    REQUIRE(write_file(dir.path() + "/file", bytes).ok());
    REQUIRE(store.put(dir.path() + "/file", {"", bytes + ".bin", "http://h/" + bytes}).ok());
  }
  // A run directory that configure made, of one edge that looks for these bytes.
  std::string run(const std::string& name, const Asker& asker, const std::string& bytes) {
    std::string run = dir.path() + "/" + name;
    REQUIRE(make_directories(run + "/.mlpgen").ok());
    REQUIRE(write_file(run + "/.mlpgen/plan", "").ok());
    Use use{asker, "", "", ThingKind::kFile, "", {sha256(bytes)}};
    REQUIRE(write_file(run + "/" + kAskersFile, askers_text({{"aaaaaaaaaaaa", {use}}})).ok());
    register_run(store.root(), run);
    return run;
  }
  const Thing thing(const std::string& name) {
    Inventory inventory = *take_inventory(store);
    for (const Thing& thing : inventory.things)
      if (thing.name == name) return thing;
    return {};
  }
};

}  // namespace

TEST_CASE("several askers of one object are all known, and so are the run directories") {
  Bench b;
  b.put("one");
  CHECK(b.thing("one.bin").askers.empty());
  std::string first = b.run("first", kModel, "one"), second = b.run("second", kData, "one");
  Thing one = b.thing("one.bin");
  CHECK(one.askers == std::vector<Asker>{kData, kModel});
  CHECK(one.runs == std::vector<std::string>{first, second});
  std::filesystem::remove_all(second);
  CHECK(b.thing("one.bin").runs == std::vector<std::string>{first});
}

TEST_CASE("an edge notes what it looks for, once for each key") {
  Bench b;
  b.put("one");
  std::string run = b.run("run", kModel, "other");
  std::filesystem::path here = std::filesystem::current_path();
  std::filesystem::current_path(run);
  setenv("MLPGEN_EDGE", "aaaaaaaaaaaa", 1);
  setenv("MLPGEN_STORE", b.store.root().c_str(), 1);
  {
    Store store = *Store::open_default();
    CHECK((*store.find(sha256("one"))).has_value());
    CHECK((*store.find(sha256("one"))).has_value());
  }
  unsetenv("MLPGEN_EDGE");
  unsetenv("MLPGEN_STORE");
  std::filesystem::current_path(here);
  std::vector<Use> uses = *read_uses(b.store.root());
  REQUIRE(uses.size() == 1);
  CHECK(uses[0].asker == kModel);
  CHECK(uses[0].run == run);
  CHECK(uses[0].keys == std::vector<std::string>{sha256("one")});
  std::filesystem::remove_all(run);
  CHECK(b.thing("one.bin").askers == std::vector<Asker>{kModel});
}

TEST_CASE("damaged lines are passed over and counted; the rest holds") {
  Bench b;
  b.put("one");
  Use use{kModel, "/gone", "", ThingKind::kFile, "2026-01-01T00:00:00Z", {sha256("one")}};
  REQUIRE(write_uses(b.store.root(), {use, use}).ok());
  std::string good = *read_file(b.store.root() + "/uses.jsonl");
  REQUIRE(
      write_file(b.store.root() + "/uses.jsonl", "{\"recipe\": \n" + good + "\x01\x02\n[]\n").ok());
  Inventory inventory = *take_inventory(b.store);
  CHECK(inventory.damaged_notes == 3);
  REQUIRE(inventory.things.size() == 1);
  CHECK(inventory.things[0].askers == std::vector<Asker>{kModel});
  CHECK(inventory.things[0].used == "2026-01-01T00:00:00Z");
}

TEST_CASE("tags, variations and ids select as they select recipes") {
  Thing thing;
  thing.askers = {kModel, kData};
  CHECK(asked_by(thing, {{"get", "ml-model"}, {}, {"onnx"}, {}}));
  CHECK(asked_by(thing, {{"get-data"}, {}, {}, {}}));
  CHECK(asked_by(thing, {{"get"}, {"dataset"}, {}, {}}));
  CHECK_FALSE(asked_by(thing, {{"get", "dataset"}, {}, {"onnx"}, {}}));  // no one asker has both
  CHECK_FALSE(asked_by(thing, {{"ml-model"}, {}, {}, {"onnx"}}));
  CHECK_FALSE(asked_by(Thing(), {}));
}
