// os-release to a package manager.
#include "host/distribution.h"

#include <set>

#include "file/file.h"
#include "text/text.h"

namespace mlpgen {
namespace {

struct Manager {
  const char* id;  // of the distribution, or of one that it is like
  const char* command;
};
constexpr Manager kManagers[] = {{"debian", "apt-get install"}, {"ubuntu", "apt-get install"},
                                 {"fedora", "dnf install"},     {"rhel", "dnf install"},
                                 {"suse", "zypper install"},    {"opensuse", "zypper install"},
                                 {"arch", "pacman -S"}};

}  // namespace

std::vector<std::string> distribution_ids(const std::string& os_release) {
  std::vector<std::string> ids, like;
  for (const std::string& line : split(os_release, '\n')) {
    size_t equals = line.find('=');
    if (equals == std::string::npos) continue;
    std::string name = line.substr(0, equals),
                value(trim(replace_all(replace_all(line.substr(equals + 1), "\"", ""), "'", "")));
    if (name == "ID") ids.push_back(value);
    if (name == "ID_LIKE")
      for (const std::string& word : split(value, ' '))
        if (!word.empty()) like.push_back(word);
  }
  ids.insert(ids.end(), like.begin(), like.end());
  return ids;
}

std::vector<std::string> read_distribution_ids() {
  Result<std::string> text = read_file("/etc/os-release");
  return distribution_ids(text ? *text : "");
}

std::string package_for(const std::vector<std::pair<std::string, std::string>>& install,
                        const std::vector<std::string>& ids) {
  for (const std::string& id : ids)
    for (const auto& [distribution, package] : install)
      if (distribution == id) return package;
  return "";
}

std::string install_command(const std::vector<std::string>& packages,
                            const std::vector<std::string>& ids) {
  std::set<std::string> each;  // one text may name several
  for (const std::string& words : packages)
    for (const std::string& word : split(words, ' '))
      if (!word.empty()) each.insert(word);
  if (each.empty()) return "";
  for (const std::string& id : ids)
    for (const Manager& manager : kManagers)
      if (id == manager.id)
        return std::string(manager.command) + " " + join({each.begin(), each.end()}, " ");
  return "";
}

}  // namespace mlpgen
