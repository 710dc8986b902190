// Finding and running uv.
#include "package/uv.h"

#include <cstdlib>
#include <filesystem>

#include "archive/unpack.h"
#include "fetch/network.h"
#include "text/text.h"

namespace mlpgen::tool {
namespace {

// Where only pip was told of a mirror or of a folder with wheels, uv is told the same.
void follow_pip(std::map<std::string, std::string>& env) {
  auto set = [](const char* name) {
    const char* value = std::getenv(name);
    return std::string(value ? value : "");
  };
  if (set("UV_DEFAULT_INDEX").empty() && set("UV_INDEX_URL").empty() &&
      !set("PIP_INDEX_URL").empty())
    env["UV_DEFAULT_INDEX"] = set("PIP_INDEX_URL");
  if (set("UV_FIND_LINKS").empty() && !set("PIP_FIND_LINKS").empty())
    env["UV_FIND_LINKS"] = join(split(set("PIP_FIND_LINKS"), ' '), ",");
  if (set("SSL_CERT_FILE").empty() && !set("PIP_CERT").empty())
    env["SSL_CERT_FILE"] = set("PIP_CERT");
}

}  // namespace

Result<Uv> Uv::open(const Store& store, const std::string& wheel) {
  Result<TemporaryFolder> scratch = TemporaryFolder::make(store.root() + "/tmp");
  if (!scratch) return scratch.error();
  std::string program = "uv", cache = store.root() + "/uv-cache";
  if (!wheel.empty()) {
    ExtractRequest request;
    request.archive = wheel;
    request.out = scratch->path();
    request.strip = 1;  // uv-VERSION.data
    request.select = {"scripts/uv"};
    if (Result<Extracted> done = extract_archive(request); !done) return done.error();
    program = scratch->path() + "/scripts/uv";
    std::filesystem::permissions(program, std::filesystem::perms(0755));
  }
  Uv uv(std::move(*scratch), program, cache);
  Result<Outcome> version = run_process({{program, "--version"}, {}, true, false});
  if (version && version->code == 0) return uv;
  return named_error(
      "no-uv",
      wheel.empty() ? "uv is not on PATH" : wheel + " holds no uv that runs on this machine",
      "give uv's wheel by --uv FILE; `mlpgen-tool package --name uv ...` places one");
}

Result<Outcome> Uv::run(const std::vector<std::string>& words, bool offline, Output output) const {
  Command command;
  command.argv = {program_};
  command.argv.insert(command.argv.end(), words.begin(), words.end());
  for (const char* word :
       {"--no-config", "--no-progress", "--no-python-downloads", "--color", "never"})
    command.argv.push_back(word);
  if (offline) command.argv.push_back("--offline");
  command.env = {{"UV_CACHE_DIR", cache_}, {"TMPDIR", scratch_.path()}, {"PYTHONNOUSERSITE", "1"},
                 {"PYTHONPATH", ""},       {"PYTHONHOME", ""},          {"VIRTUAL_ENV", ""},
                 {"CONDA_PREFIX", ""},     {"UV_NO_CACHE", ""}};
  // The certificates that this machine trusts, as pip and curl use them (the second name is that of
  // older versions).
  for (const char* name : {"UV_SYSTEM_CERTS", "UV_NATIVE_TLS"})
    if (!std::getenv(name)) command.env[name] = "true";
  follow_pip(command.env);
  command.stdout_only = output == Output::kStdoutKept;
  command.quiet = output != Output::kShown;
  return run_process(command);
}

Error explain_uv(const std::string& what, const std::string& output, bool offline) {
  std::string tail = what + ":\n" + last_lines(output, 8);
  auto said = [&](const char* words) { return output.find(words) != std::string::npos; };
  if (said("Hash mismatch"))
    return named_error("digest-differs", "a package has another SHA-256 than expected: " + tail,
                       "if the new bytes are right, run `mlpgen lock`");
  if (offline && (said("offline") || said("not found in the cache") ||
                  said("Network connectivity is disabled")))
    return named_error("offline", "not all packages are in the store: " + tail,
                       "run once without --offline and MLPGEN_OFFLINE");
  if (speaks_of_network(output))
    return named_error(
        "no-network", "the package index cannot be reached: " + tail,
        "check the network, proxy and UV_DEFAULT_INDEX; then run the same command again");
  if (said("No space left on device"))
    return named_error("disk-full", "no space is left: " + tail, "free some space on that disk");
  if (said("No solution found") || said("not found in the package registry") ||
      said("no version of"))
    return named_error("package-not-found", "uv finds no packages that fit: " + tail,
                       "change a version, or run `mlpgen lock`");
  if (said("hashes are required") || said("--require-hashes"))
    return named_error("not-locked", "a requirement has no hash: " + tail, "run `mlpgen lock`");
  return named_error("package-client", "uv could not " + tail,
                     "the whole output is above this message");
}

}  // namespace mlpgen::tool
