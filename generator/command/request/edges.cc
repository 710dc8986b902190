// A word to the edge that it means.
#include "command/request/edges.h"

#include <algorithm>

#include "file/file.h"
#include "text/closest.h"
#include "text/text.h"

namespace mlpgen {

std::string suggest_edge(const std::string& word, const std::vector<std::string>& names) {
  if (std::string near = did_you_mean(word, names); !near.empty()) return near;
  std::string asked = word.substr(word.rfind('/') + 1);
  for (const std::string& n : names)
    if (edit_distance(asked, n.substr(n.rfind('/') + 1)) <= 2) return "did you mean '" + n + "'?";
  return "";
}

std::vector<std::string> names_that_hold(const std::string& word,
                                         const std::vector<std::string>& names) {
  std::vector<std::string> held;
  for (const std::string& n : names) {
    if (n == word) return {n};
    if (n.find(word) != std::string::npos) held.push_back(n);
  }
  return held;
}

std::string one_name(const std::string& word, const std::vector<std::string>& names, Sink& sink) {
  std::vector<std::string> held = names_that_hold(word, names);
  if (held.size() == 1) return held.front();
  if (held.empty()) {
    std::string near = suggest_edge(word, names);
    sink.error("unknown-edge", {}, "the plan has no edge '" + word + "'")
        .with_help(near.empty() ? "`mlpgen log` lists the edges" : near);
    return "";
  }
  size_t count = held.size();
  if (held.size() > 8) held.resize(8);
  sink.error("ambiguous-edge", {},
             std::to_string(count) + " edges have '" + word + "' in their names")
      .with_help("write more of it: " + join(held, ", ") + (count > held.size() ? ", ..." : ""));
  return "";
}

std::optional<Step> find_edge(const std::string& word, Sink& sink) {
  auto failed = [&](const Error& e) {
    sink.error("damaged-plan", {}, e.message).with_help(e.help);
    return std::nullopt;
  };
  if (Result<Step> step = find_step(".", word)) return *step;
  Result<std::vector<StepSummary>> steps = list_steps(".");
  if (!steps) return failed(steps.error());
  std::vector<std::string> names;
  for (const StepSummary& s : *steps) names.push_back(s.name);
  std::sort(names.begin(), names.end());
  std::string name = one_name(word, names, sink);
  if (name.empty()) return std::nullopt;
  Result<Step> step = find_step(".", name);
  if (!step) return failed(step.error());
  return *step;
}

std::set<EdgeId> with_needs(const Plan& plan, const std::vector<EdgeId>& edges) {
  std::set<EdgeId> all;
  std::vector<EdgeId> todo = edges;
  while (!todo.empty()) {
    EdgeId id = todo.back();
    todo.pop_back();
    if (!all.insert(id).second) continue;
    const std::vector<EdgeId>& needs = plan.at(id).needs;
    todo.insert(todo.end(), needs.begin(), needs.end());
  }
  return all;
}

bool is_made(const std::string& directory) { return exists(directory + "/.done"); }

}  // namespace mlpgen
