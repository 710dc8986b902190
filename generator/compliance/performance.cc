// The score of a test's run beside that of the result.
#include "compliance/parts.h"
#include "loadgen/loadgen_log.h"
#include "round/round.h"

namespace mlpgen::submission {
namespace {

constexpr double kLimit = 0.10, kLimitOfTest05 = 0.05, kWideLimit = 0.20;
// Up to these latencies (ns) the wide limit counts: what else a machine does weighs more then.
constexpr double kShortSingleStream = 200000, kShortMultiStream = 1600000;
constexpr double kShortRunFactor = 10;

struct Scored {
  std::string scenario;  // LoadGen's
  double score = 0;      // by the round's result field: 1/s, or ns of a query
  std::string validity;
  double target_latency = 0;  // ns, of Server
};

Result<Scored> score_of(const Round& round, const ComplianceRuns& runs, const std::string& folder) {
  Result<LoadgenLog> log = LoadgenLog::read(folder + "/mlperf_log_detail.txt");
  if (!log) return log.error();
  Scored scored{log->text("effective_scenario").value_or(""), 0,
                log->text("result_validity").value_or("missing"),
                log->number("effective_target_latency_ns").value_or(0)};
  auto field = round.result_fields.find(scored.scenario);
  std::string key = field == round.result_fields.end() ? "" : field->second;
  if (const RoundModel* m = round.find(round.model_of(runs.model)))
    if (auto own = m->result_fields.find(scored.scenario); own != m->result_fields.end())
      key = own->second;
  std::optional<double> score = log->number(key);
  if (!score || !(*score > 0))
    return Error{folder + "/mlperf_log_detail.txt has no result of LoadGen" +
                     (key.empty() ? "" : ", which would be " + key),
                 "take the log of a finished performance run"};
  scored.score = *score;
  return scored;
}

bool is_latency(const Scored& s) {
  return s.scenario == "SingleStream" || s.scenario == "MultiStream";
}

// How much of the result's score a test's may differ.
double limit_of(const ComplianceRuns& runs, const Scored& reference) {
  // Upstream compares a frequency with the bound of a latency: TEST04 of both always has this one.
  if (runs.test == "TEST04" && is_latency(reference)) return kWideLimit;
  if (reference.scenario == "SingleStream" && reference.score <= kShortSingleStream)
    return kWideLimit;
  if (reference.scenario == "MultiStream" && reference.score <= kShortMultiStream)
    return kWideLimit;
  return runs.test == "TEST05" ? kLimitOfTest05 : kLimit;
}

// The test's speed as a multiple of the result's.
double speed(const Scored& reference, const Scored& test) {
  return is_latency(reference) ? reference.score / test.score : test.score / reference.score;
}

// Bounds of what is compared: the score of TEST01 and TEST05, the speed of TEST04.
struct Bounds {
  double least, most;
};

Bounds bounds_of(const Round& round, const ComplianceRuns& runs, const Scored& reference) {
  double limit = limit_of(runs, reference);
  double most = runs.short_run ? kShortRunFactor : 1 + limit;
  double least = runs.short_run ? 1 / kShortRunFactor : 1 - limit;
  if (runs.test == "TEST04") return {0, most};  // a cache makes the test faster
  bool slower_alone = runs.test == "TEST05" && !round_before(round.name.value, "v3.1");
  if (!slower_alone) return {least, most};
  constexpr double kAny = 1e300;
  return is_latency(reference) ? Bounds{0, most} : Bounds{least, kAny};
}

std::string scored_text(const char* what, const Scored& s) {
  return std::string(what) + " score = " + number_text(s.score) +
         (is_latency(s) ? " ns (" : " /s (") + s.scenario + ", LoadGen: " + s.validity + ")\n";
}

void compare(const Round& round, const ComplianceRuns& runs, const Scored& reference,
             const Scored& test, ComplianceText& part) {
  double ratio = runs.test == "TEST04" ? speed(reference, test) : test.score / reference.score;
  Bounds b = bounds_of(round, runs, reference);
  std::string allowed = b.least <= 0     ? "at most " + number_text(b.most)
                        : b.most > 1e299 ? "at least " + number_text(b.least)
                                         : number_text(b.least) + " to " + number_text(b.most);
  std::string what = runs.test == "TEST04" ? "speed of the test / of the result"
                                           : "score of the test / of the result";
  part.text += what + " = " + number_text(ratio) + ", allowed: " + allowed + "\n";
  if (ratio >= b.least && ratio <= b.most) return;
  part.faults.push_back(
      runs.test + ": the score of the test is " + number_text(test.score) +
      ", that of the result " + number_text(reference.score) + ": " + number_text(ratio) +
      " times, and " + allowed + " is allowed" +
      (runs.test == "TEST04" ? "; equal samples must take as long as others" : ""));
}

}  // namespace

Result<ComplianceText> judge_performance(const Round& round, const ComplianceRuns& runs) {
  Result<Scored> reference = score_of(round, runs, runs.performance);
  if (!reference) return reference.error();
  Result<Scored> test = score_of(round, runs, runs.run);
  if (!test) return test.error();
  ComplianceText part{"verify_performance.txt",
                      runs.test + ", performance, by mlpgen\n" + scored_text("result", *reference) +
                          scored_text("test", *test),
                      {}};
  if (runs.short_run)
    part.text +=
        "Short runs: LoadGen's verdict does not count, and a factor of 10 takes the place of the "
        "rule's limit. They are no results of MLPerf Inference.\n";
  for (const Scored* s : {&*reference, &*test})
    if (!runs.short_run && s->validity != "VALID")
      part.faults.push_back(runs.test + ": LoadGen calls the run of the " +
                            (s == &*test ? "test " : "result ") + s->validity);
  if (test->scenario != reference->scenario)
    part.faults.push_back(runs.test + ": the result ran " + reference->scenario +
                          ", the test ran " + test->scenario);
  else if (test->scenario == "Server" && test->target_latency != reference->target_latency)
    part.faults.push_back(runs.test + ": the two runs have other target latencies");
  else
    compare(round, runs, *reference, *test, part);
  end_text(part);
  return part;
}

}  // namespace mlpgen::submission
