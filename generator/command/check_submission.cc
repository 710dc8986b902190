// mlpgen check-submission: any submission tree against the rules of a round.
#include <iostream>

#include "checker/check_tree.h"
#include "command/options.h"
#include "command/request/session.h"
#include "file/file.h"
#include "round/round.h"
#include "text/closest.h"
#include "text/text.h"

namespace mlpgen {
namespace {

const Round* find_asked(const std::vector<Round>& rounds, const std::string& name, Sink& sink) {
  if (const Round* round = find_round(rounds, name)) return round;
  std::vector<std::string> names;
  for (const Round& r : rounds) names.push_back(r.name.value);
  sink.error("unknown-round", {},
             name.empty() ? "a submission is of a round, and none is named"
                          : "there is no round '" + name + "'." + did_you_mean(name, names))
      .with_help("add --round=ROUND; the rounds are " + join(names, ", "));
  return nullptr;
}

}  // namespace

static int run_check_submission(const CommandLine& line) {
  Session s(line);
  if (line.words.size() != 1 || !exists(line.words[0])) {
    s.sink
        .error("not-found", {},
               line.words.size() == 1 ? line.words[0] + " is not there" : "no tree is named")
        .with_help(
            "type: mlpgen check-submission TREE --round=ROUND, where TREE holds open/, closed/ or "
            "network/");
    return s.finish();
  }
  std::vector<Round> rounds =
      load_rounds(s.sources, s.installation.root + "/recipes/rounds", s.sink);
  const Round* round = find_asked(rounds, line.option("--round"), s.sink);
  if (!s.sink.ok() || !round) return s.finish();
  submission::CheckReport report = submission::check_tree(
      *round, {line.words[0], line.option("--submitter"), line.has("--part-of-dataset")});
  std::cout << (s.json ? submission::to_json(report) : submission::to_text(report));
  return report.ok() ? kDone : kMendable;
}

CommandEntry check_submission_entry() {
  return {"check-submission",
          "TREE",
          "Judge a submission tree, made by any tool, as the round's official checker does",
          R"(Every violation is said at once: what, where, the wanted value, what to do. What many
results have in common is told once, with the number of results that it concerns.

The word in brackets behind a finding names the rule that is broken, e.g. [early-stopping]: a
stable name for scripts, `rule` in --format=json. `mlpgen help` has no page about it: the finding
says what is wrong, and its help what to do.

Exit code 1 where a result is refused.

Examples:
  mlpgen check-submission inference_results_v5.1 --round=v5.1
  mlpgen check-submission submission --round=v6.0 --submitter=acme --format=json)",
          {{"--round", "ROUND", "the round whose rules hold: v2.1 to v6.1"},
           {"--submitter", "NAME", "only the folders of that submitter"},
           {"--part-of-dataset", "", "an accuracy run may cover a part of the data set"},
           kFormatOption,
           kHelpOption},
          false,
          run_check_submission};
}

}  // namespace mlpgen
