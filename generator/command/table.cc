// The table of commands.
#include "command/command.h"

namespace mlpgen {
namespace {

const CommandOption kDirectory = {"-C", "DIR", "work in that run directory (it is made when it is not there)"};
const CommandOption kFormat = {"--format", "text|json", "how to print; diagnostics as well"};
const CommandOption kHelp = {"--help", "", "print this text"};
const CommandOption kTrust = {"--trust", "DIR", "also use the recipes and rules in DIR"};
const CommandOption kLockFile = {"--lock", "FILE", "also use this lock; its entries beat all others"};

const std::string kRequestHelp =
    "A request is: tags or a recipe's id (left out: run-mlperf-inference-app), variations (_name), flags (--model=retinanet),\n"
    "--env.KEY=VALUE, --adr.NAME.FIELD=VALUE (FIELD: tags, version, version_min, version_max, name, env.KEY), --preset=NAME.";

}  // namespace

std::span<const CommandEntry> commands() {
  static const std::vector<CommandEntry> kCommands = {
      {"configure", "[TAGS] [_VARIATION] [--FLAG=VALUE] ...", "Resolve a request and write build.ninja here",
       kRequestHelp + "\n\nExamples:\n  mlpgen configure --preset=demo\n  mlpgen configure --preset=demo --num_threads=1 -C run1\n  mlpgen configure --model=retinanet _submission --adr.compiler.tags=gcc",
       {kDirectory, kLockFile, kTrust, {"--again", "", "with the request of last time (this is what Ninja calls)"}, kFormat, kHelp}, true, run_configure},
      {"dump", "[REQUEST]", "Print what a stage makes of the request", "Without a request: that of this run directory.\n" + kRequestHelp,
       {{"--stage", "resolve|plan|ninja", "which stage (default: resolve)"}, kDirectory, kLockFile, kTrust, kFormat, kHelp}, true, run_dump},
  };
  return kCommands;
}

const CommandEntry* find_command(const std::string& name) {
  for (const CommandEntry& e : commands())
    if (e.name == name) return &e;
  return nullptr;
}

std::string CommandLine::option(const std::string& name, const std::string& otherwise) const {
  std::string value = otherwise;
  for (const auto& [n, v] : options)
    if (n == name) value = v;
  return value;
}

bool CommandLine::has(const std::string& name) const {
  for (const auto& [n, v] : options)
    if (n == name) return true;
  return false;
}

}  // namespace mlpgen
