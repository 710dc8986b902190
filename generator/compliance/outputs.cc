// TEST01: outputs in performance mode beside those of the accuracy run.
#include <unordered_map>

#include "compliance/accuracy.h"
#include "compliance/parts.h"

namespace mlpgen::submission {
namespace {

struct Compared {
  size_t accuracy = 0, test = 0;  // outputs of each log
  size_t equal = 0, other = 0;    // of the test's
  size_t missing = 0;             // of the test's, of samples that the accuracy log lacks
  size_t contradicting = 0;       // of the accuracy log: another output of the same sample
  uint64_t first_other = 0;       // sample
};

Compared compare_logs(const std::vector<LoggedOutput>& accuracy,
                      const std::vector<LoggedOutput>& test) {
  Compared c;
  c.accuracy = accuracy.size();
  c.test = test.size();
  std::unordered_map<uint64_t, const std::string*> known;
  for (const LoggedOutput& o : accuracy)
    if (auto [it, first] = known.try_emplace(o.index, &o.data); !first && *it->second != o.data)
      ++c.contradicting;
  for (const LoggedOutput& o : test) {
    auto it = known.find(o.index);
    if (it == known.end())
      ++c.missing;
    else if (*it->second == o.data)
      ++c.equal;
    else if (++c.other == 1)
      c.first_other = o.index;
  }
  return c;
}

std::string counts_text(const Compared& c) {
  return "outputs of the accuracy run = " + std::to_string(c.accuracy) +
         "\noutputs of the test = " + std::to_string(c.test) +
         "\nequal outputs = " + std::to_string(c.equal) +
         "\nother outputs = " + std::to_string(c.other) +
         "\nof samples that the accuracy run lacks = " + std::to_string(c.missing) +
         "\nsamples with two outputs in the accuracy run = " + std::to_string(c.contradicting) +
         "\n";
}

}  // namespace

Result<ComplianceText> judge_outputs(const RoundModel& rules, const ComplianceRuns& runs) {
  Result<std::vector<LoggedOutput>> accuracy =
      read_accuracy_log(runs.accuracy + "/mlperf_log_accuracy.json");
  if (!accuracy) return accuracy.error();
  Result<std::vector<LoggedOutput>> test =
      read_accuracy_log(runs.run + "/mlperf_log_accuracy.json");
  if (!test) return test.error();
  Compared c = compare_logs(*accuracy, *test);
  ComplianceText part{"", "TEST01, outputs, by mlpgen\n" + counts_text(c), {}};
  if (c.test == 0) part.faults.push_back("TEST01: the test's run logged no output");
  if (c.missing > 0)
    part.faults.push_back("TEST01: " + std::to_string(c.missing) + " of " + std::to_string(c.test) +
                          " outputs are of samples that the accuracy run lacks");
  // Sums in another order give other last bits: then the accuracies decide.
  if (c.other > 0) {
    std::vector<std::string> differences =
        runs.baseline_accuracy.empty() || runs.test_accuracy.empty()
            ? std::vector<std::string>{"TEST01: nothing scored the two sets of outputs"}
            : accuracy_differences(rules, runs.scenario, runs.baseline_accuracy,
                                   runs.test_accuracy);
    part.outputs_differ = differences.empty() && part.faults.empty();
    if (!differences.empty())
      part.faults.push_back("TEST01: " + std::to_string(c.other) + " of " + std::to_string(c.test) +
                            " outputs in performance mode are not those of the accuracy run, the "
                            "first that of sample " +
                            std::to_string(c.first_other));
    part.faults.insert(part.faults.end(), differences.begin(), differences.end());
  }
  if (!part.outputs_differ) {
    end_text(part);
  } else {
    part.text +=
        "Not all outputs are equal; the accuracies of the same samples are alike: "
        "accuracy/baseline_accuracy.txt and accuracy/compliance_accuracy.txt\nTEST FAIL\n";
  }
  return part;
}

}  // namespace mlpgen::submission
