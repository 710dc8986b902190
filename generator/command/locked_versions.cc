// Lock entries to package versions.
#include "command/locked_versions.h"

#include <set>

#include "base/text.h"

namespace mlpgen {

std::map<std::string, std::string> locked_versions(const Lock& lock) {
  std::map<std::string, std::set<std::string>> seen;
  auto add = [&](const std::string& requirement) {  // "numpy==2.4.6 --hash=..."
    size_t equals = requirement.find("==");
    if (equals == std::string::npos) return;
    size_t end = requirement.find_first_of(" ;", equals);
    seen[requirement.substr(0, equals)].insert(requirement.substr(equals + 2, end == std::string::npos ? end : end - equals - 2));
  };
  for (const auto& [key, entry] : lock.entries()) {
    if (key.starts_with("package ")) add(key.substr(8));
    for (const std::string& line : entry.lines) add(line);
  }
  std::map<std::string, std::string> versions;
  std::string stand_ins;
  for (const auto& [key, entry] : lock.entries())
    if (entry.stand_in) stand_ins += (stand_ins.empty() ? "" : ", ") + key.substr(key.find(' ') + 1);
  if (!stand_ins.empty()) versions[kStandIns] = "stand-ins take the place of " + stand_ins;
  for (const auto& [name, found] : seen)
    if (found.size() == 1) versions[name] = *found.begin();
  return versions;
}

}  // namespace mlpgen
