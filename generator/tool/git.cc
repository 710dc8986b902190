// mlpgen-tool git: the command line of a checkout.
#include <filesystem>

#include "base/digest.h"
#include "base/file.h"
#include "base/text.h"
#include "store/temporary.h"
#include "tool/git_checkout.h"
#include "tool/options.h"
#include "tool/source_options.h"
#include "tool/subcommands.h"

namespace mlpgen::tool {
namespace fs = std::filesystem;
namespace {

// What CLI11 cannot check, and paths that hold wherever git runs.
Status complete(CheckoutRequest& request, const SourceOptions& sources) {
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
      return named_error("not-found", patch.file + " is not there", "correct --patch " + patch.file);
    patch.file = fs::absolute(patch.file).lexically_normal().string();
  }
  request.out = fs::absolute(request.out).lexically_normal().string();
  std::error_code why;
  if (exists(request.out) && !fs::is_empty(request.out, why))
    return named_error("name-taken", request.out + " is not empty", "use an empty --out folder");
  Result<SourceSettings> settings = sources.read();
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

}  // namespace

int run_git(int argc, char** argv) {
  CheckoutRequest request;
  std::vector<std::string> patches;
  SourceOptions sources;
  std::string program = "git";
  CLI::App app(std::string(kGitAbout) +
                   ".\nThe commit is fetched into the store ($MLPGEN_STORE or ~/.cache/mlpgen), "
                   "alone where the "
                   "server lets it; the folder\ngets its files, without .git, with the bytes that "
                   "the commit "
                   "names (no line ends are changed, no filters run), and nobody may write them.\n"
                   "Example: mlpgen-tool git --url https://github.com/mlcommons/inference --commit "
                   "1234... --out inference",
               "mlpgen-tool git");
  app.add_option("--url", request.url, "the repository, http or https")->required();
  app.add_option("--commit", request.commit, "40 hexadecimal digits")->required();
  app.add_flag("--submodules", request.submodules, "its submodules too, at the commits it names");
  app.add_option("--patch", patches,
                 "apply this file, or FOLDER=FILE in a folder of the checkout; may be given again, in order");
  app.add_option("--git", program, "the git to run, a name on PATH or a path; default: git");
  app.add_option("--out", request.out, "folder to fill; empty or not there")->required();
  sources.add_to(app);
  if (auto code = read_options(app, argc, argv)) return *code;
  for (const std::string& patch : patches) request.patches.push_back({patch, ""});
  if (Status s = complete(request, sources); !s) return report(s.error());
  Status s = run_request(request, program);
  return s ? 0 : report(s.error());
}

}  // namespace mlpgen::tool
