// The walk over a submission tree: division, submitter, system, model, scenario.
#include "checker/check_tree.h"

#include <algorithm>
#include <atomic>
#include <deque>
#include <thread>

#include "checker/result_under_check.h"
#include "file/file.h"
#include "loadgen/python_text.h"
#include "round/needs.h"
#include "text/text.h"
#include "tree/tree_files.h"

namespace mlpgen::submission {
namespace {

using Json = nlohmann::json;
using Mapping = std::map<std::string, std::string>;

// What is said at one point of the walk; of a result it is said later, by one of several threads.
struct Part {
  CheckReport report{};
  std::optional<FoundResult> result{};
};

// Runs work(0) to work(count - 1) on all cores; nothing is known of their order.
template <class Work>
void on_all_cores(size_t count, const Work& work) {
  std::atomic<size_t> next = 0;
  auto run = [&] {
    for (size_t i = next++; i < count; i = next++) work(i);
  };
  std::vector<std::thread> others;
  size_t cores = std::max(1u, std::thread::hardware_concurrency());
  for (size_t i = 1; i < std::min(cores, count); ++i) others.emplace_back(run);
  run();
  for (std::thread& other : others) other.join();
}

class Walk {
 public:
  Walk(const Round& round, const CheckOptions& options) : round_(round), options_(options) {}

  CheckReport run() {
    for (const std::string& division : folders_in(options_.tree)) {
      if (division != "open" && division != "closed" && division != "network") continue;
      for (const std::string& submitter : folders_in(options_.tree + "/" + division))
        if (options_.submitter.empty() || submitter == options_.submitter)
          walk_submitter(division, submitter);
    }
    CheckReport report, names;
    report.round = round_.name.value;
    on_all_cores(parts_.size() + 1, [&](size_t i) {
      if (i == 0)
        check_tree_names(round_, options_, names);
      else if (Part& part = parts_[i - 1]; part.result)
        check_result(round_, options_, *part.result, part.report);
    });
    for (const Part& part : parts_) report.add(part.report);
    if (report.results + report.refused == 0) say_no_results(report);
    report.add(names);
    return report;
  }

 private:
  // For what is said before the next result.
  CheckReport& now() {
    if (parts_.empty() || parts_.back().result) parts_.emplace_back();
    return parts_.back().report;
  }

  void say_no_results(CheckReport& report) {
    report.error(
        "no-results", ".",
        "there is no result of " +
            (options_.submitter.empty() ? "any submitter" : "the submitter " + options_.submitter),
        "check --tree and --submitter; results are in "
        "DIVISION/SUBMITTER/results/SYSTEM/MODEL/SCENARIO");
  }

  void walk_submitter(const std::string& division, const std::string& submitter) {
    ResultPlace place{round_.layout, division, submitter, "", "", ""};
    std::string results = place.submitter_folder() + "/results";
    if (!exists(options_.tree + "/" + results))
      now().error("missing-folder", results, "the folder of the results is missing",
                  "make the tree with `mlpgen-tool submission-tree`");
    auto mapping = std::make_shared<const Mapping>(read_mapping(place));
    for (const std::string& system : folders_in(options_.tree + "/" + results)) {
      place.system = system;
      walk_system(place,
                  std::make_shared<const Json>(read_object(
                      now(), options_.tree, place.system_json(), "the system description")),
                  mapping);
    }
  }

  Mapping read_mapping(const ResultPlace& place) {
    Mapping mapping;
    std::string path = place.submitter_folder() + "/model_mapping.json";
    if (place.division != "open" || !exists(options_.tree + "/" + path)) return mapping;
    Json object = read_object(now(), options_.tree, path, "model_mapping.json");
    for (const auto& [from, to] : object.items())
      if (to.is_string()) mapping[from] = to.get<std::string>();
    return mapping;
  }

  void walk_system(ResultPlace place, const std::shared_ptr<const Json>& system,
                   const std::shared_ptr<const Mapping>& mapping) {
    std::string folder = place.submitter_folder() + "/results/" + place.system;
    for (const std::string& model : folders_in(options_.tree + "/" + folder)) {
      place.model = model;
      std::vector<std::string> scenarios = folders_in(options_.tree + "/" + folder + "/" + model);
      bool complete = check_scenarios(place, *system, *mapping, scenarios);
      for (const std::string& scenario : scenarios) {
        place.scenario = scenario;
        parts_.emplace_back().result = FoundResult{place, system, mapping, complete};
      }
    }
  }

  // The closed and network divisions ask for all scenarios of the category.
  bool check_scenarios(const ResultPlace& place, const Json& system, const Mapping& mapping,
                       const std::vector<std::string>& found) {
    if (!asks_for_all(place.division) || !system.is_object()) return true;
    std::string type = text_in(system, "system_type");
    std::string model = round_.model_of(place.model, mapping);
    std::string where = place.submitter_folder() + "/results/" + place.system + "/" + place.model;
    size_t before = now().errors();
    const Scenarios* wanted = scenarios_of(round_, model, type);
    if (!wanted) {
      now().error("scenario", where, check_request(round_, {place.division, type, model, ""}),
                  "use the open division, another round or another system_type");
      return false;
    }
    compare_scenarios(where, *wanted, found);
    return now().errors() == before;
  }

  void compare_scenarios(const std::string& where, const Scenarios& wanted,
                         const std::vector<std::string>& found) {
    auto has = [](const std::vector<std::string>& list, const std::string& name) {
      return std::any_of(list.begin(), list.end(),
                         [&](const std::string& s) { return lower(s) == lower(name); });
    };
    for (const std::string& missing : missing_scenarios(wanted, found))
      now().error("scenario", where, missing + " is missing",
                  has(found, "SingleStream") &&
                          (missing.ends_with(" MultiStream") || missing.ends_with(" Offline"))
                      ? "measure it, use the open division, or let upstream's "
                        "preprocess_submission.py take it from SingleStream"
                      : "measure it, or use the open division");
    for (const std::string& scenario : found)
      if (!has(wanted.required, scenario) && !has(wanted.one_of, scenario))
        now().error(
            "scenario", where,
            "the round does not have the scenario " + scenario + " for this model and category",
            "remove it, or use the open division");
  }

  const Round& round_;
  const CheckOptions& options_;
  std::deque<Part> parts_;  // in the order of the tree
};

}  // namespace

CheckReport check_tree(const Round& round, const CheckOptions& options) {
  CheckReport report = Walk(round, options).run();
  if (round.checker.kind == CheckerKind::kSingleFile)
    report.leave_out("rules that only the single-file checker of " + round.name.value +
                     " has; summary.csv has the columns of the modular checker");
  return report;
}

}  // namespace mlpgen::submission
