// Rules for the tree as a whole, which only the single-file checkers have: submission.md §7.
#include <filesystem>

#include "checker/check_tree.h"
#include "file/file.h"
#include "round/needs.h"
#include "tree/tree_files.h"

namespace mlpgen::submission {
namespace {

namespace fs = std::filesystem;

constexpr uint64_t kLargestFile = 50ull * 1024 * 1024;  // bytes

class Names {
 public:
  Names(const Round& round, const CheckOptions& options, CheckReport& report)
      : round_(round), options_(options), report_(report) {}

  void run() {
    for (const std::string& name : files_in(options_.tree))
      if (!name.ends_with(".md") && !name.ends_with(".pdf"))
        say(Rule::kRootFiles, name,
            "only *.md and *.pdf files are allowed beside the division folders",
            "move it below DIVISION/SUBMITTER");
    for (const std::string division : {"open", "closed", "network"}) {
      for (const std::string& name : files_in(options_.tree + "/" + division))
        say(Rule::kRootFiles, division + "/" + name,
            "no file is allowed directly in a division folder", "move it below DIVISION/SUBMITTER");
      for (const std::string& submitter : folders_in(options_.tree + "/" + division))
        if (options_.submitter.empty() || submitter == options_.submitter)
          check_submitter(division, submitter);
    }
  }

 private:
  void say(Rule rule, const std::string& where, std::string message, std::string help) {
    report_.say(round_.strictness(rule), std::string(word_of(rule)), where, std::move(message),
                std::move(help));
  }

  void check_submitter(const std::string& division, const std::string& submitter) {
    std::string folder = division + "/" + submitter;
    Result<std::vector<TreeEntry>> entries = list_tree(options_.tree + "/" + folder);
    if (!entries)
      return report_.error("unreadable", folder, entries.error().message, entries.error().help);
    for (const TreeEntry& e : *entries) check_entry(folder + "/" + e.path, e);
    for (const std::string& name : files_in(options_.tree + "/" + folder + "/systems"))
      if (name.ends_with(".json") &&
          !exists(options_.tree + "/" + folder + "/results/" + name.substr(0, name.size() - 5)))
        say(Rule::kIdleSystems, folder + "/systems/" + name, "this system has no results",
            "remove it, or add its results");
    bool calibration = exists(options_.tree + "/" + folder + "/calibration.md") ||
                       exists(options_.tree + "/" + folder + "/documentation/calibration.md");
    if (asks_for_all(division) && !calibration)
      say(Rule::kCalibration, folder, "calibration.md is missing",
          "write it, in this folder or in documentation/");
  }

  void check_entry(const std::string& path, const TreeEntry& e) {
    std::string name = fs::path(path).filename().string();
    std::error_code why;
    if (name.front() == '.')
      say(Rule::kTreeNames, path, "a name may not begin with a dot", "rename or remove it");
    if (name.find(' ') != std::string::npos)
      say(Rule::kTreeNames, path, "a name may not hold a blank", "rename it");
    if (name == "__pycache__")
      say(Rule::kTreeNames, path, "a folder __pycache__ may not be submitted", "remove it");
    if (e.kind == TreeEntry::Kind::kOther)
      say(Rule::kTreeNames, path, "this is a link or a device", "replace it by a copy of the file");
    if (e.size > kLargestFile)
      say(Rule::kTreeNames, path,
          "the file has " + std::to_string(e.size) + " bytes; at most 50 MiB are allowed",
          "shorten or remove it");
    if (e.kind == TreeEntry::Kind::kFolder && fs::is_empty(options_.tree + "/" + path, why))
      say(Rule::kTreeNames, path, "the folder is empty", "remove it");
  }

  const Round& round_;
  const CheckOptions& options_;
  CheckReport& report_;
};

}  // namespace

void check_tree_names(const Round& round, const CheckOptions& options, CheckReport& report) {
  Names(round, options, report).run();
}

}  // namespace mlpgen::submission
