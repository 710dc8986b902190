// mlpgen-tool checkout-state: what of a folder differs from the commit that its repository is at.
#include <algorithm>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "base/file.h"
#include "base/text.h"
#include "store/named_error.h"
#include "tool/git_program.h"
#include "tool/git_tree.h"
#include "tool/options.h"
#include "tool/subcommands.h"

namespace mlpgen::tool {
namespace fs = std::filesystem;
namespace {

constexpr size_t kNamed = 12;  // paths that the description names

struct State {
  std::string commit;  // "": no repository
  std::vector<std::string> changed, added, removed;
};

struct Question {
  std::string tree, repository, name, git = "git", out;
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

// What git prints about the commit; an error where it cannot be asked.
Result<std::string> ask(const GitProgram& git, const Question& q, std::vector<std::string> words) {
  GitProgram::Call call;
  call.words = std::move(words);
  call.repository = q.repository + "/.git";
  call.stdout_only = true;
  Result<Outcome> said = git.run(call);
  if (!said) return said.error();
  if (said->code == 0) return said->output;
  return named_error("not-found", q.repository + " has a .git, but git does not find its commit",
                     "look at it with `git -C " + shell_quote(q.repository) + " log -1`");
}

// The files of a submodule are of another commit: they are not compared.
bool in_submodule(const std::string& path, const std::vector<TreeEntry>& list) {
  return std::any_of(list.begin(), list.end(), [&](const TreeEntry& e) {
    return e.kind == TreeEntry::Kind::kSubmodule && path.starts_with(e.path + "/");
  });
}

Result<State> compare(const Question& q) {
  State state;
  if (!exists(q.repository + "/.git")) return state;
  Result<GitProgram> git = GitProgram::find(q.git, fs::path(q.out).parent_path().string());
  if (!git) return git.error();
  Result<std::string> commit = ask(*git, q, {"rev-parse", "--verify", "HEAD^{commit}"});
  if (!commit) return commit.error();
  state.commit = trim(*commit);
  Result<std::string> listed = ask(*git, q, {"ls-tree", "-r", "-z", state.commit});
  if (!listed) return listed.error();
  std::vector<TreeEntry> list = read_tree_list(*listed);
  std::set<std::string> there = files_below(q.tree);
  for (const TreeEntry& entry : list) {
    if (entry.kind == TreeEntry::Kind::kSubmodule || !counts(entry.path)) continue;
    if (there.erase(entry.path) == 0)
      state.removed.push_back(entry.path);
    else if (!has_bytes_of({entry}, q.tree))
      state.changed.push_back(entry.path);
  }
  for (const std::string& path : there)
    if (!in_submodule(path, list)) state.added.push_back(path);
  return state;
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
  return parts.empty() ? at + ", unmodified" : at + ", modified (" + join(parts, "; ") + ")";
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
                              {"removed", state->removed}};
  return write_file(q.out, j.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n");
}

}  // namespace

int run_checkout_state(int argc, char** argv) {
  Question q;
  CLI::App app(std::string(kCheckoutStateAbout) +
                   ".\nWrites {format, commit, description, changed, added, removed}. The "
                   "description says \"unmodified\" only where all bytes are the commit's.\n"
                   "Example: mlpgen-tool checkout-state --tree copy --repository /src/inference "
                   "--name mlcommons/inference --out state.json",
               "mlpgen-tool checkout-state");
  app.add_option("--tree", q.tree, "the files that are used")->required();
  app.add_option("--repository", q.repository, "the checkout that they were copied from")
      ->required();
  app.add_option("--name", q.name, "what it is, e.g. mlcommons/inference")->required();
  app.add_option("--has", q.must_have, "name that must be below the folder; may be given again");
  app.add_option("--how", q.how, "how a person gets it, for the error");
  app.add_option("--git", q.git, "git, a name on PATH or a path");
  app.add_option("--out", q.out, "JSON file to write")->required();
  if (auto code = read_options(app, argc, argv)) return *code;
  Status s = write_state(q);
  return s ? 0 : report(s.error());
}

}  // namespace mlpgen::tool
