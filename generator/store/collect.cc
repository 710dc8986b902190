// Chosen and moved to the trash under the removal lock; emptied after it.
#include "store/collect.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <filesystem>

#include "store/readable.h"
#include "store/removal_lock.h"

namespace mlpgen {
namespace fs = std::filesystem;
namespace {

constexpr double kDay = 24 * 3600;  // seconds

double days_since(const std::string& utc) {
  struct tm parts {};
  if (!strptime(utc.c_str(), "%Y-%m-%dT%H:%M:%SZ", &parts)) return 1e9;
  return difftime(time(nullptr), timegm(&parts)) / kDay;
}

double days_since_change(const fs::path& path) {
  struct stat st {};
  return lstat(path.c_str(), &st) == 0 ? difftime(time(nullptr), st.st_mtime) / kDay : 0;
}

// Whether somebody fetches what the name begins with.
bool is_locked(const std::string& root, const std::string& key) {
  return LockFile::is_locked(root + "/locks/" + key.substr(0, 64));
}

// Under the removal lock: one rename, so that nobody sees half of it.
Status to_trash(const Store& store, const Thing& thing) {
  fs::path from =
      thing.kind == ThingKind::kGit ? fs::path(thing.path) : fs::path(thing.path).parent_path();
  std::string to = store.root() + "/trash/" + thing.key + "." + std::to_string(time(nullptr)) +
                   "." + std::to_string(getpid());
  if (rename(from.c_str(), to.c_str()) == 0 || errno == ENOENT) return Done{};
  return named_error("store-not-writable",
                     from.string() + " cannot be removed: " + std::strerror(errno),
                     "look at its owner and mode with `ls -ld`");
}

void choose(const Inventory& inventory, const CollectRequest& request, Collected& all) {
  for (const Thing& thing : inventory.things) {
    const std::string& last = std::max(thing.when, thing.used);
    if (!thing.runs.empty())
      ++all.used;
    else if (thing.askers.empty() && !request.unknown)
      ++all.unknown;
    else if (request.older_than_days && days_since(last) < *request.older_than_days)
      ++all.young;
    else
      all.removed.push_back(thing);
  }
}

Status find_left_overs(const std::string& root, Collected& all) {
  for (const std::string& part : std::vector<std::string>{"trash", "tmp", "partial"}) {
    Result<std::vector<std::string>> names = names_in(root + "/" + part);
    if (!names) return names.error();
    for (const std::string& name : *names) {
      std::error_code why;
      fs::path path = root + "/" + part + "/" + name;
      bool old = part == "trash" || days_since_change(path) > 1;
      if (!old || (part == "partial" && is_locked(root, name))) continue;
      all.left_overs.push_back(part + "/" + name);
      uint64_t bytes = fs::is_directory(path, why) ? room_of(path).bytes : fs::file_size(path, why);
      all.left_over_bytes += why ? 0 : bytes;
    }
  }
  std::sort(all.left_overs.begin(), all.left_overs.end());
  return Done{};
}

// Notes of run directories that went are dropped with them, but who asked for what stays.
Status shorten_notes(const std::string& root) {
  Result<std::vector<std::string>> runs = runs_of(root);
  if (!runs) return runs.error();
  Result<std::vector<Use>> uses = read_uses(root);
  if (!uses) return uses.error();
  for (Use& use : *uses)
    if (!std::binary_search(runs->begin(), runs->end(), use.run)) use.run.clear();
  Result<std::vector<std::string>> notes = names_in(root + "/runs");
  if (!notes) return notes.error();
  std::error_code why;
  for (const std::string& note : *notes) {
    Result<std::string> run = read_file(root + "/runs/" + note);
    if (run && !std::binary_search(runs->begin(), runs->end(), *run))
      fs::remove(root + "/runs/" + note, why);
  }
  return write_uses(root, *uses);
}

Status move_all(const Store& store, const std::vector<Thing>& things) {
  for (const Thing& thing : things)
    if (Status s = to_trash(store, thing); !s) return s;
  return Done{};
}

void empty_trash_of(const std::string& root, const std::vector<Thing>& things) {
  std::error_code why;
  Result<std::vector<std::string>> names = names_in(root + "/trash");
  for (const std::string& name : names ? *names : std::vector<std::string>())
    for (const Thing& thing : things)
      if (name.starts_with(thing.key + ".")) fs::remove_all(root + "/trash/" + name, why);
}

}  // namespace

Result<Collected> collect(const Store& store, const CollectRequest& request) {
  Collected all;
  {
    LockFile lock = removal_lock_exclusive(store.root());
    Result<Inventory> inventory = take_inventory(store);
    if (!inventory) return inventory.error();
    choose(*inventory, request, all);
    std::erase_if(all.removed,
                  [&](const Thing& thing) { return is_locked(store.root(), thing.key); });
    if (!request.dry_run)
      if (Status s = move_all(store, all.removed); !s) return s.error();
    if (!request.dry_run)
      if (Status s = shorten_notes(store.root()); !s) return s.error();
  }
  if (!request.dry_run) empty_trash_of(store.root(), all.removed);
  if (Status s = find_left_overs(store.root(), all); !s) return s.error();
  std::error_code why;
  if (!request.dry_run)
    for (const std::string& name : all.left_overs) fs::remove_all(store.root() + "/" + name, why);
  return all;
}

Status remove_things(const Store& store, const std::vector<Thing>& things) {
  {
    Result<LockFile> placing = lock_in_store(in_use_path(store.root()), "this store");
    if (!placing) return placing.error();
    LockFile lock = removal_lock_exclusive(store.root());
    if (Status s = move_all(store, things); !s) return s;
  }
  empty_trash_of(store.root(), things);
  return Done{};
}

Status rebuild_notes(const std::string& root) {
  LockFile lock = removal_lock_exclusive(root);
  Result<std::vector<Use>> uses = read_uses(root);
  if (!uses) return uses.error();
  Result<std::vector<std::string>> runs = runs_of(root);
  if (!runs) return runs.error();
  for (const std::string& run : *runs) {
    Result<std::vector<Use>> more = uses_of_run(run);
    if (!more) return more.error();
    for (Use& use : *more) uses->push_back(std::move(use));
  }
  return write_uses(root, *uses);
}

}  // namespace mlpgen
