// Chosen and moved to the trash under the removal lock; emptied after it.
#include "store/collect.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <filesystem>

#include "store/named_error.h"
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
  fs::path from = thing.kind == ThingKind::kGit ? fs::path(thing.path)
                                                : fs::path(thing.path).parent_path();
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

void find_left_overs(const std::string& root, Collected& all) {
  std::error_code why;
  auto add = [&](const fs::path& path) {
    all.left_overs.push_back(path.lexically_relative(root));
    all.left_over_bytes += fs::is_directory(path, why) ? room_of(path).bytes : fs::file_size(path, why);
  };
  for (const auto& entry : fs::directory_iterator(root + "/trash", why)) add(entry.path());
  for (const auto& entry : fs::directory_iterator(root + "/tmp", why))
    if (days_since_change(entry.path()) > 1) add(entry.path());
  for (const auto& entry : fs::directory_iterator(root + "/partial", why))
    if (days_since_change(entry.path()) > 1 && !is_locked(root, entry.path().filename()))
      add(entry.path());
  std::sort(all.left_overs.begin(), all.left_overs.end());
}

// Notes of run directories that went are dropped with them, but who asked for what stays.
Status shorten_notes(const std::string& root) {
  std::vector<std::string> runs = runs_of(root);
  std::vector<Use> uses = read_uses(root);
  for (Use& use : uses)
    if (!std::binary_search(runs.begin(), runs.end(), use.run)) use.run.clear();
  std::error_code why;
  for (const auto& entry : fs::directory_iterator(root + "/runs", why)) {
    Result<std::string> run = read_file(entry.path());
    if (!run || !std::binary_search(runs.begin(), runs.end(), *run)) fs::remove(entry.path(), why);
  }
  return write_uses(root, uses);
}

Status move_all(const Store& store, const std::vector<Thing>& things) {
  for (const Thing& thing : things)
    if (Status s = to_trash(store, thing); !s) return s;
  return Done{};
}

void empty_trash_of(const std::string& root, const std::vector<Thing>& things) {
  std::error_code why;
  for (const auto& entry : fs::directory_iterator(root + "/trash", why))
    for (const Thing& thing : things)
      if (entry.path().filename().string().starts_with(thing.key + "."))
        fs::remove_all(entry.path(), why);
}

}  // namespace

Result<Collected> collect(const Store& store, const CollectRequest& request) {
  Collected all;
  {
    LockFile lock = removal_lock_exclusive(store.root());
    choose(take_inventory(store), request, all);
    std::erase_if(all.removed, [&](const Thing& thing) { return is_locked(store.root(), thing.key); });
    if (!request.dry_run)
      if (Status s = move_all(store, all.removed); !s) return s.error();
    if (!request.dry_run)
      if (Status s = shorten_notes(store.root()); !s) return s.error();
  }
  if (!request.dry_run) empty_trash_of(store.root(), all.removed);
  find_left_overs(store.root(), all);
  std::error_code why;
  if (!request.dry_run)
    for (const std::string& name : all.left_overs) fs::remove_all(store.root() + "/" + name, why);
  return all;
}

Status remove_things(const Store& store, const std::vector<Thing>& things) {
  {
    Result<LockFile> placing = lock_in_store(in_use_path(store.root()), "this store", {});
    if (!placing) return placing.error();
    LockFile lock = removal_lock_exclusive(store.root());
    if (Status s = move_all(store, things); !s) return s;
  }
  empty_trash_of(store.root(), things);
  return Done{};
}

Status rebuild_notes(const std::string& root) {
  LockFile lock = removal_lock_exclusive(root);
  std::vector<Use> uses = read_uses(root);
  for (const std::string& run : runs_of(root))
    for (Use& use : uses_of_run(run)) uses.push_back(std::move(use));
  return write_uses(root, uses);
}

}  // namespace mlpgen
