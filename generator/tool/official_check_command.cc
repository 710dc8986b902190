// mlpgen-tool official-check
#include <iostream>
#include <nlohmann/json.hpp>

#include "base/subcommand.h"
#include "checker/load_round_option.h"
#include "checker/official_checker.h"
#include "file/file.h"
#include "text/text.h"

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

// Whether it is the checker of the round's commit, as it is there; an error where that is not
// known.
std::optional<bool> is_locked(const OfficialVerdict& verdict, const std::string& round_file) {
  std::optional<Round> round = load_round_option(round_file);
  if (!round) return std::nullopt;
  return !round->checker.sha256.value.empty() && round->checker.sha256.value == verdict.sha256;
}

Result<int> official_check(const Arguments& a) {
  const std::string& out = a.text("out");
  if (Status s = make_directories(out); !s) return s.error();
  OfficialRequest r{a.text("inference_src"), a.text("python"),    a.text("tree"),
                    a.text("round"),         a.text("submitter"), a.yes("part_of_dataset"),
                    out + "/summary.csv",    out + "/checker.log"};
  Result<OfficialVerdict> verdict = run_official_checker(r);
  if (!verdict) return verdict.error();
  std::optional<bool> locked = is_locked(*verdict, a.text("round_file"));
  if (!locked) return 1;
  nlohmann::ordered_json j = {{"format", 1},
                              {"checker", "official"},
                              {"round", r.version},
                              {"verdict", verdict->ok ? "ok" : "errors"},
                              {"exit_code", verdict->exit_code},
                              {"last_line", verdict->last_line},
                              {"sha256", verdict->sha256},
                              {"locked_version", *locked}};
  if (Status s = write_file(out + "/official.json", j.dump(2) + "\n"); !s) return s.error();
  if (!verdict->ok) print_tail(r.log);
  std::cout << "official checker: " << verdict->last_line << "\n";
  if (!*locked)
    std::cout << "note: this is not the checker of the round's commit, or it was edited\n";
  return verdict->ok ? 0 : 1;
}

const Registered kOfficialCheck({"official-check", official_check,
                                 "Its verdict is its exit code and its last line. Exit code 1 when "
                                 "it finds errors or cannot be run."});

}  // namespace

}  // namespace mlpgen::submission
