// A file that is locked as long as it is open (flock), here or in a process that inherited it. The
// kernel drops the lock when the last of them ends, so nothing is ever stale. The only way in which
// mlpgen locks a file.
#pragma once

#include <functional>
#include <string>

#include "base/result.h"

namespace mlpgen {

// Who may take a lock: one user (its file has mode 0644), or every user of the machine (0666, in a
// folder where others can make files, too: only a regular file with one name is taken).
enum class LockedBy { kUser, kEveryUser };

class LockFile {
 public:
  LockFile() = default;
  LockFile(LockFile&& other) noexcept;
  LockFile& operator=(LockFile&& other) noexcept;
  ~LockFile();

  // Opens the file, or makes it and its folder, and waits for the lock; `kind` is LOCK_EX or
  // LOCK_SH. `waiting` is called once before it waits, and `again`, if given, then about every two
  // seconds (by a timer of the process: for a program with one thread). A file that
  // was removed meanwhile does not count: the lock is the file that stands at `path`. A symbolic
  // link there is an error.
  static Result<LockFile> acquire(const std::string& path, int kind,
                                  const std::function<void()>& waiting,
                                  LockedBy by = LockedBy::kUser,
                                  const std::function<void()>& again = {});
  // The same without waiting: held() is false where another has it.
  static Result<LockFile> try_acquire(const std::string& path, int kind,
                                      LockedBy by = LockedBy::kUser);
  // Whether another holds it; false where there is no such file, and none is made.
  static bool is_locked(const std::string& path);

  bool held() const { return descriptor_ >= 0; }
  int descriptor() const { return descriptor_; }
  int take();                                     // the descriptor now belongs to the caller
  void unlock() const;                            // the file stays open
  bool try_lock(int kind) const;                  // again; false where another has it
  bool stands_at(const std::string& path) const;  // false where the file was removed or replaced

  // The text that a holder left in the file for those who wait.
  void write_note(const std::string& text) const;

 private:
  struct Waiting {
    const std::function<void()>&first, &again;
  };
  explicit LockFile(int descriptor) : descriptor_(descriptor) {}
  static Result<LockFile> open_and_lock(const std::string& path, int kind, const Waiting* waiting,
                                        LockedBy by);

  int descriptor_ = -1;
};

}  // namespace mlpgen
