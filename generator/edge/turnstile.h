// What stands in the turnstile's file of the machine lock, for those who wait. Every user can write
// there: nothing but words depends on it, except that one who believes the number of a lock file
// which was removed waits for that one, too.
#pragma once

#include <sys/types.h>

#include <string>

namespace mlpgen {

// `file` is a descriptor of the turnstile's file. A process has a place of its own by its number,
// so that nothing has to be removed; another with the same place writes over it.
void note_holder(int file, const std::string& name);

// "app/performance (process 123, since 10:02:03)"; "process 123" where its note is gone. Bytes that
// are not plain text are shown as '?'.
std::string noted_holder(int file, pid_t process);

// The inode of the lock's file; 0 where none is noted.
void note_inode(int file, ino_t inode);
ino_t noted_inode(int file);

}  // namespace mlpgen
