// The runs of a compliance test -> what mlpgen says of them: the texts that a submission holds, and
// whether the test passed.
//
// The rules are those of the verification scripts of mlcommons/inference (compliance.md §1), but
// outputs are compared whole: upstream's script of TEST01 looks at their first number alone.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "round/round.h"

namespace mlpgen::submission {

struct ComplianceRuns {
  std::string test;         // TEST01, ...
  std::string model;        // folder of the model in the tree
  std::string scenario;     // folder of the scenario
  std::string accuracy;     // folder of the accuracy run, with LoadGen's whole accuracy log
  std::string performance;  // folder of the performance run
  std::string run;          // folder of the test's own run
  // Of a short run LoadGen's verdict does not count, and a factor of 10 takes the place of the
  // rule's percentage: so few queries say nothing about 10 %.
  bool short_run = false;
  std::string tokens = "int32";  // type of a token in an answer: int32 or int64
  uint64_t end_token = 2;        // of the tokenizer
  // The texts of an accuracy script for the outputs of the test's run, and for those of the same
  // samples in the accuracy run; "" where there is none.
  std::string test_accuracy, baseline_accuracy;
};

// One file of the test's folder.
struct ComplianceText {
  std::string file;  // verify_performance.txt, ...
  std::string text;  // ends in a line that says how it went, as the official checker reads it
  std::vector<std::string> faults;  // a sentence with its numbers each; none: passed
  bool outputs_differ = false;      // of TEST01: passed by accuracies that are alike
};

// An error where a log cannot be read, or lacks what the test compares.
Result<std::vector<ComplianceText>> judge_compliance(const Round& round,
                                                     const ComplianceRuns& runs);

}  // namespace mlpgen::submission
