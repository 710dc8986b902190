// mlpgen-tool official-check
#include <iostream>
#include <nlohmann/json.hpp>

#include "base/file.h"
#include "base/text.h"
#include "submission/load_round_option.h"
#include "submission/official_checker.h"
#include "submission/options.h"
#include "submission/run_commands.h"

namespace mlpgen::submission {
namespace {

void print_tail(const std::string& path) {
  Result<std::string> text = read_file(path);
  if (!text) return;
  std::vector<std::string> lines = split(trim(*text), '\n');
  constexpr size_t kShown = 20;
  for (size_t i = lines.size() > kShown ? lines.size() - kShown : 0; i < lines.size(); ++i)
    std::cerr << "  " << lines[i] << "\n";
}

}  // namespace

int run_official_check(int argc, char** argv) {
  CLI::App app(
      "Runs the official submission checker of mlcommons/inference, unmodified, on a submission "
      "tree. Its verdict is its\n"
      "exit code and its last line. Exit code 1 when it finds errors or cannot be run.");
  OfficialRequest r;
  std::string report, round_file;
  app.add_option("--inference-src", r.inference_src,
                 "checkout of mlcommons/inference, or its tools/submission/submission_checker")->required();
  app.add_option("--python", r.python, "Python 3 that has PyYAML")->required();
  app.add_option("--tree", r.tree, "folder that holds open/, closed/ or network/")->required();
  app.add_option("--version", r.version, "round, e.g. v5.1")->required();
  app.add_option("--round", round_file,
                 "recipes/rounds/vX.Y.yaml: its digest tells whether this is the round's checker");
  app.add_option("--submitter", r.submitter)->required();
  app.add_flag("--skip-dataset-size-check", r.skip_dataset_size, "for test runs");
  app.add_option("--csv", r.csv, "summary.csv that the checker writes")->required();
  app.add_option("--log", r.log, "what the checker prints")->required();
  app.add_option("--report", report, "official.json to write")->required();
  if (std::optional<int> code = parse_options(app, argc, argv)) return *code;
  Result<OfficialVerdict> verdict = run_official_checker(r);
  if (!verdict) return fail(verdict.error());
  std::string locked;
  if (!round_file.empty()) {
    std::optional<Round> round = load_round_option(round_file);
    if (!round) return 1;
    locked = round->checker.sha256.value;
  }
  bool is_locked = !locked.empty() && locked == verdict->sha256;
  nlohmann::ordered_json j = {{"format", 1},
                              {"checker", "official"},
                              {"round", r.version},
                              {"verdict", verdict->ok ? "ok" : "errors"},
                              {"exit_code", verdict->exit_code},
                              {"last_line", verdict->last_line},
                              {"sha256", verdict->sha256},
                              {"locked_version", is_locked}};
  if (Status s = write_file(report, j.dump(2) + "\n"); !s) return fail(s.error());
  if (!verdict->ok) print_tail(r.log);
  std::cout << "official checker: " << verdict->last_line << "\n";
  if (!is_locked && !round_file.empty())
    std::cout << "note: this is not the checker of the round's commit, or it was edited\n";
  return verdict->ok ? 0 : 1;
}

}  // namespace mlpgen::submission
