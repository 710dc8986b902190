// One result of a tree against every family of rules.
#include <algorithm>

#include "checker/check_tree.h"
#include "checker/result_csv.h"
#include "checker/result_under_check.h"
#include "file/file.h"
#include "loadgen/official_text.h"
#include "text/text.h"
#include "tree/submission_texts.h"

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

class ResultCheck {
 public:
  ResultCheck(const Round& round, const CheckOptions& options, CheckReport& report)
      : round_(round), options_(options), report_(report) {}

  void check(const FoundResult& found) {
    const ResultPlace& place = found.place;
    const Json& system = *found.system;
    report_.begin_result(place.result());
    ResultUnderCheck r{.round = round_,
                       .root = options_.tree,
                       .place = place,
                       .model = round_.model_of(place.model, *found.mapping),
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
    count(r, found.complete && system.is_object() && r.rules && !report_.result_refused());
  }

 private:
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

void check_result(const Round& round, const CheckOptions& options, const FoundResult& found,
                  CheckReport& report) {
  ResultCheck(round, options, report).check(found);
}

}  // namespace mlpgen::submission
