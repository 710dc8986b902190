// git fetch into the store, and out of it.
#include "git/git_repository.h"

#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <thread>

#include "fetch/network.h"
#include "fetch/url_list.h"
#include "file/digest.h"
#include "file/file.h"
#include "text/text.h"

namespace mlpgen::tool {
namespace fs = std::filesystem;
namespace {

constexpr int kTries = 3;  // of a fetch that the network broke off

// Every file gets the bytes that the commit names: no line ends, keywords or filters.
constexpr const char* kAttributes = "* -text -ident -filter -working-tree-encoding\n";

std::string ref_of(const std::string& commit) { return "refs/mlpgen/" + commit; }

// What a killed git left: nobody else is at it, since we have its lock.
void remove_leftovers(const std::string& repository) {
  std::error_code why;
  std::vector<fs::path> found;
  for (fs::recursive_directory_iterator it(repository, why), end; it != end && !why;
       it.increment(why)) {
    std::string name = it->path().filename();
    bool object = it->path().string().find("/objects/", repository.size()) != std::string::npos;
    if (name.ends_with(".lock") || (object && name.starts_with("tmp_")))
      found.push_back(it->path());
  }
  for (const fs::path& path : found) fs::remove_all(path, why);
}

// The server knows the commit but gives no single one, or knows only its branches.
bool may_have_it_in_a_branch(const std::string& output) {
  for (const char* words : {"not our ref", "unadvertised object", "couldn't find remote ref",
                            "dumb http transport does not support", "Server does not support"})
    if (output.find(words) != std::string::npos) return true;
  return false;
}

bool may_pass(const std::string& output) {
  for (const char* words : {"early EOF", "unexpected disconnect", "RPC failed", "hung up",
                            "Could not resolve host", "Couldn't connect", "Failed to connect",
                            "timed out", "Operation too slow", "error: 5", "Connection reset"})
    if (output.find(words) != std::string::npos) return true;
  return speaks_of_network(output);
}

}  // namespace

Result<GitRepository> GitRepository::open(const Store& store, const GitProgram& git,
                                          std::string url, const SourceSettings& settings) {
  Result<std::string> asked = asked_url(url, settings.mirrors);
  if (!asked) return asked.error();
  std::string name = sha256(url);
  Result<LockFile> lock = store.lock(name, url);
  if (!lock) return lock.error();
  store.note_use(name, ThingKind::kGit, url);
  GitRepository repository(git, std::move(*lock));
  repository.url_ = std::move(url);
  repository.asked_ = *asked;
  repository.path_ = store.root() + "/git/" + name;
  if (!store.other_root().empty()) repository.other_ = store.other_root() + "/git/" + name;
  repository.trash_ = store.root() + "/trash/" + name;
  repository.offline_ = settings.offline && !lower(*asked).starts_with("file:");
  if (exists(repository.path_)) remove_leftovers(repository.path_);
  return repository;
}

GitProgram::Call GitRepository::call(std::vector<std::string> words) const {
  GitProgram::Call call;
  call.words = std::move(words);
  call.repository = path_;
  call.only_http = !lower(asked_).starts_with("file:");
  return call;
}

// In a folder of its own first, so that it is there whole or not at all.
Status GitRepository::make() {
  if (exists(path_)) return Done{};
  std::string fresh = path_ + ".tmp." + std::to_string(getpid());
  if (Status s = make_directories(fs::path(path_).parent_path()); !s) return s;
  GitProgram::Call init;
  init.words = {"init", "-q", "--bare", "--template=", fresh};
  init.repository = fresh;
  Result<Outcome> made = git_.run(init);
  if (!made) return made.error();
  if (made->code == 0) {
    if (Status s = make_directories(fresh + "/info"); !s) return s;
    if (Status s = write_file(fresh + "/info/attributes", kAttributes); !s) return s;
    if (Status s = write_file(fresh + "/description", url_ + "\n"); !s) return s;
    if (rename(fresh.c_str(), path_.c_str()) == 0) return Done{};
  }
  return named_error("store-not-writable",
                     path_ + " cannot be made:\n" + last_lines(made->output, 3),
                     "set MLPGEN_STORE to a folder of yours");
}

bool GitRepository::has(const std::string& commit) const {
  if (!exists(path_)) return false;
  GitProgram::Call ask = call({"rev-parse", "--verify", "-q", ref_of(commit) + "^{commit}"});
  ask.stdout_only = true;
  Result<Outcome> said = git_.run(ask);
  return said && said->code == 0 && trim(said->output) == commit;
}

Result<Outcome> GitRepository::fetch(const std::vector<std::string>& words) const {
  std::vector<std::string> all = {
      "fetch", "-q", "--force", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules"};
  all.insert(all.end(), words.begin(), words.end());
  for (int tries = 1;; ++tries) {
    Result<Outcome> said = git_.run(call(all));
    if (!said || said->code == 0 || tries == kTries || !may_pass(said->output)) return said;
    remove_leftovers(path_);
    std::fprintf(stderr, "%s: trying again\n", asked_.c_str());
    std::this_thread::sleep_for(std::chrono::seconds(tries));
  }
}

Error GitRepository::not_fetched(const std::string& commit, const std::string& output) const {
  return named_error(
      "not-fetched",
      url_ + " at " + commit + " could not be fetched\n  " + asked_ + ": " + last_lines(output, 3),
      "check the URL and the network, or take it from elsewhere by "
      "MLPGEN_MIRROR='PREFIX=URL' or --mirror");
}

// The second store's copy becomes ours, or its commit comes into ours. What it does not have is no
// error: it is fetched then.
Status GitRepository::take_over(const std::string& commit) const {
  if (other_.empty() || !exists(other_)) return Done{};
  if (exists(path_)) {
    GitProgram::Call from =
        call({"fetch", "-q", "--force", "--no-tags", "--no-write-fetch-head", "--depth=1",
              "file://" + other_, "+" + ref_of(commit) + ":" + ref_of(commit)});
    from.only_http = false;
    Result<Outcome> said = git_.run(from);
    return said ? Status(Done{}) : Status(said.error());
  }
  std::string fresh = path_ + ".tmp." + std::to_string(getpid());
  if (Status s = make_directories(fs::path(path_).parent_path()); !s) return s;
  std::error_code why;
  fs::copy(other_, fresh, fs::copy_options::recursive, why);
  if (!why) fs::rename(fresh, path_, why);
  if (!why) return Done{};
  std::error_code ignored;
  fs::remove_all(fresh, ignored);
  return named_error("store-not-writable",
                     path_ + " cannot be copied from " + other_ + ": " + why.message(),
                     "free some space on the disk of the store");
}

Status GitRepository::obtain(const std::string& commit) {
  if (has(commit)) return Done{};
  if (Status s = take_over(commit); !s) return s;
  if (has(commit)) return Done{};
  if (offline_)
    return named_error("offline", url_ + " at " + commit.substr(0, 12) + "... is not in the store",
                       "run once without --offline and MLPGEN_OFFLINE");
  if (Status s = make(); !s) return s;
  Result<Outcome> said = fetch({"--depth=1", asked_, "+" + commit + ":" + ref_of(commit)});
  if (!said) return said.error();
  if (said->code == 0 && has(commit)) return Done{};
  if (said->code != 0 && !may_have_it_in_a_branch(said->output))
    return not_fetched(commit, said->output);
  std::fprintf(stderr, "%s gives no single commit; fetching its branches and tags\n",
               asked_.c_str());
  std::vector<std::string> words = {asked_, "+refs/heads/*:refs/fetched/heads/*",
                                    "+refs/tags/*:refs/fetched/tags/*"};
  if (exists(path_ + "/shallow")) words.insert(words.begin(), "--unshallow");
  said = fetch(words);
  if (!said) return said.error();
  if (said->code != 0) return not_fetched(commit, said->output);
  said = git_.run(call({"update-ref", ref_of(commit), commit}));
  if (!said) return said.error();
  if (said->code == 0 && has(commit)) return Done{};
  return named_error(
      "no-such-commit", url_ + " has no commit " + commit,
      "compare it with `git ls-remote " + url_ + "`; a rewritten branch loses commits");
}

Result<std::optional<std::vector<TreeEntry>>> GitRepository::check_out(
    const std::string& commit, const std::string& out) const {
  using Files = std::optional<std::vector<TreeEntry>>;
  if (Status s = make_directories(out); !s) return s.error();
  GitProgram::Call write = call({"read-tree", "-u", "--reset", commit});
  write.work_tree = fs::absolute(out).string();
  write.index = path_ + "/index." + std::to_string(getpid()) + ".lock";  // a leftover is removed
  Result<Outcome> said = git_.run(write);
  unlink(write.index.c_str());
  if (!said) return said.error();
  if (said->code != 0) {
    if (said->output.find("No space left") == std::string::npos) return Files();
    return named_error("disk-full", out + " cannot be filled: no space is left",
                       "free some space on that disk, then run the same command again");
  }
  GitProgram::Call list = call({"ls-tree", "-r", "-z", "--full-tree", commit});
  list.stdout_only = true;
  said = git_.run(list);
  if (!said) return said.error();
  if (said->code != 0) return Files();
  std::vector<TreeEntry> files = read_tree_list(said->output);
  return has_bytes_of(files, out) ? Files(std::move(files)) : Files();
}

Status GitRepository::set_aside() {
  std::string to = trash_ + "." + std::to_string(time(nullptr)) + "." + std::to_string(getpid());
  if (rename(path_.c_str(), to.c_str()) == 0) return Done{};
  return named_error("store-not-writable", "the damaged " + path_ + " cannot be moved aside",
                     "remove it by hand");
}

}  // namespace mlpgen::tool
