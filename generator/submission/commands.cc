// The table of this folder's subcommands.
#include "submission/commands.h"

#include "submission/run_commands.h"

namespace mlpgen {
namespace {

using namespace submission;

constexpr Subcommand kCommands[] = {
    {"truncate-accuracy-log", "Cut LoadGen's accuracy log and note its SHA-256 in accuracy.txt",
     run_truncate},
    {"result-tree", "One result (system, model, scenario) as a part of a submission tree",
     run_result_tree},
    {"submission-tree", "Merge results and a system description into one submission tree",
     run_submission_tree},
    {"check", "Check a submission tree by the rules of its round; write summary.csv", run_check},
    {"official-check", "Run the official submission checker, unmodified, on a submission tree",
     run_official_check},
    {"summary", "Write summary.json from summary.csv and the verdicts", run_summary},
    {"tar", "A submission tree as a tarball with the same bytes every time", run_tar},
    {"user-conf", "LoadGen's user.conf for a fast or a valid run, from a target or a calibration run", run_user_conf},
    {"result-line", "The one line that says what was measured and who accepted it",
     run_result_line},
};

}  // namespace

std::span<const Subcommand> submission_commands() { return kCommands; }

}  // namespace mlpgen
