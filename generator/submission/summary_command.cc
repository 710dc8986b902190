// mlpgen-tool summary and mlpgen-tool result-line
#include <iostream>

#include "base/file.h"
#include "submission/options.h"
#include "submission/run_commands.h"
#include "submission/summary.h"

namespace mlpgen::submission {

int run_summary(int argc, char** argv) {
  CLI::App app(
      "Writes summary.json: the rows of summary.csv with typed values under \"0\", \"1\", ..., and "
      "a section \"mlpgen\":\n"
      "round, test_run, test_run_note, stand_in, results [{system, model, scenario, loadgen {verdict, scenario, numbers, "
      "errors}, accuracy}],\n"
      "checkers {mlpgen, official: {verdict: ok | errors | not run}}, defaults.");
  SummaryRequest r;
  std::string out;
  app.add_option("--csv", r.csv, "summary.csv of a checker")->required();
  app.add_option("--check", r.check, "check.json of `mlpgen-tool check`")->required();
  app.add_option("--official", r.official, "official.json of `mlpgen-tool official-check`");
  app.add_option("--performance", r.performance, "SYSTEM/MODEL/SCENARIO=FOLDER with LoadGen's output of the performance run; once for each result")
      ->required();
  app.add_option("--accuracy-txt", r.accuracy_txt, "SYSTEM/MODEL/SCENARIO=FILE that the accuracy script printed; once for each result")->required();
  app.add_option("--test-run", r.test_run, "sentence that says that this is a short test run");
  app.add_option("--stand-in", r.stand_in, "what takes the place of real data or of a real model");
  app.add_option("--defaults", r.defaults,
                 "JSON object with the values that are declared defaults");
  app.add_option("--out", out, "summary.json to write")->required();
  if (std::optional<int> code = parse_options(app, argc, argv)) return *code;
  Result<nlohmann::ordered_json> summary = make_summary(r);
  if (!summary) return fail(summary.error());
  if (Status s = write_file(out, summary_text(*summary)); !s) return fail(s.error());
  return 0;
}

int run_result_line(int argc, char** argv) {
  CLI::App app(
      "Prints a line for each result: what was measured, LoadGen's verdict and the checkers' "
      "verdicts.");
  std::string path;
  app.add_option("--summary", path, "summary.json of `mlpgen-tool summary`")->required();
  if (std::optional<int> code = parse_options(app, argc, argv)) return *code;
  Result<std::string> text = read_file(path);
  if (!text) return fail(text.error());
  nlohmann::json summary = nlohmann::json::parse(*text, nullptr, false);
  Result<std::string> line = result_line(summary);
  if (!line) return fail({path + ": " + line.error().message, line.error().help});
  std::cout << *line << "\n";
  return 0;
}

}  // namespace mlpgen::submission
