// mlpgen-tool checkout-state: what of a folder differs from the commit that its repository is at.
#include <algorithm>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "base/subcommand.h"
#include "file/file.h"
#include "git/git_program.h"
#include "git/git_tree.h"
#include "text/text.h"

namespace mlpgen::tool {
namespace fs = std::filesystem;
namespace {

constexpr size_t kNamed = 12;  // paths that the description names

struct State {
  std::string commit;  // "": no repository
  std::vector<std::string> changed, added, removed;
  std::vector<std::string> absent;  // submodules of which no file is there
};

struct Question {
  std::string tree, repository, name, git, out;
  std::string how;
  std::vector<std::string> must_have;
};

// Hidden names and compiled Python belong to no copy and to no comparison.
bool counts(const fs::path& path) {
  return std::none_of(path.begin(), path.end(), [](const fs::path& part) {
    return part.string().starts_with('.') || part == "__pycache__";
  });
}

std::set<std::string> files_below(const std::string& folder) {
  std::set<std::string> names;
  std::error_code why;
  for (fs::recursive_directory_iterator it(folder, why), end; it != end && !why; it.increment(why))
    if (!it->is_directory(why) || it->is_symlink(why))
      names.insert(it->path().lexically_relative(folder).string());
  return names;
}

// What git prints about a commit of the repository at `below`; an error where it cannot be asked.
Result<std::string> ask(const GitProgram& git, const Question& q, const std::string& below,
                        std::vector<std::string> words) {
  GitProgram::Call call;
  call.words = std::move(words);
  call.repository = q.repository + "/" + below + ".git";
  call.stdout_only = true;
  Result<Outcome> said = git.run(call);
  if (!said) return said.error();
  if (said->code == 0) return said->output;
  return named_error("not-found", q.repository + " has a .git, but git does not find its commit",
                     "look at it with `git -C " + shell_quote(q.repository) + " log -1`");
}

// A checkout and the submodules that lie in it, each against the commit that it is to be at.
class Comparison {
 public:
  Comparison(const GitProgram& git, const Question& q)
      : git_(git), question_(q), there_(files_below(q.tree)) {}

  // The files of `below` ("" or "FOLDER/") against a commit of the repository that lies there.
  Status compare(const std::string& below, const std::string& commit, int depth) {
    Result<std::string> listed = ask(git_, question_, below, {"ls-tree", "-r", "-z", commit});
    if (!listed) return listed.error();
    for (const TreeEntry& entry : read_tree_list(*listed)) {
      if (!counts(entry.path)) continue;
      TreeEntry file = entry;
      file.path = below + entry.path;
      if (file.kind == TreeEntry::Kind::kSubmodule)
        compare_submodule(file, depth + 1);
      else if (there_.erase(file.path) == 0)
        state_.removed.push_back(file.path);
      else if (!has_bytes_of({file}, question_.tree))
        state_.changed.push_back(file.path);
    }
    return Done{};
  }

  State finish(std::string commit) {
    state_.commit = std::move(commit);
    state_.added.assign(there_.begin(), there_.end());
    return std::move(state_);
  }

 private:
  // One that is not fetched is left out, and files of one without a repository are of unknown
  // origin. Where the repository does not know the commit, all of it counts as changed.
  void compare_submodule(const TreeEntry& module, int depth) {
    std::string below = module.path + "/";
    if (may_be_there(question_.repository + "/" + below + ".git") && depth <= kDeepest) {
      if (compare(below, module.id, depth)) return;
      state_.changed.push_back(below);
      forget(below);
    } else if (auto first = there_.lower_bound(below);
               first == there_.end() || !first->starts_with(below)) {
      state_.absent.push_back(module.path);
    }
  }

  void forget(const std::string& below) {
    auto at = there_.lower_bound(below);
    while (at != there_.end() && at->starts_with(below)) at = there_.erase(at);
  }

  static constexpr int kDeepest = 10;  // as deep as mlpgen fetches them

  const GitProgram& git_;
  const Question& question_;
  std::set<std::string> there_;  // files that no commit has named yet
  State state_;
};

Result<State> compare(const Question& q) {
  if (!may_be_there(q.repository + "/.git")) return State();
  Result<GitProgram> git = GitProgram::find(q.git, fs::path(q.out).parent_path().string());
  if (!git) return git.error();
  Result<std::string> commit = ask(*git, q, "", {"rev-parse", "--verify", "HEAD^{commit}"});
  if (!commit) return commit.error();
  Comparison comparison(*git, q);
  if (Status s = comparison.compare("", std::string(trim(*commit)), 0); !s) return s.error();
  return comparison.finish(std::string(trim(*commit)));
}

std::string paths_of(const char* what, const std::vector<std::string>& paths) {
  if (paths.empty()) return "";
  std::vector<std::string> some(
      paths.begin(), paths.begin() + static_cast<std::ptrdiff_t>(std::min(paths.size(), kNamed)));
  return std::string(what) + ": " + join(some, ", ") +
         (paths.size() > kNamed ? " and " + std::to_string(paths.size() - kNamed) + " more" : "");
}

// A sentence for a README: it says "unmodified" of what has the commit's bytes alone.
std::string description(const Question& q, const State& s) {
  if (s.commit.empty())
    return q.name +
           " from a folder of this machine that is no Git repository, so that what differs "
           "from a commit is not known";
  std::string at = q.name + " at commit " + s.commit;
  std::vector<std::string> parts;
  for (const std::string& part :
       {paths_of("changed", s.changed), paths_of("added", s.added), paths_of("removed", s.removed)})
    if (!part.empty()) parts.push_back(part);
  at += parts.empty() ? ", unmodified" : ", modified (" + join(parts, "; ") + ")";
  std::string absent = paths_of("submodules that are not there", s.absent);
  return absent.empty() ? at : at + " (" + absent + ")";
}

Status check_is_it(const Question& q) {
  for (const std::string& name : q.must_have)
    if (!exists(q.tree + "/" + name))
      return named_error("not-found", q.repository + " has no " + name + ", so it is not " + q.name,
                         q.how);
  return Done{};
}

Status write_state(const Question& q) {
  if (Status s = check_is_it(q); !s) return s;
  Result<State> state = compare(q);
  if (!state) return state.error();
  nlohmann::ordered_json j = {{"format", 1},
                              {"commit", state->commit},
                              {"description", description(q, *state)},
                              {"changed", state->changed},
                              {"added", state->added},
                              {"removed", state->removed},
                              {"absent", state->absent}};
  return write_file(q.out, j.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n");
}

Result<int> checkout_state(const Arguments& a) {
  Question q{a.text("tree"), a.text("path"), a.text("what"), a.text("git"),
             a.text("out"),  a.text("how"),  a.list("has")};
  if (Status s = write_state(q); !s) return s.error();
  return 0;
}

const Registered kCheckoutState(
    {"checkout-state", checkout_state,
     "Writes {format, commit, description, changed, added, removed, absent}. The description says "
     "\"unmodified\"\n"
     "only where all bytes are the commit's and those of its submodules; absent are the submodules "
     "that were not fetched.\n"
     "Example: mlpgen-tool checkout-state --tree copy --path /src/inference --what "
     "mlcommons/inference --how 'clone it' --out state.json"});

}  // namespace

}  // namespace mlpgen::tool
