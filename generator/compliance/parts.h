// The parts of a compliance verdict, for compliance_verdict.cc alone.
#pragma once

#include "compliance/verdict.h"
#include "loadgen/accuracy_log.h"

namespace mlpgen::submission {

// The scores of result and test, each of TEST01, TEST04 and TEST05 by its own limits.
Result<ComplianceText> judge_performance(const Round& round, const ComplianceRuns& runs);

// TEST01: the outputs of the test are those of the accuracy run, or their accuracies are alike.
Result<ComplianceText> judge_outputs(const RoundModel& rules, const ComplianceRuns& runs);
// TEST06: first token, end of the answer, number of tokens.
Result<ComplianceText> judge_tokens(const ComplianceRuns& runs);
// TEST07: the accuracy in performance mode reaches a threshold.
Result<ComplianceText> judge_threshold(const ComplianceRuns& runs);
// TEST08: the normalised entropies of a recommender's predictions are within 0.1 %.
Result<ComplianceText> judge_entropy(const ComplianceRuns& runs);
// TEST09: the mean number of tokens of an answer is within bounds.
Result<ComplianceText> judge_lengths(const ComplianceRuns& runs);

inline std::string number_text(double value) {
  char text[64];
  std::snprintf(text, sizeof text, "%.6g", value);
  return text;
}

// The last line that every checker looks for, and before it what is wrong.
inline void end_text(ComplianceText& part) {
  for (const std::string& fault : part.faults) part.text += fault + "\n";
  part.text += part.faults.empty() ? "TEST PASS\n" : "TEST FAIL\n";
}

}  // namespace mlpgen::submission
