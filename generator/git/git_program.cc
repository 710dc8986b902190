// A call of git and its environment.
#include "git/git_program.h"

#include <unistd.h>

#include <cstdlib>

#include "text/text.h"

namespace mlpgen::tool {
namespace {

constexpr const char* kStallSeconds = "60";  // without a byte, then a transfer is given up

// Names of our environment that git would read; those of certificates may stay.
std::vector<std::string> variables_of_git() {
  std::vector<std::string> names;
  for (char** variable = environ; *variable; ++variable) {
    std::string name = *variable;
    name = name.substr(0, name.find('='));
    bool git = name.starts_with("GIT_") && !name.starts_with("GIT_SSL_");
    if (git || name == "SSH_ASKPASS" || name == "XDG_CONFIG_HOME") names.push_back(name);
  }
  return names;
}

// libcurl within git looks at none of the variables that the other fetches look at.
std::string certificates() {
  for (const char* name : {"GIT_SSL_CAINFO", "CURL_CA_BUNDLE", "SSL_CERT_FILE"})
    if (const char* file = std::getenv(name); file && *file) return file;
  return "";
}

}  // namespace

Result<GitProgram> GitProgram::find(const std::string& program, const std::string& home) {
  GitProgram git(program, home);
  Result<Outcome> outcome = git.run({{"--version"}, "", "", "", true, true});
  if (outcome && outcome->code == 0 && outcome->output.starts_with("git version")) return git;
  return named_error("no-git", "there is no git: '" + program + "' cannot be run",
                     "install it, on Debian and Ubuntu: `apt-get install git`");
}

Result<Outcome> GitProgram::run(const Call& call) const {
  Command command;
  command.argv = {program_};
  for (const char* setting :
       {"gc.auto=0", "maintenance.auto=false", "fetch.unpackLimit=1", "core.hooksPath=/dev/null",
        "credential.helper=", "core.fsmonitor=false", "core.autocrlf=false",
        "advice.detachedHead=false", "http.lowSpeedLimit=1", "core.quotePath=false"})
    command.argv.insert(command.argv.end(), {"-c", setting});
  command.argv.insert(command.argv.end(),
                      {"-c", std::string("http.lowSpeedTime=") + kStallSeconds});
  command.argv.insert(command.argv.end(), call.words.begin(), call.words.end());
  for (const std::string& name : variables_of_git()) command.env[name] = "";
  command.env["GIT_CONFIG_NOSYSTEM"] = "1";
  command.env["GIT_CONFIG_GLOBAL"] = "/dev/null";
  command.env["GIT_ATTR_NOSYSTEM"] = "1";
  command.env["GIT_NO_REPLACE_OBJECTS"] = "1";  // a commit is what its number says
  command.env["GIT_TERMINAL_PROMPT"] = "0";
  command.env["GIT_ASKPASS"] = "/bin/false";
  command.env["HOME"] = home_;
  command.env["LC_ALL"] = "C.UTF-8";
  command.env["GIT_ALLOW_PROTOCOL"] = call.only_http ? "http:https" : "http:https:file";
  command.env["GIT_DIR"] = call.repository;
  command.env["GIT_WORK_TREE"] = call.work_tree;
  command.env["GIT_INDEX_FILE"] = call.index;
  command.env["GIT_SSL_CAINFO"] = certificates();
  command.quiet = command.stdout_only = call.stdout_only;
  return run_process(command);
}

}  // namespace mlpgen::tool
