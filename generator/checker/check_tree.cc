// The walk over a submission tree: division, submitter, system, model, scenario.
#include "checker/check_tree.h"

#include <algorithm>

#include "checker/result_csv.h"
#include "checker/result_under_check.h"
#include "file/file.h"
#include "loadgen/official_text.h"
#include "loadgen/python_text.h"
#include "round/needs.h"
#include "text/text.h"
#include "tree/submission_texts.h"
#include "tree/tree_files.h"

namespace mlpgen::submission {

using Json = nlohmann::json;

Json read_object(CheckReport& report, const std::string& root, const std::string& path,
                 const std::string& what) {
  if (!exists(root + "/" + path)) {
    report.error("missing-file", path, what + " is missing",
                 "the official checker stops at this without a word of help; write the file");
    return {};
  }
  Result<std::string> text = read_official_text(root + "/" + path);
  if (!text) {
    report.error("not-text", path, text.error().message, text.error().help);
    return {};
  }
  std::string fault = json_text_fault(*text);
  Json value = fault.empty() ? parse_official_json(*text) : Json(Json::value_t::discarded);
  if (value.is_object()) return value;
  report.error("not-json", path,
               what + " is not one JSON object" + (fault.empty() ? "" : ": " + fault),
               "check it with `python3 -m json.tool FILE`");
  return {};
}

std::optional<LoadgenLog> read_log(CheckReport& report, const std::string& root,
                                   const std::string& path) {
  if (!exists(root + "/" + path)) {
    report.error("missing-file", path, "LoadGen's detail log is missing",
                 "copy it from LoadGen's output");
    return std::nullopt;
  }
  Result<LoadgenLog> log = LoadgenLog::read(root + "/" + path);
  if (log) return std::move(*log);
  report.error("not-a-log", path, log.error().message, log.error().help);
  return std::nullopt;
}

namespace {

// The checkers' tables know each scenario by its own spelling and in small letters.
bool is_scenario_folder(const std::string& name) {
  static const std::vector<std::string> kScenarios = {"Offline", "Server", "SingleStream",
                                                      "MultiStream", "Interactive"};
  return std::any_of(kScenarios.begin(), kScenarios.end(),
                     [&](const std::string& s) { return name == s || name == lower(s); });
}

class Walk {
 public:
  Walk(const Round& round, const CheckOptions& options, CheckReport& report)
      : round_(round), options_(options), report_(report) {}

  void run() {
    for (const std::string& division : folders_in(options_.tree)) {
      if (division != "open" && division != "closed" && division != "network") continue;
      for (const std::string& submitter : folders_in(options_.tree + "/" + division))
        if (options_.submitter.empty() || submitter == options_.submitter)
          walk_submitter(division, submitter);
    }
    if (report_.results + report_.refused == 0)
      report_.error("no-results", ".",
                    "there is no result of " + (options_.submitter.empty()
                                                    ? "any submitter"
                                                    : "the submitter " + options_.submitter),
                    "check --tree and --submitter; results are in "
                    "DIVISION/SUBMITTER/results/SYSTEM/MODEL/SCENARIO");
  }

 private:
  void walk_submitter(const std::string& division, const std::string& submitter) {
    ResultPlace place{round_.layout, division, submitter, "", "", ""};
    std::string results = place.submitter_folder() + "/results";
    if (!exists(options_.tree + "/" + results))
      report_.error("missing-folder", results, "the folder of the results is missing",
                    "make the tree with `mlpgen-tool submission-tree`");
    std::map<std::string, std::string> mapping = read_mapping(place);
    for (const std::string& system : folders_in(options_.tree + "/" + results)) {
      place.system = system;
      Json description =
          read_object(report_, options_.tree, place.system_json(), "the system description");
      walk_system(place, description, mapping);
    }
  }

  std::map<std::string, std::string> read_mapping(const ResultPlace& place) {
    std::map<std::string, std::string> mapping;
    std::string path = place.submitter_folder() + "/model_mapping.json";
    if (place.division != "open" || !exists(options_.tree + "/" + path)) return mapping;
    Json object = read_object(report_, options_.tree, path, "model_mapping.json");
    for (const auto& [from, to] : object.items())
      if (to.is_string()) mapping[from] = to.get<std::string>();
    return mapping;
  }

  void walk_system(ResultPlace place, const Json& system,
                   const std::map<std::string, std::string>& mapping) {
    std::string folder = place.submitter_folder() + "/results/" + place.system;
    for (const std::string& model : folders_in(options_.tree + "/" + folder)) {
      place.model = model;
      std::vector<std::string> scenarios = folders_in(options_.tree + "/" + folder + "/" + model);
      bool complete = check_scenarios(place, system, mapping, scenarios);
      for (const std::string& scenario : scenarios) {
        place.scenario = scenario;
        check_result(place, system, mapping, complete);
      }
    }
  }

