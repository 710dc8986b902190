// The one place where mlpgen makes another program's process.
#pragma once

#include <sys/types.h>

#include "process/command.h"

namespace mlpgen {

struct Spawn {
  const Command& command;
  int out = 1;  // descriptors that become its 1 and 2
  int err = 2;
  bool own_group = false;  // a process group of its own
  int life = -1;           // see guard.h
};

// Without a copy of this process's memory (vfork): as fast as posix_spawn, which cannot say that
// the process dies with the thread that starts it, as it does here. 0 when the program runs, else
// errno.
int spawn(const Spawn& spawn, pid_t& process);

// A pipe, closed on exec.
struct Pipe {
  int ends[2] = {-1, -1};  // read, write
  bool open();
  void close_end(int i);
  Pipe() = default;
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  ~Pipe();
};

}  // namespace mlpgen
