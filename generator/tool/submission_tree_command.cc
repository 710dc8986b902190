// mlpgen-tool submission-tree: results + system description -> one submission tree.
#include <algorithm>
#include <iostream>
#include <nlohmann/json.hpp>
#include <set>

#include "base/subcommand.h"
#include "file/file.h"
#include "text/text.h"
#include "tree/added_tree.h"
#include "tree/layout.h"
#include "tree/power.h"
#include "tree/submission_texts.h"
#include "tree/test_run.h"
#include "tree/tree_files.h"

namespace mlpgen::submission {
namespace {

struct SubmissionTreeRequest {
  std::vector<std::string> results, maps, added, frameworks;
  std::string system_file, system, submitter, division, readme, code_readme, calibration, test_run,
      request, lock, out;

  std::string folder() const { return division + "/" + submitter; }
};

// Every file of the result below --out; one outside DIVISION/SUBMITTER is an error.
Status merge(const SubmissionTreeRequest& r, const std::string& result) {
  Result<std::vector<TreeEntry>> entries = list_tree(result);
  if (!entries) return entries.error();
  std::string prefix = r.folder() + "/";
  size_t files = 0;
  for (const TreeEntry& e : *entries) {
    if (e.kind == TreeEntry::Kind::kFolder) continue;
    if (e.kind == TreeEntry::Kind::kOther)
      return Error{
          result + "/" + e.path + " is a link or a device; a submission holds plain files only",
          "replace it by a copy"};
    if (e.path.compare(0, prefix.size(), prefix) != 0)
      return Error{result + "/" + e.path + " is not below " + prefix,
                   "make the result with the same --division and --submitter"};
    if (Status s = copy_into(r.out, e.path, result + "/" + e.path); !s) return s;
    ++files;
  }
  if (files == 0)
    return Error{result + " holds no result", "make it with `mlpgen-tool result-tree`"};
  return Done{};
}

Layout layout_of(const SubmissionTreeRequest& r) {
  return exists(r.out + "/" + r.folder() + "/measurements") ? Layout::kSplit : Layout::kFlat;
}

// The places of all results in the merged tree.
std::vector<ResultPlace> results_in(const SubmissionTreeRequest& r) {
  std::vector<ResultPlace> places;
  std::string root = r.out + "/" + r.folder();
  Layout layout = layout_of(r);
  for (const std::string& system : folders_in(root + "/results"))
    for (const std::string& model : folders_in(root + "/results/" + system))
      for (const std::string& scenario : folders_in(root + "/results/" + system + "/" + model))
        places.push_back({layout, r.division, r.submitter, system, model, scenario});
  return places;
}

// What ran on the system, where the results say it: "ONNX Runtime 1.24.1, llama.cpp".
std::string frameworks_of(const SubmissionTreeRequest& r, const std::string& system) {
  std::vector<std::string> ran;
  for (const std::string& word : r.frameworks)
    if (std::string of = system + "="; word.starts_with(of) && word.size() > of.size())
      if (std::string name = word.substr(of.size());
          std::find(ran.begin(), ran.end(), name) == ran.end())
        ran.push_back(name);
  return join(ran, ", ");
}

Status add_system(const SubmissionTreeRequest& r, const std::string& system) {
  Result<std::string> text = read_file(r.system_file);
  if (!text) return text.error();
  nlohmann::ordered_json json = nlohmann::ordered_json::parse(*text, nullptr, false);
  std::string framework = frameworks_of(r, system);
  if (json.is_object() && !framework.empty()) {
    json["framework"] = framework;
    *text = json.dump(2) + "\n";
  }
  Result<std::string> noted = system_with_note(*text, r.test_run, r.system_file);
  if (!noted) return noted.error();
  return add_file(r.out, r.folder() + "/systems/" + system + ".json", *noted, r.system_file);
}

// The system that is described, and, behind a '-', what else tells its results apart: box-int8.
Status add_systems(const SubmissionTreeRequest& r, const std::vector<ResultPlace>& places) {
  std::set<std::string> systems;
  for (const ResultPlace& place : places) {
    if (place.system != r.system && !place.system.starts_with(r.system + "-"))
      return Error{"a result is of the system " + place.system +
                       ", but the system description is of " + r.system,
                   "give result-tree as --system what submission-tree has as --system-name"};
    systems.insert(place.system);
  }
  for (const std::string& system : systems)
    if (Status s = add_system(r, system); !s) return s;
  return Done{};
}

// The name that the lock has in the tree; "" where none is given.
Result<std::string> add_lock(const SubmissionTreeRequest& r) {
  if (r.lock.empty()) return std::string();
  Result<std::string> text = read_file(r.lock);
  if (!text) return text.error();
  std::string name =
      text->find("\"stand_in\": true") == std::string::npos ? kSubmissionLock : kStandInLock;
  Status s = add_file(r.out, r.folder() + "/" + name, *text, r.lock);
  return s ? Result<std::string>(name) : s.error();
}

Status add_texts(const SubmissionTreeRequest& r, const std::vector<ResultPlace>& places) {
  Result<std::string> readme = read_file(r.readme);
  if (!readme) return readme.error();
  Result<std::string> lock_name = add_lock(r);
  if (!lock_name) return lock_name.error();
  std::string said = with_test_run(*readme, r.test_run);
  if (!r.request.empty()) {
    Result<std::string> command = read_file(r.request);
    if (!command) return command.error();
    said = with_request(said, *command, *lock_name);
  }
  if (Status s = add_file(r.out, r.folder() + "/README.md", said, r.readme); !s) return s;
  for (const ResultPlace& place : places)
    if (Status s = copy_into(r.out, code_folder_of(r.out, place) + "/README.md", r.code_readme); !s)
      return s;
  Result<std::string> calibration = calibration_page(r.out, places);
  if (!calibration) return calibration.error();
  if (!r.calibration.empty()) {
    Result<std::string> document = read_file(r.calibration);
    if (!document) return document.error();
    *calibration = *document + "\n" + *calibration;
  }
  if (Status s = add_file(r.out, r.folder() + "/calibration.md", *calibration, "mlpgen"); !s)
    return s;
  if (r.test_run.empty()) return Done{};
  if (exists(r.out + "/TEST-RUN.md")) return Done{};  // of an added tree
  return add_file(r.out, "TEST-RUN.md", test_run_page(r.test_run), "mlpgen");
}

Status add_mapping(const SubmissionTreeRequest& r) {
  if (r.maps.empty()) return Done{};
  if (r.division != "open")
    return Error{"only the open division may map a model to an official one",
                 "leave --map out, or use --division=open"};
  nlohmann::json mapping = nlohmann::json::object();
  for (const std::string& map : r.maps) {
    size_t at = map.find('=');
    if (at == std::string::npos || at == 0 || at + 1 == map.size())
      return Error{"--map '" + map + "' is not MODEL=OFFICIAL",
                   "write e.g. --map retinanet=yolo-95"};
    mapping[map.substr(0, at)] = map.substr(at + 1);
  }
  return add_file(r.out, r.folder() + "/model_mapping.json", mapping.dump(2) + "\n", "--map");
}

// What the tree says of its runs: power that a simulated analyser measured is said as a test run
// is.
Status note_power(SubmissionTreeRequest& r, const std::vector<ResultPlace>& places) {
  for (const ResultPlace& place : places) {
    Result<std::optional<bool>> simulated =
        is_simulated_power(r.out + "/" + place.result() + "/performance/power");
    if (!simulated) return simulated.error();
    if (!simulated->value_or(false)) continue;
    r.test_run = with_simulated_power(r.test_run);
    break;
  }
  return Done{};
}

Status build(SubmissionTreeRequest& r) {
  for (const std::string& result : r.results)
    if (Status s = merge(r, result); !s) return s;
  std::vector<ResultPlace> places = results_in(r);
  if (Status s = note_power(r, places); !s) return s;
  if (Status s = add_systems(r, places); !s) return s;
  if (Status s = add_mapping(r); !s) return s;
  for (const std::string& tree : r.added)
    if (Status s = add_tree({tree, r.out, r.folder(), layout_of(r)}); !s) return s;
  return add_texts(r, results_in(r));
}

Result<int> make_submission_tree(const Arguments& a) {
  SubmissionTreeRequest r{a.list("results"),      a.list("map"),         a.list("added"),
                          a.list("frameworks"),   a.text("system"),      a.text("system_name"),
                          a.text("submitter"),    a.text("division"),    a.text("readme"),
                          a.text("code_readme"),  a.text("calibration"), a.text("test_run"),
                          a.text("request_file"), a.text("lock_file"),   a.text("out")};
  if (Status s = build(r); !s) return s.error();
  std::cout << r.out << "/" << r.folder() << "\n";
  return 0;
}

const Registered kSubmissionTree(
    {"submission-tree",
     make_submission_tree,
     "systems/, results/, the texts that the rules ask for, and, for a test run, TEST-RUN.md "
     "beside "
     "the division folder.\n"
     "Two results that disagree about a file are an error.",
     {{"map", Parameter::Type::kList,
       "MODEL=OFFICIAL, for a model of the open division that the round does not name"}}});

}  // namespace

}  // namespace mlpgen::submission
