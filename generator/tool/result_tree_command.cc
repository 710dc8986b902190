// mlpgen-tool result-tree: the files of one result at their places in a submission tree.
#include <algorithm>
#include <filesystem>
#include <iostream>

#include "base/subcommand.h"
#include "checker/load_round_option.h"
#include "file/file.h"
#include "tree/layout.h"
#include "tree/power.h"
#include "tree/test_run.h"
#include "tree/tree_files.h"

namespace mlpgen::submission {
namespace {

struct ResultTreeRequest {
  std::string category, implementation;
  std::string performance, accuracy, truncated, measurements, user_conf, mlperf_conf, readme,
      test_run, code, out;
  std::vector<std::string> compliance;
  ResultPlace place;
};

// "" or what is wrong with a folder name.
std::string name_fault(const std::string& option, const std::string& name) {
  bool fine =
      !name.empty() && name.front() != '.' && name.find_first_of(" /\\\t\n") == std::string::npos;
  return fine ? ""
              : option + " '" + name +
                    "' cannot be a folder of a submission: no blanks, no slash, no dot first";
}

bool asks_for_mlperf_conf(const Round& round) {
  const auto& files = round.measurement_files;
  return std::find(files.begin(), files.end(), "mlperf.conf") != files.end();
}

Status check_request_of(const ResultTreeRequest& r, const Round& round) {
  for (auto& [option, name] : {std::pair{"--submitter", r.place.submitter},
                               {"--system", r.place.system},
                               {"--model", r.place.model},
                               {"--implementation", r.implementation}})
    if (std::string fault = name_fault(option, name); !fault.empty()) return Error{fault, ""};
  if (!round.find(round.model_of(r.place.model)) && r.place.division != "open")
    return Error{"round " + round.name.value + " has no model '" + r.place.model + "'",
                 "use --division=open"};
  std::string why =
      check_request(round, {r.place.division, r.category, r.place.model, r.place.scenario});
  if (!why.empty() && r.place.division != "open")
    return Error{why, "choose another --scenario or --category"};
  if (asks_for_mlperf_conf(round) && r.mlperf_conf.empty())
    return Error{"round " + round.name.value + " asks for mlperf.conf beside user.conf",
                 "give --mlperf-conf FILE"};
  return Done{};
}

// A simulated analyser measures nothing, which only the open division may show.
Status check_power(ResultTreeRequest& r) {
  Result<std::optional<bool>> simulated = is_simulated_power(r.performance + "/power");
  if (!simulated) return simulated.error();
  if (!simulated->value_or(false)) return Done{};
  if (r.place.division == "closed")
    return Error{"the power is simulated: the analyser behind power-dev's server says so",
                 "measure with a real analyser, or use --division=open"};
  r.test_run = with_simulated_power(r.test_run);
  return Done{};
}

// The result's README; a test run is always said in it.
Status add_readme(const ResultTreeRequest& r) {
  Result<std::string> text = read_file(r.readme);
  if (!text) return text.error();
  return add_file(r.out, r.place.measurements() + "/README.md", with_test_run(*text, r.test_run),
                  r.readme);
}

// The code that ran, below its model and, in the split layout, the implementation. Hidden files,
// compiled Python and links belong to no submission.
Status add_code(const ResultTreeRequest& r) {
  if (r.code.empty()) return Done{};
  namespace fs = std::filesystem;
  std::string from = fs::is_directory(r.code) ? r.code : fs::path(r.code).parent_path().string();
  Result<std::vector<TreeEntry>> entries = list_tree(from);
  if (!entries) return entries.error();
  std::string to = r.place.code() + "/" + r.place.model + "/" +
                   (r.place.layout == Layout::kSplit ? r.implementation + "/" : "");
  for (const TreeEntry& e : *entries) {
    bool hidden = e.path.starts_with('.') || e.path.find("/.") != std::string::npos ||
                  e.path.find("__pycache__") != std::string::npos;
    if (e.kind != TreeEntry::Kind::kFile || hidden || e.path.find(' ') != std::string::npos ||
        e.path == "README.md")
      continue;
    if (Status s = copy_into(r.out, to + e.path, from + "/" + e.path); !s) return s;
  }
  return Done{};
}

// TESTxx=FOLDER: the folder's files below TESTxx.
Status add_compliance(const ResultTreeRequest& r) {
  for (const std::string& test : r.compliance) {
    size_t at = std::min(test.find('='), test.size() - 1);
    std::string from = test.substr(at + 1), to = r.place.compliance() + "/" + test.substr(0, at);
    Result<std::vector<TreeEntry>> entries = list_tree(from);
    if (!entries) return entries.error();
    for (const TreeEntry& e : *entries)
      if (e.kind == TreeEntry::Kind::kFile)
        if (Status s = copy_into(r.out, to + "/" + e.path, from + "/" + e.path); !s) return s;
  }
  return Done{};
}

Status fill(const ResultTreeRequest& r, const Round& round) {
  struct Copy {
    std::string to, from;
  };
  std::vector<Copy> copies;
  for (const char* name : {"mlperf_log_summary.txt", "mlperf_log_detail.txt"}) {
    copies.push_back({r.place.performance() + "/" + name, r.performance + "/" + name});
    copies.push_back({r.place.accuracy() + "/" + name, r.accuracy + "/" + name});
  }
  for (const char* name : {"mlperf_log_accuracy.json", "accuracy.txt"})
    copies.push_back({r.place.accuracy() + "/" + name, r.truncated + "/" + name});
  std::string folder = r.place.measurements() + "/";
  copies.push_back({folder + r.place.measurements_json(r.implementation), r.measurements});
  copies.push_back({folder + "user.conf", r.user_conf});
  if (asks_for_mlperf_conf(round)) copies.push_back({folder + "mlperf.conf", r.mlperf_conf});
  for (const PowerFile& f : power_files(r.place, r.performance)) copies.push_back({f.to, f.from});
  for (const Copy& c : copies)
    if (Status s = copy_into(r.out, c.to, c.from); !s) return s;
  if (Status s = add_code(r); !s) return s;
  if (Status s = add_compliance(r); !s) return s;
  return add_readme(r);
}

ResultTreeRequest request_of(const Arguments& a, const Round& round) {
  ResultTreeRequest r;
  r.category = a.text("category");
  r.implementation = a.text("implementation");
  r.performance = a.text("performance");
  r.accuracy = a.text("accuracy");
  r.truncated = a.text("truncated");
  r.measurements = a.text("measurements");
  r.user_conf = a.text("user_conf");
  r.mlperf_conf = a.text("mlperf_conf");
  r.readme = a.text("readme");
  r.test_run = a.text("test_run");
  r.code = a.text("code");
  r.compliance = a.list("compliance");
  r.out = a.text("out");
  r.place.layout = round.layout;
  if (const std::string& layout = a.text("layout"); !layout.empty())
    r.place.layout = layout == "split" ? Layout::kSplit : Layout::kFlat;
  r.place.division = a.text("division");
  r.place.submitter = a.text("submitter");
  r.place.system = a.text("system");
  r.place.model = a.text("model");
  r.place.scenario = a.text("scenario");
  return r;
}

Result<int> make_result_tree(const Arguments& a) {
  std::optional<Round> round = load_round_option(a.text("round"));
  if (!round) return 1;
  ResultTreeRequest r = request_of(a, *round);
  if (Status s = check_request_of(r, *round); !s) return s.error();
  if (Status s = check_power(r); !s) return s.error();
  if (Status s = fill(r, *round); !s) return s.error();
  std::cout << r.place.result() << "\n";
  return 0;
}

const Registered kResultTree(
    {"result-tree", make_result_tree,
     "LoadGen's logs unchanged, the cut accuracy log, measurements, user.conf, README.md. "
     "`mlpgen-tool submission-tree` merges results."});

}  // namespace

}  // namespace mlpgen::submission
