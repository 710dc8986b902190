// Commits to folders, submodules below them, patches over them.
#include "git/git_checkout.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>

#include "archive/inside.h"
#include "file/file.h"
#include "git/git_repository.h"
#include "git/read_only.h"

namespace mlpgen::tool {
namespace fs = std::filesystem;
namespace {

constexpr int kDeepest = 10;  // submodules in submodules

class Checkout {
 public:
  Checkout(const Store& store, const GitProgram& git, const CheckoutRequest& request)
      : store_(store), git_(git), request_(request) {}

  // `below`: "" or a path in request.out that ends in "/".
  Status fill(const std::string& url, const std::string& commit, const std::string& below,
              int depth);
  Status check_links() const;
  Status apply(const Patch& patch) const;

 private:
  Result<std::vector<TreeEntry>> place(const std::string& url, const std::string& commit,
                                       const std::string& out) const;
  Result<std::vector<Submodule>> submodules(const std::string& out) const;

  const Store& store_;
  const GitProgram& git_;
  const CheckoutRequest& request_;
};

// A repository that a disk damaged is fetched anew, once.
Result<std::vector<TreeEntry>> Checkout::place(const std::string& url, const std::string& commit,
                                               const std::string& out) const {
  Result<GitRepository> repository = GitRepository::open(store_, git_, url, request_.settings);
  if (!repository) return repository.error();
  for (bool again : {false, true}) {
    if (Status s = repository->obtain(commit); !s) return s.error();
    Result<std::optional<std::vector<TreeEntry>>> files = repository->check_out(commit, out);
    if (!files) return files.error();
    if (*files) return **files;
    if (again) break;
    std::fprintf(stderr, "%s: its copy in the store is damaged; fetching it again\n", url.c_str());
    if (Status s = repository->set_aside(); !s) return s.error();
    std::error_code ignored;
    fs::remove_all(out, ignored);
  }
  return named_error(
      "digest-differs",
      "the files of " + url + " at " + commit + " are not those that the commit names",
      "check the disk of the store, then run the same command again");
}

Result<std::vector<Submodule>> Checkout::submodules(const std::string& out) const {
  if (!exists(out + ".gitmodules")) return std::vector<Submodule>();
  GitProgram::Call list;
  list.words = {
      "config", "-z", "-f", out + ".gitmodules", "--get-regexp", "^submodule\\..*\\.(path|url)$"};
  list.stdout_only = true;
  Result<Outcome> said = git_.run(list);
  if (!said) return said.error();
  return read_submodules(said->code == 0 ? said->output : "");
}

Status Checkout::fill(const std::string& url, const std::string& commit, const std::string& below,
                      int depth) {
  std::string out = request_.out + "/" + below;
  Result<std::vector<TreeEntry>> files = place(url, commit, out);
  if (!files) return files.error();
  if (!request_.submodules) return Done{};
  Result<std::vector<Submodule>> known = submodules(out);
  if (!known) return known.error();
  for (const TreeEntry& file : *files) {
    if (file.kind != TreeEntry::Kind::kSubmodule) continue;
    std::string what =
        "the submodule " + below + file.path + " of " + request_.url + " at " + request_.commit;
    auto one = std::find_if(known->begin(), known->end(),
                            [&](const Submodule& s) { return s.path == file.path; });
    if (one == known->end())
      return named_error("not-fetched", what + " has no URL in .gitmodules",
                         "choose a commit that names it, or leave the submodules out");
    if (depth == kDeepest)
      return named_error(
          "not-fetched", what + " is nested in more than " + std::to_string(kDeepest) + " others",
          "leave the submodules out, and fetch those that are needed by steps of their own");
    Status s = fill(absolute_url(one->url, url), file.id, below + file.path + "/", depth + 1);
    if (!s) return s;
  }
  return Done{};
}

// Of the commit, of its submodules, and of what patches made: all that lies there.
Status Checkout::check_links() const {
  std::error_code why;
  for (fs::recursive_directory_iterator it(request_.out, why), end; it != end && !why;
       it.increment(why)) {
    std::string link = it->path().lexically_relative(request_.out).string();
    if (it->is_symlink(why) && !stays_inside(request_.out, link))
      return named_error("unsafe-link",
                         link + " in " + request_.url + " is a link that leaves the checkout",
                         "choose a commit, or a patch, without it");
  }
  if (!why) return Done{};
  return named_error("not-placed", request_.out + " cannot be read: " + why.message(),
                     "look at it with `ls -l`");
}

// Around it git sees a repository of nothing, so that one in which the run directory lies does not
// count.
Status Checkout::apply(const Patch& patch) const {
  GitProgram::Call call;
  call.words = {"-C", request_.out, "apply", "--whitespace=nowarn"};
  if (!patch.folder.empty()) call.words.push_back("--directory=" + patch.folder);
  call.words.push_back(patch.file);
  call.repository = request_.out + "/.git";
  call.work_tree = request_.out;
  Result<Outcome> said = git_.run(call);
  if (!said) return said.error();
  if (said->code == 0) return Done{};
  return named_error("patch-does-not-fit",
                     patch.file + " does not fit " + request_.url + " at " + request_.commit +
                         ":\n" + last_lines(said->output, 4),
                     "make a new one for this commit with `git diff`, or drop it from the recipe");
}

}  // namespace

Status check_out(const Store& store, const GitProgram& git, const CheckoutRequest& request) {
  Checkout checkout(store, git, request);
  if (Status s = checkout.fill(request.url, request.commit, "", 0); !s) return s;
  if (Status s = checkout.check_links(); !s) return s;
  for (const Patch& patch : request.patches) {
    if (Status s = checkout.apply(patch); !s) return s;
    if (Status s = checkout.check_links(); !s)
      return s;  // before the next one could write through one
  }
  return make_read_only(request.out);
}

}  // namespace mlpgen::tool
