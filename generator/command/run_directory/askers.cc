// Instances and their edges to askers.
#include "command/run_directory/askers.h"

#include <filesystem>

#include "file/digest.h"
#include "store/store.h"

namespace mlpgen {
namespace {

// The value of a tool's parameter, as the planner writes it: --NAME=VALUE.
std::string argument(const Edge& edge, const std::string& name) {
  const std::string begin = "--" + name + "=";
  for (const std::string& word : edge.argv)
    if (word.starts_with(begin)) return word.substr(begin.size());
  return "";
}

// What the edge looks for, as far as configure knows it.
Use use_of(const Edge& edge, const Asker& asker) {
  Use use{asker, "", "", ThingKind::kFile, "", {}};
  if (edge.rule == "git") {
    use.kind = ThingKind::kGit;
    use.from = argument(edge, "url");
    use.keys = {sha256(use.from)};
  } else if (std::string digest = argument(edge, "sha256"); !digest.empty()) {
    use.keys = {digest};
  }
  return use;
}

Asker asker_of_instance(const Instance& instance) {
  Asker asker{instance.recipe->id.value, {}, instance.variations};
  for (const Text& tag : instance.recipe->tags) asker.tags.push_back(tag.value);
  return asker;
}

}  // namespace

std::string askers_of_plan(const Resolution& resolution, const Planned& planned) {
  std::map<std::string, std::vector<Use>> by_edge;
  for (const auto& [step, edges] : planned.edges_of)
    for (EdgeId id : edges) {
      const Edge& edge = planned.plan.at(id);
      if (edge.mode != "fetch") continue;
      by_edge[edge.identity.substr(0, 12)].push_back(
          use_of(edge, asker_of_instance(resolution.at(step.first))));
    }
  return askers_text(by_edge);
}

void register_here() {
  Result<std::string> root = Store::default_root();
  std::error_code why;
  std::string here = std::filesystem::current_path(why);
  if (root && !why) register_run(*root, here);
}

}  // namespace mlpgen
