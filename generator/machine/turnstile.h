// What stands in the turnstile's file of the machine lock, for those who wait. Every user can write
// there: nothing but words depends on it.
#pragma once

#include <sys/types.h>

#include <string>

namespace mlpgen {

// What a process noted when it took the lock.
struct HolderNote {
  std::string since;  // time of day; "" where the process has no note
  std::string name;   // the edge's
};

// `file` is a descriptor of the turnstile's file. A process has a place of its own by its number,
// so that nothing has to be removed; another with the same place writes over it. Bytes that are not
// plain text are read as '?'.
void write_note(int file, const std::string& name);
HolderNote note_of_holder(int file, pid_t process);

// "app/performance (process 123, since 10:02:03)"; "process 123" where its note is gone.
std::string noted_holder(int file, pid_t process);

}  // namespace mlpgen
