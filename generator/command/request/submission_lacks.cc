// From the instances of a submission to what its tree will lack.
#include "command/request/submission_lacks.h"

#include <algorithm>
#include <map>
#include <set>

#include "query/work.h"
#include "round/needs.h"
#include "round/system_keys.h"
#include "text/text.h"

namespace mlpgen {
namespace {

constexpr const char* kSystemRecipe = "get-mlperf-inference-sut-description";
constexpr const char* kResultRecipe = "prepare-mlperf-inference-result";
constexpr const char* kTreeRecipe = "generate-mlperf-inference-submission";

std::string env_of(const Instance& i, const std::string& key) {
  auto it = i.env.find(key);
  return it == i.env.end() ? "" : readable(it->second.value);
}

// The instances that the target `submission` is made of, itself first.
std::vector<const Instance*> instances_of_submission(const Resolution& r) {
  std::vector<const Instance*> all;
  std::set<InstanceId> seen;
  std::vector<InstanceId> todo;
  for (const RootTarget& t : r.targets)
    if (t.name == "submission") todo.push_back(t.root);
  while (!todo.empty()) {
    InstanceId id = todo.back();
    todo.pop_back();
    if (id == InstanceId::kNone || !seen.insert(id).second) continue;
    all.push_back(&r.at(id));
    for (const ResolvedDep& d : r.at(id).deps) todo.push_back(d.target);
  }
  return all;
}

const Instance* find(const std::vector<const Instance*>& all, const std::string& recipe) {
  auto it = std::find_if(all.begin(), all.end(),
                         [&](const Instance* i) { return i->recipe->id.value == recipe; });
  return it == all.end() ? nullptr : *it;
}

// What the step writes of each key.
std::map<std::string, std::string> description_of(const Instance& system) {
  std::map<std::string, std::string> keys;
  for (const ResolvedStep& step : system.steps)
    for (const ResolvedParam& p : step.params)
      if (step.step->id.value == "system" && p.name.value == "values")
        for (size_t i = 0; i < p.keys.size(); ++i) keys[readable(p.keys[i])] = readable(p.items[i]);
  return keys;
}

void add_system(const Round& round, const Instance& system, std::vector<Lack>& all) {
  std::map<std::string, std::string> said = description_of(system);
  for (const SystemKey& key : system_keys(round)) {
    std::string name(key.name), value = said[name];
    if (value == kUnknownValue || (value.empty() && !key.may_be_empty))
      all.push_back({"system", name,
                     "write \"" + name + "\" into the file of --system, or give --" + name +
                         "=... where the request has that flag"});
  }
}

// Names that nobody chose.
void add_names(const Instance& root, std::vector<Lack>& all) {
  const std::pair<const char*, const char*> names[] = {{"CM_HW_NAME", "hw_name"},
                                                       {"CM_MLPERF_SUBMITTER", "submitter"}};
  for (const auto& [key, flag] : names) {
    auto it = root.env.find(key);
    if (it != root.env.end() && it->second.winner.rank == Rank::kDefaultEnv)
      all.push_back({"names", std::string(flag) + " is the default, " + readable(it->second.value),
                     std::string("give --") + flag + "=NAME"});
  }
}

void add_scenarios(const Round& round, const std::vector<const Instance*>& results,
                   std::vector<Lack>& all) {
  std::map<std::pair<std::string, std::string>, std::vector<std::string>> found;
  for (const Instance* i : results)
    if (asks_for_all(env_of(*i, "CM_MLPERF_SUBMISSION_DIVISION")))
      found[{env_of(*i, "CM_MLPERF_RESULT_MODEL"), env_of(*i, "CM_MLPERF_SUBMISSION_SYSTEM_TYPE")}]
          .push_back(env_of(*i, "CM_MLPERF_LOADGEN_SCENARIO"));
  for (const auto& [of, scenarios] : found) {
    const Scenarios* wanted = scenarios_of(round, round.model_of(of.first), of.second);
    if (!wanted) continue;
    for (const std::string& missing : missing_scenarios(*wanted, scenarios))
      all.push_back({"scenarios", of.first + ": " + missing,
                     "give --scenario=all, or add a run of it with `mlpgen submission add`"});
  }
}

}  // namespace

std::vector<Lack> what_submission_lacks(Session& s, const Resolution& r) {
  std::vector<const Instance*> all = instances_of_submission(r), results;
  std::copy_if(all.begin(), all.end(), std::back_inserter(results),
               [](const Instance* i) { return i->recipe->id.value == kResultRecipe; });
  if (results.empty() || !find(all, kTreeRecipe)) return {};
  std::string file = env_of(*results.front(), "CM_MLPERF_ROUND_FILE");
  std::optional<Round> round = load_round(s.sources, s.library->open(file), s.sink);
  if (!round) return {};
  std::vector<Lack> lacks;
  if (const Instance* system = find(all, kSystemRecipe)) add_system(*round, *system, lacks);
  add_names(*all.front(), lacks);
  add_scenarios(*round, results, lacks);
  return lacks;
}

std::vector<std::string> lack_lines(const std::vector<Lack>& lacks) {
  std::vector<std::string> unknown, lines;
  for (const Lack& lack : lacks) {
    if (lack.topic == "system")
      unknown.push_back(lack.what);
    else
      lines.push_back(lack.what + ": " + lack.help);
  }
  if (!unknown.empty())
    lines.insert(lines.begin(), "of the system, " + join(unknown, ", ") +
                                    " (unknown; `mlpgen doctor --submission` says more)");
  return lines;
}

}  // namespace mlpgen
