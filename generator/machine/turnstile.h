// What stands in the turnstile's file of the machine lock, for those who wait. Every user can write
// there: nothing but words depends on it, except that one who believes the number of a lock file
// which was removed waits for that one, too.
#pragma once

#include <sys/types.h>

#include <string>

namespace mlpgen {

// What a process noted when it took the lock.
struct Note {
  ino_t inode = 0;    // of the lock's file; 0 where the process has no note
  std::string since;  // time of day
  std::string name;   // the edge's
};

// `file` is a descriptor of the turnstile's file. A process has a place of its own by its number,
// so that nothing has to be removed; another with the same place writes over it. Bytes that are not
// plain text are read as '?'.
void write_note(int file, const std::string& name, ino_t inode);
Note note_of_holder(int file, pid_t process);

// "app/performance (process 123, since 10:02:03)"; "process 123" where its note is gone.
std::string noted_holder(int file, pid_t process);

// The inode of the file that was the lock when it was last taken; 0 where none is noted.
void note_inode(int file, ino_t inode);
ino_t noted_inode(int file);

}  // namespace mlpgen
