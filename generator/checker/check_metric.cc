// The number of a result, in the unit of its scenario, and whether it may be taken from another
// scenario's run.
//
// Units and formulas: submission.md §3.5 and §6 (inferred values).
#include "checker/result_under_check.h"
#include "loadgen/python_text.h"
#include "text/text.h"

namespace mlpgen::submission {
namespace {

constexpr double kNsPerMs = 1e6;
constexpr double kMsPerS = 1000;
constexpr const char* kSingleStreamRate = "result_qps_without_loadgen_overhead";

std::optional<double> value_of(ResultUnderCheck& r, const std::string& key) {
  std::optional<double> value = r.performance->number(key);
  if (!value)
    r.error("missing-value", r.logged(key),
            "LoadGen's log has no number for '" + key + "', which is the result of this scenario",
            "take the log of a finished performance run");
  return value;
}

// The measured number of the scenario that was run; milliseconds for the two stream scenarios.
std::optional<double> measured(ResultUnderCheck& r, const std::string& run) {
  auto field = r.round.result_fields.find(run);
  if (field == r.round.result_fields.end()) {
    r.error("scenario", r.logged("effective_scenario"),
            "LoadGen ran the scenario '" + run + "', which round " + r.round.name.value +
                " does not have",
            "run one of Offline, Server, SingleStream, MultiStream");
    return std::nullopt;
  }
  std::optional<double> value = value_of(r, field->second);
  auto own = r.rules->result_fields.find(run);
  if (value && own != r.rules->result_fields.end()) value = value_of(r, own->second);
  if (!value) return std::nullopt;
  if (run == "SingleStream" || run == "MultiStream") *value /= kNsPerMs;
  if ((run == "SingleStream" || run == "MultiStream") && r.model == "wan-2.2-t2v-a14b")
    *value /= kMsPerS;
  return value;
}

bool may_infer(ResultUnderCheck& r, const std::string& run) {
  std::string type = lower(text_in(r.system, "system_type"));
  if (type.find("edge") == std::string::npos) {
    r.error("inferred", r.logged("effective_scenario"),
            "LoadGen ran " + run + ", the folder is " + r.place.scenario +
                ", and the system is not an edge system",
            "only edge systems may take one scenario's result from another; measure " +
                r.place.scenario);
    return false;
  }
  std::string from = lower(run), to = lower(r.place.scenario);
  bool known = (from == "singlestream" && (to == "multistream" || to == "offline")) ||
               (from == "multistream" && to == "offline");
  if (!known)
    r.error("inferred", r.logged("effective_scenario"),
            "a result of " + r.place.scenario + " cannot be taken from a run of " + run,
            "measure " + r.place.scenario + ", or put the run under the folder " + run);
  return known;
}

std::optional<double> inferred(ResultUnderCheck& r, const std::string& run) {
  if (lower(r.place.scenario) == "multistream") {
    std::optional<double> latency = value_of(r, "early_stopping_latency_ms");
    if (!latency) return std::nullopt;
    if (*latency == 0)
      r.error("early-stopping", r.log_path(),
              "too few queries for an estimate of MultiStream's latency",
              "issue at least 662 queries");
    return *latency * 8 / kNsPerMs;
  }
  if (run == "SingleStream") return value_of(r, kSingleStreamRate);
  std::optional<double> samples = value_of(r, "effective_samples_per_query");
  std::optional<double> mean = value_of(r, "result_mean_query_latency_ns");
  if (mean && *mean == 0)
    r.error("result", r.log_path(), "the mean query latency is 0", "measure again");
  if (!samples || !mean || *mean == 0) return std::nullopt;
  return *samples * kMsPerS / (*mean / kNsPerMs);
}

}  // namespace

void check_metric(ResultUnderCheck& r) {
  std::string run = r.scenario_run();
  std::optional<double> value = measured(r, run);
  if (lower(run) == lower(r.place.scenario) ||
      (lower(run) == "server" && lower(r.place.scenario) == "interactive")) {
    if (value) r.metric = *value;
  } else if (value && may_infer(r, run)) {
    std::optional<double> other = inferred(r, run);
    if (other) r.metric = *other;
    // The official checker shows this one as it stands in the log, so a whole number has no ".0".
    if (other && run == "SingleStream" && lower(r.place.scenario) == "offline")
      r.metric = *r.performance->find(kSingleStreamRate);
  }
}

}  // namespace mlpgen::submission
