// Signal dispositions and open files survive execve.
#include "file/inherited.h"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

namespace mlpgen {

void reset_inherited() {
  for (int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
    if (fcntl(fd, F_GETFD) == -1) (void)!open("/dev/null", fd == STDOUT_FILENO ? O_RDONLY : O_RDWR);
  signal(SIGCHLD, SIG_DFL);
}

}  // namespace mlpgen
