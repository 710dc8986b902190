// Lock entries to package versions.
#include "command/lock/locked_versions.h"

#include <set>

namespace mlpgen {
namespace {

using Versions = std::map<std::string, std::string>;

// "numpy==2.4.6 --hash=..."; a package with two versions has none.
Versions versions_in(const Lock& lock) {
  std::map<std::string, std::set<std::string>> seen;
  auto add = [&](const std::string& requirement) {
    size_t equals = requirement.find("==");
    if (equals == std::string::npos) return;
    size_t end = requirement.find_first_of(" ;", equals);
    seen[requirement.substr(0, equals)].insert(
        requirement.substr(equals + 2, end == std::string::npos ? end : end - equals - 2));
  };
  for (const auto& [key, entry] : lock.entries()) {
    if (key.starts_with("package ")) add(key.substr(8));
    for (const std::string& line : entry.lines) add(line);
  }
  Versions versions;
  for (const auto& [name, found] : seen) versions[name] = found.size() == 1 ? *found.begin() : "";
  return versions;
}

std::string stand_ins_of(const Lock& lock) {
  std::string all;
  for (const auto& [key, entry] : lock.entries())
    if (entry.stand_in) all += (all.empty() ? "" : ", ") + key.substr(key.find(' ') + 1);
  return all.empty() ? "" : "stand-ins replace " + all;
}

}  // namespace

LockedVersions locked_versions(const Lock& lock) {
  Versions first = versions_in(lock);
  first[kStandIns] = stand_ins_of(lock);
  return [&lock, first = std::move(first), rest = std::optional<Versions>()](
             const std::string& name) mutable -> std::optional<std::string> {
    const Versions* versions = &first;
    auto it = first.find(name);
    if (it == first.end() && lock.rest()) {
      if (!rest) rest = versions_in(*lock.rest());
      versions = &*rest;
      it = rest->find(name);
    }
    if (it == versions->end() || it->second.empty()) return std::nullopt;
    return it->second;
  };
}

}  // namespace mlpgen
