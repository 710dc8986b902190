// pip download, its digest and its errors.
#include "package/package_file.h"

#include <cstdlib>
#include <filesystem>

#include "fetch/network.h"
#include "file/digest.h"
#include "process/process.h"
#include "store/object.h"
#include "store/temporary.h"
#include "text/text.h"

namespace mlpgen::tool {
namespace {

std::string pinned(const PackageRequest& request) { return request.name + "==" + request.version; }

// What every pip call needs: no questions, no user folder, nothing of this run left elsewhere.
Command pip_call(std::vector<std::string> argv, const std::string& scratch) {
  Command command;
  command.argv = std::move(argv);
  command.env = {
      {"TMPDIR", scratch},           {"PIP_NO_INPUT", "1"}, {"PIP_DISABLE_PIP_VERSION_CHECK", "1"},
      {"PYTHONNOUSERSITE", "1"},     {"PYTHONPATH", ""},    {"PYTHONHOME", ""},
      {"PIP_REQUIRE_VIRTUALENV", ""}};
  // Without a retry pip does not say why it found nothing, and a missing network looks like a
  // missing package.
  const char* retries = std::getenv("PIP_RETRIES");
  if (retries && std::string_view(retries) == "0") command.env["PIP_RETRIES"] = "1";
  return command;
}

std::vector<std::string> download_arguments(const PackageRequest& request,
                                            const std::string& requirements,
                                            const std::string& into) {
  std::vector<std::string> words = {"download",       "--no-deps", "--no-cache-dir",
                                    "--progress-bar", "off",       "-r",
                                    requirements,     "-d",        into};
  if (!request.sha256.empty()) words.push_back("--require-hashes");
  if (request.kind == PackageKind::kWheel)
    words.insert(words.end(), {"--only-binary", ":all:"});
  else
    words.insert(words.end(), {"--no-binary", request.name});
  return words;
}

// The one file in a folder.
Result<std::string> only_file(const std::string& folder, const PackageRequest& request) {
  std::vector<std::string> files;
  std::error_code why;
  for (std::filesystem::directory_iterator at(folder, why), end; !why && at != end;
       at.increment(why))
    files.push_back(at->path().string());
  if (why)
    return named_error("package-client", folder + " cannot be read: " + why.message(),
                       "look at the disk with `dmesg`");
  if (files.size() == 1) return files[0];
  return named_error(
      "package-client",
      "pip brought " + std::to_string(files.size()) + " files for " + pinned(request),
      "try `" + request.python + " -m pip download --no-deps " + pinned(request) + "`");
}

Result<Object> download(const Store& store, const PackageRequest& request) {
  Result<TemporaryFolder> scratch = TemporaryFolder::make(store.root() + "/tmp");
  if (!scratch) return scratch.error();
  std::string into = scratch->path() + "/file",
              requirements = scratch->path() + "/requirements.txt";
  std::string line =
      pinned(request) + (request.sha256.empty() ? "" : " --hash=sha256:" + request.sha256) + "\n";
  if (Status s = write_file(requirements, line); !s) return s.error();
  if (Status s = make_directories(into); !s) return s.error();
  Result<std::vector<std::string>> argv = pip_command(request.python, scratch->path());
  if (!argv) return argv.error();
  for (std::string& word : download_arguments(request, requirements, into))
    argv->push_back(std::move(word));
  Result<Outcome> outcome = run_process(pip_call(*argv, scratch->path()));
  if (!outcome) return outcome.error();
  if (outcome->code != 0) return explain_pip(request, outcome->output);
  Result<std::string> file = only_file(into, request);
  if (!file) return file.error();
  std::string name = std::filesystem::path(*file).filename();
  if (!request.file_name.empty() && request.file_name != name)
    return named_error(
        "package-client",
        "pip brought " + name + " for " + pinned(request) + ", expected was " + request.file_name,
        "correct the file name, or run `mlpgen lock`");
  return store.put(*file, {request.sha256, name, pinned(request)}, true);
}

}  // namespace

Result<std::vector<std::string>> pip_command(const std::string& python,
                                             const std::string& scratch) {
  Command probe = pip_call({python, "-I", "-m", "pip", "--version"}, scratch);
  probe.quiet = true;
  Result<Outcome> outcome = run_process(probe);
  if (!outcome) return outcome.error();
  if (outcome->code == 0) return std::vector<std::string>{python, "-I", "-m", "pip"};
  std::string environment = scratch + "/pip";
  Command make = pip_call({python, "-I", "-m", "venv", environment}, scratch);
  make.quiet = true;
  outcome = run_process(make);
  if (!outcome) return outcome.error();
  if (outcome->code == 0)
    return std::vector<std::string>{environment + "/bin/python", "-I", "-m", "pip"};
  return named_error("no-pip",
                     python +
                         " has neither pip nor the parts that make an environment with pip:\n" +
                         last_lines(outcome->output, 4),
                     "on Debian and Ubuntu: `apt install python3-venv`");
}

Error explain_pip(const PackageRequest& request, const std::string& output) {
  auto said = [&](const char* words) { return output.find(words) != std::string::npos; };
  std::string what =
      std::string(request.kind == PackageKind::kWheel ? "a wheel" : "a source package") + " of " +
      pinned(request);
  if (said("DO NOT MATCH THE HASHES")) {
    size_t at = output.find("Got        ");
    std::string actual =
        at == std::string::npos ? "" : "\n  has      " + output.substr(at + 11, 64);
    return named_error(
        "digest-differs",
        what + " has another SHA-256 than expected:\n  expected " + request.sha256 + actual,
        "if the new bytes are right, run `mlpgen lock`");
  }
  // A missing network also ends in "no matching distribution", so it is asked first.
  if (speaks_of_network(output))
    return named_error(
        "no-network",
        "the package index cannot be reached for " + what + ":\n" + last_lines(output, 2),
        "check the network, proxy and PIP_INDEX_URL; then run the same command again");
  if (said("No space left on device"))
    return named_error("disk-full", "no space is left for " + what,
                       "free some space on the disk of the store");
  if (said("No matching distribution found")) {
    size_t at = output.find("(from versions: ");
    std::string has =
        at == std::string::npos ? "" : output.substr(at + 16, output.find(')', at) - at - 16);
    if (has.size() > 200) has = "..." + has.substr(has.size() - 200);
    return named_error("package-not-found",
                       "there is no " + what.substr(2) + " for " + request.python,
                       has.empty() || has == "none" ? "check the spelling of the name"
                                                    : "versions that fit this Python: " + has);
  }
  return named_error("package-client",
                     "pip could not bring " + what + ":\n" + last_lines(output, 8),
                     "the whole output is above this message");
}

Result<Object> obtain_package(const Store& store, const PackageRequest& request) {
  if (request.sha256.empty()) return download(store, request);
  Result<std::optional<Object>> found = store.find(request.sha256);
  if (!found) return found.error();
  if (*found) return **found;
  if (request.offline)
    return named_error("offline",
                       pinned(request) + " (" + request.sha256.substr(0, 12) +
                           "...) is not in the store " + store.root(),
                       "run once without --offline and MLPGEN_OFFLINE");
  Result<LockFile> lock = store.lock(request.sha256, pinned(request));
  if (!lock) return lock.error();
  found = store.find(request.sha256);
  if (!found) return found.error();
  if (*found) return **found;
  return download(store, request);
}

}  // namespace mlpgen::tool
