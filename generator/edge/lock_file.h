// A file that is locked as long as it is open (flock), here or in a process that inherited it.
#pragma once

#include <functional>
#include <string>

#include "base/result.h"

namespace mlpgen {

class LockFile {
 public:
  LockFile() = default;
  LockFile(LockFile&& other) noexcept;
  LockFile& operator=(LockFile&& other) noexcept;
  ~LockFile();

  // Opens (and makes) the file and waits for the lock; `kind` is LOCK_EX or LOCK_SH. `waiting` is
  // called once before it waits.
  static Result<LockFile> acquire(const std::string& path, int kind,
                                  const std::function<void()>& waiting);
  // The same without waiting: held() is false where another has it.
  static Result<LockFile> try_acquire(const std::string& path, int kind);

  bool held() const { return descriptor_ >= 0; }
  int descriptor() const { return descriptor_; }
  int take();  // the descriptor now belongs to the caller

  // The text that a holder left in the file for those who wait.
  void write_note(const std::string& text) const;

 private:
  explicit LockFile(int descriptor) : descriptor_(descriptor) {}

  int descriptor_ = -1;
};

}  // namespace mlpgen
