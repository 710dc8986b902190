// mlpgen-tool python-environment: requirements with hashes into DIR/venv and DIR/packages.json.
#include <filesystem>
#include <nlohmann/json.hpp>

#include "base/subcommand.h"
#include "fetch/transfer_options.h"
#include "file/file.h"
#include "package/kept_packages.h"
#include "package/requirements.h"
#include "package/uv.h"
#include "process/process.h"
#include "store/temporary.h"

namespace mlpgen::tool {
namespace {

using Json = nlohmann::ordered_json;

struct EnvironmentRequest {
  std::string python, requirements, out;
  std::vector<std::string> system;  // NAME==VERSION that the system's Python has
  bool offline = false;
};

// [{name, version, hashes: [...]}] of what was installed: uv's list, and the hashes that the
// requirements allow; then {name, version, system: true} of what the environment sees of the
// system.
Result<std::string> describe_packages(const std::string& list, const std::string& requirements,
                                      const std::vector<std::string>& system) {
  Json installed = Json::parse(list, nullptr, false);
  if (!installed.is_array())
    return named_error("package-client", "uv pip list printed no list:\n" + list, "");
  auto hashes = read_hashes(requirements);
  Json packages = Json::array();
  for (const Json& one : installed) {
    std::string name = one.value("name", ""), version = one.value("version", "");
    auto found = hashes.find(normal_name(name));
    if (found == hashes.end())
      return named_error(
          "not-locked",
          name + " " + version + " was installed, but the requirements do not name it",
          "run `mlpgen lock`");
    packages.push_back({{"name", name}, {"version", version}, {"hashes", found->second}});
  }
  for (const std::string& package : system) {
    size_t at = package.find("==");
    packages.push_back(
        {{"name", package.substr(0, at)}, {"version", package.substr(at + 2)}, {"system", true}});
  }
  return Json{{"format", 1}, {"packages", packages}}.dump(1) + "\n";
}

// What the store's cache of uv has needs no index: it is asked only for what is missing there.
Result<Outcome> install_cached_first(const Uv& uv, const std::vector<std::string>& words,
                                     bool offline) {
  if (!offline) {
    Result<Outcome> cached = uv.run(words, true, Uv::Output::kKept);
    if (!cached || cached->code == 0) return cached;
  }
  return uv.run(words, offline);
}

// uv with the files that the store keeps, where it has them all; else with its cache and the index.
Result<Outcome> install(const Store& store, const Uv& uv, const EnvironmentRequest& request,
                        const std::string& requirements, const std::string& python) {
  std::vector<std::string> words = {"pip",  "install",           "--python",
                                    python, "--require-hashes",  "--no-deps",
                                    "-r",   request.requirements};
  // What the system's Python does to packages when it starts must not reach uv's cache and the
  // other environments.
  if (!request.system.empty()) words.insert(words.end(), {"--link-mode", "copy"});
  Result<TemporaryFolder> scratch = TemporaryFolder::make(store.root() + "/tmp");
  if (!scratch) return scratch.error();
  std::string kept = scratch->path() + "/packages";
  bool fetch = keeps_packages(store) && !request.offline;
  Result<bool> all = place_kept_packages(store, requirements, request.python, fetch, kept);
  if (!all) return all.error();
  if (!*all) return install_cached_first(uv, words, request.offline);
  std::vector<std::string> local = words;
  local.insert(local.end(), {"--no-index", "--find-links", kept});
  Result<Outcome> done = uv.run(local, true);
  // Kept for another Python or machine.
  if (done && done->code != 0 && !request.offline) return install_cached_first(uv, words, false);
  return done;
}

// Where the environment sees the system's packages, files of theirs (*.pth) run at each start of
// its Python, and some change what is installed: they give a proxy's certificate to certifi. Once
// they have, before anybody notes what the environment holds.
Status start_once(const std::string& python, const EnvironmentRequest& request) {
  if (request.system.empty()) return Done{};
  Command start;
  start.argv = {python, "-I", "-B", "-c", "pass"};
  Result<Outcome> done = run_process(start);
  if (!done) return done.error();
  if (done->code == 0) return Done{};
  return named_error(
      "package-client",
      "the environment's Python does not start: exit code " + std::to_string(done->code),
      "see what it printed above; it sees the packages of " + request.python);
}

Status make_environment(const Store& store, const Uv& uv, const EnvironmentRequest& request) {
  Result<std::string> text = read_file(request.requirements);
  if (!text) return text.error();
  if (std::string line = other_requirement(*text); !line.empty())
    return named_error("damaged-lock",
                       "'" + line + "' in " + request.requirements +
                           " is not a package with its hashes, and nothing else is allowed there",
                       "`mlpgen-tool lock-packages` writes such a file");
  std::string venv = std::filesystem::absolute(request.out).string() + "/venv",
              python = venv + "/bin/python";
  std::vector<std::string> words = {"venv",     "--relocatable", "--no-project",
                                    "--python", request.python,  venv};
  if (!request.system.empty()) words.push_back("--system-site-packages");
  Result<Outcome> made = uv.run(words, request.offline);
  if (!made) return made.error();
  if (made->code != 0)
    return explain_uv("make an environment with " + request.python, made->output, request.offline);
  Result<Outcome> done = install(store, uv, request, *text, python);
  if (!done) return done.error();
  if (done->code != 0)
    return explain_uv("install " + request.requirements, done->output, request.offline);
  if (Status s = start_once(python, request); !s) return s.error();
  Result<Outcome> list = uv.run({"pip", "list", "--python", python, "--format", "json"}, true,
                                Uv::Output::kStdoutKept);
  if (!list) return list.error();
  Result<std::string> packages = describe_packages(list->output, *text, request.system);
  if (!packages) return packages.error();
  return write_file(request.out + "/packages.json", *packages);
}

Result<int> run_environment(const Arguments& a) {
  EnvironmentRequest request;
  request.python = a.text("python");
  request.requirements = a.text("locked");
  request.out = a.text("out");
  request.system = a.list("system_packages");
  Result<SourceSettings> settings = read_sources(a);
  if (!settings) return settings.error();
  request.offline = settings->offline;
  Result<Store> store = Store::open_default();
  if (!store) return store.error();
  if (!exists(request.requirements))
    return named_error("not-found", request.requirements + " is not there",
                       "`mlpgen-tool lock-packages` writes one");
  Result<Uv> uv = Uv::open(*store, a.text("uv"));
  if (!uv) return uv.error();
  if (Status s = make_directories(request.out); !s) return s.error();
  if (Status s = make_environment(*store, *uv, request); !s) return s.error();
  return 0;
}

const Registered kEnvironment(
    {"python-environment", run_environment,
     "OUT/venv/bin/python is the Python to use; it still works when OUT is renamed. "
     "OUT/packages.json lists\n"
     "what is in it. Every requirement needs a hash and an exact version; nothing else is "
     "installed. Without --uv the uv on PATH runs.\n"
     "Example: mlpgen-tool python-environment --python /usr/bin/python3 --locked r.txt --uv uv.whl "
     "--out env",
     offline_parameters()});

}  // namespace

}  // namespace mlpgen::tool
