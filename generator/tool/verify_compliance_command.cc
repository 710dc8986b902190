// mlpgen-tool verify-compliance: the runs of a compliance test -> its folder of a submission.
#include <algorithm>
#include <iostream>

#include "base/subcommand.h"
#include "checker/load_round_option.h"
#include "compliance/official.h"
#include "compliance/tests.h"
#include "compliance/verdict.h"
#include "file/file.h"
#include "loadgen/truncate.h"
#include "text/text.h"
#include "tree/tree_files.h"

namespace mlpgen::submission {
namespace {

Result<std::string> text_of(const std::string& path) {
  return path.empty() ? std::string() : read_file(path);
}

Result<ComplianceRuns> runs_of(const Arguments& a) {
  ComplianceRuns r;
  r.test = a.text("test");
  r.model = a.text("model");
  r.scenario = a.text("scenario");
  r.accuracy = a.text("accuracy");
  r.performance = a.text("performance");
  r.run = a.text("run");
  r.short_run = !a.text("test_run").empty();
  r.tokens = a.text("token_type");
  r.end_token = a.number("end_token").value_or(0);
  Result<std::string> test = text_of(a.text("test_accuracy")),
                      baseline = text_of(a.text("baseline_accuracy"));
  if (!test) return test.error();
  if (!baseline) return baseline.error();
  r.test_accuracy = *test;
  r.baseline_accuracy = *baseline;
  return r;
}

// The test's accuracy log, cut as the rules ask where its score carries the hash.
Status add_log(const ComplianceRuns& r, const std::string& accuracy_txt, const std::string& out) {
  std::string log = "/mlperf_log_accuracy.json";
  if (accuracy_txt.empty()) return copy_into(out, "accuracy" + log, r.run + log);
  Result<Truncation> cut = truncate_accuracy_log(r.run + log, accuracy_txt);
  if (!cut) return cut.error();
  if (Status s = add_file(out, "accuracy" + log, cut->log, r.run); !s) return s;
  return add_file(out, "accuracy/accuracy.txt", cut->accuracy_txt, accuracy_txt);
}

Status add_runs(const ComplianceRuns& r, const Arguments& a, const std::string& out) {
  if (r.test != "TEST06")
    for (const char* name : {"mlperf_log_summary.txt", "mlperf_log_detail.txt"})
      if (Status s = copy_into(out, std::string("performance/run_1/") + name, r.run + "/" + name);
          !s)
        return s;
  if (r.test == "TEST04" || r.test == "TEST05") return Done{};
  return add_log(r, a.text("test_accuracy"), out);
}

// Where outputs differ and accuracies do not, the checkers want both.
Status add_accuracies(const ComplianceRuns& r, const std::string& out) {
  if (Status s = add_file(out, "accuracy/baseline_accuracy.txt", r.baseline_accuracy, r.accuracy);
      !s)
    return s;
  return add_file(out, "accuracy/compliance_accuracy.txt", r.test_accuracy, r.run);
}

// Upstream's words where its script passed the part, else mlpgen's.
Status add_texts(const std::vector<ComplianceText>& parts, const OfficialTexts& official,
                 const std::string& out) {
  for (const ComplianceText& part : parts) {
    const std::string* theirs = official.passed(part.file);
    if (Status s = add_file(out, part.file, theirs ? *theirs : part.text, "mlpgen"); !s) return s;
  }
  return Done{};
}

Error failed(const ComplianceRuns& r, const std::vector<std::string>& faults) {
  return Error{
      r.test + " of " + r.model + " in " + r.scenario + " did not pass:\n  " + join(faults, "\n  "),
      "find out why the test's run differs from result and accuracy run, then measure "
      "again: `mlpgen rerun compliance`; the open division has no compliance tests"};
}

Result<int> verify_compliance(const Arguments& a) {
  std::optional<Round> round = load_round_option(a.text("round"));
  if (!round) return 1;
  Result<ComplianceRuns> r = runs_of(a);
  if (!r) return r.error();
  Result<std::vector<ComplianceText>> parts = judge_compliance(*round, *r);
  if (!parts) return parts.error();
  Result<OfficialTexts> official = read_official_texts(a.text("official"), *r);
  if (!official) return official.error();
  std::vector<std::string> faults = official->faults(*parts);
  for (const ComplianceText& part : *parts) {
    std::cout << part.file << ":\n" << part.text << std::endl;  // before the error
    faults.insert(faults.end(), part.faults.begin(), part.faults.end());
  }
  if (!faults.empty()) return failed(*r, faults);
  const std::string& out = a.text("out");
  if (Status s = add_runs(*r, a, out); !s) return s.error();
  bool others = std::any_of(parts->begin(), parts->end(),
                            [](const ComplianceText& part) { return part.outputs_differ; });
  if (others)
    if (Status s = add_accuracies(*r, out); !s) return s.error();
  if (Status s = add_texts(*parts, *official, out); !s) return s.error();
  return 0;
}

const Registered kVerifyCompliance(
    {"verify-compliance", verify_compliance,
     "The whole accuracy logs are compared; exit code 1 with the numbers where the test did not "
     "pass."});

}  // namespace

}  // namespace mlpgen::submission
