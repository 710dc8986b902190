// Questions to a Round: which model, which scenarios, which round.
#include "round/round.h"

#include <algorithm>
#include <charconv>

#include "text/closest.h"
#include "text/text.h"

namespace mlpgen {
namespace {

std::vector<int> numbers_of(std::string_view name) {
  std::vector<int> out;
  if (!name.empty() && (name.front() == 'v' || name.front() == 'r')) name.remove_prefix(1);
  for (const std::string& part : split(name, '.')) {
    int value = 0;
    std::from_chars(part.data(), part.data() + part.size(), value);
    out.push_back(value);
  }
  return out;
}

bool contains(const std::vector<std::string>& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

// The categories whose rules name the model, as --category has them.
std::string categories_of(const RoundModel& model) {
  std::vector<std::string> names;
  for (const auto& [category, scenarios] : model.scenarios)
    names.push_back(replace_all(category, "-", ","));
  return names.empty() ? "none" : join(names, " or ");
}

std::vector<std::string> all_of(const Scenarios& scenarios) {
  std::vector<std::string> all = scenarios.required;
  all.insert(all.end(), scenarios.one_of.begin(), scenarios.one_of.end());
  return all;
}

// The scenarios that only the open division takes.
std::vector<std::string> further_in_open(const RoundModel& model, const Scenarios& closed) {
  std::vector<std::string> further = {"Offline", "Server", "SingleStream", "MultiStream"};
  for (const auto& [category, scenarios] : model.scenarios)
    if (contains(all_of(scenarios), "Interactive") && !contains(further, "Interactive"))
      further.push_back("Interactive");
  std::erase_if(further, [&](const std::string& s) { return contains(all_of(closed), s); });
  return further;
}

}  // namespace

std::vector<const Metric*> RoundModel::metrics(std::string_view scenario) const {
  std::vector<const Metric*> own, common;
  for (const Metric& m : accuracy) {
    if (m.scenario.empty()) common.push_back(&m);
    if (!m.scenario.empty() && lower(m.scenario) == lower(scenario)) own.push_back(&m);
  }
  return own.empty() ? common : own;
}

std::optional<int64_t> RoundModel::samples_to_cover(std::string_view scenario) const {
  for (const auto& [own, count] : accuracy_samples_of)
    if (lower(own) == lower(scenario)) return count;
  if (accuracy_samples) return accuracy_samples->value;
  if (dataset_size) return dataset_size->value;
  return std::nullopt;
}

const RoundModel* Round::find(std::string_view model) const {
  auto at = std::find_if(models.begin(), models.end(),
                         [&](const RoundModel& m) { return m.name == model; });
  return at == models.end() ? nullptr : &*at;
}

std::string Round::model_of(const std::string& folder,
                            const std::map<std::string, std::string>& mapping) const {
  if (find(folder)) return folder;
  if (auto at = aliases.find(folder); at != aliases.end()) return at->second;
  if (auto at = mapping.find(folder); at != mapping.end() && !at->second.empty()) return at->second;
  auto has = [&](const char* part) { return folder.find(part) != std::string::npos; };
  std::string guess = folder;
  if (has("mobilenet") || has("efficientnet") || has("resnet50"))
    guess = "resnet";
  else if (has("bert-99.9"))
    guess = "bert-99.9";
  else if (has("bert-99"))
    guess = "bert-99";
  else if (has("llama3_1-405b"))
    guess = "llama3.1-405b";
  auto at = aliases.find(guess);
  return at == aliases.end() ? guess : at->second;
}

bool round_before(std::string_view a, std::string_view b) { return numbers_of(a) < numbers_of(b); }

const Round* find_round(const std::vector<Round>& rounds, std::string_view name) {
  auto at = std::find_if(rounds.begin(), rounds.end(),
                         [&](const Round& r) { return r.name.value == name; });
  return at == rounds.end() ? nullptr : &*at;
}

std::string category_of(const std::string& system_type) {
  if (system_type == "network") return "datacenter";
  return contains({"datacenter,edge", "edge,datacenter"}, system_type) ? "datacenter-edge"
                                                                       : system_type;
}

std::string check_request(const Round& round, const RoundRequest& request) {
  const auto& [division, system_type, model, scenario] = request;
  const std::string category = category_of(system_type);
  const RoundModel* found = round.find(round.model_of(model));
  if (!found) {
    std::vector<std::string> names;
    for (const RoundModel& m : round.models) names.push_back(m.name);
    return "round " + round.name.value + " has no model '" + model + "'; it has " +
           join(names, ", ") + "." + did_you_mean(model, names);
  }
  auto at = found->scenarios.find(category);
  if (at == found->scenarios.end())
    return "round " + round.name.value + " does not have " + found->name + " in the category " +
           category + "; its categories are: " + categories_of(*found);
  std::vector<std::string> all = all_of(at->second);
  std::vector<std::string> further = further_in_open(*found, at->second);
  if (contains(all, scenario) || (division == "open" && contains(further, scenario))) return "";
  return "round " + round.name.value + " does not run " + found->name + " " + scenario +
         " in the category " + category + "; its scenarios are " + join(all, ", ") +
         (further.empty() ? "" : "; the open division takes " + join(further, ", ") + " too");
}

}  // namespace mlpgen
