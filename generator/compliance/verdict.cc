// Which parts each test has.
#include "compliance/verdict.h"

#include "compliance/parts.h"
#include "compliance/tests.h"

namespace mlpgen::submission {
namespace {

// What is said of the outputs.
Result<ComplianceText> judge_answers(const Round& round, const ComplianceRuns& runs) {
  const RoundModel* rules = round.find(round.model_of(runs.model));
  if (!rules)
    return Error{"round " + round.name.value + " has no model '" + runs.model + "'",
                 "give the name that the round has for it"};
  if (runs.test == "TEST01") return judge_outputs(*rules, runs);
  if (runs.test == "TEST06") return judge_tokens(runs);
  if (runs.test == "TEST07") return judge_threshold(runs);
  return runs.test == "TEST08" ? judge_entropy(runs) : judge_lengths(runs);
}

}  // namespace

Result<std::vector<ComplianceText>> judge_compliance(const Round& round,
                                                     const ComplianceRuns& runs) {
  std::vector<ComplianceText> parts;
  for (const TestFiles& test : kComplianceTests) {
    if (runs.test != test.name) continue;
    if (test.run) {
      Result<ComplianceText> part = judge_performance(round, runs);
      if (!part) return part.error();
      parts.push_back(std::move(*part));
    }
    if (test.verdict) {
      Result<ComplianceText> part = judge_answers(round, runs);
      if (!part) return part.error();
      part->file = test.verdict;
      parts.push_back(std::move(*part));
    }
    return parts;
  }
  return Error{"there is no compliance test '" + runs.test + "'", "give TEST01, TEST04, ..."};
}

}  // namespace mlpgen::submission
