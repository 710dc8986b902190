// Links for people, set after configure; the edge runner sets the same ones when an artifact is done.
#include "command/links.h"

#include <filesystem>

#include "command/edges.h"

namespace fs = std::filesystem;

namespace mlpgen {

std::vector<Link> links_of(const Plan& plan) {
  std::vector<Link> all;
  for (const Edge& e : plan.edges)
    for (const auto& [name, to] : e.links) all.push_back({name, e.directory, to});
  return all;
}

void set_links(const std::vector<Link>& links) {
  for (const Link& l : links) {
    std::error_code ignored;
    std::string target = l.directory + "/" + l.to;
    while (target.ends_with('/')) target.pop_back();
    std::string up;
    for (char c : l.name)
      if (c == '/') up += "../";
    bool done = is_made(l.directory);
    bool is_link = fs::is_symlink(l.name, ignored);
    if (is_link && done && fs::read_symlink(l.name, ignored) == up + target) continue;
    if (is_link) fs::remove(l.name, ignored);
    if (!done || fs::exists(l.name, ignored)) continue;
    fs::create_directories(fs::path(l.name).parent_path(), ignored);
    fs::create_symlink(up + target, l.name, ignored);
  }
}

}  // namespace mlpgen
