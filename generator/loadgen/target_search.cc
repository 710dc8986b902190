// Bracket, bisect, confirm.
#include "loadgen/target_search.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "loadgen/run_length.h"

namespace mlpgen::submission {
namespace {

constexpr double kAgree = 1.05;       // two values agree, a bracket is narrow enough
constexpr double kStep = 4;           // from a rate to the next, until one does not hold
constexpr double kBelow = 0.9;        // of what an overloaded system completes
constexpr double kOverload = 0.9;     // completed of asked: less is an overload
constexpr double kFirstRate = 8;      // queries/s
constexpr double kFirstSamples = 24;  // of Offline
constexpr double kLeastQueries = 16;  // of a probe of Server, or it says nothing of a percentile
constexpr double kLonger = 1.5;       // a stream that is slower than expected ends by its time
constexpr size_t kLastBisect = 9;     // then it is confirmed, so that a failed one can be repeated

bool agree(double a, double b) { return std::max(a, b) <= std::min(a, b) * kAgree; }

double expected_first(const TargetSearch& search) {
  if (search.start > 0) return search.start;
  if (search.scenario == "Server") return kFirstRate;
  return search.scenario == "MultiStream" ? 80 : search.scenario == "SingleStream" ? 10 : 0;
}

SearchStep over(const TargetSearch& search, double reached) {
  return {std::nullopt, "", reached, target_from(search.scenario, reached)};
}

SearchStep ask(double target, double seconds, std::string why, bool confirms = false) {
  return {Probe{target, seconds, confirms}, std::move(why)};
}

Error not_confirmed(const std::string& what) {
  return {
      std::to_string(kMostProbes) + " probes did not find what the system reaches: " + what,
      "look at the probes; a machine that is not quiet, or too short a probe, makes them differ"};
}

// The system says in each run what it reaches.
Result<SearchStep> next_measured(const TargetSearch& search, std::span<const Probe> done) {
  if (done.empty()) return ask(expected_first(search), search.probe_s, "bracket");
  double last = done.back().reached;
  if (done.size() == 1) return ask(last, search.probe_s, "bisect");
  if (double before = done[done.size() - 2].reached; agree(before, last) && done.size() > 2)
    return over(search, (before + last) / 2);
  if (done.size() >= kMostProbes) return not_confirmed("no two in a row agree within 5 %");
  return ask(last, search.probe_s, done.size() == 2 ? "confirm" : "bisect", true);
}

// What the probes of Server say so far.
struct Bracket {
  double holds = 0;                                           // the highest rate below `fails`
  double fails = std::numeric_limits<double>::infinity();     // the lowest that does not hold
  double capacity = std::numeric_limits<double>::infinity();  // completed where it was overloaded
};

Bracket bracket_of(std::span<const Probe> done) {
  Bracket b;
  for (const Probe& p : done) {
    if (p.holds) continue;
    b.fails = std::min(b.fails, p.target);
    if (p.reached < p.target * kOverload) b.capacity = std::min(b.capacity, p.reached);
  }
  for (const Probe& p : done)
    if (p.holds && p.target < b.fails) b.holds = std::max(b.holds, p.target);
  return b;
}

// Where none of the rates holds yet: below what the system completes, or half.
double lower(const Bracket& b) {
  return b.capacity * kBelow < b.fails ? b.capacity * kBelow : b.fails / 2;
}

Result<SearchStep> next_rate(const TargetSearch& search, std::span<const Probe> done) {
  if (done.empty()) return ask(expected_first(search), search.probe_s / 4, "bracket");
  const Probe& last = done.back();
  const Bracket b = bracket_of(done);
  if (last.confirms && last.holds) return over(search, last.target);
  if (done.size() >= kMostProbes) return not_confirmed("no rate held twice");
  if (last.confirms) return ask(last.target / kAgree, search.confirm_s, "confirm", true);
  if (std::isinf(b.fails)) return ask(b.holds * kStep, search.probe_s / 4, "bracket");
  if (b.holds == 0) return ask(lower(b), search.probe_s / 4, "bracket");
  const double most = std::min(b.fails, std::max(b.capacity * kAgree, b.holds * kAgree));
  if (most <= b.holds * kAgree || done.size() >= kLastBisect)
    return ask(b.holds, search.confirm_s, "confirm", true);
  const double below = b.capacity * kBelow;
  const bool far = most > b.holds * kStep / 2;
  return ask(far && below > b.holds * kAgree && below < most ? below : std::sqrt(b.holds * most),
             search.probe_s, "bisect");
}

std::string setting(const TargetSearch& search, const char* key, double value) {
  return conf_line(search.model, search.scenario, key, value);
}

}  // namespace

Result<SearchStep> next_probe(const TargetSearch& search, std::span<const Probe> done) {
  return search.scenario == "Server" ? next_rate(search, done) : next_measured(search, done);
}

std::string probe_conf(const TargetSearch& search, const Probe& probe) {
  const double ms = std::ceil(probe.seconds * 1e3);
  if (search.scenario == "Offline")  // LoadGen issues the count alone
    return setting(search, "target_qps", 0.001) + setting(search, "min_duration", ms) +
           setting(search, "min_query_count",
                   probe.target > 0 ? std::ceil(probe.target * probe.seconds) : kFirstSamples);
  if (search.scenario == "Server") {
    const double count = std::max(kLeastQueries, std::ceil(probe.target * probe.seconds));
    return setting(search, "target_qps", probe.target) +
           setting(search, "min_duration", std::ceil(count / probe.target * 1e3)) +
           setting(search, "min_query_count", 1) + setting(search, "max_query_count", count);
  }
  return setting(search, "target_latency", probe.target) + setting(search, "min_duration", ms) +
         setting(search, "max_duration", std::ceil(ms * kLonger)) +
         setting(search, "min_query_count", 1) +
         setting(search, "max_query_count", std::max(1.0, std::ceil(ms / probe.target)));
}

Status read_probe(const TargetSearch& search, const LoadgenLog& log, Probe& probe) {
  const std::string key = search.scenario == "Server" ? "result_completed_samples_per_sec"
                                                      : result_key(search.scenario);
  std::optional<double> value = log.number(key);
  if (!value || !(*value > 0))
    return Error{"LoadGen's detail log of the probe has no " + key, "look at what the run printed"};
  const bool latency = search.scenario.ends_with("Stream");
  probe.reached = latency ? *value / 1e6 : *value;
  const nlohmann::json* held = log.find("result_perf_constraints_met");
  probe.holds = !held || !held->is_boolean() || held->get<bool>();
  return Done{};
}

}  // namespace mlpgen::submission
