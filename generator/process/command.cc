// Words about programs.
#include "process/command.h"

#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace mlpgen {

int exit_code(int wait_status) {
  return WIFSIGNALED(wait_status) ? 128 + WTERMSIG(wait_status) : WEXITSTATUS(wait_status);
}

std::string describe_status(int wait_status) {
  if (!WIFSIGNALED(wait_status)) return "exit status " + std::to_string(WEXITSTATUS(wait_status));
  int s = WTERMSIG(wait_status);
  return "killed by signal " + std::to_string(s) + " (" + strsignal(s) + ")";
}

std::vector<std::string> environment_with(const std::map<std::string, std::string>& changes) {
  std::vector<std::string> all;
  for (char** variable = environ; *variable; ++variable) {
    std::string text = *variable;
    if (!changes.contains(text.substr(0, text.find('=')))) all.push_back(std::move(text));
  }
  for (const auto& [name, value] : changes)
    if (!value.empty()) all.push_back(name + "=" + value);
  return all;
}

Error cannot_be(const std::string& program, const std::string& what, int number) {
  if (number == ENOENT && program.find('/') == std::string::npos)
    return {"there is no program '" + program + "' on PATH", "install it, or name its path", number,
            "no-program"};
  bool of_file = number == ENOENT || number == ENOEXEC || number == EACCES || number == ELIBBAD;
  std::string look = "look at it, and at the program that its first line names: `ls -l ";
  return {program + " cannot be " + what + ": " + std::strerror(number),
          of_file ? look + program + "`" : "see `ulimit -a`, and what else runs on this machine",
          number, "no-program"};
}

}  // namespace mlpgen
