// One lock a machine: shared by work, exclusive for a measurement, so that a measurement is alone.
//
// Three files stand side by side (flock each): NAME is the lock, NAME.turn the turnstile that
// everyone passes on the way in, NAME.who/PID says who holds it. A measurement keeps the turnstile
// while it waits, so work that comes later stands behind it.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"

namespace mlpgen {

enum class Hold { kShared, kExclusive };

// What a nested run finds in MLPGEN_MACHINE_LOCK_HELD: "shared", "exclusive", or
// "fetch:LOCK:RECORDS:PID" with the numbers of two inherited descriptors and the runner's process.
inline constexpr const char* kHeldVariable = "MLPGEN_MACHINE_LOCK_HELD";

// The lock's path: $MLPGEN_MACHINE_LOCK, else /run/lock/mlpgen/machine, else
// /tmp/mlpgen-UID/machine where the folder cannot be made. Makes the folder. Refuses a network file
// system.
Result<std::string> machine_lock_path();

class MachineLock {
 public:
  MachineLock() = default;  // holds nothing
  MachineLock(MachineLock&& other) noexcept;
  MachineLock& operator=(MachineLock&& other) noexcept;
  ~MachineLock() { release(); }

  // Waits for it. `name` is the edge's, for those who wait in turn. Inside a run that holds it
  // (MLPGEN_MACHINE_LOCK_HELD) takes nothing; exclusive inside shared is an error.
  static Result<MachineLock> acquire(Hold hold, const std::string& name);

  void release();
  bool held() const { return descriptor_ >= 0; }
  int descriptor() const {
    return descriptor_;
  }  // for the child to inherit; -1 where nothing is held

 private:
  int descriptor_ = -1;
  std::string who_;  // the file that says that this process holds it
};

// For a long fetch, between two chunks: where a measurement waits, gives back the shared lock that
// the runner passed on and takes it again behind that measurement. True when it paused. Does
// nothing where the command was not started by the runner as a fetch.
bool yield_to_measurement();

// Who holds the lock at `path` now: "app/performance (process 123, since 10:02:03)", one each.
std::vector<std::string> machine_lock_holders(const std::string& path);

}  // namespace mlpgen
