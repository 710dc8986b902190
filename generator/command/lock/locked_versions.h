// The versions of packages that the lock names.
#pragma once

#include "plan/lock.h"
#include "resolve/request.h"

namespace mlpgen {

// What ${lock:stand-ins} names: a sentence, where the lock has entries that are stand-ins.
inline constexpr const char* kStandIns = "stand-ins";

// The version of every package whose entries (alone or in Python environments) agree on one; the
// rest of the lock is read for a package that the lock itself does not name. The lock must outlive
// it.
LockedVersions locked_versions(const Lock& lock);

}  // namespace mlpgen
