// Rules of latency: early stopping, the Server constraint, token latencies of language models.
#include "checker/result_under_check.h"
#include "loadgen/python_text.h"
#include "text/text.h"

namespace mlpgen::submission {
namespace {

bool stops_early(const std::string& scenario) {
  return scenario == "Server" || scenario == "SingleStream" || scenario == "MultiStream";
}

// A limit by scenario; the folder's scenario counts whatever its case.
const Placed<int64_t>* limit_of(const RoundModel& model, const std::string& scenario) {
  for (const auto& [name, limit] : model.latency_limit_ns)
    if (lower(name) == lower(scenario)) return &limit;
  return nullptr;
}

void check_limit(ResultUnderCheck& r, const std::string& key, const std::string& scenario) {
  const Placed<int64_t>* limit = limit_of(*r.rules, scenario);
  if (!limit || limit->value == 0) return;
  std::optional<double> found = r.performance->number(key);
  if (found && *found <= static_cast<double>(limit->value)) return;
  r.error("latency", r.logged(key),
          key + " is " + (found ? python_text(*r.performance->find(key)) : "missing") + "; " +
              r.round.name.value + " allows " + std::to_string(limit->value) + " ns for " +
              r.model + " " + scenario,
          "lower target_qps until the constraint holds, then measure again");
}

void check_early_stopping(ResultUnderCheck& r) {
  const nlohmann::json* met = r.performance->find("early_stopping_met");
  if (met && is_true(*met)) return;
  r.report.say(r.in_closed(r.round.strictness(Rule::kEarlyStopping)), "early-stopping",
               r.logged("early_stopping_met"),
               "early stopping was not met: " +
                   r.performance->text("early_stopping_result").value_or("no message in the log"),
               "issue more queries: SingleStream needs 64, MultiStream 662; Server needs a lower "
               "target_qps");
}

void check_token_limit(ResultUnderCheck& r, const TokenLimit& limit) {
  struct Part {
    const char* key;
    int64_t wanted;
    const char* what;
  };
  for (const Part& part : {Part{"result_first_token_99.00_percentile_latency_ns", limit.ttft_ns,
                                "time to first token"},
                           Part{"result_time_per_output_token_99.00_percentile_ns", limit.tpot_ns,
                                "time per output token"}}) {
    std::optional<double> found = r.performance->number(part.key);
    if (found && *found < static_cast<double>(part.wanted)) continue;
    r.error("token-latency", r.logged(part.key),
            std::string("the 99th percentile of the ") + part.what + " is " +
                (found ? python_text(*r.performance->find(part.key)) : "missing") +
                "; it must be below " + std::to_string(part.wanted) + " ns",
            "lower target_qps until it holds, then measure again");
  }
}

void check_tokens(ResultUnderCheck& r) {
  if (!r.rules->token_latencies) return;
  const nlohmann::json* asked = r.performance->find("requested_use_token_latencies");
  if (!asked || !is_true(*asked))
    return r.error("token-latency", r.logged("requested_use_token_latencies"),
                   "use_token_latencies is off, and " + r.model + " is a language model",
                   "set use_token_latencies = 1 in user.conf");
  if (r.scenario_run() != "Server" && r.scenario_run() != "Interactive") return;
  auto limit = r.rules->token_limit.find(r.scenario_run());
  if (limit != r.rules->token_limit.end()) return check_token_limit(r, limit->second);
  r.error("token-latency", r.log_path(),
          "round " + r.round.name.value + " has no token latency limits for " + r.model + " " +
              r.scenario_run(),
          "choose a scenario that the round has for this model");
}

}  // namespace

void check_latency(ResultUnderCheck& r) {
  std::string run = r.scenario_run();
  if (stops_early(run)) {
    check_early_stopping(r);
    check_limit(r, "effective_target_latency_ns", run);
  } else {
    check_limit(r, "result_99.00_percentile_latency_ns", r.place.scenario);
  }
  check_tokens(r);
}

}  // namespace mlpgen::submission
