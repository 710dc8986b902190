// Rules of the performance run: seeds, counts, duration, LoadGen's errors and verdict.
#include "checker/result_under_check.h"
#include "loadgen/python_text.h"
#include "text/text.h"

namespace mlpgen::submission {
namespace {

void missing_key(ResultUnderCheck& r, const std::string& key) {
  const nlohmann::json* found = r.performance->find(key);
  r.error("missing-value", r.logged(key),
          found ? "LoadGen's log has '" + key + "': " + found->dump() + ", which is not a number"
                : "LoadGen's log has no '" + key + "'",
          "take the log as LoadGen wrote it; LoadGen 4.0 and later write this value");
}

// The rule: a number of the log is at least `wanted`.
void at_least(ResultUnderCheck& r, std::string_view rule, Strictness severity,
              const std::string& key, int64_t wanted, const std::string& what,
              const std::string& help) {
  std::optional<double> found = r.performance->number(key);
  if (!found) return missing_key(r, key);
  if (*found >= static_cast<double>(wanted)) return;
  r.report.say(severity, std::string(rule), r.logged(key),
               what + " is " + python_text(*r.performance->find(key)) + "; " + r.round.name.value +
                   " asks for at least " + std::to_string(wanted),
               help);
}

void check_seed(ResultUnderCheck& r, const std::string& name, uint64_t wanted) {
  std::string key = "effective_" + name;
  const nlohmann::json* found = r.performance->find(key);
  if (!found) return missing_key(r, key);
  if (found->is_number_unsigned() && found->get<uint64_t>() == wanted) return;
  r.report.say(r.in_closed(r.round.strictness(Rule::kSeeds)), "seeds", r.logged(key),
               name + " is " + python_text(*found) + "; round " + r.round.name.value +
                   " asks for " + std::to_string(wanted),
               "run LoadGen with the seeds of " + r.round.name.value +
                   ", or check by the round whose seeds these are");
}

void check_errors(ResultUnderCheck& r) {
  Strictness severity = r.round.strictness(Rule::kPerformanceErrors);
  for (const std::string& error : r.performance->errors())
    r.report.say(severity, "performance-errors", r.log_path(), "LoadGen logged an error: " + error,
                 severity == Strictness::kError
                     ? "fix the cause that LoadGen names, then measure again"
                     : "the modular checker passes over this; the single-file checkers refuse it");
}

void check_validity(ResultUnderCheck& r) {
  std::string found = r.performance->text("result_validity").value_or("missing");
  if (found == "VALID") return;
  Strictness severity = r.round.strictness(Rule::kNotValid);
  r.report.say(
      severity, "not-valid", r.logged("result_validity"),
      "LoadGen's verdict on this run is " + found,
      severity == Strictness::kError
          ? "measure again for at least 600 s with the right target; see mlperf_log_summary.txt"
          : "the modular checker of " + r.round.name.value +
                " does not look at the verdict; the single-file "
                "checkers refuse such a run, and it is no result to publish");
}

void check_counts(ResultUnderCheck& r) {
  at_least(r, "performance-samples", Strictness::kError, "effective_performance_sample_count",
           r.rules->performance_samples.value, "the performance sample count",
           "give LoadGen the model's own name, so that its built-in mlperf.conf sets the count");
  if (!r.performance->number("effective_min_query_count"))
    missing_key(r, "effective_min_query_count");
  else if (r.scenario_run() == "Offline")
    at_least(r, "min-query-count", Strictness::kError, "effective_min_query_count", 1,
             "the smallest number of queries of Offline", "leave min_query_count positive");
  if (lower(r.scenario_run()) != "offline") return;
  Strictness severity =
      r.place.division == "closed" ? Strictness::kError : r.round.strictness(Rule::kOfflineSamples);
  if (!r.rules->offline_min_samples)
    return r.error("offline-samples", r.log_path(),
                   "round " + r.round.name.value + " has no minimum of Offline samples for " +
                       r.model + ", and its checker refuses such a result",
                   "choose a model or a scenario that the round has");
  at_least(r, "offline-samples", severity, "effective_samples_per_query",
           r.rules->offline_min_samples->value, "the number of samples in the one query of Offline",
           "raise target_qps or min_query_count; the open division of " + r.round.name.value +
               (severity == Strictness::kError ? " asks for it too" : " passes over it"));
}

void check_duration(ResultUnderCheck& r) {
  if (r.rules->one_pass) return;
  at_least(r, "min-duration", r.in_closed(r.round.strictness(Rule::kMinDuration)),
           "effective_min_duration_ms", r.round.min_duration_ms.value,
           "the setting min_duration (ms)",
           "leave min_duration out of user.conf; a short run is made by few samples, not by a "
           "short min_duration");
}

void check_network(ResultUnderCheck& r) {
  if (!is_network_system(r.system)) return;
  std::string sut = r.performance->text("sut_name").value_or("");
  if (sut.find("Network SUT") == std::string::npos)
    r.error("network", r.logged("sut_name"),
            "the system is a network system, but LoadGen's SUT name is '" + sut + "'",
            "give the SUT a name that holds the words Network SUT");
}

}  // namespace

std::string ResultUnderCheck::scenario_run() const {
  return performance ? performance->text("effective_scenario").value_or("") : "";
}

void check_performance(ResultUnderCheck& r) {
  if (!r.performance) return;
  check_errors(r);
  check_validity(r);
  check_seed(r, "qsl_rng_seed", r.seeds->qsl.value);
  check_seed(r, "sample_index_rng_seed", r.seeds->sample_index.value);
  check_seed(r, "schedule_rng_seed", r.seeds->schedule.value);
  check_network(r);
  if (!r.rules) return;
  check_counts(r);
  check_duration(r);
  check_latency(r);
  check_metric(r);
}

}  // namespace mlpgen::submission
