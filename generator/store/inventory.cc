// Objects and repositories, joined with the notes of uses.
#include "store/inventory.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include "file/digest.h"
#include "store/readable.h"
#include "text/text.h"

namespace mlpgen {
namespace fs = std::filesystem;
namespace {

// What the notes say of one key.
struct Known {
  std::set<Asker> askers;
  std::set<std::string> runs;
  std::string used, from;
};

void add_use(std::map<std::string, Known>& by_key, const Use& use, bool run_is_there) {
  for (const std::string& key : use.keys) {
    Known& known = by_key[key];
    known.askers.insert(use.asker);
    if (run_is_there) known.runs.insert(use.run);
    known.used = std::max(known.used, use.when);
    if (!use.from.empty()) known.from = use.from;
  }
}

Result<std::map<std::string, Known>> known_things(const std::string& root, size_t& damaged) {
  std::map<std::string, Known> by_key;
  Result<std::vector<std::string>> runs = runs_of(root);
  if (!runs) return runs.error();
  Result<std::vector<Use>> uses = read_uses(root, &damaged);
  if (!uses) return uses.error();
  for (const Use& use : *uses)
    add_use(by_key, use, std::binary_search(runs->begin(), runs->end(), use.run));
  for (const std::string& run : *runs) {
    uses = uses_of_run(run);
    if (!uses) return uses.error();
    for (const Use& use : *uses) add_use(by_key, use, true);
  }
  return by_key;
}

Thing file_thing(const Object& object) {
  return {ThingKind::kFile, object.sha256, object.name,   object.from, object.when, "",
          object.path,      object.size,   object.askers, {}};
}

std::string name_of_url(const std::string& url) {
  std::string end = url.substr(url.rfind('/') + 1);
  return end.ends_with(".git") ? end.substr(0, end.size() - 4) : end;
}

Thing git_thing(const fs::path& repository) {
  Thing thing;
  thing.kind = ThingKind::kGit;
  thing.key = repository.filename();
  thing.path = repository;
  thing.size = room_of(repository).bytes;
  if (Result<std::string> url = read_file(repository / "description")) thing.from = trim(*url);
  return thing;
}

void join_known(Thing& thing, const std::map<std::string, Known>& by_key) {
  auto it = by_key.find(thing.key);
  if (it != by_key.end()) {
    const Known& known = it->second;
    std::set<Asker> askers(thing.askers.begin(), thing.askers.end());
    askers.insert(known.askers.begin(), known.askers.end());
    thing.askers.assign(askers.begin(), askers.end());
    thing.runs.assign(known.runs.begin(), known.runs.end());
    thing.used = known.used;
    if (thing.from.empty()) thing.from = known.from;
  }
  if (thing.kind == ThingKind::kGit) thing.name = name_of_url(thing.from);
}

bool has(const std::vector<std::string>& all, const std::string& word) {
  return std::find(all.begin(), all.end(), word) != all.end();
}

bool fits(const Asker& asker, const AskerWords& words) {
  auto tagged = [&](const std::string& tag) { return has(asker.tags, tag) || asker.recipe == tag; };
  auto varied = [&](const std::string& name) { return has(asker.variations, name); };
  return std::all_of(words.tags.begin(), words.tags.end(), tagged) &&
         std::all_of(words.variations.begin(), words.variations.end(), varied) &&
         std::none_of(words.not_tags.begin(), words.not_tags.end(), tagged) &&
         std::none_of(words.not_variations.begin(), words.not_variations.end(), varied);
}

}  // namespace

Result<Inventory> take_inventory(const Store& store) {
  Inventory inventory;
  Result<std::map<std::string, Known>> known = known_things(store.root(), inventory.damaged_notes);
  if (!known) return known.error();
  Result<std::vector<Object>> objects = store.list();
  if (!objects) return objects.error();
  for (const Object& object : *objects) inventory.things.push_back(file_thing(object));
  Result<std::vector<std::string>> repositories = names_in(store.root() + "/git");
  if (!repositories) return repositories.error();
  for (const std::string& name : *repositories)
    if (is_sha256(name)) inventory.things.push_back(git_thing(store.root() + "/git/" + name));
  for (Thing& thing : inventory.things) join_known(thing, *known);
  std::sort(inventory.things.begin(), inventory.things.end(), [](const Thing& a, const Thing& b) {
    return std::tie(a.name, a.key) < std::tie(b.name, b.key);
  });
  return inventory;
}

bool asked_by(const Thing& thing, const AskerWords& words) {
  return std::any_of(thing.askers.begin(), thing.askers.end(),
                     [&](const Asker& asker) { return fits(asker, words); });
}

Room room_of(const std::string& folder) {
  Room room;
  std::error_code why;
  for (auto it = fs::recursive_directory_iterator(
           folder, fs::directory_options::skip_permission_denied, why);
       it != fs::recursive_directory_iterator(); it.increment(why)) {
    if (why || !it->is_regular_file(why) || it->is_symlink(why)) continue;
    room.bytes += it->file_size(why);
    ++room.files;
  }
  return room;
}

}  // namespace mlpgen
