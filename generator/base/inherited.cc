// Signal dispositions and open files survive execve.
#include "base/inherited.h"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

namespace mlpgen {

void reset_inherited() {
  int fd = 0;
  while (fd >= 0 && fd <= 2) fd = open("/dev/null", O_RDWR);
  if (fd > 2) close(fd);
  signal(SIGCHLD, SIG_DFL);
}

}  // namespace mlpgen
