// mlpgen-tool check
#include <iostream>

#include "base/file.h"
#include "submission/check_tree.h"
#include "submission/load_round_option.h"
#include "submission/options.h"
#include "submission/result_csv.h"
#include "submission/run_commands.h"

namespace mlpgen::submission {

int run_check(int argc, char** argv) {
  CLI::App app(
      "Checks a submission tree by the rules of its round, as the round's official checker does, "
      "and says every\n"
      "breach at once: what, where, the wanted value, what to do. Compliance tests and power are "
      "not checked.\n"
      "Writes summary.csv with one row for each result that counts. Exit code 1 when a rule is "
      "broken.");
  CheckOptions options;
  std::string round_file, csv, report_file;
  app.add_option("--tree", options.tree, "folder that holds open/, closed/ or network/")
      ->required();
  app.add_option("--round", round_file, "recipes/rounds/vX.Y.yaml")->required();
  app.add_option("--submitter", options.submitter, "check this submitter only");
  app.add_flag("--skip-dataset-size-check", options.skip_dataset_size,
               "for test runs: the accuracy run may cover a part of the data set");
  app.add_option("--csv", csv, "summary.csv to write")->required();
  app.add_option("--report", report_file, "check.json to write")->required();
  if (std::optional<int> code = parse_options(app, argc, argv)) return *code;
  std::optional<Round> round = load_round_option(round_file);
  if (!round) return 1;
  if (!exists(options.tree))
    return fail({options.tree + " is not there",
                 "give --tree the output of `mlpgen-tool submission-tree`"});
  CheckReport report = check_tree(*round, options);
  if (Status s = write_file(csv, to_csv(report.rows)); !s) return fail(s.error());
  if (Status s = write_file(report_file, to_json(report)); !s) return fail(s.error());
  std::cout << to_text(report);
  return report.ok() ? 0 : 1;
}

}  // namespace mlpgen::submission
