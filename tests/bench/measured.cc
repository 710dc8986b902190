// One command -> its wall and processor seconds and its peak memory, as one line of JSON.
//
//   measured COMMAND [WORD...]
//
// What the command prints is dropped; this program exits as the command did. Linux counts the
// memory of the process that starts a command as the command's own until it runs, so that a
// measurement from Python never falls below Python's.
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>

namespace {

double seconds(const timeval& t) {
  return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
}

[[noreturn]] void become(char** words) {
  int nothing = open("/dev/null", O_RDWR);
  for (int fd : {0, 1}) dup2(nothing, fd);
  execvp(words[0], words);
  std::perror(words[0]);
  _exit(127);
}

}  // namespace

int main(int count, char** words) {
  if (count < 2) return 2;
  auto start = std::chrono::steady_clock::now();
  pid_t child = fork();
  if (child == 0) become(words + 1);
  int status = 0;
  rusage used{};
  if (child < 0 || wait4(child, &status, 0, &used) != child) return 70;
  std::chrono::duration<double> wall = std::chrono::steady_clock::now() - start;
  std::printf("{\"wall_s\": %.6f, \"cpu_s\": %.6f, \"peak_mib\": %.2f}\n", wall.count(),
              seconds(used.ru_utime) + seconds(used.ru_stime),
              static_cast<double>(used.ru_maxrss) / 1024);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
