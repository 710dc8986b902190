// mlpgen-tool git: the command line of a checkout.
#include <filesystem>

#include "base/subcommand.h"
#include "fetch/transfer_options.h"
#include "file/digest.h"
#include "file/file.h"
#include "git/git_checkout.h"
#include "store/temporary.h"
#include "text/text.h"

namespace mlpgen::tool {
namespace fs = std::filesystem;
namespace {

// What CLI11 cannot check, and paths that hold wherever git runs.
Status complete(CheckoutRequest& request, const Arguments& a) {
  request.commit = lower(request.commit);
  if (!is_hex(request.commit, 40))
    return named_error("usage", "'" + request.commit + "' is no commit",
                       "give 40 hexadecimal digits; `git ls-remote URL` shows those of branches");
  for (Patch& patch : request.patches) {
    if (size_t at = patch.file.find('='); at != std::string::npos && !exists(patch.file)) {
      patch.folder = patch.file.substr(0, at);
      patch.file = patch.file.substr(at + 1);
    }
    if (!exists(patch.file))
      return named_error("not-found", patch.file + " is not there",
                         "correct --patches " + patch.file);
    patch.file = fs::absolute(patch.file).lexically_normal().string();
  }
  request.out = fs::absolute(request.out).lexically_normal().string();
  std::error_code why;
  if (exists(request.out) && !fs::is_empty(request.out, why))
    return named_error("name-taken", request.out + " is not empty", "use an empty --out folder");
  Result<SourceSettings> settings = read_sources(a);
  if (!settings) return settings.error();
  request.settings = *settings;
  return Done{};
}

Status run_request(const CheckoutRequest& request, const std::string& program) {
  Result<Store> store = Store::open_default();
  if (!store) return store.error();
  Result<TemporaryFolder> home = TemporaryFolder::make(store->root() + "/tmp");
  if (!home) return home.error();
  Result<GitProgram> git = GitProgram::find(program, home->path());
  if (!git) return git.error();
  return check_out(*store, *git, request);
}

Result<int> check_out_one(const Arguments& a) {
  CheckoutRequest request;
  request.url = a.text("url");
  request.commit = a.text("commit");
  request.submodules = a.yes("submodules");
  request.out = a.text("out");
  for (const std::string& patch : a.list("patches")) request.patches.push_back({patch, ""});
  if (Status s = complete(request, a); !s) return s.error();
  if (Status s = run_request(request, a.text("git")); !s) return s.error();
  return 0;
}

const Registered kGit(
    {"git", check_out_one,
     "The commit is fetched into the store ($MLPGEN_STORE or ~/.cache/mlpgen), "
     "alone where the server lets it; the folder\n"
     "gets its files, without .git, with the bytes that the commit names (no line "
     "ends are changed, no filters run), and\n"
     "they are read-only.\n"
     "Example: mlpgen-tool git --url https://github.com/mlcommons/inference "
     "--commit 1234... --out inference",
     source_parameters()});

}  // namespace

}  // namespace mlpgen::tool
