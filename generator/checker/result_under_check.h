// One result of a tree with everything that its rules look at, and the rules themselves.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "checker/check_report.h"
#include "loadgen/loadgen_log.h"
#include "tree/layout.h"

namespace mlpgen::submission {

struct ResultUnderCheck {
  const Round& round;
  std::string root;  // of the tree
  ResultPlace place;
  std::string model;                  // the official name that the folder stands for
  std::string run;                    // folder of the run under check
  const Seeds* seeds;                 // that this run must have
  const RoundModel* rules = nullptr;  // of that model; nullptr: the round does not know it
  nlohmann::json system{};            // null: not there or not readable, and said so
  nlohmann::json measurements{};
  bool power = false;  // it has power measurements
  std::optional<LoadgenLog> performance{};
  std::optional<LoadgenLog> accuracy{};
  std::optional<std::string> accuracy_txt{};  // nothing: not there or not readable, and said so
  CheckReport& report;

  // What the rules work out for summary.csv.
  nlohmann::json metric{};               // Result, in the unit of the scenario; null: none
  std::optional<double> power_metric{};  // W, or mJ a query in the stream scenarios
  std::vector<std::pair<std::string, std::string>>
      accuracies{};  // metric -> digits, in the round's order

  bool open() const { return place.division == "open"; }
  bool modular() const { return round.checker.kind == CheckerKind::kModular; }
  std::string log_path() const { return run + "/mlperf_log_detail.txt"; }
  // The line of that log which holds a key's value.
  Where logged(std::string_view key) const { return {log_path(), performance->line_of(key)}; }
  std::string scenario_run() const;  // what LoadGen ran in the performance run; "" unknown
  // kError in closed and network for a rule that the open division does not have.
  Strictness in_closed(Strictness in_open) const { return open() ? in_open : Strictness::kError; }
  void error(std::string rule, Where where, std::string message, std::string help) {
    report.error(std::move(rule), std::move(where), std::move(message), std::move(help));
  }
};

// Each family of rules says every breach at once. submission.md §1, §2, §6.
void check_performance(ResultUnderCheck& r);
void check_latency(ResultUnderCheck& r);  // early stopping, latency constraints, token latencies
void check_metric(ResultUnderCheck& r);   // the result's number and whether it may be inferred
void check_accuracy(ResultUnderCheck& r, bool skip_dataset_size);
void check_system(ResultUnderCheck& r);
void check_measurements(ResultUnderCheck& r);
void check_result_files(ResultUnderCheck& r);  // exact file sets
void check_compliance(ResultUnderCheck& r);    // TEST01, ...: runs and what their scripts said
void check_equal_issue(ResultUnderCheck& r);   // sample_concatenate_permutation
void check_power(ResultUnderCheck& r);         // the power measurements of one that has them

// LoadGen's detail log of the tree, or nothing, which is said.
std::optional<LoadgenLog> read_log(CheckReport& report, const std::string& root,
                                   const std::string& path);

// One JSON object of the tree; null otherwise, which is said. `what`: its name in a sentence.
nlohmann::json read_object(CheckReport& report, const std::string& root, const std::string& path,
                           const std::string& what);

// "" or the sentence for a network system's flag that does not fit the division.
bool is_network_system(const nlohmann::json& system);

}  // namespace mlpgen::submission
