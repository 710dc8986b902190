// explain results: the links of the run directory that lie in a folder, and the edges that make
// what they lead to.
#include "command/explain/explain.h"
#include "command/request/edges.h"
#include "command/run_directory/links.h"
#include "text/text.h"

namespace mlpgen {

Answer explain_folder(const Asked& asked, const std::string& what) {
  std::string folder = what;
  while (folder.ends_with('/')) folder.pop_back();
  Answer links = Answer::array();
  for (const Edge& e : asked.plan.edges)
    for (const auto& [link, output] : e.links) {
      std::string name = link, to = output;
      if (!name.starts_with(folder + "/")) continue;
      std::string directory = e.directory;
      links.push_back({{"name", name},
                       {"edge", e.name},
                       {"done", is_made(directory)},
                       {"directory", directory + (to.empty() ? "" : "/" + to)}});
    }
  if (links.empty()) return {};
  return {{"format", 1}, {"kind", "folder"}, {"folder", folder}, {"links", links}};
}

std::string folder_text(const Answer& a) {
  std::string out =
      a["folder"].get<std::string>() + "/: links to what edges of this request make\n";
  for (const Answer& l : a["links"])
    out += std::string(l["done"] ? "  there    " : "  missing  ") + l["name"].get<std::string>() +
           "  ->  " + l["directory"].get<std::string>() + "  made by " +
           l["edge"].get<std::string>() + "\n";
  return out + "  `mlpgen explain EDGE` says how one is made\n";
}

}  // namespace mlpgen
