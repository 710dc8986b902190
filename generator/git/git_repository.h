// The store's copy of a Git repository: the commits of it that were asked for, each whole.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "fetch/source_settings.h"
#include "git/git_program.h"
#include "git/git_tree.h"
#include "store/store.h"

namespace mlpgen::tool {

// One repository of the store: STORE/git/<64 hex of the URL>, bare, with refs/mlpgen/COMMIT for
// each commit that is there whole.
class GitRepository {
 public:
  // Waits for another process that uses it. Errors: bad-url, no-git, store-not-writable.
  static Result<GitRepository> open(const Store& store, const GitProgram& git, std::string url,
                                    const SourceSettings& settings);

  // Fetches the commit unless it is there: alone where the server lets it, else with all branches
  // and tags. Errors: not-fetched, no-such-commit, offline.
  Status obtain(const std::string& commit);
  // The files of a commit that is there, into the empty or missing folder `out`, and compared with
  // it; gives their list, or nothing where the repository is damaged. Errors: disk-full.
  Result<std::optional<std::vector<TreeEntry>>> check_out(const std::string& commit,
                                                          const std::string& out) const;
  // Moves a damaged one to the trash; obtain() then fetches anew.
  Status set_aside();

  const std::string& url() const { return url_; }

 private:
  GitRepository(const GitProgram& git, LockFile lock) : git_(git), lock_(std::move(lock)) {}
  Status make();
  Status take_over(const std::string& commit) const;
  bool has(const std::string& commit) const;
  Result<Outcome> fetch(const std::vector<std::string>& words) const;
  Error not_fetched(const std::string& commit, const std::string& output) const;
  GitProgram::Call call(std::vector<std::string> words) const;

  const GitProgram& git_;
  LockFile lock_;
  std::string url_;    // as the recipe has it
  std::string asked_;  // with the mirrors
  std::string path_, trash_;
  std::string other_;  // the second store's copy; it may not be there
  bool offline_ = false;
};

}  // namespace mlpgen::tool
