// One lock a machine: shared by work, exclusive for a measurement, so that a measurement is alone.
//
// Two files stand side by side (flock each), the same for all users: NAME is the lock, NAME.turn
// the turnstile that everyone passes on the way in. A measurement keeps the turnstile while it
// waits, so work that comes later stands behind it. The turnstile's text says who holds the lock
// (turnstile.h). One which was removed while it was held is noticed, also where another user holds
// it and the turnstile was removed, too (mark_lock in lock_holders.h).
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "file/lock_file.h"

namespace mlpgen {

enum class Hold { kShared, kExclusive };

// What a nested run finds in MLPGEN_MACHINE_LOCK_HELD: "shared" or "exclusive".
inline constexpr const char* kHeldVariable = "MLPGEN_MACHINE_LOCK_HELD";

// The lock's path: $MLPGEN_MACHINE_LOCK, which must be absolute (its folder is made), else
// mlpgen-machine in the first of /run/lock and /tmp where every user may make files (mode 1777):
// the same for every user. An error where there is no such folder, and for a network file system.
Result<std::string> machine_lock_path();

class MachineLock {
 public:
  MachineLock() = default;  // holds nothing

  // Waits for it. `name` is the edge's, for those who wait in turn. Inside a run that holds it
  // (MLPGEN_MACHINE_LOCK_HELD) takes nothing; exclusive inside shared is an error. On a machine
  // without a folder for all users work takes nothing, and a measurement is an error.
  static Result<MachineLock> acquire(Hold hold, const std::string& name);

  void release() { lock_ = LockFile(); }

  // For shared work that can stop: whether a measurement waits; gives it the machine; takes the
  // machine again behind it, without waiting: false where a measurement has it or waits.
  bool is_wanted() const;
  void lend() const;
  bool take_back() const;

  bool held() const { return lock_.held(); }
  int descriptor() const {
    return lock_.descriptor();
  }  // for the child to inherit; -1 where nothing is held

  // An error where the lock's file was removed or replaced while this held it: another may then
  // have taken the lock, too.
  Status stands() const;

 private:
  LockFile lock_;
  std::string path_, name_;
};

// Who holds the lock at `path` now: "app/performance (process 123, since 10:02:03)", one each.
std::vector<std::string> machine_lock_holders(const std::string& path);

}  // namespace mlpgen
