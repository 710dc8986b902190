// Rules of the compliance tests: their runs, and what their verification scripts wrote.
//
// compliance.md §1. The modular checker reads a test's files wherever they are there, and ends in a
// traceback at a damaged one; only the closed and network divisions must have them.
#include <algorithm>
#include <string_view>

#include "checker/file_set.h"
#include "checker/result_under_check.h"
#include "compliance/accuracy.h"
#include "compliance/tests.h"
#include "file/file.h"
#include "loadgen/official_text.h"
#include "text/text.h"

namespace mlpgen::submission {
namespace {

constexpr const char* kAgain = "run the test and its verification script again";

bool contains(const std::vector<std::string>& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

class Test {
 public:
  Test(ResultUnderCheck& r, const TestFiles& rule)
      : r_(r), rule_(rule), folder_(r.place.compliance() + "/" + rule.name) {}

  void check() {
    bool asked = !r_.open() && contains(r_.rules->compliance, rule_.name);
    if (!asked && !r_.modular()) return;
    if (asked && !exists(r_.root + "/" + folder_))
      return fault(
          folder_,
          std::string("the compliance test ") + rule_.name + " of " + r_.model + " is missing",
          "run it, or use the open division");
    std::optional<LoadgenLog> log = rule_.run ? read_run(asked) : std::nullopt;
    std::optional<std::string> verdict =
        rule_.verdict ? read_text(rule_.verdict, asked) : std::nullopt;
    if (!asked) return;
    if (rule_.run) check_run(std::move(log));
    if (verdict) check_verdict(*verdict);
  }

 private:
  std::string run() const { return folder_ + "/performance/run_1"; }

  void fault(const std::string& where, std::string message, std::string help) {
    r_.error("compliance", where, std::move(message), std::move(help));
  }

  std::optional<LoadgenLog> read_run(bool asked) {
    std::string path = run() + "/mlperf_log_detail.txt";
    if (!asked && !exists(r_.root + "/" + path)) return std::nullopt;
    return read_log(r_.report, r_.root, path);
  }

  std::optional<std::string> read_text(const std::string& name, bool asked) {
    std::string where = folder_ + "/" + name;
    if (!exists(r_.root + "/" + where)) {
      if (asked) fault(where, name + " of " + rule_.name + " is missing", kAgain);
      return std::nullopt;
    }
    Result<std::string> text = read_official_text(r_.root + "/" + where);
    if (text) return std::move(*text);
    r_.error("not-text", where, text.error().message, text.error().help);
    return std::nullopt;
  }

  // The run keeps the rules of a performance run; TEST05's has seeds of its own.
  void check_run(std::optional<LoadgenLog> log) {
    if (log) {
      ResultUnderCheck test = r_;
      test.run = run();
      test.performance = std::move(log);
      if (rule_.name == std::string_view("TEST05") && r_.round.test05_seeds)
        test.seeds = &*r_.round.test05_seeds;
      check_performance(test);
    }
    if (std::optional<std::string> text = read_text("verify_performance.txt", true))
      if (text->find("TEST PASS") == std::string::npos)
        fault(folder_ + "/verify_performance.txt",
              std::string(rule_.name) + "'s check of the performance has no line TEST PASS",
              "its text says by how much the test failed; measure result and test again");
    check_files(run(), {"mlperf_log_detail.txt", "mlperf_log_summary.txt"},
                {"mlperf_log_accuracy.json"});
  }

  bool check_files(const std::string& folder, const std::vector<std::string>& wanted,
                   const std::vector<std::string>& allowed) {
    FileSet found = compare_files(r_.root + "/" + folder, wanted, allowed);
    if (!found.missing.empty())
      fault(folder, "files are missing: " + join(found.missing, ", "), kAgain);
    if (!found.extra.empty())
      fault(folder, "files do not belong here: " + join(found.extra, ", "), "remove them");
    return found.missing.empty() && found.extra.empty();
  }

  void check_verdict(const std::string& text) {
    if (rule_.name == std::string_view("TEST01")) return check_test01(text);
    if (rule_.name == std::string_view("TEST06")) return check_test06(text);
    bool whole_line = rule_.name == std::string_view("TEST08");
    if (whole_line ? has_line(text, "TEST PASS") : text.find("TEST PASS") != std::string::npos)
      return;
    fault(folder_ + "/" + rule_.verdict, std::string(rule_.name) + " has no line TEST PASS",
          "its text says by how much the test failed; run result and test again");
  }

  static bool has_line(const std::string& text, std::string_view wanted) {
    for (const std::string& line : split(text, '\n'))
      if (trim(line) == wanted) return true;
    return false;
  }

  void check_test06(const std::string& text) {
    struct Line {
      const char *what, *pass, *skipped;
    };
    for (const Line& l :
         {Line{"first token", "First token check pass: True", "First token check pass: Skipped"},
          Line{"end of sequence", "EOS check pass: True", "EOS check pass: True"},
          Line{"sample length", "Sample length check pass: True",
               "Sample length check pass: True"}})
      if (!has_line(text, l.pass) && !has_line(text, l.skipped))
        fault(folder_ + "/verify_accuracy.txt",
              std::string("TEST06 did not pass its check of the ") + l.what,
              std::string("its text needs the line `") + l.pass + "`");
  }

  // Either all outputs are equal, or the accuracies of two parts of the data set nearly are.
  void check_test01(const std::string& text) {
    bool pass =
        r_.modular() ? has_line(text, "TEST PASS") : text.find("TEST PASS") != std::string::npos;
    if (pass && r_.modular()) return;
    std::vector<std::string> wanted = {"accuracy.txt", "mlperf_log_accuracy.json"};
    if (!pass) wanted.insert(wanted.end(), {"baseline_accuracy.txt", "compliance_accuracy.txt"});
    if (!check_files(folder_ + "/accuracy", wanted, {}) || pass) return;
    std::optional<std::string> baseline = read_text("accuracy/baseline_accuracy.txt", true);
    std::optional<std::string> compliance = read_text("accuracy/compliance_accuracy.txt", true);
    if (!baseline || !compliance) return;
    for (const std::string& difference :
         accuracy_differences(*r_.rules, r_.place.scenario, *baseline, *compliance))
      fault(folder_ + "/accuracy", difference,
            "the outputs of performance and accuracy mode must be alike; " + std::string(kAgain));
  }

  ResultUnderCheck& r_;
  const TestFiles& rule_;
  std::string folder_;
};

}  // namespace

void check_compliance(ResultUnderCheck& r) {
  if (!r.rules) return;
  for (const TestFiles& rule : kComplianceTests) Test(r, rule).check();
}

}  // namespace mlpgen::submission
