// The table of this folder's subcommands.
#include "submission/commands.h"

#include "submission/run_commands.h"

namespace mlpgen {
namespace {

using namespace submission;

constexpr Subcommand kCommands[] = {
    {"truncate-accuracy-log", "cut LoadGen's accuracy log and note its SHA-256 in accuracy.txt",
     run_truncate},
    {"result-tree", "one result (system, model, scenario) as a part of a submission tree",
     run_result_tree},
    {"submission-tree", "merge results and a system description into one submission tree",
     run_submission_tree},
    {"check", "check a submission tree by the rules of its round; write summary.csv", run_check},
    {"official-check", "run the official submission checker, unmodified, on a submission tree",
     run_official_check},
    {"summary", "summary.csv and the verdicts as summary.json", run_summary},
    {"tar", "a submission tree as a tarball with the same bytes every time", run_tar},
    {"result-line", "the one line that says what was measured and who accepted it",
     run_result_line},
};

}  // namespace

std::span<const Subcommand> submission_commands() { return kCommands; }

}  // namespace mlpgen
