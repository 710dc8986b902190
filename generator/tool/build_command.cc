// mlpgen-tool build: a source tree into an installation, by the commands of its own build system.
#include <sys/stat.h>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

#include "base/subcommand.h"
#include "build/build_result.h"
#include "build/build_words.h"
#include "build/source_copy.h"
#include "file/file.h"
#include "package/isolation.h"
#include "process/process.h"
#include "text/text.h"

namespace mlpgen::tool {
namespace {

constexpr const char* kBuildHelp =
    "OUT/install gets what is installed below @prefix@. The commands have no network, no "
    "environment but their\n"
    "own, and may write below OUT only (where the system lets a process shut itself off). "
    "After `--` they follow,\n"
    "with `--` between two; in their words and in --env these stand for absolute paths: "
    "@source@ the tree or its copy,\n"
    "@build@ the folder where they start, @stage@ for DESTDIR, @prefix@ for the prefix, "
    "@install@ both together,\n"
    "@absolute:PATH@ any path; @jobs@ for the number of cores, or "
    "CMAKE_BUILD_PARALLEL_LEVEL; and @list:A:B@ for A;B.\n"
    "Example: mlpgen-tool build --source src --out o -- cmake -S @source@ "
    "-DCMAKE_INSTALL_PREFIX=@prefix@ \\\n"
    "           -- cmake --build . -- cmake -E env DESTDIR=@stage@ cmake --install .";

constexpr size_t kLogTail = 30;  // lines of a log of the build system

struct BuildRequest {
  std::string source, out;         // the tree, the folder to fill
  bool copy = false;               // build beside a copy of the tree
  bool in_source = false;          // build in a copy of the tree
  bool wheels = false;             // unpack the wheels that were made
  Arguments::Pairs environment;    // NAME=VALUE
  std::vector<std::string> logs;   // of the build system, in the build folder
  std::vector<std::string> take;   // globs of files of the build folder
  std::vector<std::string> words;  // the commands, with "--" between two
};

// CMake's own variable says how many commands may run side by side; else one for each core.
unsigned jobs_of_machine() {
  unsigned jobs = 0;
  if (const char* word = std::getenv("CMAKE_BUILD_PARALLEL_LEVEL"))
    std::from_chars(word, word + std::char_traits<char>::length(word), jobs);
  return jobs ? jobs : std::max(1u, std::thread::hardware_concurrency());
}

Result<BuildPlaces> make_places(const BuildRequest& request, const std::string& scratch) {
  BuildPlaces places;
  places.jobs = jobs_of_machine();
  places.source = std::filesystem::weakly_canonical(request.source).string();
  if (!std::filesystem::is_directory(places.source))
    return named_error("not-found", request.source + " is no folder", "name a source tree");
  if (request.copy || request.in_source) {
    if (Status s = copy_source(places.source, scratch + "/source"); !s) return s.error();
    places.source = scratch + "/source";
  }
  places.build = request.in_source ? places.source : scratch + "/build";
  places.stage = scratch + "/stage";
  for (const std::string& folder :
       {places.build, places.stage, scratch + "/home", scratch + "/tmp"})
    if (Status s = make_directories(folder); !s) return s.error();
  return places;
}

// The whole environment of the commands: nothing of the user's reaches them but PATH and language.
Status set_environment(const BuildRequest& request, const BuildPlaces& places,
                       const std::string& scratch, const std::string& folder) {
  auto own = [](const char* name, const char* otherwise) {
    const char* value = std::getenv(name);
    return std::string(value ? value : otherwise);
  };
  // Places of this run reach neither debug information nor __FILE__.
  std::string maps =
      "-ffile-prefix-map=" + places.build + "=build -ffile-prefix-map=" + places.source + "=source";
  std::map<std::string, std::string> env = {
      {"PATH", own("PATH", "/usr/bin:/bin")},
      {"LC_ALL", own("LC_ALL", "C.UTF-8")},
      {"HOME", scratch + "/home"},
      {"TMPDIR", scratch + "/tmp"},
      {"CFLAGS", maps},
      {"CXXFLAGS", maps},
      {"SOURCE_DATE_EPOCH", std::to_string(kSourceTime)},
      {"CMAKE_BUILD_PARALLEL_LEVEL", std::to_string(places.jobs)}};
  for (const auto& [name, value] : request.environment) {
    std::string filled = fill_places(value, places, folder);
    bool flags = name == "CFLAGS" || name == "CXXFLAGS";
    env[name] = flags ? filled + " " + maps : filled;
  }
  clearenv();
  for (const auto& [name, value] : env) setenv(name.c_str(), value.c_str(), 1);
  return Done{};
}

// What the build system wrote of its own tests goes away with its folder, so it is shown now.
// The command's own words stand last again: of a failed edge the end of its log is shown.
void show_logs(const BuildRequest& request, const BuildPlaces& places, const std::string& said) {
  bool any = false;
  for (const std::string& name : request.logs) {
    Result<std::string> text = read_file(places.build + "/" + name);
    if (!text) continue;
    any = true;
    std::fprintf(stderr, "the last lines of %s:\n%s\n", name.c_str(),
                 last_lines(*text, kLogTail).c_str());
  }
  if (any) std::fprintf(stderr, "its output:\n%s\n", last_lines(said, kLogTail).c_str());
}

Status run_commands(const BuildRequest& request, const BuildPlaces& places,
                    const std::vector<std::vector<std::string>>& commands) {
  for (const std::vector<std::string>& words : commands) {
    std::string line;
    for (const std::string& word : words) line += " " + shell_quote(word);
    std::fprintf(stderr, "$%s\n", line.c_str());
    Result<Outcome> outcome = run_process({words, {}, false, false});
    if (!outcome) return outcome.error();
    if (outcome->code == 0) continue;
    show_logs(request, places, outcome->output);
    std::string program = std::filesystem::path(words.front()).filename().string();
    return named_error("build-failed",
                       program + " ended with exit code " + std::to_string(outcome->code),
                       "read its output above; its options are in the recipe");
  }
  return Done{};
}

Status build_tree(const BuildRequest& request) {
  auto commands = split_commands(request.words);
  if (!commands) return commands.error();
  std::string folder = std::filesystem::current_path().string();
  if (Status s = make_directories(request.out); !s) return s;
  std::string out = std::filesystem::canonical(request.out).string(), scratch = out + "/.build";
  Result<BuildPlaces> places = make_places(request, scratch);
  if (!places) return places.error();
  for (std::vector<std::string>& words : *commands)
    for (std::string& word : words) word = fill_places(word, *places, folder);
  if (Status s = set_environment(request, *places, scratch, folder); !s) return s;
  if (Status s = isolate(out); !s)
    std::fprintf(stderr, "note: the build can reach the network and other folders: %s\n",
                 line_of(s.error()).c_str());
  std::filesystem::current_path(places->build);
  if (Status s = run_commands(request, *places, *commands); !s) return s;
  std::filesystem::current_path(out);
  if (exists(kBuildPrefix))
    return named_error("build-failed",
                       std::string("the build wrote to ") + kBuildPrefix + " itself",
                       "give the project @stage@ as its DESTDIR, or @install@ as its prefix");
  if (Status s = collect_install(*places, request.take, out); !s) return s;
  if (request.wheels)
    if (Status s = unpack_wheels(out); !s) return s;
  std::filesystem::remove_all(scratch);
  return Done{};
}

Result<int> run_build(const Arguments& a) {
  BuildRequest request{a.text("source"),   a.text("out"),          a.yes("copy"),
                       a.yes("in_source"), a.yes("unpack_wheels"), a.map("env"),
                       a.list("log"),      a.list("take"),         a.command};
  umask(022);
  if (Status s = build_tree(request); !s) return s.error();
  return 0;
}

using Type = Parameter::Type;
const Registered kBuild(
    {"build",
     run_build,
     kBuildHelp,
     {{"source", Type::kText, "folder of the sources; it is never written", true},
      {"out", Type::kText, "folder for install/", true},
      {"copy", Type::kBool, "build from a copy of the tree, whose files are equally old"},
      {"in_source", Type::kBool, "build in such a copy"},
      {"env", Type::kMap, "variable of the commands"},
      {"log", Type::kList, "file of the build folder to show after a failure"},
      {"take", Type::kList, "glob of files of the build folder that go to install/"},
      {"unpack_wheels", Type::kBool, "unpack the wheels of install/ into site/"}},
     "Build a source tree with CMake, make or the like, shut off from all but its inputs"});

}  // namespace

}  // namespace mlpgen::tool
