// posix_spawn and a wait.
#include "command/child_process.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>

namespace mlpgen {
namespace {

std::vector<char*> pointers(std::vector<std::string>& words) {
  std::vector<char*> all;
  for (std::string& word : words) all.push_back(word.data());
  all.push_back(nullptr);
  return all;
}

std::vector<std::string> environment_with(const std::map<std::string, std::string>& more) {
  std::vector<std::string> all;
  for (char** variable = environ; *variable; ++variable) {
    std::string text = *variable;
    if (!more.count(text.substr(0, text.find('=')))) all.push_back(std::move(text));
  }
  for (const auto& [name, value] : more) all.push_back(name + "=" + value);
  return all;
}

}  // namespace

int run_child(const ChildProcess& child) {
  std::vector<std::string> argv = child.argv, env = environment_with(child.env);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addchdir_np(&actions, child.directory.c_str());
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  if (child.quiet)
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
  else
    posix_spawn_file_actions_adddup2(&actions, 2, 1);
  pid_t pid = 0;
  int failed = posix_spawnp(&pid, argv[0].c_str(), &actions, nullptr, pointers(argv).data(),
                            pointers(env).data());
  posix_spawn_file_actions_destroy(&actions);
  int status = 0;
  while (!failed && waitpid(pid, &status, 0) < 0)
    if (errno != EINTR) failed = errno;
  return !failed && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace mlpgen
