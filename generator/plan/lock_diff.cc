// Entries by their keys; then what is left of packages by name, and of files by digest.
#include "plan/lock_diff.h"

#include <algorithm>
#include <functional>
#include <set>

#include "text/text.h"

namespace mlpgen {
namespace {

using Fields = std::map<std::string, std::string>;
using Left = std::map<std::string, const LockEntry*>;  // by key
using Kind = LockChange::Kind;

// "numpy==2.4.6 --hash=..." -> {numpy, "2.4.6"}; equal versions with other digests must differ, so
// the digests stand behind the version.
void add_requirement(Fields& fields, const std::string& line) {
  size_t equals = line.find("=="), end = line.find(" --hash");
  if (equals == std::string::npos) {
    fields[line] = "any";
    return;
  }
  std::string hashes = end == std::string::npos ? "" : line.substr(end);
  fields[line.substr(0, equals)] = line.substr(equals + 2, end - equals - 2) + hashes;
}

Fields fields_of(const std::string& key, const LockEntry& entry) {
  Fields fields = entry.fields;
  size_t version = key.find("==");
  if (key.starts_with("package ") && version != std::string::npos)
    fields["version"] = key.substr(version + 2, key.find(' ', version) - version - 2);
  if (key.starts_with("file ")) fields["url"] = key.substr(5);
  for (const std::string& line : entry.lines) add_requirement(fields, line);
  if (entry.stand_in) fields["stand_in"] = "yes";
  return fields;
}

// The key of a package without its version.
std::string without_version(const std::string& key) {
  size_t version = key.find("==");
  if (!key.starts_with("package ") || version == std::string::npos) return "";
  size_t end = key.find(' ', version);
  return key.substr(0, version) + (end == std::string::npos ? "" : key.substr(end));
}

std::string bytes_of(const std::string& key, const LockEntry& entry) {
  auto it = entry.fields.find("sha256");
  return key.starts_with("file ") && it != entry.fields.end() ? lower(it->second) : "";
}

// A requirement as it is shown: its version, and how many digests it has where only those changed.
void shorten(LockFieldChange& change) {
  size_t before = change.before.find(" --hash"), after = change.after.find(" --hash");
  if (before == std::string::npos && after == std::string::npos) return;
  std::string old_version = change.before.substr(0, before),
              new_version = change.after.substr(0, after);
  bool same = old_version == new_version;
  change.before = old_version + (same ? " with other digests" : "");
  change.after = new_version;
}

std::vector<LockFieldChange> changes_of(const Fields& before, const Fields& after) {
  std::vector<LockFieldChange> changes;
  std::set<std::string> names;
  for (const Fields* fields : {&before, &after})
    for (const auto& [name, value] : *fields) names.insert(name);
  for (const std::string& name : names) {
    auto a = before.find(name), b = after.find(name);
    LockFieldChange change{name, a == before.end() ? "" : a->second,
                           b == after.end() ? "" : b->second};
    if (change.before == change.after) continue;
    shorten(change);
    changes.push_back(std::move(change));
  }
  return changes;
}

class Diff {
 public:
  Diff(const Lock& before, const Lock& after) {
    for (const auto& [key, entry] : before.entries()) before_[key] = &entry;
    for (const auto& [key, entry] : after.entries()) after_[key] = &entry;
  }

  std::vector<LockChange> run() {
    Left all = before_;
    for (const auto& [key, entry] : all)
      if (after_.count(key)) pair(key, key, key);
    pair_by([](const std::string& key, const LockEntry&) { return without_version(key); }, true);
    pair_by(bytes_of, false);
    for (const auto& [key, entry] : before_)
      changes_.push_back({Kind::kRemoved, key, changes_of(fields_of(key, *entry), {})});
    for (const auto& [key, entry] : after_)
      changes_.push_back({Kind::kAdded, key, changes_of({}, fields_of(key, *entry))});
    std::sort(changes_.begin(), changes_.end(), [](const LockChange& a, const LockChange& b) {
      return a.entry < b.entry || (a.entry == b.entry && a.kind < b.kind);
    });
    return std::move(changes_);
  }

 private:
  void pair(const std::string& old_key, const std::string& new_key, const std::string& entry) {
    std::vector<LockFieldChange> fields =
        changes_of(fields_of(old_key, *before_[old_key]), fields_of(new_key, *after_[new_key]));
    if (!fields.empty()) changes_.push_back({Kind::kChanged, entry, std::move(fields)});
    before_.erase(old_key);
    after_.erase(new_key);
  }

  // Pairs what is left where exactly one entry of each lock has the same name.
  void pair_by(const std::function<std::string(const std::string&, const LockEntry&)>& name_of,
               bool entry_is_name) {
    std::map<std::string, std::pair<std::vector<std::string>, std::vector<std::string>>> named;
    for (const auto& [key, entry] : before_) named[name_of(key, *entry)].first.push_back(key);
    for (const auto& [key, entry] : after_) named[name_of(key, *entry)].second.push_back(key);
    for (const auto& [name, keys] : named)
      if (!name.empty() && keys.first.size() == 1 && keys.second.size() == 1)
        pair(keys.first[0], keys.second[0], entry_is_name ? name : keys.second[0]);
  }

  Left before_, after_;
  std::vector<LockChange> changes_;
};

}  // namespace

const char* to_word(Kind kind) {
  return kind == Kind::kAdded ? "added" : kind == Kind::kRemoved ? "removed" : "changed";
}

std::vector<LockChange> diff_locks(const Lock& before, const Lock& after) {
  return Diff(before, after).run();
}

}  // namespace mlpgen
