// mlpgen-tool summary and mlpgen-tool result-line
#include <iostream>

#include "base/subcommand.h"
#include "file/file.h"
#include "tree/summary.h"

namespace mlpgen::submission {

namespace {

Result<int> summary(const Arguments& a) {
  SummaryRequest r{a.text("csv"),         a.text("check"),    a.text("official"),
                   a.list("performance"), a.list("accuracy"), a.text("test_run"),
                   a.text("stand_in"),    a.text("defaults")};
  Result<nlohmann::ordered_json> summary = make_summary(r);
  if (!summary) return summary.error();
  if (Status s = write_file(a.text("out"), summary_text(*summary)); !s) return s.error();
  return 0;
}

const Registered kSummary(
    {"summary", summary,
     "The rows of summary.csv with typed values under \"0\", \"1\", ..., and a section "
     "\"mlpgen\":\n"
     "round, test_run, test_run_note, stand_in, results [{system, model, scenario, loadgen "
     "{verdict, scenario, numbers, errors}, accuracy}],\n"
     "checkers {mlpgen, official: {verdict: ok | errors | not run}}, defaults."});

Result<int> print_result_line(const Arguments& a) {
  const std::string& path = a.text("summary");
  Result<std::string> text = read_file(path);
  if (!text) return text.error();
  nlohmann::json summary = nlohmann::json::parse(*text, nullptr, false);
  Result<std::string> line = result_line(summary);
  if (!line) return Error{path + ": " + line.error().message, line.error().help};
  std::cout << *line << "\n";
  return 0;
}

const Registered kResultLine(
    {"result-line",
     print_result_line,
     "A line for each result: what was measured, LoadGen's verdict and the checkers' verdicts.",
     {{"summary", Parameter::Type::kText, "summary.json of `mlpgen-tool summary`", true}},
     "The one line that says what was measured and who accepted it"});

}  // namespace

}  // namespace mlpgen::submission
