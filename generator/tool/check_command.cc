// mlpgen-tool check
#include <iostream>

#include "base/subcommand.h"
#include "checker/check_tree.h"
#include "checker/load_round_option.h"
#include "checker/result_csv.h"
#include "file/file.h"

namespace mlpgen::submission {

namespace {

Result<int> check(const Arguments& a) {
  CheckOptions options{a.text("tree"), a.text("submitter"), a.yes("part_of_dataset")};
  std::optional<Round> round = load_round_option(a.text("round"));
  if (!round) return 1;
  if (!exists(options.tree))
    return Error{options.tree + " is not there",
                 "give --tree the output of `mlpgen-tool submission-tree`"};
  const std::string& out = a.text("out");
  CheckReport report = check_tree(*round, options);
  if (Status s = make_directories(out); !s) return s.error();
  if (Status s = write_file(out + "/summary.csv", to_csv(report.rows)); !s) return s.error();
  if (Status s = write_file(out + "/check.json", to_json(report)); !s) return s.error();
  std::cout << to_text(report);
  return report.ok() ? 0 : 1;
}

const Registered kCheck(
    {"check", check,
     "As the round's official checker does, and it lists all violations at once: what, where, the "
     "wanted value, what to do.\n"
     "summary.csv has one row for each result that counts, and a second one for its power. Exit "
     "code 1 when a rule is broken."});

}  // namespace

}  // namespace mlpgen::submission
