// Links for people, set after configure; the edge runner sets the same ones when an artifact is
// done.
#include "command/run_directory/links.h"

#include <filesystem>

#include "artifact/links.h"
#include "command/request/edges.h"

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
    StepLink link{l.name, l.to};
    LinkPlace place = look_at_link(link, l.directory);
    bool done = is_made(l.directory);
    std::error_code ignored;
    if (place == LinkPlace::kTaken || (done && place == LinkPlace::kRight)) continue;
    if (done)
      (void)set_link(link, l.directory);
    else
      fs::remove(l.name, ignored);
  }
}

}  // namespace mlpgen