  // The closed and network divisions ask for all scenarios of the category.
  bool check_scenarios(const ResultPlace& place, const Json& system,
                       const std::map<std::string, std::string>& mapping,
                       const std::vector<std::string>& found) {
    if (!asks_for_all(place.division) || !system.is_object()) return true;
    std::string type = text_in(system, "system_type");
    std::string model = round_.model_of(place.model, mapping);
    std::string where = place.submitter_folder() + "/results/" + place.system + "/" + place.model;
    size_t before = report_.errors();
    const Scenarios* wanted = scenarios_of(round_, model, type);
    if (!wanted) {
      report_.error("scenario", where, check_request(round_, {place.division, type, model, ""}),
                    "use the open division, another round or another system_type");
      return false;
    }
    compare_scenarios(where, *wanted, found);
    return report_.errors() == before;
  }

  void compare_scenarios(const std::string& where, const Scenarios& wanted,
                         const std::vector<std::string>& found) {
    auto has = [](const std::vector<std::string>& list, const std::string& name) {
      return std::any_of(list.begin(), list.end(),
                         [&](const std::string& s) { return lower(s) == lower(name); });
    };
    for (const std::string& missing : missing_scenarios(wanted, found))
      report_.error("scenario", where, missing + " is missing",
                    "measure it, or use the open division");
    for (const std::string& scenario : found)
      if (!has(wanted.required, scenario) && !has(wanted.one_of, scenario))
        report_.error(
            "scenario", where,
            "the round does not have the scenario " + scenario + " for this model and category",
            "remove it, or use the open division");
  }

  void check_result(const ResultPlace& place, const Json& system,
                    const std::map<std::string, std::string>& mapping, bool complete) {
    report_.begin_result(place.result());
    ResultUnderCheck r{.round = round_,
                       .root = options_.tree,
                       .place = place,
                       .model = round_.model_of(place.model, mapping),
                       .run = place.performance(),
                       .seeds = &round_.seeds,
                       .system = system,
                       .power = exists(options_.tree + "/" + place.result() + "/performance/power"),
                       .report = report_};
    r.rules = round_.find(r.model);
    if (!r.rules)
      r.error("model", place.result(),
              "round " + round_.name.value + " does not know the model '" + place.model + "'",
              place.division == "open"
                  ? "map it to an official one: `mlpgen-tool submission-tree --map " + place.model +
                        "=OFFICIAL`"
                  : "use the open division");
    if (!is_scenario_folder(place.scenario))
      r.error("scenario", place.result(),
              "there is no scenario '" + place.scenario +
                  "'; the official checker ends in a traceback at this folder",
              "name the folder Offline, Server, SingleStream, MultiStream or Interactive");
    load(r);
    check_performance(r);
    check_accuracy(r, options_.skip_dataset_size);
    check_system(r);
    check_measurements(r);
    check_result_files(r);
    check_compliance(r);
    check_equal_issue(r);
    check_power(r);
    count(r, complete && system.is_object() && r.rules && !report_.result_refused());
    report_.begin_result("");
  }

  // A result of 0 has its row in the official summary.csv, and is refused all the same.
  void count(ResultUnderCheck& r, bool keeps_rules) {
    if (keeps_rules)
      for (std::vector<std::string>& row : csv_rows(r)) report_.rows.push_back(std::move(row));
    bool zero = keeps_rules && r.metric == 0;
    if (zero)
      r.error("result", r.place.performance() + "/mlperf_log_detail.txt", "the result is 0",
              "issue enough queries for a result, then measure again");
    ++(keeps_rules && !zero ? report_.results : report_.refused);
  }

  void load(ResultUnderCheck& r) {
    r.performance = read_log(report_, r.root, r.place.performance() + "/mlperf_log_detail.txt");
    r.accuracy = read_log(report_, r.root, r.place.accuracy() + "/mlperf_log_detail.txt");
    load_accuracy_txt(r);
    std::string name = find_measurements(r.root, r.place);
    if (!name.empty()) {
      r.measurements = read_object(report_, r.root, r.place.measurements() + "/" + name,
                                   "the measurements' JSON");
      return;
    }
    std::string wanted = r.place.layout == Layout::kSplit
                             ? r.place.system + "_IMPLEMENTATION_" + r.place.scenario + ".json"
                             : "measurements.json";
    r.error("missing-file", r.place.measurements(),
            "the measurements' JSON (" + wanted + ") is missing",
            r.place.layout == Layout::kSplit ? "put it there; its name must begin with the system's"
                                             : "put it there");
  }

  void load_accuracy_txt(ResultUnderCheck& r) {
    std::string where = r.place.accuracy() + "/accuracy.txt";
    if (!exists(r.root + "/" + where))
      return r.error("missing-file", where, "accuracy.txt is missing",
                     "run the accuracy script and keep what it prints as accuracy.txt");
    Result<std::string> text = read_official_text(r.root + "/" + where);
    if (!text) return r.error("not-text", where, text.error().message, text.error().help);
    r.accuracy_txt = std::move(*text);
  }

  const Round& round_;
  const CheckOptions& options_;
  CheckReport& report_;
};

}  // namespace

CheckReport check_tree(const Round& round, const CheckOptions& options) {
  CheckReport report;
  report.round = round.name.value;
  Walk(round, options, report).run();
  check_tree_names(round, options, report);
  if (round.checker.kind == CheckerKind::kSingleFile)
    report.leave_out("rules that only the single-file checker of " + round.name.value +
                     " has; summary.csv has the columns of the modular checker");
  return report;
}

}  // namespace mlpgen::submission
