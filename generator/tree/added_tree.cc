// Files of another tree to their places.
#include "tree/added_tree.h"

#include <filesystem>
#include <nlohmann/json.hpp>

#include "file/digest.h"
#include "file/file.h"
#include "text/text.h"
#include "tree/layout.h"
#include "tree/submission_texts.h"
#include "tree/tree_files.h"

namespace mlpgen::submission {
namespace {

constexpr const char* kTestRunPage = "TEST-RUN.md";

class Merge {
 public:
  explicit Merge(const AddedTree& added) : a_(added), prefix_(added.folder + "/") {}

  Status run() {
    if (Status s = check_form(); !s) return s;
    systems_ = join(folders_in(from(prefix_ + "results")), "-");
    if (Status s = check_results(); !s) return s;
    Result<std::vector<TreeEntry>> entries = list_tree(a_.tree);
    if (!entries) return entries.error();
    for (const TreeEntry& e : *entries)
      if (e.kind != TreeEntry::Kind::kFolder)
        if (Status s = add(e); !s) return s;
    return Done{};
  }

 private:
  std::string from(const std::string& path) const { return a_.tree + "/" + path; }
  std::string to(const std::string& path) const { return a_.into + "/" + path; }

  Status check_form() {
    if (!exists(from(prefix_ + "results")))
      return Error{a_.tree + " has no " + prefix_ + "results",
                   "add a tree of the same --division and --submitter: the folder that holds open/ "
                   "or closed/"};
    Layout layout = exists(from(prefix_ + "measurements")) ? Layout::kSplit : Layout::kFlat;
    if (layout == a_.layout) return Done{};
    return Error{a_.tree + " has the form of another round", "add a tree of the same round"};
  }

  // Each system, model and scenario once, unless both have the same files.
  Status check_results() {
    std::string results = prefix_ + "results/";
    for (const std::string& system : folders_in(from(results)))
      for (const std::string& model : folders_in(from(results + system)))
        for (const std::string& scenario : folders_in(from(results + system + "/" + model))) {
          std::string log = results + system + "/" + model + "/" + scenario +
                            "/performance/run_1/mlperf_log_detail.txt";
          if (!exists(to(log)) || equal(log)) continue;
          return Error{"two trees have a result of " + system + "/" + model + "/" + scenario +
                           ", and they differ",
                       "leave one of them out: remove it from a copy of " + a_.tree};
        }
    return Done{};
  }

  bool equal(const std::string& path) const {
    Result<std::string> a = sha256_file(from(path)), b = sha256_file(to(path));
    return a && b && *a == *b;
  }

  Status add(const TreeEntry& e) {
    if (e.kind == TreeEntry::Kind::kOther)
      return Error{from(e.path) + " is a link or a device; a submission holds plain files only",
                   "replace it by a copy"};
    if (e.path == kTestRunPage)
      return exists(to(e.path)) ? Status(Done{}) : copy_into(a_.into, e.path, from(e.path));
    if (!e.path.starts_with(prefix_))
      return Error{from(e.path) + " is not below " + prefix_,
                   "add a tree of this division and submitter alone"};
    std::string below = e.path.substr(prefix_.size());
    if (below == "calibration.md") return Done{};
    if (below == "model_mapping.json") return add_mapping(e.path);
    if (below == "README.md" || below == kSubmissionLock || below == kStandInLock)
      return add_apart(e.path);
    if (below.starts_with("systems/") && exists(to(e.path)) && !equal(e.path))
      return Error{"the system of " + below + " is described in two ways",
                   "measure it with one --system=FILE; compare: diff " + from(e.path) +
                       " with the description of this request"};
    return copy_into(a_.into, e.path, from(e.path));
  }

  // README-box.md, mlpgen-box.lock
  Status add_apart(const std::string& path) {
    std::filesystem::path at(path);
    std::string name = at.stem().string() + "-" + systems_ + at.extension().string();
    return copy_into(a_.into, (at.parent_path() / name).string(), from(path));
  }

  Status add_mapping(const std::string& path) {
    nlohmann::json all = nlohmann::json::object();
    for (const std::string& file : {to(path), from(path)}) {
      if (!exists(file)) continue;
      Result<std::string> text = read_file(file);
      if (!text) return text.error();
      nlohmann::json one = nlohmann::json::parse(*text, nullptr, false);
      if (!one.is_object())
        return Error{file + " is not one JSON object", "write {\"MODEL\": ...}"};
      for (const auto& [model, official] : one.items()) {
        if (all.contains(model) && all[model] != official)
          return Error{file + " maps " + model + " to another model than the other tree",
                       "name the models apart"};
        all[model] = official;
      }
    }
    return write_file(to(path), all.dump(2) + "\n");
  }

  const AddedTree& a_;
  std::string prefix_, systems_;
};

}  // namespace

Status add_tree(const AddedTree& added) { return Merge(added).run(); }

}  // namespace mlpgen::submission
